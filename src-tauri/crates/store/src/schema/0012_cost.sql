-- What clouds and clusters cost, whose that is, and to whom it goes on.

CREATE TABLE cost_line (
    id        INTEGER PRIMARY KEY,
    first     TEXT NOT NULL,            -- first and last day charged
    last      TEXT NOT NULL,
    billed    TEXT NOT NULL,            -- exact decimals: on the invoice, and with purchases spread over their days
    effective TEXT NOT NULL,
    currency  TEXT NOT NULL,
    class     TEXT NOT NULL CHECK (class IN ('usage', 'purchase', 'tax', 'credit', 'adjustment',
                                             'idle', 'unallocated', 'unmounted', 'shared')),
    provider  TEXT NOT NULL,
    account   TEXT NOT NULL,
    namespace TEXT NOT NULL,
    labels    TEXT NOT NULL,            -- key=value; key=value
    origin    TEXT NOT NULL,            -- file
    source    TEXT
) STRICT;

CREATE TABLE cost_rule (
    id      INTEGER PRIMARY KEY,
    label   TEXT NOT NULL,              -- key of a label; or account, namespace, provider
    value   TEXT NOT NULL,              -- may have *
    team    INTEGER REFERENCES team (id),
    service INTEGER REFERENCES service (id),
    note    TEXT NOT NULL,
    source  TEXT,
    "from"  TEXT,
    "until" TEXT
) STRICT;

CREATE TABLE cost_share (
    id      INTEGER PRIMARY KEY,
    service INTEGER NOT NULL REFERENCES service (id),
    segment TEXT NOT NULL,
    channel TEXT NOT NULL,
    market  TEXT NOT NULL,
    product TEXT NOT NULL,
    weight  INTEGER NOT NULL,           -- millionths
    source  TEXT,
    "from"  TEXT,
    "until" TEXT
) STRICT;

ALTER TABLE dependency ADD COLUMN cost_weight INTEGER;  -- millionths; NULL: as all that say nothing
