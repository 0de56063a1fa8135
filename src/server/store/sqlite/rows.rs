//! Rows and what they mean.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::domain::{
    Date, Draft, Guest, HoldId, HotelId, Money, Party, PartyError, Reservation, ReservationCode, State, Status, Stay,
    Timestamp,
};
use crate::server::store::{Catalog, LogEntry, NightRow, ReservationFilter, StoreError};

pub(super) const RESERVATION_COLUMNS: &str = "hotel_id, code, hold, status, held_until, room_type, rate_plan, arrival, \
     departure, adults, children, guest_name, guest_email, guest_phone, note, nightly, total_minor, created_at, source, \
     last_nudge_at, version, last_seq";

/// Reads a column whose text or number is a value of the domain.
pub(super) fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error: T::Err| corrupt(column, error))
}

fn parsed_if_some<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|error: T::Err| corrupt(column, error))).transpose()
}

fn corrupt(column: &str, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    tracing::error!(column, %error, "a row holds what it should not");
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}

pub(super) fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<[u8; 32]> {
    row.get(column)
}

/// A sequence number; SQLite's integers are signed, the log's numbers never are.
pub(super) fn seq(row: &Row<'_>, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

fn instant(row: &Row<'_>, column: &str) -> rusqlite::Result<Timestamp> {
    row.get(column).map(Timestamp::from_unix_ms)
}

fn instant_if_some(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column).map(|ms| ms.map(Timestamp::from_unix_ms))
}

/// Reads a row of [`RESERVATION_COLUMNS`].
pub(super) fn read_reservation(row: &Row<'_>, catalog: &Catalog) -> rusqlite::Result<Reservation> {
    let hotel = HotelId(row.get("hotel_id")?);
    let house = catalog.house(hotel).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let currency = house.hotel.currency;
    let stay =
        Stay::new(parsed(row, "arrival")?, parsed(row, "departure")?).map_err(|error| corrupt("departure", error))?;
    let nightly: Vec<i64> =
        serde_json::from_str(&row.get::<_, String>("nightly")?).map_err(|error| corrupt("nightly", error))?;
    let state = match parsed(row, "status")? {
        Status::Held => State::Held { until: instant(row, "held_until")? },
        Status::Confirmed => State::Confirmed,
        Status::InHouse => State::InHouse,
        Status::CheckedOut => State::CheckedOut,
        Status::Cancelled => State::Cancelled,
        Status::NoShow => State::NoShow,
        Status::Lapsed => State::Lapsed,
    };
    let draft = Draft {
        hotel,
        code: parsed(row, "code")?,
        hold: row.get::<_, Option<String>>("hold")?.map(HoldId),
        room_type: parsed(row, "room_type")?,
        rate_plan: row.get("rate_plan")?,
        stay,
        party: Party::recorded(row.get("adults")?, row.get("children")?)
            .ok_or_else(|| corrupt("adults", PartyError::Adults))?,
        nightly: stay.nights().zip(nightly.into_iter().map(|minor| Money::new(minor, currency))).collect(),
        total: Money::new(row.get("total_minor")?, currency),
    };
    let mut reservation = Reservation::with_state(draft, state, instant(row, "created_at")?);
    if let Some(name) = parsed_if_some(row, "guest_name")? {
        reservation.guest = Some(Guest {
            name,
            email: parsed_if_some(row, "guest_email")?,
            phone: parsed_if_some(row, "guest_phone")?,
        });
    }
    reservation.note = parsed(row, "note")?;
    reservation.source = row.get("source")?;
    reservation.last_nudge_at = instant_if_some(row, "last_nudge_at")?;
    reservation.version = row.get("version")?;
    reservation.last_seq = seq(row, "last_seq")?;
    Ok(reservation)
}

fn one(
    connection: &Connection,
    catalog: &Catalog,
    condition: &str,
    parameters: impl Params,
) -> Result<Option<Reservation>, StoreError> {
    let sql = format!("SELECT {RESERVATION_COLUMNS} FROM reservations WHERE {condition}");
    Ok(connection.prepare_cached(&sql)?.query_row(parameters, |row| read_reservation(row, catalog)).optional()?)
}

fn many(
    connection: &Connection,
    catalog: &Catalog,
    condition: &str,
    parameters: impl Params,
) -> Result<Vec<Reservation>, StoreError> {
    let sql = format!("SELECT {RESERVATION_COLUMNS} FROM reservations WHERE {condition}");
    let mut statement = connection.prepare_cached(&sql)?;
    let found =
        statement.query_map(parameters, |row| read_reservation(row, catalog))?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

pub(super) fn reservation(
    connection: &Connection,
    catalog: &Catalog,
    code: ReservationCode,
) -> Result<Option<Reservation>, StoreError> {
    one(connection, catalog, "code = ?1", [code.to_string()])
}

pub(super) fn reservation_by_hold(
    connection: &Connection,
    catalog: &Catalog,
    hold: &str,
) -> Result<Option<Reservation>, StoreError> {
    one(connection, catalog, "hold = ?1", [hold])
}

pub(super) fn overdue_holds(
    connection: &Connection,
    catalog: &Catalog,
    hotel: HotelId,
    now: Timestamp,
) -> Result<Vec<Reservation>, StoreError> {
    let condition = "hotel_id = ?1 AND status = 'held' AND held_until <= ?2 ORDER BY held_until, id LIMIT 500";
    many(connection, catalog, condition, params![hotel.0, now.unix_ms()])
}

pub(super) fn holds(
    connection: &Connection,
    catalog: &Catalog,
    hotel: HotelId,
) -> Result<Vec<Reservation>, StoreError> {
    many(connection, catalog, "hotel_id = ?1 AND status = 'held' ORDER BY held_until, id", [hotel.0])
}

pub(super) fn reservations(
    connection: &Connection,
    catalog: &Catalog,
    hotel: HotelId,
    filter: &ReservationFilter,
) -> Result<Vec<Reservation>, StoreError> {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let condition = "hotel_id = ?1 \
         AND (?2 IS NULL OR status = ?2) \
         AND (?3 IS NULL OR departure > ?3) \
         AND (?4 IS NULL OR arrival < ?4) \
         AND (?5 IS NULL OR guest_name LIKE ?5 ESCAPE '\\' OR guest_email LIKE ?5 ESCAPE '\\' \
              OR guest_phone LIKE ?5 ESCAPE '\\' OR code = ?6) \
         ORDER BY arrival, id LIMIT ?7";
    let like = filter.text.as_ref().map(|text| {
        let escaped = text.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    });
    let code = filter.text.as_ref().and_then(|text| text.parse::<ReservationCode>().ok()).map(|code| code.to_string());
    let status = filter.status.map(Status::as_str);
    let parameters = params![hotel.0, status, day(filter.from), day(filter.to), like, code, filter.limit];
    many(connection, catalog, condition, parameters)
}

pub(super) fn is_granted(
    connection: &Connection,
    code: ReservationCode,
    token_hash: &[u8; 32],
) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM grants WHERE code = ?1 AND token_hash = ?2)";
    Ok(connection.prepare_cached(sql)?.query_row(params![code.to_string(), token_hash], |row| row.get(0))?)
}

pub(super) fn log(
    connection: &Connection,
    hotel: HotelId,
    after: u64,
    upto: u64,
    limit: u32,
) -> Result<Vec<LogEntry>, StoreError> {
    let sql = "SELECT seq, at, actor, event, kind, code, body FROM log \
         WHERE hotel_id = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let bound = |seq: u64| i64::try_from(seq).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(sql)?;
    let entries = statement.query_map(params![hotel.0, bound(after), bound(upto), limit], |row| {
        Ok(LogEntry {
            seq: seq(row, "seq")?,
            at: instant(row, "at")?,
            by: row.get("actor")?,
            event: row.get("event")?,
            kind: row.get("kind")?,
            code: parsed_if_some(row, "code")?,
            body: row.get("body")?,
        })
    })?;
    Ok(entries.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn nights(connection: &Connection, hotel: HotelId, from: Date) -> Result<(u64, Vec<NightRow>), StoreError> {
    // One read transaction, so that the numbers are of the sequence they are said to be of.
    let transaction = connection.unchecked_transaction()?;
    let head = transaction.query_row("SELECT seq FROM hotels WHERE id = ?1", [hotel.0], |row| seq(row, "seq"))?;
    let sql = "SELECT room_type, night, sold, held, blocked FROM nights WHERE hotel_id = ?1 AND night >= ?2";
    let rows = transaction
        .prepare_cached(sql)?
        .query_map(params![hotel.0, from.to_string()], |row| {
            Ok(NightRow {
                room_type: parsed(row, "room_type")?,
                night: parsed(row, "night")?,
                sold: row.get("sold")?,
                held: row.get("held")?,
                blocked: row.get("blocked")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok((head, rows))
}

pub(super) fn probe(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("SELECT 1 FROM meta WHERE name = 'epoch'", [], |_| Ok(()))?)
}
