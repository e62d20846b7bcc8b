-- Scenarios: other futures of the plan. What was changed in one are operations of its own. The first of them, and each
-- that takes in what the plan has done since, is a merge: its column "merged" has the id of the newest operation of the
-- plan that the scenario has.

CREATE TABLE scenario (
    id               INTEGER PRIMARY KEY,
    key              TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    description      TEXT NOT NULL,
    hypothesis       TEXT NOT NULL,
    success_criteria TEXT NOT NULL,
    expected         TEXT NOT NULL,          -- JSON list of figures, such as "gaps at most 0 by 2027-06-01"
    owner            INTEGER REFERENCES person (id),
    decide_by        TEXT,                   -- day by which it is merged or dropped
    state            TEXT NOT NULL CHECK (state IN ('open', 'merged', 'dropped')),
    decided          TEXT,                   -- day on which it was merged or dropped
    outcome          TEXT NOT NULL,
    signed_off_by    TEXT NOT NULL,
    signed_off       TEXT                    -- day on which its merge was signed off
) STRICT;

ALTER TABLE operation ADD COLUMN scenario INTEGER;   -- id of the scenario; NULL: of the plan itself

CREATE INDEX operation_scenario ON operation (scenario, seq);
