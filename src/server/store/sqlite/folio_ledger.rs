//! Folios and the hotel's day in SQLite.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    CancellationPolicy, EntryKind, FolioEntry, FolioEntryId, FolioError, Hotel, HotelDay, Money, PaymentMethod,
    Reservation, ReservationCode,
};
use crate::server::store::day::DayLedger;
use crate::server::store::folio::FolioLedger;
use crate::server::store::sqlite::ledger::SqliteLedger;
use crate::server::store::sqlite::rows::{self, Columns};
use crate::server::store::{Catalog, ReservationFilter, StoreError};

const COLUMNS: &str = "hotel_id, code, id, at, actor, business_date, kind, method, text, amount_minor, reverses";

/// Reads a row of [`COLUMNS`], in their order.
fn read_entry(row: &Row<'_>, catalog: &Catalog) -> rusqlite::Result<(ReservationCode, FolioEntry)> {
    let mut columns = Columns::of(row);
    let hotel = catalog.house(crate::domain::HotelId(columns.take()?)).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let (code, id) = (columns.parsed()?, FolioEntryId(columns.seq()?));
    let (at, by, business_date) = (columns.instant()?, columns.take()?, columns.parsed()?);
    let (kind, method): (String, Option<PaymentMethod>) = (columns.take()?, columns.parsed_if_some()?);
    let kind = match (kind.as_str(), method) {
        ("charge", None) => EntryKind::Charge,
        ("payment", Some(method)) => EntryKind::Payment(method),
        _ => return Err(rusqlite::Error::FromSqlConversionFailure(6, Type::Text, Box::new(FolioError::Kind))),
    };
    let (text, minor): (_, i64) = (columns.parsed()?, columns.take()?);
    let reverses = columns.take::<Option<i64>>()?.map(|id| FolioEntryId(id.cast_unsigned()));
    let amount = Money::new(minor, hotel.hotel.currency);
    Ok((code, FolioEntry { id, at, by, business_date, kind, text, amount, reverses }))
}

pub(super) fn folio(
    connection: &Connection,
    catalog: &Catalog,
    code: ReservationCode,
) -> Result<Vec<FolioEntry>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM folio_entries WHERE code = ?1 ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let entries = statement.query_map([code.to_string()], |row| read_entry(row, catalog))?;
    Ok(entries.map(|read| read.map(|(_, entry)| entry)).collect::<rusqlite::Result<_>>()?)
}

impl FolioLedger for SqliteLedger<'_> {
    fn folio(&mut self, code: ReservationCode) -> Result<Vec<FolioEntry>, StoreError> {
        folio(self.connection, self.catalog, code)
    }

    fn folio_by_key(&mut self, key: &str) -> Result<Option<(ReservationCode, FolioEntry)>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM folio_entries WHERE hotel_id = ?1 AND key = ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row(params![self.house.hotel.id.0, key], |row| read_entry(row, self.catalog));
        Ok(found.optional()?)
    }

    fn add_to_folio(&mut self, code: ReservationCode, entry: &FolioEntry, key: Option<&str>) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO folio_entries ({COLUMNS}, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        );
        self.connection.prepare_cached(&sql)?.execute(params![
            self.house.hotel.id.0,
            code.to_string(),
            entry.id.0.cast_signed(),
            entry.at.unix_ms(),
            entry.by,
            entry.business_date.to_string(),
            entry.kind.as_str(),
            entry.kind.method().map(PaymentMethod::as_str),
            entry.text.as_str(),
            entry.amount.minor,
            entry.reverses.map(|id| id.0.cast_signed()),
            key,
        ])?;
        Ok(())
    }
}

impl DayLedger for SqliteLedger<'_> {
    fn listed(&mut self, filter: &ReservationFilter) -> Result<Vec<Reservation>, StoreError> {
        rows::reservations(self.connection, self.catalog, self.house.hotel.id, filter)
    }

    fn set_day(&mut self, day: HotelDay) -> Result<(), StoreError> {
        let sql = "UPDATE hotels SET day_rule = ?2, business_date = ?3 WHERE id = ?1";
        let date = day.date.map(|date| date.to_string());
        self.connection.prepare_cached(sql)?.execute(params![self.house.hotel.id.0, day.rule.to_string(), date])?;
        self.new_hotel = Some(Hotel { day, ..self.house.hotel.clone() });
        Ok(())
    }

    fn set_terms(&mut self, hotel: Hotel) -> Result<(), StoreError> {
        let sql = "UPDATE hotels SET check_in_from = ?2, check_out_until = ?3, cancel_free_hours = ?4, \
             cancel_fee_nights = ?5, no_show_fee_nights = ?6, terms_version = ?7 WHERE id = ?1";
        let CancellationPolicy { free_hours, fee_nights, no_show_nights } = hotel.cancellation;
        self.connection.prepare_cached(sql)?.execute(params![
            hotel.id.0,
            hotel.check_in_from.to_string(),
            hotel.check_out_until.to_string(),
            free_hours,
            fee_nights,
            no_show_nights,
            hotel.terms_version,
        ])?;
        self.new_hotel = Some(hotel);
        Ok(())
    }
}
