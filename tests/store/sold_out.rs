//! Who comes too late is told exactly which nights are gone, and nothing changes.

use vacancy::server::store::{CommandError, DirectoryChange};

use crate::house::{HOTEL, House, Kind, day, gone, is_refused, room_type, stay};

async fn exactly_the_gone_nights_are_named_and_nothing_changes(kind: Kind) {
    let house = House::open(kind).await;
    house.book("single", stay(1, 1)).await.unwrap();
    house.hold("single", stay(4, 2)).await.unwrap();
    let before = house.everything().await;
    assert_eq!(gone(house.book("single", stay(0, 7)).await), [day(1), day(4), day(5)]);
    assert_eq!(gone(house.hold("single", stay(0, 5)).await), [day(1), day(4)]);
    assert_eq!(house.everything().await, before);
    house.book("single", stay(2, 2)).await.unwrap();
    house.check_books().await;
}

async fn a_type_is_sold_as_often_as_it_has_rooms(kind: Kind) {
    let house = House::open(kind).await;
    for _ in 0..3 {
        house.book("double", stay(0, 2)).await.unwrap();
    }
    assert_eq!(gone(house.book("double", stay(1, 2)).await), [day(1)]);
    house.book("double", stay(2, 2)).await.unwrap();
    house.check_books().await;
}

async fn a_room_type_that_is_not_there_cannot_be_booked(kind: Kind) {
    let house = House::open(kind).await;
    let refused = house.book("palace", stay(0, 1)).await;
    assert!(matches!(refused, Err(CommandError::RoomTypeNotFound)), "{refused:?}");
    house.check_books().await;
}

async fn a_code_that_is_taken_is_refused_and_changes_nothing(kind: Kind) {
    let house = House::open(kind).await;
    let first = house.book("double", stay(0, 1)).await.unwrap();
    let before = house.everything().await;
    let mut draft = house.draft("double", stay(5, 2));
    draft.code = first.code;
    let change = house.booking(vacancy::server::store::command::BookingOf::Draft(draft), None);
    let refused = house.execute(vacancy::domain::Actor::Guest, change).await;
    assert!(matches!(refused, Err(CommandError::CodeTaken)), "{refused:?}");
    assert_eq!(house.everything().await, before);
}

async fn rooms_cannot_be_taken_from_under_sold_nights(kind: Kind) {
    let house = House::open(kind).await;
    house.book("double", stay(0, 1)).await.unwrap();
    house.book("double", stay(0, 1)).await.unwrap();
    let put = async |rooms| {
        let room_type = room_type("double", rooms);
        house.store.change_directory(DirectoryChange::PutRoomType { hotel: HOTEL, room_type }).await
    };
    assert!(is_refused(&put(1).await));
    house.book("double", stay(0, 1)).await.unwrap();
    put(4).await.unwrap();
    house.book("double", stay(0, 1)).await.unwrap();
    assert_eq!(gone(house.book("double", stay(0, 1)).await), [day(0)]);
    house.check_books().await;
}

async fn overbooking_is_sold_up_to_its_limit(kind: Kind) {
    let house = House::open(kind).await;
    let room_type = vacancy::domain::RoomType { overbook: 1, ..room_type("single", 1) };
    house.store.change_directory(DirectoryChange::PutRoomType { hotel: HOTEL, room_type }).await.unwrap();
    house.book("single", stay(0, 1)).await.unwrap();
    house.book("single", stay(0, 1)).await.unwrap();
    assert_eq!(gone(house.book("single", stay(0, 1)).await), [day(0)]);
    house.check_counters().await;
}

crate::for_every_store!(
    exactly_the_gone_nights_are_named_and_nothing_changes,
    a_type_is_sold_as_often_as_it_has_rooms,
    a_room_type_that_is_not_there_cannot_be_booked,
    a_code_that_is_taken_is_refused_and_changes_nothing,
    rooms_cannot_be_taken_from_under_sold_nights,
    overbooking_is_sold_up_to_its_limit,
);
