//! What giving a stay up costs is written down with it, and taken back when it is taken up again.

use vacancy::domain::{Action, Currency, Money};

use crate::house::{House, Kind, stay};

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// The house's clock stands at noon UTC, two days and two hours before check-in at 15:00 in Lisbon.
async fn cancelling_is_free_until_a_day_before_check_in(kind: Kind) {
    let house = House::open(kind).await;
    let (early, late) =
        (house.book("double", stay(0, 2)).await.unwrap(), house.book("double", stay(0, 2)).await.unwrap());
    house.advance_seconds(26 * 3600);
    let cancelled = house.act(early.code, Action::Cancel).await.unwrap();
    assert_eq!((cancelled.fee, early.fee), (Some(euros(0)), None));
    house.advance_seconds(1);
    let cancelled = house.act(late.code, Action::Cancel).await.unwrap();
    assert_eq!(cancelled.fee, Some(euros(10_000)));
    assert_eq!(house.stored(late.code).await, cancelled);
    let last = house.log().await.pop().unwrap();
    assert!(last.body.contains("\"fee\":{\"minor\":10000,\"currency\":\"EUR\"}"), "{}", last.body);
    house.check_books().await;
}

async fn who_does_not_come_pays_a_night_and_who_comes_after_all_does_not(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    house.advance_seconds(3 * 86_400);
    assert_eq!(house.act(booked.code, Action::NoShow).await.unwrap().fee, Some(euros(10_000)));
    assert_eq!(house.act(booked.code, Action::LateArrival).await.unwrap().fee, None);
    let other = house.book("double", stay(4, 1)).await.unwrap();
    house.act(other.code, Action::Cancel).await.unwrap();
    assert_eq!(house.act(other.code, Action::Reinstate).await.unwrap().fee, None);
    assert_eq!(house.stored(other.code).await.fee, None);
    house.check_books().await;
}

crate::for_every_store!(
    cancelling_is_free_until_a_day_before_check_in,
    who_does_not_come_pays_a_night_and_who_comes_after_all_does_not,
);
