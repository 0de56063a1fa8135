//! The store in memory: the model that the others are compared with. Plain maps under one lock, gone with the process.
//!
//! `books` holds what is kept and how a failed command is undone, `ledger` is one command's view of it, `directory`
//! changes hotels, staff and sessions.

mod books;
mod directory;
mod folio_ledger;
mod ledger;
mod room_ledger;

use core::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::{Actor, Amendment, Date, FolioEntry, HotelId, Reservation, ReservationCode, Timestamp};
use crate::server::store::memory::books::Books;
use crate::server::store::memory::ledger::MemoryLedger;
use crate::server::store::sought::{Sought, plain};
use crate::server::store::{
    Answer, Catalog, Command, CommandError, CommitListener, DirectoryChange, Guard, HotelRooms, LogEntry, LogFilter,
    Move, NightRow, Opening, Outlook, Reply, ReservationFilter, RoomChange, Session, Staff, Store, StoreError,
    StoreMetrics, commands,
};

pub struct MemoryStore {
    epoch: String,
    guard: Guard,
    listener: Arc<dyn CommitListener>,
    books: Mutex<Books>,
    metrics: StoreMetrics,
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MemoryStore").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl MemoryStore {
    pub fn new(epoch: impl Into<String>, guard: Guard, listener: Arc<dyn CommitListener>) -> Arc<Self> {
        Arc::new(Self {
            epoch: epoch.into(),
            guard,
            listener,
            books: Mutex::default(),
            metrics: StoreMetrics::default(),
        })
    }

    /// The books are whole even where a thread has panicked over them: a command that does not end is not committed.
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry_out(&self, hotel: HotelId, command: &Command) -> Result<Reply, CommandError> {
        let mut books = self.books();
        books.open()?;
        let mut ledger = MemoryLedger::new(&mut books, hotel, self.guard).ok_or(CommandError::HotelNotFound)?;
        match commands::carry_out(&mut ledger, command) {
            Ok(reply) => {
                let before = Arc::clone(&ledger.books.catalog);
                let (facts, entries) = ledger.commit();
                if !Arc::ptr_eq(&before, &books.catalog) {
                    self.listener.catalog_changed(&books.catalog);
                }
                // Under the lock, so that the listener hears of each hotel's facts in their order.
                if !facts.is_empty() {
                    self.listener.committed(&facts, entries);
                }
                Ok(reply)
            }
            Err(error) => {
                ledger.undo();
                Err(error)
            }
        }
    }

    fn read<'a, T: 'a>(
        &'a self,
        read: impl FnOnce(&Books) -> Result<T, StoreError> + Send + 'a,
    ) -> Answer<'a, Result<T, StoreError>> {
        Box::pin(async move {
            let books = self.books();
            books.open()?;
            read(&books)
        })
    }
}

impl Store for MemoryStore {
    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.books().catalog)
    }

    fn execute(&self, hotel: HotelId, command: Command) -> Answer<'_, Result<Reply, CommandError>> {
        Box::pin(async move { self.carry_out(hotel, &command) })
    }

    fn change_directory(&self, change: DirectoryChange) -> Answer<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let mut books = self.books();
            books.open()?;
            let before = Arc::clone(&books.catalog);
            books.change(change)?;
            if !Arc::ptr_eq(&before, &books.catalog) {
                self.listener.catalog_changed(&books.catalog);
            }
            Ok(())
        })
    }

    fn reservation(&self, code: ReservationCode) -> Answer<'_, Result<Option<Reservation>, StoreError>> {
        self.read(move |books| Ok(books.reservations.get(&code).cloned()))
    }

    fn reservation_by_hold(&self, hold: String) -> Answer<'_, Result<Option<Reservation>, StoreError>> {
        self.read(move |books| Ok(books.holds.get(&hold).and_then(|code| books.reservations.get(code)).cloned()))
    }

    fn reservations(
        &self,
        hotel: HotelId,
        filter: ReservationFilter,
    ) -> Answer<'_, Result<Vec<Reservation>, StoreError>> {
        self.read(move |books| Ok(listed(books, hotel, &filter)))
    }

    fn granted_at(
        &self,
        code: ReservationCode,
        token_hash: [u8; 32],
    ) -> Answer<'_, Result<Option<HotelId>, StoreError>> {
        self.read(move |books| {
            let reservation = books.reservations.get(&code).filter(|_| books.grants.contains(&(code, token_hash)));
            Ok(reservation.map(|reservation| reservation.hotel))
        })
    }

    fn log(&self, hotel: HotelId, after: u64, upto: u64, limit: u32) -> Answer<'_, Result<Vec<LogEntry>, StoreError>> {
        self.read(move |books| {
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            let asked = |entry: &&LogEntry| entry.seq > after && entry.seq <= upto;
            Ok(books.log(hotel).iter().filter(asked).take(limit).cloned().collect())
        })
    }

    fn audit(&self, hotel: HotelId, filter: LogFilter) -> Answer<'_, Result<Vec<LogEntry>, StoreError>> {
        self.read(move |books| {
            let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
            let asked = |entry: &&LogEntry| {
                filter.before.is_none_or(|before| entry.seq < before)
                    && filter.code.is_none_or(|code| entry.code == Some(code))
                    && filter.by.as_ref().is_none_or(|by| entry.by == *by)
                    && filter.from.is_none_or(|from| entry.at >= from)
                    && filter.to.is_none_or(|to| entry.at < to)
                    && filter.of.is_none_or(|part| part.has(entry))
            };
            Ok(books.log(hotel).iter().rev().filter(asked).take(limit).cloned().collect())
        })
    }

    fn folio(&self, code: ReservationCode) -> Answer<'_, Result<Vec<FolioEntry>, StoreError>> {
        self.read(move |books| Ok(books.folio(code)))
    }

    fn nights(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<(u64, Vec<NightRow>), StoreError>> {
        self.read(move |books| Ok((books.head(hotel), books.nights_from(hotel, from))))
    }

    fn holds(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Reservation>, StoreError>> {
        self.read(move |books| Ok(books.holds_by_end(hotel).into_iter().cloned().collect()))
    }

    fn openings(&self, from: Vec<(HotelId, Date)>) -> Answer<'_, Result<Vec<Opening>, StoreError>> {
        self.read(move |books| {
            let opening = |(hotel, from): (HotelId, Date)| Opening {
                hotel,
                head: books.head(hotel),
                nights: books.nights_from(hotel, from),
                holds: books.holds_by_end(hotel).into_iter().cloned().collect(),
            };
            Ok(from.into_iter().map(opening).collect())
        })
    }

    fn rooms(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<HotelRooms, StoreError>> {
        self.read(move |books| Ok(books.hotel_rooms(hotel, from)))
    }

    fn outlook(
        &self,
        hotel: HotelId,
        (at, by): (Timestamp, Actor),
        code: ReservationCode,
        amendment: Amendment,
    ) -> Answer<'_, Result<Outlook, CommandError>> {
        Box::pin(async move {
            let mut books = self.books();
            books.open()?;
            let mut ledger = MemoryLedger::new(&mut books, hotel, self.guard).ok_or(CommandError::HotelNotFound)?;
            commands::outlook(&mut ledger, at, &by, code, &amendment)
        })
    }

    fn room_outlook(
        &self,
        hotel: HotelId,
        (at, by): (Timestamp, Actor),
        change: RoomChange,
    ) -> Answer<'_, Result<Vec<Move>, CommandError>> {
        Box::pin(async move {
            let mut books = self.books();
            books.open()?;
            let mut ledger = MemoryLedger::new(&mut books, hotel, self.guard).ok_or(CommandError::HotelNotFound)?;
            commands::room_outlook(&mut ledger, at, &by, &change)
        })
    }

    fn staff(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Staff>, StoreError>> {
        self.read(move |books| {
            let mut staff: Vec<Staff> = books.staff.iter().filter(|staff| staff.hotel == hotel).cloned().collect();
            staff.sort_by(|one, other| one.email.cmp(&other.email));
            Ok(staff)
        })
    }

    fn staff_by_email(&self, email: String) -> Answer<'_, Result<Option<Staff>, StoreError>> {
        self.read(move |books| Ok(books.staff_by_email(&email).cloned()))
    }

    fn session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Answer<'_, Result<Option<(Session, Staff)>, StoreError>> {
        self.read(move |books| Ok(books.session(&token_hash, now)))
    }

    fn metrics(&self) -> &StoreMetrics {
        &self.metrics
    }

    fn queue_depth(&self) -> usize {
        0
    }

    fn is_ready(&self) -> Answer<'_, bool> {
        Box::pin(async move { self.books().open().is_ok() })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move { self.books().is_closed = true })
    }
}

fn listed(books: &Books, hotel: HotelId, filter: &ReservationFilter) -> Vec<Reservation> {
    let mut found: Vec<&Reservation> = books.of_hotel(hotel).filter(|one| matches(filter, one)).collect();
    found.sort_by_key(|one| (one.stay.arrival(), one.code));
    let limit = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    found.into_iter().take(limit).cloned().collect()
}

fn matches(filter: &ReservationFilter, reservation: &Reservation) -> bool {
    filter.status.is_none_or(|status| reservation.state().status() == status)
        && filter.from.is_none_or(|from| reservation.stay.departure() > from)
        && filter.to.is_none_or(|to| reservation.stay.arrival() < to)
        && filter.text.as_deref().is_none_or(|text| mentions(reservation, text))
}

fn mentions(reservation: &Reservation, text: &str) -> bool {
    let sought = Sought::new(text);
    let contains = |field: &str, part: &str| field.to_ascii_lowercase().contains(&part.to_ascii_lowercase());
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let code = reservation.code.to_string().replace('-', "");
    let mut rooms = reservation.room.iter().chain(reservation.later_rooms.iter().map(|later| &later.room));
    let is_room = rooms.any(|room| sought.room.as_deref() == Some(room.as_str()));
    is_room
        || sought.code.as_deref().is_some_and(|begin| code.starts_with(begin))
        || reservation.guest.as_ref().is_some_and(|guest| {
            let is_email = guest.email.as_ref().is_some_and(|email| contains(email.as_str(), &sought.text));
            let is_phone = guest.phone.as_ref().is_some_and(|phone| {
                let is_part = |part: &String| digits(phone.as_str()).contains(part);
                contains(phone.as_str(), &sought.text) || sought.digits.as_ref().is_some_and(is_part)
            });
            let name = plain(guest.name.as_str());
            is_email || is_phone || sought.words.iter().all(|word| name.contains(word))
        })
}
