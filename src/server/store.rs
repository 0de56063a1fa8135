//! The store: every change at a hotel is one [`Command`], carried out whole in one transaction, or not at all.
//!
//! `commands` says what each command does, in terms of a [`Ledger`]: the few things a transaction can read and write.
//! `sqlite` and `memory` are ledgers. What is committed reaches the [`CommitListener`] in the hotel's order before the
//! command is answered, so nobody hears of a change that is not on disk, and nobody who was answered can miss it.

mod catalog;
pub mod command;
mod commands;
pub mod day;
pub mod details;
mod directory;
pub mod folio;
mod ledger;
pub mod memory;
mod metrics;
pub mod rooms;
mod sought;
pub mod sqlite;
mod terms;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::domain::{
    Actor, Amendment, Date, FolioEntry, HotelId, LoggedFact, Reservation, ReservationCode, Status, Timestamp,
};

pub use catalog::{Catalog, House};
pub use command::{Command, CommandError, Idempotency, Reply};
pub use directory::{DirectoryChange, NewHotel, NewStaff, Role, Session, Staff, StaffId};
pub use ledger::{LogEntry, NightRow, Opening};
pub use metrics::StoreMetrics;
pub use rooms::{HotelRooms, Move, Outlook, RoomChange, RoomRefusal, RoomReply, SplitOffer};

pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What went wrong below the rules.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue of commands is full, or another program holds the database; worth another try in a moment.
    #[error("too many changes at once")]
    Busy,
    #[error("the store is closed")]
    Closed,
    #[error("the database failed: {0}")]
    Database(String),
    #[error("the database holds what it should not: {0}")]
    Corrupt(String),
    #[error("{0}")]
    Refused(String),
}

/// What is watched over. All but `On` exist for one purpose: to show that the tests notice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guard {
    #[default]
    On,
    /// Nights are not counted against their limit.
    Off,
    /// Guests go to rooms that others have not left.
    LetsIn,
}

/// Hears of every fact once it is on disk, a hotel's facts in the order of their numbers.
pub trait CommitListener: Send + Sync {
    fn committed(&self, facts: &[LoggedFact], entries: Vec<LogEntry>);

    /// Hotels, room types or prices have changed.
    fn catalog_changed(&self, catalog: &Arc<Catalog>);
}

/// Which reservations to list.
#[derive(Clone, Debug, Default)]
pub struct ReservationFilter {
    pub status: Option<Status>,
    /// Stays that touch a night from here on.
    pub from: Option<Date>,
    /// Stays that arrive before this day.
    pub to: Option<Date>,
    /// Part of a name, an e-mail, a phone number or a code, or the number of a room.
    pub text: Option<String>,
    pub limit: u32,
}

/// Which entries of a hotel's log to read back.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// Entries before this number.
    pub before: Option<u64>,
    pub code: Option<ReservationCode>,
    /// `guest`, `system`, or the e-mail of a member of staff.
    pub by: Option<String>,
    pub from: Option<Timestamp>,
    /// Entries before this moment.
    pub to: Option<Timestamp>,
    pub of: Option<LogPart>,
    pub limit: u32,
}

/// A part of the log that is looked for by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogPart {
    /// Reservations, but for their folios, and what guests asked.
    Stays,
    Folio,
    Rooms,
    /// The day, and what holds for every stay.
    House,
    /// Who came to the desk's door.
    Staff,
}

impl LogPart {
    pub const ALL: [Self; 5] = [Self::Stays, Self::Folio, Self::Rooms, Self::House, Self::Staff];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Folio => "folio",
            Self::Rooms => "rooms",
            Self::House => "house",
            Self::Staff => "staff",
        }
    }

    pub fn has(self, entry: &LogEntry) -> bool {
        let part = match (entry.event.as_str(), entry.kind.as_str()) {
            ("reservation", "folio") => Self::Folio,
            ("reservation" | "alert", _) => Self::Stays,
            ("room", _) => Self::Rooms,
            ("staff", _) => Self::Staff,
            _ => Self::House,
        };
        part == self
    }
}

/// A database of hotels. Cheap to share.
pub trait Store: Send + Sync {
    /// Distinguishes this log of facts from any other, for ever: lower-case letters and digits.
    fn epoch(&self) -> &str;

    /// The hotels as they stand.
    fn catalog(&self) -> Arc<Catalog>;

    /// Carries out one command at one hotel. When it is answered, it is on disk.
    fn execute(&self, hotel: HotelId, command: Command) -> Answer<'_, Result<Reply, CommandError>>;

    /// Changes hotels, staff or sessions.
    fn change_directory(&self, change: DirectoryChange) -> Answer<'_, Result<(), StoreError>>;

    fn reservation(&self, code: ReservationCode) -> Answer<'_, Result<Option<Reservation>, StoreError>>;

    fn reservation_by_hold(&self, hold: String) -> Answer<'_, Result<Option<Reservation>, StoreError>>;

    /// In order of arrival, at most `filter.limit`.
    fn reservations(
        &self,
        hotel: HotelId,
        filter: ReservationFilter,
    ) -> Answer<'_, Result<Vec<Reservation>, StoreError>>;

    /// The hotel of this reservation, if a token (by its SHA-256) opens it.
    fn granted_at(
        &self,
        code: ReservationCode,
        token_hash: [u8; 32],
    ) -> Answer<'_, Result<Option<HotelId>, StoreError>>;

    /// Entries of a hotel's log after `after`, up to and with `upto`, at most `limit`, in order.
    fn log(&self, hotel: HotelId, after: u64, upto: u64, limit: u32) -> Answer<'_, Result<Vec<LogEntry>, StoreError>>;

    /// Entries of a hotel's log, the newest first.
    fn audit(&self, hotel: HotelId, filter: LogFilter) -> Answer<'_, Result<Vec<LogEntry>, StoreError>>;

    /// What was posted to a reservation's folio, in that order.
    fn folio(&self, code: ReservationCode) -> Answer<'_, Result<Vec<FolioEntry>, StoreError>>;

    /// The counted nights from a day on, and the hotel's head sequence at that moment.
    fn nights(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<(u64, Vec<NightRow>), StoreError>>;

    /// The holds that stand in the counters.
    fn holds(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Reservation>, StoreError>>;

    /// What a server that starts must know of each hotel: its counted nights from a day on, and its holds. Read at once,
    /// and at no cost for what is past.
    fn openings(&self, from: Vec<(HotelId, Date)>) -> Answer<'_, Result<Vec<Opening>, StoreError>>;

    /// Rooms, blocks that end after a day, and who sleeps where from it on.
    fn rooms(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<HotelRooms, StoreError>>;

    /// What [`Change::Amend`](command::Change::Amend) would come to at this moment; nothing is changed.
    fn outlook(
        &self,
        hotel: HotelId,
        asked: (Timestamp, Actor),
        code: ReservationCode,
        amendment: Amendment,
    ) -> Answer<'_, Result<Outlook, CommandError>>;

    /// Who would have to move for a room that is given by hand or swapped; why that would be refused.
    fn room_outlook(
        &self,
        hotel: HotelId,
        asked: (Timestamp, Actor),
        change: RoomChange,
    ) -> Answer<'_, Result<Vec<Move>, CommandError>>;

    /// By e-mail.
    fn staff(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Staff>, StoreError>>;

    fn staff_by_email(&self, email: String) -> Answer<'_, Result<Option<Staff>, StoreError>>;

    /// The session with this token hash, with its member of staff; none when it has ended.
    fn session(&self, token_hash: [u8; 32], now: Timestamp)
    -> Answer<'_, Result<Option<(Session, Staff)>, StoreError>>;

    fn metrics(&self) -> &StoreMetrics;

    /// How many commands wait.
    fn queue_depth(&self) -> usize;

    /// Whether a command could be carried out now.
    fn is_ready(&self) -> Answer<'_, bool>;

    /// Finishes what is queued and closes the database.
    fn close(&self) -> Answer<'_, ()>;
}
