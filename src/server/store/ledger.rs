//! What a transaction at one hotel can read and write. A ledger is undone as a whole when its command fails.

use crate::domain::{
    Actor, CountChange, CountDelta, Date, Fact, HoldId, HotelId, HotelSlug, Reservation, ReservationCode,
    ReservationFact, RoomType, RoomTypeCode, SoldOut, Stay, Timestamp,
};
use crate::server::store::day::DayLedger;
use crate::server::store::folio::FolioLedger;
use crate::server::store::rooms::RoomLedger;
use crate::server::store::{Guard, House, StoreError};
use crate::wire::desk::{AlertEvent, DayEvent, HotelEvent, StaffEvent};
use crate::wire::folio::FolioEntryView;
use crate::wire::history::terms_changes;
use crate::wire::reservation::ReservationView;
use crate::wire::room::{BlockView, NightsEvent, RoomEvent, RoomToday, RoomView};

/// A fact as the log keeps it: ready to be sent again, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    pub seq: u64,
    pub at: Timestamp,
    /// `guest`, `system`, or the e-mail of a member of staff.
    pub by: String,
    /// `reservation`, `room`, `alert`, `day`, `hotel` or `staff`.
    pub event: String,
    /// The type of a reservation's or a room's change, or the kind of an alert.
    pub kind: String,
    pub code: Option<ReservationCode>,
    /// JSON: the reservation, or what is said of the room, or the alert.
    pub body: String,
}

/// A night as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightRow {
    pub room_type: RoomTypeCode,
    pub night: Date,
    pub sold: u16,
    pub held: u16,
    pub blocked: u16,
}

/// Where a hotel stands.
#[derive(Clone, Debug)]
pub struct Opening {
    pub hotel: HotelId,
    /// The number of its last fact.
    pub head: u64,
    pub nights: Vec<NightRow>,
    /// The holds that stand in the counters.
    pub holds: Vec<Reservation>,
}

/// The first answer to a key.
#[derive(Clone, Debug)]
pub struct Remembered {
    pub request_hash: [u8; 32],
    pub reservation: Reservation,
    pub manage_token: String,
}

pub trait Ledger: RoomLedger + FolioLedger + DayLedger {
    fn house(&self) -> &House;

    fn guard(&self) -> Guard;

    fn reservation(&mut self, code: ReservationCode) -> Result<Option<Reservation>, StoreError>;

    fn reservation_by_hold(&mut self, hold: &HoldId) -> Result<Option<Reservation>, StoreError>;

    fn reservation_by_source(&mut self, source: &str) -> Result<Option<ReservationCode>, StoreError>;

    /// Holds in the counters whose end is not after `now`.
    fn overdue_holds(&mut self, now: Timestamp) -> Result<Vec<Reservation>, StoreError>;

    /// Writes a new reservation; false when its code is taken.
    fn insert(&mut self, reservation: &Reservation) -> Result<bool, StoreError>;

    fn update(&mut self, reservation: &Reservation) -> Result<(), StoreError>;

    /// As [`Ledger::update`], and with what only an amendment changes: dates, room type, party and prices.
    fn rewrite(&mut self, reservation: &Reservation) -> Result<(), StoreError>;

    /// Changes the counters of each night, or names the nights that have nothing left.
    fn count(&mut self, room_type: &RoomType, stay: Stay, delta: CountDelta)
    -> Result<Result<(), SoldOut>, StoreError>;

    /// The number that the next fact will have.
    fn next_seq(&self) -> u64;

    /// Appends a fact under [`Ledger::next_seq`].
    fn append(&mut self, at: Timestamp, actor: &Actor, fact: Fact, counts: Vec<CountChange>) -> Result<(), StoreError>;

    fn remembered(&mut self, key: &str) -> Result<Option<Remembered>, StoreError>;

    fn remember(&mut self, key: &str, answer: &Remembered, now: Timestamp) -> Result<(), StoreError>;

    fn grant(&mut self, code: ReservationCode, token_hash: [u8; 32]) -> Result<(), StoreError>;
}

/// A fact as it is logged and sent.
pub(super) fn entry_of(
    seq: u64,
    fact: &Fact,
    hotel: &HotelSlug,
    at: Timestamp,
    actor: &Actor,
) -> Result<LogEntry, StoreError> {
    let json = |body: serde_json::Result<String>| body.map_err(|error| StoreError::Database(error.to_string()));
    Ok(match fact {
        Fact::Reservation { kind, reservation, changed } => {
            let mut view = ReservationView::new(reservation, hotel, at);
            view.changed = changed.iter().map(|field| (*field).to_owned()).collect();
            LogEntry {
                seq,
                at,
                by: actor.to_string(),
                event: "reservation".to_owned(),
                kind: kind.as_str().to_owned(),
                code: Some(reservation.code),
                body: json(serde_json::to_string(&view))?,
            }
        }
        Fact::Alert { kind, code, text } => {
            let (kind, by) = (kind.as_str().to_owned(), Some(actor.to_string()));
            let alert = AlertEvent { kind, code: *code, text: text.clone(), at, by };
            LogEntry {
                seq,
                at,
                by: actor.to_string(),
                event: "alert".to_owned(),
                kind: alert.kind.clone(),
                code: Some(*code),
                body: json(serde_json::to_string(&alert))?,
            }
        }
        Fact::Room { kind, room, blocks, occupancy, block } => {
            let room = RoomToday::new(RoomView::new(room, blocks), occupancy);
            let block = block.as_ref().map(BlockView::new);
            let event = RoomEvent { kind: kind.as_str().to_owned(), at, by: actor.to_string(), room, block };
            room_entry(seq, at, actor, kind.as_str(), json(serde_json::to_string(&event))?)
        }
        Fact::Nights { room_type } => {
            let event =
                NightsEvent { kind: NIGHTS.to_owned(), at, by: actor.to_string(), room_type: room_type.clone() };
            room_entry(seq, at, actor, NIGHTS, json(serde_json::to_string(&event))?)
        }
        Fact::Folio { reservation, entry } => {
            let mut view = ReservationView::new(reservation, hotel, at);
            view.entry = Some(FolioEntryView::new(entry));
            LogEntry {
                seq,
                at,
                by: actor.to_string(),
                event: "reservation".to_owned(),
                kind: ReservationFact::Folio.as_str().to_owned(),
                code: Some(reservation.code),
                body: json(serde_json::to_string(&view))?,
            }
        }
        Fact::Day { kind, before, business_date } => {
            let (kind, by) = (kind.as_str().to_owned(), actor.to_string());
            let event =
                DayEvent { kind: kind.clone(), at, by: by.clone(), before: *before, business_date: *business_date };
            house_entry(seq, at, by, "day", kind, json(serde_json::to_string(&event))?)
        }
        Fact::Terms { before, after } => {
            let (kind, by) = (TERMS.to_owned(), actor.to_string());
            let event = HotelEvent { kind: kind.clone(), at, by: by.clone(), changes: terms_changes(*before, *after) };
            house_entry(seq, at, by, "hotel", kind, json(serde_json::to_string(&event))?)
        }
        Fact::Staff { kind, from } => {
            let (kind, by) = (kind.as_str().to_owned(), actor.to_string());
            let event = StaffEvent { kind: kind.clone(), at, by: by.clone(), from: from.clone() };
            house_entry(seq, at, by, "staff", kind, json(serde_json::to_string(&event))?)
        }
    })
}

const TERMS: &str = "terms";

/// An entry about no reservation and no room.
fn house_entry(seq: u64, at: Timestamp, by: String, event: &str, kind: String, body: String) -> LogEntry {
    LogEntry { seq, at, by, event: event.to_owned(), kind, code: None, body }
}

const NIGHTS: &str = "nights";

fn room_entry(seq: u64, at: Timestamp, actor: &Actor, kind: &str, body: String) -> LogEntry {
    LogEntry { seq, at, by: actor.to_string(), event: "room".to_owned(), kind: kind.to_owned(), code: None, body }
}
