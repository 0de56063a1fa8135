//! What each command does, written once for every database. `recording` is what of it goes into the hotel's log.

mod recording;

use crate::domain::{
    Action, Actor, AlertKind, Amendment, AmendmentError, CountDelta, Draft, ExtendError, Fact, HoldId, Money,
    NudgeMessage, Reservation, ReservationCode, ReservationFact, RoomType, RoomTypeCode, State, Timestamp,
    TransitionNotAllowed,
};
use crate::server::clock::check_in_at;
use crate::server::store::command::{Booking, BookingOf, Change, Idempotency, Import};
use crate::server::store::commands::recording::stay_in_short;
use crate::server::store::ledger::{Ledger, Remembered};
use crate::server::store::rooms::{Move, RoomChange, RoomReply, Stirred};
use crate::server::store::{Command, CommandError, Outlook, Reply};

/// The most holds that one command tidies away, so that no command grows without limit.
const MOST_LAPSED_AT_ONCE: usize = 500;

/// Carries out `command`; the caller undoes the ledger when this fails.
pub(super) fn carry_out(ledger: &mut dyn Ledger, command: &Command) -> Result<Reply, CommandError> {
    let mut work = Work {
        ledger,
        at: command.at,
        actor: &command.actor,
        touched: Vec::new(),
        blocked: Vec::new(),
        stirred: Stirred::default(),
    };
    let mut reply = work.carry_out(&command.change)?;
    work.settle()?;
    if work.tell_of_rooms()? {
        work.read_again(&mut reply)?;
    }
    Ok(reply)
}

/// What an amendment would come to; nothing is changed.
pub(super) fn outlook(
    ledger: &mut dyn Ledger,
    at: Timestamp,
    actor: &Actor,
    code: ReservationCode,
    amendment: &Amendment,
) -> Result<Outlook, CommandError> {
    let stirred = Stirred::default();
    let mut work = Work { ledger, at, actor, touched: Vec::new(), blocked: Vec::new(), stirred };
    work.outlook(code, amendment)
}

/// Who would have to move for a change of rooms; nothing is changed.
pub(super) fn room_outlook(
    ledger: &mut dyn Ledger,
    at: Timestamp,
    actor: &Actor,
    change: &RoomChange,
) -> Result<Vec<Move>, CommandError> {
    let stirred = Stirred::default();
    let mut work = Work { ledger, at, actor, touched: Vec::new(), blocked: Vec::new(), stirred };
    work.room_outlook(change)
}

pub(super) struct Work<'a> {
    pub(super) ledger: &'a mut dyn Ledger,
    pub(super) at: Timestamp,
    pub(super) actor: &'a Actor,
    /// Room types whose stays or rooms have changed.
    pub(super) touched: Vec<RoomTypeCode>,
    /// Those of them whose blocks have changed.
    pub(super) blocked: Vec<RoomTypeCode>,
    pub(super) stirred: Stirred,
}

impl Work<'_> {
    fn carry_out(&mut self, change: &Change) -> Result<Reply, CommandError> {
        match change {
            Change::PlaceHold { draft, until } => self.place_hold(draft, *until).map(Reply::Held),
            Change::ExtendHold { hold, until } => self.extend_hold(hold, *until).map(Reply::Held),
            Change::Book(booking) => self.book(booking),
            Change::Recall(idempotency) => Ok(self.first_answer(idempotency)?.unwrap_or(Reply::NothingRecalled)),
            Change::Act { code, action, version, shown_fee } => {
                self.act(*code, *action, *version, *shown_fee).map(Reply::Changed)
            }
            Change::Amend { code, amendment, version } => self.amend(*code, amendment, *version).map(Reply::Changed),
            Change::ReleaseHold { hold } => self.release_hold(hold).map(Reply::Changed),
            Change::LapseHolds => self.lapse_holds().map(Reply::Lapsed),
            Change::Nudge { code, message, interval_seconds } => self.nudge(*code, message, *interval_seconds),
            Change::Grant { code, token_hash } => self.grant(*code, *token_hash),
            Change::Import(import) => self.import(import),
            Change::Room(change) => self.change_rooms(change).map(Reply::Room),
            Change::Folio { code, change, key } => {
                let (entry, replayed) = self.change_folio(*code, change, key.as_deref())?;
                Ok(Reply::Posted { entry, replayed })
            }
            Change::SetDetails { code, details, version } => {
                self.set_details(*code, details, *version).map(Reply::Changed)
            }
            Change::Day(change) => self.change_day(change).map(|hotel| Reply::Day(Box::new(hotel))),
            Change::SetTerms { terms, version } => {
                self.set_terms(*terms, *version).map(|hotel| Reply::Terms(Box::new(hotel)))
            }
            Change::NoteStaff { kind, from } => {
                let fact = Fact::Staff { kind: *kind, from: from.clone() };
                self.ledger.append(self.at, self.actor, fact, Vec::new())?;
                Ok(Reply::Noted)
            }
        }
    }

    /// A reservation whose room turned out to be ready, or not, is answered as it is now.
    fn read_again(&mut self, reply: &mut Reply) -> Result<(), CommandError> {
        let reservation = match reply {
            Reply::Changed(reservation) => reservation,
            Reply::Room(RoomReply::Lodged { reservation, .. }) => reservation.as_mut(),
            _ => return Ok(()),
        };
        if let Some(present) = self.ledger.reservation(reservation.code)? {
            *reservation = present;
        }
        Ok(())
    }

    fn place_hold(&mut self, draft: &Draft, until: Timestamp) -> Result<Reservation, CommandError> {
        let (reservation, delta) = Reservation::place(draft.clone(), until, self.at);
        self.add(reservation, delta, ReservationFact::Placed)
    }

    fn extend_hold(&mut self, hold: &HoldId, until: Timestamp) -> Result<Reservation, CommandError> {
        let mut reservation = self.ledger.reservation_by_hold(hold)?.ok_or(CommandError::HoldNotFound)?;
        reservation.extend(until, self.at).map_err(|error| match error {
            ExtendError::NotHeld => CommandError::HoldNotFound,
            ExtendError::UsedUp => CommandError::ExtensionsUsedUp,
        })?;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(&reservation)?;
        self.record(&reservation, ReservationFact::Extended, CountDelta::default())?;
        Ok(reservation)
    }

    fn book(&mut self, booking: &Booking) -> Result<Reply, CommandError> {
        if let Some(idempotency) = &booking.idempotency
            && let Some(first) = self.first_answer(idempotency)?
        {
            return Ok(first);
        }
        let mut reservation = match &booking.what {
            BookingOf::Hold(hold) => self.confirm_hold(hold, booking)?,
            BookingOf::Claim(hold) => self.claim(hold, booking)?,
            BookingOf::Draft(draft) => self.sell(draft, booking)?,
        };
        if let Some(room) = &booking.room {
            reservation = self.lodge_at_once(reservation, room)?;
        }
        self.alert(AlertKind::NewReservation, &reservation, stay_in_short(&reservation))?;
        let manage_token = booking.manage_token.clone();
        self.ledger.grant(reservation.code, crate::server::token::hash(&manage_token))?;
        if let Some(Idempotency { key, request_hash }) = &booking.idempotency {
            let answer = Remembered {
                request_hash: *request_hash,
                reservation: reservation.clone(),
                manage_token: manage_token.clone(),
            };
            self.ledger.remember(key, &answer, self.at)?;
        }
        Ok(Reply::Booked { reservation, manage_token, replayed: false })
    }

    fn confirm_hold(&mut self, hold: &HoldId, booking: &Booking) -> Result<Reservation, CommandError> {
        let mut reservation = self.ledger.reservation_by_hold(hold)?.ok_or(CommandError::HoldNotFound)?;
        reservation.guest = Some(booking.guest.clone());
        reservation.note = booking.note.clone();
        self.transition(&mut reservation, Action::Confirm)?;
        Ok(reservation)
    }

    /// A stay that was confirmed without a guest gets the one who held it, and is not booked twice.
    fn claim(&mut self, hold: &HoldId, booking: &Booking) -> Result<Reservation, CommandError> {
        let before = self.ledger.reservation_by_hold(hold)?.ok_or(CommandError::HoldNotFound)?;
        let is_somebodys = before.guest.is_some() || !matches!(before.state(), State::Confirmed | State::InHouse);
        if is_somebodys {
            let from = before.state().at(self.at).status();
            return Err(TransitionNotAllowed { from, action: Action::Confirm }.into());
        }
        let mut reservation = before.clone();
        reservation.guest = Some(booking.guest.clone());
        reservation.note = booking.note.clone();
        reservation.version += 1;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(&reservation)?;
        self.record_changed(&before, &reservation, Vec::new())?;
        Ok(reservation)
    }

    /// Sells a draft's nights: held for no longer than this command takes. Both transitions are in the log; the nights
    /// are counted once and the row is written once, as they stand after both.
    fn sell(&mut self, draft: &Draft, booking: &Booking) -> Result<Reservation, CommandError> {
        let (mut placed, held) = Reservation::place(draft.clone(), self.at.plus_seconds(1), self.at);
        let mut reservation = placed.clone();
        reservation.guest = Some(booking.guest.clone());
        reservation.note = booking.note.clone();
        let sold = reservation.apply(Action::Confirm, self.at)?;
        self.count(&reservation, held.and(sold))?;
        placed.last_seq = self.ledger.next_seq();
        reservation.last_seq = placed.last_seq + 1;
        if !self.ledger.insert(&reservation)? {
            return Err(CommandError::CodeTaken);
        }
        self.record(&placed, ReservationFact::Placed, held)?;
        self.record(&reservation, ReservationFact::Confirmed, sold)?;
        Ok(reservation)
    }

    /// The answer that a key was given, if it was used, and used for the same request.
    fn first_answer(&mut self, idempotency: &Idempotency) -> Result<Option<Reply>, CommandError> {
        let Some(first) = self.ledger.remembered(&idempotency.key)? else { return Ok(None) };
        if first.request_hash != idempotency.request_hash {
            return Err(CommandError::IdempotencyKeyReused);
        }
        let Remembered { reservation, manage_token, .. } = first;
        Ok(Some(Reply::Booked { reservation, manage_token, replayed: true }))
    }

    fn act(
        &mut self,
        code: ReservationCode,
        action: Action,
        version: Option<u32>,
        shown_fee: Option<Money>,
    ) -> Result<Reservation, CommandError> {
        let mut reservation = self.seen(code, version)?;
        if let Some(shown) = shown_fee {
            reservation.state().after(action, self.at)?;
            let current = self.fee(&reservation, action)?.unwrap_or(Money::zero(shown.currency));
            if shown != current {
                return Err(CommandError::Amendment(AmendmentError::PriceChanged { shown, current }));
            }
        }
        self.transition(&mut reservation, action)?;
        if action == Action::Cancel && *self.actor == Actor::Guest {
            self.alert(AlertKind::Cancellation, &reservation, stay_in_short(&reservation))?;
        }
        Ok(reservation)
    }

    /// The reservation, if it is still as the actor has seen it.
    pub(super) fn seen(&mut self, code: ReservationCode, version: Option<u32>) -> Result<Reservation, CommandError> {
        let reservation = self.ledger.reservation(code)?.ok_or(CommandError::ReservationNotFound)?;
        match version {
            Some(seen) if seen != reservation.version => {
                Err(CommandError::VersionConflict { current: reservation.version })
            }
            _ => Ok(reservation),
        }
    }

    fn release_hold(&mut self, hold: &HoldId) -> Result<Reservation, CommandError> {
        let mut reservation = self.ledger.reservation_by_hold(hold)?.ok_or(CommandError::HoldNotFound)?;
        match self.transition(&mut reservation, Action::Release) {
            Err(CommandError::TransitionNotAllowed(_)) => Err(CommandError::HoldNotFound),
            done => done.map(|()| reservation),
        }
    }

    /// It is the clock that ends a hold, whoever's command finds it over.
    pub(super) fn lapse_holds(&mut self) -> Result<u32, CommandError> {
        let asked_by = std::mem::replace(&mut self.actor, &Actor::System);
        let mut lapsed = 0;
        for mut hold in self.ledger.overdue_holds(self.at)?.into_iter().take(MOST_LAPSED_AT_ONCE) {
            self.transition(&mut hold, Action::Lapse)?;
            lapsed += 1;
        }
        self.actor = asked_by;
        Ok(lapsed)
    }

    fn nudge(
        &mut self,
        code: ReservationCode,
        message: &NudgeMessage,
        interval_seconds: u32,
    ) -> Result<Reply, CommandError> {
        let mut reservation = self.ledger.reservation(code)?.ok_or(CommandError::ReservationNotFound)?;
        if let Some(last) = reservation.last_nudge_at {
            let retry_after_seconds = self.at.seconds_until(last.plus_seconds(i64::from(interval_seconds)));
            if retry_after_seconds > 0 {
                return Err(CommandError::TooSoon { retry_after_seconds });
            }
        }
        reservation.last_nudge_at = Some(self.at);
        self.ledger.update(&reservation)?;
        self.alert(AlertKind::Nudge, &reservation, message.to_string())?;
        Ok(Reply::Nudged)
    }

    fn grant(&mut self, code: ReservationCode, token_hash: [u8; 32]) -> Result<Reply, CommandError> {
        self.ledger.reservation(code)?.ok_or(CommandError::ReservationNotFound)?;
        self.ledger.grant(code, token_hash)?;
        Ok(Reply::Granted)
    }

    fn import(&mut self, import: &Import) -> Result<Reply, CommandError> {
        if self.ledger.reservation_by_source(&import.source)?.is_some() {
            return Ok(Reply::Imported { already_there: true });
        }
        let mut reservation = Reservation::with_state(import.draft.clone(), import.state, import.created_at);
        reservation.guest = Some(import.guest.clone());
        reservation.note = import.note.clone();
        reservation.source = Some(import.source.clone());
        reservation.room.clone_from(&import.room);
        let counted = reservation.counted();
        let reservation = self.add(reservation, counted, ReservationFact::Imported)?;
        self.lodge_imported(&reservation)?;
        Ok(Reply::Imported { already_there: false })
    }

    /// Writes a new reservation with its nights and its first fact.
    fn add(
        &mut self,
        mut reservation: Reservation,
        delta: CountDelta,
        kind: ReservationFact,
    ) -> Result<Reservation, CommandError> {
        self.count(&reservation, delta)?;
        reservation.last_seq = self.ledger.next_seq();
        if !self.ledger.insert(&reservation)? {
            return Err(CommandError::CodeTaken);
        }
        self.record(&reservation, kind, delta)?;
        Ok(reservation)
    }

    /// The one way in which a stored reservation changes its state, its nights with it.
    fn transition(&mut self, reservation: &mut Reservation, action: Action) -> Result<(), CommandError> {
        self.stir(reservation, None);
        let delta = reservation.apply(action, self.at)?;
        reservation.fee = self.fee(reservation, action)?;
        self.count(reservation, delta)?;
        let room_before = reservation.room.clone();
        let split_before = (!reservation.later_rooms.is_empty()).then(|| reservation.clone());
        self.lodge(reservation, action)?;
        self.stir(reservation, room_before.as_ref());
        if let Some(before) = split_before {
            self.stir(&before, None);
        }
        reservation.room_ready = false;
        reservation.last_seq = self.ledger.next_seq();
        self.ledger.update(reservation)?;
        self.record(reservation, action.into(), delta)?;
        self.tidy_room(reservation, action)
    }

    /// What the stay has cost whoever has given it up; nothing where it is taken up again.
    fn fee(&self, reservation: &Reservation, action: Action) -> Result<Option<Money>, CommandError> {
        let hotel = &self.ledger.house().hotel;
        let times = (check_in_at(hotel, reservation.stay.arrival()), self.at);
        match action {
            Action::Cancel | Action::NoShow => {
                let fee = hotel.cancellation.fee(action, &reservation.nightly, times);
                fee.map_err(|error| CommandError::Amendment(error.into()))
            }
            Action::Reinstate | Action::LateArrival => Ok(None),
            _ => Ok(reservation.fee),
        }
    }

    fn count(&mut self, reservation: &Reservation, delta: CountDelta) -> Result<(), CommandError> {
        self.touch(&reservation.room_type);
        let Some(stay) = reservation.counted_stay().filter(|_| !delta.is_zero()) else { return Ok(()) };
        let room_type: RoomType =
            self.ledger.house().room_type(&reservation.room_type).cloned().ok_or(CommandError::RoomTypeNotFound)?;
        if let Err(sold_out) = self.ledger.count(&room_type, stay, delta)? {
            // Nights may stand in holds that are over and not yet tidied away: take those back, then try once more.
            if !delta.takes() || self.lapse_holds()? == 0 {
                return Err(sold_out.into());
            }
            // Which nights are closed was found out with those holds among the stays.
            self.settle()?;
            self.touch(&reservation.room_type);
            self.ledger.count(&room_type, stay, delta)??;
        }
        Ok(())
    }
}
