//! Where time comes from. Passed in, so that tests own it.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;

use crate::domain::{Date, Timestamp};

pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(jiff::Timestamp::now().as_millisecond())
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.unix_ms()))
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::SeqCst))
    }
}

/// The civil date in an IANA zone at an instant; UTC for a zone that is not known.
pub fn today(now: Timestamp, time_zone: &str) -> Date {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(now.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = instant.to_zoned(zone).date();
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    Date::from_ymd(year, month, day).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_hotels_not_the_servers() {
        let late_evening_in_lisbon: Timestamp = "2026-12-24T23:30:00Z".parse().unwrap();
        assert_eq!(today(late_evening_in_lisbon, "Europe/Lisbon").to_string(), "2026-12-24");
        assert_eq!(today(late_evening_in_lisbon, "Asia/Shanghai").to_string(), "2026-12-25");
    }

    #[test]
    fn the_day_of_a_clock_change_is_one_day() {
        let before: Timestamp = "2027-03-28T00:59:00Z".parse().unwrap();
        assert_eq!(today(before, "Europe/Lisbon"), today(before.plus_seconds(120), "Europe/Lisbon"));
    }
}
