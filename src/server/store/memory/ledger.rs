//! One command's view of the books: it writes through, and keeps what it takes to undo it.

use std::sync::Arc;

use crate::domain::{
    Actor, CountChange, CountDelta, Date, Fact, HoldId, Hotel, HotelId, LoggedFact, NightCount, Reservation,
    ReservationCode, RoomType, SoldOut, State, Stay, Timestamp, availability,
};
use crate::server::store::ledger::{Ledger, LogEntry, Remembered, entry_of};
use crate::server::store::memory::books::{Books, NightKey, Taken, Undo};
use crate::server::store::{Guard, House, StoreError};

pub(super) struct MemoryLedger<'a> {
    pub(super) books: &'a mut Books,
    house: Arc<House>,
    guard: Guard,
    pub(super) undo: Vec<Undo>,
    /// What happened, not yet in the log.
    facts: Vec<(LoggedFact, LogEntry)>,
    /// The hotel as it is after the command, where its day has changed.
    pub(super) new_hotel: Option<Hotel>,
}

impl<'a> MemoryLedger<'a> {
    pub fn new(books: &'a mut Books, hotel: HotelId, guard: Guard) -> Option<Self> {
        let house = Arc::clone(books.catalog.house(hotel)?);
        Some(Self { books, house, guard, undo: Vec::new(), facts: Vec::new(), new_hotel: None })
    }

    /// Puts the facts into the log, and gives them back for the listener.
    pub fn commit(self) -> (Vec<LoggedFact>, Vec<LogEntry>) {
        let (facts, entries): (Vec<LoggedFact>, Vec<LogEntry>) = self.facts.into_iter().unzip();
        self.books.logs.entry(self.house.hotel.id).or_default().extend(entries.iter().cloned());
        if let Some(hotel) = self.new_hotel {
            self.books.catalog = Arc::new(self.books.catalog.with_hotel(hotel));
        }
        (facts, entries)
    }

    pub fn undo(self) {
        self.books.take_back(self.undo);
    }

    pub(super) fn hotel(&self) -> HotelId {
        self.house.hotel.id
    }

    /// A reservation of this hotel, not of any other.
    fn find(&self, code: ReservationCode) -> Option<Reservation> {
        self.books.reservations.get(&code).filter(|one| one.hotel == self.hotel()).cloned()
    }

    fn taken(&self, key: &NightKey) -> Taken {
        self.books.nights.get(key).copied().unwrap_or_default()
    }

    fn gone_nights(&self, room_type: &RoomType, stay: Stay) -> Result<(), SoldOut> {
        availability::gone_nights(stay.nights().map(|night| {
            let Taken { sold, held, blocked } = self.taken(&self.key(room_type, night));
            let RoomType { rooms, overbook, .. } = *room_type;
            (night, NightCount { rooms, overbook, sold, held, blocked })
        }))
    }

    fn key(&self, room_type: &RoomType, night: Date) -> NightKey {
        (self.hotel(), room_type.code.clone(), night)
    }
}

impl Ledger for MemoryLedger<'_> {
    fn house(&self) -> &House {
        &self.house
    }

    fn guard(&self) -> Guard {
        self.guard
    }

    fn reservation(&mut self, code: ReservationCode) -> Result<Option<Reservation>, StoreError> {
        Ok(self.find(code))
    }

    fn reservation_by_hold(&mut self, hold: &HoldId) -> Result<Option<Reservation>, StoreError> {
        Ok(self.books.holds.get(&hold.0).and_then(|code| self.find(*code)))
    }

    fn reservation_by_source(&mut self, source: &str) -> Result<Option<ReservationCode>, StoreError> {
        Ok(self.books.sources.get(&(self.hotel(), source.to_owned())).copied())
    }

    fn overdue_holds(&mut self, now: Timestamp) -> Result<Vec<Reservation>, StoreError> {
        let is_over = |one: &&Reservation| matches!(one.state(), State::Held { until } if until <= now);
        Ok(self.books.holds_by_end(self.hotel()).into_iter().filter(is_over).cloned().collect())
    }

    fn insert(&mut self, reservation: &Reservation) -> Result<bool, StoreError> {
        let code = reservation.code;
        if self.books.reservations.contains_key(&code) {
            return Ok(false);
        }
        if let Some(HoldId(hold)) = &reservation.hold {
            self.books.holds.insert(hold.clone(), code);
        }
        if let Some(source) = &reservation.source {
            self.books.sources.insert((reservation.hotel, source.clone()), code);
        }
        self.books.reservations.insert(code, reservation.clone());
        self.undo.push(Undo::Inserted(code));
        Ok(true)
    }

    fn update(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        let before =
            self.books.reservations.insert(reservation.code, reservation.clone()).ok_or_else(|| {
                StoreError::Corrupt(format!("there is no reservation {} to change", reservation.code))
            })?;
        self.undo.push(Undo::Updated(Box::new(before)));
        Ok(())
    }

    fn rewrite(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        self.update(reservation)
    }

    fn count(
        &mut self,
        room_type: &RoomType,
        stay: Stay,
        delta: CountDelta,
    ) -> Result<Result<(), SoldOut>, StoreError> {
        if delta.takes()
            && self.guard != Guard::Off
            && let Err(sold_out) = self.gone_nights(room_type, stay)
        {
            return Ok(Err(sold_out));
        }
        for night in stay.nights() {
            let key = self.key(room_type, night);
            let before = self.books.nights.get(&key).copied();
            let Taken { sold, held, blocked } = before.unwrap_or_default();
            let below_zero = || StoreError::Corrupt(format!("the counters of {} on {night} do not add up", key.1));
            let after = Taken {
                sold: sold.checked_add_signed(delta.sold).ok_or_else(below_zero)?,
                held: held.checked_add_signed(delta.held).ok_or_else(below_zero)?,
                blocked,
            };
            self.books.nights.insert(key.clone(), after);
            self.undo.push(Undo::Counted(key, before));
        }
        Ok(Ok(()))
    }

    fn next_seq(&self) -> u64 {
        let pending = u64::try_from(self.facts.len()).unwrap_or(u64::MAX);
        self.books.head(self.hotel()) + pending + 1
    }

    fn append(&mut self, at: Timestamp, actor: &Actor, fact: Fact, counts: Vec<CountChange>) -> Result<(), StoreError> {
        let seq = self.next_seq();
        let entry = entry_of(seq, &fact, &self.house.hotel.slug, at, actor)?;
        let logged = LoggedFact { hotel: self.hotel(), seq, at, actor: actor.clone(), fact, counts };
        self.facts.push((logged, entry));
        Ok(())
    }

    fn remembered(&mut self, key: &str) -> Result<Option<Remembered>, StoreError> {
        Ok(self.books.answers.get(&(self.hotel(), key.to_owned())).map(|(answer, _)| answer.clone()))
    }

    fn remember(&mut self, key: &str, answer: &Remembered, now: Timestamp) -> Result<(), StoreError> {
        let hotel = self.hotel();
        self.books.answers.insert((hotel, key.to_owned()), (answer.clone(), now));
        self.undo.push(Undo::Remembered(hotel, key.to_owned()));
        Ok(())
    }

    fn grant(&mut self, code: ReservationCode, token_hash: [u8; 32]) -> Result<(), StoreError> {
        if self.books.grants.insert((code, token_hash)) {
            self.undo.push(Undo::Granted(code, token_hash));
        }
        Ok(())
    }
}
