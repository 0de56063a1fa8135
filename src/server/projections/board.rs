//! The nights of one hotel as they are counted: for each room type a row of cells, and the holds that may lapse.
//! Pure bookkeeping; who may read and write at once is the business of `availability`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::{
    CountChange, Date, Fact, LoggedFact, NightCount, Reservation, ReservationCode, RoomType, RoomTypeCode, State, Stay,
    Timestamp,
};
use crate::server::store::{House, NightRow};

/// A change of price or rooms is told for so many nights ahead.
const CATALOG_HORIZON_DAYS: usize = 400;

/// One night of one room type.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    sold: u16,
    held: u16,
    blocked: u16,
    /// The sequence number that last changed what is left, or what it costs.
    changed: u64,
}

/// The cells of a room type, one a day from the board's first day on.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// The highest `changed` among them.
    changed: u64,
}

#[derive(Debug)]
struct Hold {
    room_type: RoomTypeCode,
    stay: Stay,
}

#[derive(Debug)]
pub(super) struct Board {
    house: Arc<House>,
    seq: u64,
    first: Date,
    rows: HashMap<RoomTypeCode, Row>,
    holds: BTreeMap<(Timestamp, ReservationCode), Hold>,
    ends: HashMap<ReservationCode, Timestamp>,
}

impl Board {
    /// The board as of number `seq`; what was counted before it may have changed at any time, so it counts as changed
    /// there.
    pub(super) fn new(house: Arc<House>, first: Date, seq: u64, nights: &[NightRow], holds: &[Reservation]) -> Self {
        let mut board = Self { house, seq, first, rows: HashMap::new(), holds: BTreeMap::new(), ends: HashMap::new() };
        for night in nights {
            board.change(&night.room_type, night.night, seq, |cell| {
                (cell.sold, cell.held, cell.blocked) = (night.sold, night.held, night.blocked);
            });
        }
        for hold in holds {
            board.follow(hold);
        }
        board
    }

    pub(super) fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// The number of the last fact taken in.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    pub(super) fn take_in(&mut self, fact: &LoggedFact) {
        if fact.seq <= self.seq {
            return;
        }
        self.seq = fact.seq;
        if let Fact::Reservation { reservation, .. } = &fact.fact {
            self.follow(reservation);
        }
        for CountChange { room_type, stay, delta } in &fact.counts {
            let is_seen = delta.sold + delta.held + delta.blocked != 0;
            for night in stay.nights() {
                let changed = if is_seen { fact.seq } else { 0 };
                self.change(room_type, night, changed, |cell| {
                    cell.sold = cell.sold.saturating_add_signed(delta.sold);
                    cell.held = cell.held.saturating_add_signed(delta.held);
                    cell.blocked = cell.blocked.saturating_add_signed(delta.blocked);
                });
            }
        }
    }

    /// Takes new prices or rooms. It is no fact, so cells that differ count as changed by the next one.
    pub(super) fn refurnish(&mut self, house: Arc<House>) {
        let old = std::mem::replace(&mut self.house, Arc::clone(&house));
        for room_type in &house.room_types {
            let before = old.room_type(&room_type.code);
            for offset in 0..CATALOG_HORIZON_DAYS {
                let night = self.first.add_days(i32::try_from(offset).unwrap_or(i32::MAX));
                let offered =
                    |room_type: &RoomType| (room_type.rooms, room_type.overbook, room_type.prices.night(night));
                if before.map(offered) != Some(offered(room_type)) {
                    self.change(&room_type.code, night, self.seq + 1, |_| {});
                }
            }
        }
    }

    /// The holds that are over at `now` and still stand in the counters.
    pub(super) fn lapsed(&self, now: Timestamp) -> Vec<(&RoomTypeCode, Stay)> {
        let over = self.holds.iter().take_while(|((until, _), _)| *until <= now);
        over.map(|(_, hold)| (&hold.room_type, hold.stay)).collect()
    }

    /// Whether a hold is over at `now` and still stands in the counters.
    pub(super) fn has_lapsed(&self, now: Timestamp) -> bool {
        self.holds.first_key_value().is_some_and(|((until, _), _)| *until <= now)
    }

    /// The counters of a room type, night by night, a lapsed hold not counted.
    pub(super) fn counts<'a>(
        &'a self,
        room_type: &'a RoomType,
        lapsed: &'a [(&RoomTypeCode, Stay)],
    ) -> impl Fn(Date) -> NightCount {
        let cells = self.rows.get(&room_type.code).map_or(&[][..], |row| &row.cells);
        let is_over = lapsed.iter().any(|(code, _)| **code == room_type.code);
        move |night| {
            let place = usize::try_from(self.first.days_until(night)).ok();
            let cell = place.and_then(|place| cells.get(place)).copied().unwrap_or_default();
            let over = |(code, stay): &&(&RoomTypeCode, Stay)| **code == room_type.code && stay.contains_night(night);
            let over = if is_over { lapsed.iter().filter(over).count() } else { 0 };
            NightCount {
                rooms: room_type.rooms,
                overbook: room_type.overbook,
                sold: cell.sold,
                held: cell.held.saturating_sub(u16::try_from(over).unwrap_or(u16::MAX)),
                blocked: cell.blocked,
            }
        }
    }

    /// The nights of a room type from `from` on that changed after number `after`.
    pub(super) fn changed_since(&self, code: &RoomTypeCode, after: u64, from: Date) -> impl Iterator<Item = Date> {
        let row = self.rows.get(code).filter(|row| row.changed > after);
        let skip = usize::try_from(self.first.days_until(from)).unwrap_or(0);
        let cells = row.map_or(&[][..], |row| &row.cells).iter().enumerate().skip(skip);
        cells.filter(move |(_, cell)| cell.changed > after).map(|(offset, _)| {
            let offset = i32::try_from(offset).unwrap_or(i32::MAX);
            self.first.add_days(offset)
        })
    }

    /// Changes a cell; nights before the first are nobody's concern any more.
    fn change(&mut self, code: &RoomTypeCode, night: Date, changed: u64, change: impl FnOnce(&mut Cell)) {
        let Ok(place) = usize::try_from(self.first.days_until(night)) else { return };
        if !self.rows.contains_key(code) {
            self.rows.insert(code.clone(), Row::default());
        }
        let Some(row) = self.rows.get_mut(code) else { return };
        if row.cells.len() <= place {
            row.cells.resize(place + 1, Cell::default());
        }
        let cell = &mut row.cells[place];
        change(cell);
        cell.changed = cell.changed.max(changed);
        row.changed = row.changed.max(changed);
    }

    fn follow(&mut self, reservation: &Reservation) {
        if let Some(until) = self.ends.remove(&reservation.code) {
            self.holds.remove(&(until, reservation.code));
        }
        if let State::Held { until } = reservation.state() {
            let hold = Hold { room_type: reservation.room_type.clone(), stay: reservation.stay };
            self.holds.insert((until, reservation.code), hold);
            self.ends.insert(reservation.code, until);
        }
    }
}
