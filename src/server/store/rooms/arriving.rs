//! Guests who come, move and go, and what that means for their rooms.

use crate::domain::rooms::Newcomer;
use crate::domain::{Action, Condition, Date, Nights, Reservation, ReservationCode, Status};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;
use crate::server::store::rooms::lodging::lodged;
use crate::server::store::rooms::placing::keeping_promises;
use crate::server::store::rooms::type_rooms::TypeRooms;
use crate::server::store::rooms::{Occupant, RoomRefusal, RoomReply};

impl Work<'_> {
    /// What a transition means for the stay's room; the caller writes the reservation down.
    pub(in crate::server::store) fn lodge(
        &mut self,
        reservation: &mut Reservation,
        action: Action,
    ) -> Result<(), CommandError> {
        match action {
            Action::CheckIn | Action::LateArrival | Action::UndoCheckOut => self.check_in(reservation),
            Action::Cancel | Action::NoShow | Action::Release | Action::Lapse => {
                if reservation.room.is_some() {
                    self.ledger.vacate(Occupant::Stay(reservation.code), Date::MIN)?;
                    reservation.lodge_in(&[], true);
                    reservation.pinned = false;
                }
                Ok(())
            }
            Action::CheckOut => {
                // The nights that were slept stay in the books; the others are given back.
                self.ledger.vacate(Occupant::Stay(reservation.code), self.today())?;
                reservation.later_rooms = Vec::new();
                reservation.pinned = false;
                Ok(())
            }
            Action::Confirm | Action::UndoCheckIn | Action::Reinstate => Ok(()),
        }
    }

    /// Takes the nights of a room that a stay came with.
    pub(in crate::server::store) fn lodge_imported(&mut self, reservation: &Reservation) -> Result<(), CommandError> {
        if let (Some(room), Ok(nights)) = (&reservation.room, self.nights_ahead(reservation)) {
            self.ledger.occupy(room, nights, Occupant::Stay(reservation.code))?;
        }
        Ok(())
    }

    /// After a transition was written down.
    pub(in crate::server::store) fn tidy_room(
        &mut self,
        reservation: &Reservation,
        action: Action,
    ) -> Result<(), CommandError> {
        match (&reservation.room, action) {
            (Some(room), Action::CheckOut) => self.leave_dirty(room),
            _ => Ok(()),
        }
    }

    /// Whether a room that is given to a stay now is one that its guest goes to now.
    pub(super) fn goes_now(&self, reservation: &Reservation) -> bool {
        reservation.state().status() == Status::InHouse && reservation.stay.arrival() <= self.today()
    }

    /// The guest goes to the room that was given, or to one that is given now: ready before dirty. A house whose doors
    /// have no numbers yet lets its guests in without.
    fn check_in(&mut self, reservation: &mut Reservation) -> Result<(), CommandError> {
        let Ok(nights) = self.nights_ahead(reservation) else {
            let Some(room) = &reservation.room else { return Ok(()) };
            return Ok(self.rooms_for(reservation)?.check_empty(room, reservation.code)?);
        };
        // A hold that is over keeps no guest out of a room.
        self.lapse_holds()?;
        let rooms = self.rooms_for(reservation)?;
        if rooms.rooms.is_empty() {
            return Ok(());
        }
        let except = [reservation.code];
        let goes_now = self.goes_now(reservation);
        let pieces = reservation.pieces(nights);
        if let Some(own) = rooms.places_of(&pieces).filter(|own| reservation.pinned && !own.is_empty()) {
            for (place, nights) in &own {
                rooms.check_free(*place, *nights, &except)?;
            }
            if goes_now {
                rooms.check_left(own[0].0, &except)?;
            }
            // Who comes after the day of a change comes to the room of now.
            reservation.lodge_in(&pieces, true);
            return Ok(());
        }
        let own = reservation.room.as_ref().and_then(|number| rooms.place(number));
        let mut groups = self.by_readiness(&rooms, nights);
        if let Some(own) = own {
            groups.insert(0, vec![own]);
        }
        let plan = rooms.plan(&except);
        for group in groups {
            let group = if goes_now { rooms.left(group, &except) } else { group };
            let choices = keeping_promises(&rooms, group, nights, &except);
            let wanted = [Newcomer { nights, rooms: choices }];
            let Some((shuffle, codes)) = rooms.make_room(&plan, &wanted, &except) else { continue };
            self.ledger.vacate(Occupant::Stay(reservation.code), self.today())?;
            let moves: Vec<(ReservationCode, usize)> =
                shuffle.moves.iter().map(|(seat, place)| (codes[*seat], *place)).collect();
            self.move_others(&rooms, &moves)?;
            for place in shuffle.newcomers {
                self.ledger.occupy(&rooms.number(place), nights, Occupant::Stay(reservation.code))?;
                reservation.room = Some(rooms.number(place));
            }
            return Ok(());
        }
        if rooms.rooms.len() < usize::from(rooms.room_type.rooms) {
            self.ledger.vacate(Occupant::Stay(reservation.code), self.today())?;
            reservation.room = None;
            return Ok(());
        }
        Err(if goes_now { rooms.none_left(&except) } else { RoomRefusal::NoneFree }.into())
    }

    /// The guest is in the room that was planned for tonight; the one he was in is dirty, as at check-out.
    pub(super) fn has_moved(&mut self, mut reservation: Reservation) -> Result<RoomReply, CommandError> {
        let status = reservation.state().status();
        if status != Status::InHouse {
            return Err(RoomRefusal::State(status).into());
        }
        let nights = self.nights_ahead(&reservation)?;
        let before = reservation.clone();
        reservation.lodge_in(&before.pieces(nights), true);
        let left = before.room.clone().filter(|left| reservation.room.as_ref() != Some(left));
        let (Some(left), Some(number)) = (left, reservation.room.clone()) else {
            return Err(RoomRefusal::NoMoveDue.into());
        };
        let rooms = self.rooms_for(&reservation)?;
        let place = self.place_of(&rooms, &number)?;
        rooms.check_left(place, &[reservation.code])?;
        self.changed(&mut reservation, &before)?;
        self.leave_dirty(&left)?;
        self.touch(&reservation.room_type);
        Ok(lodged(reservation, Vec::new()))
    }

    /// The numbered rooms: empty and ready, empty and dirty, not yet left by their last guest. For a stay that arrives
    /// later all are alike.
    pub(super) fn by_readiness(&self, rooms: &TypeRooms, nights: Nights) -> Vec<Vec<usize>> {
        if nights.first() > self.today() {
            return vec![rooms.places().collect()];
        }
        let mut groups = vec![Vec::new(); 3];
        for condition in [Condition::Inspected, Condition::Clean, Condition::Dirty] {
            for place in rooms.places().filter(|place| rooms.rooms[*place].condition == condition) {
                let group = match condition {
                    _ if rooms.overdue_in(place).is_some() => 2,
                    Condition::Dirty => 1,
                    Condition::Clean | Condition::Inspected => 0,
                };
                groups[group].push(place);
            }
        }
        groups
    }
}
