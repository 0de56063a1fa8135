//! Changing a stay with its nights and its room, in one command: nothing old is given up before all that is new is had.

use std::collections::BTreeMap;

use crate::domain::amendment::{TypeNights, exchanged};
use crate::domain::availability::gone_nights;
use crate::domain::rooms::{Newcomer, moved_from};
use crate::domain::{
    Actor, Amended, Amendment, CountChange, Date, NightCount, Nights, Piece, Reservation, ReservationCode, RoomNumber,
    RoomType, SoldOut, State, Status,
};
use crate::server::store::CommandError;
use crate::server::store::commands::Work;
use crate::server::store::rooms::placing::{Placing, Wanted, keeping_promises, newcomers};
use crate::server::store::rooms::{Occupant, RoomRefusal};

/// What an amendment would come to.
#[derive(Debug)]
pub struct Outlook {
    /// The reservation as it stands.
    pub before: Reservation,
    pub after: Amended,
    /// Why it would be refused.
    pub refusal: Option<CommandError>,
    /// The rooms of its type that it could be given by hand.
    pub rooms_free: Vec<RoomNumber>,
    /// How it could be had all the same, where its own room is what stands in the way.
    pub split: Option<SplitOffer>,
}

/// A stay keeps its rooms until a night, the latest that will do; from it on it has one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitOffer {
    pub from: Date,
    pub rooms: Vec<RoomNumber>,
}

impl Work<'_> {
    pub(in crate::server::store) fn amend(
        &mut self,
        code: ReservationCode,
        amendment: &Amendment,
        version: Option<u32>,
    ) -> Result<Reservation, CommandError> {
        let before = self.seen(code, version)?;
        let amended = self.amended(&before, amendment)?;
        if is_as_it_is(&before, &amended) && self.has_room(&before, amendment) {
            return Ok(before);
        }
        self.lapse_holds()?;
        let mut after = before.clone();
        after.amend(amended);
        let counts = self.exchange(&before, &after)?;
        let left = self.lodge_anew(&before, &mut after, amendment)?;
        self.stir(&before, after.room.as_ref());
        self.stir(&after, None);
        after.room_ready = false;
        after.last_seq = self.ledger.next_seq();
        self.ledger.rewrite(&after)?;
        self.record_changed(&before, &after, counts)?;
        if let Some(left) = left {
            self.leave_dirty(&left)?;
        }
        self.touch(&before.room_type);
        self.touch(&after.room_type);
        Ok(after)
    }

    /// What [`Work::amend`] would come to; reads only.
    pub(in crate::server::store) fn outlook(
        &mut self,
        code: ReservationCode,
        amendment: &Amendment,
    ) -> Result<Outlook, CommandError> {
        let before = self.seen(code, None)?;
        let amended = self.amended(&before, amendment)?;
        let mut after = before.clone();
        after.amend(amended.clone());
        // Holds that are over still stand in the counters; the change itself would take them back first.
        let over = self.ledger.overdue_holds(self.at)?;
        let except: Vec<ReservationCode> = over.iter().map(|hold| hold.code).chain([code]).collect();
        let (taken, _) = exchanged(&before, &after);
        let refusal = match self.would_be_gone(&taken, &over)? {
            Err(sold_out) => Some(sold_out.into()),
            Ok(()) => self.seek(&before, &after, amendment, &except).err(),
        };
        let rooms_free = self.rooms_free(&after, &except)?;
        let split = match &refusal {
            Some(CommandError::Room(_)) if amendment.room.is_none() => self.split_offer(&before, &after, &except)?,
            _ => None,
        };
        Ok(Outlook { before, after: amended, refusal, rooms_free, split })
    }

    /// Whether the stay is pinned in the room that is asked for already, or none is asked for.
    fn has_room(&self, reservation: &Reservation, amendment: &Amendment) -> bool {
        let Some(room) = &amendment.room else { return true };
        let is_in_it = reservation.room.as_ref() == Some(room);
        let Some(nights) = Nights::from(reservation.stay).since(self.today()) else {
            return reservation.pinned && is_in_it;
        };
        Wanted { room, from: amendment.room_from }.is_had(reservation, nights)
    }

    fn amended(&mut self, reservation: &Reservation, amendment: &Amendment) -> Result<Amended, CommandError> {
        let room_type = self.room_type(amendment.room_type.as_ref().unwrap_or(&reservation.room_type))?;
        let judged = reservation.state().at(self.at);
        if matches!((reservation.state(), judged), (State::Held { .. }, State::Lapsed)) {
            return Err(crate::domain::AmendmentError::State(Status::Lapsed).into());
        }
        // For a guest a day begins with the calendar's, whatever day the house is on.
        let today = if *self.actor == Actor::Guest { self.clock_day() } else { self.today() };
        Ok(amendment.apply_to(reservation, &room_type, self.actor, today)?)
    }

    /// Takes the nights that are new and gives back those that are not needed any more; names all that are gone.
    fn exchange(&mut self, before: &Reservation, after: &Reservation) -> Result<Vec<CountChange>, CommandError> {
        let (taken, given) = exchanged(before, after);
        let (take, mut gone, mut counts) = (before.counted(), Vec::new(), Vec::new());
        for (room_type, stay) in taken {
            let found = self.room_type(&room_type)?;
            match self.ledger.count(&found, stay, take)? {
                Ok(()) => counts.push(CountChange { room_type, stay, delta: take }),
                Err(sold_out) => gone.extend(sold_out.nights),
            }
        }
        if !gone.is_empty() {
            return Err(SoldOut { nights: gone }.into());
        }
        for (room_type, stay) in given {
            let found = self.room_type(&room_type)?;
            self.ledger.count(&found, stay, take.reversed())??;
            counts.push(CountChange { room_type, stay, delta: take.reversed() });
        }
        Ok(counts)
    }

    /// The nights that [`Work::exchange`] would find gone, holds that are over not counted.
    fn would_be_gone(
        &mut self,
        taken: &[TypeNights],
        over: &[Reservation],
    ) -> Result<Result<(), SoldOut>, CommandError> {
        let mut counts = Vec::new();
        for (code, stay) in taken {
            let room_type = self.room_type(code)?;
            let counted: BTreeMap<Date, NightCount> =
                self.ledger.counts_from(&room_type, stay.arrival())?.into_iter().collect();
            let RoomType { rooms, overbook, .. } = room_type;
            counts.extend(stay.nights().map(|night| {
                let untouched = NightCount { rooms, overbook, ..NightCount::default() };
                let count = counted.get(&night).copied().unwrap_or(untouched);
                let is_over = |hold: &&Reservation| hold.room_type == *code && hold.stay.contains_night(night);
                let over = u16::try_from(over.iter().filter(is_over).count()).unwrap_or(u16::MAX);
                (night, NightCount { held: count.held.saturating_sub(over), ..count })
            }));
        }
        Ok(gone_nights(counts))
    }

    /// The rooms in which the stay could be fixed with everybody else still housed.
    fn rooms_free(&mut self, after: &Reservation, except: &[ReservationCode]) -> Result<Vec<RoomNumber>, CommandError> {
        let Some(nights) = Nights::from(after.stay).since(self.today()) else { return Ok(Vec::new()) };
        let rooms = self.rooms_for(after)?;
        let mut free = keeping_promises(&rooms, rooms.places().collect(), nights, except);
        free.retain(|place| self.check_left(&rooms, after, *place, except).is_ok());
        Ok(free.into_iter().map(|place| rooms.number(place)).collect())
    }

    /// Where the stay could go on in another room from the latest night that will do, with everybody else still housed.
    fn split_offer(
        &mut self,
        before: &Reservation,
        after: &Reservation,
        except: &[ReservationCode],
    ) -> Result<Option<SplitOffer>, CommandError> {
        let Some(nights) = Nights::from(after.stay).since(self.today()) else { return Ok(None) };
        let kept = before.pieces(nights);
        if kept.is_empty() || before.room_type != after.room_type {
            return Ok(None);
        }
        let rooms = self.rooms_for(after)?;
        let plan = rooms.plan(except);
        for from in (1..nights.count()).rev().map(|night| nights.first().add_days(night)) {
            let is_free = |number: &RoomNumber| {
                let pieces = rooms.places_of(&moved_from(&kept, from, number));
                pieces.is_some_and(|pieces| rooms.promise(&mut plan.clone(), &pieces, except).is_ok())
            };
            let free: Vec<RoomNumber> = rooms.places().map(|place| rooms.number(place)).filter(is_free).collect();
            if !free.is_empty() {
                return Ok(Some(SplitOffer { from, rooms: free }));
            }
        }
        Ok(None)
    }

    /// Where the changed stay goes: to the room that is named, to those it is fixed in, to its own or another that suits.
    /// None where it gets no room now; then it can have one later.
    fn seek(
        &mut self,
        before: &Reservation,
        after: &Reservation,
        amendment: &Amendment,
        except: &[ReservationCode],
    ) -> Result<Option<Placing>, CommandError> {
        let Some(nights) = Nights::from(after.stay).since(self.today()) else { return Ok(None) };
        let rooms = self.rooms_for(after)?;
        let is_same_type = before.room_type == after.room_type;
        let own = before.room.as_ref().filter(|_| is_same_type).and_then(|number| rooms.place(number));
        let is_in_a_room = before.state().status() == Status::InHouse && before.room.is_some();
        let kept = if own.is_some() { before.pieces(nights) } else { Vec::new() };
        let named = match &amendment.room {
            Some(room) => {
                self.place_of(&rooms, room)?;
                let wanted = Wanted { room, from: amendment.room_from };
                Some((wanted.pieces(&kept, nights)?, wanted.is_at_once(nights)))
            }
            None => Some((kept, false)).filter(|(kept, _)| !kept.is_empty() && before.is_fixed()),
        };
        let (newcomers, must_have_one, moves_now) = if let Some((pieces, at_once)) = named {
            let places = rooms.places_of(&pieces).ok_or(RoomRefusal::NotFound)?;
            rooms.promise(&mut rooms.plan(except), &places, except)?;
            if at_once {
                self.check_left(&rooms, before, places[0].0, except)?;
            }
            (newcomers(&places), true, at_once)
        } else if is_in_a_room {
            let choices = self.by_readiness(&rooms, nights).concat();
            let is_numbered = rooms.rooms.len() >= usize::from(rooms.room_type.rooms);
            let mut choices = keeping_promises(&rooms, choices, nights, except);
            if self.goes_now(before) {
                choices = rooms.left(choices, except);
                if is_numbered && choices.is_empty() {
                    return Err(rooms.none_left(except).into());
                }
            }
            (vec![Newcomer { nights, rooms: choices }], is_numbered, true)
        } else {
            // A stay whose every night is free may still find no room for all of them.
            let mut with_it = rooms.plan(except);
            with_it.add_loose(nights);
            if self.ledger.is_entangled(&after.room_type, self.today())? && !with_it.houses_all() {
                return Err(RoomRefusal::NoneFree.into());
            }
            let others = rooms.places().filter(|place| Some(*place) != own);
            let choices = own.map_or_else(Vec::new, |own| [own].into_iter().chain(others).collect());
            (vec![Newcomer { nights, rooms: choices }], false, true)
        };
        match Placing::find(rooms, vec![(after.clone(), newcomers)], except, moves_now) {
            Ok(placing) => Ok(Some(placing)),
            Err(refusal) if must_have_one => Err(refusal.into()),
            Err(_) => Ok(None),
        }
    }

    /// Moves the stay to where it goes now; gives the room that a guest has left.
    fn lodge_anew(
        &mut self,
        before: &Reservation,
        after: &mut Reservation,
        amendment: &Amendment,
    ) -> Result<Option<RoomNumber>, CommandError> {
        let (code, today) = (after.code, self.today());
        let is_in_house = before.state().status() == Status::InHouse;
        let placing = self.seek(before, after, amendment, &[code])?;
        self.ledger.vacate(Occupant::Stay(code), if is_in_house { today } else { Date::MIN })?;
        if after.stay.departure() <= today {
            after.later_rooms = Vec::new();
            return Ok(None);
        }
        let Some(Placing { rooms, meant, moves, moves_now }) = placing else {
            after.lodge_in(&[], true);
            after.pinned = false;
            return Ok(before.room.clone().filter(|_| is_in_house));
        };
        self.move_others(&rooms, &moves)?;
        let pieces: Vec<Piece> = meant.into_iter().flat_map(|(_, pieces)| pieces).collect();
        for piece in &pieces {
            self.ledger.occupy(&piece.room, piece.nights, Occupant::Stay(code))?;
        }
        after.lodge_in(&pieces, moves_now);
        after.pinned = amendment.room.is_some() || (before.pinned && before.room_type == after.room_type);
        Ok(before.room.clone().filter(|left| is_in_house && after.room.as_ref() != Some(left)))
    }
}

fn is_as_it_is(before: &Reservation, amended: &Amended) -> bool {
    (&before.room_type, before.stay, before.party) == (&amended.room_type, amended.stay, amended.party)
        && before.nightly == amended.nightly
}
