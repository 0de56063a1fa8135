-- Real rooms: what they are like, who sleeps in which, what is taken out.

CREATE TABLE rooms (
  hotel_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  floor INTEGER NOT NULL,
  room_type TEXT NOT NULL,
  condition TEXT NOT NULL CHECK (condition IN ('dirty', 'clean', 'inspected')),
  PRIMARY KEY (hotel_id, number),
  FOREIGN KEY (hotel_id, room_type) REFERENCES room_types (hotel_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
  hotel_id INTEGER NOT NULL,
  -- The number of the fact that made it.
  id INTEGER NOT NULL,
  room TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('out_of_order', 'out_of_service')),
  reason TEXT NOT NULL,
  first_night TEXT NOT NULL,
  -- The morning after the last night.
  end_day TEXT NOT NULL CHECK (end_day > first_night),
  PRIMARY KEY (hotel_id, id),
  FOREIGN KEY (hotel_id, room) REFERENCES rooms (hotel_id, number)
) STRICT, WITHOUT ROWID;

-- One row a room and night: the second guard. No room is given twice, whatever the program does.
CREATE TABLE room_nights (
  hotel_id INTEGER NOT NULL,
  room TEXT NOT NULL,
  night TEXT NOT NULL,
  code TEXT REFERENCES reservations (code),
  block_id INTEGER,
  CHECK ((code IS NULL) <> (block_id IS NULL)),
  PRIMARY KEY (hotel_id, room, night),
  FOREIGN KEY (hotel_id, room) REFERENCES rooms (hotel_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX room_nights_by_stay ON room_nights (code, night) WHERE code IS NOT NULL;
CREATE INDEX room_nights_by_block ON room_nights (hotel_id, block_id) WHERE block_id IS NOT NULL;

-- The room a stay was given; after check-out, the one it was in.
ALTER TABLE reservations ADD COLUMN room TEXT;
-- Given by hand: the program moves it nowhere else.
ALTER TABLE reservations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
CREATE INDEX fixed_stays ON reservations (hotel_id, room_type, arrival)
  WHERE room IS NOT NULL AND (pinned = 1 OR status = 'in_house');
CREATE INDEX blocked_nights ON nights (hotel_id, room_type, night) WHERE blocked > 0;
