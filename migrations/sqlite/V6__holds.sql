-- How often a hold was extended; the program's own bound is below this one.
ALTER TABLE reservations ADD COLUMN extensions INTEGER NOT NULL DEFAULT 0 CHECK (extensions BETWEEN 0 AND 100);
