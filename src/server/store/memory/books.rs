//! What the store in memory keeps, and the list of what a command has changed so far, so that it can be undone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::domain::rooms::BlockId;
use crate::domain::{
    Block, Date, FolioEntry, FolioEntryId, HotelId, Reservation, ReservationCode, Room, RoomNumber, RoomTypeCode,
    State, Timestamp,
};
use crate::server::store::ledger::Remembered;
use crate::server::store::rooms::Occupant;
use crate::server::store::{Catalog, LogEntry, NightRow, Session, Staff, StoreError};

#[derive(Debug, Default)]
pub(super) struct Books {
    pub catalog: Arc<Catalog>,
    pub reservations: BTreeMap<ReservationCode, Reservation>,
    pub holds: HashMap<String, ReservationCode>,
    pub sources: HashMap<(HotelId, String), ReservationCode>,
    pub nights: BTreeMap<NightKey, Taken>,
    pub rooms: BTreeMap<(HotelId, RoomNumber), Room>,
    pub blocks: BTreeMap<(HotelId, BlockId), Block>,
    pub room_nights: BTreeMap<(HotelId, RoomNumber, Date), Occupant>,
    pub grants: HashSet<(ReservationCode, [u8; 32])>,
    pub answers: HashMap<(HotelId, String), (Remembered, Timestamp)>,
    /// A hotel's facts in order: the one numbered `seq` stands at `seq - 1`.
    pub logs: HashMap<HotelId, Vec<LogEntry>>,
    pub folios: BTreeMap<(HotelId, FolioEntryId), Posted>,
    pub staff: Vec<Staff>,
    pub last_staff: i64,
    pub sessions: HashMap<[u8; 32], Session>,
    pub is_closed: bool,
}

pub(super) type NightKey = (HotelId, RoomTypeCode, Date);

/// The counters of a night that are kept; its rooms stand in the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    pub sold: u16,
    pub held: u16,
    pub blocked: u16,
}

/// An entry of a folio, and the key it was posted under.
#[derive(Clone, Debug)]
pub(super) struct Posted {
    pub code: ReservationCode,
    pub entry: FolioEntry,
    pub key: Option<String>,
}

/// One step back.
#[derive(Debug)]
pub(super) enum Undo {
    Inserted(ReservationCode),
    Updated(Box<Reservation>),
    Counted(NightKey, Option<Taken>),
    Granted(ReservationCode, [u8; 32]),
    Remembered(HotelId, String),
    Room((HotelId, RoomNumber), Option<Room>),
    Block((HotelId, BlockId), Option<Block>),
    RoomNight((HotelId, RoomNumber, Date), Option<Occupant>),
    Posted((HotelId, FolioEntryId)),
}

/// Puts back what was there before.
fn put_back<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, before: Option<V>) {
    match before {
        Some(before) => drop(map.insert(key, before)),
        None => drop(map.remove(&key)),
    }
}

impl Books {
    pub fn open(&self) -> Result<(), StoreError> {
        if self.is_closed { Err(StoreError::Closed) } else { Ok(()) }
    }

    pub fn of_hotel(&self, hotel: HotelId) -> impl Iterator<Item = &Reservation> {
        self.reservations.values().filter(move |reservation| reservation.hotel == hotel)
    }

    /// The one that ends first comes first, and of two that end at once the one that was placed first.
    pub fn holds_by_end(&self, hotel: HotelId) -> Vec<&Reservation> {
        let mut holds: Vec<(Timestamp, &Reservation)> = self
            .of_hotel(hotel)
            .filter_map(|one| match one.state() {
                State::Held { until } => Some((until, one)),
                _ => None,
            })
            .collect();
        holds.sort_by_key(|(until, one)| (*until, one.last_seq));
        holds.into_iter().map(|(_, one)| one).collect()
    }

    pub fn log(&self, hotel: HotelId) -> &[LogEntry] {
        self.logs.get(&hotel).map_or(&[], Vec::as_slice)
    }

    /// The number of the hotel's last fact; 0 before the first.
    pub fn head(&self, hotel: HotelId) -> u64 {
        self.log(hotel).last().map_or(0, |entry| entry.seq)
    }

    pub fn folio(&self, code: ReservationCode) -> Vec<FolioEntry> {
        self.folios.values().filter(|posted| posted.code == code).map(|posted| posted.entry.clone()).collect()
    }

    pub fn nights_from(&self, hotel: HotelId, from: Date) -> Vec<NightRow> {
        let asked = |key: &NightKey| key.0 == hotel && key.2 >= from;
        self.nights
            .iter()
            .filter(|(key, _)| asked(key))
            .map(|((_, room_type, night), Taken { sold, held, blocked })| NightRow {
                room_type: room_type.clone(),
                night: *night,
                sold: *sold,
                held: *held,
                blocked: *blocked,
            })
            .collect()
    }

    /// Undoes steps, the last one first.
    pub fn take_back(&mut self, steps: Vec<Undo>) {
        for step in steps.into_iter().rev() {
            match step {
                Undo::Inserted(code) => {
                    let Some(reservation) = self.reservations.remove(&code) else { continue };
                    if let Some(hold) = reservation.hold {
                        self.holds.remove(&hold.0);
                    }
                    if let Some(source) = reservation.source {
                        self.sources.remove(&(reservation.hotel, source));
                    }
                }
                Undo::Updated(before) => {
                    self.reservations.insert(before.code, *before);
                }
                Undo::Counted(key, before) => put_back(&mut self.nights, key, before),
                Undo::Room(key, before) => put_back(&mut self.rooms, key, before),
                Undo::Block(key, before) => put_back(&mut self.blocks, key, before),
                Undo::RoomNight(key, before) => put_back(&mut self.room_nights, key, before),
                Undo::Granted(code, token_hash) => {
                    self.grants.remove(&(code, token_hash));
                }
                Undo::Posted(key) => drop(self.folios.remove(&key)),
                Undo::Remembered(hotel, key) => {
                    self.answers.remove(&(hotel, key));
                }
            }
        }
    }
}
