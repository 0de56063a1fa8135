//! Where stays that are meant would lie, and who would move for them: found before anything of it is written down.

use crate::domain::rooms::{Newcomer, moved_from};
use crate::domain::{Date, Nights, Piece, Reservation, ReservationCode, RoomNumber};
use crate::server::store::rooms::type_rooms::TypeRooms;
use crate::server::store::rooms::{Move, RoomRefusal};

/// A room that is asked for by hand, from a night on or for all of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub room: &'a RoomNumber,
    pub from: Option<Date>,
}

impl Wanted<'_> {
    /// Whether it is for all the nights ahead.
    pub fn is_at_once(&self, nights: Nights) -> bool {
        self.from.is_none_or(|from| from <= nights.first())
    }

    /// Whether a stay is pinned so already, and its guest not somewhere else.
    pub fn is_had(&self, reservation: &Reservation, nights: Nights) -> bool {
        let before = reservation.pieces(nights);
        let is_there = reservation.room.as_ref() == Some(self.room) || !self.is_at_once(nights);
        reservation.pinned && is_there && self.pieces(&before, nights).is_ok_and(|after| after == before)
    }

    /// The rooms of the nights ahead, when it was in those of `before`.
    pub fn pieces(&self, before: &[Piece], nights: Nights) -> Result<Vec<Piece>, RoomRefusal> {
        match self.from.filter(|from| *from > nights.first()) {
            None => Ok(vec![Piece { room: self.room.clone(), nights }]),
            Some(from) if !nights.contains(from) => Err(RoomRefusal::NotItsNight),
            Some(_) if before.is_empty() => Err(RoomRefusal::NoRoomBefore),
            Some(from) => Ok(moved_from(before, from, self.room)),
        }
    }
}

/// Who goes where, before anything of it is written down.
pub(super) struct Placing {
    pub rooms: TypeRooms,
    /// Those who are meant, each with the rooms of his nights.
    pub meant: Vec<(Reservation, Vec<Piece>)>,
    /// Others who must move for them.
    pub moves: Vec<(ReservationCode, usize)>,
    /// A guest in house goes to his new room now.
    pub moves_now: bool,
}

impl Placing {
    /// Finds rooms for each piece of each stay that is meant.
    pub fn find(
        rooms: TypeRooms,
        wanted: Vec<(Reservation, Vec<Newcomer>)>,
        over: &[ReservationCode],
        moves_now: bool,
    ) -> Result<Self, RoomRefusal> {
        let meant: Vec<ReservationCode> = wanted.iter().map(|(one, _)| one.code).collect();
        let except = without(over, &meant);
        let all: Vec<Newcomer> = wanted.iter().flat_map(|(_, newcomers)| newcomers).cloned().collect();
        let found = rooms.make_room(&rooms.plan(&except), &all, &except);
        let (shuffle, codes) = found.ok_or(RoomRefusal::NoneFree)?;
        let moves = shuffle.moves.iter().map(|(seat, place)| (codes[*seat], *place)).collect();
        let mut places = shuffle.newcomers.into_iter();
        let mut meant = Vec::with_capacity(wanted.len());
        for (reservation, newcomers) in wanted {
            let pieces = newcomers.iter().zip(places.by_ref());
            let pieces = pieces.map(|(one, place)| Piece { room: rooms.number(place), nights: one.nights }).collect();
            meant.push((reservation, pieces));
        }
        Ok(Self { rooms, meant, moves, moves_now })
    }

    /// Those who would move, with their rooms.
    pub fn told(&self) -> Vec<Move> {
        let told = |(code, place): &(ReservationCode, usize)| {
            let from = self.rooms.room_of(*code)?;
            Some(Move { code: *code, from, to: self.rooms.number(*place) })
        };
        self.moves.iter().filter_map(told).collect()
    }
}

/// One for each piece, which can only go to its own room.
pub(super) fn newcomers(places: &[(usize, Nights)]) -> Vec<Newcomer> {
    places.iter().map(|(place, nights)| Newcomer { nights: *nights, rooms: vec![*place] }).collect()
}

pub(super) fn without(over: &[ReservationCode], meant: &[ReservationCode]) -> Vec<ReservationCode> {
    over.iter().chain(meant).copied().collect()
}

/// The rooms in which a guest may be fixed with everybody else still housed.
pub(super) fn keeping_promises(
    rooms: &TypeRooms,
    choices: Vec<usize>,
    nights: Nights,
    except: &[ReservationCode],
) -> Vec<usize> {
    let plan = rooms.plan(except);
    let keeps = |place: &usize| rooms.promise(&mut plan.clone(), &[(*place, nights)], except).is_ok();
    choices.into_iter().filter(keeps).collect()
}
