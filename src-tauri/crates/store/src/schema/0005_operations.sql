-- Operations: what was done, by whom, and after what, with their changes by field. Copies of a plan share the
-- operations up to where they part, so that one can be merged into the other.

CREATE TABLE operation (
    seq          INTEGER PRIMARY KEY,    -- the order in this file
    id           TEXT NOT NULL UNIQUE,   -- the same in every copy of the plan
    parent       TEXT,                   -- id of the operation before it; NULL: the first
    merged       TEXT,                   -- of a merge: id of the newest operation of the copy
    branch       TEXT NOT NULL,          -- empty: of this plan; else of a copy that was merged: id of its newest operation
    at           TEXT NOT NULL,          -- UTC
    author       TEXT NOT NULL,
    action       TEXT NOT NULL CHECK (action IN ('edit', 'import', 'undo', 'redo', 'merge')),
    label        TEXT NOT NULL,
    target       INTEGER REFERENCES operation (seq),   -- what an undo or redo refers to
    change_count INTEGER NOT NULL,
    format       INTEGER NOT NULL        -- format of the plan for which it was written
) STRICT;

CREATE TABLE operation_change (
    operation INTEGER NOT NULL REFERENCES operation (seq),
    place     INTEGER NOT NULL,          -- the order within the operation
    kind      TEXT NOT NULL,             -- the table of the entity
    entity    INTEGER NOT NULL,          -- its id
    before    TEXT,                      -- JSON: what the fields were; NULL: created
    "after"   TEXT,                      -- JSON: what they became; NULL: deleted
    PRIMARY KEY (operation, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_change_entity ON operation_change (entity, kind);

-- What two sides of a merge have done that does not go together, until somebody decides.
CREATE TABLE conflict (
    operation INTEGER NOT NULL REFERENCES operation (seq),   -- the merge
    place     INTEGER NOT NULL,
    conflict  TEXT NOT NULL,             -- JSON: the entity, the cause with its three values, what was held back
    decided   INTEGER REFERENCES operation (seq),            -- the operation that decided; NULL: open
    PRIMARY KEY (operation, place)
) STRICT, WITHOUT ROWID;

INSERT INTO operation
SELECT seq, made || '#' || seq || '#' || at, made || '#' || lag(seq) OVER list || '#' || lag(at) OVER list, NULL, '', at,
       author, action, label, target, change_count, 4
FROM journal, (SELECT value AS made FROM plan WHERE name = 'created_at')
WINDOW list AS (ORDER BY seq);

-- Undo and redo had no changes of their own: those of their target, turned round once for each undo on the way.
INSERT INTO operation_change
WITH RECURSIVE root (seq, source, undos) AS (
    SELECT seq, seq, 0 FROM journal
    UNION ALL
    SELECT root.seq, journal.target, root.undos + (journal.action = 'undo')
    FROM root JOIN journal ON journal.seq = root.source
    WHERE journal.changes IS NULL
)
SELECT root.seq, iif(undos % 2, json_array_length(journal.changes) - 1 - change.key, change.key),
       change.value ->> 'kind', change.value ->> 'id',
       nullif(change.value -> iif(undos % 2, 'after', 'before'), 'null'),
       nullif(change.value -> iif(undos % 2, 'before', 'after'), 'null')
FROM root JOIN journal ON journal.seq = root.source, json_each(journal.changes) AS change
WHERE journal.changes IS NOT NULL;

DROP VIEW who_changed_what;
DROP TABLE journal;

CREATE VIEW who_changed_what AS
SELECT o.seq, o.at, o.author, o.label, c.kind, c.entity AS id, c.before, c."after"
FROM operation AS o JOIN operation_change AS c ON c.operation = o.seq;

-- IDs are no longer counted: see ids-and-keys.md. The identity is the same in every copy of the plan.
DELETE FROM plan WHERE name = 'next_id';
INSERT INTO plan (name, value) SELECT 'identity', value FROM plan WHERE name = 'created_at';

-- A place is between two others, so that moving an item alters no other.
DROP VIEW who_does_what;
ALTER TABLE template_item ADD COLUMN spot REAL NOT NULL DEFAULT 0;
UPDATE template_item SET spot = place;
ALTER TABLE template_item DROP COLUMN place;
ALTER TABLE template_item RENAME COLUMN spot TO place;
ALTER TABLE checklist_item ADD COLUMN spot REAL NOT NULL DEFAULT 0;
UPDATE checklist_item SET spot = place;
ALTER TABLE checklist_item DROP COLUMN place;
ALTER TABLE checklist_item RENAME COLUMN spot TO place;

CREATE VIEW who_does_what AS
SELECT p.name AS person, c.occasion, c.start, i.section, i.title, i.state, i.state_on, i.state_words
FROM checklist_item AS i JOIN checklist AS c ON c.id = i.checklist JOIN person AS p ON p.id = c.person
ORDER BY p.name, c.id, i.place;
