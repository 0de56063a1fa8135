//! A reservation: a stay sold (or held) to a guest. Its state changes by transitions only.

use crate::domain::{
    Action, Amended, Date, Guest, HotelId, LaterRoom, Money, Nights, Note, Party, Piece, ReservationCode, RoomNumber,
    RoomTypeCode, State, Stay, Timestamp, TransitionNotAllowed, rooms, state::Consumption,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    pub hotel: HotelId,
    pub code: ReservationCode,
    /// Names the hold to whoever placed it; unguessable.
    pub hold: Option<HoldId>,
    pub room_type: RoomTypeCode,
    pub rate_plan: String,
    pub stay: Stay,
    pub party: Party,
    /// None while it is only held.
    pub guest: Option<Guest>,
    pub note: Note,
    /// The price of each night as it was agreed; the total is their sum.
    pub nightly: Vec<(Date, Money)>,
    pub total: Money,
    pub created_at: Timestamp,
    /// Where it was read from, for one that was imported.
    pub source: Option<String>,
    pub last_nudge_at: Option<Timestamp>,
    /// The room it was given, the first of them where it is in several; in house, the one its guest is in; after
    /// check-out, the one he was in.
    pub room: Option<RoomNumber>,
    /// Where it goes on to other rooms: from which night on, in order. Only of a stay that is pinned.
    pub later_rooms: Vec<LaterRoom>,
    /// Given by hand: the program moves it nowhere else.
    pub pinned: bool,
    /// Where a guest in house was given another type: the first night that its counters hold. Those before it were
    /// slept in the type of then, and stand in no counter.
    pub counted_from: Option<Date>,
    /// Its room is clean and free, and it is the day of arrival.
    pub room_ready: bool,
    /// What cancelling, or not coming, has cost.
    pub fee: Option<Money>,
    /// Counts the changes, from 1.
    pub version: u32,
    /// How often its hold was extended.
    pub extensions: u8,
    /// The hotel's sequence number of the last change.
    pub last_seq: u64,
    state: State,
}

/// How often a hold can be extended: more than the ten times that WCAG 2.2.1 asks for, and not for ever.
pub const MOST_EXTENSIONS: u8 = 20;

/// Why a hold is not extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtendError {
    #[error("nothing is held any more")]
    NotHeld,
    #[error("the hold was extended {MOST_EXTENSIONS} times, which is as often as it can be")]
    UsedUp,
}

/// An unguessable name for a hold, from 128 random bits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HoldId(pub String);

/// What a new reservation is made of.
#[derive(Clone, Debug)]
pub struct Draft {
    pub hotel: HotelId,
    pub code: ReservationCode,
    pub hold: Option<HoldId>,
    pub room_type: RoomTypeCode,
    pub rate_plan: String,
    pub stay: Stay,
    pub party: Party,
    pub nightly: Vec<(Date, Money)>,
    pub total: Money,
}

/// How the counters of each of some nights change: when a reservation goes from one state to another, or when nights
/// are blocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountDelta {
    pub sold: i16,
    pub held: i16,
    pub blocked: i16,
}

impl CountDelta {
    fn between(before: Option<Consumption>, after: Option<Consumption>) -> Self {
        let count = |consumption, counter| i16::from(consumption == Some(counter));
        let change = |counter| count(after, counter) - count(before, counter);
        Self { sold: change(Consumption::Sold), held: change(Consumption::Held), blocked: 0 }
    }

    /// Whether nights are needed that were not taken before.
    pub const fn takes(self) -> bool {
        self.sold + self.held > 0
    }

    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    /// The way back.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self { sold: -self.sold, held: -self.held, blocked: -self.blocked }
    }

    /// Both changes as one.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { sold: self.sold + other.sold, held: self.held + other.held, blocked: self.blocked + other.blocked }
    }
}

impl Reservation {
    /// The first state of every reservation: it holds its nights until a moment.
    pub fn place(draft: Draft, until: Timestamp, now: Timestamp) -> (Self, CountDelta) {
        let state = State::Held { until };
        (Self::with_state(draft, state, now), CountDelta::between(None, state.consumes()))
    }

    /// A reservation as it stands in a file or a database, in whatever state it is there.
    pub fn with_state(draft: Draft, state: State, created_at: Timestamp) -> Self {
        Self {
            hotel: draft.hotel,
            code: draft.code,
            hold: draft.hold,
            room_type: draft.room_type,
            rate_plan: draft.rate_plan,
            stay: draft.stay,
            party: draft.party,
            guest: None,
            note: Note::default(),
            nightly: draft.nightly,
            total: draft.total,
            created_at,
            source: None,
            last_nudge_at: None,
            room: None,
            later_rooms: Vec::new(),
            pinned: false,
            counted_from: None,
            room_ready: false,
            fee: None,
            version: 1,
            extensions: 0,
            last_seq: 0,
            state,
        }
    }

    pub const fn state(&self) -> State {
        self.state
    }

    /// Whether it stays in its room: the guest is in it, or it was given by hand.
    pub fn is_fixed(&self) -> bool {
        self.room.is_some() && (self.pinned || self.state == State::InHouse)
    }

    /// Its rooms on these nights, one after another; none where it has no room.
    pub fn pieces(&self, nights: Nights) -> Vec<Piece> {
        self.room.as_ref().map_or_else(Vec::new, |room| rooms::pieces(room, &self.later_rooms, nights))
    }

    /// The room that its guest is in, though it is not his tonight.
    pub fn not_left(&self, today: Date) -> Option<&RoomNumber> {
        let is_over = |room: &&RoomNumber| rooms::should_be_gone(room, &self.later_rooms, self.stay.into(), today);
        self.room.as_ref().filter(|_| self.state == State::InHouse).filter(is_over)
    }

    /// Puts it into these rooms, the ones of the nights ahead. A guest in house is where he is until he `moves_now`, or
    /// until it is said that he has moved.
    pub fn lodge_in(&mut self, pieces: &[Piece], moves_now: bool) {
        let Some((first, later)) = pieces.split_first() else {
            (self.room, self.later_rooms) = (None, Vec::new());
            return;
        };
        let is_elsewhere = self.room.as_ref().is_some_and(|here| *here != first.room);
        if self.state == State::InHouse && is_elsewhere && !moves_now {
            self.later_rooms = rooms::later_rooms(pieces);
        } else {
            self.room = Some(first.room.clone());
            self.later_rooms = rooms::later_rooms(later);
        }
    }

    /// The nights in whose counters it stands, while it consumes any.
    pub fn counted_stay(&self) -> Option<Stay> {
        let Some(from) = self.counted_from else { return Some(self.stay) };
        Stay::new(self.stay.arrival().max(from), self.stay.departure()).ok()
    }

    /// What its nights' counters hold for it.
    pub fn counted(&self) -> CountDelta {
        CountDelta::between(None, self.state.consumes())
    }

    /// Lets a hold that is running go on until a later moment; it never ends sooner than before.
    pub fn extend(&mut self, until: Timestamp, now: Timestamp) -> Result<(), ExtendError> {
        let State::Held { until: before } = self.state.at(now) else { return Err(ExtendError::NotHeld) };
        if self.extensions >= MOST_EXTENSIONS {
            return Err(ExtendError::UsedUp);
        }
        self.state = State::Held { until: until.max(before) };
        self.extensions += 1;
        self.version += 1;
        Ok(())
    }

    /// Carries out `action` and says what its nights' counters must do. Nothing changes when it is refused.
    pub fn apply(&mut self, action: Action, now: Timestamp) -> Result<CountDelta, TransitionNotAllowed> {
        let next = self.state.after(action, now)?;
        let delta = CountDelta::between(self.state.consumes(), next.consumes());
        self.state = next;
        self.version += 1;
        Ok(delta)
    }

    /// Becomes what an amendment makes of it; its nights are the caller's to exchange.
    pub fn amend(&mut self, amended: Amended) {
        let Amended { room_type, stay, party, nightly, total, counted_from } = amended;
        (self.room_type, self.stay, self.party) = (room_type, stay, party);
        (self.nightly, self.total, self.counted_from) = (nightly, total, counted_from);
        self.version += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000);

    fn held(until: Timestamp) -> Reservation {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let draft = Draft {
            hotel: HotelId(1),
            code: "K7QM-2XNP".parse().unwrap(),
            hold: Some(HoldId("h".to_owned())),
            room_type: "double".parse().unwrap(),
            rate_plan: "standard".to_owned(),
            stay: Stay::new(date("2026-06-05"), date("2026-06-08")).unwrap(),
            party: Party::new(2, 0).unwrap(),
            nightly: Vec::new(),
            total: Money::new(0, Currency::Eur),
        };
        Reservation::place(draft, until, NOW).0
    }

    #[test]
    fn a_running_hold_is_extended_so_often_and_no_oftener() {
        let mut hold = held(NOW.plus_seconds(900));
        for time in 1..=MOST_EXTENSIONS {
            let now = NOW.plus_seconds(60 * i64::from(time));
            hold.extend(now.plus_seconds(900), now).unwrap();
            assert_eq!(hold.state(), State::Held { until: now.plus_seconds(900) });
        }
        let (before, now) = (hold.clone(), NOW.plus_seconds(1_300));
        assert_eq!(hold.extend(now.plus_seconds(900), now), Err(ExtendError::UsedUp));
        assert_eq!(hold, before);
    }

    #[test]
    fn what_is_over_booked_or_given_back_is_not_extended() {
        let later = NOW.plus_seconds(900);
        let mut over = held(NOW);
        assert_eq!(over.extend(later, NOW), Err(ExtendError::NotHeld));
        for action in [Action::Confirm, Action::Release] {
            let mut ended = held(NOW.plus_seconds(1));
            ended.apply(action, NOW).unwrap();
            assert_eq!(ended.extend(later, NOW), Err(ExtendError::NotHeld), "{action}");
        }
    }

    #[test]
    fn an_extension_never_ends_a_hold_sooner() {
        let mut hold = held(NOW.plus_seconds(900));
        hold.extend(NOW.plus_seconds(60), NOW).unwrap();
        assert_eq!(hold.state(), State::Held { until: NOW.plus_seconds(900) });
    }
}
