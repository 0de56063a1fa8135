//! Rooms in the store: what can be changed about them, what a transaction reads and writes, and why a change is refused.
//!
//! `lodging` gives stays their rooms, found by `placing`; `arriving` is who comes, moves and goes, `amending` changes stays
//! with the rooms they are in, `blocking` takes rooms out, `housekeeping` keeps how they are, `type_rooms` is one room type
//! as all of them see it.

mod amending;
mod arriving;
mod blocking;
mod housekeeping;
mod lodging;
mod placing;
mod type_rooms;

pub(super) use housekeeping::Stirred;

use crate::domain::rooms::{self, BlockId, RoomNote};
use crate::domain::{
    Block, BlockKind, BlockReason, Condition, Date, LaterRoom, NightCount, Nights, Piece, Reservation, ReservationCode,
    Room, RoomNumber, RoomType, RoomTypeCode, Status,
};
use crate::server::store::StoreError;

pub use amending::{Outlook, SplitOffer};

/// A change of rooms, or of who is in them.
#[derive(Clone, Debug)]
pub enum RoomChange {
    /// Puts numbers on doors that a room type already has.
    Furnish(Vec<Room>),
    /// Gives a stay this room by hand, or whichever suits best; then a stay that has one keeps it. `from` is the night from
    /// which on it is in the room that is named: before it the stay is where it was.
    Assign {
        code: ReservationCode,
        room: Option<RoomNumber>,
        from: Option<Date>,
        version: Option<u32>,
    },
    /// The guest has moved to the room that he was to have from today, or from before, on.
    Moved {
        code: ReservationCode,
        version: Option<u32>,
    },
    Unassign {
        code: ReservationCode,
        version: Option<u32>,
    },
    /// Gives two stays each other's rooms.
    Swap {
        code: ReservationCode,
        with: ReservationCode,
        version: Option<u32>,
    },
    SetCondition {
        room: RoomNumber,
        condition: Condition,
    },
    SetNote {
        room: RoomNumber,
        note: RoomNote,
    },
    /// A day has begun: rooms of guests who come on it may be ready. As often as one likes.
    BeginDay,
    Block {
        room: RoomNumber,
        kind: BlockKind,
        reason: BlockReason,
        nights: Nights,
    },
    Unblock {
        room: RoomNumber,
        id: BlockId,
    },
}

#[derive(Clone, Debug)]
pub enum RoomReply {
    Furnished,
    Done,
    /// The stay that was meant, and who had to move for it.
    Lodged {
        reservation: Box<Reservation>,
        moves: Vec<Move>,
    },
    Room {
        room: Room,
        blocks: Vec<Block>,
        moves: Vec<Move>,
    },
}

/// A stay that was moved to make room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub code: ReservationCode,
    pub from: RoomNumber,
    pub to: RoomNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomRefusal {
    #[error("there is no such room")]
    NotFound,
    #[error("there is no such block of this room")]
    BlockNotFound,
    #[error("the room is not a {asked}")]
    AnotherType { asked: RoomTypeCode },
    /// Guests who are in it, stays that were promised it, nights that are blocked.
    #[error("the room is taken on some of the nights")]
    Taken { stays: Vec<ReservationCode>, blocks: Vec<BlockId> },
    /// Some of these could not be housed any more.
    #[error("some sold stays would be left without a room")]
    Promised { stays: Vec<ReservationCode> },
    #[error("no room of this type is free for all the nights")]
    NoneFree,
    #[error("the room of a reservation that is {0} cannot be changed like this")]
    State(Status),
    #[error("that is no night of the stay that is still to come")]
    NotItsNight,
    #[error("the stay has no room yet for the nights before")]
    NoRoomBefore,
    /// These lie in several rooms; which of them is meant cannot be known.
    #[error("a stay in several rooms cannot be swapped")]
    Split { stays: Vec<ReservationCode> },
    #[error("the guest is where he should be")]
    NoMoveDue,
    #[error("there is a room {0} already")]
    NumberTaken(RoomNumber),
    #[error("{room_type} has no more rooms to give numbers to")]
    TooMany { room_type: RoomTypeCode },
}

/// Rooms, blocks and who sleeps where, from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HotelRooms {
    /// By number.
    pub rooms: Vec<Room>,
    /// In the order they were made.
    pub blocks: Vec<Block>,
    /// By room and night.
    pub nights: Vec<RoomNight>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomNight {
    pub room: RoomNumber,
    pub night: Date,
    pub taken_by: Occupant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupant {
    Stay(ReservationCode),
    Block(BlockId),
}

/// A stay as the rooms see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lodger {
    pub code: ReservationCode,
    pub nights: Nights,
    pub is_in_house: bool,
    /// As in [`Reservation::room`].
    pub room: Option<RoomNumber>,
    pub later_rooms: Vec<LaterRoom>,
    pub pinned: bool,
}

impl Lodger {
    /// Its rooms on its nights, one after another.
    pub fn pieces(&self) -> Vec<Piece> {
        self.room.as_ref().map_or_else(Vec::new, |room| rooms::pieces(room, &self.later_rooms, self.nights))
    }

    /// As [`Reservation::not_left`].
    pub fn not_left(&self, today: Date) -> Option<&RoomNumber> {
        let is_over = |room: &&RoomNumber| rooms::should_be_gone(room, &self.later_rooms, self.nights, today);
        self.room.as_ref().filter(|_| self.is_in_house).filter(is_over)
    }
}

/// What a transaction reads and writes of rooms.
pub trait RoomLedger {
    /// By number.
    fn rooms(&mut self) -> Result<Vec<Room>, StoreError>;

    /// False when the number is taken.
    fn add_room(&mut self, room: &Room) -> Result<bool, StoreError>;

    fn set_condition(&mut self, room: &RoomNumber, condition: Condition) -> Result<(), StoreError>;

    fn set_note(&mut self, room: &RoomNumber, note: &RoomNote) -> Result<(), StoreError>;

    /// The blocks that end after a day, in the order they were made.
    fn blocks(&mut self, after: Date) -> Result<Vec<Block>, StoreError>;

    fn add_block(&mut self, block: &Block) -> Result<(), StoreError>;

    fn remove_block(&mut self, id: BlockId) -> Result<(), StoreError>;

    /// The stays of a type that consume nights and leave after a day, and whoever is still in house; by arrival and code.
    fn lodgers(&mut self, room_type: &RoomTypeCode, after: Date) -> Result<Vec<Lodger>, StoreError>;

    /// Whether a fixed stay of the type arrives after `today` or changes rooms, or nights are counted as blocked from then
    /// on. Where not, no night needs to be closed.
    fn is_entangled(&mut self, room_type: &RoomTypeCode, today: Date) -> Result<bool, StoreError>;

    /// Writes a row a night; a night that somebody has already is an error of the program.
    fn occupy(&mut self, room: &RoomNumber, nights: Nights, by: Occupant) -> Result<(), StoreError>;

    /// Gives back the nights from a day on.
    fn vacate(&mut self, by: Occupant, from: Date) -> Result<(), StoreError>;

    /// The counters of the nights that were ever touched, from a day on, in order.
    fn counts_from(&mut self, room_type: &RoomType, from: Date) -> Result<Vec<(Date, NightCount)>, StoreError>;

    fn count_blocked(&mut self, room_type: &RoomType, nights: Nights, change: i16) -> Result<(), StoreError>;
}
