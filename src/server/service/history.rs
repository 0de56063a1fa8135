//! Who did what when, read back from the log: of one reservation, or of the whole hotel.

use std::collections::HashMap;

use crate::domain::{Date, ReservationCode, RoomFact};
use crate::server::clock::start_of_day;
use crate::server::service::access::reservation_at;
use crate::server::service::staff::account_name;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::{House, LogEntry, LogFilter, LogPart};
use crate::wire::desk::{AlertEvent, DayEvent, HotelEvent, StaffEvent};
use crate::wire::history::{LogLine, LogPage, changes};
use crate::wire::reservation::ReservationView;
use crate::wire::room::RoomEvent;

/// The most that is told of one reservation.
const MOST_OF_A_STAY: u32 = 200;
/// How many entries a page of the log has.
const PAGE: u32 = 50;

/// The query of the log, as it was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogQuery<'a> {
    pub day: Option<&'a str>,
    pub by: Option<&'a str>,
    pub code: Option<&'a str>,
    /// A part of the log: `stays folio rooms house staff`.
    pub of: Option<&'a str>,
    pub before: Option<u64>,
}

/// Everything that happened to a reservation, the newest first.
pub async fn history(app: &App, house: &House, code: &str) -> Result<LogPage, ServiceError> {
    let code = reservation_at(app, house.hotel.id, code).await?.code;
    let filter = LogFilter { code: Some(code), limit: MOST_OF_A_STAY + 1, ..LogFilter::default() };
    let mut entries = app.store.audit(house.hotel.id, filter).await?;
    let next = (entries.len() > MOST_OF_A_STAY as usize).then(|| entries.remove(MOST_OF_A_STAY as usize).seq + 1);
    Ok(LogPage { entries: told(&entries, &HashMap::new()), next })
}

/// The hotel's log, a page at a time.
pub async fn log(app: &App, house: &House, query: LogQuery<'_>) -> Result<LogPage, ServiceError> {
    let (hotel, zone) = (house.hotel.id, &house.hotel.time_zone);
    let mut errors = FieldErrors::default();
    let day = errors.allow::<Date>("day", query.day);
    let code = errors.allow::<ReservationCode>("code", query.code);
    let asked = query.of.map(str::trim).filter(|of| !of.is_empty());
    let of = asked.and_then(|asked| {
        let part = LogPart::ALL.into_iter().find(|part| part.as_str() == asked);
        errors.take("of", part.ok_or(FieldError::LogPart))
    });
    errors.finish(Some(()))?;
    let by = query.by.map(account_name).filter(|by| !by.is_empty());
    let filter = LogFilter {
        before: query.before,
        code,
        by,
        from: day.map(|day| start_of_day(day, zone)),
        to: day.map(|day| start_of_day(day.add_days(1), zone)),
        of,
        limit: PAGE + 1,
    };
    let mut entries = app.store.audit(hotel, filter).await?;
    let is_more = entries.len() > PAGE as usize;
    entries.truncate(PAGE as usize);
    let next = entries.last().filter(|_| is_more).map(|entry| entry.seq);
    let mut before = HashMap::new();
    for entry in entries.iter().filter(|entry| has_changes(entry)) {
        let filter = LogFilter { before: Some(entry.seq), code: entry.code, limit: 3, ..LogFilter::default() };
        let earlier = app.store.audit(hotel, filter).await?;
        if let Some(view) = earlier.iter().find_map(view_of) {
            before.insert(entry.seq, view);
        }
    }
    Ok(LogPage { entries: told(&entries, &before), next })
}

fn has_changes(entry: &LogEntry) -> bool {
    entry.event == "reservation" && !matches!(entry.kind.as_str(), "placed" | "confirmed" | "imported" | "folio")
}

fn view_of(entry: &LogEntry) -> Option<ReservationView> {
    (entry.event == "reservation").then(|| serde_json::from_str(&entry.body).ok()).flatten()
}

/// In words of the wire. What was before an entry is an older one of `entries`, or stands in `before`.
fn told(entries: &[LogEntry], before: &HashMap<u64, ReservationView>) -> Vec<LogLine> {
    let mut lines = Vec::with_capacity(entries.len());
    for (place, entry) in entries.iter().enumerate() {
        // Each booking is told by its reservation, and so is who is in a room; what stands beside them says the same.
        let echoes = [("alert", "new_reservation"), ("alert", "cancellation"), ("room", "stays"), ("room", "nights")];
        if echoes.contains(&(entry.event.as_str(), entry.kind.as_str())) {
            continue;
        }
        let view = view_of(entry);
        let older = || entries[place + 1..].iter().filter(|other| other.code == entry.code).find_map(view_of);
        let earlier = || before.get(&entry.seq).cloned().or_else(older);
        let changes = match view.as_ref().filter(|_| has_changes(entry)).zip(earlier()) {
            Some((view, earlier)) => changes(&earlier, view),
            None => Vec::new(),
        };
        let mut line = LogLine {
            seq: entry.seq,
            at: entry.at,
            by: entry.by.clone(),
            event: entry.event.clone(),
            kind: entry.kind.clone(),
            code: entry.code,
            version: view.as_ref().map(|view| view.version),
            guest: view.as_ref().and_then(|view| view.guest.as_ref()).map(|guest| guest.name.clone()),
            changes,
            entry: view.and_then(|view| view.entry),
            room: None,
            block: None,
            text: String::new(),
        };
        match entry.event.as_str() {
            "room" => {
                if let Ok(event) = serde_json::from_str::<RoomEvent>(&entry.body) {
                    let room = event.room.room;
                    line.room = Some(room.number.to_string());
                    line.text = if event.kind == RoomFact::Note.as_str() { room.note } else { room.condition };
                    line.block = event.block;
                }
            }
            "alert" => {
                let alert = serde_json::from_str::<AlertEvent>(&entry.body);
                line.text = alert.map(|alert| alert.text).unwrap_or_default();
            }
            "hotel" => {
                let event = serde_json::from_str::<HotelEvent>(&entry.body);
                line.changes = event.map(|event| event.changes).unwrap_or_default();
            }
            "staff" => {
                let event = serde_json::from_str::<StaffEvent>(&entry.body);
                line.text = event.map(|event| event.from).unwrap_or_default();
            }
            "day" => {
                let day = serde_json::from_str::<DayEvent>(&entry.body);
                line.text = day.map(|day| format!("{} {}", day.before, day.business_date)).unwrap_or_default();
            }
            _ => {}
        }
        lines.push(line);
    }
    lines
}
