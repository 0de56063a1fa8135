//! A stay that lies in one room after another: which room on which nights. Where it lies in one, there is nothing to say
//! beyond the room itself.

use crate::domain::{Date, Nights, RoomNumber};

/// From a night on the stay is in this room; before it in another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterRoom {
    pub from: Date,
    pub room: RoomNumber,
}

/// Nights in one room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub room: RoomNumber,
    pub nights: Nights,
}

/// Where a stay lies on `nights`: in `room`, and from their nights on in the later ones, which come in order. Two
/// neighbours are never the same room. Nights beyond the first and the last change lie where the nearest one does.
pub fn pieces(room: &RoomNumber, later: &[LaterRoom], nights: Nights) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(later.len() + 1);
    let (mut here, mut left) = (room, nights);
    for next in later {
        if let Some(before) = left.before(next.from) {
            add(&mut pieces, here, before);
        }
        here = &next.room;
        match left.since(next.from) {
            Some(rest) => left = rest,
            None => return pieces,
        }
    }
    add(&mut pieces, here, left);
    pieces
}

/// The same nights, in `room` from a night on.
pub fn moved_from(before: &[Piece], from: Date, room: &RoomNumber) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(before.len() + 1);
    for piece in before {
        if let Some(kept) = piece.nights.before(from) {
            add(&mut pieces, &piece.room, kept);
        }
        if let Some(moved) = piece.nights.since(from) {
            add(&mut pieces, room, moved);
        }
    }
    pieces
}

/// The rooms of some pieces, each with the night from which on it is lived in.
pub fn later_rooms(pieces: &[Piece]) -> Vec<LaterRoom> {
    pieces.iter().map(|piece| LaterRoom { from: piece.nights.first(), room: piece.room.clone() }).collect()
}

/// A stay on a day, as its rooms see it: the room in which its guest is, and the one to which he is to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    pub in_house: Option<Piece>,
    pub due_in: Option<Piece>,
}

/// Where a stay is in `room` and then in the later ones, and who has not moved yet is in the one and due in the other.
pub fn on_day(room: &RoomNumber, later: &[LaterRoom], nights: Nights, is_in_house: bool, today: Date) -> Today {
    let pieces = pieces(room, later, nights);
    let here = || {
        let first = pieces.first().filter(|first| first.room == *room);
        first.cloned().unwrap_or_else(|| Piece { room: room.clone(), nights })
    };
    let in_house = is_in_house.then(here);
    let is_elsewhere = |tonight: &&Piece| in_house.as_ref().is_none_or(|here| here.room != tonight.room);
    let due_in = pieces.iter().find(|piece| piece.nights.contains(today)).filter(is_elsewhere).cloned();
    Today { in_house, due_in }
}

/// Whether who is in house in `room` should be in another one tonight, or in none. By the books that room is free.
pub fn should_be_gone(room: &RoomNumber, later: &[LaterRoom], nights: Nights, today: Date) -> bool {
    let ahead = nights.since(today).map_or_else(Vec::new, |ahead| pieces(room, later, ahead));
    ahead.first().is_none_or(|tonight| tonight.room != *room)
}

fn add(pieces: &mut Vec<Piece>, room: &RoomNumber, nights: Nights) {
    match pieces.last_mut() {
        Some(last) if last.room == *room && last.nights.end() == nights.first() => {
            last.nights = Nights::new(last.nights.first(), nights.end()).unwrap_or(nights);
        }
        _ => pieces.push(Piece { room: room.clone(), nights }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: i32) -> Date {
        "2030-06-03".parse::<Date>().unwrap().add_days(offset)
    }

    fn nights(first: i32, end: i32) -> Nights {
        Nights::new(day(first), day(end)).unwrap()
    }

    fn door(number: usize) -> RoomNumber {
        format!("10{number}").parse().unwrap()
    }

    fn told(pieces: &[Piece]) -> Vec<(String, i32, i32)> {
        let since = |date: Date| day(0).days_until(date);
        pieces
            .iter()
            .map(|piece| (piece.room.to_string(), since(piece.nights.first()), since(piece.nights.end())))
            .collect()
    }

    #[test]
    fn a_split_stay_keeps_its_rooms_when_its_dates_change() {
        let later = [LaterRoom { from: day(3), room: door(2) }];
        let over = |first, end| told(&pieces(&door(1), &later, nights(first, end)));
        let piece = |number: usize, first, end| (door(number).to_string(), first, end);
        assert_eq!(over(1, 5), [piece(1, 1, 3), piece(2, 3, 5)]);
        assert_eq!(over(0, 7), [piece(1, 0, 3), piece(2, 3, 7)], "longer at both ends");
        assert_eq!(over(1, 3), [piece(1, 1, 3)], "it ends before the change");
        assert_eq!(over(3, 5), [piece(2, 3, 5)], "it begins after it");
        assert_eq!(over(4, 5), [piece(2, 4, 5)]);
    }

    #[test]
    fn going_back_to_the_same_room_joins_the_stay_again() {
        let whole = pieces(&door(1), &[], nights(0, 5));
        let split = moved_from(&whole, day(2), &door(2));
        assert_eq!(told(&split), [(door(1).to_string(), 0, 2), (door(2).to_string(), 2, 5)]);
        assert_eq!(moved_from(&split, day(2), &door(1)), whole);
        assert_eq!(told(&moved_from(&split, day(0), &door(2))), [(door(2).to_string(), 0, 5)]);
    }

    #[test]
    fn who_has_not_moved_yet_is_in_one_room_and_due_in_another() {
        let later = [LaterRoom { from: day(3), room: door(2) }];
        let rooms = |is_in_house, today| {
            let Today { in_house, due_in } = on_day(&door(1), &later, nights(1, 5), is_in_house, day(today));
            (in_house.map(|piece| told(&[piece])[0].clone()), due_in.map(|piece| told(&[piece])[0].clone()))
        };
        let piece = |number: usize, first, end| Some((door(number).to_string(), first, end));
        assert_eq!(rooms(false, 0), (None, None));
        assert_eq!(rooms(false, 1), (None, piece(1, 1, 3)));
        assert_eq!(rooms(false, 3), (None, piece(2, 3, 5)), "who comes late comes to the room of that day");
        assert_eq!(rooms(true, 2), (piece(1, 1, 3), None));
        assert_eq!(rooms(true, 3), (piece(1, 1, 3), piece(2, 3, 5)));
        assert_eq!(rooms(true, 5), (piece(1, 1, 3), None), "and who should have left is still there");
        let gone = |today| should_be_gone(&door(1), &later, nights(1, 5), day(today));
        assert_eq!([0, 1, 2, 3, 5].map(gone), [false, false, false, true, true]);
    }

    proptest! {
        /// Whatever is moved wherever, each night is in one room, the one that it was given last.
        #[test]
        fn each_night_lies_in_the_room_it_was_given_last(
            length in 1_i32..12,
            moves in prop::collection::vec((-2_i32..14, 0_usize..3), 0..6),
        ) {
            let mut expected = vec![0; usize::try_from(length).unwrap()];
            let mut found = pieces(&door(0), &[], nights(0, length));
            for (from, room) in moves {
                found = moved_from(&found, day(from), &door(room));
                let first = usize::try_from(from.max(0)).unwrap().min(expected.len());
                expected[first..].fill(room);
            }
            let lain: Vec<RoomNumber> =
                found.iter().flat_map(|piece| piece.nights.iter().map(|_| piece.room.clone())).collect();
            prop_assert_eq!(lain, expected.iter().map(|room| door(*room)).collect::<Vec<_>>());
            let are_apart = |two: &[Piece]| two[0].nights.end() == two[1].nights.first() && two[0].room != two[1].room;
            prop_assert!(found.windows(2).all(are_apart), "neighbours are one room or leave a hole");
            // What is kept of it, a room and the later ones, tells it whole.
            let later = later_rooms(&found[1..]);
            prop_assert_eq!(pieces(&found[0].room, &later, nights(0, length)), found);
        }
    }
}
