//! Hotels, prices, staff and their sessions.

use std::sync::Arc;

use vacancy::domain::{HotelId, Timestamp};
use vacancy::server::store::{DirectoryChange, NewStaff, Role, Session, Staff, Store, StoreError};

use crate::house::{HOTEL, House, Kind, code_of, day, hotel, is_refused, room_type};

async fn a_new_hotel_is_in_the_catalog_and_its_name_is_taken(kind: Kind) {
    let house = House::open(kind).await;
    house.store.change_directory(DirectoryChange::AddHotel(hotel("other"))).await.unwrap();
    let catalog = house.store.catalog();
    let other = catalog.by_slug(&"other".parse().unwrap()).unwrap();
    assert_eq!(other.hotel.id, HotelId(2));
    assert_eq!(other.room_types, hotel("other").room_types);
    let again = house.store.change_directory(DirectoryChange::AddHotel(hotel("other"))).await;
    assert!(is_refused(&again), "{again:?}");
    assert_eq!(house.store.catalog().houses().len(), 2);
    let told = house.journal.catalogs.lock().unwrap();
    assert_eq!(told.len(), 2, "once for each hotel, not for the one that was refused");
    assert!(Arc::ptr_eq(told.last().unwrap(), &catalog) || told.last().unwrap().houses().len() == 2);
}

async fn a_price_of_one_night_stands_beside_the_others(kind: Kind) {
    let house = House::open(kind).await;
    let set = |code: &str, price_minor| {
        let change = DirectoryChange::SetPrice { hotel: HOTEL, room_type: code_of(code), night: day(1), price_minor };
        house.store.change_directory(change)
    };
    set("double", 15_000).await.unwrap();
    set("double", 16_000).await.unwrap();
    assert!(set("palace", 1).await.is_err());
    let prices = || house.store.catalog().house(HOTEL).unwrap().room_type(&code_of("double")).unwrap().prices.clone();
    assert_eq!((prices().night(day(0)).minor, prices().night(day(1)).minor), (10_000, 16_000));
    let put = DirectoryChange::PutRoomType { hotel: HOTEL, room_type: room_type("double", 5) };
    house.store.change_directory(put).await.unwrap();
    assert_eq!(prices().night(day(1)).minor, 16_000, "single nights keep their price when the base changes");
}

async fn a_new_room_type_comes_after_the_others(kind: Kind) {
    let house = House::open(kind).await;
    let put = DirectoryChange::PutRoomType { hotel: HOTEL, room_type: room_type("attic", 2) };
    house.store.change_directory(put).await.unwrap();
    let catalog = house.store.catalog();
    let codes: Vec<String> =
        catalog.house(HOTEL).unwrap().room_types.iter().map(|room_type| room_type.code.to_string()).collect();
    assert_eq!(codes, ["double", "single", "attic"]);
}

fn new_staff(email: &str) -> NewStaff {
    NewStaff {
        hotel: HOTEL,
        email: email.to_owned(),
        name: "Marta".to_owned(),
        role: Role::FrontDesk,
        password_hash: "first".to_owned(),
    }
}

async fn staff_of(store: &dyn Store, email: &str) -> Option<Staff> {
    store.staff_by_email(email.to_owned()).await.unwrap()
}

async fn staff_are_found_by_email_until_they_are_removed(kind: Kind) {
    let house = House::open(kind).await;
    let store = house.store.as_ref();
    let email = "desk@test.example";
    store.change_directory(DirectoryChange::AddStaff(new_staff(email))).await.unwrap();
    let staff = staff_of(store, email).await.unwrap();
    assert_eq!((staff.hotel, staff.role, staff.password_hash.as_str()), (HOTEL, Role::FrontDesk, "first"));
    assert!(is_refused(&store.change_directory(DirectoryChange::AddStaff(new_staff(email))).await));
    store.change_directory(DirectoryChange::AddStaff(new_staff("a@test.example"))).await.unwrap();
    let emails: Vec<String> = store.staff(HOTEL).await.unwrap().into_iter().map(|staff| staff.email).collect();
    assert_eq!(emails, ["a@test.example", email]);
    let set_password =
        |email: &str| DirectoryChange::SetPassword { email: email.to_owned(), password_hash: "second".to_owned() };
    store.change_directory(set_password(email)).await.unwrap();
    assert_eq!(staff_of(store, email).await.unwrap().password_hash, "second");
    assert!(is_refused(&store.change_directory(set_password("nobody@test.example")).await));
    let remove = DirectoryChange::RemoveStaff { email: email.to_owned() };
    store.change_directory(remove.clone()).await.unwrap();
    assert!(staff_of(store, email).await.is_none());
    assert!(is_refused(&store.change_directory(remove).await));
}

fn session(staff: &Staff, number: u8, now: Timestamp) -> Session {
    Session {
        token_hash: [number; 32],
        staff: staff.id,
        created_at: now,
        last_seen_at: now,
        ends_at: now.plus_seconds(1000),
        idle_ends_at: now.plus_seconds(100),
    }
}

async fn is_open(house: &House, number: u8) -> bool {
    house.store.session([number; 32], house.now()).await.unwrap().is_some()
}

async fn signed_in(kind: Kind) -> (House, Staff) {
    let house = House::open(kind).await;
    house.store.change_directory(DirectoryChange::AddStaff(new_staff("desk@test.example"))).await.unwrap();
    let staff = staff_of(house.store.as_ref(), "desk@test.example").await.unwrap();
    for number in [1, 2] {
        let start = DirectoryChange::StartSession(session(&staff, number, house.now()));
        house.store.change_directory(start).await.unwrap();
        // Looked at, so that a store that remembers has something to forget.
        assert!(is_open(&house, number).await);
    }
    (house, staff)
}

async fn a_session_ends_when_it_is_idle_and_at_its_end_however_busy_it_is(kind: Kind) {
    let (house, staff) = signed_in(kind).await;
    let (found, of) = house.store.session([1; 32], house.now()).await.unwrap().unwrap();
    assert_eq!((found.staff, of.id, of.email.as_str()), (staff.id, staff.id, "desk@test.example"));
    house.advance_seconds(99);
    assert!(is_open(&house, 1).await);
    let touch = DirectoryChange::TouchSession {
        token_hash: [1; 32],
        seen_at: house.now(),
        idle_ends_at: house.now().plus_seconds(2000),
    };
    house.store.change_directory(touch).await.unwrap();
    house.advance_seconds(1);
    assert!(is_open(&house, 1).await, "it was used");
    assert!(!is_open(&house, 2).await, "it was idle");
    house.advance_seconds(900);
    assert!(!is_open(&house, 1).await, "it has come to its end");
    assert!(!is_open(&house, 3).await, "it was never there");
}

async fn signing_out_ends_one_session_and_leaves_the_others(kind: Kind) {
    let (house, _) = signed_in(kind).await;
    house.store.change_directory(DirectoryChange::EndSession { token_hash: [1; 32] }).await.unwrap();
    assert!(!is_open(&house, 1).await);
    assert!(is_open(&house, 2).await);
}

async fn a_new_password_and_a_removed_account_end_every_session(kind: Kind) {
    let email = || "desk@test.example".to_owned();
    let changes = [
        DirectoryChange::SetPassword { email: email(), password_hash: "second".to_owned() },
        DirectoryChange::RemoveStaff { email: email() },
    ];
    for change in changes {
        let (house, _) = signed_in(kind).await;
        house.store.change_directory(change).await.unwrap();
        assert!(!is_open(&house, 1).await);
        assert!(!is_open(&house, 2).await);
    }
}

async fn the_sweep_forgets_sessions_that_have_ended_and_no_other(kind: Kind) {
    let (house, staff) = signed_in(kind).await;
    house.advance_seconds(50);
    let start = DirectoryChange::StartSession(session(&staff, 3, house.now()));
    house.store.change_directory(start).await.unwrap();
    let started = house.now();
    house.advance_seconds(60);
    house.store.change_directory(DirectoryChange::Sweep { now: house.now() }).await.unwrap();
    assert!(is_open(&house, 3).await);
    // Asked as of an earlier moment, a forgotten session is not there either.
    assert!(house.store.session([1; 32], started).await.unwrap().is_none());
}

async fn a_session_of_nobody_cannot_be_started(kind: Kind) {
    let (house, staff) = signed_in(kind).await;
    let nobody = Staff { id: vacancy::server::store::StaffId(99), ..staff };
    let result = house.store.change_directory(DirectoryChange::StartSession(session(&nobody, 9, house.now()))).await;
    assert!(matches!(result, Err(StoreError::Database(_) | StoreError::Refused(_))), "{result:?}");
    assert!(!is_open(&house, 9).await);
}

crate::for_every_store!(
    a_new_hotel_is_in_the_catalog_and_its_name_is_taken,
    a_price_of_one_night_stands_beside_the_others,
    a_new_room_type_comes_after_the_others,
    staff_are_found_by_email_until_they_are_removed,
    a_session_ends_when_it_is_idle_and_at_its_end_however_busy_it_is,
    signing_out_ends_one_session_and_leaves_the_others,
    a_new_password_and_a_removed_account_end_every_session,
    the_sweep_forgets_sessions_that_have_ended_and_no_other,
    a_session_of_nobody_cannot_be_started,
);
