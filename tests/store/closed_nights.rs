//! Nights that are closed because of how stays lie in rooms: closed when they must be, and no longer than that.
//!
//! Each house here has two doubles, 101 and 102; the third is blocked.

use vacancy::domain::{Action, Nights};
use vacancy::server::store::{CommandError, RoomChange};

use crate::house::{HOLD_SECONDS, House, Kind, day, stay};

const DAY_SECONDS: i64 = 24 * 60 * 60;

async fn open(kind: Kind) -> House {
    let house = House::open(kind).await;
    house.furnish().await;
    house.block("103", Nights::new(day(0), day(10)).unwrap()).await.unwrap();
    house
}

/// Fixed nights apart: 101 is taken on day 0 and 102 on day 2, so no room is free on days 0, 1 and 2.
async fn with_nobody_for_three_nights(kind: Kind) -> House {
    let house = open(kind).await;
    for (first, room) in [(0, "101"), (2, "102")] {
        let booked = house.book("double", stay(first, 1)).await.unwrap();
        house.assign(booked.code, Some(room)).await.unwrap();
    }
    house
}

async fn holds_that_end_open_no_night_that_must_be_closed_then(kind: Kind) {
    let house = with_nobody_for_three_nights(kind).await;
    // While day 1 is full there is nothing to close; when it is so no more, a stay over it still finds no room.
    for _ in 0..2 {
        house.hold("double", stay(1, 1)).await.unwrap();
    }
    house.advance_seconds(HOLD_SECONDS);
    assert!(matches!(house.book("double", stay(0, 3)).await, Err(CommandError::SoldOut(_))));
    house.book("double", stay(1, 1)).await.unwrap();
    house.check_books().await;
}

async fn a_night_that_was_closed_for_the_sake_of_a_past_one_is_sold_again(kind: Kind) {
    let house = with_nobody_for_three_nights(kind).await;
    // Day 0 is over, and whoever was fixed on it stands in nobody's way.
    house.advance_seconds(3 * DAY_SECONDS);
    house.change_rooms(RoomChange::BeginDay).await.unwrap();
    let counters = house.counters().await;
    assert!(counters.iter().all(|((_, night), (.., blocked))| *night < day(1) || *blocked <= 1), "{counters:?}");
    house.book("double", stay(1, 2)).await.unwrap();
    house.check_books().await;
}

async fn a_hold_that_is_over_keeps_nobody_out_of_his_room(kind: Kind) {
    let house = open(kind).await;
    let guest = house.book("double", stay(0, 1)).await.unwrap();
    let (block, _) = house.block("101", Nights::new(day(0), day(1)).unwrap()).await.unwrap();
    house.assign(guest.code, None).await.unwrap();
    house.change_rooms(RoomChange::Unblock { room: "101".parse().unwrap(), id: block }).await.unwrap();
    let next = house.book("double", stay(1, 1)).await.unwrap();
    house.assign(next.code, Some("101")).await.unwrap();
    // While it is held, only 102 is free for both its nights.
    house.hold("double", stay(0, 2)).await.unwrap();
    house.advance_seconds(2 * DAY_SECONDS);
    house.act(guest.code, Action::CheckIn).await.unwrap();
    assert_eq!(house.room_of(guest.code).await.as_deref(), Some("102"));
    house.check_books().await;
}

crate::for_every_store!(
    holds_that_end_open_no_night_that_must_be_closed_then,
    a_night_that_was_closed_for_the_sake_of_a_past_one_is_sold_again,
    a_hold_that_is_over_keeps_nobody_out_of_his_room,
);
