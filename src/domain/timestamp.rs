//! An instant in UTC, as milliseconds since 1970; written as RFC 3339.

use core::fmt;
use core::str::FromStr;

use crate::domain::Date;
use crate::domain::date::write_digits;

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_unix_ms(unix_ms: i64) -> Self {
        Self(unix_ms)
    }

    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Whole seconds until `later`, rounded up; 0 when it has passed.
    pub fn seconds_until(self, later: Self) -> u64 {
        u64::try_from((later.0.saturating_sub(self.0)).max(0)).unwrap_or(0).div_ceil(1000)
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-12-24T15:00:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = i32::try_from(self.0.div_euclid(DAY_MS)).unwrap_or(i32::MAX);
        let date = Date::from_day_number(day).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX });
        let ms = self.0.rem_euclid(DAY_MS);
        let mut time = *b"T00:00:00.000Z";
        write_digits(&mut time[1..3], ms / 3_600_000);
        write_digits(&mut time[4..6], ms / 60_000 % 60);
        write_digits(&mut time[7..9], ms / 1000 % 60);
        write_digits(&mut time[10..13], ms % 1000);
        fmt::Display::fmt(&date, formatter)?;
        formatter.write_str(core::str::from_utf8(&time).map_err(|_| fmt::Error)?)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an instant is written in RFC 3339, in UTC")]
pub struct TimestampError;

/// Reads what [`Display`](fmt::Display) writes, milliseconds optional.
impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let text = text.strip_suffix('Z').ok_or(TimestampError)?;
        let (date, time) = text.split_once('T').ok_or(TimestampError)?;
        let date: Date = date.parse().map_err(|_| TimestampError)?;
        let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let mut parts = clock.split(':').map(|part| match part.len() {
            2 => part.parse::<u8>().map_err(|_| TimestampError),
            _ => Err(TimestampError),
        });
        let mut next = || parts.next().ok_or(TimestampError)?;
        let (hour, minute, second) = (next()?, next()?, next()?);
        if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
            return Err(TimestampError);
        }
        let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
        if !is_fraction {
            return Err(TimestampError);
        }
        let ms = format!("{fraction:0<3}")[..3].parse::<i64>().map_err(|_| TimestampError)?;
        let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        Ok(Self(i64::from(date.day_number()) * DAY_MS + seconds * 1000 + ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn instants_are_written_in_utc() {
        let instant = Timestamp::from_unix_ms(1_798_131_600_250);
        assert_eq!(instant.to_string(), "2026-12-24T17:00:00.250Z");
        assert_eq!("2026-12-24T17:00:00Z".parse(), Ok(instant.plus_ms(-250)));
        for text in ["2026-12-24T17:00:00", "2026-12-24 17:00:00Z", "2026-12-24T24:00:00Z", "2026-12-24T17:00Z"] {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_instant_are_the_same(ms in -2_000_000_000_000_i64..7_000_000_000_000) {
            let instant = Timestamp::from_unix_ms(ms);
            prop_assert_eq!(instant.to_string().parse(), Ok(instant));
        }
    }
}
