//! What is read and what is told of a hotel's nights.

use super::*;
use crate::domain::{
    Action, Actor, CancellationPolicy, CivilTime, CountChange, CountDelta, Currency, Draft, Fact, Hotel, Money, Party,
    PriceTable, ReservationCode, ReservationFact,
};
use crate::server::clock::ManualClock;

const NOW: &str = "2027-03-10T12:00:00Z";

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn house(price_minor: i64) -> Arc<House> {
    let hotel = Hotel {
        id: HotelId(1),
        slug: "harbour".parse().unwrap(),
        name: "Harbour House".into(),
        time_zone: "Europe/Lisbon".into(),
        currency: Currency::Eur,
        language: "en".into(),
        check_in_from: CivilTime::new(15, 0).unwrap(),
        check_out_until: CivilTime::new(11, 0).unwrap(),
        day: crate::domain::HotelDay::default(),
        cancellation: CancellationPolicy::default(),
        terms_version: 1,
    };
    let room_type = |code: &str, rooms| RoomType {
        code: code.parse().unwrap(),
        name: code.into(),
        sleeps: 2,
        rooms,
        overbook: 0,
        prices: PriceTable::flat(Money::new(price_minor, Currency::Eur)),
    };
    Arc::new(House { hotel, room_types: vec![room_type("double", 20), room_type("suite", 2)] })
}

struct Desk {
    clock: Arc<ManualClock>,
    availability: HotelAvailability,
    seq: u64,
}

impl Desk {
    fn open() -> Self {
        let clock = Arc::new(ManualClock::at(NOW.parse().unwrap()));
        let availability = HotelAvailability::new("e1".into(), clock.clone(), house(11_900), 0, &[], &[]);
        Self { clock, availability, seq: 0 }
    }

    fn hold(&mut self, code: u8, room_type: &str, arrival: &str, departure: &str) -> Reservation {
        let draft = Draft {
            hotel: HotelId(1),
            code: ReservationCode::from_random([code; 5]),
            hold: None,
            room_type: room_type.parse().unwrap(),
            rate_plan: "standard".into(),
            stay: Stay::new(date(arrival), date(departure)).unwrap(),
            party: Party::new(2, 0).unwrap(),
            nightly: Vec::new(),
            total: Money::zero(Currency::Eur),
        };
        let now = self.clock.now();
        let (reservation, delta) = Reservation::place(draft, now.plus_seconds(900), now);
        self.commit(&reservation, ReservationFact::Placed, delta);
        reservation
    }

    fn act(&mut self, reservation: &mut Reservation, action: Action) {
        let delta = reservation.apply(action, self.clock.now()).unwrap();
        self.commit(reservation, action.into(), delta);
    }

    fn commit(&mut self, reservation: &Reservation, kind: ReservationFact, delta: CountDelta) {
        self.seq += 1;
        let change = CountChange { room_type: reservation.room_type.clone(), stay: reservation.stay, delta };
        self.availability.take_in([&LoggedFact {
            hotel: HotelId(1),
            seq: self.seq,
            at: self.clock.now(),
            actor: Actor::Guest,
            fact: Fact::Reservation { kind, reservation: Box::new(reservation.clone()), changed: Vec::new() },
            counts: vec![change],
        }]);
    }

    fn left(&self, room_type: &str, night: &str) -> u16 {
        let night = date(night);
        let view = self.availability.view(night, night.add_days(1));
        let row = view.room_types.iter().find(|row| row.code.as_str() == room_type).unwrap();
        row.nights[0].left
    }

    fn event_since(&self, after: u64) -> Option<AvailabilityEvent> {
        let (seq, json) = self.availability.frame_since(after)?;
        let event: AvailabilityEvent = serde_json::from_slice(&json).unwrap();
        assert_eq!(event.seq, seq);
        Some(event)
    }
}

#[test]
fn a_hold_takes_each_night_but_not_the_day_of_departure() {
    let mut desk = Desk::open();
    desk.hold(1, "suite", "2027-03-12", "2027-03-14");
    assert_eq!(
        ["2027-03-11", "2027-03-12", "2027-03-13", "2027-03-14"].map(|night| desk.left("suite", night)),
        [2, 1, 1, 2]
    );
    assert_eq!(desk.left("double", "2027-03-12"), 5, "never told beyond five");
}

#[test]
fn a_lapsed_hold_is_free_again_before_it_is_tidied_away_and_only_once() {
    let mut desk = Desk::open();
    let mut hold = desk.hold(1, "suite", "2027-03-12", "2027-03-14");
    desk.clock.advance_seconds(900);
    assert_eq!(desk.left("suite", "2027-03-12"), 2);
    assert!(desk.availability.has_lapsed_holds());
    desk.act(&mut hold, Action::Lapse);
    assert_eq!(desk.left("suite", "2027-03-12"), 2);
    assert!(!desk.availability.has_lapsed_holds());
}

#[test]
fn exactly_the_nights_that_changed_after_a_number_are_told() {
    let mut desk = Desk::open();
    assert_eq!(desk.event_since(0), None);
    let mut first = desk.hold(1, "suite", "2027-03-12", "2027-03-14");
    desk.hold(2, "double", "2027-03-20", "2027-03-21");
    let since = |desk: &Desk, after| -> Vec<(String, String, u16)> {
        let event = desk.event_since(after).unwrap();
        event.cells.iter().map(|cell| (cell.room_type.to_string(), cell.date.to_string(), cell.left)).collect()
    };
    let double = ("double".to_owned(), "2027-03-20".to_owned(), 5);
    let suite = |night: &str, left| ("suite".to_owned(), night.to_owned(), left);
    assert_eq!(since(&desk, 0), [double.clone(), suite("2027-03-12", 1), suite("2027-03-13", 1)]);
    assert_eq!(since(&desk, 1), std::slice::from_ref(&double));
    desk.act(&mut first, Action::Confirm);
    assert_eq!(since(&desk, 1), [double], "a hold that is confirmed leaves as much as before");
    assert_eq!(desk.event_since(2), None);
    assert_eq!(desk.availability.head(), 3);
    desk.act(&mut first, Action::Cancel);
    assert_eq!(since(&desk, 3), [suite("2027-03-12", 2), suite("2027-03-13", 2)]);
}

#[test]
fn nights_that_are_over_cannot_be_had_and_who_comes_back_is_told() {
    let mut desk = Desk::open();
    let mut stay = desk.hold(1, "suite", "2027-03-10", "2027-03-12");
    desk.act(&mut stay, Action::Confirm);
    desk.clock.advance_seconds(24 * 3600);
    assert_eq!(desk.left("suite", "2027-03-10"), 0);
    let event = desk.event_since(0).unwrap();
    let told: Vec<(Date, u16)> = event.cells.iter().map(|cell| (cell.date, cell.left)).collect();
    assert_eq!(told, [(date("2027-03-10"), 0), (date("2027-03-11"), 1)]);
    desk.clock.advance_seconds(30 * 24 * 3600);
    assert_eq!(desk.event_since(0), None, "a month later nobody wants to know");
}

#[test]
fn a_board_that_is_built_anew_brings_every_older_number_up_to_date() {
    let clock = Arc::new(ManualClock::at(NOW.parse().unwrap()));
    let row = NightRow { room_type: "suite".parse().unwrap(), night: date("2027-03-12"), sold: 1, held: 0, blocked: 1 };
    let availability = HotelAvailability::new("e1".into(), clock, house(100), 7, &[row], &[]);
    let (seq, json) = availability.frame_since(6).unwrap();
    let event: AvailabilityEvent = serde_json::from_slice(&json).unwrap();
    assert_eq!((seq, event.cells.len(), event.cells[0].left), (7, 1, 0));
    assert_eq!(availability.frame_since(7), None);
    assert_eq!(availability.view(date("2027-03-12"), date("2027-03-13")).as_of, "e1-7");
}

#[test]
fn a_new_price_is_told_with_the_next_fact() {
    let mut desk = Desk::open();
    assert!(!desk.availability.refurnish(&house(11_900)));
    assert!(desk.availability.refurnish(&house(12_900)));
    desk.hold(1, "suite", "2027-03-12", "2027-03-13");
    let event = desk.event_since(0).unwrap();
    assert!(event.cells.len() > 700);
    assert!(event.cells.iter().all(|cell| cell.price.minor == 12_900));
}
