-- A booking changes fewer pages: each of them is written to the log of SQLite, and waited for.

-- The log in the order in which it is written from here on: such a table is only added to at its end, whichever hotel's
-- turn it is. In the order of its key, without a rowid, SQLite evened out three neighbours with each page that was full.
ALTER TABLE log RENAME TO old_log;
DROP INDEX log_by_stay;
DROP INDEX log_by_staff;
DROP INDEX log_of_staff;
CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT,
  body TEXT NOT NULL,
  -- How the nights were counted differently: [[room type, arrival, departure, sold, held], …]
  counts TEXT NOT NULL
) STRICT;
INSERT INTO log (hotel_id, seq, at, actor, event, kind, code, body, counts)
  SELECT hotel_id, seq, at, actor, event, kind, code, body, counts FROM old_log ORDER BY hotel_id, seq;
-- Each fact once, and in the hotel's order; what happened to one reservation; what one member of staff did; who came to the
-- desk's door.
CREATE UNIQUE INDEX log_by_hotel ON log (hotel_id, seq);
CREATE INDEX log_by_stay ON log (hotel_id, code, seq) WHERE code IS NOT NULL;
CREATE INDEX log_by_staff ON log (hotel_id, actor, seq) WHERE actor NOT IN ('guest', 'system');
CREATE INDEX log_of_staff ON log (hotel_id, seq) WHERE event = 'staff';

-- The answer to a key is what the log says of the booking: the number of that fact, and not its text again.
ALTER TABLE answers RENAME TO old_answers;
DROP INDEX answers_by_age;
CREATE TABLE answers (
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  key TEXT NOT NULL,
  request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
  seq INTEGER NOT NULL,
  manage_token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (hotel_id, key)
) STRICT, WITHOUT ROWID;
INSERT INTO answers (hotel_id, key, request_hash, seq, manage_token, created_at)
  SELECT old.hotel_id, key, request_hash, log.seq, manage_token, created_at FROM old_answers AS old JOIN log
    ON log.hotel_id = old.hotel_id AND log.code = reservation ->> 'code' AND event = 'reservation'
    AND body ->> 'version' = reservation ->> 'version' AND kind NOT IN ('folio', 'room_ready', 'room_not_ready');
CREATE INDEX answers_by_age ON answers (created_at);
DROP TABLE old_answers;
DROP TABLE old_log;

CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is only ever added to');
END;
CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN
  SELECT RAISE(ABORT, 'the log is only ever added to');
END;

-- Few reservations were a hold, and an index of all has the others too. What makes the column unique in the table's own
-- text becomes an index by itself, which can be dropped; the pages stay as they are until then. (As in V7, and for the same
-- reason: the table need not be copied.)
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'hold TEXT UNIQUE', 'hold TEXT')
  WHERE type = 'table' AND name = 'reservations';
UPDATE sqlite_schema SET name = 'all_holds', sql = 'CREATE UNIQUE INDEX all_holds ON reservations (hold)'
  WHERE type = 'index' AND name = 'sqlite_autoindex_reservations_2';
PRAGMA writable_schema = RESET;
DROP INDEX all_holds;
CREATE UNIQUE INDEX reservations_by_hold ON reservations (hold) WHERE hold IS NOT NULL;
