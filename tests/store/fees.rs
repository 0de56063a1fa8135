//! What giving a stay up costs is written down with it, and taken back when it is taken up again.

use vacancy::domain::{Action, Actor, AmendmentError, CancellationPolicy, Currency, HotelTerms, Money};
use vacancy::server::store::CommandError;
use vacancy::server::store::command::Change;

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

/// The house's terms are changed between the look at the fee and the yes to it.
async fn nobody_gives_up_a_stay_at_a_fee_that_was_not_shown(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    let cancel = |shown| {
        let (code, action) = (booked.code, Action::Cancel);
        house.execute(Actor::Guest, Change::Act { code, action, version: None, shown_fee: Some(euros(shown)) })
    };
    let strict = HotelTerms {
        cancellation: CancellationPolicy { free_hours: 96, fee_nights: 2, no_show_nights: 2 },
        ..house.terms()
    };
    house.set_terms(strict, 1).await.unwrap();
    let refused = cancel(0).await.unwrap_err();
    let CommandError::Amendment(AmendmentError::PriceChanged { shown, current }) = refused else { panic!("{refused}") };
    assert_eq!((shown, current), (euros(0), euros(20_000)));
    assert_eq!(house.stored(booked.code).await, booked, "nothing was cancelled");
    cancel(20_000).await.unwrap();
    let again = cancel(20_000).await.unwrap_err();
    assert!(matches!(again, CommandError::TransitionNotAllowed(_)), "{again}");
    house.check_books().await;
}

crate::for_every_store!(
    nobody_gives_up_a_stay_at_a_fee_that_was_not_shown,
    cancelling_is_free_until_a_day_before_check_in,
    who_does_not_come_pays_a_night_and_who_comes_after_all_does_not,
);
