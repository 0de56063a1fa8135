//! What must hold of rooms, whatever happened: written out without the program's own arithmetic.

use std::collections::BTreeMap;

use vacancy::domain::{Date, Reservation, RoomNumber, Status};
use vacancy::server::store::rooms::Occupant;

use crate::house::{HOTEL, House};

/// The nights that a stay needs from a day on; none in a state that needs no room.
fn nights_of(reservation: &Reservation, today: Date) -> Vec<Date> {
    match reservation.state().status() {
        Status::Held | Status::Confirmed | Status::InHouse => {
            reservation.stay.nights().filter(|night| *night >= today).collect()
        }
        Status::CheckedOut | Status::Cancelled | Status::NoShow | Status::Lapsed => Vec::new(),
    }
}

/// The room of each night that a stay needs, by what the reservation says of itself.
fn rooms_of(reservation: &Reservation, today: Date) -> Vec<(Date, RoomNumber)> {
    let Some(first) = &reservation.room else { return Vec::new() };
    let room = |night: Date| {
        let later = reservation.later_rooms.iter().rev().find(|later| later.from <= night);
        (night, later.map_or_else(|| first.clone(), |later| later.room.clone()))
    };
    nights_of(reservation, today).into_iter().map(room).collect()
}

/// Every way to put stays into rooms, each with the nights that are taken.
fn all_are_housed(taken: &[Vec<Date>], loose: &[Vec<Date>]) -> bool {
    let Some((one, others)) = loose.split_first() else { return true };
    let mut tried: Vec<&Vec<Date>> = Vec::new();
    (0..taken.len()).any(|room| {
        if tried.contains(&&taken[room]) || one.iter().any(|night| taken[room].contains(night)) {
            return false;
        }
        tried.push(&taken[room]);
        let mut taken = taken.to_vec();
        taken[room].extend(one);
        taken[room].sort_unstable();
        all_are_housed(&taken, others)
    })
}

impl House {
    pub fn today(&self) -> Date {
        vacancy::server::clock::today(self.now(), "Europe/Lisbon")
    }

    /// Who has a room has it for each night to come and nobody else has; the counters hold each block; and whatever is
    /// sold can be housed around what is fixed.
    pub async fn check_rooms(&self) {
        let (today, rooms, all) = (self.today(), self.rooms().await, self.all().await);
        let mut by_stay: BTreeMap<_, Vec<(Date, RoomNumber)>> = BTreeMap::new();
        for night in rooms.nights.iter().filter(|night| night.night >= today) {
            if let Occupant::Stay(code) = night.taken_by {
                by_stay.entry(code).or_default().push((night.night, night.room.clone()));
            }
        }
        for reservation in &all {
            let expected = rooms_of(reservation, today);
            let mut found = by_stay.remove(&reservation.code).unwrap_or_default();
            found.sort();
            let is_split = !reservation.later_rooms.is_empty();
            assert!(!is_split || (reservation.pinned && reservation.room.is_some()), "{} is split", reservation.code);
            assert_eq!(found, expected, "{} in its room", reservation.code);
        }
        assert!(by_stay.is_empty(), "nights of nobody: {by_stay:?}");

        let catalog = self.store.catalog();
        for room_type in &catalog.house(HOTEL).unwrap().room_types {
            let doors: Vec<&RoomNumber> =
                rooms.rooms.iter().filter(|room| room.room_type == room_type.code).map(|room| &room.number).collect();
            let mut taken = vec![Vec::new(); usize::from(room_type.rooms).max(doors.len())];
            let place = |number: &RoomNumber| doors.iter().position(|door| *door == number);
            for block in &rooms.blocks {
                if let Some(place) = place(&block.room) {
                    taken[place].extend(block.nights.iter().filter(|night| *night >= today));
                }
            }
            for ((code, night), (_, _, blocked)) in self.counters().await {
                let blocks = taken.iter().filter(|nights| nights.contains(&night)).count();
                let is_counted = code != room_type.code || night < today || usize::from(blocked) >= blocks;
                assert!(is_counted, "{blocks} blocks of {code} on {night}, {blocked} counted");
            }
            let mut loose = Vec::new();
            for reservation in all.iter().filter(|one| one.room_type == room_type.code) {
                let nights = nights_of(reservation, today);
                let in_house = reservation.state().status() == Status::InHouse;
                let is_fixed = reservation.room.as_ref().and_then(place).is_some() && (in_house || reservation.pinned);
                if is_fixed {
                    for (night, room) in rooms_of(reservation, today) {
                        taken[place(&room).unwrap()].push(night);
                    }
                } else if !nights.is_empty() {
                    loose.push(nights);
                }
            }
            loose.sort();
            for nights in &mut taken {
                nights.sort_unstable();
            }
            assert!(all_are_housed(&taken, &loose), "some {} has no room: {taken:?} {loose:?}", room_type.code);
        }
    }
}
