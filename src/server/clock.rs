//! Where time comes from. Passed in, so that tests own it.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::{self, DateTime};
use jiff::tz::TimeZone;

use crate::domain::{CivilTime, Date, Hotel, Timestamp};

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

/// The first moment of a day in a zone.
pub fn start_of_day(day: Date, time_zone: &str) -> Timestamp {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let civil = i8::try_from(day.month()).ok().zip(i8::try_from(day.day()).ok()).zip(i16::try_from(day.year()).ok());
    let civil = civil.and_then(|((month, day), year)| jiff::civil::Date::new(year, month, day).ok());
    let start = civil.and_then(|date| date.to_zoned(zone).ok());
    Timestamp::from_unix_ms(start.map_or(0, |start| start.timestamp().as_millisecond()))
}

/// The hour on the zone's clocks, 0 to 23.
pub fn hour_of_day(now: Timestamp, time_zone: &str) -> u8 {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(now.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.to_zoned(zone).hour().unsigned_abs()
}

/// When check-in begins on a day of arrival. A time that the clocks leave out is taken as they go on from there.
pub fn check_in_at(hotel: &Hotel, arrival: Date) -> Timestamp {
    let zone = TimeZone::get(&hotel.time_zone).unwrap_or(TimeZone::UTC);
    let instant = zone.to_timestamp(civil_at(arrival, hotel.check_in_from));
    Timestamp::from_unix_ms(instant.map_or(0, jiff::Timestamp::as_millisecond))
}

/// The day and the time on the clocks of an IANA zone.
pub fn civil_of(at: Timestamp, time_zone: &str) -> (Date, CivilTime) {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(at.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let local = zone.to_datetime(instant);
    let time = CivilTime::new(local.hour().unsigned_abs(), local.minute().unsigned_abs());
    (today(at, time_zone), time.unwrap_or(CivilTime::MIDNIGHT))
}

/// A day and a time of the hotel, in no zone.
pub fn civil_at(date: Date, time: CivilTime) -> DateTime {
    let year = i16::try_from(date.year()).unwrap_or(1970);
    let (month, day) = (date.month().cast_signed(), date.day().cast_signed());
    let date = civil::Date::new(year, month, day).unwrap_or(civil::Date::constant(1970, 1, 1));
    date.at(time.hour().cast_signed(), time.minute().cast_signed(), 0, 0)
}

/// How far the zone's clocks are before UTC at an instant, in minutes.
pub fn utc_offset_minutes(now: Timestamp, time_zone: &str) -> i32 {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(now.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    zone.to_offset(instant).seconds().div_euclid(60)
}

/// How long the hotel's day still lasts. A day of a clock change has 23 or 25 hours.
pub fn seconds_left_today(now: Timestamp, time_zone: &str) -> u32 {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(now.unix_ms()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let today = instant.to_zoned(zone);
    let left = today.tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
    let left = left.map_or(0, |midnight| midnight.timestamp().as_second() - instant.as_second());
    u32::try_from(left.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_the_hotels_not_the_servers() {
        let late_evening_in_lisbon: Timestamp = "2026-12-24T23:30:00Z".parse().unwrap();
        assert_eq!(today(late_evening_in_lisbon, "Europe/Lisbon").to_string(), "2026-12-24");
        assert_eq!(today(late_evening_in_lisbon, "Asia/Shanghai").to_string(), "2026-12-25");
        assert_eq!(seconds_left_today(late_evening_in_lisbon, "Europe/Lisbon"), 30 * 60);
        assert_eq!(utc_offset_minutes(late_evening_in_lisbon, "Asia/Shanghai"), 480);
    }

    #[test]
    fn the_day_of_a_clock_change_is_one_day() {
        let before: Timestamp = "2027-03-28T00:59:00Z".parse().unwrap();
        assert_eq!(today(before, "Europe/Lisbon"), today(before.plus_seconds(120), "Europe/Lisbon"));
    }
}
