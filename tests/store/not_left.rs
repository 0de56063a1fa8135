//! By the books a room is free tonight though yesterday's guest has not left it: nobody in the house goes there before he has.

use vacancy::domain::{Action, Actor, Amendment, ReservationCode};
use vacancy::server::store::command::Change;
use vacancy::server::store::{CommandError, Guard, RoomChange, RoomRefusal};

use crate::house::{HOTEL, House, Kind, code_of, day, stay};

const DAY_SECONDS: i64 = 86_400;

/// How a guest in house comes to another room.
#[derive(Clone, Copy, Debug)]
enum Way {
    Given,
    Swapped,
    ChangedWithTheRoom,
    ChangedToAnotherType,
}

const WAYS: [Way; 4] = [Way::Given, Way::Swapped, Way::ChangedWithTheRoom, Way::ChangedToAnotherType];

/// Two should have left today: one is in a double, one in the only single. A third is in another double.
struct Full {
    house: House,
    not_left: ReservationCode,
    not_left_single: ReservationCode,
    guest: ReservationCode,
    /// Comes today, to the first one's room.
    next: ReservationCode,
}

impl Full {
    async fn open(kind: Kind, guard: Guard) -> Self {
        let house = House::with_guard(kind, guard).await;
        house.furnish().await;
        house.advance_seconds(2 * DAY_SECONDS);
        let mut codes = Vec::new();
        for (room_type, room, nights) in [("double", "101", 1), ("single", "201", 1), ("double", "102", 4)] {
            let code = house.book(room_type, stay(0, nights)).await.unwrap().code;
            house.assign(code, Some(room)).await.unwrap();
            house.act(code, Action::CheckIn).await.unwrap();
            codes.push(code);
        }
        house.advance_seconds(DAY_SECONDS);
        let next = house.book("double", stay(1, 2)).await.unwrap().code;
        house.assign(next, Some("101")).await.unwrap();
        Self { house, not_left: codes[0], not_left_single: codes[1], guest: codes[2], next }
    }

    /// The way to 101, where nobody else shall lie by the books; or to the single.
    async fn go(&self, way: Way) -> Result<(), CommandError> {
        let (house, code) = (&self.house, self.guest);
        if !matches!(way, Way::Swapped) {
            house.assign(self.next, Some("103")).await?;
        }
        let room = || "101".parse().unwrap();
        let amendment = match way {
            Way::Given => return house.assign(code, Some("101")).await.map(drop),
            Way::Swapped => {
                return house.change_rooms(RoomChange::Swap { code, with: self.next, version: None }).await.map(drop);
            }
            Way::ChangedWithTheRoom => {
                Amendment { departure: Some(day(3)), room: Some(room()), ..Amendment::default() }
            }
            Way::ChangedToAnotherType => Amendment { room_type: Some(code_of("single")), ..Amendment::default() },
        };
        let change = Change::Amend { code, amendment: Box::new(amendment), version: None };
        house.execute(Actor::Staff("desk@test.example".to_owned()), change).await.map(drop)
    }

    fn in_the_way(&self, way: Way) -> ReservationCode {
        if matches!(way, Way::ChangedToAnotherType) { self.not_left_single } else { self.not_left }
    }
}

async fn nobody_goes_to_a_room_before_its_last_guest_has_left(kind: Kind) {
    for way in WAYS {
        let full = Full::open(kind, Guard::On).await;
        let refused = full.go(way).await;
        let other = full.in_the_way(way);
        let expected = RoomRefusal::Taken { stays: vec![other], blocks: Vec::new() };
        assert!(matches!(&refused, Err(CommandError::Room(found)) if *found == expected), "{way:?}: {refused:?}");
        full.house.act(other, Action::CheckOut).await.unwrap();
        full.go(way).await.unwrap();
        full.house.check_books().await;
    }
}

/// The control.
async fn a_store_that_lets_guests_in_is_found_out(kind: Kind) {
    for way in WAYS {
        Full::open(kind, Guard::LetsIn).await.go(way).await.unwrap();
    }
}

/// What is foreseen is what is done; who comes another day may be given the room, and who is in it stays.
async fn it_is_foreseen_and_holds_for_nobody_who_does_not_go_there_now(kind: Kind) {
    let Full { house, not_left, guest, next, .. } = Full::open(kind, Guard::On).await;
    house.assign(next, Some("103")).await.unwrap();
    let foreseen = async |change| house.store.room_outlook(HOTEL, (house.now(), Actor::System), change).await;
    let to = |room: &str, from| RoomChange::Assign { code: guest, room: room.parse().ok(), from, version: None };
    let taken = RoomRefusal::Taken { stays: vec![not_left], blocks: Vec::new() };
    let refused = foreseen(to("101", None)).await;
    assert!(matches!(&refused, Err(CommandError::Room(found)) if *found == taken), "{refused:?}");
    foreseen(to("101", Some(day(2)))).await.unwrap();
    foreseen(to("102", None)).await.unwrap();
    let outlook = house.store.outlook(HOTEL, (house.now(), Actor::System), guest, Amendment::default()).await.unwrap();
    assert_eq!(outlook.rooms_free, ["102".parse().unwrap()]);
    house.change_rooms(to("101", Some(day(2)))).await.unwrap();
    house.change_rooms(to("102", None)).await.unwrap();
    house.check_books().await;
}

/// Who was checked out by mistake is taken back, and not into a room that was given to somebody else meanwhile.
async fn nobody_comes_back_to_a_room_that_another_is_in(kind: Kind) {
    for guard in [Guard::On, Guard::LetsIn] {
        let Full { house, not_left, next, .. } = Full::open(kind, guard).await;
        house.act(not_left, Action::CheckOut).await.unwrap();
        house.act(not_left, Action::UndoCheckOut).await.unwrap();
        house.act(not_left, Action::CheckOut).await.unwrap();
        house.act(next, Action::CheckIn).await.unwrap();
        let back = house.act(not_left, Action::UndoCheckOut).await;
        let expected = RoomRefusal::Taken { stays: vec![next], blocks: Vec::new() };
        match (guard, back) {
            (Guard::On, Err(CommandError::Room(refusal))) => assert_eq!(refusal, expected),
            // The control.
            (Guard::LetsIn, Ok(_)) => {}
            (_, other) => panic!("{guard:?}: {other:?}"),
        }
    }
}

crate::for_every_store!(
    nobody_goes_to_a_room_before_its_last_guest_has_left,
    a_store_that_lets_guests_in_is_found_out,
    nobody_comes_back_to_a_room_that_another_is_in,
    it_is_foreseen_and_holds_for_nobody_who_does_not_go_there_now,
);
