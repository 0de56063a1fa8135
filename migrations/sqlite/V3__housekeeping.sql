-- What housekeeping says of a room, and whether the room of who comes today is ready.

ALTER TABLE rooms ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE reservations ADD COLUMN room_ready INTEGER NOT NULL DEFAULT 0 CHECK (room_ready IN (0, 1));
