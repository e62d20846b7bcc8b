-- What an operation creates by the thousand stands together, entities with IDs that follow each other in one row.

ALTER TABLE operation_change ADD COLUMN "last" INTEGER;   -- ID of the last entity; "after" is a JSON list of what each became.
                                                          -- NULL: one entity alone

CREATE INDEX operation_change_run ON operation_change (kind, "last", entity) WHERE "last" IS NOT NULL;

DROP VIEW who_changed_what;
CREATE VIEW who_changed_what AS
SELECT o.seq, o.at, o.author, o.label, c.kind, c.entity AS id, c.before, c."after"
FROM operation AS o JOIN operation_change AS c ON c.operation = o.seq
WHERE c."last" IS NULL
UNION ALL
SELECT o.seq, o.at, o.author, o.label, c.kind, c.entity + row.key, NULL, row.value
FROM operation AS o JOIN operation_change AS c ON c.operation = o.seq, json_each(c."after") AS row
WHERE c."last" IS NOT NULL;
