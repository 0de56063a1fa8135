//! Rows and what they mean.

use rusqlite::types::{FromSql, Type};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::domain::{
    Date, Draft, Guest, HoldId, HotelId, LaterRoom, Money, Party, PartyError, Reservation, ReservationCode, State,
    Status, Stay, Timestamp,
};
use crate::server::store::sought::{MOST_WORDS, Sought, pattern};
use crate::server::store::{Catalog, NightRow, Opening, ReservationFilter, StoreError};

pub(super) const RESERVATION_COLUMNS: &str = "hotel_id, code, hold, status, held_until, room_type, rate_plan, arrival, \
     departure, adults, children, guest_name, guest_email, guest_phone, note, nightly, total_minor, created_at, source, \
     last_nudge_at, version, last_seq, room, later_rooms, pinned, counted_from, room_ready, extensions, fee_minor";

/// Reads a row's columns from left to right: to find them by their names would cost more than to read them.
pub(super) struct Columns<'a, 'stmt> {
    row: &'a Row<'stmt>,
    next: usize,
}

impl<'a, 'stmt> Columns<'a, 'stmt> {
    pub(super) const fn of(row: &'a Row<'stmt>) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    /// A column whose text is a value of the domain.
    pub(super) fn parsed<T: Parsed>(&mut self) -> rusqlite::Result<T> {
        let column = self.next;
        let text: String = self.take()?;
        text.parse().map_err(|error| corrupt(self.row, column, error))
    }

    pub(super) fn parsed_if_some<T: Parsed>(&mut self) -> rusqlite::Result<Option<T>> {
        let column = self.next;
        let text: Option<String> = self.take()?;
        text.map(|text| text.parse().map_err(|error| corrupt(self.row, column, error))).transpose()
    }

    /// The rooms after the first; nearly always none.
    pub(super) fn later_rooms(&mut self) -> rusqlite::Result<Vec<LaterRoom>> {
        let column = self.next;
        let text: Option<String> = self.take()?;
        text.map_or(Ok(Vec::new()), |text| read_later_rooms(self.row, column, &text))
    }

    /// A sequence number; SQLite's integers are signed, the log's numbers never are.
    pub(super) fn seq(&mut self) -> rusqlite::Result<u64> {
        self.take().map(i64::cast_unsigned)
    }

    pub(super) fn instant(&mut self) -> rusqlite::Result<Timestamp> {
        self.take().map(Timestamp::from_unix_ms)
    }
}

/// What is kept as text.
pub(super) trait Parsed: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static> {}

impl<T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>> Parsed for T {}

/// Reads a column whose text is a value of the domain.
pub(super) fn parsed<T: Parsed>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| corrupt(row, row.as_ref().column_index(column).unwrap_or_default(), error))
}

pub(super) fn parsed_if_some<T: Parsed>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    match row.get::<_, Option<String>>(column)? {
        Some(_) => parsed(row, column).map(Some),
        None => Ok(None),
    }
}

/// `[["2026-12-03","204"]]`
pub(super) fn read_later_rooms(row: &Row<'_>, column: usize, text: &str) -> rusqlite::Result<Vec<LaterRoom>> {
    let pairs: Vec<(String, String)> = serde_json::from_str(text).map_err(|error| corrupt(row, column, error))?;
    let later = |(from, room): (String, String)| {
        Ok(LaterRoom {
            from: from.parse().map_err(|error| corrupt(row, column, error))?,
            room: room.parse().map_err(|error| corrupt(row, column, error))?,
        })
    };
    pairs.into_iter().map(later).collect()
}

/// The other way round; nothing for a stay in one room.
pub(super) fn written_later_rooms(later: &[LaterRoom]) -> Result<Option<String>, StoreError> {
    if later.is_empty() {
        return Ok(None);
    }
    let pairs: Vec<(String, &str)> = later.iter().map(|one| (one.from.to_string(), one.room.as_str())).collect();
    serde_json::to_string(&pairs).map(Some).map_err(|error| StoreError::Database(error.to_string()))
}

fn corrupt(row: &Row<'_>, column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    let name = row.as_ref().column_name(column).unwrap_or_default();
    tracing::error!(column = name, %error, "a row holds what it should not");
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
}

/// Reads a row of [`RESERVATION_COLUMNS`], in their order.
pub(super) fn read_reservation(row: &Row<'_>, catalog: &Catalog) -> rusqlite::Result<Reservation> {
    let mut columns = Columns::of(row);
    let broken = |column, error: PartyError| corrupt(row, column, error);
    let hotel = HotelId(columns.take()?);
    let house = catalog.house(hotel).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let currency = house.hotel.currency;
    let (code, hold) = (columns.parsed()?, columns.take::<Option<String>>()?.map(HoldId));
    let (status, held_until) = (columns.parsed()?, columns.take::<Option<i64>>()?);
    let state = match status {
        Status::Held => State::Held { until: Timestamp::from_unix_ms(held_until.unwrap_or_default()) },
        Status::Confirmed => State::Confirmed,
        Status::InHouse => State::InHouse,
        Status::CheckedOut => State::CheckedOut,
        Status::Cancelled => State::Cancelled,
        Status::NoShow => State::NoShow,
        Status::Lapsed => State::Lapsed,
    };
    let (room_type, rate_plan) = (columns.parsed()?, columns.take()?);
    let (arrival, departure) = (columns.parsed()?, columns.parsed()?);
    let stay = Stay::new(arrival, departure).map_err(|error| corrupt(row, columns.next - 1, error))?;
    let (adults, children) = (columns.take()?, columns.take()?);
    let party = Party::recorded(adults, children).ok_or_else(|| broken(columns.next - 2, PartyError::Adults))?;
    let (name, email, phone) = (columns.parsed_if_some()?, columns.parsed_if_some()?, columns.parsed_if_some()?);
    let note = columns.parsed()?;
    let nightly: String = columns.take()?;
    let nightly: Vec<i64> = serde_json::from_str(&nightly).map_err(|error| corrupt(row, columns.next - 1, error))?;
    let draft = Draft {
        hotel,
        code,
        hold,
        room_type,
        rate_plan,
        stay,
        party,
        nightly: stay.nights().zip(nightly.into_iter().map(|minor| Money::new(minor, currency))).collect(),
        total: Money::new(columns.take()?, currency),
    };
    let mut reservation = Reservation::with_state(draft, state, columns.instant()?);
    reservation.guest = name.map(|name| Guest { name, email, phone });
    reservation.note = note;
    reservation.source = columns.take()?;
    reservation.last_nudge_at = columns.take::<Option<i64>>()?.map(Timestamp::from_unix_ms);
    reservation.version = columns.take()?;
    reservation.last_seq = columns.seq()?;
    reservation.room = columns.parsed_if_some()?;
    reservation.later_rooms = columns.later_rooms()?;
    reservation.pinned = columns.take()?;
    reservation.counted_from = columns.parsed_if_some()?;
    reservation.room_ready = columns.take()?;
    reservation.extensions = columns.take()?;
    reservation.fee = columns.take::<Option<i64>>()?.map(|minor| Money::new(minor, currency));
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
         AND (?5 IS NULL OR (guest_name GLOB ?6 AND guest_name GLOB ?7 AND guest_name GLOB ?8 \
              AND guest_name GLOB ?13 AND guest_name GLOB ?14 AND guest_name GLOB ?15) \
              OR guest_email LIKE ?5 ESCAPE '\\' OR guest_phone LIKE ?5 ESCAPE '\\' \
              OR replace(replace(replace(replace(replace(replace(guest_phone, ' ', ''), '-', ''), \
                 '(', ''), ')', ''), '.', ''), '/', '') LIKE ?9 \
              OR replace(code, '-', '') LIKE ?10 OR room = ?12 \
              OR later_rooms LIKE '%\"' || ?12 || '\"%') \
         ORDER BY arrival, id LIMIT ?11";
    let sought = filter.text.as_deref().map(Sought::new);
    let within = |text: &str| {
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    };
    let typed = sought.as_ref().map(|sought| within(&sought.text));
    let mut words: [String; MOST_WORDS] = std::array::from_fn(|_| "*".to_owned());
    for (word, asked) in words.iter_mut().zip(sought.iter().flat_map(|sought| &sought.words)) {
        *word = pattern(asked);
    }
    let [one, two, three, four, five, six] = words;
    let digits = sought.as_ref().and_then(|sought| sought.digits.as_deref()).map(within);
    let code = sought.as_ref().and_then(|sought| sought.code.as_deref()).map(|begin| format!("{begin}%"));
    let room = sought.as_ref().and_then(|sought| sought.room.as_deref());
    let status = filter.status.map(Status::as_str);
    let (from, to) = (day(filter.from), day(filter.to));
    let parameters =
        params![hotel.0, status, from, to, typed, one, two, three, digits, code, filter.limit, room, four, five, six];
    many(connection, catalog, condition, parameters)
}

pub(super) fn granted_at(
    connection: &Connection,
    code: ReservationCode,
    token_hash: &[u8; 32],
) -> Result<Option<HotelId>, StoreError> {
    let sql = "SELECT hotel_id FROM grants JOIN reservations USING (code) WHERE code = ?1 AND token_hash = ?2";
    let found = connection.prepare_cached(sql)?.query_row(params![code.to_string(), token_hash], |row| row.get(0));
    Ok(found.optional()?.map(HotelId))
}

pub(super) fn nights(connection: &Connection, hotel: HotelId, from: Date) -> Result<(u64, Vec<NightRow>), StoreError> {
    // One read transaction, so that the numbers are of the sequence they are said to be of.
    let transaction = connection.unchecked_transaction()?;
    nights_inside(&transaction, hotel, from)
}

fn nights_inside(connection: &Connection, hotel: HotelId, from: Date) -> Result<(u64, Vec<NightRow>), StoreError> {
    let mut head = connection.prepare_cached("SELECT seq FROM hotels WHERE id = ?1")?;
    let head = head.query_row([hotel.0], |row| Columns::of(row).seq())?;
    // The room types come first, so that each one's nights are found by their key and what is past is not looked at.
    let sql = "SELECT room_type, night, sold, held, blocked FROM room_types CROSS JOIN nights \
         ON nights.hotel_id = room_types.hotel_id AND nights.room_type = room_types.code \
         WHERE room_types.hotel_id = ?1 AND night >= ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![hotel.0, from.to_string()], |row| {
        let mut columns = Columns::of(row);
        Ok(NightRow {
            room_type: columns.parsed()?,
            night: columns.parsed()?,
            sold: columns.take()?,
            held: columns.take()?,
            blocked: columns.take()?,
        })
    })?;
    Ok((head, rows.collect::<rusqlite::Result<_>>()?))
}

pub(super) fn openings(
    connection: &Connection,
    catalog: &Catalog,
    from: &[(HotelId, Date)],
) -> Result<Vec<Opening>, StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let opening = |&(hotel, from): &(HotelId, Date)| {
        let (head, nights) = nights_inside(&transaction, hotel, from)?;
        Ok(Opening { hotel, head, nights, holds: holds(&transaction, catalog, hotel)? })
    };
    from.iter().map(opening).collect()
}

pub(super) fn probe(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("SELECT 1 FROM meta WHERE name = 'epoch'", [], |_| Ok(()))?)
}
