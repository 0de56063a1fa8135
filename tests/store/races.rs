//! The last room has one winner. The control takes the guard off, and must see it sold more than once.

use std::sync::Arc;

use vacancy::server::store::{CommandError, Guard};

use crate::house::{House, Kind, day, stay};

const GUESTS: usize = 200;

/// Everybody wants the one single for the same night, on tasks of their own; how many were answered yes.
async fn race(house: House) -> (Arc<House>, usize) {
    let house = Arc::new(house);
    let tasks: Vec<_> = (0..GUESTS)
        .map(|guest| {
            let house = Arc::clone(&house);
            tokio::spawn(async move {
                // Half of them hold first, half book at once.
                if guest % 2 == 0 {
                    let held = house.hold("single", stay(0, 1)).await?;
                    house.confirm_hold(&held).await
                } else {
                    house.book("single", stay(0, 1)).await
                }
            })
        })
        .collect();
    let mut winners = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => winners += 1,
            Err(CommandError::SoldOut(sold_out)) => assert_eq!(sold_out.nights, [day(0)]),
            Err(error) => panic!("a loser was told {error:?}"),
        }
    }
    (house, winners)
}

async fn of_two_hundred_guests_for_the_last_room_one_wins(kind: Kind) {
    let (house, winners) = race(House::open(kind).await).await;
    assert_eq!(winners, 1);
    assert_eq!(house.sold_and_held("single", 0).await, (1, 0));
    house.check_books().await;
}

async fn without_the_guard_the_same_race_oversells(kind: Kind) {
    let (house, winners) = race(House::with_guard(kind, Guard::Off).await).await;
    assert!(winners > 1, "the control does not notice a store that lets everybody in");
    let (sold, _) = house.sold_and_held("single", 0).await;
    assert_eq!(usize::from(sold), winners);
    house.check_counters().await;
}

crate::for_every_store!(of_two_hundred_guests_for_the_last_room_one_wins, without_the_guard_the_same_race_oversells,);
