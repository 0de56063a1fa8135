//! Changing a stay: the new nights are had before the old ones are given up, and whoever is refused has lost nothing.

use std::sync::Arc;

use vacancy::domain::{Action, Actor, Amendment, AmendmentError, Currency, Money, Reservation, ReservationCode, Stay};
use vacancy::server::store::command::Change;
use vacancy::server::store::rooms::Occupant;
use vacancy::server::store::{CommandError, Guard, Reply, RoomChange, RoomRefusal};

use crate::house::{HOTEL, House, Kind, code_of, day, gone, stay};

fn dates(stay: Stay) -> Amendment {
    Amendment { arrival: Some(stay.arrival()), departure: Some(stay.departure()), ..Amendment::default() }
}

fn until(departure: i32) -> Amendment {
    Amendment { departure: Some(day(departure)), ..Amendment::default() }
}

fn into_type(code: &str) -> Amendment {
    Amendment { room_type: Some(code_of(code)), ..Amendment::default() }
}

fn room(number: &str) -> Amendment {
    Amendment { room: Some(number.parse().unwrap()), ..Amendment::default() }
}

impl House {
    async fn amend(&self, code: ReservationCode, amendment: Amendment) -> Result<Reservation, CommandError> {
        let actor = Actor::Staff("desk@test.example".to_owned());
        let change = Change::Amend { code, amendment: Box::new(amendment), version: None };
        match self.execute(actor, change).await? {
            Reply::Changed(reservation) => Ok(reservation),
            other => panic!("a change was answered with {other:?}"),
        }
    }

    async fn give(&self, code: ReservationCode, room: &str) {
        let change = RoomChange::Assign { code, room: Some(room.parse().unwrap()), from: None, version: None };
        self.change_rooms(change).await.unwrap();
    }

    /// Each night's room of a stay, as the books have it.
    async fn slept_in(&self, code: ReservationCode) -> Vec<String> {
        let nights = self.rooms().await.nights.into_iter().filter(|night| night.taken_by == Occupant::Stay(code));
        let mut nights: Vec<_> = nights.map(|night| (night.night, night.room.to_string())).collect();
        nights.sort();
        nights.into_iter().map(|(_, room)| room).collect()
    }

    fn go_to(&self, offset: i32) {
        let today = vacancy::server::clock::today(self.now(), "Europe/Lisbon");
        self.advance_seconds(i64::from(today.days_until(day(offset))) * 86_400);
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, CommandError>) -> RoomRefusal {
    match result {
        Err(CommandError::Room(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn new_nights_are_taken_and_the_others_given_back(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("single", stay(2, 3)).await.unwrap();
    let changed = house.amend(booked.code, dates(stay(4, 3))).await.unwrap();
    assert_eq!((changed.stay, changed.version), (stay(4, 3), booked.version + 1));
    assert_eq!(changed.total, Money::new(30_000, Currency::Eur));
    assert_eq!(house.stored(booked.code).await, changed);
    for (night, sold) in [(2, 0), (3, 0), (4, 1), (5, 1), (6, 1), (7, 0)] {
        assert_eq!(house.sold_and_held("single", night).await, (sold, 0), "night {night}");
    }
    let last = house.log().await.pop().unwrap();
    assert_eq!((last.event.as_str(), last.kind.as_str(), last.code), ("reservation", "changed", Some(booked.code)));
    house.check_books().await;
}

async fn who_is_refused_keeps_everything_and_hears_which_nights_are_gone(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("single", stay(3, 2)).await.unwrap();
    house.book("single", stay(1, 1)).await.unwrap();
    house.book("single", stay(6, 1)).await.unwrap();
    let before = house.everything().await;
    assert_eq!(gone(house.amend(booked.code, dates(stay(0, 8))).await), [day(1), day(6)]);
    assert_eq!(gone(house.amend(booked.code, until(7)).await), [day(6)]);
    let shown = Amendment { shown_total: Some(Money::new(1, Currency::Eur)), ..until(6) };
    let refused = house.amend(booked.code, shown).await;
    assert!(matches!(refused, Err(CommandError::Amendment(AmendmentError::PriceChanged { .. }))), "{refused:?}");
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn another_type_gives_back_every_night_of_the_old_one(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    house.book("single", stay(1, 1)).await.unwrap();
    assert_eq!(gone(house.amend(booked.code, into_type("single")).await), [day(1)]);
    house.amend(booked.code, Amendment { departure: Some(day(1)), ..into_type("single") }).await.unwrap();
    assert_eq!(house.sold_and_held("double", 0).await, (0, 0));
    assert_eq!(house.sold_and_held("single", 0).await, (1, 0));
    house.check_books().await;
}

async fn nights_of_a_hold_that_is_over_can_be_had(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("single", stay(0, 1)).await.unwrap();
    house.hold("single", stay(1, 1)).await.unwrap();
    assert_eq!(gone(house.amend(booked.code, until(2)).await), [day(1)]);
    house.advance_seconds(crate::house::HOLD_SECONDS);
    let before = house.everything().await;
    let asked = (house.now(), Actor::Guest);
    let outlook = house.store.outlook(HOTEL, asked, booked.code, until(2)).await.unwrap();
    assert!(outlook.refusal.is_none(), "{:?}", outlook.refusal);
    assert_eq!(house.everything().await, before, "who only looks changes nothing");
    house.amend(booked.code, until(2)).await.unwrap();
    house.check_books().await;
}

async fn a_change_that_changes_nothing_is_no_change(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    let before = house.everything().await;
    assert_eq!(house.amend(booked.code, dates(stay(0, 2))).await.unwrap(), booked);
    assert_eq!(house.everything().await, before);
}

async fn a_guest_in_house_stays_longer_or_leaves_early(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    let booked = house.book("single", stay(0, 3)).await.unwrap();
    house.go_to(0);
    house.act(booked.code, Action::CheckIn).await.unwrap();
    house.amend(booked.code, until(5)).await.unwrap();
    assert_eq!(house.slept_in(booked.code).await, ["201"; 5]);
    assert_eq!(gone(house.book("single", stay(4, 1)).await), [day(4)]);
    house.go_to(2);
    let early = house.amend(booked.code, until(2)).await.unwrap();
    assert_eq!((early.stay, early.room.unwrap().as_str()), (stay(0, 2), "201"));
    assert_eq!(house.slept_in(booked.code).await, ["201"; 2], "what was slept stays in the books");
    house.book("single", stay(2, 3)).await.unwrap();
    house.act(booked.code, Action::CheckOut).await.unwrap();
    house.check_books().await;
}

async fn a_room_that_was_given_by_hand_is_kept_or_the_change_is_refused(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    let (one, other) =
        (house.book("double", stay(0, 2)).await.unwrap(), house.book("double", stay(3, 2)).await.unwrap());
    house.give(one.code, "101").await;
    house.give(other.code, "101").await;
    let longer = house.amend(one.code, until(3)).await.unwrap();
    assert_eq!((longer.room.unwrap().as_str(), longer.pinned), ("101", true));
    let before = house.everything().await;
    let in_the_way = RoomRefusal::Taken { stays: vec![other.code], blocks: Vec::new() };
    assert_eq!(refused(house.amend(one.code, until(4)).await), in_the_way);
    assert_eq!(house.everything().await, before);
    let moved = house.amend(one.code, Amendment { departure: Some(day(4)), ..room("102") }).await.unwrap();
    assert_eq!((moved.room.unwrap().as_str(), moved.pinned), ("102", true));
    assert_eq!(house.slept_in(one.code).await, ["102"; 4]);
    house.check_books().await;
}

async fn who_is_loose_makes_way_and_a_stay_may_end_up_without_a_room(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    let one = house.book("double", stay(0, 1)).await.unwrap();
    let change = RoomChange::Assign { code: one.code, room: None, from: None, version: None };
    house.change_rooms(change).await.unwrap();
    for number in ["102", "103"] {
        let other = house.book("double", stay(1, 1)).await.unwrap();
        house.give(other.code, number).await;
    }
    let longer = house.amend(one.code, until(2)).await.unwrap();
    assert_eq!(longer.room.unwrap().as_str(), "101");
    let to_single = house.amend(one.code, into_type("single")).await.unwrap();
    assert_eq!((to_single.room, to_single.pinned), (None, false), "its room was of the other type");
    house.check_books().await;
}

async fn nights_that_are_free_in_different_rooms_are_refused(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    // Night 1 is free in 103 alone, night 2 in 101 alone: nobody can stay for both without moving.
    for (number, stays) in [("101", vec![stay(1, 1)]), ("102", vec![stay(1, 2)]), ("103", vec![stay(2, 1)])] {
        for stay in stays {
            let other = house.book("double", stay).await.unwrap();
            house.give(other.code, number).await;
        }
    }
    let one = house.book("double", stay(0, 1)).await.unwrap();
    let before = house.everything().await;
    let refused = house.amend(one.code, until(3)).await;
    let is_closed = matches!(refused, Err(CommandError::SoldOut(_) | CommandError::Room(RoomRefusal::NoneFree)));
    assert!(is_closed, "{refused:?}");
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn a_guest_in_house_moves_to_another_type_from_tonight(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    let booked = house.book("double", stay(0, 4)).await.unwrap();
    let elsewhere = house.book("single", stay(0, 1)).await.unwrap();
    house.go_to(0);
    house.act(booked.code, Action::CheckIn).await.unwrap();
    house.act(elsewhere.code, Action::CheckIn).await.unwrap();
    house.go_to(1);
    house.act(elsewhere.code, Action::CheckOut).await.unwrap();
    let moved = house.amend(booked.code, into_type("single")).await.unwrap();
    assert_eq!((moved.room.as_ref().unwrap().as_str(), moved.counted_from), ("201", Some(day(1))));
    assert_eq!(house.slept_in(booked.code).await, ["101", "201", "201", "201"]);
    assert_eq!(house.sold_and_held("double", 0).await, (0, 0));
    assert_eq!(house.sold_and_held("single", 3).await, (1, 0));
    house.check_books().await;
    house.act(booked.code, Action::CheckOut).await.unwrap();
    assert!(house.counters().await.is_empty());
    house.check_books().await;
}

/// Everybody moves to the one single for the same night; how many were answered yes.
async fn race(house: House) -> (Arc<House>, usize) {
    let house = Arc::new(house);
    let mut codes = Vec::new();
    for night in 0..20 {
        codes.push(house.book("double", stay(night, 1)).await.unwrap().code);
    }
    let tasks: Vec<_> = codes
        .into_iter()
        .map(|code| {
            let house = Arc::clone(&house);
            let amendment = Amendment { room_type: Some(code_of("single")), ..dates(stay(30, 1)) };
            tokio::spawn(async move { house.amend(code, amendment).await })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => winners += 1,
            Err(CommandError::SoldOut(sold_out)) => assert_eq!(sold_out.nights, [day(30)]),
            Err(error) => panic!("a loser was told {error:?}"),
        }
    }
    (house, winners)
}

async fn of_twenty_who_move_to_the_last_room_one_wins(kind: Kind) {
    let (house, winners) = race(House::open(kind).await).await;
    assert_eq!(winners, 1);
    assert_eq!(house.sold_and_held("single", 30).await, (1, 0));
    let kept: u16 = doubles_sold(&house).await;
    assert_eq!(kept, 19, "nobody who lost has lost his old night");
    house.check_books().await;
}

async fn doubles_sold(house: &House) -> u16 {
    let counters = house.counters().await;
    let doubles = counters.iter().filter(|((code, _), _)| *code == code_of("double"));
    doubles.map(|(_, (sold, ..))| *sold).sum()
}

async fn without_the_guard_the_same_move_oversells(kind: Kind) {
    let (house, winners) = race(House::with_guard(kind, Guard::Off).await).await;
    assert!(winners > 1, "the control does not notice a store that lets everybody in");
    house.check_counters().await;
}

crate::for_every_store!(
    new_nights_are_taken_and_the_others_given_back,
    who_is_refused_keeps_everything_and_hears_which_nights_are_gone,
    another_type_gives_back_every_night_of_the_old_one,
    nights_of_a_hold_that_is_over_can_be_had,
    a_change_that_changes_nothing_is_no_change,
    a_guest_in_house_stays_longer_or_leaves_early,
    a_room_that_was_given_by_hand_is_kept_or_the_change_is_refused,
    who_is_loose_makes_way_and_a_stay_may_end_up_without_a_room,
    nights_that_are_free_in_different_rooms_are_refused,
    a_guest_in_house_moves_to_another_type_from_tonight,
    of_twenty_who_move_to_the_last_room_one_wins,
    without_the_guard_the_same_move_oversells,
);
