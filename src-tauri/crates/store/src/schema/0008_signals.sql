-- Signals: what is measured, the figures, and what they are to be; and which positions wait for that.

CREATE TABLE metric (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    unit        TEXT NOT NULL,           -- money, count, share, hours, months, …
    kind        TEXT NOT NULL CHECK (kind IN ('stock', 'flow', 'ratio')),
    period      TEXT NOT NULL CHECK (period IN ('day', 'week', 'month', 'quarter')),
    lag         INTEGER NOT NULL,        -- days after the end of a period until its figure is due
    better      TEXT NOT NULL CHECK (better IN ('up', 'down')),
    levels      TEXT NOT NULL,           -- JSON list: the words for the values 0, 1, 2, …
    numerator   TEXT NOT NULL,           -- JSON list of metrics: a quotient is the product of these …
    denominator TEXT NOT NULL,           -- … over the product of these
    formula     TEXT NOT NULL,           -- key of the known metric whose formula gives its value, or empty
    origin      TEXT NOT NULL,           -- source of the definition
    source      TEXT
) STRICT;

CREATE TABLE observation (
    id      INTEGER PRIMARY KEY,
    metric  INTEGER NOT NULL REFERENCES metric (id),
    first   TEXT NOT NULL,               -- first and last day of what it measures
    last    TEXT NOT NULL,
    value   TEXT NOT NULL,               -- exact decimal, of money with its currency: 48000 EUR
    service INTEGER REFERENCES service (id),  -- what it is about; all empty: the organisation
    team    INTEGER REFERENCES team (id),
    segment TEXT NOT NULL,
    channel TEXT NOT NULL,
    market  TEXT NOT NULL,
    origin  TEXT NOT NULL,               -- address, file with cell, or words
    source  TEXT,
    "from"  TEXT,                        -- first day on which it is known; NULL: the day on which it is due
    "until" TEXT                         -- last day on which it is believed
) STRICT;

CREATE TABLE objective (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE,
    metric  INTEGER NOT NULL REFERENCES metric (id),
    op      TEXT NOT NULL CHECK (op IN ('<', '<=', '>', '>=')),
    value   TEXT NOT NULL,
    name    TEXT NOT NULL,
    periods INTEGER NOT NULL,            -- in how many periods running
    period  TEXT CHECK (period IN ('day', 'week', 'month', 'quarter')),  -- NULL: that of the metric
    "over"  INTEGER NOT NULL,            -- over how many periods each figure is taken
    gaps    TEXT NOT NULL CHECK (gaps IN ('hold', 'skip')),
    service INTEGER REFERENCES service (id),
    team    INTEGER REFERENCES team (id),
    segment TEXT NOT NULL,
    channel TEXT NOT NULL,
    market  TEXT NOT NULL,
    origin  TEXT NOT NULL,
    source  TEXT,
    "from"  TEXT,
    "until" TEXT
) STRICT;

-- The gate of a position: nobody is hired before these objectives are met.
ALTER TABLE position ADD COLUMN waits_for TEXT NOT NULL DEFAULT '[]';   -- JSON list of objectives
ALTER TABLE position ADD COLUMN waits_any INTEGER NOT NULL DEFAULT 0;   -- 1: one of them is enough
ALTER TABLE position ADD COLUMN waits_by TEXT;                          -- last day on which they may be met
ALTER TABLE position ADD COLUMN waived_on TEXT;
ALTER TABLE position ADD COLUMN waived_by TEXT NOT NULL DEFAULT '';
ALTER TABLE position ADD COLUMN waived_why TEXT NOT NULL DEFAULT '';
