//! The hotel's zone as a VTIMEZONE: what its clocks showed before the stay, and each change until it is over.

use jiff::civil::DateTime;
use jiff::tz::{Dst, Offset, TimeZone, TimeZoneTransition};

use super::lines::Lines;
use super::stamp;

/// So long after the departure changes are still told, in seconds: a stay that is changed may move.
const AFTERWARDS_SECONDS: i64 = 400 * 86_400;

pub(super) fn put(lines: &mut Lines, name: &str, zone: &TimeZone, arrival: DateTime, departure: DateTime) {
    let instant = |at: DateTime| zone.to_timestamp(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let (from, until) = (instant(arrival), instant(departure).as_second() + AFTERWARDS_SECONDS);
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", name);
    if let Some(transition) = zone.preceding(from).next() {
        observance(lines, zone, &transition);
    } else {
        let offset = zone.to_offset(from);
        component(lines, "STANDARD", "19700101T000000", (offset, offset), name);
    }
    for transition in zone.following(from).take_while(|transition| transition.timestamp().as_second() <= until) {
        observance(lines, zone, &transition);
    }
    lines.put("END", "VTIMEZONE");
}

fn observance(lines: &mut Lines, zone: &TimeZone, transition: &TimeZoneTransition<'_>) {
    let at = transition.timestamp();
    let before = zone.to_offset(at - jiff::SignedDuration::from_secs(1));
    let kind = if transition.dst() == Dst::Yes { "DAYLIGHT" } else { "STANDARD" };
    // It begins by the clock that it ends.
    let begins = stamp(before.to_datetime(at));
    component(lines, kind, &begins, (before, transition.offset()), transition.abbreviation());
}

fn component(lines: &mut Lines, kind: &str, begins: &str, (from, to): (Offset, Offset), name: &str) {
    lines.put("BEGIN", kind);
    lines.put("DTSTART", begins);
    lines.put("TZOFFSETFROM", &offset(from));
    lines.put("TZOFFSETTO", &offset(to));
    lines.text("TZNAME", name);
    lines.put("END", kind);
}

/// `+0100`
fn offset(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
