//! What is left, night by night, for each hotel: read by every page and search, told by the public stream.
//! It takes committed facts in before the hub publishes them, so nothing that is streamed is newer than what is read.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use bytes::Bytes;

use crate::domain::{Date, HotelId, LoggedFact, NightCount, Reservation, RoomType, RoomTypeCode, Stay, Timestamp};
use crate::server::clock::{Clock, today};
use crate::server::hub::AvailabilitySource;
use crate::server::projections::board::Board;
use crate::server::store::{House, NightRow};
use crate::wire::availability::{AvailabilityEvent, AvailabilityView, Cell, LEFT_CAP, NightLeft, RoomTypeNights};

/// The boards of all hotels.
#[derive(Debug, Default)]
pub struct Availability {
    hotels: RwLock<HashMap<HotelId, Arc<HotelAvailability>>>,
}

/// The board of one hotel.
pub struct HotelAvailability {
    epoch: Arc<str>,
    clock: Arc<dyn Clock>,
    board: RwLock<Board>,
}

/// One consistent look at a board: everything read through it is as of the same number.
#[derive(Debug)]
pub struct Look<'a> {
    board: &'a Board,
    lapsed: Vec<(&'a RoomTypeCode, Stay)>,
    today: Date,
}

impl Availability {
    pub fn hotel(&self, hotel: HotelId) -> Option<Arc<HotelAvailability>> {
        self.hotels.read().unwrap_or_else(PoisonError::into_inner).get(&hotel).cloned()
    }

    pub(in crate::server) fn add(&self, hotel: HotelId, availability: &Arc<HotelAvailability>) {
        let mut hotels = self.hotels.write().unwrap_or_else(PoisonError::into_inner);
        hotels.insert(hotel, Arc::clone(availability));
    }
}

impl HotelAvailability {
    /// A board as of number `seq`, from the nights and holds the store has counted.
    pub fn new(
        epoch: Arc<str>,
        clock: Arc<dyn Clock>,
        house: Arc<House>,
        seq: u64,
        nights: &[NightRow],
        holds: &[Reservation],
    ) -> Self {
        let first = first_day(&house, clock.now());
        Self { epoch, clock, board: RwLock::new(Board::new(house, first, seq, nights, holds)) }
    }

    /// Takes in committed facts of this hotel, in order.
    pub fn take_in<'a>(&self, facts: impl IntoIterator<Item = &'a LoggedFact>) {
        let mut board = self.write();
        facts.into_iter().for_each(|fact| board.take_in(fact));
    }

    /// Takes new prices and rooms; whether anything is different.
    pub fn refurnish(&self, house: &Arc<House>) -> bool {
        let is_known = Arc::ptr_eq(self.read().house(), house) || self.read().house().room_types == house.room_types;
        if !is_known {
            self.write().refurnish(Arc::clone(house));
        }
        !is_known
    }

    /// Reads at one moment. Keep `read` short: the writer waits for it.
    pub fn look<T>(&self, read: impl FnOnce(&Look<'_>) -> T) -> T {
        let now = self.clock.now();
        let board = self.read();
        let today = today(now, &board.house().hotel.time_zone);
        read(&Look { lapsed: board.lapsed(now), board: &board, today })
    }

    /// Every room type's nights in `[from, to)`.
    pub fn view(&self, from: Date, to: Date) -> AvailabilityView {
        self.look(|look| AvailabilityView {
            as_of: self.as_of(look),
            room_types: look
                .room_types()
                .map(|room_type| {
                    let left = look.left_to_tell(room_type);
                    let night = |date| NightLeft { date, left: left(date), price: room_type.prices.night(date) };
                    let nights = (0..from.days_until(to)).map(|day| night(from.add_days(day))).collect();
                    RoomTypeNights { code: room_type.code.clone(), nights }
                })
                .collect(),
        })
    }

    /// `EPOCH-SEQ` of this look: where a stream of this hotel goes on from here.
    pub fn as_of(&self, look: &Look<'_>) -> String {
        format!("{}-{}", self.epoch, look.board.seq())
    }

    /// Whether a hold is over and still stands in the counters.
    pub fn has_lapsed_holds(&self) -> bool {
        self.read().has_lapsed(self.clock.now())
    }

    fn read(&self) -> RwLockReadGuard<'_, Board> {
        self.board.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Board> {
        self.board.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Look<'_> {
    pub fn today(&self) -> Date {
        self.today
    }

    pub fn room_types(&self) -> impl Iterator<Item = &RoomType> {
        self.board.house().room_types.iter()
    }

    /// The counters of a room type, night by night.
    pub fn counts<'a>(&'a self, room_type: &'a RoomType) -> impl Fn(Date) -> NightCount {
        self.board.counts(room_type, &self.lapsed)
    }

    /// What anybody may know is left of a room type's nights: 0 to [`LEFT_CAP`]. A night that is over cannot be had.
    pub fn left_to_tell<'a>(&'a self, room_type: &'a RoomType) -> impl Fn(Date) -> u16 {
        let count = self.counts(room_type);
        move |night| if night < self.today { 0 } else { count(night).left().min(LEFT_CAP) }
    }
}

/// A night that was offered to a listener who was away, and is over by now, is told: none of it is left.
const PAST_NIGHTS_TOLD: i32 = 7;

impl AvailabilitySource for HotelAvailability {
    fn head(&self) -> u64 {
        self.read().seq()
    }

    fn frame_since(&self, after: u64) -> Option<(u64, Bytes)> {
        self.look(|look| {
            let mut cells = Vec::new();
            for room_type in look.room_types() {
                let left = look.left_to_tell(room_type);
                for date in look.board.changed_since(&room_type.code, after, look.today.add_days(-PAST_NIGHTS_TOLD)) {
                    let (left, price) = (left(date), room_type.prices.night(date));
                    cells.push(Cell { room_type: room_type.code.clone(), date, left, price });
                }
            }
            let seq = look.board.seq();
            if cells.is_empty() {
                return None;
            }
            let json = serde_json::to_vec(&AvailabilityEvent { seq, cells }).ok()?;
            Some((seq, Bytes::from(json)))
        })
    }
}

impl fmt::Debug for HotelAvailability {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HotelAvailability").field("board", &self.board).finish_non_exhaustive()
    }
}

/// The day before the hotel's today, so that a clock that is set back a little finds its nights.
pub fn first_day(house: &House, now: Timestamp) -> Date {
    today(now, &house.hotel.time_zone).add_days(-1)
}

#[cfg(test)]
#[path = "availability/tests.rs"]
mod tests;
