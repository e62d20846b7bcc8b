-- Onboarding: what somebody does from their first day on (or up to their last), and how far it has come.
-- A checklist holds copies of a template's items, so that it stands when the template changes or goes.

CREATE TABLE template (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    occasion   TEXT NOT NULL CHECK (occasion IN ('join', 'move', 'take-over', 'leave')),
    team       INTEGER REFERENCES team (id),      -- for it and the teams below it; NULL: for every team
    discipline TEXT NOT NULL,            -- empty: for every one
    level      TEXT NOT NULL,            -- empty: for every one
    version    INTEGER NOT NULL,         -- from 1, one more with each change of the items
    reviewed   TEXT,                     -- day on which somebody last found it right
    "text"     TEXT NOT NULL,            -- the Markdown that it came from
    source     TEXT,
    extra      TEXT NOT NULL
) STRICT;

CREATE TABLE template_item (
    id              INTEGER PRIMARY KEY,
    template        INTEGER NOT NULL REFERENCES template (id),
    section         TEXT NOT NULL,
    title           TEXT NOT NULL,
    "text"          TEXT NOT NULL,       -- Markdown
    due             INTEGER,             -- working days from the start: 0 is the first, -1 the last before it
    due_after       INTEGER,             -- counted from the day on which this item is done
    assignee        TEXT,                -- new hire, manager, buddy, it, people ops, or a name; NULL: one of these two
    assignee_person INTEGER REFERENCES person (id),
    assignee_team   INTEGER REFERENCES team (id),
    takes_days      INTEGER NOT NULL,    -- working days from when it can begin until it is done
    needs           TEXT NOT NULL,       -- JSON list of items that have to be done before
    optional        INTEGER NOT NULL,
    goal            INTEGER NOT NULL,    -- 1: an outcome beside the tasks
    link            TEXT NOT NULL,
    service         INTEGER REFERENCES service (id),
    team            INTEGER REFERENCES team (id),
    place           INTEGER NOT NULL     -- order within the template
) STRICT;

CREATE TABLE checklist (
    id        INTEGER PRIMARY KEY,
    person    INTEGER NOT NULL REFERENCES person (id),
    occasion  TEXT NOT NULL CHECK (occasion IN ('join', 'move', 'take-over', 'leave')),
    start     TEXT NOT NULL,             -- the day that due days are counted from
    buddy     INTEGER REFERENCES person (id),
    manager   INTEGER REFERENCES person (id),     -- NULL: by the seat that the person's seat reports to
    service   INTEGER REFERENCES service (id),    -- the one taken over
    templates TEXT NOT NULL              -- JSON list: key and version of each template that it was made from
) STRICT;

CREATE TABLE checklist_item (
    id              INTEGER PRIMARY KEY,
    checklist       INTEGER NOT NULL REFERENCES checklist (id),
    origin          INTEGER,             -- number of the template's item, which may be gone
    generated       TEXT NOT NULL,       -- what in the plan it stands for, such as service:12; empty: it was copied
    section         TEXT NOT NULL,
    title           TEXT NOT NULL,
    "text"          TEXT NOT NULL,
    due             INTEGER,
    due_after       INTEGER,
    due_by_hand     TEXT,                -- a due day that stays when the start moves
    assignee        TEXT,
    assignee_person INTEGER REFERENCES person (id),
    assignee_team   INTEGER REFERENCES team (id),
    takes_days      INTEGER NOT NULL,    -- working days from when it can begin until it is done
    needs           TEXT NOT NULL,
    optional        INTEGER NOT NULL,
    goal            INTEGER NOT NULL,
    link            TEXT NOT NULL,
    service         INTEGER REFERENCES service (id),
    team            INTEGER REFERENCES team (id),
    state           TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'blocked')),
    state_on        TEXT,                -- day on which it was done or skipped
    state_words     TEXT NOT NULL,       -- done by whom, skipped why, blocked by what
    note            TEXT NOT NULL,
    feedback        TEXT NOT NULL,       -- JSON: what somebody says of it, or null
    place           INTEGER NOT NULL
) STRICT;

CREATE VIEW who_does_what AS
SELECT p.name AS person, c.occasion, c.start, i.section, i.title, i.state, i.state_on, i.state_words
FROM checklist_item AS i JOIN checklist AS c ON c.id = i.checklist JOIN person AS p ON p.id = c.person
ORDER BY p.name, c.id, i.place;
