-- The hiring plan: positions and who is in them, their cost, budgets, and baselines.
-- Amounts are integers in the smallest unit of their currency (cents); shares and FTE are in millionths.

CREATE TABLE position (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,    -- HC2027-NH-001
    title       TEXT NOT NULL,
    team        INTEGER REFERENCES team (id),
    discipline  TEXT NOT NULL,
    level       TEXT NOT NULL,
    breadth     TEXT CHECK (breadth IN ('generalist', 'specialist')),
    manager     INTEGER REFERENCES position (id),
    location    TEXT NOT NULL,
    reason      TEXT NOT NULL,           -- growth, backfill, on-call minimum, ownership gap, support load, …
    backfill_of INTEGER REFERENCES position (id),
    service     INTEGER REFERENCES service (id),  -- the service it is for
    need_by     TEXT,                    -- day by which someone must be productive in it
    status      TEXT NOT NULL CHECK (status IN ('planned', 'approved', 'open', 'offered', 'frozen', 'closed')),
                                         -- filled is not a status: see assignment
    requisition TEXT NOT NULL,
    priority    INTEGER,                 -- 1 is the highest
    fte         INTEGER NOT NULL,        -- millionths of a full-time job
    pooled      INTEGER NOT NULL,        -- 1: stands for several identical positions
    pay         INTEGER,                 -- annual full-time base salary; the lower end of a range
    pay_up_to   INTEGER,                 -- the upper end
    currency    TEXT,
    start       TEXT,                    -- planned first day of the next person
    description TEXT NOT NULL,
    source      TEXT,
    extra       TEXT NOT NULL,
    "from"      TEXT,
    "until"     TEXT
) STRICT;

CREATE TABLE assignment (
    id       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL REFERENCES position (id),
    person   INTEGER NOT NULL REFERENCES person (id),
    pay      INTEGER,                    -- annual, full-time, where it differs from the position's
    currency TEXT,
    source   TEXT,
    "from"   TEXT,
    "until"  TEXT
) STRICT;

CREATE TABLE assumption (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,            -- employer-tax, benefits, ramp, …
    label      TEXT NOT NULL,            -- distinguishes several of one type
    value      TEXT NOT NULL,            -- 6000.00 EUR, 12.5%, 58, or a curve by month: 20% 50% 100%
    cap        INTEGER,                  -- annual pay up to which a rate applies
    currency   TEXT,
    person     INTEGER REFERENCES person (id),    -- for whom it holds; the most specific applies
    position   INTEGER REFERENCES position (id),
    level      TEXT NOT NULL,
    discipline TEXT NOT NULL,
    location   TEXT NOT NULL,
    team       INTEGER REFERENCES team (id),
    origin     TEXT NOT NULL,            -- source of the figure
    source     TEXT,
    "from"     TEXT,
    "until"    TEXT
) STRICT;

CREATE TABLE budget (
    id       INTEGER PRIMARY KEY,
    team     INTEGER REFERENCES team (id),        -- NULL: the whole organisation
    amount   INTEGER,                    -- for the whole period
    currency TEXT,
    seats    INTEGER,                    -- headcount limit at any time, in millionths of full time
    note     TEXT NOT NULL,
    source   TEXT,
    "from"   TEXT,
    "until"  TEXT
) STRICT;

CREATE TABLE exchange_rate (
    id       INTEGER PRIMARY KEY,
    currency TEXT NOT NULL,
    rate     TEXT NOT NULL,              -- units of the plan's currency for one of this
    origin   TEXT NOT NULL,
    source   TEXT,
    "from"   TEXT
) STRICT;

CREATE TABLE holiday (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    day      TEXT NOT NULL,
    location TEXT NOT NULL,              -- empty: everywhere
    source   TEXT
) STRICT;

CREATE TABLE approval (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    "on"  TEXT NOT NULL,
    "by"  TEXT NOT NULL,
    note  TEXT NOT NULL,
    seats TEXT NOT NULL                  -- JSON list of positions as they were then
) STRICT;

CREATE VIEW who_sits_where AS
SELECT p.key AS position, p.title, t.name AS team, h.name AS person, a."from", a."until"
FROM position AS p LEFT JOIN assignment AS a ON a.position = p.id LEFT JOIN person AS h ON h.id = a.person
LEFT JOIN team AS t ON t.id = p.team;
