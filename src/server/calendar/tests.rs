use super::*;
use crate::domain::{CancellationPolicy, CivilTime, Currency, Draft, HotelId, Money, Party, State, Stay};

fn hotel(time_zone: &str) -> Hotel {
    Hotel {
        id: HotelId(1),
        slug: "harbour".parse().unwrap(),
        name: "Harbour House, Lisbon".to_owned(),
        time_zone: time_zone.to_owned(),
        currency: Currency::Eur,
        language: "en".to_owned(),
        check_in_from: CivilTime::new(15, 0).unwrap(),
        check_out_until: CivilTime::new(11, 30).unwrap(),
        cancellation: CancellationPolicy::default(),
        day: crate::domain::HotelDay::default(),
        terms_version: 1,
    }
}

fn stay_file(time_zone: &str, arrival: &str, departure: &str, state: State) -> String {
    let stay = Stay::new(arrival.parse().unwrap(), departure.parse().unwrap()).unwrap();
    let draft = Draft {
        hotel: HotelId(1),
        code: "K7QM-2XNP".parse().unwrap(),
        hold: None,
        room_type: "double".parse().unwrap(),
        rate_plan: "standard".to_owned(),
        stay,
        party: Party::new(2, 0).unwrap(),
        nightly: Vec::new(),
        total: Money::zero(Currency::Eur),
    };
    let mut reservation = Reservation::with_state(draft, state, Timestamp::from_unix_ms(0));
    reservation.version = 7;
    let hotel = hotel(time_zone);
    let notes = vec!["Code K7QM-2XNP; two guests, 双人房 with a view over the old harbour and the river".to_owned()];
    let url = "https://stay.example/reservations/K7QM-2XNP".to_owned();
    let event = CalendarEvent { hotel: &hotel, reservation: &reservation, room: "Double, sea view", url, notes };
    file(&event, "2027-01-05T09:08:07Z".parse().unwrap())
}

#[test]
fn a_stay_over_a_clock_change_begins_and_ends_by_the_hotels_clock() {
    let file = stay_file("Europe/Lisbon", "2027-03-27", "2027-03-29", State::Confirmed);
    for line in [
        "DTSTART;TZID=Europe/Lisbon:20270327T150000\r\n",
        "DTEND;TZID=Europe/Lisbon:20270329T113000\r\n",
        "UID:K7QM-2XNP.harbour@vacancy\r\n",
        "SEQUENCE:7\r\n",
        "DTSTAMP:20270105T090807Z\r\n",
        "STATUS:CONFIRMED\r\n",
        "SUMMARY:Harbour House\\, Lisbon\\, Double\\, sea view\r\n",
    ] {
        assert!(file.contains(line), "{line} in {file}");
    }
    let spring = "BEGIN:DAYLIGHT\r\nDTSTART:20270328T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n";
    let autumn = "BEGIN:STANDARD\r\nDTSTART:20261025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n";
    let (before, after) = (file.find(autumn), file.find(spring));
    assert!(before.is_some() && before < after, "what holds before the change is told first: {file}");
}

#[test]
fn a_zone_without_clock_changes_has_one_observance() {
    let file = stay_file("Asia/Shanghai", "2027-03-27", "2027-03-29", State::Confirmed);
    assert_eq!(file.matches("BEGIN:STANDARD").count() + file.matches("BEGIN:DAYLIGHT").count(), 1, "{file}");
    assert!(file.contains("TZOFFSETTO:+0800\r\n"));
}

#[test]
fn what_is_cancelled_says_so_under_the_same_name() {
    let file = stay_file("Europe/Lisbon", "2027-06-01", "2027-06-03", State::Cancelled);
    assert!(file.contains("METHOD:CANCEL\r\n") && file.contains("STATUS:CANCELLED\r\n"));
    assert!(file.contains("UID:K7QM-2XNP.harbour@vacancy\r\n"));
}

#[test]
fn lines_are_folded_between_letters_and_text_is_escaped() {
    let file = stay_file("Europe/Lisbon", "2027-06-01", "2027-06-03", State::Confirmed);
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    assert!(!file.replace("\r\n", "").contains('\n'));
    let unfolded = file.replace("\r\n ", "");
    assert!(unfolded.contains("DESCRIPTION:Code K7QM-2XNP\\; two guests\\, 双人房 with a view"), "{unfolded}");
}
