//! What can be asked of the plain hotel, and what it answers.

use vacancy::domain::{Action, Condition, ReservationCode};

use super::{Choice, Line};

/// Something done at the hotel. Doors are places in [`DOORS`], or the one behind it, which is none.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    Hold {
        code: ReservationCode,
        room_type: usize,
        arrival: i32,
        departure: i32,
        seconds: i64,
    },
    Book {
        code: ReservationCode,
        room_type: usize,
        arrival: i32,
        departure: i32,
        door: Option<usize>,
        key: Option<Key>,
    },
    BookHold {
        code: ReservationCode,
        key: Option<Key>,
    },
    Act {
        code: ReservationCode,
        action: Action,
        version: Option<u32>,
        by_guest: bool,
    },
    Amend {
        code: ReservationCode,
        arrival: Option<i32>,
        departure: Option<i32>,
        room_type: Option<usize>,
        door: Option<usize>,
        from: Option<i32>,
        by_guest: bool,
    },
    Extend {
        code: ReservationCode,
        seconds: i64,
    },
    Release {
        code: ReservationCode,
    },
    Lapse,
    Nudge {
        code: ReservationCode,
    },
    /// To this room by hand, from a day on or for all of them; or to any.
    Assign {
        code: ReservationCode,
        door: Option<usize>,
        from: Option<i32>,
        version: Option<u32>,
    },
    /// The guest has gone to the room that is his today.
    Moved {
        code: ReservationCode,
        version: Option<u32>,
    },
    Unassign {
        code: ReservationCode,
        version: Option<u32>,
    },
    Swap {
        code: ReservationCode,
        with: ReservationCode,
        version: Option<u32>,
    },
    Block {
        door: usize,
        first: i32,
        end: i32,
        out_of_order: bool,
    },
    Unblock {
        door: usize,
        id: u64,
    },
    Clean {
        door: usize,
        condition: Condition,
    },
    BeginDay,
}

/// An idempotency key, and what is asked with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: u8,
    pub body: u8,
}

/// What an operation must be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The reservation as it is now.
    Is(ReservationCode, Line),
    /// The first answer to a key, and whether it is given again.
    Booked {
        code: ReservationCode,
        line: Line,
        replayed: bool,
    },
    Lapsed(u32),
    Nudged,
    /// Something about a room was done.
    Room,
    /// Refused by this name.
    Refused(&'static str),
    /// Refused: these days are gone.
    SoldOut(Vec<i32>),
    /// Refused: these have the room, stays and blocks, in order.
    Taken(Vec<ReservationCode>, Vec<u64>),
    /// Refused: some of these would be left without a room, in order.
    Promised(Vec<ReservationCode>),
}

impl Answer {
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::SoldOut(_) | Self::Taken(..) | Self::Promised(_))
    }
}

/// What is logged: the kind of a reservation's change or of an alert, and whose.
pub type Told = (&'static str, ReservationCode);

/// What must come of an operation, and what the program may choose.
#[derive(Debug)]
pub struct Verdict {
    pub answer: Answer,
    pub facts: Vec<Told>,
    pub choice: Choice,
}

impl From<Answer> for Verdict {
    fn from(answer: Answer) -> Self {
        Self { answer, facts: Vec::new(), choice: Choice::default() }
    }
}
