//! The hotel's day in every store: it waits for what is undecided, is never ahead of the calendar, and leaves rooms that
//! were slept in dirty.

use vacancy::domain::{Action, Actor, Condition, Date, DayRule, ReservationCode};
use vacancy::server::store::command::Change;
use vacancy::server::store::day::{DayChange, DayRefusal};
use vacancy::server::store::{CommandError, RoomChange};

use crate::house::{HOTEL, House, Kind, day, stay};

const A_DAY: i64 = 86_400;

impl House {
    /// A house at noon of `day(0)` whose days somebody closes.
    async fn on_the_first_day(kind: Kind) -> Self {
        let house = Self::open(kind).await;
        house.furnish().await;
        house.advance_seconds(2 * A_DAY);
        house.set_rule(DayRule::ByHand).await;
        assert_eq!(house.business_date(), day(0));
        house
    }

    async fn set_rule(&self, rule: DayRule) {
        self.change_day(DayChange::Rule(rule)).await.unwrap();
    }

    async fn change_day(&self, change: DayChange) -> Result<(), CommandError> {
        self.execute(Actor::Staff("desk@test.example".to_owned()), Change::Day(change)).await.map(drop)
    }

    async fn close(&self, of: Date, kept: &[ReservationCode]) -> Result<(), CommandError> {
        self.change_day(DayChange::Close { day: of, kept: kept.to_vec() }).await
    }

    fn business_date(&self) -> Date {
        let clock = day(0).add_days(i32::try_from((self.now().unix_ms() - noon_of_first_day()) / 86_400_000).unwrap());
        self.store.catalog().house(HOTEL).unwrap().hotel.day.business_date(clock)
    }
}

fn noon_of_first_day() -> i64 {
    "2030-06-03T12:00:00Z".parse::<vacancy::domain::Timestamp>().unwrap().unix_ms()
}

fn refusal(result: Result<(), CommandError>) -> DayRefusal {
    match result {
        Err(CommandError::Day(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn the_day_waits_for_the_clock_and_for_what_is_undecided(kind: Kind) {
    let house = House::on_the_first_day(kind).await;
    let late = house.book("double", stay(0, 1)).await.unwrap().code;
    let leaves = house.book("double", stay(0, 1)).await.unwrap().code;
    house.act(leaves, Action::CheckIn).await.unwrap();
    assert_eq!(refusal(house.close(day(0), &[]).await), DayRefusal::NotOver);
    house.advance_seconds(A_DAY);
    assert_eq!(house.business_date(), day(0), "the calendar alone moves nothing");
    assert_eq!(refusal(house.close(day(1), &[]).await), DayRefusal::AnotherDay { current: day(0) });
    assert_eq!(refusal(house.close(day(0), &[]).await), DayRefusal::Undecided { stays: vec![late] });
    house.act(late, Action::NoShow).await.unwrap();
    house.close(day(0), &[]).await.unwrap();
    assert_eq!(house.business_date(), day(1));
    assert_eq!(refusal(house.close(day(1), &[]).await), DayRefusal::NotOver);
    house.advance_seconds(A_DAY);
    assert_eq!(refusal(house.close(day(1), &[]).await), DayRefusal::Undecided { stays: vec![leaves] });
    house.close(day(1), &[leaves]).await.unwrap();
    assert_eq!(house.business_date(), day(2));
    house.check_books().await;
}

async fn a_refused_close_changes_nothing(kind: Kind) {
    let house = House::on_the_first_day(kind).await;
    house.book("double", stay(0, 1)).await.unwrap();
    house.advance_seconds(A_DAY);
    let before = house.everything().await;
    refusal(house.close(day(0), &[]).await);
    assert_eq!(house.everything().await, before);
    assert_eq!(house.business_date(), day(0));
}

async fn rooms_that_were_slept_in_are_dirty_the_next_day(kind: Kind) {
    let house = House::on_the_first_day(kind).await;
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    let room = house.act(code, Action::CheckIn).await.unwrap().room.unwrap();
    let inspected = RoomChange::SetCondition { room: room.clone(), condition: Condition::Inspected };
    house.change_rooms(inspected).await.unwrap();
    house.advance_seconds(A_DAY);
    house.close(day(0), &[]).await.unwrap();
    assert_eq!(house.condition(room.as_str()).await, Condition::Dirty);
    assert_eq!(house.condition("201").await, Condition::Clean);
    let kinds: Vec<(String, String)> =
        house.log().await.into_iter().rev().take(2).map(|entry| (entry.event, entry.kind)).collect();
    let expected = [("room", "condition"), ("day", "closed")];
    assert_eq!(kinds, expected.map(|(event, kind)| (event.to_owned(), kind.to_owned())));
    house.check_books().await;
}

async fn a_guest_who_comes_after_midnight_gets_the_night_he_booked(kind: Kind) {
    let house = House::on_the_first_day(kind).await;
    let code = house.book("double", stay(0, 1)).await.unwrap().code;
    house.advance_seconds(14 * 3600);
    let late = house.act(code, Action::CheckIn).await.unwrap();
    let room = late.room.expect("a room for the night of the day the house is on");
    let nights = house.rooms().await.nights;
    assert!(nights.iter().any(|night| night.room == room && night.night == day(0)));
    house.check_books().await;
}

async fn a_house_that_nobody_closes_goes_with_the_clock(kind: Kind) {
    let house = House::open(kind).await;
    house.furnish().await;
    house.advance_seconds(2 * A_DAY);
    assert_eq!(house.business_date(), day(0));
    assert_eq!(refusal(house.close(day(0), &[]).await), DayRefusal::ByClock);
    let code = house.book("double", stay(0, 2)).await.unwrap().code;
    let room = house.act(code, Action::CheckIn).await.unwrap().room.unwrap();
    house.advance_seconds(A_DAY);
    assert_eq!(house.business_date(), day(1));
    house.change_day(DayChange::Turn).await.unwrap();
    assert_eq!(house.condition(room.as_str()).await, Condition::Dirty);
    house.set_rule(DayRule::AtHour(4)).await;
    assert!(matches!(refusal(house.change_day(DayChange::Turn).await), DayRefusal::AnotherDay { .. }));
    house.advance_seconds(A_DAY);
    assert_eq!(house.business_date(), day(1));
    house.set_rule(DayRule::ByClock).await;
    assert_eq!(house.business_date(), day(2));
    house.check_books().await;
}

async fn the_desk_is_told_of_a_day_that_does_not_end_by_itself(kind: Kind) {
    let house = House::on_the_first_day(kind).await;
    let late = house.book("double", stay(0, 1)).await.unwrap().code;
    house.advance_seconds(A_DAY);
    house.change_day(DayChange::Warn { day: day(0) }).await.unwrap();
    let told = house.log().await.pop().unwrap();
    assert_eq!((told.event.as_str(), told.kind.as_str(), told.code), ("alert", "day_open", Some(late)));
    assert!(told.body.contains(&format!("{} 1", day(0))), "{}", told.body);
}

crate::for_every_store!(
    the_day_waits_for_the_clock_and_for_what_is_undecided,
    a_refused_close_changes_nothing,
    rooms_that_were_slept_in_are_dirty_the_next_day,
    a_guest_who_comes_after_midnight_gets_the_night_he_booked,
    a_house_that_nobody_closes_goes_with_the_clock,
    the_desk_is_told_of_a_day_that_does_not_end_by_itself,
);

#[tokio::test]
async fn the_day_is_where_it_was_after_the_program_starts_again() {
    let house = House::on_the_first_day(Kind::Sqlite).await;
    house.advance_seconds(A_DAY);
    let house = house.restart().await;
    assert_eq!(house.business_date(), day(0));
    house.close(day(0), &[]).await.unwrap();
    assert_eq!(house.business_date(), day(1));
}
