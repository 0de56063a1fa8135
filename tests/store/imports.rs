//! Reservations of another system: written down once, in the state they had there.

use vacancy::domain::{Actor, State};
use vacancy::server::store::{Reply, StoreError};

use crate::house::{House, Kind, day, gone, stay};

async fn an_import_keeps_its_state_its_source_and_the_day_it_was_booked(kind: Kind) {
    let house = House::open(kind).await;
    for (place, state) in [State::CheckedOut, State::Cancelled, State::NoShow].into_iter().enumerate() {
        house.execute(Actor::System, house.import(&format!("Old#{place}"), state, stay(0, 2))).await.unwrap();
    }
    let all = house.all().await;
    assert_eq!(all.len(), 3);
    for reservation in &all {
        assert!(reservation.source.as_ref().is_some_and(|source| source.starts_with("Old#")));
        assert_eq!(reservation.created_at, house.now().plus_seconds(-86_400));
        assert_eq!(reservation.guest, Some(crate::house::guest()));
    }
    assert!(house.counters().await.is_empty(), "what is over takes no nights");
    house.check_books().await;
}

async fn a_second_import_of_the_same_source_is_no_change(kind: Kind) {
    let house = House::open(kind).await;
    let first = house.execute(Actor::System, house.import("Old#1", State::Confirmed, stay(0, 2))).await;
    assert!(matches!(first, Ok(Reply::Imported { already_there: false })), "{first:?}");
    let before = house.everything().await;
    let again = house.execute(Actor::System, house.import("Old#1", State::Confirmed, stay(0, 2))).await;
    assert!(matches!(again, Ok(Reply::Imported { already_there: true })), "{again:?}");
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn an_import_that_needs_a_room_is_refused_when_none_is_left(kind: Kind) {
    let house = House::open(kind).await;
    for _ in 0..3 {
        house.book("double", stay(1, 1)).await.unwrap();
    }
    let before = house.everything().await;
    let refused = house.execute(Actor::System, house.import("Old#1", State::InHouse, stay(0, 3))).await;
    assert_eq!(gone(refused), [day(1)]);
    assert_eq!(house.everything().await, before);
    house.execute(Actor::System, house.import("Old#1", State::CheckedOut, stay(0, 3))).await.unwrap();
    house.check_books().await;
}

async fn a_closed_store_takes_nothing_in(kind: Kind) {
    let house = House::open(kind).await;
    assert!(house.store.is_ready().await);
    house.store.close().await;
    assert!(!house.store.is_ready().await);
    let refused = house.book("double", stay(0, 1)).await;
    assert!(matches!(refused, Err(vacancy::server::store::CommandError::Store(StoreError::Closed))), "{refused:?}");
}

crate::for_every_store!(
    an_import_keeps_its_state_its_source_and_the_day_it_was_booked,
    a_second_import_of_the_same_source_is_no_change,
    an_import_that_needs_a_room_is_refused_when_none_is_left,
    a_closed_store_takes_nothing_in,
);
