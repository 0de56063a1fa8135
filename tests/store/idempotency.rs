//! One key, one effect, one answer.

use vacancy::domain::{Action, Actor, HotelId, Reservation};
use vacancy::server::store::command::{BookingOf, Change};
use vacancy::server::store::{Command, CommandError, DirectoryChange, Idempotency, Reply};

use crate::house::{HOTEL, House, Kind, gone, hotel, stay};

fn key(name: &str, body: u8) -> Idempotency {
    Idempotency { key: name.to_owned(), request_hash: [body; 32] }
}

/// Reservation, manage token, whether it was the first answer once more.
async fn book(house: &House, change: Change) -> Result<(Reservation, String, bool), CommandError> {
    match house.execute(Actor::Guest, change).await? {
        Reply::Booked { reservation, manage_token, replayed } => Ok((reservation, manage_token, replayed)),
        other => panic!("a booking was answered with {other:?}"),
    }
}

fn booking(house: &House, key: impl Into<Option<Idempotency>>) -> Change {
    house.booking(BookingOf::Draft(house.draft("double", stay(0, 2))), key.into())
}

async fn the_same_key_and_body_have_one_effect_and_one_answer(kind: Kind) {
    let house = House::open(kind).await;
    let (first, token, replayed) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    assert!(!replayed);
    let before = house.everything().await;
    let (again, same_token, replayed) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    assert!(replayed);
    assert_eq!((again.code, same_token), (first.code, token));
    assert_eq!((again.total, again.stay, again.state()), (first.total, first.stay, first.state()));
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn the_first_answer_is_given_again_whatever_became_of_the_reservation(kind: Kind) {
    let house = House::open(kind).await;
    let (first, ..) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    house.act(first.code, Action::Cancel).await.unwrap();
    let (again, ..) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    assert_eq!((again.code, again.state(), again.version), (first.code, first.state(), first.version));
    house.check_books().await;
}

async fn the_same_key_with_another_body_is_refused(kind: Kind) {
    let house = House::open(kind).await;
    book(&house, booking(&house, key("k", 1))).await.unwrap();
    let refused = book(&house, booking(&house, key("k", 2))).await;
    assert!(matches!(refused, Err(CommandError::IdempotencyKeyReused)), "{refused:?}");
    house.check_books().await;
}

async fn without_a_key_each_booking_is_a_new_one(kind: Kind) {
    let house = House::open(kind).await;
    let (first, ..) = book(&house, booking(&house, None)).await.unwrap();
    let (second, ..) = book(&house, booking(&house, None)).await.unwrap();
    assert_ne!(first.code, second.code);
}

async fn a_booking_that_failed_is_not_remembered(kind: Kind) {
    let house = House::open(kind).await;
    let taken = house.book("single", stay(0, 1)).await.unwrap();
    let single = || house.booking(BookingOf::Draft(house.draft("single", stay(0, 1))), Some(key("k", 1)));
    gone(book(&house, single()).await);
    house.act(taken.code, Action::Cancel).await.unwrap();
    let (_, _, replayed) = book(&house, single()).await.unwrap();
    assert!(!replayed);
    house.check_books().await;
}

async fn many_at_once_with_one_key_book_once(kind: Kind) {
    let house = House::open(kind).await;
    let bookings = (0..50).map(|_| book(&house, booking(&house, key("k", 1))));
    let answers: Vec<_> = futures_util::future::join_all(bookings).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|(reservation, ..)| reservation.code == answers[0].0.code));
    assert_eq!(answers.iter().filter(|(.., replayed)| !replayed).count(), 1);
    assert_eq!(house.all().await.len(), 1);
    house.check_books().await;
}

async fn a_key_belongs_to_one_hotel(kind: Kind) {
    let house = House::open(kind).await;
    house.store.change_directory(DirectoryChange::AddHotel(hotel("other"))).await.unwrap();
    let (first, ..) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    let mut draft = house.draft("double", stay(0, 2));
    draft.hotel = HotelId(2);
    let change = house.booking(BookingOf::Draft(draft), Some(key("k", 1)));
    let command = Command { at: house.now(), actor: Actor::Guest, change };
    let Reply::Booked { reservation, replayed, .. } = house.store.execute(HotelId(2), command).await.unwrap() else {
        panic!("not booked")
    };
    assert!(!replayed);
    assert_ne!(reservation.code, first.code);
}

async fn an_answer_is_forgotten_after_three_days_and_not_before(kind: Kind) {
    let house = House::open(kind).await;
    let (first, ..) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    house.advance_seconds(71 * 3600);
    house.store.change_directory(DirectoryChange::Sweep { now: house.now() }).await.unwrap();
    let (again, ..) = book(&house, booking(&house, key("k", 1))).await.unwrap();
    assert_eq!(again.code, first.code);
    house.advance_seconds(2 * 3600);
    house.store.change_directory(DirectoryChange::Sweep { now: house.now() }).await.unwrap();
    let (another, ..) = book(&house, booking(&house, key("k", 2))).await.unwrap();
    assert_ne!(another.code, first.code);
}

async fn the_token_of_the_answer_opens_the_reservation_and_no_other_does(kind: Kind) {
    use vacancy::server::token;
    let house = House::open(kind).await;
    let (booked, manage_token, _) = book(&house, booking(&house, None)).await.unwrap();
    let (other, other_token, _) = book(&house, booking(&house, None)).await.unwrap();
    let is_granted =
        async |code, text: &str| house.store.granted_at(code, token::hash(text)).await.unwrap() == Some(HOTEL);
    assert!(is_granted(booked.code, &manage_token).await);
    assert!(!is_granted(booked.code, &other_token).await);
    assert!(!is_granted(other.code, &manage_token).await);
    house.execute(Actor::Guest, Change::Grant { code: booked.code, token_hash: token::hash("second") }).await.unwrap();
    assert!(is_granted(booked.code, "second").await);
    assert!(is_granted(booked.code, &manage_token).await, "several tokens may open one reservation");
    let nobody = Change::Grant { code: house.new_code(), token_hash: [0; 32] };
    assert!(matches!(house.execute(Actor::Guest, nobody).await, Err(CommandError::ReservationNotFound)));
}

crate::for_every_store!(
    the_same_key_and_body_have_one_effect_and_one_answer,
    the_first_answer_is_given_again_whatever_became_of_the_reservation,
    the_same_key_with_another_body_is_refused,
    without_a_key_each_booking_is_a_new_one,
    a_booking_that_failed_is_not_remembered,
    many_at_once_with_one_key_book_once,
    a_key_belongs_to_one_hotel,
    an_answer_is_forgotten_after_three_days_and_not_before,
    the_token_of_the_answer_opens_the_reservation_and_no_other_does,
);
