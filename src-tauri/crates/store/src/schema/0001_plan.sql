-- A Headroom plan. Every row holds from the day "from" to the day "until", both included; NULL is open.
-- Days are ISO 8601 text; lists and links are JSON; IDs are unique in the whole plan and never used again.
-- Keys are what people and other tools use. Change a plan only through Headroom: the journal must agree.

CREATE TABLE plan (
    name  TEXT PRIMARY KEY,              -- 'next_id', 'created_at'
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    aliases     TEXT NOT NULL,           -- JSON list: former and other names
    parent      INTEGER REFERENCES team (id),
    kind        TEXT NOT NULL,           -- stream-aligned, platform, enabling, complicated-subsystem, …
    description TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    segment     TEXT NOT NULL,           -- the customers it serves
    unconfirmed INTEGER NOT NULL,        -- 1: referred to by a source, defined by none
    source      TEXT,                    -- csv, backstage, …; NULL: entered by hand
    extra       TEXT NOT NULL,           -- JSON: source data without a column
    "from"      TEXT,
    "until"     TEXT
) STRICT;

CREATE TABLE person (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    aliases     TEXT NOT NULL,
    title       TEXT NOT NULL,
    company     TEXT NOT NULL,
    email       TEXT NOT NULL,
    location    TEXT NOT NULL,
    unconfirmed INTEGER NOT NULL,
    source      TEXT,
    extra       TEXT NOT NULL,
    "from"      TEXT,                    -- first day of employment
    "until"     TEXT                     -- last day of employment
) STRICT;

CREATE TABLE membership (
    id      INTEGER PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES person (id),
    team    INTEGER NOT NULL REFERENCES team (id),
    role    TEXT NOT NULL,               -- lead, member, …
    share   INTEGER,                     -- percent of the person's working time
    source  TEXT,
    "from"  TEXT,
    "until" TEXT
) STRICT;

CREATE TABLE grouping (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('system', 'domain')),
    key         TEXT NOT NULL,
    name        TEXT NOT NULL,
    aliases     TEXT NOT NULL,
    parent      INTEGER REFERENCES grouping (id),
    team        INTEGER REFERENCES team (id),     -- the owner: a team
    person      INTEGER REFERENCES person (id),   -- … or a person
    description TEXT NOT NULL,
    tags        TEXT NOT NULL,
    links       TEXT NOT NULL,
    unconfirmed INTEGER NOT NULL,
    source      TEXT,
    extra       TEXT NOT NULL,
    "from"      TEXT,
    "until"     TEXT,
    UNIQUE (kind, key),
    CHECK (team IS NULL OR person IS NULL)
) STRICT;

CREATE TABLE service (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    aliases     TEXT NOT NULL,
    kind        TEXT NOT NULL,
    lifecycle   TEXT NOT NULL,
    tier        INTEGER CHECK (tier BETWEEN 1 AND 4),   -- 1 is the most critical
    system      INTEGER REFERENCES grouping (id),
    domain      INTEGER REFERENCES grouping (id),       -- only if set for the service itself
    description TEXT NOT NULL,
    url         TEXT NOT NULL,
    tags        TEXT NOT NULL,
    links       TEXT NOT NULL,
    unconfirmed INTEGER NOT NULL,
    source      TEXT,
    extra       TEXT NOT NULL,
    "from"      TEXT,
    "until"     TEXT
) STRICT;

CREATE TABLE ownership (
    id        INTEGER PRIMARY KEY,
    service   INTEGER NOT NULL REFERENCES service (id),
    team      INTEGER REFERENCES team (id),
    person    INTEGER REFERENCES person (id),
    role      TEXT NOT NULL,             -- owner, backup, …
    confirmed TEXT,                      -- day on which it was last confirmed
    source    TEXT,
    "from"    TEXT,
    "until"   TEXT,
    CHECK ((team IS NULL) <> (person IS NULL))
) STRICT;

CREATE TABLE dependency (
    id          INTEGER PRIMARY KEY,
    service     INTEGER NOT NULL REFERENCES service (id),   -- the dependent
    depends_on  INTEGER NOT NULL REFERENCES service (id),   -- what it depends on
    kind        TEXT NOT NULL,
    criticality TEXT NOT NULL,           -- hard, soft, or '' if unknown
    source      TEXT,
    "from"      TEXT,
    "until"     TEXT
) STRICT;

CREATE TABLE setting (
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL UNIQUE,          -- plan.name, rule.<id>.<threshold>
    value TEXT NOT NULL
) STRICT;

-- Every operation, in order, never shortened. Undo and redo refer to the operation they undo or redo.
CREATE TABLE journal (
    seq          INTEGER PRIMARY KEY,
    at           TEXT NOT NULL,          -- UTC
    author       TEXT NOT NULL,
    action       TEXT NOT NULL CHECK (action IN ('edit', 'import', 'undo', 'redo')),
    label        TEXT NOT NULL,
    target       INTEGER REFERENCES journal (seq),
    change_count INTEGER NOT NULL,
    changes      TEXT                    -- JSON list of {kind, id, before, after}; NULL for undo and redo
) STRICT;

-- For reading with the sqlite3 shell.
CREATE VIEW who_is_where AS
SELECT person.name AS person, team.name AS team, role, share, m."from", m."until"
FROM membership AS m JOIN person ON person.id = m.person JOIN team ON team.id = m.team;

CREATE VIEW who_owns_what AS
SELECT service.name AS service, coalesce(team.name, person.name) AS owner, o.role, o.confirmed, o."from", o."until"
FROM ownership AS o JOIN service ON service.id = o.service
LEFT JOIN team ON team.id = o.team LEFT JOIN person ON person.id = o.person;

CREATE VIEW what_needs_what AS
SELECT a.name AS service, b.name AS depends_on, d.kind, d.criticality, d."from", d."until"
FROM dependency AS d JOIN service AS a ON a.id = d.service JOIN service AS b ON b.id = d.depends_on;

CREATE VIEW who_changed_what AS
SELECT seq, at, author, label, json_extract(change.value, '$.kind') AS kind, json_extract(change.value, '$.id') AS id,
       json_extract(change.value, '$.before') AS before, json_extract(change.value, '$.after') AS after
FROM journal, json_each(journal.changes) AS change;
