//! Many commands at once, some of which fail: each is whole or leaves no trace, whoever shares its commit.

use futures_util::future::{BoxFuture, join_all};
use vacancy::domain::{Action, Actor};
use vacancy::server::store::command::BookingOf;
use vacancy::server::store::{CommandError, DirectoryChange};

use crate::house::{HOTEL, House, Kind, room_type, stay};

async fn a_failed_command_leaves_no_trace_among_those_that_succeed(kind: Kind) {
    let house = House::open(kind).await;
    let room_type = room_type("double", 40);
    house.store.change_directory(DirectoryChange::PutRoomType { hotel: HOTEL, room_type }).await.unwrap();
    // The single is gone on the last night only, so that a stay of three fails after two nights were looked at.
    let taken = house.book("single", stay(2, 1)).await.unwrap();
    let cancelled = house.book("single", stay(7, 1)).await.unwrap();
    house.act(cancelled.code, Action::Cancel).await.unwrap();
    let before = house.head().await;

    let mut commands: Vec<BoxFuture<'_, Result<(), CommandError>>> = Vec::new();
    for _ in 0..40 {
        commands.push(Box::pin(async { house.book("double", stay(0, 3)).await.map(drop) }));
        commands.push(Box::pin(async { house.book("single", stay(0, 3)).await.map(drop) }));
        commands.push(Box::pin(async { house.act(taken.code, Action::Reinstate).await.map(drop) }));
        commands.push(Box::pin(async { house.book("palace", stay(0, 3)).await.map(drop) }));
        commands.push(Box::pin(async {
            let mut draft = house.draft("double", stay(20, 3));
            draft.code = taken.code;
            let change = house.booking(BookingOf::Draft(draft), None);
            house.execute(Actor::Guest, change).await.map(drop)
        }));
    }
    let results = join_all(commands).await;

    for (place, result) in results.iter().enumerate() {
        let as_expected = match place % 5 {
            0 => result.is_ok(),
            1 => matches!(result, Err(CommandError::SoldOut(_))),
            2 => matches!(result, Err(CommandError::TransitionNotAllowed(_))),
            3 => matches!(result, Err(CommandError::RoomTypeNotFound)),
            _ => matches!(result, Err(CommandError::CodeTaken)),
        };
        assert!(as_expected, "{place}: {result:?}");
    }
    assert_eq!(house.head().await, before + 3 * 40, "three facts a booking, none for what failed");
    assert_eq!(house.sold_and_held("double", 0).await, (40, 0));
    assert_eq!(house.sold_and_held("single", 0).await, (0, 0));
    assert_eq!(house.sold_and_held("double", 20).await, (0, 0));
    house.check_books().await;
}

async fn who_is_refused_because_of_one_night_is_not_told_of_a_hold_that_is_over(kind: Kind) {
    let house = House::open(kind).await;
    house.book("single", stay(1, 1)).await.unwrap();
    house.hold("single", stay(0, 1)).await.unwrap();
    house.advance_seconds(crate::house::HOLD_SECONDS);
    let refused = house.book("single", stay(0, 2)).await;
    assert_eq!(crate::house::gone(refused), [crate::house::day(1)]);
    house.check_books().await;
    house.book("single", stay(0, 1)).await.unwrap();
    house.check_books().await;
}

crate::for_every_store!(
    a_failed_command_leaves_no_trace_among_those_that_succeed,
    who_is_refused_because_of_one_night_is_not_told_of_a_hold_that_is_over,
);
