-- What was decided about findings: a finding is known again by its rule and what it is about.

CREATE TABLE finding_review (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,   -- ID of the finding: unowned-service/checkout
    decision TEXT,                   -- accepted, snoozed; NULL: it counts as open
    reason   TEXT NOT NULL,
    decided  TEXT,                   -- the first day on which the decision holds
    "until"  TEXT,                   -- the last one; NULL: without end
    severity TEXT NOT NULL,          -- how severe it was then; if it is worse, it counts as open
    assignee INTEGER REFERENCES person (id),
    comments TEXT NOT NULL           -- JSON: when, by whom, what
) STRICT;
