//! A transaction at one hotel, as the commands see it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::{
    Actor, CountChange, CountDelta, Date, Fact, Guest, HoldId, Hotel, LoggedFact, NightCount, Reservation,
    ReservationCode, RoomNumber, RoomType, SoldOut, State, Stay, Timestamp, availability::gone_nights,
};
use crate::server::store::ledger::{Ledger, Remembered, entry_of};
use crate::server::store::sqlite::{Guard, rows};
use crate::server::store::{Catalog, House, LogEntry, StoreError};
use crate::wire::reservation::ReservationView;

pub(super) struct SqliteLedger<'a> {
    pub(super) connection: &'a Connection,
    pub(super) catalog: &'a Catalog,
    pub(super) house: &'a House,
    pub(super) guard: Guard,
    /// The hotel's head sequence, moved on by each fact.
    pub(super) seq: u64,
    pub(super) facts: Vec<(LoggedFact, LogEntry)>,
    /// The hotel as it is after the command, where its day has changed.
    pub(super) new_hotel: Option<Hotel>,
}

impl<'a> SqliteLedger<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        catalog: &'a Catalog,
        house: &'a House,
        guard: Guard,
        seq: u64,
    ) -> Self {
        Self { connection, catalog, house, guard, seq, facts: Vec::new(), new_hotel: None }
    }

    fn counts(&self, room_type: &RoomType, stay: Stay) -> Result<Vec<(Date, NightCount)>, StoreError> {
        let sql = "SELECT night, rooms, overbook, sold, held, blocked FROM nights \
             WHERE hotel_id = ?1 AND room_type = ?2 AND night >= ?3 AND night < ?4";
        let mut statement = self.connection.prepare_cached(sql)?;
        let (arrival, departure) = (stay.arrival().to_string(), stay.departure().to_string());
        let touched: HashMap<Date, NightCount> = statement
            .query_map(params![self.house.hotel.id.0, room_type.code.as_str(), arrival, departure], |row| {
                let mut columns = rows::Columns::of(row);
                let night = columns.parsed()?;
                let (rooms, overbook) = (columns.take()?, columns.take()?);
                let (sold, held, blocked) = (columns.take()?, columns.take()?, columns.take()?);
                Ok((night, NightCount { rooms, overbook, sold, held, blocked }))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let untouched = NightCount { rooms: room_type.rooms, overbook: room_type.overbook, ..NightCount::default() };
        Ok(stay.nights().map(|night| (night, touched.get(&night).copied().unwrap_or(untouched))).collect())
    }
}

impl Ledger for SqliteLedger<'_> {
    fn house(&self) -> &House {
        self.house
    }

    fn guard(&self) -> Guard {
        self.guard
    }

    fn reservation(&mut self, code: ReservationCode) -> Result<Option<Reservation>, StoreError> {
        let found = rows::reservation(self.connection, self.catalog, code)?;
        Ok(found.filter(|reservation| reservation.hotel == self.house.hotel.id))
    }

    fn reservation_by_hold(&mut self, hold: &HoldId) -> Result<Option<Reservation>, StoreError> {
        let found = rows::reservation_by_hold(self.connection, self.catalog, &hold.0)?;
        Ok(found.filter(|reservation| reservation.hotel == self.house.hotel.id))
    }

    fn reservation_by_source(&mut self, source: &str) -> Result<Option<ReservationCode>, StoreError> {
        let sql = "SELECT code FROM reservations WHERE hotel_id = ?1 AND source = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![self.house.hotel.id.0, source], |row| rows::parsed(row, "code")).optional()?)
    }

    fn overdue_holds(&mut self, now: Timestamp) -> Result<Vec<Reservation>, StoreError> {
        rows::overdue_holds(self.connection, self.catalog, self.house.hotel.id, now)
    }

    fn insert(&mut self, reservation: &Reservation) -> Result<bool, StoreError> {
        let sql = "INSERT INTO reservations (hotel_id, code, hold, status, held_until, room_type, rate_plan, arrival, \
             departure, adults, children, guest_name, guest_email, guest_phone, note, nightly, total_minor, created_at, \
             source, last_nudge_at, version, last_seq, room, pinned, room_ready, extensions) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, \
             ?23, ?24, ?25, ?26) \
             ON CONFLICT (code) DO NOTHING";
        let nightly: Vec<i64> = reservation.nightly.iter().map(|(_, price)| price.minor).collect();
        let nightly = rendered(&nightly)?;
        let guest = Columns::of(reservation);
        let written = self.connection.prepare_cached(sql)?.execute(params![
            reservation.hotel.0,
            reservation.code.to_string(),
            reservation.hold.as_ref().map(|hold| hold.0.as_str()),
            reservation.state().status().as_str(),
            guest.held_until,
            reservation.room_type.as_str(),
            reservation.rate_plan,
            reservation.stay.arrival().to_string(),
            reservation.stay.departure().to_string(),
            reservation.party.adults(),
            reservation.party.children(),
            guest.name,
            guest.email,
            guest.phone,
            reservation.note.as_str(),
            nightly,
            reservation.total.minor,
            reservation.created_at.unix_ms(),
            reservation.source,
            guest.last_nudge_at,
            reservation.version,
            reservation.last_seq.cast_signed(),
            reservation.room.as_ref().map(RoomNumber::as_str),
            reservation.pinned,
            reservation.room_ready,
            reservation.extensions,
        ])?;
        Ok(written == 1)
    }

    fn update(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        let sql = "UPDATE reservations SET status = ?2, held_until = ?3, guest_name = ?4, guest_email = ?5, \
             guest_phone = ?6, note = ?7, last_nudge_at = ?8, version = ?9, last_seq = ?10, room = ?11, pinned = ?12, \
             room_ready = ?13, extensions = ?14, fee_minor = ?15, later_rooms = ?16 \
             WHERE code = ?1";
        let columns = Columns::of(reservation);
        self.connection.prepare_cached(sql)?.execute(params![
            reservation.code.to_string(),
            reservation.state().status().as_str(),
            columns.held_until,
            columns.name,
            columns.email,
            columns.phone,
            reservation.note.as_str(),
            columns.last_nudge_at,
            reservation.version,
            reservation.last_seq.cast_signed(),
            reservation.room.as_ref().map(RoomNumber::as_str),
            reservation.pinned,
            reservation.room_ready,
            reservation.extensions,
            reservation.fee.map(|fee| fee.minor),
            rows::written_later_rooms(&reservation.later_rooms)?,
        ])?;
        Ok(())
    }

    fn rewrite(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        let sql = "UPDATE reservations SET room_type = ?2, arrival = ?3, departure = ?4, adults = ?5, children = ?6, \
             nightly = ?7, total_minor = ?8, counted_from = ?9 WHERE code = ?1";
        let nightly: Vec<i64> = reservation.nightly.iter().map(|(_, price)| price.minor).collect();
        self.connection.prepare_cached(sql)?.execute(params![
            reservation.code.to_string(),
            reservation.room_type.as_str(),
            reservation.stay.arrival().to_string(),
            reservation.stay.departure().to_string(),
            reservation.party.adults(),
            reservation.party.children(),
            rendered(&nightly)?,
            reservation.total.minor,
            reservation.counted_from.map(|night| night.to_string()),
        ])?;
        self.update(reservation)
    }

    fn count(
        &mut self,
        room_type: &RoomType,
        stay: Stay,
        delta: CountDelta,
    ) -> Result<Result<(), SoldOut>, StoreError> {
        if self.guard != Guard::Off
            && delta.takes()
            && let Err(sold_out) = gone_nights(self.counts(room_type, stay)?)
        {
            return Ok(Err(sold_out));
        }
        let (hotel, code) = (self.house.hotel.id.0, room_type.code.as_str());
        // Not one upsert: its CHECKs would judge the change itself, and a night given back is a negative number. And not
        // one update of the whole stay: for a range of keys SQLite builds a table of them first.
        let update = "UPDATE nights SET sold = sold + ?4, held = held + ?5 \
             WHERE hotel_id = ?1 AND room_type = ?2 AND night = ?3";
        let insert = "INSERT INTO nights (hotel_id, room_type, night, rooms, overbook, sold, held) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut update = self.connection.prepare_cached(update)?;
        for night in stay.nights() {
            let night = night.to_string();
            if update.execute(params![hotel, code, night, delta.sold, delta.held])? == 0 {
                let RoomType { rooms, overbook, .. } = *room_type;
                let mut insert = self.connection.prepare_cached(insert)?;
                insert.execute(params![hotel, code, night, rooms, overbook, delta.sold, delta.held])?;
            }
        }
        Ok(Ok(()))
    }

    fn next_seq(&self) -> u64 {
        self.seq + 1
    }

    fn append(&mut self, at: Timestamp, actor: &Actor, fact: Fact, counts: Vec<CountChange>) -> Result<(), StoreError> {
        let seq = self.next_seq();
        let entry = entry_of(seq, &fact, &self.house.hotel.slug, at, actor)?;
        let counted: Vec<(&str, String, String, i16, i16, i16)> = counts
            .iter()
            .map(|change| {
                let (arrival, departure) = (change.stay.arrival().to_string(), change.stay.departure().to_string());
                (
                    change.room_type.as_str(),
                    arrival,
                    departure,
                    change.delta.sold,
                    change.delta.held,
                    change.delta.blocked,
                )
            })
            .collect();
        let counted = rendered(&counted)?;
        let sql = "INSERT INTO log (hotel_id, seq, at, actor, event, kind, code, body, counts) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.connection.prepare_cached(sql)?.execute(params![
            self.house.hotel.id.0,
            seq.cast_signed(),
            at.unix_ms(),
            actor.to_string(),
            entry.event,
            entry.kind,
            entry.code.map(|code| code.to_string()),
            entry.body,
            counted,
        ])?;
        let logged = LoggedFact { hotel: self.house.hotel.id, seq, at, actor: actor.clone(), fact, counts };
        self.facts.push((logged, entry));
        self.seq = seq;
        Ok(())
    }

    fn remembered(&mut self, key: &str) -> Result<Option<Remembered>, StoreError> {
        let hotel = self.house.hotel.id;
        let sql = "SELECT request_hash, seq, manage_token FROM answers WHERE hotel_id = ?1 AND key = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found: Option<([u8; 32], u64, String)> = statement
            .query_row(params![hotel.0, key], |row| {
                let mut columns = rows::Columns::of(row);
                Ok((columns.take()?, columns.seq()?, columns.take()?))
            })
            .optional()?;
        let Some((request_hash, seq, manage_token)) = found else { return Ok(None) };
        let corrupt = |what: &dyn std::fmt::Display| StoreError::Corrupt(format!("the answer to a key: {what}"));
        let mut fact = self.connection.prepare_cached("SELECT body FROM log WHERE hotel_id = ?1 AND seq = ?2")?;
        let answered: String = fact.query_row([hotel.0, seq.cast_signed()], |row| row.get(0))?;
        let view: ReservationView = serde_json::from_str(&answered).map_err(|error| corrupt(&error))?;
        let stored = rows::reservation(self.connection, self.catalog, view.code)?
            .ok_or_else(|| corrupt(&format_args!("{} is not there", view.code)))?;
        Ok(Some(Remembered { request_hash, reservation: as_answered(stored, &view)?, manage_token }))
    }

    fn remember(&mut self, key: &str, answer: &Remembered, now: Timestamp) -> Result<(), StoreError> {
        // What the log says of the booking is the answer, so that it need not be written twice.
        let seq = answer.reservation.last_seq;
        let is_logged = |(fact, entry): &(LoggedFact, LogEntry)| fact.seq == seq && entry.event == "reservation";
        if !self.facts.iter().any(is_logged) {
            return Err(StoreError::Corrupt(format!("{} was booked and is not in the log", answer.reservation.code)));
        }
        let sql = "INSERT INTO answers (hotel_id, key, request_hash, seq, manage_token, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.connection.prepare_cached(sql)?.execute(params![
            self.house.hotel.id.0,
            key,
            answer.request_hash,
            seq.cast_signed(),
            answer.manage_token,
            now.unix_ms(),
        ])?;
        Ok(())
    }

    fn grant(&mut self, code: ReservationCode, token_hash: [u8; 32]) -> Result<(), StoreError> {
        let sql = "INSERT INTO grants (code, token_hash) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.connection.prepare_cached(sql)?.execute(params![code.to_string(), token_hash])?;
        Ok(())
    }
}

fn rendered(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Database(error.to_string()))
}

/// The reservation as it stood when it was answered, whatever has become of it since.
fn as_answered(stored: Reservation, view: &ReservationView) -> Result<Reservation, StoreError> {
    let corrupt = |error: &dyn std::error::Error| StoreError::Corrupt(format!("the answer for {}: {error}", view.code));
    let draft = crate::domain::Draft {
        hotel: stored.hotel,
        code: stored.code,
        hold: stored.hold,
        room_type: view.room_type.clone(),
        rate_plan: view.rate_plan.clone(),
        stay: Stay::new(view.arrival, view.departure).map_err(|error| corrupt(&error))?,
        party: crate::domain::Party::new(view.adults, view.children).map_err(|error| corrupt(&error))?,
        nightly: view.nightly.iter().map(|night| (night.date, night.price)).collect(),
        total: view.total,
    };
    // Only bookings are remembered, and a booking is answered when it is confirmed.
    let mut answered = Reservation::with_state(draft, State::Confirmed, stored.created_at);
    answered.guest = stored.guest;
    answered.note = stored.note;
    answered.version = view.version;
    (answered.room, answered.pinned) = (view.room.clone(), view.pinned);
    Ok(answered)
}

/// What a reservation's optional columns hold.
struct Columns<'a> {
    held_until: Option<i64>,
    name: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    last_nudge_at: Option<i64>,
}

impl<'a> Columns<'a> {
    fn of(reservation: &'a Reservation) -> Self {
        let guest: Option<&Guest> = reservation.guest.as_ref();
        Self {
            held_until: match reservation.state() {
                State::Held { until } => Some(until.unix_ms()),
                _ => None,
            },
            name: guest.map(|guest| guest.name.as_str()),
            email: guest.and_then(|guest| guest.email.as_ref()).map(crate::domain::Email::as_str),
            phone: guest.and_then(|guest| guest.phone.as_ref()).map(crate::domain::Phone::as_str),
            last_nudge_at: reservation.last_nudge_at.map(Timestamp::unix_ms),
        }
    }
}
