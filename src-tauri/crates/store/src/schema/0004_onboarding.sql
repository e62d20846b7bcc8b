-- Onboarding, handovers and offboarding: templates, checklists, and the status of their items.
-- A checklist has copies of a template's items, independent of later changes of the template.

CREATE TABLE template (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    occasion   TEXT NOT NULL CHECK (occasion IN ('join', 'move', 'take-over', 'leave')),
    team       INTEGER REFERENCES team (id),      -- with its sub-teams; NULL: any team
    discipline TEXT NOT NULL,            -- empty: any
    level      TEXT NOT NULL,            -- empty: any
    version    INTEGER NOT NULL,         -- starts at 1, one more with each change of the items
    reviewed   TEXT,                     -- day of the last review
    "text"     TEXT NOT NULL,            -- the Markdown it was imported from
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
    due_after       INTEGER,             -- counted from the completion of this item
    assignee        TEXT,                -- new hire, manager, buddy, it, people ops, or a name; NULL: one of these two
    assignee_person INTEGER REFERENCES person (id),
    assignee_team   INTEGER REFERENCES team (id),
    takes_days      INTEGER NOT NULL,    -- working days once it can begin
    needs           TEXT NOT NULL,       -- JSON list of items that must be done first
    optional        INTEGER NOT NULL,
    goal            INTEGER NOT NULL,    -- 1: a goal rather than a task
    link            TEXT NOT NULL,
    service         INTEGER REFERENCES service (id),
    team            INTEGER REFERENCES team (id),
    place           INTEGER NOT NULL     -- order within the template
) STRICT;

CREATE TABLE checklist (
    id        INTEGER PRIMARY KEY,
    person    INTEGER NOT NULL REFERENCES person (id),
    occasion  TEXT NOT NULL CHECK (occasion IN ('join', 'move', 'take-over', 'leave')),
    start     TEXT NOT NULL,             -- due dates are counted from this day
    buddy     INTEGER REFERENCES person (id),
    manager   INTEGER REFERENCES person (id),     -- NULL: who is in the position that theirs reports to
    service   INTEGER REFERENCES service (id),    -- the one handed over
    templates TEXT NOT NULL              -- JSON list: key and version of each template it was made from
) STRICT;

CREATE TABLE checklist_item (
    id              INTEGER PRIMARY KEY,
    checklist       INTEGER NOT NULL REFERENCES checklist (id),
    origin          INTEGER,             -- ID of the template item, which may be deleted
    generated       TEXT NOT NULL,       -- key of a generated task, such as service:12; empty: a copy
    section         TEXT NOT NULL,
    title           TEXT NOT NULL,
    "text"          TEXT NOT NULL,
    due             INTEGER,
    due_after       INTEGER,
    due_by_hand     TEXT,                -- a due date that does not move with the start
    assignee        TEXT,
    assignee_person INTEGER REFERENCES person (id),
    assignee_team   INTEGER REFERENCES team (id),
    takes_days      INTEGER NOT NULL,    -- working days once it can begin
    needs           TEXT NOT NULL,
    optional        INTEGER NOT NULL,
    goal            INTEGER NOT NULL,
    link            TEXT NOT NULL,
    service         INTEGER REFERENCES service (id),
    team            INTEGER REFERENCES team (id),
    state           TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'blocked')),
    state_on        TEXT,                -- day it was done or skipped
    state_words     TEXT NOT NULL,       -- done by whom, why skipped, blocked by what
    note            TEXT NOT NULL,
    feedback        TEXT NOT NULL,       -- JSON, or null
    place           INTEGER NOT NULL
) STRICT;

CREATE VIEW who_does_what AS
SELECT p.name AS person, c.occasion, c.start, i.section, i.title, i.state, i.state_on, i.state_words
FROM checklist_item AS i JOIN checklist AS c ON c.id = i.checklist JOIN person AS p ON p.id = c.person
ORDER BY p.name, c.id, i.place;
