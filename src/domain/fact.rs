//! What has happened at a hotel: the entries of its log, one sequence number each.

use core::fmt;

use crate::domain::rooms::Occupancy;
use crate::domain::{
    Action, Block, Date, FolioEntry, HotelId, HotelTerms, Reservation, ReservationCode, Room, RoomTypeCode, Stay,
    Timestamp, reservation::CountDelta,
};

/// A fact with its place in the hotel's gap-free order.
#[derive(Clone, Debug)]
pub struct LoggedFact {
    pub hotel: HotelId,
    pub seq: u64,
    pub at: Timestamp,
    pub actor: Actor,
    pub fact: Fact,
    pub counts: Vec<CountChange>,
}

#[derive(Clone, Debug)]
pub enum Fact {
    Reservation {
        kind: ReservationFact,
        reservation: Box<Reservation>,
        /// Of a change: what is different; see [`changed_fields`](crate::domain::changed_fields).
        changed: Vec<&'static str>,
    },
    Alert {
        kind: AlertKind,
        code: ReservationCode,
        text: String,
    },
    /// A room as it is now, with the blocks that are not over and who is in it today.
    Room {
        kind: RoomFact,
        room: Room,
        blocks: Vec<Block>,
        occupancy: Occupancy,
        /// The block that was made or taken away, where that is what happened.
        block: Option<Block>,
    },
    /// Nights of a room type are counted as blocked that were not, or the other way round.
    Nights {
        room_type: RoomTypeCode,
    },
    /// Something was posted to a reservation's folio; the reservation itself stays as it is.
    Folio {
        reservation: Box<Reservation>,
        entry: Box<FolioEntry>,
    },
    /// The hotel's day, as it is now.
    Day {
        kind: DayFact,
        before: Date,
        business_date: Date,
    },
    /// A manager has changed what holds for every stay.
    Terms {
        before: HotelTerms,
        after: HotelTerms,
    },
    /// Somebody came to the desk's door, or left by it. The actor is the account.
    Staff {
        kind: StaffFact,
        /// The network he came from, shortened so that it names no machine.
        from: String,
    },
}

/// What happened to a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReservationFact {
    Placed,
    /// A hold ends later than it did.
    Extended,
    Confirmed,
    Released,
    Lapsed,
    /// It was given a room, or another one, or none; or other dates, another type, another party.
    Changed,
    Cancelled,
    CheckedIn,
    CheckInUndone,
    CheckedOut,
    CheckOutUndone,
    NoShow,
    LateArrival,
    Reinstated,
    Imported,
    /// The guest may come: the room he was given is clean and free on the day he arrives.
    RoomReady,
    /// It is not so any more.
    RoomNotReady,
    /// A charge, a payment or a counter-entry.
    Folio,
}

/// What has become of the hotel's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayFact {
    Closed,
    /// It ends by another rule from now on.
    Rule,
}

/// What happened at the desk's door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffFact {
    SignedIn,
    /// Somebody gave a wrong password for the account.
    SignInFailed,
    SignedOut,
}

/// What is different about a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomFact {
    Condition,
    Block,
    Note,
    /// Somebody moved in or out, or is to come today.
    Stays,
}

/// What a desk is told aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AlertKind {
    NewReservation,
    Cancellation,
    Nudge,
    /// The day could not be closed by itself.
    DayOpen,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Guest,
    /// A member of staff, by e-mail.
    Staff(String),
    /// The clock, an import, the demo.
    System,
}

/// The counters of these nights of this type changed by this much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountChange {
    pub room_type: RoomTypeCode,
    pub stay: Stay,
    pub delta: CountDelta,
}

impl ReservationFact {
    pub const ALL: [Self; 18] = [
        Self::Placed,
        Self::Extended,
        Self::Confirmed,
        Self::Released,
        Self::Lapsed,
        Self::Changed,
        Self::Cancelled,
        Self::CheckedIn,
        Self::CheckInUndone,
        Self::CheckedOut,
        Self::CheckOutUndone,
        Self::NoShow,
        Self::LateArrival,
        Self::Reinstated,
        Self::Imported,
        Self::RoomReady,
        Self::RoomNotReady,
        Self::Folio,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Extended => "extended",
            Self::Confirmed => "confirmed",
            Self::Released => "released",
            Self::Lapsed => "lapsed",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
            Self::CheckedIn => "checked_in",
            Self::CheckInUndone => "check_in_undone",
            Self::CheckedOut => "checked_out",
            Self::CheckOutUndone => "check_out_undone",
            Self::NoShow => "no_show",
            Self::LateArrival => "late_arrival",
            Self::Reinstated => "reinstated",
            Self::Imported => "imported",
            Self::RoomReady => "room_ready",
            Self::RoomNotReady => "room_not_ready",
            Self::Folio => "folio",
        }
    }
}

impl From<Action> for ReservationFact {
    fn from(action: Action) -> Self {
        match action {
            Action::Confirm => Self::Confirmed,
            Action::Release => Self::Released,
            Action::Lapse => Self::Lapsed,
            Action::Cancel => Self::Cancelled,
            Action::CheckIn => Self::CheckedIn,
            Action::UndoCheckIn => Self::CheckInUndone,
            Action::CheckOut => Self::CheckedOut,
            Action::UndoCheckOut => Self::CheckOutUndone,
            Action::NoShow => Self::NoShow,
            Action::LateArrival => Self::LateArrival,
            Action::Reinstate => Self::Reinstated,
        }
    }
}

impl DayFact {
    pub const ALL: [Self; 2] = [Self::Closed, Self::Rule];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Rule => "rule",
        }
    }
}

impl StaffFact {
    pub const ALL: [Self; 3] = [Self::SignedIn, Self::SignInFailed, Self::SignedOut];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
        }
    }
}

impl RoomFact {
    pub const ALL: [Self; 4] = [Self::Condition, Self::Block, Self::Note, Self::Stays];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Block => "block",
            Self::Note => "note",
            Self::Stays => "stays",
        }
    }
}

impl AlertKind {
    pub const ALL: [Self; 4] = [Self::NewReservation, Self::Cancellation, Self::Nudge, Self::DayOpen];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewReservation => "new_reservation",
            Self::Cancellation => "cancellation",
            Self::Nudge => "nudge",
            Self::DayOpen => "day_open",
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guest => formatter.write_str("guest"),
            Self::Staff(email) => formatter.write_str(email),
            Self::System => formatter.write_str("system"),
        }
    }
}
