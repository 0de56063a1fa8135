//! Rooms, blocks and room nights in SQLite.

use rusqlite::{Connection, Row, params};

use crate::domain::rooms::{BlockId, RoomNote};
use crate::domain::{
    Block, BlockReason, Condition, Date, Floor, HotelId, LaterRoom, NightCount, Nights, ReservationCode, Room,
    RoomNumber, RoomType, RoomTypeCode,
};
use crate::server::store::StoreError;
use crate::server::store::rooms::{HotelRooms, Lodger, Occupant, RoomLedger, RoomNight};
use crate::server::store::sqlite::ledger::SqliteLedger;
use crate::server::store::sqlite::rows::{parsed, read_later_rooms};

impl RoomLedger for SqliteLedger<'_> {
    fn rooms(&mut self) -> Result<Vec<Room>, StoreError> {
        rooms(self.connection, self.house.hotel.id)
    }

    fn add_room(&mut self, room: &Room) -> Result<bool, StoreError> {
        let sql = "INSERT INTO rooms (hotel_id, number, floor, room_type, condition, note) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT DO NOTHING";
        let (number, condition) = (room.number.as_str(), room.condition.as_str());
        let row = params![
            self.house.hotel.id.0,
            number,
            room.floor.0,
            room.room_type.as_str(),
            condition,
            room.note.as_str()
        ];
        Ok(self.connection.prepare_cached(sql)?.execute(row)? == 1)
    }

    fn set_condition(&mut self, room: &RoomNumber, condition: Condition) -> Result<(), StoreError> {
        let sql = "UPDATE rooms SET condition = ?3 WHERE hotel_id = ?1 AND number = ?2";
        let row = params![self.house.hotel.id.0, room.as_str(), condition.as_str()];
        self.connection.prepare_cached(sql)?.execute(row)?;
        Ok(())
    }

    fn set_note(&mut self, room: &RoomNumber, note: &RoomNote) -> Result<(), StoreError> {
        let sql = "UPDATE rooms SET note = ?3 WHERE hotel_id = ?1 AND number = ?2";
        self.connection.prepare_cached(sql)?.execute(params![self.house.hotel.id.0, room.as_str(), note.as_str()])?;
        Ok(())
    }

    fn blocks(&mut self, after: Date) -> Result<Vec<Block>, StoreError> {
        blocks(self.connection, self.house.hotel.id, after)
    }

    fn add_block(&mut self, block: &Block) -> Result<(), StoreError> {
        let sql = "INSERT INTO blocks (hotel_id, id, room, kind, reason, first_night, end_day) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection.prepare_cached(sql)?.execute(params![
            self.house.hotel.id.0,
            block.id.0.cast_signed(),
            block.room.as_str(),
            block.kind.as_str(),
            block.reason.as_str(),
            block.nights.first().to_string(),
            block.nights.end().to_string(),
        ])?;
        Ok(())
    }

    fn remove_block(&mut self, id: BlockId) -> Result<(), StoreError> {
        let sql = "DELETE FROM blocks WHERE hotel_id = ?1 AND id = ?2";
        self.connection.prepare_cached(sql)?.execute(params![self.house.hotel.id.0, id.0.cast_signed()])?;
        Ok(())
    }

    fn lodgers(&mut self, room_type: &RoomTypeCode, after: Date) -> Result<Vec<Lodger>, StoreError> {
        let sql = "SELECT code, status, arrival, departure, room, later_rooms, pinned FROM reservations \
             WHERE hotel_id = ?1 AND room_type = ?2 AND status IN ('held', 'confirmed', 'in_house') \
               AND (departure > ?3 OR status = 'in_house') \
             ORDER BY arrival, code";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found =
            statement.query_map(params![self.house.hotel.id.0, room_type.as_str(), after.to_string()], |row| {
                Ok(Lodger {
                    code: parsed(row, "code")?,
                    nights: nights(row, "arrival", "departure")?,
                    is_in_house: row.get::<_, String>("status")? == "in_house",
                    room: number(row, "room")?,
                    later_rooms: later_rooms(row, "later_rooms")?,
                    pinned: row.get("pinned")?,
                })
            })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// Asked with every booking. Left to itself, SQLite reads each night ahead instead of the few that are blocked.
    fn is_entangled(&mut self, room_type: &RoomTypeCode, today: Date) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM reservations WHERE hotel_id = ?1 AND room_type = ?2 AND arrival > ?3 \
                 AND room IS NOT NULL AND (pinned = 1 OR status = 'in_house')) \
             OR EXISTS (SELECT 1 FROM reservations INDEXED BY split_stays \
                 WHERE hotel_id = ?1 AND room_type = ?2 AND departure > ?3 AND later_rooms IS NOT NULL) \
             OR EXISTS (SELECT 1 FROM nights INDEXED BY blocked_nights \
                 WHERE hotel_id = ?1 AND room_type = ?2 AND night >= ?3 AND blocked > 0)";
        let row = params![self.house.hotel.id.0, room_type.as_str(), today.to_string()];
        Ok(self.connection.prepare_cached(sql)?.query_row(row, |row| row.get(0))?)
    }

    fn occupy(&mut self, room: &RoomNumber, nights: Nights, by: Occupant) -> Result<(), StoreError> {
        let sql = "INSERT INTO room_nights (hotel_id, room, night, code, block_id) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (code, block) = match by {
            Occupant::Stay(code) => (Some(code.to_string()), None),
            Occupant::Block(id) => (None, Some(id.0.cast_signed())),
        };
        for night in nights.iter() {
            statement.execute(params![self.house.hotel.id.0, room.as_str(), night.to_string(), code, block])?;
        }
        Ok(())
    }

    fn vacate(&mut self, by: Occupant, from: Date) -> Result<(), StoreError> {
        let from = from.to_string();
        match by {
            Occupant::Stay(code) => {
                let sql = "DELETE FROM room_nights WHERE code = ?1 AND night >= ?2";
                self.connection.prepare_cached(sql)?.execute(params![code.to_string(), from])?;
            }
            Occupant::Block(id) => {
                let sql = "DELETE FROM room_nights WHERE hotel_id = ?1 AND block_id = ?2 AND night >= ?3";
                let row = params![self.house.hotel.id.0, id.0.cast_signed(), from];
                self.connection.prepare_cached(sql)?.execute(row)?;
            }
        }
        Ok(())
    }

    fn counts_from(&mut self, room_type: &RoomType, from: Date) -> Result<Vec<(Date, NightCount)>, StoreError> {
        let sql = "SELECT night, rooms, overbook, sold, held, blocked FROM nights \
             WHERE hotel_id = ?1 AND room_type = ?2 AND night >= ?3 ORDER BY night";
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = params![self.house.hotel.id.0, room_type.code.as_str(), from.to_string()];
        let found = statement.query_map(row, |row| {
            let count = NightCount {
                rooms: row.get("rooms")?,
                overbook: row.get("overbook")?,
                sold: row.get("sold")?,
                held: row.get("held")?,
                blocked: row.get("blocked")?,
            };
            Ok((parsed(row, "night")?, count))
        })?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    fn count_blocked(&mut self, room_type: &RoomType, nights: Nights, change: i16) -> Result<(), StoreError> {
        let (hotel, code) = (self.house.hotel.id.0, room_type.code.as_str());
        let add = "INSERT INTO nights (hotel_id, room_type, night, rooms, overbook) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT DO NOTHING";
        let mut add = self.connection.prepare_cached(add)?;
        for night in nights.iter() {
            add.execute(params![hotel, code, night.to_string(), room_type.rooms, room_type.overbook])?;
        }
        let sql = "UPDATE nights SET blocked = blocked + ?5 \
             WHERE hotel_id = ?1 AND room_type = ?2 AND night >= ?3 AND night < ?4";
        let (first, end) = (nights.first().to_string(), nights.end().to_string());
        self.connection.prepare_cached(sql)?.execute(params![hotel, code, first, end, change])?;
        Ok(())
    }
}

fn rooms(connection: &Connection, hotel: HotelId) -> Result<Vec<Room>, StoreError> {
    let sql = "SELECT number, floor, room_type, condition, note FROM rooms WHERE hotel_id = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([hotel.0], |row| {
        Ok(Room {
            number: parsed(row, "number")?,
            floor: Floor(row.get("floor")?),
            room_type: parsed(row, "room_type")?,
            condition: parsed(row, "condition")?,
            note: parsed(row, "note")?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn blocks(connection: &Connection, hotel: HotelId, after: Date) -> Result<Vec<Block>, StoreError> {
    let sql = "SELECT id, room, kind, reason, first_night, end_day FROM blocks \
         WHERE hotel_id = ?1 AND end_day > ?2 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map(params![hotel.0, after.to_string()], |row| {
        Ok(Block {
            id: BlockId(row.get::<_, i64>("id")?.cast_unsigned()),
            room: parsed(row, "room")?,
            kind: parsed(row, "kind")?,
            reason: parsed::<BlockReason>(row, "reason")?,
            nights: nights(row, "first_night", "end_day")?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn hotel_rooms(connection: &Connection, hotel: HotelId, from: Date) -> Result<HotelRooms, StoreError> {
    // One read transaction, so that all three are of one moment.
    let transaction = connection.unchecked_transaction()?;
    let sql = "SELECT room, night, code, block_id FROM room_nights WHERE hotel_id = ?1 AND night >= ?2 \
         ORDER BY room, night";
    let nights = transaction
        .prepare_cached(sql)?
        .query_map(params![hotel.0, from.to_string()], |row| {
            let taken_by = match row.get::<_, Option<i64>>("block_id")? {
                Some(id) => Occupant::Block(BlockId(id.cast_unsigned())),
                None => Occupant::Stay(parsed::<ReservationCode>(row, "code")?),
            };
            Ok(RoomNight { room: parsed(row, "room")?, night: parsed(row, "night")?, taken_by })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(HotelRooms { rooms: rooms(&transaction, hotel)?, blocks: blocks(&transaction, hotel, from)?, nights })
}

fn nights(row: &Row<'_>, first: &str, end: &str) -> rusqlite::Result<Nights> {
    let (first, end) = (parsed(row, first)?, parsed(row, end)?);
    Nights::new(first, end).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn later_rooms(row: &Row<'_>, column: &str) -> rusqlite::Result<Vec<LaterRoom>> {
    let text: Option<String> = row.get(column)?;
    text.map_or(Ok(Vec::new()), |text| read_later_rooms(row, row.as_ref().column_index(column)?, &text))
}

fn number(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<RoomNumber>> {
    row.get::<_, Option<String>>(column)?.map(|_| parsed(row, column)).transpose()
}
