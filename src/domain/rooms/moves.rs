//! Making room: who must move to which room so that a newcomer gets one, with the fewest moves.

use crate::domain::Nights;
use crate::domain::rooms::seating::seat;

/// So many placements are tried in search of the fewest moves.
const MOST_TRIES: u32 = 50_000;
/// More moves than this are found as they come, without a promise that they are the fewest.
const MOST_COUNTED: usize = 6;

/// A stay that is in a room and may be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub nights: Nights,
    pub room: usize,
}

/// A stay that needs a room, one of `rooms`, the dearest to it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    pub nights: Nights,
    pub rooms: Vec<usize>,
}

/// Where everybody goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shuffle {
    /// A room for each newcomer.
    pub newcomers: Vec<usize>,
    /// The seats that move, by their place, each with its new room; in order.
    pub moves: Vec<(usize, usize)>,
}

/// Finds rooms for the newcomers, moving as few of the seated as can be. `fixed` has the nights of each room that nobody
/// may use. None when there is no way, or none was found in time.
pub fn fewest_moves(fixed: &[Vec<Nights>], seats: &[Seat], newcomers: &[Newcomer]) -> Option<Shuffle> {
    let mut search = Search {
        fixed,
        nights: seats.iter().map(|seat| seat.nights).chain(newcomers.iter().map(|one| one.nights)).collect(),
        at: seats.iter().map(|seat| Some(seat.room)).chain(newcomers.iter().map(|_| None)).collect(),
        is_settled: vec![false; seats.len() + newcomers.len()],
        every_room: (0..fixed.len()).collect(),
        seats: seats.len(),
        newcomers,
        tries: MOST_TRIES,
    };
    let waiting: Vec<usize> = (seats.len()..seats.len() + newcomers.len()).rev().collect();
    for moves in 0..=seats.len().min(MOST_COUNTED) {
        if search.settle(&waiting, moves) {
            return Some(search.found(seats));
        }
    }
    any_moves(fixed, seats, newcomers)
}

/// Depth first: who is displaced must find another room, and may displace others. Whoever has settled stays. The fewest
/// moves are found so, since nobody moves in them without being displaced.
struct Search<'a> {
    fixed: &'a [Vec<Nights>],
    /// The seats', then the newcomers'.
    nights: Vec<Nights>,
    at: Vec<Option<usize>>,
    is_settled: Vec<bool>,
    every_room: Vec<usize>,
    seats: usize,
    newcomers: &'a [Newcomer],
    tries: u32,
}

impl Search<'_> {
    /// Settles those who wait, the last one first, displacing at most `moves` more.
    fn settle(&mut self, waiting: &[usize], moves: usize) -> bool {
        let Some((one, others)) = waiting.split_last() else { return true };
        let newcomers = self.newcomers;
        let rooms = match one.checked_sub(self.seats) {
            Some(newcomer) => newcomers[newcomer].rooms.clone(),
            None => self.every_room.clone(),
        };
        for room in rooms {
            if self.tries == 0 {
                return false;
            }
            self.tries -= 1;
            let nights = self.nights[*one];
            if self.fixed[room].iter().any(|fixed| fixed.overlaps(nights)) {
                continue;
            }
            let in_the_way: Vec<usize> = (0..self.at.len())
                .filter(|other| self.at[*other] == Some(room) && self.nights[*other].overlaps(nights))
                .collect();
            if in_the_way.len() > moves || in_the_way.iter().any(|other| self.is_settled[*other]) {
                continue;
            }
            self.put(&in_the_way, None);
            (self.at[*one], self.is_settled[*one]) = (Some(room), true);
            let next: Vec<usize> = others.iter().chain(&in_the_way).copied().collect();
            if self.settle(&next, moves - in_the_way.len()) {
                return true;
            }
            (self.at[*one], self.is_settled[*one]) = (None, false);
            self.put(&in_the_way, Some(room));
        }
        false
    }

    fn put(&mut self, stays: &[usize], room: Option<usize>) {
        for stay in stays {
            self.at[*stay] = room;
        }
    }

    fn found(&self, seats: &[Seat]) -> Shuffle {
        let rooms: Vec<usize> = self.at.iter().flatten().copied().collect();
        shuffle(seats, &rooms)
    }
}

fn shuffle(seats: &[Seat], rooms: &[usize]) -> Shuffle {
    let moved = seats.iter().zip(rooms).enumerate().filter(|(_, (seat, room))| seat.room != **room);
    Shuffle {
        newcomers: rooms[seats.len()..].to_vec(),
        moves: moved.map(|(place, (_, room))| (place, *room)).collect(),
    }
}

/// Some way to seat everybody anew, however many move: the newcomers' rooms are tried one after another.
fn any_moves(fixed: &[Vec<Nights>], seats: &[Seat], newcomers: &[Newcomer]) -> Option<Shuffle> {
    let Some((one, others)) = newcomers.split_first() else {
        let loose: Vec<Nights> = seats.iter().map(|seat| seat.nights).collect();
        return seat(fixed, &loose).map(|rooms| shuffle(seats, &rooms));
    };
    one.rooms.iter().filter(|room| !fixed[**room].iter().any(|other| other.overlaps(one.nights))).find_map(|room| {
        let mut fixed = fixed.to_vec();
        let place = fixed[*room].partition_point(|other| other.end() <= one.nights.first());
        fixed[*room].insert(place, one.nights);
        let mut found = any_moves(&fixed, seats, others)?;
        found.newcomers.insert(0, *room);
        Some(found)
    })
}

#[cfg(test)]
#[path = "moves_tests.rs"]
mod tests;
