//! Giving stays their rooms: by hand, for all their nights or from one on, by themselves, each other's, and back again.

use crate::domain::rooms::Newcomer;
use crate::domain::{Date, Nights, Reservation, ReservationCode, RoomNumber, RoomType, Status};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;
use crate::server::store::rooms::placing::{Placing, Wanted, keeping_promises, newcomers, without};
use crate::server::store::rooms::type_rooms::TypeRooms;
use crate::server::store::rooms::{Move, Occupant, RoomChange, RoomRefusal, RoomReply};

impl Work<'_> {
    pub(in crate::server::store) fn change_rooms(&mut self, change: &RoomChange) -> Result<RoomReply, CommandError> {
        match change {
            RoomChange::Furnish(rooms) => self.furnish(rooms),
            RoomChange::Assign { code, room, from, version } => {
                let reservation = self.seen(*code, *version)?;
                match room {
                    Some(room) => self.assign_by_hand(reservation, room, *from),
                    None => self.assign_any(reservation),
                }
            }
            RoomChange::Moved { code, version } => {
                let reservation = self.seen(*code, *version)?;
                self.has_moved(reservation)
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

    /// Who would move for a room that is given by hand, or swapped; why it would be refused. Reads only.
    pub(in crate::server::store) fn room_outlook(&mut self, change: &RoomChange) -> Result<Vec<Move>, CommandError> {
        // Holds that are over still stand in the books; the change itself would take them back first.
        let over: Vec<ReservationCode> =
            self.ledger.overdue_holds(self.at)?.into_iter().map(|hold| hold.code).collect();
        let placing = match change {
            RoomChange::Assign { code, room: Some(room), from, version } => {
                let reservation = self.seen(*code, *version)?;
                self.place_by_hand(reservation, Wanted { room, from: *from }, &over)?
            }
            RoomChange::Swap { code, with, version } => {
                let (one, other) = (self.seen(*code, *version)?, self.seen(*with, None)?);
                self.place_swapped(one, other, &over)?
            }
            _ => return Ok(Vec::new()),
        };
        Ok(placing.told())
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
    pub(super) fn nights_ahead(&self, reservation: &Reservation) -> Result<Nights, RoomRefusal> {
        let status = reservation.state().status();
        let nights = matches!(status, Status::Confirmed | Status::InHouse)
            .then(|| Nights::from(reservation.stay).since(self.today()));
        nights.flatten().ok_or(RoomRefusal::State(status))
    }

    fn assign_by_hand(
        &mut self,
        reservation: Reservation,
        number: &RoomNumber,
        from: Option<Date>,
    ) -> Result<RoomReply, CommandError> {
        let nights = self.nights_ahead(&reservation)?;
        let wanted = Wanted { room: number, from };
        if wanted.is_had(&reservation, nights) {
            return Ok(lodged(reservation, Vec::new()));
        }
        self.lapse_holds()?;
        let placing = self.place_by_hand(reservation, wanted, &[])?;
        self.move_in(placing, true)
    }

    /// Where a stay that is given a room by hand would lie, and who would move for it. `over` holds nothing any more.
    pub(super) fn place_by_hand(
        &mut self,
        reservation: Reservation,
        wanted: Wanted<'_>,
        over: &[ReservationCode],
    ) -> Result<Placing, CommandError> {
        let nights = self.nights_ahead(&reservation)?;
        let rooms = self.rooms_for(&reservation)?;
        self.place_of(&rooms, wanted.room)?;
        let pieces = wanted.pieces(&reservation.pieces(nights), nights)?;
        let places = rooms.places_of(&pieces).ok_or(RoomRefusal::NotFound)?;
        let except = without(over, &[reservation.code]);
        rooms.promise(&mut rooms.plan(&except), &places, &except)?;
        if wanted.is_at_once(nights) {
            self.check_left(&rooms, &reservation, places[0].0, &except)?;
        }
        Ok(Placing::find(rooms, vec![(reservation, newcomers(&places))], over, wanted.is_at_once(nights))?)
    }

    /// Refused where a guest in house would go now to a room that another than `who` has not left.
    pub(super) fn check_left(
        &self,
        rooms: &TypeRooms,
        reservation: &Reservation,
        to: usize,
        who: &[ReservationCode],
    ) -> Result<(), RoomRefusal> {
        let is_in_it = reservation.room.as_ref() == Some(&rooms.rooms[to].number);
        if is_in_it || !self.goes_now(reservation) { Ok(()) } else { rooms.check_left(to, who) }
    }

    /// Gives a stay that was sold in this command its room.
    pub(in crate::server::store) fn lodge_at_once(
        &mut self,
        reservation: Reservation,
        number: &RoomNumber,
    ) -> Result<Reservation, CommandError> {
        match self.assign_by_hand(reservation, number, None)? {
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
        let choices = self.by_readiness(&rooms, nights).concat();
        let is_fixed = reservation.state().status() == Status::InHouse;
        let choices = if is_fixed { keeping_promises(&rooms, choices, nights, &except) } else { choices };
        let goes_now = self.goes_now(&reservation);
        let choices = if goes_now { rooms.left(choices, &except) } else { choices };
        if goes_now && choices.is_empty() {
            return Err(rooms.none_left(&except).into());
        }
        let wanted = vec![(reservation, vec![Newcomer { nights, rooms: choices }])];
        let placing = Placing::find(rooms, wanted, &[], true)?;
        self.move_in(placing, false)
    }

    fn unassign(&mut self, mut reservation: Reservation) -> Result<RoomReply, CommandError> {
        let status = reservation.state().status();
        if status != Status::Confirmed {
            return Err(RoomRefusal::State(status).into());
        }
        if reservation.room.is_some() {
            if !reservation.later_rooms.is_empty() {
                self.check_whole(&reservation)?;
            }
            self.ledger.vacate(Occupant::Stay(reservation.code), Date::MIN)?;
            let before = reservation.clone();
            reservation.lodge_in(&[], true);
            reservation.pinned = false;
            self.touch(&reservation.room_type);
            self.changed(&mut reservation, &before)?;
        }
        Ok(lodged(reservation, Vec::new()))
    }

    /// Whoever gives several rooms back needs one for all the nights: that one can be had, whoever must move for it.
    fn check_whole(&mut self, reservation: &Reservation) -> Result<(), CommandError> {
        let Ok(nights) = self.nights_ahead(reservation) else { return Ok(()) };
        self.lapse_holds()?;
        let rooms = self.rooms_for(reservation)?;
        let mut plan = rooms.plan(&[reservation.code]);
        plan.add_loose(nights);
        if plan.houses_all() { Ok(()) } else { Err(RoomRefusal::NoneFree.into()) }
    }

    fn swap(&mut self, one: Reservation, other: Reservation) -> Result<RoomReply, CommandError> {
        // Whether both need rooms is said before anything else.
        self.nights_ahead(&one).and(self.nights_ahead(&other))?;
        self.lapse_holds()?;
        let placing = self.place_swapped(one, other, &[])?;
        self.move_in(placing, true)
    }

    /// Each stay in the other's room, and who would move for it. `over` holds nothing any more.
    pub(super) fn place_swapped(
        &mut self,
        one: Reservation,
        other: Reservation,
        over: &[ReservationCode],
    ) -> Result<Placing, CommandError> {
        let (nights, other_nights) = (self.nights_ahead(&one)?, self.nights_ahead(&other)?);
        let split = [&one, &other].into_iter().filter(|stay| !stay.later_rooms.is_empty());
        let split: Vec<ReservationCode> = split.map(|stay| stay.code).collect();
        if !split.is_empty() {
            return Err(RoomRefusal::Split { stays: split }.into());
        }
        let rooms = self.rooms_for(&one)?;
        let place = |of: &Reservation| of.room.as_ref().and_then(|number| rooms.place(number));
        let (Some(place), Some(other_place)) = (place(&one), place(&other)) else {
            return Err(if one.room_type == other.room_type {
                RoomRefusal::NotFound.into()
            } else {
                RoomRefusal::AnotherType { asked: one.room_type }.into()
            });
        };
        let except = without(over, &[one.code, other.code]);
        let mut plan = rooms.plan(&except);
        rooms.promise(&mut plan, &[(other_place, nights), (place, other_nights)], &except)?;
        for (stay, to) in [(&one, other_place), (&other, place)] {
            self.check_left(&rooms, stay, to, &except)?;
        }
        let both = vec![(one, newcomers(&[(other_place, nights)])), (other, newcomers(&[(place, other_nights)]))];
        Ok(Placing::find(rooms, both, over, true)?)
    }

    /// Writes down who goes where: those who are meant, and whoever must move for them.
    fn move_in(&mut self, placing: Placing, by_hand: bool) -> Result<RoomReply, CommandError> {
        let Placing { rooms, meant, moves, moves_now } = placing;
        for (reservation, _) in &meant {
            self.ledger.vacate(Occupant::Stay(reservation.code), self.today())?;
        }
        let moves = self.move_others(&rooms, &moves)?;
        let mut first = None;
        for (mut reservation, pieces) in meant {
            for piece in &pieces {
                self.ledger.occupy(&piece.room, piece.nights, Occupant::Stay(reservation.code))?;
            }
            let before = reservation.clone();
            reservation.lodge_in(&pieces, moves_now);
            reservation.pinned |= by_hand;
            self.changed(&mut reservation, &before)?;
            let left = before.room.filter(|left| reservation.room.as_ref() != Some(left));
            if let (Some(left), Status::InHouse) = (left, reservation.state().status()) {
                self.leave_dirty(&left)?;
            }
            first.get_or_insert(reservation);
        }
        self.touch(&rooms.room_type.code);
        let reservation = first.ok_or(RoomRefusal::NotFound)?;
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
            let before = reservation.clone();
            reservation.room = Some(to.clone());
            self.changed(&mut reservation, &before)?;
            told.extend(before.room.map(|from| Move { code: *code, from, to }));
        }
        Ok(told)
    }

    /// A reservation whose rooms were those of `before`: one version on, with its fact.
    pub(super) fn changed(&mut self, reservation: &mut Reservation, before: &Reservation) -> Result<(), CommandError> {
        self.stir(before, None);
        self.stir(reservation, None);
        reservation.room_ready = false;
        reservation.version += 1;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(reservation)?;
        self.record_changed(before, reservation, Vec::new())
    }
}

pub(super) fn lodged(reservation: Reservation, moves: Vec<Move>) -> RoomReply {
    RoomReply::Lodged { reservation: Box::new(reservation), moves }
}
