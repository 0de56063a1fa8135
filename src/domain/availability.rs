//! Counting nights: what is taken, what is left, and who is refused.

use crate::domain::Date;

/// The counters of one night of one room type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NightCount {
    pub rooms: u16,
    /// How many more than `rooms` may be sold.
    pub overbook: u16,
    pub sold: u16,
    pub held: u16,
    pub blocked: u16,
}

/// The nights that are gone; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no room is left for {} of the nights", nights.len())]
pub struct SoldOut {
    pub nights: Vec<Date>,
}

impl NightCount {
    /// What may be sold in all.
    pub const fn limit(self) -> u16 {
        self.rooms.saturating_add(self.overbook)
    }

    pub const fn taken(self) -> u16 {
        self.sold.saturating_add(self.held).saturating_add(self.blocked)
    }

    /// How many are still free to sell; 0 when the night is full or over.
    pub const fn left(self) -> u16 {
        self.limit().saturating_sub(self.taken())
    }

    /// What must hold for every night, whatever happens: nothing is sold that is not there.
    pub const fn is_sound(self) -> bool {
        self.taken() <= self.limit()
    }
}

/// The nights of `counts` on which nothing is left.
pub fn gone_nights(counts: impl IntoIterator<Item = (Date, NightCount)>) -> Result<(), SoldOut> {
    let nights: Vec<Date> = counts.into_iter().filter(|(_, count)| count.left() == 0).map(|(night, _)| night).collect();
    if nights.is_empty() { Ok(()) } else { Err(SoldOut { nights }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_night_can_be_taken_exactly_as_often_as_something_is_left(
            rooms in 0_u16..50, overbook in 0_u16..5, blocked in 0_u16..10, attempts in 0_u16..80,
        ) {
            let blocked = blocked.min(rooms);
            let mut count = NightCount { rooms, overbook, blocked, ..NightCount::default() };
            let free = count.left();
            let mut taken = 0;
            for attempt in 0..attempts {
                if count.left() > 0 {
                    if attempt % 2 == 0 { count.sold += 1 } else { count.held += 1 }
                    taken += 1;
                }
                prop_assert!(count.is_sound());
            }
            prop_assert_eq!(taken, attempts.min(free));
        }

        #[test]
        fn the_nights_that_are_gone_are_named(lefts in prop::collection::vec(0_u16..3, 1..30)) {
            let start: Date = "2027-01-01".parse().unwrap();
            let counts = (0_i32..).zip(&lefts).map(|(day, left)| {
                (start.add_days(day), NightCount { rooms: 3, sold: 3 - left, ..NightCount::default() })
            });
            let gone: Vec<Date> = (0_i32..).zip(&lefts).filter(|(_, left)| **left == 0).map(|(day, _)| start.add_days(day)).collect();
            let expected = if gone.is_empty() { Ok(()) } else { Err(SoldOut { nights: gone }) };
            prop_assert_eq!(gone_nights(counts), expected);
        }
    }
}
