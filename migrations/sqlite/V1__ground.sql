-- The ground: hotels and what they sell, nights as they are counted, reservations, and the log of facts.
-- Days are ISO text, instants are milliseconds since 1970 in UTC, money is whole minor units.

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hotels (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  language TEXT NOT NULL,
  check_in_from TEXT NOT NULL,
  check_out_until TEXT NOT NULL,
  -- The number of the last fact in the hotel's log.
  seq INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0)
) STRICT;

CREATE TABLE room_types (
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  sleeps INTEGER NOT NULL CHECK (sleeps > 0),
  rooms INTEGER NOT NULL CHECK (rooms >= 0),
  overbook INTEGER NOT NULL DEFAULT 0 CHECK (overbook >= 0),
  -- Minor units for Monday to Sunday, a JSON array.
  weekday_prices TEXT NOT NULL,
  PRIMARY KEY (hotel_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE night_prices (
  hotel_id INTEGER NOT NULL,
  room_type TEXT NOT NULL,
  night TEXT NOT NULL,
  price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
  PRIMARY KEY (hotel_id, room_type, night),
  FOREIGN KEY (hotel_id, room_type) REFERENCES room_types (hotel_id, code)
) STRICT, WITHOUT ROWID;

-- A night that was never touched has no row: all its rooms are free.
CREATE TABLE nights (
  hotel_id INTEGER NOT NULL,
  room_type TEXT NOT NULL,
  night TEXT NOT NULL,
  rooms INTEGER NOT NULL,
  overbook INTEGER NOT NULL,
  sold INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
  held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked >= 0),
  PRIMARY KEY (hotel_id, room_type, night),
  FOREIGN KEY (hotel_id, room_type) REFERENCES room_types (hotel_id, code),
  -- The last line of defence: no night is sold that is not there, whatever the program does.
  CONSTRAINT never_sold_twice CHECK (sold + held + blocked <= rooms + overbook)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservations (
  id INTEGER PRIMARY KEY,
  hotel_id INTEGER NOT NULL,
  code TEXT NOT NULL UNIQUE,
  hold TEXT UNIQUE,
  status TEXT NOT NULL
    CHECK (status IN ('held', 'confirmed', 'in_house', 'checked_out', 'cancelled', 'no_show', 'lapsed')),
  held_until INTEGER CHECK ((status = 'held') = (held_until IS NOT NULL)),
  room_type TEXT NOT NULL,
  rate_plan TEXT NOT NULL,
  arrival TEXT NOT NULL,
  departure TEXT NOT NULL CHECK (departure > arrival),
  adults INTEGER NOT NULL,
  children INTEGER NOT NULL,
  guest_name TEXT,
  guest_email TEXT,
  guest_phone TEXT,
  note TEXT NOT NULL DEFAULT '',
  -- Minor units, a night each, a JSON array.
  nightly TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  source TEXT,
  last_nudge_at INTEGER,
  version INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  FOREIGN KEY (hotel_id, room_type) REFERENCES room_types (hotel_id, code)
) STRICT;
CREATE UNIQUE INDEX reservations_by_source ON reservations (hotel_id, source) WHERE source IS NOT NULL;
CREATE INDEX reservations_by_arrival ON reservations (hotel_id, arrival);
CREATE INDEX reservations_by_status ON reservations (hotel_id, status, arrival);
CREATE INDEX holds_by_end ON reservations (hotel_id, held_until) WHERE status = 'held';

-- Who may open a reservation: the SHA-256 of each token that was given out.
CREATE TABLE grants (
  code TEXT NOT NULL REFERENCES reservations (code),
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  PRIMARY KEY (code, token_hash)
) STRICT, WITHOUT ROWID;

-- A hotel's facts, gap-free and in order. Bodies are as they are sent.
CREATE TABLE log (
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT,
  body TEXT NOT NULL,
  -- How the nights were counted differently: [[room type, arrival, departure, sold, held], …]
  counts TEXT NOT NULL,
  PRIMARY KEY (hotel_id, seq)
) STRICT, WITHOUT ROWID;

-- One key, one effect, one answer.
CREATE TABLE answers (
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  key TEXT NOT NULL,
  request_hash BLOB NOT NULL CHECK (length(request_hash) = 32),
  reservation TEXT NOT NULL,
  manage_token TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (hotel_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (created_at);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  hotel_id INTEGER NOT NULL REFERENCES hotels (id),
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('manager', 'front_desk', 'housekeeping')),
  password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  idle_ends_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_staff ON sessions (staff_id);
