//! Rooms, blocks and room nights in memory.

use std::collections::btree_map::Entry;

use crate::domain::rooms::{BlockId, RoomNote};
use crate::domain::{
    Block, Condition, Date, HotelId, NightCount, Nights, Room, RoomNumber, RoomType, RoomTypeCode, State,
};
use crate::server::store::StoreError;
use crate::server::store::memory::books::{Books, Undo};
use crate::server::store::memory::ledger::MemoryLedger;
use crate::server::store::rooms::{HotelRooms, Lodger, Occupant, RoomLedger, RoomNight};

impl RoomLedger for MemoryLedger<'_> {
    fn rooms(&mut self) -> Result<Vec<Room>, StoreError> {
        Ok(self.books.rooms_of(self.hotel()))
    }

    fn add_room(&mut self, room: &Room) -> Result<bool, StoreError> {
        let key = (self.hotel(), room.number.clone());
        match self.books.rooms.entry(key.clone()) {
            Entry::Occupied(_) => Ok(false),
            Entry::Vacant(place) => {
                place.insert(room.clone());
                self.undo.push(Undo::Room(key, None));
                Ok(true)
            }
        }
    }

    fn set_condition(&mut self, room: &RoomNumber, condition: Condition) -> Result<(), StoreError> {
        let key = (self.hotel(), room.clone());
        if let Some(room) = self.books.rooms.get_mut(&key) {
            self.undo.push(Undo::Room(key, Some(room.clone())));
            room.condition = condition;
        }
        Ok(())
    }

    fn set_note(&mut self, room: &RoomNumber, note: &RoomNote) -> Result<(), StoreError> {
        let key = (self.hotel(), room.clone());
        if let Some(room) = self.books.rooms.get_mut(&key) {
            self.undo.push(Undo::Room(key, Some(room.clone())));
            room.note = note.clone();
        }
        Ok(())
    }

    fn blocks(&mut self, after: Date) -> Result<Vec<Block>, StoreError> {
        Ok(self.books.blocks_of(self.hotel(), after))
    }

    fn add_block(&mut self, block: &Block) -> Result<(), StoreError> {
        let key = (self.hotel(), block.id);
        let before = self.books.blocks.insert(key, block.clone());
        self.undo.push(Undo::Block(key, before));
        Ok(())
    }

    fn remove_block(&mut self, id: BlockId) -> Result<(), StoreError> {
        let key = (self.hotel(), id);
        let before = self.books.blocks.remove(&key);
        self.undo.push(Undo::Block(key, before));
        Ok(())
    }

    fn lodgers(&mut self, room_type: &RoomTypeCode, after: Date) -> Result<Vec<Lodger>, StoreError> {
        let is_asked = |one: &&crate::domain::Reservation| {
            one.room_type == *room_type
                && one.state().consumes().is_some()
                && (one.stay.departure() > after || one.state() == State::InHouse)
        };
        let mut found: Vec<Lodger> = self
            .books
            .of_hotel(self.hotel())
            .filter(is_asked)
            .map(|one| Lodger {
                code: one.code,
                nights: one.stay.into(),
                is_in_house: one.state() == State::InHouse,
                room: one.room.clone(),
                later_rooms: one.later_rooms.clone(),
                pinned: one.pinned,
            })
            .collect();
        found.sort_by_key(|lodger| (lodger.nights.first(), lodger.code.to_string()));
        Ok(found)
    }

    fn is_entangled(&mut self, room_type: &RoomTypeCode, today: Date) -> Result<bool, StoreError> {
        let hotel = self.hotel();
        let fixed = |one: &crate::domain::Reservation| {
            let is_apart = one.stay.arrival() > today || (!one.later_rooms.is_empty() && one.stay.departure() > today);
            one.room_type == *room_type && is_apart && one.is_fixed()
        };
        let mut nights =
            self.books.nights.range((hotel, room_type.clone(), today)..=(hotel, room_type.clone(), Date::MAX));
        Ok(nights.any(|(_, taken)| taken.blocked > 0) || self.books.of_hotel(hotel).any(fixed))
    }

    fn occupy(&mut self, room: &RoomNumber, nights: Nights, by: Occupant) -> Result<(), StoreError> {
        for night in nights.iter() {
            let key = (self.hotel(), room.clone(), night);
            if let Some(other) = self.books.room_nights.insert(key.clone(), by) {
                self.undo.push(Undo::RoomNight(key, Some(other)));
                return Err(StoreError::Database(format!("room {room} is taken on {night}")));
            }
            self.undo.push(Undo::RoomNight(key, None));
        }
        Ok(())
    }

    fn vacate(&mut self, by: Occupant, from: Date) -> Result<(), StoreError> {
        let hotel = self.hotel();
        let given_back = self.books.room_nights.iter();
        let given_back = given_back.filter(|((of, _, night), taken)| *of == hotel && *night >= from && **taken == by);
        for key in given_back.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
            self.books.room_nights.remove(&key);
            self.undo.push(Undo::RoomNight(key, Some(by)));
        }
        Ok(())
    }

    fn counts_from(&mut self, room_type: &RoomType, from: Date) -> Result<Vec<(Date, NightCount)>, StoreError> {
        let key = |night| (self.hotel(), room_type.code.clone(), night);
        let RoomType { rooms, overbook, .. } = *room_type;
        let nights = self.books.nights.range(key(from)..=key(Date::MAX));
        let counts = nights.map(|((.., night), taken)| {
            let (sold, held, blocked) = (taken.sold, taken.held, taken.blocked);
            (*night, NightCount { rooms, overbook, sold, held, blocked })
        });
        Ok(counts.collect())
    }

    fn count_blocked(&mut self, room_type: &RoomType, nights: Nights, change: i16) -> Result<(), StoreError> {
        for night in nights.iter() {
            let key = (self.hotel(), room_type.code.clone(), night);
            let before = self.books.nights.get(&key).copied();
            let mut after = before.unwrap_or_default();
            after.blocked = after.blocked.checked_add_signed(change).ok_or_else(|| {
                StoreError::Corrupt(format!("the blocked rooms of {} on {night} do not add up", room_type.code))
            })?;
            self.books.nights.insert(key.clone(), after);
            self.undo.push(Undo::Counted(key, before));
        }
        Ok(())
    }
}

impl Books {
    fn rooms_of(&self, hotel: HotelId) -> Vec<Room> {
        self.rooms.iter().filter(|((of, _), _)| *of == hotel).map(|(_, room)| room.clone()).collect()
    }

    fn blocks_of(&self, hotel: HotelId, after: Date) -> Vec<Block> {
        let of_hotel = self.blocks.iter().filter(|((of, _), block)| *of == hotel && block.nights.end() > after);
        of_hotel.map(|(_, block)| block.clone()).collect()
    }

    pub(super) fn hotel_rooms(&self, hotel: HotelId, from: Date) -> HotelRooms {
        let nights = self.room_nights.iter().filter(|((of, _, night), _)| *of == hotel && *night >= from);
        let night = |((_, room, night), by): (&(HotelId, RoomNumber, Date), &Occupant)| RoomNight {
            room: room.clone(),
            night: *night,
            taken_by: *by,
        };
        HotelRooms {
            rooms: self.rooms_of(hotel),
            blocks: self.blocks_of(hotel, from),
            nights: nights.map(night).collect(),
        }
    }
}
