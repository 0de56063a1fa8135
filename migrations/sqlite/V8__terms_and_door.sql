-- Terms that managers change, and who came to the desk's door.

-- Counts the changes of check-in and check-out times and of what giving a stay up costs: a form says which it has seen.
ALTER TABLE hotels ADD COLUMN terms_version INTEGER NOT NULL DEFAULT 1 CHECK (terms_version > 0);

-- Signing in and out is a small part of the log, and looked for by itself.
CREATE INDEX log_of_staff ON log (hotel_id, seq) WHERE event = 'staff';
