//! A room type as it is taken from a day on: what is fixed in which room, and what is loose.

use crate::domain::rooms::seating::{is_dense_at_most, seat};
use crate::domain::{Date, MAX_NIGHTS, Nights};

/// The nights of one room type. Rooms are counted from 0; those that have no number yet, and those that a manager lets
/// the house sell over its rooms, count as rooms too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// For each room its fixed nights, in order and apart.
    fixed: Vec<Vec<Nights>>,
    loose: Vec<Nights>,
}

impl Plan {
    pub fn new(rooms: usize) -> Self {
        Self { fixed: vec![Vec::new(); rooms], loose: Vec::new() }
    }

    pub fn rooms(&self) -> usize {
        self.fixed.len()
    }

    /// Takes nights of a room for good; false when something fixed is there already, or there is no such room.
    #[must_use]
    pub fn fix(&mut self, room: usize, nights: Nights) -> bool {
        let Some(fixed) = self.fixed.get_mut(room) else { return false };
        let place = fixed.partition_point(|other| other.end() <= nights.first());
        if fixed.get(place).is_some_and(|other| other.overlaps(nights)) {
            return false;
        }
        fixed.insert(place, nights);
        true
    }

    pub fn add_loose(&mut self, nights: Nights) {
        self.loose.push(nights);
    }

    /// Whether something fixed is in a room on any of these nights.
    pub fn is_fixed(&self, room: usize, nights: Nights) -> bool {
        self.fixed.get(room).is_some_and(|fixed| fixed.iter().any(|other| other.overlaps(nights)))
    }

    /// The fixed nights of each room.
    pub fn fixed(&self) -> &[Vec<Nights>] {
        &self.fixed
    }

    /// Whether each loose stay can have a room of its own for all its nights.
    pub fn houses_all(&self) -> bool {
        let all = self.fixed.iter().flatten().chain(&self.loose).copied();
        is_dense_at_most(self.rooms(), all) && self.entangled().is_none_or(|entangled| entangled.houses_all())
    }

    /// The nights that must not be sold, though the counters say that something is `left` of them: with them closed,
    /// whatever stay the counters admit can be housed with all that is sold. Few, not always the fewest.
    pub fn nights_to_close(&self, left: impl Fn(Date) -> u16) -> Vec<Date> {
        self.entangled().map_or_else(Vec::new, |entangled| entangled.nights_to_close(&left))
    }

    /// The part where fixed nights lie apart; none when all of them share a night. Before the first that ends, and after
    /// the last that begins, rooms are alike for whatever comes, so there any order of giving them out will do.
    fn entangled(&self) -> Option<Entangled> {
        let first_end = self.fixed.iter().flatten().map(|fixed| fixed.end()).min()?;
        let last_start = self.fixed.iter().flatten().map(|fixed| fixed.first()).max()?;
        let window = Nights::new(first_end.add_days(-1), last_start.add_days(1)).filter(|_| first_end <= last_start)?;
        let inside = |nights: &Nights| nights.since(window.first()).and_then(|nights| nights.before(window.end()));
        let fixed = self.fixed.iter().map(|room| room.iter().filter_map(inside).collect()).collect();
        Some(Entangled { window, fixed, loose: self.loose.iter().filter_map(inside).collect() })
    }
}

/// The nights of a plan in which rooms are not alike.
struct Entangled {
    window: Nights,
    fixed: Vec<Vec<Nights>>,
    loose: Vec<Nights>,
}

impl Entangled {
    fn houses_all(&self) -> bool {
        seat(&self.fixed, &self.loose).is_some()
    }

    /// Whether one more stay would have a room.
    fn houses(&mut self, first: Date, end: Date) -> bool {
        let Some(nights) = Nights::new(first, end) else { return true };
        self.loose.push(nights);
        let is_housed = self.houses_all();
        self.loose.pop();
        is_housed
    }

    fn nights_to_close(mut self, left: &dyn Fn(Date) -> u16) -> Vec<Date> {
        let mut closed = Vec::new();
        let mut day = self.window.first();
        while day < self.window.end() {
            if left(day) == 0 {
                day = day.add_days(1);
                continue;
            }
            let mut run_end = day.add_days(1);
            while run_end < self.window.end() && left(run_end) > 0 {
                run_end = run_end.add_days(1);
            }
            self.close_in_run(day, run_end, left, &mut closed);
            day = run_end;
        }
        closed
    }

    /// `[first, run_end)` are nights of which something is left. Goes through the days of arrival; where a stay from one
    /// of them would find no room, closes a night of the shortest such stay, the one that costs the least.
    fn close_in_run(&mut self, first: Date, run_end: Date, left: &dyn Fn(Date) -> u16, closed: &mut Vec<Date>) {
        let mut arrival = first;
        // A stay that fits leaves room for every shorter one inside it.
        while arrival < run_end && !self.houses(arrival, run_end) {
            let longest = arrival.add_days(i32::from(MAX_NIGHTS)).min(run_end);
            if self.houses(arrival, longest) {
                arrival = arrival.add_days(1);
                continue;
            }
            let mut departure = arrival.add_days(1);
            while self.houses(arrival, departure) {
                departure = departure.add_days(1);
            }
            let mut latest = departure.add_days(-1);
            while latest > arrival && self.houses(latest, departure) {
                latest = latest.add_days(-1);
            }
            let nights = (0..latest.days_until(departure)).map(|day| latest.add_days(day));
            let Some(night) = nights.rev().min_by_key(|night| left(*night)) else { return };
            closed.push(night);
            arrival = night.add_days(1);
        }
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
