//! Holds: they count, they end by the clock, and they are given back.

use vacancy::domain::{Action, Actor, HoldId, MOST_EXTENSIONS, State, Status};
use vacancy::server::store::command::{BookingOf, Change};
use vacancy::server::store::{CommandError, Reply};

use crate::house::{HOLD_SECONDS, House, Kind, gone, stay};

async fn a_hold_takes_its_nights_and_no_other(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 2)).await.unwrap();
    assert_eq!(held.state(), State::Held { until: house.now().plus_seconds(HOLD_SECONDS) });
    assert_eq!(house.sold_and_held("double", 0).await, (0, 1));
    assert_eq!(house.sold_and_held("double", 1).await, (0, 1));
    assert_eq!(house.sold_and_held("double", 2).await, (0, 0), "the departure day is no night");
    assert_eq!(house.stored(held.code).await, held);
    house.check_books().await;
}

async fn a_hold_is_found_by_its_name(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 1)).await.unwrap();
    let HoldId(name) = held.hold.clone().unwrap();
    assert_eq!(house.store.reservation_by_hold(name).await.unwrap(), Some(held.clone()));
    assert_eq!(house.store.reservation_by_hold("another".to_owned()).await.unwrap(), None);
    assert_eq!(house.store.holds(crate::house::HOTEL).await.unwrap(), [held]);
}

async fn confirming_a_hold_moves_its_nights_from_held_to_sold(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 2)).await.unwrap();
    let booked = house.confirm_hold(&held).await.unwrap();
    assert_eq!(booked.code, held.code);
    assert_eq!(booked.state(), State::Confirmed);
    assert_eq!(house.sold_and_held("double", 0).await, (1, 0));
    let kinds: Vec<String> = house.log().await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["placed", "confirmed", "new_reservation"]);
    house.check_books().await;
}

async fn the_last_room_can_be_confirmed_by_who_holds_it(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("single", stay(0, 1)).await.unwrap();
    assert_eq!(gone(house.book("single", stay(0, 1)).await), [stay(0, 1).arrival()]);
    house.confirm_hold(&held).await.unwrap();
    house.check_books().await;
}

async fn a_hold_that_is_over_gives_its_nights_to_the_next_guest_before_any_sweep(kind: Kind) {
    let house = House::open(kind).await;
    let over = house.hold("single", stay(0, 2)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS - 1);
    assert_eq!(gone(house.book("single", stay(1, 1)).await).len(), 1, "a second before its end it still holds");
    house.advance_seconds(1);
    house.book("single", stay(1, 1)).await.unwrap();
    assert_eq!(house.stored(over.code).await.state(), State::Lapsed);
    let by = |kind: &str| {
        let heard = house.journal.heard.lock().unwrap();
        heard.iter().find(|(_, entry)| entry.kind == kind).map(|(_, entry)| entry.by.clone())
    };
    assert_eq!(by("lapsed").as_deref(), Some("system"), "the clock ended it, not the guest who found it over");
    assert_eq!(by("confirmed").as_deref(), Some("guest"));
    house.check_books().await;
}

async fn a_hold_that_is_over_cannot_be_confirmed_or_given_back(kind: Kind) {
    let house = House::open(kind).await;
    let over = house.hold("double", stay(0, 1)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS);
    let before = house.everything().await;
    let refused = house.confirm_hold(&over).await.unwrap_err();
    assert!(matches!(&refused, CommandError::TransitionNotAllowed(why) if why.from == Status::Lapsed), "{refused:?}");
    let change = Change::ReleaseHold { hold: over.hold.clone().unwrap() };
    let refused = house.execute(Actor::Guest, change).await.unwrap_err();
    assert!(matches!(refused, CommandError::HoldNotFound), "{refused:?}");
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn the_sweep_takes_back_what_is_over_and_nothing_else(kind: Kind) {
    let house = House::open(kind).await;
    let over = house.hold("double", stay(0, 1)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS / 2);
    let running = house.hold("double", stay(0, 1)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS / 2);
    assert_eq!(house.lapse().await, 1);
    assert_eq!(house.lapse().await, 0);
    assert_eq!(house.stored(over.code).await.state(), State::Lapsed);
    assert_eq!(house.stored(running.code).await, running);
    assert_eq!(house.sold_and_held("double", 0).await, (0, 1));
    house.check_books().await;
}

async fn a_hold_that_is_given_back_frees_its_nights(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("single", stay(0, 3)).await.unwrap();
    let release = Change::ReleaseHold { hold: held.hold.clone().unwrap() };
    house.execute(Actor::Guest, release.clone()).await.unwrap();
    assert_eq!(house.sold_and_held("single", 1).await, (0, 0));
    let again = house.execute(Actor::Guest, release).await;
    assert!(matches!(again, Err(CommandError::HoldNotFound)), "{again:?}");
    house.book("single", stay(0, 3)).await.unwrap();
    house.check_books().await;
}

async fn a_hold_nobody_placed_cannot_be_booked(kind: Kind) {
    let house = House::open(kind).await;
    let change = house.booking(BookingOf::Hold(HoldId("nobody".to_owned())), None);
    let refused = house.execute(Actor::Guest, change).await;
    assert!(matches!(refused, Err(CommandError::HoldNotFound)), "{refused:?}");
    let booked = house.book("double", stay(0, 1)).await.unwrap();
    let refused = house.act(booked.code, Action::Release).await;
    assert!(matches!(refused, Err(CommandError::TransitionNotAllowed(_))), "{refused:?}");
    house.check_books().await;
}

async fn an_extended_hold_ends_later_and_its_nights_are_counted_once(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("single", stay(0, 2)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS - 1);
    let extended = house.extend(&held).await.unwrap();
    assert_eq!(extended.state(), State::Held { until: house.now().plus_seconds(HOLD_SECONDS) });
    assert_eq!((extended.extensions, extended.version), (1, held.version + 1));
    assert_eq!(house.stored(held.code).await, extended);
    assert_eq!(house.sold_and_held("single", 0).await, (0, 1));
    house.advance_seconds(HOLD_SECONDS - 1);
    assert_eq!(house.lapse().await, 0);
    assert_eq!(gone(house.book("single", stay(1, 1)).await).len(), 1, "it holds until its new end");
    house.confirm_hold(&held).await.unwrap();
    let kinds: Vec<String> = house.log().await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["placed", "extended", "confirmed", "new_reservation"]);
    house.check_books().await;
}

/// The control: the same hold, not extended, is gone at that moment.
async fn without_the_extension_the_same_hold_is_over(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("single", stay(0, 2)).await.unwrap();
    house.advance_seconds(2 * HOLD_SECONDS - 2);
    house.book("single", stay(1, 1)).await.unwrap();
    house.confirm_hold(&held).await.unwrap_err();
    house.check_books().await;
}

async fn what_is_over_given_back_or_booked_is_not_extended(kind: Kind) {
    let house = House::open(kind).await;
    let booked = house.hold("double", stay(0, 1)).await.unwrap();
    house.confirm_hold(&booked).await.unwrap();
    let given_back = house.hold("double", stay(0, 1)).await.unwrap();
    let release = Change::ReleaseHold { hold: given_back.hold.clone().unwrap() };
    house.execute(Actor::Guest, release).await.unwrap();
    let over = house.hold("double", stay(0, 1)).await.unwrap();
    house.advance_seconds(HOLD_SECONDS);
    let before = house.everything().await;
    for ended in [booked, given_back, over] {
        let refused = house.extend(&ended).await;
        assert!(matches!(refused, Err(CommandError::HoldNotFound)), "{refused:?}");
    }
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn a_hold_is_extended_so_often_and_no_oftener(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 1)).await.unwrap();
    for _ in 0..MOST_EXTENSIONS {
        house.advance_seconds(60);
        house.extend(&held).await.unwrap();
    }
    let before = house.everything().await;
    let refused = house.extend(&held).await;
    assert!(matches!(refused, Err(CommandError::ExtensionsUsedUp)), "{refused:?}");
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

/// The desk confirms while the guest still types.
async fn what_was_confirmed_without_a_name_gets_the_one_of_who_held_it(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 2)).await.unwrap();
    let claim = || house.booking(BookingOf::Claim(held.hold.clone().unwrap()), None);
    let early = house.execute(Actor::Guest, claim()).await;
    assert!(matches!(early, Err(CommandError::TransitionNotAllowed(_))), "a hold is booked, not claimed: {early:?}");
    house.act(held.code, Action::Confirm).await.unwrap();
    let Ok(Reply::Booked { reservation, .. }) = house.execute(Actor::Guest, claim()).await else {
        panic!("it is his");
    };
    assert_eq!((reservation.code, reservation.state(), reservation.version), (held.code, State::Confirmed, 3));
    assert!(reservation.guest.is_some());
    assert_eq!(house.sold_and_held("double", 0).await, (1, 0), "booked once");
    let again = house.execute(Actor::Guest, claim()).await;
    assert!(matches!(again, Err(CommandError::TransitionNotAllowed(_))), "it is somebody's now: {again:?}");
    let kinds: Vec<String> = house.log().await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["placed", "confirmed", "changed", "new_reservation"]);
    house.check_books().await;
}

crate::for_every_store!(
    what_was_confirmed_without_a_name_gets_the_one_of_who_held_it,
    an_extended_hold_ends_later_and_its_nights_are_counted_once,
    without_the_extension_the_same_hold_is_over,
    what_is_over_given_back_or_booked_is_not_extended,
    a_hold_is_extended_so_often_and_no_oftener,
    a_hold_takes_its_nights_and_no_other,
    a_hold_is_found_by_its_name,
    confirming_a_hold_moves_its_nights_from_held_to_sold,
    the_last_room_can_be_confirmed_by_who_holds_it,
    a_hold_that_is_over_gives_its_nights_to_the_next_guest_before_any_sweep,
    a_hold_that_is_over_cannot_be_confirmed_or_given_back,
    the_sweep_takes_back_what_is_over_and_nothing_else,
    a_hold_that_is_given_back_frees_its_nights,
    a_hold_nobody_placed_cannot_be_booked,
);
