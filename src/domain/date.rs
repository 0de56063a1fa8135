//! A civil date as a day number: light enough for the browser, exact for arithmetic.
//!
//! Conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (proleptic Gregorian calendar).

use core::fmt;
use core::str::FromStr;

/// A calendar day at the hotel, with no zone and no time. Years 1900 to 2199.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("a date is written YYYY-MM-DD")]
    Format,
    #[error("there is no such day")]
    NoSuchDay,
    #[error("a date lies between 1900 and 2199")]
    OutOfRange,
}

impl Weekday {
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// 0 for Monday to 6 for Sunday.
    pub const fn index(self) -> usize {
        self as usize
    }
}

impl Date {
    pub const MIN: Self = Self(-25_567);
    pub const MAX: Self = Self(84_005);

    pub fn from_ymd(year: i32, month: u8, day: u8) -> Result<Self, DateError> {
        if !(1900..=2199).contains(&year) {
            return Err(DateError::OutOfRange);
        }
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self(day_number(year, month, day)))
    }

    /// Days since 1970-01-01.
    pub const fn day_number(self) -> i32 {
        self.0
    }

    pub fn from_day_number(number: i32) -> Result<Self, DateError> {
        let date = Self(number);
        if (Self::MIN..=Self::MAX).contains(&date) { Ok(date) } else { Err(DateError::OutOfRange) }
    }

    pub const fn year(self) -> i32 {
        civil(self.0).0
    }

    /// 1 to 12.
    pub const fn month(self) -> u8 {
        civil(self.0).1
    }

    /// 1 to 31.
    pub const fn day(self) -> u8 {
        civil(self.0).2
    }

    pub const fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize]
    }

    /// The day `days` later (or earlier), held within the calendar's range.
    #[must_use]
    pub fn add_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days)).clamp(Self::MIN, Self::MAX)
    }

    /// How many days `later` lies after this day; negative when it lies before.
    pub const fn days_until(self, later: Self) -> i32 {
        later.0 - self.0
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn day_number(year: i32, month: u8, day: u8) -> i32 {
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let shifted_month = (month as i32 + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day as i32 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "months and days fit a byte")]
const fn civil(number: i32) -> (i32, u8, u8) {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u8;
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(DateError::Format);
        }
        let number = |range: core::ops::Range<usize>| {
            bytes[range].iter().try_fold(0_i32, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + i32::from(byte - b'0')).ok_or(DateError::Format)
            })
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let byte = |value: i32| u8::try_from(value).map_err(|_| DateError::NoSuchDay);
        Self::from_ymd(year, byte(month)?, byte(day)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // By hand: lists and logs are full of dates, and `{:02}` costs more than the rest of a row.
        let (year, month, day) = civil(self.0);
        let mut text = *b"0000-00-00";
        write_digits(&mut text[..4], i64::from(year));
        write_digits(&mut text[5..7], i64::from(month));
        write_digits(&mut text[8..], i64::from(day));
        formatter.write_str(core::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

/// The last digits of a number that is not negative, as many as there is room for.
pub(super) fn write_digits(into: &mut [u8], number: i64) {
    let mut rest = number;
    for place in into.iter_mut().rev() {
        *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_weekday_and_number() {
        let date: Date = "2024-02-29".parse().unwrap();
        assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
        assert_eq!(date.weekday(), Weekday::Thursday);
        assert_eq!("1970-01-01".parse::<Date>().unwrap().day_number(), 0);
        assert_eq!("1900-01-01".parse::<Date>().unwrap(), Date::MIN);
        assert_eq!("2199-12-31".parse::<Date>().unwrap(), Date::MAX);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!("2023-02-29".parse::<Date>(), Err(DateError::NoSuchDay));
        assert_eq!("2023-13-01".parse::<Date>(), Err(DateError::NoSuchDay));
        assert_eq!("2023-00-10".parse::<Date>(), Err(DateError::NoSuchDay));
        assert_eq!("2200-01-01".parse::<Date>(), Err(DateError::OutOfRange));
        for text in ["", "2023-2-01", "2023/02/01", "02-01-2023", "2023-02-01T", "２０２３-02", "+023-01-01"] {
            assert_eq!(text.parse::<Date>(), Err(DateError::Format), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_and_number_name_the_same_day(number in Date::MIN.0..=Date::MAX.0) {
            let date = Date::from_day_number(number).unwrap();
            prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
            prop_assert_eq!(date.add_days(1).weekday().index(), (date.weekday().index() + 1) % 7 * usize::from(date != Date::MAX)
                + date.weekday().index() * usize::from(date == Date::MAX));
        }
    }
}
