//! The fewest moves, against every way there is.

use proptest::prelude::*;

use super::*;
use crate::domain::Date;

fn nights(first: i32, count: i32) -> Nights {
    let start: Date = "2030-06-03".parse().unwrap();
    Nights::new(start.add_days(first), start.add_days(first + count)).unwrap()
}

fn any_nights() -> impl Strategy<Value = Nights> {
    (0_i32..8, 1_i32..5).prop_map(|(first, count)| nights(first, count))
}

/// A small house: what is fixed, and who is seated where; the wishes that do not fit are left out.
fn houses() -> impl Strategy<Value = (Vec<Vec<Nights>>, Vec<Seat>)> {
    let wishes = prop::collection::vec((0_usize..3, any_nights(), prop::bool::weighted(0.2)), 0..10);
    (1_usize..4, wishes).prop_map(|(rooms, wishes)| {
        let (mut fixed, mut seats): (Vec<Vec<Nights>>, Vec<Seat>) = (vec![Vec::new(); rooms], Vec::new());
        for (room, nights, is_fixed) in wishes {
            let room = room % rooms;
            let is_free = !fixed[room].iter().any(|other| other.overlaps(nights))
                && !seats.iter().any(|seat| seat.room == room && seat.nights.overlaps(nights));
            if is_free && is_fixed {
                fixed[room].push(nights);
                fixed[room].sort();
            } else if is_free && seats.len() < 6 {
                seats.push(Seat { nights, room });
            }
        }
        (fixed, seats)
    })
}

/// The fewest moves of all ways to seat everybody.
fn by_brute_force(taken: &[Vec<Nights>], seats: &[Seat], newcomers: &[Newcomer]) -> Option<usize> {
    let (nights, rooms, own, seats, newcomers) = match (seats.split_first(), newcomers.split_first()) {
        (Some((seat, others)), _) => (seat.nights, (0..taken.len()).collect(), Some(seat.room), others, newcomers),
        (None, Some((one, others))) => (one.nights, one.rooms.clone(), None, seats, others),
        (None, None) => return Some(0),
    };
    let ways = rooms.iter().filter(|room| !taken[**room].iter().any(|other| other.overlaps(nights)));
    ways.filter_map(|room| {
        let mut taken = taken.to_vec();
        taken[*room].push(nights);
        let moves = by_brute_force(&taken, seats, newcomers)?;
        Some(moves + usize::from(own.is_some_and(|own| own != *room)))
    })
    .min()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_moves_who_could_have_stayed(
        (fixed, seats) in houses(),
        wishes in prop::collection::vec((any_nights(), prop::option::of(0_usize..3)), 1..3),
    ) {
        let wanted = |(nights, room): &(Nights, Option<usize>)| Newcomer {
            nights: *nights,
            rooms: room.map_or_else(|| (0..fixed.len()).collect(), |room| vec![room % fixed.len()]),
        };
        let newcomers: Vec<Newcomer> = wishes.iter().map(wanted).collect();
        let found = fewest_moves(&fixed, &seats, &newcomers);
        prop_assert_eq!(found.as_ref().map(|found| found.moves.len()), by_brute_force(&fixed, &seats, &newcomers));
        let Some(found) = found else { return Ok(()) };
        let mut taken = fixed.clone();
        let mut at: Vec<usize> = seats.iter().map(|seat| seat.room).collect();
        for (seat, room) in &found.moves {
            at[*seat] = *room;
        }
        let all = seats.iter().map(|seat| seat.nights).zip(at);
        for (nights, room) in all.chain(newcomers.iter().map(|one| one.nights).zip(found.newcomers.iter().copied())) {
            prop_assert!(!taken[room].iter().any(|other| other.overlaps(nights)), "{:?} twice in room {}", nights, room);
            taken[room].push(nights);
        }
        for (one, room) in newcomers.iter().zip(&found.newcomers) {
            prop_assert!(one.rooms.contains(room));
        }
    }
}

#[test]
fn one_stay_moves_where_two_gaps_make_a_room() {
    let seats = [Seat { nights: nights(0, 1), room: 0 }, Seat { nights: nights(1, 3), room: 1 }];
    let newcomer = Newcomer { nights: nights(0, 3), rooms: vec![0, 1] };
    let found = fewest_moves(&[Vec::new(), Vec::new()], &seats, &[newcomer]).unwrap();
    assert_eq!(found, Shuffle { newcomers: vec![0], moves: vec![(0, 1)] });
}

#[test]
fn more_moves_than_are_counted_are_still_found() {
    // A night each in room 0, and a newcomer who must have that room.
    let seats: Vec<Seat> = (0..9).map(|night| Seat { nights: nights(night, 1), room: 0 }).collect();
    let newcomer = Newcomer { nights: nights(0, 9), rooms: vec![0] };
    let found = fewest_moves(&[Vec::new(), Vec::new()], &seats, &[newcomer]).unwrap();
    assert_eq!(found.moves.len(), 9);
}
