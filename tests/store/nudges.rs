//! "Ask the desk": told once, not more often than the interval, and never for a reservation that is not there.

use vacancy::server::store::{CommandError, Reply};

use crate::house::{House, Kind, stay};

async fn a_nudge_reaches_the_desk_with_the_guests_words(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    assert!(matches!(house.nudge(booked.code).await, Ok(Reply::Nudged)));
    let last = house.log().await.pop().unwrap();
    assert_eq!((last.event.as_str(), last.kind.as_str(), last.code), ("alert", "nudge", Some(booked.code)));
    assert!(last.body.contains("A late arrival"), "{}", last.body);
    assert_eq!(house.stored(booked.code).await.last_nudge_at, Some(house.now()));
    house.check_books().await;
}

async fn a_second_nudge_waits_for_the_interval_to_pass(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    house.nudge(booked.code).await.unwrap();
    house.advance_seconds(59);
    let before = house.everything().await;
    let refused = house.nudge(booked.code).await;
    assert!(matches!(refused, Err(CommandError::TooSoon { retry_after_seconds: 1 })), "{refused:?}");
    assert_eq!(house.everything().await, before);
    house.advance_seconds(1);
    house.nudge(booked.code).await.unwrap();
    house.check_books().await;
}

async fn a_nudge_for_nobody_is_refused(kind: Kind) {
    let house = House::open(kind).await;
    let refused = house.nudge(house.new_code()).await;
    assert!(matches!(refused, Err(CommandError::ReservationNotFound)), "{refused:?}");
    house.check_books().await;
}

crate::for_every_store!(
    a_nudge_reaches_the_desk_with_the_guests_words,
    a_second_nudge_waits_for_the_interval_to_pass,
    a_nudge_for_nobody_is_refused,
);
