-- Agreements of teams and owners: team interactions, SLOs, services without dependencies and dependents.

ALTER TABLE service ADD COLUMN objective INTEGER CHECK (objective BETWEEN 0 AND 1000000);  -- SLO in millionths: 999500 is 99.95 %
ALTER TABLE service ADD COLUMN standalone INTEGER NOT NULL DEFAULT 0;  -- 1: confirmed to have neither dependencies nor dependents
ALTER TABLE ownership ADD COLUMN named TEXT;  -- what the source calls the owner, if that is a former name

CREATE TABLE interaction (
    id           INTEGER PRIMARY KEY,
    team         INTEGER NOT NULL REFERENCES team (id),   -- provides, facilitates, or simply the first
    "with"       INTEGER NOT NULL REFERENCES team (id),
    mode         TEXT NOT NULL,          -- collaboration, x-as-a-service, facilitating, …
    purpose      TEXT NOT NULL,
    expected_end TEXT,                   -- planned end
    source       TEXT,
    "from"       TEXT,
    "until"      TEXT
) STRICT;

CREATE VIEW who_works_with_whom AS
SELECT a.name AS team, b.name AS "with", i.mode, i.purpose, i.expected_end, i."from", i."until"
FROM interaction AS i JOIN team AS a ON a.id = i.team JOIN team AS b ON b.id = i."with";
