//! Giving stays their rooms: by hand, by themselves, on arrival, and back again.

use crate::domain::rooms::{Newcomer, Plan};
use crate::domain::{
    Action, Condition, Date, Nights, Reservation, ReservationCode, ReservationFact, RoomNumber, RoomType, Status,
};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;
use crate::server::store::rooms::type_rooms::TypeRooms;
use crate::server::store::rooms::{Move, Occupant, RoomChange, RoomRefusal, RoomReply};

impl Work<'_> {
    pub(in crate::server::store) fn change_rooms(&mut self, change: &RoomChange) -> Result<RoomReply, CommandError> {
        match change {
            RoomChange::Furnish(rooms) => self.furnish(rooms),
            RoomChange::Assign { code, room, version } => {
                let reservation = self.seen(*code, *version)?;
                match room {
                    Some(room) => self.assign_by_hand(reservation, room),
                    None => self.assign_any(reservation),
                }
            }
            RoomChange::Unassign { code, version } => {
                let reservation = self.seen(*code, *version)?;
                self.unassign(reservation)
            }
            RoomChange::Swap { code, with, version } => {
                let (one, other) = (self.seen(*code, *version)?, self.seen(*with, None)?);
                self.swap(one, other)
            }
            RoomChange::SetCondition { room, condition } => self.set_condition(room, *condition),
            RoomChange::SetNote { room, note } => self.set_note(room, note),
            RoomChange::BeginDay => self.look_at_readiness(),
            RoomChange::Block { room, kind, reason, nights } => self.block(room, *kind, reason, *nights),
            RoomChange::Unblock { room, id } => self.unblock(room, *id),
        }
    }

    pub(super) fn type_rooms(&mut self, room_type: &RoomType) -> Result<TypeRooms, CommandError> {
        let today = self.today();
        Ok(TypeRooms::read(self.ledger, room_type, today)?)
    }

    pub(super) fn rooms_for(&mut self, reservation: &Reservation) -> Result<TypeRooms, CommandError> {
        let found = self.ledger.house().room_type(&reservation.room_type).cloned();
        self.type_rooms(&found.ok_or(CommandError::RoomTypeNotFound)?)
    }

    /// The nights for which a stay needs a room, from today on.
    fn nights_ahead(&self, reservation: &Reservation) -> Result<Nights, RoomRefusal> {
        let status = reservation.state().status();
        let nights = matches!(status, Status::Confirmed | Status::InHouse)
            .then(|| Nights::from(reservation.stay).since(self.today()));
        nights.flatten().ok_or(RoomRefusal::State(status))
    }

    fn assign_by_hand(&mut self, reservation: Reservation, number: &RoomNumber) -> Result<RoomReply, CommandError> {
        let nights = self.nights_ahead(&reservation)?;
        if reservation.pinned && reservation.room.as_ref() == Some(number) {
            return Ok(lodged(reservation, Vec::new()));
        }
        self.lapse_holds()?;
        let rooms = self.rooms_for(&reservation)?;
        let place = self.place_of(&rooms, number)?;
        let except = [reservation.code];
        let mut plan = rooms.plan(&except);
        rooms.promise(&mut plan, place, nights, &except)?;
        self.move_in(&rooms, &rooms.plan(&except), vec![(reservation, nights, vec![place])], true)
    }

    /// Gives a stay that was sold in this command its room.
    pub(in crate::server::store) fn lodge_at_once(
        &mut self,
        reservation: Reservation,
        number: &RoomNumber,
    ) -> Result<Reservation, CommandError> {
        match self.assign_by_hand(reservation, number)? {
            RoomReply::Lodged { reservation, .. } => Ok(*reservation),
            _ => Err(RoomRefusal::NotFound.into()),
        }
    }

    /// A room that is there and of the type.
    pub(super) fn place_of(&mut self, rooms: &TypeRooms, number: &RoomNumber) -> Result<usize, CommandError> {
        if let Some(place) = rooms.place(number) {
            return Ok(place);
        }
        let is_there = self.ledger.rooms()?.iter().any(|room| room.number == *number);
        let asked = rooms.room_type.code.clone();
        Err(if is_there { RoomRefusal::AnotherType { asked } } else { RoomRefusal::NotFound }.into())
    }

    fn assign_any(&mut self, reservation: Reservation) -> Result<RoomReply, CommandError> {
        let nights = self.nights_ahead(&reservation)?;
        if reservation.room.is_some() {
            return Ok(lodged(reservation, Vec::new()));
        }
        let rooms = self.rooms_for(&reservation)?;
        let except = [reservation.code];
        let is_fixed = reservation.is_fixed() || reservation.state().status() == Status::InHouse;
        let choices = self.by_readiness(&rooms, nights).concat();
        let choices = if is_fixed { keeping_promises(&rooms, choices, nights, &except) } else { choices };
        self.move_in(&rooms, &rooms.plan(&except), vec![(reservation, nights, choices)], false)
    }

    fn unassign(&mut self, mut reservation: Reservation) -> Result<RoomReply, CommandError> {
        let status = reservation.state().status();
        if status != Status::Confirmed {
            return Err(RoomRefusal::State(status).into());
        }
        if reservation.room.is_some() {
            self.ledger.vacate(Occupant::Stay(reservation.code), Date::MIN)?;
            let before = reservation.room.take();
            reservation.pinned = false;
            self.touch(&reservation.room_type);
            self.changed(&mut reservation, before.as_ref())?;
        }
        Ok(lodged(reservation, Vec::new()))
    }

    fn swap(&mut self, one: Reservation, other: Reservation) -> Result<RoomReply, CommandError> {
        let (nights, other_nights) = (self.nights_ahead(&one)?, self.nights_ahead(&other)?);
        self.lapse_holds()?;
        let rooms = self.rooms_for(&one)?;
        let place = |of: &Reservation| of.room.as_ref().and_then(|number| rooms.place(number));
        let (Some(place), Some(other_place)) = (place(&one), place(&other)) else {
            return Err(if one.room_type == other.room_type {
                RoomRefusal::NotFound.into()
            } else {
                RoomRefusal::AnotherType { asked: one.room_type }.into()
            });
        };
        let except = [one.code, other.code];
        let mut plan = rooms.plan(&except);
        rooms.check_free(other_place, nights, &except)?;
        rooms.check_free(place, other_nights, &except)?;
        if !plan.fix(other_place, nights) {
            return Err(RoomRefusal::NoneFree.into());
        }
        rooms.promise(&mut plan, place, other_nights, &except)?;
        let both = vec![(one, nights, vec![other_place]), (other, other_nights, vec![place])];
        self.move_in(&rooms, &rooms.plan(&except), both, true)
    }

    /// Writes down who goes where: the newcomers, and whoever must move for them.
    fn move_in(
        &mut self,
        rooms: &TypeRooms,
        plan: &Plan,
        newcomers: Vec<(Reservation, Nights, Vec<usize>)>,
        by_hand: bool,
    ) -> Result<RoomReply, CommandError> {
        let except: Vec<ReservationCode> = newcomers.iter().map(|(one, ..)| one.code).collect();
        let wanted: Vec<Newcomer> =
            newcomers.iter().map(|(_, nights, rooms)| Newcomer { nights: *nights, rooms: rooms.clone() }).collect();
        let (shuffle, codes) = rooms.make_room(plan, &wanted, &except).ok_or(RoomRefusal::NoneFree)?;
        for code in &except {
            self.ledger.vacate(Occupant::Stay(*code), self.today())?;
        }
        let moves: Vec<(ReservationCode, usize)> =
            shuffle.moves.iter().map(|(seat, place)| (codes[*seat], *place)).collect();
        let moves = self.move_others(rooms, &moves)?;
        let mut meant = None;
        for ((mut reservation, nights, _), place) in newcomers.into_iter().zip(shuffle.newcomers) {
            self.ledger.occupy(&rooms.number(place), nights, Occupant::Stay(reservation.code))?;
            let before = reservation.room.replace(rooms.number(place));
            reservation.pinned |= by_hand;
            self.changed(&mut reservation, before.as_ref())?;
            let left = before.filter(|left| *left != rooms.number(place));
            if let (Some(left), Status::InHouse) = (left, reservation.state().status()) {
                self.leave_dirty(&left)?;
            }
            meant.get_or_insert(reservation);
        }
        self.touch(&rooms.room_type.code);
        let reservation = meant.ok_or(RoomRefusal::NotFound)?;
        Ok(lodged(reservation, moves))
    }

    /// Moves seated stays to other rooms, each with its fact.
    pub(super) fn move_others(
        &mut self,
        rooms: &TypeRooms,
        moves: &[(ReservationCode, usize)],
    ) -> Result<Vec<Move>, CommandError> {
        let today = self.today();
        for (code, _) in moves {
            self.ledger.vacate(Occupant::Stay(*code), today)?;
        }
        let mut told = Vec::new();
        for (code, place) in moves {
            let mut reservation = self.ledger.reservation(*code)?.ok_or(CommandError::ReservationNotFound)?;
            let to = rooms.number(*place);
            if let Some(nights) = Nights::from(reservation.stay).since(today) {
                self.ledger.occupy(&to, nights, Occupant::Stay(*code))?;
            }
            let from = reservation.room.replace(to.clone());
            self.changed(&mut reservation, from.as_ref())?;
            told.extend(from.map(|from| Move { code: *code, from, to }));
        }
        Ok(told)
    }

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
                    (reservation.room, reservation.pinned) = (None, false);
                }
                Ok(())
            }
            Action::CheckOut => {
                // The nights that were slept stay in the books; the others are given back.
                self.ledger.vacate(Occupant::Stay(reservation.code), self.today())?;
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

    /// The guest goes to the room that was given, or to one that is given now: ready before dirty. A house whose doors
    /// have no numbers yet lets its guests in without.
    fn check_in(&mut self, reservation: &mut Reservation) -> Result<(), CommandError> {
        let Ok(nights) = self.nights_ahead(reservation) else { return Ok(()) };
        let rooms = self.rooms_for(reservation)?;
        if rooms.rooms.is_empty() {
            return Ok(());
        }
        let except = [reservation.code];
        let own = reservation.room.as_ref().and_then(|number| rooms.place(number));
        let arrives_now = reservation.stay.arrival() <= self.today();
        if let Some(place) = own.filter(|_| reservation.pinned) {
            rooms.check_free(place, nights, &except)?;
            let overdue = rooms.overdue_in(place).filter(|code| arrives_now && *code != reservation.code);
            return overdue
                .map_or(Ok(()), |code| Err(RoomRefusal::Taken { stays: vec![code], blocks: Vec::new() }.into()));
        }
        let mut groups = self.by_readiness(&rooms, nights);
        let is_usable = |place: &usize| !arrives_now || rooms.overdue_in(*place).is_none();
        if let Some(own) = own.filter(is_usable) {
            groups.insert(0, vec![own]);
        }
        let plan = rooms.plan(&except);
        for group in groups {
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
        Err(RoomRefusal::NoneFree.into())
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

    /// A reservation whose room has changed from `before`: one version on, with its fact.
    fn changed(&mut self, reservation: &mut Reservation, before: Option<&RoomNumber>) -> Result<(), CommandError> {
        self.stir(reservation, before);
        reservation.room_ready = false;
        reservation.version += 1;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(reservation)?;
        self.record(reservation, ReservationFact::Changed, crate::domain::CountDelta::default())
    }
}

/// The rooms in which a guest may be fixed with everybody else still housed.
pub(super) fn keeping_promises(
    rooms: &TypeRooms,
    choices: Vec<usize>,
    nights: Nights,
    except: &[ReservationCode],
) -> Vec<usize> {
    let plan = rooms.plan(except);
    let keeps = |place: &usize| rooms.promise(&mut plan.clone(), *place, nights, except).is_ok();
    choices.into_iter().filter(keeps).collect()
}

fn lodged(reservation: Reservation, moves: Vec<Move>) -> RoomReply {
    RoomReply::Lodged { reservation: Box::new(reservation), moves }
}
