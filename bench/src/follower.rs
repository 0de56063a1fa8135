//! Where one listener stands among the events that were published for it, and what went wrong on the way.

use std::ops::RangeInclusive;

use crate::reader::Told;

/// How a listener knows which of the published events one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// The first has the number `base + step`, the next `step` more, and so on.
    Steps { base: u64, step: u64 },
    /// As `Steps`, but one event may stand for all up to its number.
    Merged { base: u64, step: u64 },
    /// The numbers only grow: many topics share them. What is lost shows at the end, as too few.
    Growing,
}

#[derive(Clone, Copy, Debug)]
pub struct Follower {
    counting: Counting,
    last: u64,
    /// How many of the published have arrived, or were passed over.
    pub arrived: u64,
    pub lost: u64,
    pub twice: u64,
    /// How often it was told to read anew what it had missed.
    pub resets: u64,
}

impl Follower {
    pub fn new(counting: Counting) -> Self {
        Self { counting, last: 0, arrived: 0, lost: 0, twice: 0, resets: 0 }
    }

    /// Takes in an event; gives the first and last of the published that are new by it, from 1.
    #[allow(clippy::reversed_empty_ranges, reason = "nothing is new")]
    pub fn take_in(&mut self, told: Told) -> RangeInclusive<u64> {
        let (Told::Event(number) | Told::Reset(number)) = told;
        let place = match self.counting {
            Counting::Steps { base, step } | Counting::Merged { base, step } => {
                number.saturating_sub(base) / step.max(1)
            }
            Counting::Growing if number > self.last => self.arrived + 1,
            Counting::Growing => self.arrived,
        };
        self.last = number;
        if told == Told::Reset(number) {
            self.resets += 1;
            self.arrived = self.arrived.max(place);
            return 1..=0;
        }
        if place <= self.arrived {
            self.twice += 1;
            return 1..=0;
        }
        let first = self.arrived + 1;
        self.arrived = place;
        if matches!(self.counting, Counting::Merged { .. }) {
            return first..=place;
        }
        self.lost += place - first;
        place..=place
    }

    /// What will not come any more is lost.
    pub fn end(&mut self, published: u64) {
        self.lost += published.saturating_sub(self.arrived);
        self.arrived = self.arrived.max(published);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_and_what_comes_twice_is_counted() {
        let mut follower = Follower::new(Counting::Steps { base: 10, step: 3 });
        assert_eq!(follower.take_in(Told::Event(13)), 1..=1);
        assert_eq!(follower.take_in(Told::Event(22)), 4..=4);
        assert!(follower.take_in(Told::Event(22)).is_empty());
        follower.end(5);
        assert_eq!((follower.lost, follower.twice, follower.arrived), (3, 1, 5));
    }

    #[test]
    fn what_is_to_be_read_anew_is_not_lost() {
        let mut follower = Follower::new(Counting::Steps { base: 0, step: 1 });
        assert!(follower.take_in(Told::Reset(7)).is_empty());
        assert_eq!(follower.take_in(Told::Event(8)), 8..=8);
        assert_eq!((follower.lost, follower.twice, follower.resets), (0, 0, 1));
    }

    #[test]
    fn one_event_may_stand_for_several() {
        let mut follower = Follower::new(Counting::Merged { base: 10, step: 3 });
        assert_eq!(follower.take_in(Told::Event(22)), 1..=4);
        assert_eq!(follower.lost, 0);
    }

    #[test]
    fn numbers_that_only_grow_are_counted() {
        let mut follower = Follower::new(Counting::Growing);
        assert_eq!(follower.take_in(Told::Event(7)), 1..=1);
        assert_eq!(follower.take_in(Told::Event(90)), 2..=2);
        assert!(follower.take_in(Told::Event(90)).is_empty());
        follower.end(3);
        assert_eq!((follower.lost, follower.twice), (1, 1));
    }
}
