//! The life of a reservation: its nights go with its state, and nobody overwrites what he has not seen.

use vacancy::domain::{Action, Actor, State};
use vacancy::server::store::CommandError;
use vacancy::server::store::command::Change;

use crate::house::{HOTEL, House, Kind, day, gone, stay};

async fn a_direct_booking_is_placed_confirmed_and_told_to_the_desk(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 2)).await.unwrap();
    assert_eq!(booked.state(), State::Confirmed);
    assert_eq!(house.stored(booked.code).await, booked);
    let told: Vec<(String, String)> = house.log().await.into_iter().map(|entry| (entry.event, entry.kind)).collect();
    let expected = [("reservation", "placed"), ("reservation", "confirmed"), ("alert", "new_reservation")];
    assert_eq!(told, expected.map(|(event, kind)| (event.to_owned(), kind.to_owned())));
    house.check_books().await;
}

async fn a_state_that_needs_no_room_gives_its_nights_back(kind: Kind) {
    for ends in [&[Action::Cancel][..], &[Action::NoShow], &[Action::CheckIn, Action::CheckOut]] {
        let house = House::open(kind).await;
        let booked = house.book("single", stay(0, 2)).await.unwrap();
        for action in ends {
            assert_eq!(house.sold_and_held("single", 0).await, (1, 0), "before {action}");
            house.act(booked.code, *action).await.unwrap();
        }
        assert_eq!(house.sold_and_held("single", 0).await, (0, 0), "after {ends:?}");
        house.book("single", stay(0, 2)).await.unwrap();
        house.check_books().await;
    }
}

/// Out of the states that take nights, and back into one.
const WAYS_OUT_AND_BACK: [(&[Action], Action); 3] = [
    (&[Action::Cancel], Action::Reinstate),
    (&[Action::NoShow], Action::LateArrival),
    (&[Action::CheckIn, Action::CheckOut], Action::UndoCheckOut),
];

async fn coming_back_takes_the_nights_again(kind: Kind) {
    for (out, back) in WAYS_OUT_AND_BACK {
        let house = House::open(kind).await;
        let booked = house.book("single", stay(0, 2)).await.unwrap();
        for action in out {
            house.act(booked.code, *action).await.unwrap();
        }
        house.act(booked.code, back).await.unwrap();
        assert_eq!(house.sold_and_held("single", 1).await, (1, 0), "after {back}");
        house.check_books().await;
    }
}

async fn coming_back_is_refused_when_the_nights_are_gone(kind: Kind) {
    for (out, back) in WAYS_OUT_AND_BACK {
        let house = House::open(kind).await;
        let first = house.book("single", stay(0, 3)).await.unwrap();
        for action in out {
            house.act(first.code, *action).await.unwrap();
        }
        house.book("single", stay(1, 1)).await.unwrap();
        let before = house.everything().await;
        assert_eq!(gone(house.act(first.code, back).await), [day(1)], "{back}");
        assert_eq!(house.everything().await, before);
        house.check_books().await;
    }
}

async fn a_transition_outside_the_picture_changes_nothing(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    let before = house.everything().await;
    for action in Action::ALL {
        if booked.state().after(action, house.now()).is_err() {
            let refused = house.act(booked.code, action).await;
            assert!(matches!(refused, Err(CommandError::TransitionNotAllowed(_))), "{action}: {refused:?}");
        }
    }
    assert_eq!(house.everything().await, before);
}

async fn who_has_seen_an_older_version_is_refused(kind: Kind) {
    let house = House::open(kind).await;
    let seen = house.book("double", stay(0, 1)).await.unwrap();
    let changed = house.act_on_version(seen.code, Action::CheckIn, Some(seen.version)).await.unwrap();
    assert_eq!(changed.version, seen.version + 1);
    let refused = house.act_on_version(seen.code, Action::UndoCheckIn, Some(seen.version)).await;
    assert!(
        matches!(refused, Err(CommandError::VersionConflict { current }) if current == changed.version),
        "{refused:?}"
    );
    assert_eq!(house.stored(seen.code).await, changed);
    house.check_books().await;
}

async fn a_guests_cancellation_is_told_to_the_desk_and_the_desks_own_is_not(kind: Kind) {
    let house = House::open(kind).await;
    let by_guest = house.book("double", stay(0, 1)).await.unwrap();
    let by_desk = house.book("double", stay(0, 1)).await.unwrap();
    let change = Change::Act { code: by_guest.code, action: Action::Cancel, version: None, shown_fee: None };
    house.execute(Actor::Guest, change).await.unwrap();
    house.act(by_desk.code, Action::Cancel).await.unwrap();
    let alerts: Vec<_> = house.log().await.into_iter().filter(|entry| entry.kind == "cancellation").collect();
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0].code, Some(by_guest.code));
    house.check_books().await;
}

async fn a_hotel_cannot_touch_the_reservations_of_another(kind: Kind) {
    use vacancy::domain::HotelId;
    use vacancy::server::store::{Command, DirectoryChange};
    let house = House::open(kind).await;
    house.store.change_directory(DirectoryChange::AddHotel(crate::house::hotel("other"))).await.unwrap();
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    let change = Change::Act { code: booked.code, action: Action::Cancel, version: None, shown_fee: None };
    let command = |change: &Change| Command { at: house.now(), actor: Actor::System, change: change.clone() };
    let elsewhere = house.store.execute(HotelId(2), command(&change)).await;
    assert!(matches!(elsewhere, Err(CommandError::ReservationNotFound)), "{elsewhere:?}");
    let nowhere = house.store.execute(HotelId(9), command(&change)).await;
    assert!(matches!(nowhere, Err(CommandError::HotelNotFound)), "{nowhere:?}");
    assert!(house.store.log(HotelId(2), 0, u64::MAX, 10).await.unwrap().is_empty());
    assert!(house.store.reservations(HotelId(2), house_filter()).await.unwrap().is_empty());
    assert_eq!(house.store.reservations(HOTEL, house_filter()).await.unwrap(), [booked]);
}

fn house_filter() -> vacancy::server::store::ReservationFilter {
    vacancy::server::store::ReservationFilter { limit: 10, ..Default::default() }
}

crate::for_every_store!(
    a_direct_booking_is_placed_confirmed_and_told_to_the_desk,
    a_state_that_needs_no_room_gives_its_nights_back,
    coming_back_takes_the_nights_again,
    coming_back_is_refused_when_the_nights_are_gone,
    a_transition_outside_the_picture_changes_nothing,
    who_has_seen_an_older_version_is_refused,
    a_guests_cancellation_is_told_to_the_desk_and_the_desks_own_is_not,
    a_hotel_cannot_touch_the_reservations_of_another,
);
