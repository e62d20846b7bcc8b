-- Incidents, actions and bets; objectives of a tier.

CREATE TABLE incident (
    id                     INTEGER PRIMARY KEY,
    key                    TEXT NOT NULL UNIQUE,
    title                  TEXT NOT NULL,
    services               TEXT NOT NULL,           -- JSON list of services
    unmatched              TEXT NOT NULL,           -- JSON list: names of the source that are no service of the plan
    severity               INTEGER,                 -- 1 (worst) to 4
    started                TEXT,                    -- times in UTC: 2027-03-12 08:05, or the day alone
    detected               TEXT,
    declared               TEXT,
    repaired               TEXT,
    resolved               TEXT,
    warnings               TEXT NOT NULL,           -- JSON list: {moment, words} of times that are uncertain
    stated_repair_minutes  INTEGER,                 -- as the source states it
    repair_in_support_hours  INTEGER NOT NULL,      -- 1: these count support hours only
    stated_resolve_minutes INTEGER,
    resolve_in_support_hours INTEGER NOT NULL,
    minutes_down           INTEGER,
    cause                  TEXT NOT NULL,
    review                 TEXT NOT NULL,           -- Markdown
    review_link            TEXT NOT NULL,
    reviewed               TEXT,
    link                   TEXT NOT NULL,
    source                 TEXT,
    extra                  TEXT NOT NULL
) STRICT;

CREATE TABLE bet (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    hypothesis  TEXT NOT NULL,
    team        INTEGER REFERENCES team (id),
    segment     TEXT NOT NULL,
    channel     TEXT NOT NULL,
    market      TEXT NOT NULL,
    objectives  TEXT NOT NULL,                      -- JSON list of objectives, all of which have to be met
    budget      INTEGER,                            -- in the smallest unit of the currency
    currency    TEXT,
    "from"      TEXT,
    decide_by   TEXT,
    first_terms TEXT NOT NULL,                      -- what was to be met by when, before it was first changed
    decided     TEXT,
    decision    TEXT CHECK (decision IN ('scale', 'stop', 'change')),
    reason      TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    reviewed    TEXT,
    scenario    INTEGER REFERENCES scenario (id),
    source      TEXT,
    extra       TEXT NOT NULL
) STRICT;

CREATE TABLE action (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    service  INTEGER REFERENCES service (id),       -- whose it is follows from who owns the service on a day
    team     INTEGER REFERENCES team (id),          -- where there is no service, or nobody owns it
    incident INTEGER REFERENCES incident (id),
    bet      INTEGER REFERENCES bet (id),
    finding  TEXT NOT NULL,                         -- ID of the finding that it is to remove
    opened   TEXT,
    due      TEXT,
    state    TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    closed   TEXT,
    reason   TEXT NOT NULL,
    link     TEXT NOT NULL,
    source   TEXT,
    extra    TEXT NOT NULL
) STRICT;

-- Of all services that have this tier on the day asked.
ALTER TABLE objective ADD COLUMN tier INTEGER;
