//! What can be done at a hotel, and what comes of it.

use crate::domain::{
    Action, Actor, Amendment, AmendmentError, Draft, FolioEntry, FolioRefusal, Guest, HoldId, Hotel, HotelTerms, Money,
    Note, NudgeMessage, Reservation, ReservationCode, RoomNumber, SoldOut, StaffFact, State, Status, Timestamp,
    TransitionNotAllowed,
};
use crate::server::store::StoreError;
use crate::server::store::day::{DayChange, DayRefusal};
use crate::server::store::details::Details;
use crate::server::store::folio::FolioChange;
use crate::server::store::rooms::{RoomChange, RoomRefusal, RoomReply};

/// One change, carried out whole or not at all. Times, codes and tokens come from the caller.
#[derive(Clone, Debug)]
pub struct Command {
    pub at: Timestamp,
    pub actor: Actor,
    pub change: Change,
}

#[derive(Clone, Debug)]
pub enum Change {
    /// Holds the nights until a moment.
    PlaceHold { draft: Draft, until: Timestamp },
    /// Lets a running hold go on until a later moment.
    ExtendHold { hold: HoldId, until: Timestamp },
    /// Sells the nights of a hold, or of a draft at once.
    Book(Box<Booking>),
    /// Gives the first answer to a key once more; changes nothing.
    Recall(Idempotency),
    /// Carries out one transition; `version` is the one the actor has seen, `shown_fee` what he was told that giving the
    /// stay up costs, where he said so.
    Act { code: ReservationCode, action: Action, version: Option<u32>, shown_fee: Option<Money> },
    /// Changes dates, room type, party or room of a stay: the nights it needs are taken before others are given back.
    Amend { code: ReservationCode, amendment: Box<Amendment>, version: Option<u32> },
    /// Gives a hold back.
    ReleaseHold { hold: HoldId },
    /// Takes back every hold whose end has come.
    LapseHolds,
    /// The guest asks the desk; at most once in `interval_seconds`.
    Nudge { code: ReservationCode, message: NudgeMessage, interval_seconds: u32 },
    /// Lets a token open a reservation.
    Grant { code: ReservationCode, token_hash: [u8; 32] },
    /// Writes down a reservation as another system knew it. The source is its identity: a second time is no change.
    Import(Box<Import>),
    /// Changes rooms, or who is in them.
    Room(RoomChange),
    /// Posts to a folio; a second time under the same key is no change.
    Folio { code: ReservationCode, change: FolioChange, key: Option<String> },
    /// Corrects guest and note.
    SetDetails { code: ReservationCode, details: Box<Details>, version: Option<u32> },
    /// Closes the hotel's day, or changes how it is closed.
    Day(DayChange),
    /// Sets what holds for every stay; `version` is the one that was seen.
    SetTerms { terms: HotelTerms, version: Option<u32> },
    /// Writes down who came to the desk's door; `from` is his network.
    NoteStaff { kind: StaffFact, from: String },
}

#[derive(Clone, Debug)]
pub struct Booking {
    pub what: BookingOf,
    pub guest: Guest,
    pub note: Note,
    /// The room that the desk gives it at once, and that it keeps.
    pub room: Option<RoomNumber>,
    /// Opens the reservation for the guest; its hash is kept.
    pub manage_token: String,
    pub idempotency: Option<Idempotency>,
}

#[derive(Clone, Debug)]
pub enum BookingOf {
    Hold(HoldId),
    /// What the desk has confirmed out of a hold before anybody had said whose it is: it gets its guest.
    Claim(HoldId),
    Draft(Draft),
}

/// One key, one effect, one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    pub key: String,
    /// SHA-256 of what was asked, so that a key used for something else is noticed.
    pub request_hash: [u8; 32],
}

#[derive(Clone, Debug)]
pub struct Import {
    pub draft: Draft,
    pub state: State,
    pub guest: Guest,
    pub note: Note,
    pub created_at: Timestamp,
    pub source: String,
    /// The room it has there.
    pub room: Option<RoomNumber>,
}

#[derive(Clone, Debug)]
pub enum Reply {
    Held(Reservation),
    Booked {
        reservation: Reservation,
        manage_token: String,
        /// Whether this is the first answer once more.
        replayed: bool,
    },
    /// The key was never used.
    NothingRecalled,
    Changed(Reservation),
    Lapsed(u32),
    Nudged,
    Granted,
    Imported {
        already_there: bool,
    },
    Room(RoomReply),
    Posted {
        entry: FolioEntry,
        replayed: bool,
    },
    /// The hotel as its day stands now.
    Day(Box<Hotel>),
    /// The hotel with its terms as they are now.
    Terms(Box<Hotel>),
    Noted,
}

#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error(transparent)]
    SoldOut(#[from] SoldOut),
    #[error("there is no such reservation")]
    ReservationNotFound,
    #[error("there is no such hold, or it has ended")]
    HoldNotFound,
    #[error("the hold was extended as often as it can be")]
    ExtensionsUsedUp,
    #[error("there is no such room type")]
    RoomTypeNotFound,
    #[error("there is no such hotel")]
    HotelNotFound,
    #[error(transparent)]
    TransitionNotAllowed(#[from] TransitionNotAllowed),
    #[error("the idempotency key was used for another request")]
    IdempotencyKeyReused,
    #[error("someone else has changed it meanwhile")]
    VersionConflict { current: u32 },
    #[error("too soon after the last message")]
    TooSoon { retry_after_seconds: u64 },
    #[error("the code is taken")]
    CodeTaken,
    #[error(transparent)]
    Amendment(#[from] AmendmentError),
    #[error(transparent)]
    Room(#[from] RoomRefusal),
    #[error(transparent)]
    Folio(#[from] FolioRefusal),
    #[error(transparent)]
    Day(#[from] DayRefusal),
    #[error("a reservation that is {0} is not changed any more")]
    Over(Status),
    #[error(transparent)]
    Store(#[from] StoreError),
}
