//! How rooms are, who is told, and whose room is ready.

use vacancy::domain::{Action, Condition, ReservationCode};
use vacancy::server::store::{LogEntry, RoomChange};

use crate::house::{House, Kind, stay};

const DAY_SECONDS: i64 = 86_400;

/// A house with numbered doors on the day from which the tests count.
async fn open(kind: Kind) -> House {
    let house = House::open(kind).await;
    house.furnish().await;
    house.advance_seconds(2 * DAY_SECONDS);
    house
}

impl House {
    async fn clean(&self, room: &str, condition: Condition) {
        self.change_rooms(RoomChange::SetCondition { room: room.parse().unwrap(), condition }).await.unwrap();
    }

    async fn lodge(&self, code: ReservationCode, room: &str) {
        let room = Some(room.parse().unwrap());
        self.change_rooms(RoomChange::Assign { code, room, from: None, version: None }).await.unwrap();
    }

    async fn told_since(&self, seq: u64) -> Vec<LogEntry> {
        self.log().await.into_iter().filter(|entry| entry.seq > seq).collect()
    }
}

fn kinds(log: &[LogEntry]) -> Vec<String> {
    log.iter().map(|entry| format!("{}/{}", entry.event, entry.kind)).collect()
}

async fn a_guest_hears_when_his_room_is_ready_and_when_it_is_not_any_more(kind: Kind) {
    let house = open(kind).await;
    house.clean("101", Condition::Dirty).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    house.lodge(one.code, "101").await;
    let given = house.stored(one.code).await;
    assert!(!given.room_ready);
    let head = house.head().await;
    house.clean("101", Condition::Clean).await;
    let told = house.told_since(head).await;
    assert_eq!(kinds(&told), ["room/condition", "reservation/room_ready"]);
    assert!(told[1].body.contains("\"room_ready\":true"), "{}", told[1].body);
    let ready = house.stored(one.code).await;
    assert_eq!((ready.room_ready, ready.version), (true, given.version), "the desk's screen is not out of date");
    house.clean("101", Condition::Inspected).await;
    house.clean("101", Condition::Dirty).await;
    assert!(!house.stored(one.code).await.room_ready);
    assert_eq!(house.log().await.pop().unwrap().kind, "room_not_ready");
    house.check_books().await;
}

async fn a_clean_room_is_ready_as_soon_as_it_is_given(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    house.lodge(one.code, "102").await;
    assert!(house.stored(one.code).await.room_ready);
    house.change_rooms(RoomChange::Unassign { code: one.code, version: None }).await.unwrap();
    assert!(!house.stored(one.code).await.room_ready);
    house.lodge(one.code, "102").await;
    house.act(one.code, Action::CheckIn).await.unwrap();
    assert!(!house.stored(one.code).await.room_ready, "who is in house waits for nothing");
    let back = house.act(one.code, Action::UndoCheckIn).await.unwrap();
    assert!(back.room_ready, "the answer is as it is now");
    house.check_books().await;
}

async fn a_room_is_not_ready_before_its_last_guest_has_left(kind: Kind) {
    let house = open(kind).await;
    let before = house.book("double", stay(0, 1)).await.unwrap();
    house.lodge(before.code, "101").await;
    house.act(before.code, Action::CheckIn).await.unwrap();
    let next = house.book("double", stay(1, 1)).await.unwrap();
    house.lodge(next.code, "101").await;
    house.advance_seconds(DAY_SECONDS);
    house.change_rooms(RoomChange::BeginDay).await.unwrap();
    assert!(!house.stored(next.code).await.room_ready);
    let head = house.head().await;
    house.act(before.code, Action::CheckOut).await.unwrap();
    let told = house.told_since(head).await;
    assert_eq!(kinds(&told), ["reservation/checked_out", "room/condition"]);
    assert!(told[1].body.contains(&format!("\"due_in\":{{\"code\":\"{}\"", next.code)), "{}", told[1].body);
    assert!(!told[1].body.contains("in_house") && !told[1].body.contains("Ana"), "{}", told[1].body);
    house.clean("101", Condition::Inspected).await;
    assert!(house.stored(next.code).await.room_ready);
    house.check_books().await;
}

async fn the_day_of_arrival_makes_a_clean_room_ready(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(1, 2)).await.unwrap();
    house.lodge(one.code, "103").await;
    house.change_rooms(RoomChange::BeginDay).await.unwrap();
    assert!(!house.stored(one.code).await.room_ready, "it is tomorrow that the guest comes");
    house.advance_seconds(DAY_SECONDS);
    house.change_rooms(RoomChange::BeginDay).await.unwrap();
    assert!(house.stored(one.code).await.room_ready);
    let head = house.head().await;
    house.change_rooms(RoomChange::BeginDay).await.unwrap();
    assert_eq!(house.head().await, head, "nothing is told twice");
    house.check_books().await;
}

async fn whoever_cleans_hears_who_comes_and_goes(kind: Kind) {
    let house = open(kind).await;
    let one = house.book("double", stay(0, 2)).await.unwrap();
    let later = house.book("double", stay(3, 2)).await.unwrap();
    let head = house.head().await;
    house.lodge(one.code, "101").await;
    house.lodge(later.code, "102").await;
    let told = house.told_since(head).await;
    let expected = ["reservation/changed", "room/stays", "reservation/room_ready", "reservation/changed"];
    assert_eq!(kinds(&told), expected, "a stay that begins on another day is none of today's");
    let head = house.head().await;
    house.act(one.code, Action::CheckIn).await.unwrap();
    let told = house.told_since(head).await;
    assert_eq!(kinds(&told), ["reservation/checked_in", "room/stays"]);
    assert!(told[1].body.contains("\"in_house\":{"), "{}", told[1].body);
    house.check_books().await;
}

async fn a_note_is_kept_and_told_once(kind: Kind) {
    let house = open(kind).await;
    let head = house.head().await;
    for _ in 0..2 {
        let note = "The lamp flickers".parse().unwrap();
        house.change_rooms(RoomChange::SetNote { room: "102".parse().unwrap(), note }).await.unwrap();
    }
    let told = house.told_since(head).await;
    assert_eq!(kinds(&told), ["room/note"]);
    assert!(told[0].body.contains("\"note\":\"The lamp flickers\""), "{}", told[0].body);
    let kept = house.rooms().await.rooms.into_iter().find(|room| room.number.as_str() == "102").unwrap();
    assert_eq!(kept.note.as_str(), "The lamp flickers");
}

crate::for_every_store!(
    a_guest_hears_when_his_room_is_ready_and_when_it_is_not_any_more,
    a_clean_room_is_ready_as_soon_as_it_is_given,
    a_room_is_not_ready_before_its_last_guest_has_left,
    the_day_of_arrival_makes_a_clean_room_ready,
    whoever_cleans_hears_who_comes_and_goes,
    a_note_is_kept_and_told_once,
);
