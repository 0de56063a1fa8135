-- The folio, the business date, and a log that is only ever added to.

-- Charges and payments beyond what the reservation itself says; a mistake is reversed by a counter-entry.
CREATE TABLE folio_entries (
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  -- The number of the fact that made it.
  id INTEGER NOT NULL,
  code TEXT NOT NULL REFERENCES reservations (code),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  business_date TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('charge', 'payment')),
  method TEXT CHECK (method IN ('cash', 'card', 'transfer', 'other')),
  text TEXT NOT NULL,
  -- Below zero for a counter-entry alone.
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0),
  reverses INTEGER,
  -- One key, one entry: a form that is sent twice posts once.
  key TEXT,
  CHECK ((kind = 'payment') = (method IS NOT NULL)),
  CHECK ((amount_minor < 0) = (reverses IS NOT NULL)),
  PRIMARY KEY (hotel_id, id),
  FOREIGN KEY (hotel_id, reverses) REFERENCES folio_entries (hotel_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX folio_entries_by_stay ON folio_entries (code, id);
CREATE UNIQUE INDEX folio_entries_by_key ON folio_entries (hotel_id, key) WHERE key IS NOT NULL;
-- Nothing is taken back twice.
CREATE UNIQUE INDEX folio_reversals ON folio_entries (hotel_id, reverses) WHERE reverses IS NOT NULL;

-- When the hotel's day ends: with the clock's (clock), at an hour when nothing blocks it (0 to 23), by hand (hand).
ALTER TABLE hotels ADD COLUMN day_rule TEXT NOT NULL DEFAULT 'clock';
-- The hotel's day, where the clock does not rule it. NULL: it was never set, and is the clock's.
ALTER TABLE hotels ADD COLUMN business_date TEXT;

-- What happened to one reservation, and what one member of staff did.
CREATE INDEX log_by_stay ON log (hotel_id, code, seq) WHERE code IS NOT NULL;
CREATE INDEX log_by_staff ON log (hotel_id, actor, seq) WHERE actor NOT IN ('guest', 'system');

CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER folio_is_not_changed BEFORE UPDATE ON folio_entries BEGIN
  SELECT RAISE(ABORT, 'a folio is only ever added to');
END;
CREATE TRIGGER folio_is_not_shortened BEFORE DELETE ON folio_entries BEGIN
  SELECT RAISE(ABORT, 'a folio is only ever added to');
END;
