use proptest::prelude::*;

use super::*;
use crate::domain::{Currency, Draft, HotelId, PriceTable, State, Timestamp};

const EUR: Currency = Currency::Eur;

fn day(offset: i32) -> Date {
    "2027-03-20".parse::<Date>().unwrap().add_days(offset)
}

fn stay(arrival: i32, nights: i32) -> Stay {
    Stay::new(day(arrival), day(arrival + nights)).unwrap()
}

fn room_type(code: &str, minor: i64) -> RoomType {
    let by_weekday = [0, 1, 2, 3, 40, 50, 6].map(|more| minor + more);
    let prices = PriceTable::new(EUR, by_weekday, std::collections::BTreeMap::new());
    RoomType { code: code.parse().unwrap(), name: code.to_owned(), sleeps: 3, rooms: 5, overbook: 0, prices }
}

/// A double that was sold at `price` a night.
fn sold(state: State, stay: Stay, price: i64) -> Reservation {
    let nightly: Vec<(Date, Money)> = stay.nights().map(|night| (night, Money::new(price, EUR))).collect();
    let total = Money::sum(EUR, nightly.iter().map(|(_, price)| *price)).unwrap();
    let draft = Draft {
        hotel: HotelId(1),
        code: "K7QM-2XNP".parse().unwrap(),
        hold: None,
        room_type: "double".parse().unwrap(),
        rate_plan: "standard".to_owned(),
        stay,
        party: Party::new(2, 0).unwrap(),
        nightly,
        total,
    };
    Reservation::with_state(draft, state, Timestamp::from_unix_ms(0))
}

fn dates(stay: Stay) -> Amendment {
    Amendment { arrival: Some(stay.arrival()), departure: Some(stay.departure()), ..Amendment::default() }
}

fn staff() -> Actor {
    Actor::Staff("desk@test.example".to_owned())
}

fn amended(reservation: &Reservation, amendment: &Amendment, room_type: &RoomType, today: i32) -> Amended {
    amendment.apply_to(reservation, room_type, &staff(), day(today)).unwrap()
}

fn minors(amended: &Amended) -> Vec<i64> {
    amended.nightly.iter().map(|(_, price)| price.minor).collect()
}

#[test]
fn a_night_that_is_kept_keeps_its_price_and_an_added_one_costs_todays() {
    // 2027-03-26 is a Friday, the 27th a Saturday; the clocks go forward in the night to Sunday, the 28th.
    let reservation = sold(State::Confirmed, stay(5, 2), 100);
    let longer = amended(&reservation, &dates(stay(5, 4)), &room_type("double", 200), 0);
    assert_eq!(minors(&longer), [100, 100, 250, 206]);
    assert_eq!(longer.total, Money::new(656, EUR));
    assert_eq!(longer.stay.night_count(), 4, "a night of 23 hours is a night");
}

#[test]
fn another_type_costs_todays_price_but_for_nights_that_were_slept() {
    let suite = Amendment { room_type: Some("suite".parse().unwrap()), ..Amendment::default() };
    let to_come = sold(State::Confirmed, stay(2, 3), 100);
    assert_eq!(minors(&amended(&to_come, &suite, &room_type("suite", 500), 0)), [500, 501, 502]);
    let in_house = sold(State::InHouse, stay(0, 4), 100);
    let moved = amended(&in_house, &suite, &room_type("suite", 500), 2);
    assert_eq!(minors(&moved), [100, 100, 500, 501]);
    assert_eq!(moved.counted_from, Some(day(2)), "what was slept stands in no counter of the new type");
}

#[test]
fn the_agreed_total_can_be_kept_to_the_cent() {
    let in_house = sold(State::InHouse, stay(0, 3), 100);
    let keeping = Amendment { keep_price: true, ..dates(stay(0, 5)) };
    assert_eq!(minors(&amended(&in_house, &keeping, &room_type("double", 900), 1)), [100, 50, 50, 50, 50]);
    let early = Amendment { keep_price: true, ..dates(stay(0, 2)) };
    assert_eq!(minors(&amended(&in_house, &early, &room_type("double", 900), 2)), [100, 200]);
    let only_upgraded =
        Amendment { keep_price: true, room_type: Some("suite".parse().unwrap()), ..Amendment::default() };
    assert_eq!(minors(&amended(&in_house, &only_upgraded, &room_type("suite", 900), 1)), [100, 100, 100]);
}

#[test]
fn who_is_in_house_keeps_the_arrival_and_leaves_today_or_later() {
    let in_house = sold(State::InHouse, stay(0, 4), 100);
    let double = room_type("double", 100);
    let refused = |amendment: Amendment| amendment.apply_to(&in_house, &double, &staff(), day(2)).unwrap_err();
    assert_eq!(refused(dates(stay(1, 3))), AmendmentError::ArrivalIsPast);
    assert_eq!(refused(dates(stay(0, 1))), AmendmentError::DepartureIsPast);
    assert_eq!(amended(&in_house, &dates(stay(0, 2)), &double, 2).total, Money::new(200, EUR));
    // Nobody gets another kind of room for no night.
    let suite = room_type("suite", 300);
    let moved = |nights| Amendment { room_type: Some(suite.code.clone()), ..dates(stay(0, nights)) };
    let refused = moved(2).apply_to(&in_house, &suite, &staff(), day(2)).unwrap_err();
    assert_eq!(refused, AmendmentError::DepartureIsPast);
    assert_eq!(amended(&in_house, &moved(3), &suite, 2).total, Money::new(500, EUR));
}

#[test]
fn a_guest_may_change_it_until_the_day_of_arrival_and_the_desk_still_then() {
    let double = room_type("double", 100);
    let reservation = sold(State::Confirmed, stay(3, 2), 100);
    let by = |actor: Actor, today: i32| dates(stay(4, 2)).apply_to(&reservation, &double, &actor, day(today));
    assert!(by(Actor::Guest, 2).is_ok());
    assert_eq!(by(Actor::Guest, 3), Err(AmendmentError::ArrivalDay));
    assert!(by(staff(), 3).is_ok());
    for state in [State::InHouse, State::Cancelled, State::CheckedOut, State::NoShow, State::Lapsed] {
        let other = sold(state, stay(3, 2), 100);
        let refused = dates(stay(4, 2)).apply_to(&other, &double, &Actor::Guest, day(0));
        assert_eq!(refused, Err(AmendmentError::State(state.status())));
    }
}

#[test]
fn a_party_must_fit_and_a_shown_total_must_hold() {
    let reservation = sold(State::Confirmed, stay(3, 2), 100);
    let double = room_type("double", 100);
    let apply = |amendment: Amendment| amendment.apply_to(&reservation, &double, &Actor::Guest, day(0));
    let four = Amendment { children: Some(2), ..Amendment::default() };
    assert_eq!(apply(four), Err(AmendmentError::PartyTooLarge { sleeps: 3 }));
    let shown = |minor| Amendment { shown_total: Some(Money::new(minor, EUR)), ..dates(stay(3, 1)) };
    let current = Money::new(100, EUR);
    assert_eq!(apply(shown(99)), Err(AmendmentError::PriceChanged { shown: Money::new(99, EUR), current }));
    assert!(apply(shown(100)).is_ok());
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_nights_and_kept_nights_keep_their_price(
        arrival in 0_i32..20, nights in 1_i32..20, new_arrival in 0_i32..20, new_nights in 1_i32..20,
        agreed in 1_i64..100_000, now in 1_i64..100_000, keep_price in any::<bool>(),
    ) {
        let reservation = sold(State::Confirmed, stay(arrival, nights), agreed);
        let double = room_type("double", now);
        let amendment = Amendment { keep_price, ..dates(stay(new_arrival, new_nights)) };
        let after = amended(&reservation, &amendment, &double, 0);
        prop_assert_eq!(after.total.minor, minors(&after).iter().sum::<i64>());
        prop_assert_eq!(after.nightly.iter().map(|(night, _)| *night).collect::<Vec<_>>(), after.stay.nights().collect::<Vec<_>>());
        if keep_price {
            prop_assert_eq!(after.total, reservation.total);
        } else {
            for (night, price) in &after.nightly {
                let kept = reservation.stay.contains_night(*night);
                prop_assert_eq!(price.minor, if kept { agreed } else { double.prices.night(*night).minor });
            }
        }
    }

    #[test]
    fn there_and_back_over_the_kept_nights_costs_the_same(
        arrival in 5_i32..10, nights in 1_i32..10, earlier in 0_i32..5, later in 0_i32..5, now in 1_i64..100_000,
    ) {
        let reservation = sold(State::Confirmed, stay(arrival, nights), 777);
        let double = room_type("double", now);
        let mut changed = reservation.clone();
        changed.amend(amended(&reservation, &dates(stay(arrival - earlier, nights + earlier + later)), &double, 0));
        changed.amend(amended(&changed, &dates(stay(arrival, nights)), &double, 0));
        prop_assert_eq!((changed.nightly, changed.total), (reservation.nightly, reservation.total));
    }

    #[test]
    fn what_is_taken_and_given_back_makes_the_old_nights_the_new_ones(
        arrival in 0_i32..12, nights in 1_i32..12, new_arrival in 0_i32..12, new_nights in 1_i32..12, same in any::<bool>(),
    ) {
        let before = sold(State::Confirmed, stay(arrival, nights), 100);
        let code = if same { "double" } else { "suite" };
        let mut after = before.clone();
        let amendment = Amendment { room_type: code.parse().ok(), ..dates(stay(new_arrival, new_nights)) };
        after.amend(amended(&before, &amendment, &room_type(code, 100), 0));
        let nights_of = |one: &Reservation| one.stay.nights().map(|night| (one.room_type.clone(), night)).collect::<Vec<_>>();
        let spread = |of: Vec<TypeNights>| {
            of.into_iter().flat_map(|(code, stay)| stay.nights().map(move |night| (code.clone(), night))).collect::<Vec<_>>()
        };
        let (taken, given) = exchanged(&before, &after);
        let (taken, given) = (spread(taken), spread(given));
        let (old, new) = (nights_of(&before), nights_of(&after));
        prop_assert!(taken.iter().all(|night| !old.contains(night)) && given.iter().all(|night| !new.contains(night)));
        let mut found: Vec<_> = old.iter().filter(|night| !given.contains(night)).cloned().chain(taken).collect();
        found.sort();
        let mut expected = new;
        expected.sort();
        prop_assert_eq!(found, expected);
    }
}
