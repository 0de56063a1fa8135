//! A hotel: the property whose rooms are sold, and the unit of order.

use core::fmt;
use core::str::FromStr;

use crate::domain::{CancellationPolicy, Currency, HotelDay, HotelSlug};

/// The hotel's number in its database; never leaves the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HotelId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotel {
    pub id: HotelId,
    pub slug: HotelSlug,
    pub name: String,
    /// An IANA zone, such as `Europe/Lisbon`.
    pub time_zone: String,
    pub currency: Currency,
    /// A BCP 47 tag: the desk's language, and the guest's where the browser names none.
    pub language: String,
    /// Guests may enter from this time on the day of arrival.
    pub check_in_from: CivilTime,
    /// Guests leave until this time on the day of departure.
    pub check_out_until: CivilTime,
    pub day: HotelDay,
    pub cancellation: CancellationPolicy,
    /// Counts the changes of the terms, from 1.
    pub terms_version: u32,
}

/// What a manager decides about every stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HotelTerms {
    pub check_in_from: CivilTime,
    pub check_out_until: CivilTime,
    pub cancellation: CancellationPolicy,
}

impl Hotel {
    pub const fn terms(&self) -> HotelTerms {
        HotelTerms {
            check_in_from: self.check_in_from,
            check_out_until: self.check_out_until,
            cancellation: self.cancellation,
        }
    }

    /// The same hotel with other terms, one version on.
    #[must_use]
    pub fn with_terms(&self, terms: HotelTerms) -> Self {
        let HotelTerms { check_in_from, check_out_until, cancellation } = terms;
        let terms_version = self.terms_version + 1;
        Self { check_in_from, check_out_until, cancellation, terms_version, ..self.clone() }
    }
}

/// A time of day at the hotel, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilTime {
    hour: u8,
    minute: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written HH:MM")]
pub struct CivilTimeError;

impl CivilTime {
    pub const MIDNIGHT: Self = Self { hour: 0, minute: 0 };

    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self { hour, minute }) } else { None }
    }

    pub const fn hour(self) -> u8 {
        self.hour
    }

    pub const fn minute(self) -> u8 {
        self.minute
    }
}

impl FromStr for CivilTime {
    type Err = CivilTimeError;

    fn from_str(text: &str) -> Result<Self, CivilTimeError> {
        let (hour, minute) =
            text.split_once(':').filter(|_| text.len() == 5 && text.is_ascii()).ok_or(CivilTimeError)?;
        let number = |part: &str| part.parse::<u8>().map_err(|_| CivilTimeError);
        Self::new(number(hour)?, number(minute)?).ok_or(CivilTimeError)
    }
}

impl fmt::Display for CivilTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_to_the_minute() {
        assert_eq!("15:00".parse(), Ok(CivilTime { hour: 15, minute: 0 }));
        for bad in ["24:00", "1:00", "15.00", "15:60", "é5:00"] {
            assert_eq!(bad.parse::<CivilTime>(), Err(CivilTimeError), "{bad}");
        }
    }
}
