//! The first reading of the file: how many rooms of each type it takes to house every real stay, for how many people,
//! and what they usually cost.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::domain::{Date, RoomTypeCode};
use crate::server::admin::import_bookings::ImportError;
use crate::server::admin::import_bookings::columns::Bookings;
use crate::server::admin::import_bookings::row::{Outcome, Stayed};

#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The rows of the source, good or bad.
    pub rows: u64,
    pub room_types: BTreeMap<RoomTypeCode, Needed>,
}

/// What a room type must have.
#[derive(Debug, Default)]
pub(super) struct Needed {
    /// Arrivals less departures of each day, of stays that were not cancelled.
    changes: BTreeMap<Date, i32>,
    /// The largest party that came.
    largest_party: u8,
    /// How often each rate was paid, in minor units.
    rates: BTreeMap<i64, u32>,
}

impl Survey {
    pub fn of(path: &Path, source: &str) -> Result<Self, ImportError> {
        let mut survey = Self::default();
        let mut sources = BTreeSet::new();
        for record in Bookings::open(path)? {
            let record = record?;
            let of = record.text("hotel").unwrap_or_default();
            if of != source {
                if !sources.contains(of) {
                    sources.insert(of.to_owned());
                }
                continue;
            }
            survey.rows += 1;
            if let Ok(stayed) = Stayed::read(&record) {
                survey.room_types.entry(stayed.room_type.clone()).or_default().add(&stayed);
            }
        }
        if survey.rows == 0 {
            let known = sources.into_iter().map(|source| format!("{source:?}")).collect();
            return Err(ImportError::NoSuchSource { source_name: source.to_owned(), known });
        }
        Ok(survey)
    }
}

impl Needed {
    fn add(&mut self, stayed: &Stayed) {
        *self.rates.entry(stayed.nightly.minor).or_default() += 1;
        if stayed.outcome == Outcome::Cancelled {
            return;
        }
        *self.changes.entry(stayed.stay.arrival()).or_default() += 1;
        *self.changes.entry(stayed.stay.departure()).or_default() -= 1;
        self.largest_party = self.largest_party.max(stayed.party.size());
    }

    /// Rooms enough for the fullest night; at least one.
    pub fn rooms(&self) -> u16 {
        let nights = self.changes.values().scan(0, |taken, change| {
            *taken += change;
            Some(*taken)
        });
        u16::try_from(nights.max().unwrap_or(0)).unwrap_or(u16::MAX).max(1)
    }

    /// Beds enough for the largest party that came; two where nobody ever came.
    pub fn sleeps(&self) -> u8 {
        if self.largest_party == 0 { 2 } else { self.largest_party }
    }

    /// The median rate, of those that were not free.
    pub fn usual_rate_minor(&self) -> i64 {
        let paid = || self.rates.iter().filter(|(rate, _)| **rate > 0);
        let half = paid().map(|(_, times)| u64::from(*times)).sum::<u64>() / 2;
        let mut before = 0;
        let median = paid().find(|(_, times)| {
            before += u64::from(**times);
            before > half
        });
        median.map_or(0, |(rate, _)| *rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::admin::import_bookings::columns::Record;

    fn needed(rows: &[&[(&str, &str)]]) -> Needed {
        let mut needed = Needed::default();
        for changes in rows {
            needed.add(&Stayed::read(&Record::example(changes)).unwrap());
        }
        needed
    }

    #[test]
    fn there_are_rooms_for_the_fullest_night_and_no_more() {
        // Three nights from the 26th, from the 28th (two of them), and from the 29th on which the first leaves.
        let day = |day| ("arrival_date_day_of_month", day);
        let cancelled = ("reservation_status", "Canceled");
        let rows: &[&[_]] = &[&[day("26")], &[day("28")], &[day("28")], &[day("29")], &[day("28"), cancelled]];
        assert_eq!(needed(rows).rooms(), 3);
        assert_eq!(needed(&[&[cancelled]]).rooms(), 1);
    }

    #[test]
    fn a_room_sleeps_the_largest_party_that_came_and_costs_what_is_usual() {
        let rows: &[&[_]] = &[
            &[("adr", "0"), ("adults", "3")],
            &[("adr", "60")],
            &[("adr", "80")],
            &[("adr", "500"), ("adults", "40"), ("reservation_status", "Canceled")],
        ];
        let needed = needed(rows);
        assert_eq!((needed.sleeps(), needed.usual_rate_minor()), (4, 8_000));
        assert_eq!(Needed::default().sleeps(), 2);
        assert_eq!(Needed::default().usual_rate_minor(), 0);
    }
}
