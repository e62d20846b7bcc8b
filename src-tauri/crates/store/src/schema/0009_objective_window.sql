-- Service level objectives: over which time one is counted, and how.

ALTER TABLE objective ADD COLUMN "window" TEXT;                    -- 30d, 4w, 1h, 1M calendar; NULL: not said
ALTER TABLE objective ADD COLUMN method TEXT NOT NULL DEFAULT '';  -- as the file says: Occurrences, Timeslices
