//! How rooms are, and what follows from it: a room's guests hear that it is ready, and whoever cleans hears who comes.

use crate::domain::rooms::{Occupancy, RoomNote, Sleeper, on_day};
use crate::domain::{
    Block, Condition, CountDelta, Fact, Piece, Reservation, ReservationFact, Room, RoomFact, RoomNumber, Status,
};
use crate::server::store::commands::Work;
use crate::server::store::rooms::{Lodger, RoomReply};
use crate::server::store::{CommandError, StoreError};

/// Rooms about which there is something left to tell at the end of a command.
#[derive(Debug, Default)]
pub(in crate::server::store) struct Stirred {
    /// Who is in them or comes today has changed.
    stays: Vec<RoomNumber>,
    /// They may have become ready for who comes today, or not be so any more.
    readiness: Vec<RoomNumber>,
}

fn add(numbers: &mut Vec<RoomNumber>, number: &RoomNumber) {
    if !numbers.contains(number) {
        numbers.push(number.clone());
    }
}

impl Work<'_> {
    pub(super) fn set_condition(
        &mut self,
        number: &RoomNumber,
        condition: Condition,
    ) -> Result<RoomReply, CommandError> {
        let mut room = self.room(number)?;
        if room.condition != condition {
            room.condition = condition;
            self.ledger.set_condition(number, condition)?;
            self.tell_room(RoomFact::Condition, &room)?;
        }
        self.room_reply(room)
    }

    pub(super) fn set_note(&mut self, number: &RoomNumber, note: &RoomNote) -> Result<RoomReply, CommandError> {
        let mut room = self.room(number)?;
        if room.note != *note {
            room.note = note.clone();
            self.ledger.set_note(number, note)?;
            self.tell_room(RoomFact::Note, &room)?;
        }
        self.room_reply(room)
    }

    fn room_reply(&mut self, room: Room) -> Result<RoomReply, CommandError> {
        let blocks = self.blocks_of(&room.number)?;
        Ok(RoomReply::Room { room, blocks, moves: Vec::new() })
    }

    /// Whoever leaves a room leaves it dirty.
    pub(super) fn leave_dirty(&mut self, number: &RoomNumber) -> Result<(), CommandError> {
        self.set_condition(number, Condition::Dirty).map(drop)
    }

    /// A day has begun: rooms may be ready for guests who come on it, and nights that were closed for the sake of days
    /// that are past may be sold again.
    pub(super) fn look_at_readiness(&mut self) -> Result<RoomReply, CommandError> {
        for room in self.ledger.rooms()? {
            add(&mut self.stirred.readiness, &room.number);
            self.touch(&room.room_type);
        }
        Ok(RoomReply::Done)
    }

    /// A stay came to a room, or left it: `before` is the room it had. Rooms that it goes on to later are told of then.
    pub(in crate::server::store) fn stir(&mut self, reservation: &Reservation, before: Option<&RoomNumber>) {
        let today = self.today();
        let due = reservation.later_rooms.iter().filter(|later| later.from <= today).map(|later| &later.room);
        let rooms = before.into_iter().chain(&reservation.room).chain(due);
        // Whoever is in house is in the room, though the stay begins another day.
        if reservation.stay.arrival() <= today || reservation.state().status() == Status::InHouse {
            for number in rooms {
                add(&mut self.stirred.stays, number);
                add(&mut self.stirred.readiness, number);
            }
        }
    }

    pub(in crate::server::store) fn tell_room(&mut self, kind: RoomFact, room: &Room) -> Result<(), CommandError> {
        self.tell_of_room(kind, room, None)
    }

    /// That a block was made or taken away.
    pub(super) fn tell_block(&mut self, room: &Room, block: Block) -> Result<(), CommandError> {
        self.tell_of_room(RoomFact::Block, room, Some(block))
    }

    fn tell_of_room(&mut self, kind: RoomFact, room: &Room, block: Option<Block>) -> Result<(), CommandError> {
        self.stirred.stays.retain(|number| *number != room.number);
        add(&mut self.stirred.readiness, &room.number);
        let (blocks, occupancy) = (self.blocks_of(&room.number)?, self.occupancy(room)?);
        let fact = Fact::Room { kind, room: room.clone(), blocks, occupancy, block };
        Ok(self.ledger.append(self.at, self.actor, fact, Vec::new())?)
    }

    /// At the end of a command: who is in which room now, and whose room is ready; true when it was told of a reservation.
    pub(in crate::server::store) fn tell_of_rooms(&mut self) -> Result<bool, CommandError> {
        let Stirred { stays, readiness } = std::mem::take(&mut self.stirred);
        if readiness.is_empty() {
            return Ok(false);
        }
        let mut is_told = false;
        let rooms = self.ledger.rooms()?;
        let mut of_type: Option<(String, Vec<Lodger>)> = None;
        for room in rooms.iter().filter(|room| readiness.contains(&room.number)) {
            if stays.contains(&room.number) {
                self.tell_room(RoomFact::Stays, room)?;
            }
            let code = room.room_type.as_str();
            if of_type.as_ref().is_none_or(|(known, _)| known != code) {
                let today = self.today();
                of_type = Some((code.to_owned(), self.ledger.lodgers(&room.room_type, today)?));
            }
            let lodgers = of_type.as_ref().map_or(&[][..], |(_, lodgers)| lodgers);
            let occupancy = self.occupancy_among(lodgers, &room.number);
            is_told |= self.tell_readiness(room, &occupancy)?;
        }
        // What was told of rooms here has been looked at already.
        self.stirred = Stirred::default();
        Ok(is_told)
    }

    /// The guest hears it, and so does the desk. The version stays: what the desk has on its screen is not out of date.
    fn tell_readiness(&mut self, room: &Room, occupancy: &Occupancy) -> Result<bool, CommandError> {
        let Some(due_in) = &occupancy.due_in else { return Ok(false) };
        // Who moves within the house is told by the desk.
        if due_in.moves {
            return Ok(false);
        }
        let is_ready = room.condition != Condition::Dirty && occupancy.in_house.is_none();
        let mut reservation = self.ledger.reservation(due_in.code)?.ok_or(CommandError::ReservationNotFound)?;
        if reservation.room_ready == is_ready {
            return Ok(false);
        }
        reservation.room_ready = is_ready;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(&reservation)?;
        let kind = if is_ready { ReservationFact::RoomReady } else { ReservationFact::RoomNotReady };
        self.record(&reservation, kind, CountDelta::default())?;
        Ok(true)
    }

    fn occupancy(&mut self, room: &Room) -> Result<Occupancy, StoreError> {
        let today = self.today();
        let lodgers = self.ledger.lodgers(&room.room_type, today)?;
        Ok(self.occupancy_among(&lodgers, &room.number))
    }

    fn occupancy_among(&self, lodgers: &[Lodger], number: &RoomNumber) -> Occupancy {
        let today = self.today();
        let mut found = Occupancy::default();
        for lodger in lodgers {
            let Some(room) = &lodger.room else { continue };
            let Lodger { later_rooms, nights, is_in_house, .. } = lodger;
            let day = on_day(room, later_rooms, *nights, *is_in_house, today);
            let sleeper = |piece: Piece, moves| Sleeper { code: lodger.code, nights: piece.nights, moves };
            if let Some(here) = day.in_house.filter(|here| here.room == *number) {
                let moves = here.nights.end() < nights.end();
                found.in_house.get_or_insert(sleeper(here, moves));
            }
            if let Some(due) = day.due_in.filter(|due| due.room == *number) {
                found.due_in.get_or_insert(sleeper(due, *is_in_house));
            }
        }
        found
    }
}
