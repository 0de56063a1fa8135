//! A range of nights of any length, half-open as a stay is.

use crate::domain::{Date, Stay};

/// At least one night: `[first, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nights {
    first: Date,
    end: Date,
}

impl Nights {
    /// None where there is no night in between.
    pub fn new(first: Date, end: Date) -> Option<Self> {
        (first < end).then_some(Self { first, end })
    }

    pub const fn first(self) -> Date {
        self.first
    }

    /// The morning after the last night.
    pub const fn end(self) -> Date {
        self.end
    }

    pub const fn count(self) -> i32 {
        self.first.days_until(self.end)
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.first < other.end && other.first < self.end
    }

    pub fn contains(self, night: Date) -> bool {
        (self.first..self.end).contains(&night)
    }

    /// What is left of it from a day on.
    pub fn since(self, day: Date) -> Option<Self> {
        Self::new(self.first.max(day), self.end)
    }

    /// What is left of it before a day.
    pub fn before(self, day: Date) -> Option<Self> {
        Self::new(self.first, self.end.min(day))
    }

    pub fn iter(self) -> impl Iterator<Item = Date> + Clone {
        (0..self.count()).map(move |day| self.first.add_days(day))
    }
}

impl From<Stay> for Nights {
    fn from(stay: Stay) -> Self {
        Self { first: stay.arrival(), end: stay.departure() }
    }
}
