//! The search behind the guarantee: whether loose stays fit around what is fixed.
//!
//! With fixed nights apart this is precolouring of an interval graph, hard in general and small in a hotel: stays are
//! placed in order of arrival, rooms with the same future count as one, and what failed once is not tried again.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::{Date, Nights};

/// So many placements are tried before a search is given up. A hotel's real nights need a few hundred.
const MOST_PLACEMENTS: u32 = 20_000;

/// Whether no night has more stays and fixed nights than there are rooms.
pub(super) fn is_dense_at_most(rooms: usize, all: impl IntoIterator<Item = Nights>) -> bool {
    let mut changes: BTreeMap<Date, i64> = BTreeMap::new();
    for nights in all {
        *changes.entry(nights.first()).or_default() += 1;
        *changes.entry(nights.end()).or_default() -= 1;
    }
    let mut taken = 0;
    changes.values().all(|change| {
        taken += change;
        usize::try_from(taken).is_ok_and(|taken| taken <= rooms)
    })
}

/// A room for each loose stay, in their order. `fixed` has the nights of each room, in order and apart. None when there
/// is no way, or none was found in [`MOST_PLACEMENTS`].
pub(super) fn seat(fixed: &[Vec<Nights>], loose: &[Nights]) -> Option<Vec<usize>> {
    let all = fixed.iter().flatten().chain(loose).copied();
    if !is_dense_at_most(fixed.len(), all) {
        return None;
    }
    let mut order: Vec<usize> = (0..loose.len()).collect();
    order.sort_by_key(|stay| (loose[*stay].first(), core::cmp::Reverse(loose[*stay].end()), *stay));
    let mut search = Search {
        fixed,
        futures: futures(fixed),
        loose,
        order,
        free_from: vec![Date::MIN; fixed.len()],
        seats: vec![0; loose.len()],
        failed: HashSet::new(),
        left: MOST_PLACEMENTS,
    };
    search.place(0).then_some(search.seats)
}

/// For each room and each place in its fixed nights a number; rooms with equal numbers have the same future.
fn futures(fixed: &[Vec<Nights>]) -> Vec<Vec<u32>> {
    let mut known: HashMap<&[Nights], u32> = HashMap::new();
    let mut numbers = Vec::with_capacity(fixed.len());
    for room in fixed {
        let mut number = |place: usize| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(&room[place..]).or_insert(next)
        };
        numbers.push((0..=room.len()).map(&mut number).collect());
    }
    numbers
}

struct Search<'a> {
    fixed: &'a [Vec<Nights>],
    futures: Vec<Vec<u32>>,
    loose: &'a [Nights],
    order: Vec<usize>,
    /// From when on each room is free of loose stays.
    free_from: Vec<Date>,
    seats: Vec<usize>,
    failed: HashSet<(usize, Vec<(u32, Date)>)>,
    left: u32,
}

impl Search<'_> {
    /// Places the stays of the order from `turn` on.
    fn place(&mut self, turn: usize) -> bool {
        let Some(stay) = self.order.get(turn).copied() else { return true };
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let nights = self.loose[stay];
        let state = (turn, self.state(nights.first()));
        if self.failed.contains(&state) {
            return false;
        }
        for room in self.choices(nights) {
            let before = core::mem::replace(&mut self.free_from[room], nights.end());
            self.seats[stay] = room;
            if self.place(turn + 1) {
                return true;
            }
            self.free_from[room] = before;
        }
        self.failed.insert(state);
        false
    }

    /// What the rooms look like to all that comes on `day` or later.
    fn state(&self, day: Date) -> Vec<(u32, Date)> {
        let room = |room: usize| (self.futures[room][self.past(room, day)], self.free_from[room].max(day));
        let mut rooms: Vec<(u32, Date)> = (0..self.fixed.len()).map(room).collect();
        rooms.sort_unstable();
        rooms
    }

    /// The rooms that are free for all these nights, the one that is next needed for something fixed first, and one of
    /// those that are alike.
    fn choices(&self, nights: Nights) -> Vec<usize> {
        let mut choices: Vec<(Date, u32, usize)> = Vec::new();
        for room in 0..self.fixed.len() {
            let past = self.past(room, nights.first());
            let next = self.fixed[room].get(past).map_or(Date::MAX, |fixed| fixed.first());
            if self.free_from[room] <= nights.first() && next >= nights.end() {
                choices.push((next, self.futures[room][past], room));
            }
        }
        choices.sort_unstable();
        choices.dedup_by_key(|(_, future, _)| *future);
        choices.into_iter().map(|(_, _, room)| room).collect()
    }

    /// How many of a room's fixed nights are over on `day`.
    fn past(&self, room: usize, day: Date) -> usize {
        self.fixed[room].partition_point(|fixed| fixed.end() <= day)
    }
}
