//! What can be asked: lists, the log in pieces, nights from a day on.

use vacancy::domain::{Action, Actor, Guest, Status};
use vacancy::server::store::command::{Booking, BookingOf, Change};
use vacancy::server::store::{Reply, ReservationFilter};

use crate::house::{HOTEL, House, Kind, day, stay};

async fn book_for(house: &House, guest: Guest, arrival: i32) -> vacancy::domain::ReservationCode {
    let Change::Book(booking) = house.booking(BookingOf::Draft(house.draft("double", stay(arrival, 2))), None) else {
        unreachable!("booking makes a booking")
    };
    let change = Change::Book(Box::new(Booking { guest, ..*booking }));
    match house.execute(Actor::Guest, change).await.unwrap() {
        Reply::Booked { reservation, .. } => reservation.code,
        other => panic!("{other:?}"),
    }
}

async fn reservations_are_listed_by_arrival_and_narrowed_by_state_days_and_text(kind: Kind) {
    let house = House::open(kind).await;
    let guest = |name: &str, email: &str, phone: &str| Guest {
        name: name.parse().unwrap(),
        email: email.parse().ok(),
        phone: phone.parse().ok(),
    };
    let late = book_for(&house, guest("Rui Costa", "rui@example.org", "+351 21 100 0000"), 10).await;
    let early = book_for(&house, guest("王小明", "ming@example.cn", "0571-8700 0000"), 0).await;
    let middle = book_for(&house, guest("Inês 100% Sá_Nunes", "ines@example.pt", "+44 20 7946 0000"), 4).await;
    house.act(middle, Action::CheckIn).await.unwrap();

    let list = async |filter: ReservationFilter| {
        let limit = if filter.limit == 0 { 100 } else { filter.limit };
        let found = house.store.reservations(HOTEL, ReservationFilter { limit, ..filter }).await.unwrap();
        found.into_iter().map(|reservation| reservation.code).collect::<Vec<_>>()
    };
    let all = ReservationFilter::default;
    assert_eq!(list(all()).await, [early, middle, late]);
    assert_eq!(list(ReservationFilter { limit: 2, ..all() }).await, [early, middle]);
    assert_eq!(list(ReservationFilter { status: Some(Status::InHouse), ..all() }).await, [middle]);
    assert_eq!(
        list(ReservationFilter { from: Some(day(5)), ..all() }).await,
        [middle, late],
        "its last night is day 5"
    );
    assert_eq!(
        list(ReservationFilter { from: Some(day(6)), ..all() }).await,
        [late],
        "nobody stays the departure night"
    );
    assert_eq!(list(ReservationFilter { to: Some(day(4)), ..all() }).await, [early]);
    let text = |text: &str| ReservationFilter { text: Some(text.to_owned()), ..all() };
    assert_eq!(list(text("costa")).await, [late]);
    assert_eq!(list(text("王")).await, [early]);
    assert_eq!(list(text("7946")).await, [middle]);
    assert_eq!(list(text("EXAMPLE.pt")).await, [middle]);
    assert_eq!(list(text("0% S")).await, [middle], "a percent sign is a percent sign");
    assert_eq!(list(text("á_N")).await, [middle], "an underscore is an underscore");
    assert_eq!(list(text("i_C")).await, []);
    for name in ["INÊS", "inês", "Sá_nunes", "SÁ_NUNES"] {
        assert_eq!(list(text(name)).await, [middle], "{name}: case is ignored beyond ASCII");
    }
    for name in ["ines sa", "SA_NUNES inês", "nunes 100 Ïnes"] {
        assert_eq!(list(text(name)).await, [middle], "{name}: each word in any place, accents or not");
    }
    assert_eq!(list(text("rui nunes")).await, [], "every word has to be there");
    assert_eq!(list(text("[a-z]*")).await, [], "a pattern is no pattern");
    assert_eq!(list(text(&"o".repeat(9_000))).await, [], "whatever its length");
    for phone in ["+351 21", "351211", "21 10 00", "(21) 100-0000"] {
        assert_eq!(list(text(phone)).await, [late], "{phone}: a number is found however it is spaced");
    }
    let code = late.to_string();
    for part in
        [code.to_lowercase(), code.replace('-', ""), code[..6].to_owned(), code.replace('-', "")[..5].to_owned()]
    {
        assert_eq!(list(text(&part)).await, [late], "{part}: the beginning of {code}");
    }
    assert_eq!(list(text("nobody")).await, []);
}

async fn the_log_is_read_in_pieces_without_a_gap(kind: Kind) {
    let house = House::open(kind).await;
    for _ in 0..3 {
        house.book("double", stay(0, 1)).await.unwrap();
    }
    let read = async |after, upto, limit| {
        let entries = house.store.log(HOTEL, after, upto, limit).await.unwrap();
        entries.into_iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };
    assert_eq!(read(0, 9, 100).await, (1..=9).collect::<Vec<_>>());
    assert_eq!(read(2, 7, 3).await, [3, 4, 5]);
    assert_eq!(read(5, 7, 3).await, [6, 7]);
    assert!(read(9, u64::MAX, 3).await.is_empty());
}

async fn nights_are_read_from_a_day_on_with_the_number_they_are_true_for(kind: Kind) {
    let house = House::open(kind).await;
    house.book("double", stay(0, 3)).await.unwrap();
    let (head, rows) = house.store.nights(HOTEL, day(1)).await.unwrap();
    assert_eq!(head, 3);
    let nights: Vec<_> = rows.iter().map(|row| (row.night, row.sold)).collect();
    assert_eq!(nights, [(day(1), 1), (day(2), 1)]);
}

async fn a_server_that_starts_learns_where_each_hotel_stands(kind: Kind) {
    let house = House::open(kind).await;
    house.book("double", stay(0, 3)).await.unwrap();
    let held = house.hold("single", stay(4, 1)).await.unwrap();
    let openings = house.store.openings(vec![(HOTEL, day(2))]).await.unwrap();
    let [opening] = openings.as_slice() else { panic!("{openings:?}") };
    assert_eq!((opening.hotel, opening.head), (HOTEL, 4));
    let mut nights: Vec<_> = opening.nights.iter().map(|row| (row.night, row.sold, row.held)).collect();
    nights.sort_unstable();
    assert_eq!(nights, [(day(2), 1, 0), (day(4), 0, 1)]);
    assert_eq!(opening.holds, [held]);
}

async fn the_counts_of_the_facts_add_up_to_the_counters(kind: Kind) {
    let house = House::open(kind).await;
    let held = house.hold("double", stay(0, 2)).await.unwrap();
    house.confirm_hold(&held).await.unwrap();
    let booked = house.book("double", stay(1, 2)).await.unwrap();
    house.act(booked.code, Action::Cancel).await.unwrap();
    house.hold("single", stay(0, 1)).await.unwrap();
    house.advance_seconds(crate::house::HOLD_SECONDS);
    house.book("single", stay(0, 1)).await.unwrap();
    let mut sums = std::collections::BTreeMap::<_, (i32, i32)>::new();
    for (fact, _) in house.journal.heard.lock().unwrap().iter() {
        for change in &fact.counts {
            for night in change.stay.nights() {
                let sum = sums.entry((change.room_type.clone(), night)).or_default();
                sum.0 += i32::from(change.delta.sold);
                sum.1 += i32::from(change.delta.held);
            }
        }
    }
    sums.retain(|_, sum| *sum != (0, 0));
    let counters = house.counters().await;
    let counted: Vec<_> =
        counters.into_iter().map(|(key, (sold, held, _))| (key, (sold.into(), held.into()))).collect();
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), counted);
}

crate::for_every_store!(
    reservations_are_listed_by_arrival_and_narrowed_by_state_days_and_text,
    the_log_is_read_in_pieces_without_a_gap,
    nights_are_read_from_a_day_on_with_the_number_they_are_true_for,
    a_server_that_starts_learns_where_each_hotel_stands,
    the_counts_of_the_facts_add_up_to_the_counters,
);
