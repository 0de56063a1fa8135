//! Rooms given, kept, moved and taken out; and never at the cost of what was sold.

use vacancy::domain::rooms::BlockId;
use vacancy::domain::{Action, BlockKind, Condition, Nights, Reservation, ReservationCode};
use vacancy::server::store::rooms::{Move, Occupant};
use vacancy::server::store::{CommandError, RoomChange, RoomRefusal, RoomReply};

use crate::house::{House, Kind, day, gone, stay};

async fn open(kind: Kind) -> House {
    let house = House::open(kind).await;
    house.furnish().await;
    house
}

fn nights(first: i32, count: i32) -> Nights {
    Nights::new(day(first), day(first + count)).unwrap()
}

impl House {
    pub async fn assign(
        &self,
        code: ReservationCode,
        room: Option<&str>,
    ) -> Result<(Reservation, Vec<Move>), CommandError> {
        let room = room.map(|room| room.parse().unwrap());
        match self.change_rooms(RoomChange::Assign { code, room, from: None, version: None }).await? {
            RoomReply::Lodged { reservation, moves } => Ok((*reservation, moves)),
            other => panic!("an assignment was answered with {other:?}"),
        }
    }

    pub async fn block(&self, room: &str, nights: Nights) -> Result<(BlockId, Vec<Move>), CommandError> {
        let reason = "The water is off".parse().unwrap();
        let change = RoomChange::Block { room: room.parse().unwrap(), kind: BlockKind::OutOfOrder, reason, nights };
        match self.change_rooms(change).await? {
            RoomReply::Room { blocks, moves, .. } => Ok((blocks.last().unwrap().id, moves)),
            other => panic!("a block was answered with {other:?}"),
        }
    }

    async fn set_condition(&self, room: &str, condition: Condition) {
        let room = room.parse().unwrap();
        self.change_rooms(RoomChange::SetCondition { room, condition }).await.unwrap();
    }

    pub async fn condition(&self, number: &str) -> Condition {
        self.rooms().await.rooms.iter().find(|room| room.number.as_str() == number).unwrap().condition
    }

    pub async fn room_of(&self, code: ReservationCode) -> Option<String> {
        self.stored(code).await.room.map(|room| room.to_string())
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, CommandError>) -> RoomRefusal {
    match result {
        Err(CommandError::Room(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn a_room_given_by_hand_is_kept_and_one_given_by_itself_makes_way(kind: Kind) {
    let house = open(kind).await;
    let (one, other) =
        (house.book("double", stay(0, 2)).await.unwrap(), house.book("double", stay(1, 2)).await.unwrap());
    let (by_itself, moves) = house.assign(one.code, None).await.unwrap();
    assert_eq!((by_itself.room.unwrap().as_str(), by_itself.pinned, moves.len()), ("101", false, 0));
    let (pinned, moves) = house.assign(other.code, Some("101")).await.unwrap();
    assert!(pinned.pinned);
    let to = moves[0].to.clone();
    assert_eq!(moves, [Move { code: one.code, from: "101".parse().unwrap(), to: to.clone() }]);
    assert_eq!(house.room_of(one.code).await, Some(to.to_string()));
    let taken = refused(house.assign(one.code, Some("101")).await);
    assert_eq!(taken, RoomRefusal::Taken { stays: vec![other.code], blocks: Vec::new() });
    house.check_books().await;
}

async fn each_move_is_told_as_a_change(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    house.assign(one.code, Some("102")).await.unwrap();
    let last = house.log().await.pop().unwrap();
    assert_eq!((last.event.as_str(), last.kind.as_str(), last.code), ("reservation", "changed", Some(one.code)));
    assert!(last.body.contains("\"room\":\"102\""), "{}", last.body);
    house.check_books().await;
}

async fn a_room_of_another_type_or_none_at_all_is_refused(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    assert!(matches!(refused(house.assign(one.code, Some("201")).await), RoomRefusal::AnotherType { .. }));
    assert_eq!(refused(house.assign(one.code, Some("999")).await), RoomRefusal::NotFound);
    house.act(one.code, Action::Cancel).await.unwrap();
    assert!(matches!(refused(house.assign(one.code, Some("101")).await), RoomRefusal::State(_)));
}

async fn check_in_gives_a_room_that_is_ready(kind: Kind) {
    let house = open(kind).await;
    house.set_condition("101", Condition::Dirty).await;
    house.set_condition("103", Condition::Inspected).await;
    house.advance_seconds(2 * 86_400);
    let codes = [
        house.book("double", stay(0, 1)).await.unwrap().code,
        house.book("double", stay(0, 1)).await.unwrap().code,
        house.book("double", stay(0, 1)).await.unwrap().code,
    ];
    for (code, room) in codes.iter().zip(["103", "102", "101"]) {
        let checked_in = house.act(*code, Action::CheckIn).await.unwrap();
        assert_eq!(checked_in.room.unwrap().as_str(), room);
    }
    house.check_books().await;
}

async fn check_out_leaves_a_dirty_room_and_gives_the_nights_back(kind: Kind) {
    let house = open(kind).await;
    house.advance_seconds(2 * 86_400);
    let one = house.book("single", stay(0, 4)).await.unwrap();
    house.act(one.code, Action::CheckIn).await.unwrap();
    house.advance_seconds(86_400);
    let gone = house.act(one.code, Action::CheckOut).await.unwrap();
    assert_eq!(gone.room.unwrap().as_str(), "201", "it is known where he slept");
    assert_eq!(house.condition("201").await, Condition::Dirty);
    let nights = house.rooms().await.nights;
    assert_eq!(nights.iter().map(|night| night.night).collect::<Vec<_>>(), [day(0)], "only the night that was slept");
    let next = house.book("single", stay(1, 3)).await.unwrap();
    house.act(next.code, Action::CheckIn).await.unwrap();
    house.check_books().await;
    house.act(next.code, Action::CheckOut).await.unwrap();
    let back = house.act(one.code, Action::UndoCheckOut).await.unwrap();
    assert_eq!(back.room.unwrap().as_str(), "201");
    house.check_books().await;
}

async fn who_comes_waits_until_the_last_guest_has_left(kind: Kind) {
    let house = open(kind).await;
    house.advance_seconds(2 * 86_400);
    let one = house.book("single", stay(0, 1)).await.unwrap();
    house.act(one.code, Action::CheckIn).await.unwrap();
    house.advance_seconds(86_400);
    let next = house.book("single", stay(1, 1)).await.unwrap();
    let not_left = RoomRefusal::Taken { stays: vec![one.code], blocks: Vec::new() };
    assert_eq!(refused(house.act(next.code, Action::CheckIn).await), not_left, "the only room is not empty yet");
    house.act(one.code, Action::CheckOut).await.unwrap();
    assert_eq!(house.act(next.code, Action::CheckIn).await.unwrap().room.unwrap().as_str(), "201");
    house.check_books().await;
}

async fn a_stay_that_ends_leaves_its_room(kind: Kind) {
    for end in [Action::Cancel, Action::NoShow] {
        let house = open(kind).await;
        let one = house.book("single", stay(0, 2)).await.unwrap();
        house.assign(one.code, Some("201")).await.unwrap();
        house.act(one.code, end).await.unwrap();
        assert!(house.rooms().await.nights.is_empty());
        let other = house.book("single", stay(0, 2)).await.unwrap();
        house.assign(other.code, Some("201")).await.unwrap();
        house.check_books().await;
    }
}

async fn guests_in_house_move_and_leave_a_dirty_room(kind: Kind) {
    let house = open(kind).await;
    house.advance_seconds(2 * 86_400);
    let one = house.book("double", stay(0, 3)).await.unwrap();
    house.act(one.code, Action::CheckIn).await.unwrap();
    house.advance_seconds(86_400);
    house.assign(one.code, Some("103")).await.unwrap();
    assert_eq!(house.condition("101").await, Condition::Dirty);
    let slept: Vec<String> = house.rooms().await.nights.iter().map(|night| night.room.to_string()).collect();
    assert_eq!(slept, ["101", "103", "103"]);
    house.check_books().await;
}

async fn two_stays_swap_their_rooms(kind: Kind) {
    let house = open(kind).await;
    let (one, other) =
        (house.book("double", stay(0, 2)).await.unwrap(), house.book("double", stay(1, 4)).await.unwrap());
    house.assign(one.code, Some("101")).await.unwrap();
    house.assign(other.code, Some("102")).await.unwrap();
    house.change_rooms(RoomChange::Swap { code: one.code, with: other.code, version: None }).await.unwrap();
    assert_eq!(house.room_of(one.code).await.as_deref(), Some("102"));
    assert_eq!(house.room_of(other.code).await.as_deref(), Some("101"));
    house.check_books().await;
}

async fn a_block_is_counted_and_given_back(kind: Kind) {
    let house = open(kind).await;
    let (block, moves) = house.block("201", nights(0, 100)).await.unwrap();
    assert!(moves.is_empty());
    assert_eq!(gone(house.book("single", stay(98, 3)).await), [day(98), day(99)]);
    house.check_books().await;
    let room = "201".parse().unwrap();
    house.change_rooms(RoomChange::Unblock { room, id: block }).await.unwrap();
    assert!(house.counters().await.is_empty());
    house.book("single", stay(98, 3)).await.unwrap();
    house.check_books().await;
}

async fn a_block_that_would_break_a_promise_is_refused_with_the_stays_named(kind: Kind) {
    let house = open(kind).await;
    let sold = house.book("single", stay(0, 2)).await.unwrap();
    let before = house.everything().await;
    assert_eq!(refused(house.block("201", nights(1, 3)).await), RoomRefusal::Promised { stays: vec![sold.code] });
    assert_eq!(house.everything().await, before);
    house.assign(sold.code, Some("201")).await.unwrap();
    let taken = RoomRefusal::Taken { stays: vec![sold.code], blocks: Vec::new() };
    assert_eq!(refused(house.block("201", nights(1, 3)).await), taken);
    house.check_books().await;
}

async fn a_block_moves_out_who_may_be_moved(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    house.assign(one.code, None).await.unwrap();
    let (block, moves) = house.block("101", nights(0, 2)).await.unwrap();
    assert_eq!(moves, [Move { code: one.code, from: "101".parse().unwrap(), to: "102".parse().unwrap() }]);
    let blocked: Vec<_> = house.rooms().await.nights.into_iter().filter(|night| night.room.as_str() == "101").collect();
    assert!(blocked.len() == 2 && blocked.iter().all(|night| night.taken_by == Occupant::Block(block)));
    house.check_books().await;
}

/// Two blocks apart, and a stay beside them: the counters alone would sell two nights for which no one room is free.
async fn what_the_counters_admit_has_a_room(kind: Kind) {
    let house = open(kind).await;
    house.block("101", nights(0, 5)).await.unwrap();
    house.block("102", nights(0, 1)).await.unwrap();
    house.block("102", nights(2, 1)).await.unwrap();
    house.book("double", stay(0, 2)).await.unwrap();
    house.check_books().await;
    assert!(!gone(house.book("double", stay(1, 2)).await).is_empty());
    house.book("double", stay(3, 2)).await.unwrap();
    house.check_books().await;
}

async fn a_pin_that_would_leave_a_stay_without_a_room_is_refused(kind: Kind) {
    let house = open(kind).await;
    // Two rooms are left. One stay goes across; the ends of it are pinned into different rooms.
    house.block("103", nights(0, 6)).await.unwrap();
    let across = house.book("double", stay(0, 6)).await.unwrap();
    let (first, last) =
        (house.book("double", stay(0, 1)).await.unwrap(), house.book("double", stay(5, 1)).await.unwrap());
    house.assign(first.code, Some("101")).await.unwrap();
    let refusal = refused(house.assign(last.code, Some("102")).await);
    assert_eq!(refusal, RoomRefusal::Promised { stays: vec![across.code] });
    house.assign(last.code, Some("101")).await.unwrap();
    house.check_books().await;
}

async fn a_number_is_on_one_door(kind: Kind) {
    let house = open(kind).await;
    let again = house.rooms().await.rooms[0].clone();
    let refusal = refused(house.change_rooms(RoomChange::Furnish(vec![again.clone()])).await);
    assert_eq!(refusal, RoomRefusal::NumberTaken(again.number.clone()));
    let one_too_many = vacancy::domain::Room { number: "104".parse().unwrap(), ..again };
    let refusal = refused(house.change_rooms(RoomChange::Furnish(vec![one_too_many])).await);
    assert!(matches!(refusal, RoomRefusal::TooMany { .. }));
    assert_eq!(house.rooms().await.rooms.len(), 4);
}

crate::for_every_store!(
    a_room_given_by_hand_is_kept_and_one_given_by_itself_makes_way,
    each_move_is_told_as_a_change,
    a_room_of_another_type_or_none_at_all_is_refused,
    check_in_gives_a_room_that_is_ready,
    check_out_leaves_a_dirty_room_and_gives_the_nights_back,
    who_comes_waits_until_the_last_guest_has_left,
    a_stay_that_ends_leaves_its_room,
    guests_in_house_move_and_leave_a_dirty_room,
    two_stays_swap_their_rooms,
    a_block_is_counted_and_given_back,
    a_block_that_would_break_a_promise_is_refused_with_the_stays_named,
    a_block_moves_out_who_may_be_moved,
    what_the_counters_admit_has_a_room,
    a_pin_that_would_leave_a_stay_without_a_room_is_refused,
    a_number_is_on_one_door,
);
