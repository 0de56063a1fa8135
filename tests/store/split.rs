//! A stay in one room after another: given so by hand, kept so, moved by its guest, and never at the cost of what is sold.

use vacancy::domain::{Action, Actor, Amendment, Condition, Reservation, ReservationCode};
use vacancy::server::store::command::Change;
use vacancy::server::store::rooms::Occupant;
use vacancy::server::store::{CommandError, Reply, RoomChange, RoomRefusal, RoomReply, SplitOffer};

use crate::house::{HOTEL, House, Kind, day, gone, stay};

const DAY_SECONDS: i64 = 86_400;

async fn open(kind: Kind) -> House {
    let house = House::open(kind).await;
    house.furnish().await;
    house
}

impl House {
    async fn put(&self, code: ReservationCode, room: &str, from: Option<i32>) -> Result<Reservation, CommandError> {
        let (room, from) = (Some(room.parse().unwrap()), from.map(day));
        self.lodged(RoomChange::Assign { code, room, from, version: None }).await
    }

    async fn lodged(&self, change: RoomChange) -> Result<Reservation, CommandError> {
        match self.change_rooms(change).await? {
            RoomReply::Lodged { reservation, .. } => Ok(*reservation),
            other => panic!("a room was answered with {other:?}"),
        }
    }

    /// Each night's room of a stay, as the books have it.
    async fn lies_in(&self, code: ReservationCode) -> Vec<String> {
        let nights = self.rooms().await.nights.into_iter().filter(|night| night.taken_by == Occupant::Stay(code));
        let mut nights: Vec<_> = nights.map(|night| (night.night, night.room.to_string())).collect();
        nights.sort();
        nights.into_iter().map(|(_, room)| room).collect()
    }

    async fn extend_to(&self, code: ReservationCode, departure: i32) -> Result<Reservation, CommandError> {
        let amendment = Amendment { departure: Some(day(departure)), ..Amendment::default() };
        self.amend_split(code, amendment).await
    }

    async fn amend_split(&self, code: ReservationCode, amendment: Amendment) -> Result<Reservation, CommandError> {
        let change = Change::Amend { code, amendment: Box::new(amendment), version: None };
        match self.execute(Actor::Staff("desk@test.example".to_owned()), change).await? {
            Reply::Changed(reservation) => Ok(reservation),
            other => panic!("a change was answered with {other:?}"),
        }
    }

    /// Three nights from day 0 on, one in 101 and two in 102.
    async fn split_stay(&self) -> ReservationCode {
        let code = self.book("double", stay(0, 3)).await.unwrap().code;
        self.put(code, "101", None).await.unwrap();
        self.put(code, "102", Some(1)).await.unwrap();
        code
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, CommandError>) -> RoomRefusal {
    match result {
        Err(CommandError::Room(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn a_stay_is_split_from_a_night_on_and_joined_again(kind: Kind) {
    let house = open(kind).await;
    let code = house.split_stay().await;
    assert_eq!(house.lies_in(code).await, ["101", "102", "102"]);
    let last = house.log().await.pop().unwrap();
    let told = format!(r#""room":"101","later_rooms":[{{"from":"{}","room":"102"}}]"#, day(1));
    assert!(last.body.contains(&told), "{}", last.body);
    assert_eq!(house.stored(code).await.total.minor, 3 * 10_000, "the price stays");
    house.check_books().await;
    house.put(code, "103", Some(2)).await.unwrap();
    assert_eq!(house.lies_in(code).await, ["101", "102", "103"]);
    house.check_books().await;
    let joined = house.put(code, "101", None).await.unwrap();
    assert!(joined.later_rooms.is_empty());
    assert_eq!(house.lies_in(code).await, ["101", "101", "101"]);
    house.check_books().await;
}

async fn each_piece_is_kept_and_whoever_may_be_moved_makes_way(kind: Kind) {
    let house = open(kind).await;
    let loose = house.book("double", stay(1, 2)).await.unwrap().code;
    house.lodged(RoomChange::Assign { code: loose, room: None, from: None, version: None }).await.unwrap();
    assert_eq!(house.lies_in(loose).await, ["101", "101"]);
    let code = house.book("double", stay(0, 3)).await.unwrap().code;
    house.put(code, "102", None).await.unwrap();
    house.put(code, "101", Some(1)).await.unwrap();
    assert_ne!(house.lies_in(loose).await[0], "101", "it has made way");
    let other = house.book("double", stay(0, 1)).await.unwrap().code;
    house.put(other, "101", None).await.unwrap();
    let taken = RoomRefusal::Taken { stays: vec![code], blocks: Vec::new() };
    let late = house.book("double", stay(2, 1)).await.unwrap().code;
    assert_eq!(refused(house.put(late, "101", None).await), taken);
    assert_eq!(house.lies_in(code).await, ["102", "101", "101"]);
    house.check_books().await;
}

/// Its pieces lie apart in two rooms, with a hole before the one and after the other: the counters alone would sell two
/// nights for which no room is free.
async fn what_a_split_leaves_over_is_sold_only_where_it_has_a_room(kind: Kind) {
    let house = open(kind).await;
    let reason = || "The water is off".parse().unwrap();
    let kind_of = vacancy::domain::BlockKind::OutOfOrder;
    let nights = vacancy::domain::Nights::new(day(0), day(2)).unwrap();
    let block = RoomChange::Block { room: "103".parse().unwrap(), kind: kind_of, reason: reason(), nights };
    house.change_rooms(block).await.unwrap();
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    house.put(code, "101", None).await.unwrap();
    house.put(code, "102", Some(1)).await.unwrap();
    assert!(!gone(house.book("double", stay(0, 2)).await).is_empty(), "each night has a room, both have none");
    house.check_books().await;
    house.put(code, "101", None).await.unwrap();
    house.book("double", stay(0, 2)).await.unwrap();
    house.check_books().await;
}

async fn a_split_that_would_leave_a_stay_without_a_room_is_refused(kind: Kind) {
    let house = open(kind).await;
    let full =
        [house.book("double", stay(0, 2)).await.unwrap().code, house.book("double", stay(0, 2)).await.unwrap().code];
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    house.put(code, "101", None).await.unwrap();
    let before = house.everything().await;
    let RoomRefusal::Promised { mut stays } = refused(house.put(code, "102", Some(1)).await) else { panic!() };
    stays.sort();
    let mut full = full.to_vec();
    full.sort();
    assert_eq!(stays, full);
    assert_eq!(house.everything().await, before);
}

async fn only_a_night_to_come_and_a_room_of_the_type_will_do(kind: Kind) {
    let house = open(kind).await;
    let code = house.book("double", stay(0, 3)).await.unwrap().code;
    assert_eq!(refused(house.put(code, "102", Some(1)).await), RoomRefusal::NoRoomBefore);
    house.put(code, "101", None).await.unwrap();
    assert_eq!(refused(house.put(code, "102", Some(3)).await), RoomRefusal::NotItsNight);
    assert!(matches!(refused(house.put(code, "201", Some(1)).await), RoomRefusal::AnotherType { .. }));
    let whole = house.put(code, "102", Some(-1)).await.unwrap();
    assert_eq!((whole.room.unwrap().as_str(), whole.later_rooms), ("102", Vec::new()), "from before on is all of it");
    house.check_books().await;
}

async fn a_guest_moves_on_the_day_and_leaves_a_dirty_room(kind: Kind) {
    let house = open(kind).await;
    house.advance_seconds(2 * DAY_SECONDS);
    let code = house.split_stay().await;
    house.act(code, Action::CheckIn).await.unwrap();
    let moved = || RoomChange::Moved { code, version: None };
    assert_eq!(refused(house.lodged(moved()).await), RoomRefusal::NoMoveDue);
    house.advance_seconds(DAY_SECONDS);
    // Until it is said that he has moved he is in the old room: nobody else is let in there.
    let next = house.book("double", stay(1, 1)).await.unwrap().code;
    house.put(next, "101", None).await.unwrap();
    let taken = RoomRefusal::Taken { stays: vec![code], blocks: Vec::new() };
    assert_eq!(refused(house.act(next, Action::CheckIn).await), taken);
    assert_eq!(house.condition("101").await, Condition::Clean);
    let there = house.lodged(moved()).await.unwrap();
    assert_eq!((there.room.unwrap().as_str(), there.later_rooms), ("102", Vec::new()));
    assert_eq!(house.condition("101").await, Condition::Dirty);
    let told = house.log().await;
    let rooms: Vec<_> = told.iter().rev().take(3).filter(|entry| entry.event == "room").collect();
    assert!(rooms.iter().any(|entry| entry.body.contains("\"number\":\"102\"") && entry.body.contains("in_house")));
    assert_eq!(house.lies_in(code).await, ["101", "102", "102"]);
    house.act(next, Action::CheckIn).await.unwrap();
    house.check_books().await;
    house.act(code, Action::CheckOut).await.unwrap();
    assert_eq!(house.condition("102").await, Condition::Dirty);
    house.check_books().await;
}

async fn who_comes_after_the_change_comes_to_the_second_room(kind: Kind) {
    let house = open(kind).await;
    house.advance_seconds(2 * DAY_SECONDS);
    let code = house.split_stay().await;
    house.advance_seconds(DAY_SECONDS);
    let checked_in = house.act(code, Action::CheckIn).await.unwrap();
    assert_eq!((checked_in.room.unwrap().as_str(), checked_in.later_rooms), ("102", Vec::new()));
    house.check_books().await;
}

async fn other_dates_keep_the_split_and_another_type_ends_it(kind: Kind) {
    let house = open(kind).await;
    let code = house.split_stay().await;
    house.extend_to(code, 4).await.unwrap();
    assert_eq!(house.lies_in(code).await, ["101", "102", "102", "102"]);
    let early = house.extend_to(code, 1).await.unwrap();
    assert!(early.later_rooms.is_empty());
    assert_eq!(house.lies_in(code).await, ["101"]);
    house.extend_to(code, 3).await.unwrap();
    house.put(code, "102", Some(1)).await.unwrap();
    let single = Amendment { room_type: Some(crate::house::code_of("single")), ..Amendment::default() };
    let other = house.amend_split(code, single).await.unwrap();
    assert!(other.later_rooms.is_empty());
    house.check_books().await;
}

/// The room is taken on the nights that are added: refused, and offered in another room from there on.
async fn a_longer_stay_whose_room_is_taken_is_offered_a_second_room(kind: Kind) {
    let house = open(kind).await;
    let (one, next) =
        (house.book("double", stay(0, 2)).await.unwrap(), house.book("double", stay(2, 2)).await.unwrap());
    house.put(one.code, "101", None).await.unwrap();
    house.put(next.code, "101", None).await.unwrap();
    let longer = Amendment { departure: Some(day(4)), ..Amendment::default() };
    let taken = RoomRefusal::Taken { stays: vec![next.code], blocks: Vec::new() };
    assert_eq!(refused(house.extend_to(one.code, 4).await), taken);
    let asked = (house.now(), Actor::System);
    let outlook = house.store.outlook(HOTEL, asked, one.code, longer.clone()).await.unwrap();
    let rooms = ["102", "103"].map(|room| room.parse().unwrap()).to_vec();
    assert_eq!(outlook.split, Some(SplitOffer { from: day(2), rooms }));
    let split = Amendment { room: Some("103".parse().unwrap()), room_from: Some(day(2)), ..longer };
    house.amend_split(one.code, split).await.unwrap();
    assert_eq!(house.lies_in(one.code).await, ["101", "101", "103", "103"]);
    house.check_books().await;
}

/// Each night has a room, and all of them have none: it may not be given back to whichever suits best.
async fn a_split_that_cannot_be_whole_is_not_given_back(kind: Kind) {
    let house = open(kind).await;
    let code = house.split_stay().await;
    for (room, nights) in [("102", stay(0, 1)), ("101", stay(1, 2)), ("103", stay(0, 3))] {
        let other = house.book("double", nights).await.unwrap().code;
        house.put(other, room, None).await.unwrap();
    }
    let before = house.everything().await;
    let given_back = house.lodged(RoomChange::Unassign { code, version: None }).await;
    assert_eq!(refused(given_back), RoomRefusal::NoneFree);
    assert_eq!(house.everything().await, before);
    house.check_books().await;
}

async fn a_stay_in_several_rooms_is_not_swapped_and_gives_them_all_back(kind: Kind) {
    let house = open(kind).await;
    let code = house.split_stay().await;
    let other = house.book("double", stay(0, 3)).await.unwrap().code;
    house.put(other, "103", None).await.unwrap();
    let swap = RoomChange::Swap { code: other, with: code, version: None };
    let foreseen = house.store.room_outlook(HOTEL, (house.now(), Actor::System), swap.clone()).await;
    assert_eq!(refused(foreseen), RoomRefusal::Split { stays: vec![code] });
    assert_eq!(refused(house.lodged(swap).await), RoomRefusal::Split { stays: vec![code] });
    house.act(code, Action::Cancel).await.unwrap();
    assert!(house.lies_in(code).await.is_empty());
    assert!(house.stored(code).await.later_rooms.is_empty());
    house.check_books().await;
}

crate::for_every_store!(
    a_stay_is_split_from_a_night_on_and_joined_again,
    each_piece_is_kept_and_whoever_may_be_moved_makes_way,
    what_a_split_leaves_over_is_sold_only_where_it_has_a_room,
    a_split_that_would_leave_a_stay_without_a_room_is_refused,
    only_a_night_to_come_and_a_room_of_the_type_will_do,
    a_guest_moves_on_the_day_and_leaves_a_dirty_room,
    who_comes_after_the_change_comes_to_the_second_room,
    other_dates_keep_the_split_and_another_type_ends_it,
    a_longer_stay_whose_room_is_taken_is_offered_a_second_room,
    a_split_that_cannot_be_whole_is_not_given_back,
    a_stay_in_several_rooms_is_not_swapped_and_gives_them_all_back,
);
