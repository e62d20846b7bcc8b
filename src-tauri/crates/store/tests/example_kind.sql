-- The table of the kind that a test adds: model/src/entity/licence.rs.

CREATE TABLE licence (
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,
    team     INTEGER NOT NULL REFERENCES team (id),
    price    INTEGER,
    currency TEXT,
    source   TEXT,
    "from"   TEXT,
    "until"  TEXT
) STRICT;
