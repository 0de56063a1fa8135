//! A stay: the half-open range of nights from arrival to departure.

use crate::domain::Date;

/// The longest stay that is sold.
pub const MAX_NIGHTS: u16 = 60;

/// How far ahead a stay may begin; a limit so that a slip of the year is caught.
pub const MAX_DAYS_AHEAD: i32 = 5 * 366;

/// One to [`MAX_NIGHTS`] nights: `[arrival, departure)`. The departure day is not a night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stay {
    arrival: Date,
    departure: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    #[error("departure must be after arrival")]
    DepartureNotAfterArrival,
    #[error("a stay is at most {MAX_NIGHTS} nights")]
    TooLong,
    #[error("arrival must not be before today at the hotel")]
    ArrivalInThePast,
    #[error("arrival must not be more than five years ahead")]
    TooFarAhead,
}

impl Stay {
    pub fn new(arrival: Date, departure: Date) -> Result<Self, StayError> {
        let nights = arrival.days_until(departure);
        if nights < 1 {
            Err(StayError::DepartureNotAfterArrival)
        } else if nights > i32::from(MAX_NIGHTS) {
            Err(StayError::TooLong)
        } else {
            Ok(Self { arrival, departure })
        }
    }

    /// A stay that can still be sold, seen from the hotel's `today`.
    pub fn bookable(arrival: Date, departure: Date, today: Date) -> Result<Self, StayError> {
        let stay = Self::new(arrival, departure)?;
        if arrival < today {
            Err(StayError::ArrivalInThePast)
        } else if today.days_until(arrival) > MAX_DAYS_AHEAD {
            Err(StayError::TooFarAhead)
        } else {
            Ok(stay)
        }
    }

    pub const fn arrival(self) -> Date {
        self.arrival
    }

    pub const fn departure(self) -> Date {
        self.departure
    }

    /// 1 to [`MAX_NIGHTS`].
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a stay has 1 to 60 nights")]
    pub const fn night_count(self) -> u16 {
        self.arrival.days_until(self.departure) as u16
    }

    /// Each night by the date on which it begins.
    pub fn nights(self) -> impl DoubleEndedIterator<Item = Date> + ExactSizeIterator + Clone {
        (0..self.night_count()).map(move |night| self.arrival.add_days(i32::from(night)))
    }

    pub fn contains_night(self, night: Date) -> bool {
        (self.arrival..self.departure).contains(&night)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_stay_ends_after_it_begins_and_lasts_at_most_sixty_nights() {
        let day = date("2027-03-28");
        assert_eq!(Stay::new(day, day), Err(StayError::DepartureNotAfterArrival));
        assert_eq!(Stay::new(day, day.add_days(-1)), Err(StayError::DepartureNotAfterArrival));
        assert_eq!(Stay::new(day, day.add_days(61)), Err(StayError::TooLong));
        assert_eq!(Stay::new(day, day.add_days(60)).unwrap().night_count(), 60);
    }

    #[test]
    fn arrival_is_today_or_later() {
        let today = date("2027-03-28");
        let arriving = |offset: i32| Stay::bookable(today.add_days(offset), today.add_days(offset + 1), today);
        assert_eq!(arriving(-1), Err(StayError::ArrivalInThePast));
        assert!(arriving(0).is_ok());
        assert_eq!(arriving(MAX_DAYS_AHEAD + 1), Err(StayError::TooFarAhead));
    }

    proptest! {
        #[test]
        fn nights_are_each_day_from_arrival_and_never_the_departure(start in -20_000_i32..80_000, length in 1_i32..=60) {
            let arrival = Date::from_day_number(start).unwrap();
            let stay = Stay::new(arrival, arrival.add_days(length)).unwrap();
            let nights: Vec<Date> = stay.nights().collect();
            prop_assert_eq!(nights.len(), usize::from(stay.night_count()));
            prop_assert_eq!(nights[0], arrival);
            prop_assert!(nights.windows(2).all(|pair| pair[0].days_until(pair[1]) == 1));
            prop_assert!(nights.iter().all(|night| stay.contains_night(*night)));
            prop_assert!(!stay.contains_night(stay.departure()));
        }
    }
}
