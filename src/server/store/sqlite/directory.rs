//! Hotels, room types, staff and sessions in SQLite.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::domain::{
    CancellationPolicy, Date, Hotel, HotelDay, HotelId, PriceTable, RoomType, RoomTypeCode, Timestamp,
};
use crate::server::store::directory::ANSWER_KEPT_SECONDS;
use crate::server::store::sqlite::rows;
use crate::server::store::{Catalog, DirectoryChange, House, NewHotel, NewStaff, Session, Staff, StaffId, StoreError};

pub(super) fn load_catalog(connection: &Connection) -> Result<Catalog, StoreError> {
    let mut overrides: HashMap<(i64, RoomTypeCode), BTreeMap<Date, i64>> = HashMap::new();
    let mut statement = connection.prepare("SELECT hotel_id, room_type, night, price_minor FROM night_prices")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let of = (row.get("hotel_id")?, rows::parsed(row, "room_type")?);
        overrides.entry(of).or_default().insert(rows::parsed(row, "night")?, row.get("price_minor")?);
    }
    let mut houses = Vec::new();
    let mut statement = connection.prepare(
        "SELECT id, slug, name, time_zone, currency, language, check_in_from, check_out_until, day_rule, business_date, \
             cancel_free_hours, cancel_fee_nights, no_show_fee_nights, terms_version FROM hotels ORDER BY id",
    )?;
    let hotels: Vec<Hotel> = statement.query_map([], read_hotel)?.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare(
        "SELECT code, name, sleeps, rooms, overbook, weekday_prices FROM room_types WHERE hotel_id = ?1 ORDER BY position",
    )?;
    for hotel in hotels {
        let mut room_types = Vec::new();
        let mut found = statement.query([hotel.id.0])?;
        while let Some(row) = found.next()? {
            let code: RoomTypeCode = rows::parsed(row, "code")?;
            let weekday_prices = serde_json::from_str(&row.get::<_, String>("weekday_prices")?)
                .map_err(|error| StoreError::Corrupt(format!("the prices of {code}: {error}")))?;
            let by_date = overrides.remove(&(hotel.id.0, code.clone())).unwrap_or_default();
            room_types.push(RoomType {
                code,
                name: row.get("name")?,
                sleeps: row.get("sleeps")?,
                rooms: row.get("rooms")?,
                overbook: row.get("overbook")?,
                prices: PriceTable::new(hotel.currency, weekday_prices, by_date),
            });
        }
        houses.push(House { hotel, room_types });
    }
    Ok(Catalog::new(houses))
}

fn read_hotel(row: &Row<'_>) -> rusqlite::Result<Hotel> {
    Ok(Hotel {
        id: HotelId(row.get("id")?),
        slug: rows::parsed(row, "slug")?,
        name: row.get("name")?,
        time_zone: row.get("time_zone")?,
        currency: rows::parsed(row, "currency")?,
        language: row.get("language")?,
        check_in_from: rows::parsed(row, "check_in_from")?,
        check_out_until: rows::parsed(row, "check_out_until")?,
        day: HotelDay { rule: rows::parsed(row, "day_rule")?, date: rows::parsed_if_some(row, "business_date")? },
        cancellation: CancellationPolicy {
            free_hours: row.get("cancel_free_hours")?,
            fee_nights: row.get("cancel_fee_nights")?,
            no_show_nights: row.get("no_show_fee_nights")?,
        },
        terms_version: row.get("terms_version")?,
    })
}

pub(super) fn change(connection: &Connection, change: &DirectoryChange) -> Result<(), StoreError> {
    match change {
        DirectoryChange::AddHotel(hotel) => add_hotel(connection, hotel),
        DirectoryChange::AddHotels(hotels) => hotels.iter().try_for_each(|hotel| add_hotel(connection, hotel)),
        DirectoryChange::PutRoomType { hotel, room_type } => put_room_type(connection, *hotel, room_type),
        DirectoryChange::SetPrice { hotel, room_type, night, price_minor } => {
            let sql = "INSERT INTO night_prices (hotel_id, room_type, night, price_minor) VALUES (?1, ?2, ?3, ?4) \
                 ON CONFLICT DO UPDATE SET price_minor = ?4";
            connection.execute(sql, params![hotel.0, room_type.as_str(), night.to_string(), price_minor])?;
            Ok(())
        }
        DirectoryChange::AddStaff(staff) => add_staff(connection, staff),
        DirectoryChange::SetPassword { email, password_hash } => {
            let sql = "UPDATE staff SET password_hash = ?2 WHERE email = ?1";
            expect_staff(connection.execute(sql, params![email, password_hash])?, email)?;
            end_sessions_of(connection, email)
        }
        DirectoryChange::RemoveStaff { email } => {
            end_sessions_of(connection, email)?;
            expect_staff(connection.execute("DELETE FROM staff WHERE email = ?1", [email])?, email)
        }
        DirectoryChange::StartSession(session) => {
            let sql = "INSERT INTO sessions (token_hash, staff_id, created_at, last_seen_at, idle_ends_at, ends_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            connection.execute(
                sql,
                params![
                    session.token_hash,
                    session.staff.0,
                    session.created_at.unix_ms(),
                    session.last_seen_at.unix_ms(),
                    session.idle_ends_at.unix_ms(),
                    session.ends_at.unix_ms(),
                ],
            )?;
            Ok(())
        }
        DirectoryChange::TouchSession { token_hash, seen_at, idle_ends_at } => {
            let sql = "UPDATE sessions SET last_seen_at = ?2, idle_ends_at = ?3 WHERE token_hash = ?1";
            connection.execute(sql, params![token_hash, seen_at.unix_ms(), idle_ends_at.unix_ms()])?;
            Ok(())
        }
        DirectoryChange::EndSession { token_hash } => {
            connection.execute("DELETE FROM sessions WHERE token_hash = ?1", [token_hash])?;
            Ok(())
        }
        DirectoryChange::Sweep { now } => {
            let now_ms = now.unix_ms();
            connection.execute("DELETE FROM sessions WHERE ends_at <= ?1 OR idle_ends_at <= ?1", [now_ms])?;
            let oldest_kept = now.plus_seconds(-ANSWER_KEPT_SECONDS).unix_ms();
            connection.execute("DELETE FROM answers WHERE created_at < ?1", [oldest_kept])?;
            Ok(())
        }
    }
}

fn add_hotel(connection: &Connection, hotel: &NewHotel) -> Result<(), StoreError> {
    let sql = "INSERT INTO hotels (slug, name, time_zone, currency, language, check_in_from, check_out_until, \
             cancel_free_hours, cancel_fee_nights, no_show_fee_nights) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (slug) DO NOTHING";
    let CancellationPolicy { free_hours, fee_nights, no_show_nights } = hotel.cancellation;
    let added = connection.execute(
        sql,
        params![
            hotel.slug.as_str(),
            hotel.name,
            hotel.time_zone,
            hotel.currency.code(),
            hotel.language,
            hotel.check_in_from.to_string(),
            hotel.check_out_until.to_string(),
            free_hours,
            fee_nights,
            no_show_nights,
        ],
    )?;
    if added == 0 {
        return Err(StoreError::Refused(format!("there is a hotel {} already", hotel.slug)));
    }
    let id = HotelId(connection.last_insert_rowid());
    hotel.room_types.iter().try_for_each(|room_type| put_room_type(connection, id, room_type))
}

fn put_room_type(connection: &Connection, hotel: HotelId, room_type: &RoomType) -> Result<(), StoreError> {
    let weekday_prices = serde_json::to_string(room_type.prices.by_weekday())
        .map_err(|error| StoreError::Database(error.to_string()))?;
    let sql = "INSERT INTO room_types (hotel_id, code, position, name, sleeps, rooms, overbook, weekday_prices) \
         VALUES (?1, ?2, (SELECT count(*) FROM room_types WHERE hotel_id = ?1), ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT DO UPDATE SET name = ?3, sleeps = ?4, rooms = ?5, overbook = ?6, weekday_prices = ?7";
    let code = room_type.code.as_str();
    connection.execute(
        sql,
        params![hotel.0, code, room_type.name, room_type.sleeps, room_type.rooms, room_type.overbook, weekday_prices],
    )?;
    let sql = "SELECT min(night) FROM nights \
         WHERE hotel_id = ?1 AND room_type = ?2 AND sold + held + blocked > ?3 + ?4";
    let limit = params![hotel.0, code, room_type.rooms, room_type.overbook];
    if let Some(night) = connection.query_row(sql, limit, |row| row.get::<_, Option<String>>(0))? {
        return Err(StoreError::Refused(format!(
            "{} rooms of {code} are too few: more are taken on {night}",
            room_type.rooms
        )));
    }
    let sql = "SELECT count(*) FROM rooms WHERE hotel_id = ?1 AND room_type = ?2";
    let numbered: u16 = connection.query_row(sql, params![hotel.0, code], |row| row.get(0))?;
    if numbered > room_type.rooms {
        return Err(StoreError::Refused(format!("{numbered} rooms of {code} have numbers")));
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM nights WHERE hotel_id = ?1 AND room_type = ?2 AND rooms + overbook > ?3 + ?4) \
         AND EXISTS (SELECT 1 FROM reservations WHERE hotel_id = ?1 AND room_type = ?2 \
             AND room IS NOT NULL AND (pinned = 1 OR status = 'in_house'))";
    if connection.query_row(sql, limit, |row| row.get(0))? {
        return Err(StoreError::Refused(format!("some stays are fixed in rooms of {code}")));
    }
    connection.execute("UPDATE nights SET rooms = ?3, overbook = ?4 WHERE hotel_id = ?1 AND room_type = ?2", limit)?;
    let mut add_price = connection.prepare_cached(
        "INSERT INTO night_prices (hotel_id, room_type, night, price_minor) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT DO UPDATE SET price_minor = ?4",
    )?;
    for (night, price_minor) in room_type.prices.by_date() {
        add_price.execute(params![hotel.0, code, night.to_string(), price_minor])?;
    }
    Ok(())
}

fn add_staff(connection: &Connection, staff: &NewStaff) -> Result<(), StoreError> {
    let sql = "INSERT INTO staff (hotel_id, email, name, role, password_hash) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (email) DO NOTHING";
    let added = connection
        .execute(sql, params![staff.hotel.0, staff.email, staff.name, staff.role.as_str(), staff.password_hash])?;
    if added == 0 { Err(StoreError::Refused(format!("there is an account {} already", staff.email))) } else { Ok(()) }
}

fn expect_staff(changed: usize, email: &str) -> Result<(), StoreError> {
    if changed == 0 { Err(StoreError::Refused(format!("there is no account {email}"))) } else { Ok(()) }
}

fn end_sessions_of(connection: &Connection, email: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM sessions WHERE staff_id = (SELECT id FROM staff WHERE email = ?1)";
    connection.execute(sql, [email])?;
    Ok(())
}

const STAFF_COLUMNS: &str = "staff.id, staff.hotel_id, staff.email, staff.name, staff.role, staff.password_hash";

fn read_staff(row: &Row<'_>) -> rusqlite::Result<Staff> {
    Ok(Staff {
        id: StaffId(row.get("id")?),
        hotel: HotelId(row.get("hotel_id")?),
        email: row.get("email")?,
        name: row.get("name")?,
        role: rows::parsed(row, "role")?,
        password_hash: row.get("password_hash")?,
    })
}

pub(super) fn staff(connection: &Connection, hotel: HotelId) -> Result<Vec<Staff>, StoreError> {
    let sql = format!("SELECT {STAFF_COLUMNS} FROM staff WHERE hotel_id = ?1 ORDER BY email");
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map([hotel.0], read_staff)?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

pub(super) fn staff_by_email(connection: &Connection, email: &str) -> Result<Option<Staff>, StoreError> {
    let sql = format!("SELECT {STAFF_COLUMNS} FROM staff WHERE email = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([email], read_staff).optional()?)
}

pub(super) fn session(
    connection: &Connection,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<(Session, Staff)>, StoreError> {
    let sql = format!(
        "SELECT {STAFF_COLUMNS}, sessions.created_at, last_seen_at, idle_ends_at, ends_at \
         FROM sessions JOIN staff ON staff.id = sessions.staff_id \
         WHERE token_hash = ?1 AND idle_ends_at > ?2 AND ends_at > ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let found = statement.query_row(params![token_hash, now.unix_ms()], |row| {
        let staff = read_staff(row)?;
        let instant = |column| row.get(column).map(Timestamp::from_unix_ms);
        let session = Session {
            token_hash: *token_hash,
            staff: staff.id,
            created_at: instant("created_at")?,
            last_seen_at: instant("last_seen_at")?,
            ends_at: instant("ends_at")?,
            idle_ends_at: instant("idle_ends_at")?,
        };
        Ok((session, staff))
    });
    Ok(found.optional()?)
}
