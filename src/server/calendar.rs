//! A stay as an iCalendar file (RFC 5545): from check-in to check-out by the hotel's own clock.

mod lines;
mod zone;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::domain::{Hotel, Reservation, Status, Timestamp};
use crate::server::clock::civil_at;
use lines::Lines;

/// What a calendar shows of a stay. Nothing of the guest: the file goes wherever his calendar is kept.
#[derive(Clone, Debug)]
pub struct CalendarEvent<'a> {
    pub hotel: &'a Hotel,
    pub reservation: &'a Reservation,
    /// What the room type is called.
    pub room: &'a str,
    /// Where the reservation is opened; not the secret link.
    pub url: String,
    /// The lines of the description, in the guest's language.
    pub notes: Vec<String>,
}

/// The file, as of `now`.
pub fn file(event: &CalendarEvent<'_>, now: Timestamp) -> String {
    let CalendarEvent { hotel, reservation, room, url, notes } = event;
    let zone = TimeZone::get(&hotel.time_zone).unwrap_or(TimeZone::UTC);
    let arrival = civil_at(reservation.stay.arrival(), hotel.check_in_from);
    let departure = civil_at(reservation.stay.departure(), hotel.check_out_until);
    let status = match reservation.state().status() {
        Status::Held => "TENTATIVE",
        Status::Confirmed | Status::InHouse | Status::CheckedOut => "CONFIRMED",
        Status::Cancelled | Status::NoShow | Status::Lapsed => "CANCELLED",
    };
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Vacancy//Stays//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", if status == "CANCELLED" { "CANCEL" } else { "PUBLISH" });
    zone::put(&mut lines, &hotel.time_zone, &zone, arrival, departure);
    lines.put("BEGIN", "VEVENT");
    // The same for ever, so that a calendar knows the event again when the stay has changed.
    lines.text("UID", &format!("{}.{}@vacancy", reservation.code, hotel.slug));
    lines.put("SEQUENCE", &reservation.version.to_string());
    lines.put("DTSTAMP", &utc(now));
    lines.put(&format!("DTSTART;TZID={}", hotel.time_zone), &stamp(arrival));
    lines.put(&format!("DTEND;TZID={}", hotel.time_zone), &stamp(departure));
    lines.text("SUMMARY", &format!("{}, {room}", hotel.name));
    lines.text("LOCATION", &hotel.name);
    lines.text("DESCRIPTION", &notes.join("\n"));
    lines.put("URL", url);
    lines.put("STATUS", status);
    // A room for the night keeps nobody from a meeting.
    lines.put("TRANSP", "TRANSPARENT");
    lines.put("CLASS", "PRIVATE");
    lines.put("END", "VEVENT");
    lines.put("END", "VCALENDAR");
    lines.finish()
}

/// `20270328T150000`
fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn utc(at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
#[path = "calendar/tests.rs"]
mod tests;
