-- A stay may lie in one room after another: [["2026-12-03", "204"], …] are the rooms after the first, each with the
-- first night in it. NULL for a stay in one room.
ALTER TABLE reservations ADD COLUMN later_rooms TEXT;
-- Asked with every booking: are fixed nights apart? There are never many such stays.
CREATE INDEX split_stays ON reservations (hotel_id, room_type, departure) WHERE later_rooms IS NOT NULL;
