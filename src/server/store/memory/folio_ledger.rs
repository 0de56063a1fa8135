//! Folios and the hotel's day in memory.

use crate::domain::{FolioEntry, Hotel, HotelDay, Reservation, ReservationCode};
use crate::server::store::day::DayLedger;
use crate::server::store::folio::FolioLedger;
use crate::server::store::ledger::Ledger as _;
use crate::server::store::memory::books::{Posted, Undo};
use crate::server::store::memory::ledger::MemoryLedger;
use crate::server::store::memory::listed;
use crate::server::store::{ReservationFilter, StoreError};

impl FolioLedger for MemoryLedger<'_> {
    fn folio(&mut self, code: ReservationCode) -> Result<Vec<FolioEntry>, StoreError> {
        Ok(self.books.folio(code))
    }

    fn folio_by_key(&mut self, key: &str) -> Result<Option<(ReservationCode, FolioEntry)>, StoreError> {
        let hotel = self.hotel();
        let mut posted = self.books.folios.iter().filter(|((of, _), _)| *of == hotel);
        let found = posted.find(|(_, posted)| posted.key.as_deref() == Some(key));
        Ok(found.map(|(_, Posted { code, entry, .. })| (*code, entry.clone())))
    }

    fn add_to_folio(&mut self, code: ReservationCode, entry: &FolioEntry, key: Option<&str>) -> Result<(), StoreError> {
        let place = (self.hotel(), entry.id);
        self.books.folios.insert(place, Posted { code, entry: entry.clone(), key: key.map(str::to_owned) });
        self.undo.push(Undo::Posted(place));
        Ok(())
    }
}

impl DayLedger for MemoryLedger<'_> {
    fn listed(&mut self, filter: &ReservationFilter) -> Result<Vec<Reservation>, StoreError> {
        Ok(listed(self.books, self.hotel(), filter))
    }

    fn set_day(&mut self, day: HotelDay) -> Result<(), StoreError> {
        self.new_hotel = Some(Hotel { day, ..self.house().hotel.clone() });
        Ok(())
    }

    fn set_terms(&mut self, hotel: Hotel) -> Result<(), StoreError> {
        self.new_hotel = Some(hotel);
        Ok(())
    }
}
