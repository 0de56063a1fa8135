//! What a row means: a stay with its party, price and end, or the reason why it is none.

use core::str::FromStr;

use crate::domain::{
    Currency, Date, Draft, Guest, GuestName, Money, Note, Party, ReservationCode, RoomTypeCode, State, Stay, StayError,
    Timestamp,
};
use crate::server::admin::import_bookings::columns::Record;
use crate::server::clock::today;
use crate::server::store::House;
use crate::server::store::command::Import;
use crate::wire::offer::STANDARD_RATE;

/// The file's rates are in euros.
pub(super) const CURRENCY: Currency = Currency::Eur;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const NOON_MS: i64 = 12 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// Why a row cannot be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub String);

/// How a reservation ended, as the file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    CheckedOut,
    Cancelled,
    NoShow,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stayed {
    pub room_type: RoomTypeCode,
    pub stay: Stay,
    pub party: Party,
    /// The same each night: the average is all the file tells.
    pub nightly: Money,
    pub outcome: Outcome,
    pub booked_on: Date,
    guest: GuestName,
}

fn refusal(why: impl Into<String>) -> Refusal {
    Refusal(why.into())
}

impl Stayed {
    pub fn read(record: &Record) -> Result<Self, Refusal> {
        let arrival = arrival(record)?;
        let nights =
            number::<u32>(record, "stays_in_weekend_nights")?.saturating_add(number(record, "stays_in_week_nights")?);
        let nights = i32::try_from(nights).unwrap_or(i32::MAX);
        let stay = Stay::new(arrival, arrival.add_days(nights)).map_err(|error| match error {
            StayError::TooLong => refusal(format!("{nights} nights are more than {}", crate::domain::MAX_NIGHTS)),
            _ => refusal("no nights"),
        })?;
        let lead_days: u16 = number(record, "lead_time")?;
        let letter = text(record, "reserved_room_type")?;
        Ok(Self {
            room_type: letter
                .to_lowercase()
                .parse()
                .map_err(|_| refusal(format!("reserved_room_type {letter:?} is no room type")))?,
            stay,
            party: party(record)?,
            nightly: rate(record)?,
            outcome: outcome(record)?,
            booked_on: arrival.add_days(-i32::from(lead_days)),
            guest: guest(record)?,
        })
    }

    /// The state it has on the hotel's day: one that is not over by then takes its nights.
    pub fn state(&self, today: Date) -> State {
        let has_arrived = self.stay.arrival() <= today;
        match self.outcome {
            Outcome::Cancelled => State::Cancelled,
            Outcome::CheckedOut if self.stay.departure() <= today => State::CheckedOut,
            Outcome::CheckedOut if has_arrived => State::InHouse,
            Outcome::NoShow if has_arrived => State::NoShow,
            Outcome::CheckedOut | Outcome::NoShow => State::Confirmed,
        }
    }

    pub fn import(&self, house: &House, source: &str, place: u64, code: ReservationCode, now: Timestamp) -> Import {
        let today = today(now, &house.hotel.time_zone);
        let minor = self.nightly.minor.saturating_mul(i64::from(self.stay.night_count()));
        Import {
            draft: Draft {
                hotel: house.hotel.id,
                code,
                hold: None,
                room_type: self.room_type.clone(),
                rate_plan: STANDARD_RATE.to_owned(),
                stay: self.stay,
                party: self.party,
                nightly: self.stay.nights().map(|night| (night, self.nightly)).collect(),
                total: Money::new(minor, self.nightly.currency),
            },
            state: self.state(today),
            guest: Guest { name: self.guest.clone(), email: None, phone: None },
            note: Note::default(),
            created_at: Timestamp::from_unix_ms(i64::from(self.booked_on.day_number()) * DAY_MS + NOON_MS),
            source: format!("{source}#{place}"),
            room: None,
        }
    }
}

fn text<'a>(record: &'a Record, column: &str) -> Result<&'a str, Refusal> {
    record.text(column).ok_or_else(|| refusal(format!("{column} cannot be read")))
}

fn number<T: FromStr>(record: &Record, column: &str) -> Result<T, Refusal> {
    let text = text(record, column)?;
    text.parse().map_err(|_| refusal(format!("{column} {text:?} is no number")))
}

/// A count that the file may leave open: `NA` and `NULL` are none. It may be written with a decimal, like `1.0`.
fn count(record: &Record, column: &str) -> Result<u8, Refusal> {
    let text = text(record, column)?;
    let digits = text.strip_suffix(".0").unwrap_or(text);
    match digits {
        "" | "NA" | "NULL" => Ok(0),
        digits => digits.parse().map_err(|_| refusal(format!("{column} {text:?} is no number of people"))),
    }
}

fn arrival(record: &Record) -> Result<Date, Refusal> {
    let month = text(record, "arrival_date_month")?;
    let (year, day) = (text(record, "arrival_date_year")?, text(record, "arrival_date_day_of_month")?);
    let bad = || refusal(format!("bad arrival date: {day} {month} {year}"));
    let place = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month)).ok_or_else(bad)?;
    let month = u8::try_from(place + 1).map_err(|_| bad())?;
    let (year, day) = (year.parse().map_err(|_| bad())?, day.parse().map_err(|_| bad())?);
    Date::from_ymd(year, month, day).map_err(|_| bad())
}

fn party(record: &Record) -> Result<Party, Refusal> {
    let adults = count(record, "adults")?;
    let children = count(record, "children")?.saturating_add(count(record, "babies")?);
    if adults == 0 && children == 0 {
        return Err(refusal("no guests"));
    }
    Party::recorded(adults, children)
        .ok_or_else(|| refusal(format!("{adults} adults and {children} children are too many")))
}

fn rate(record: &Record) -> Result<Money, Refusal> {
    let text = text(record, "adr")?;
    let rate = Money::from_decimal(text, CURRENCY).map_err(|error| refusal(format!("adr {text:?}: {error}")))?;
    if rate.minor < 0 { Err(refusal(format!("negative rate {text}"))) } else { Ok(rate) }
}

fn outcome(record: &Record) -> Result<Outcome, Refusal> {
    match text(record, "reservation_status")? {
        "Check-Out" => Ok(Outcome::CheckedOut),
        "Canceled" => Ok(Outcome::Cancelled),
        "No-Show" => Ok(Outcome::NoShow),
        other => Err(refusal(format!("unknown reservation_status {other:?}"))),
    }
}

/// The file has no names: the row's place stands for one, with the country where it is known.
fn guest(record: &Record) -> Result<GuestName, Refusal> {
    let place = record.place;
    let name = match record.text("country") {
        None | Some("" | "NULL" | "NA") => format!("Guest {place:05}"),
        Some(country) => format!("Guest {place:05} ({country})"),
    };
    name.parse().map_err(|_| refusal("country cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changes: &[(&str, &str)]) -> Result<Stayed, Refusal> {
        Stayed::read(&Record::example(changes))
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_row_is_a_stay_with_its_party_its_rate_and_the_day_it_was_booked() {
        let stayed = read(&[]).unwrap();
        // Across the leap day of 2016.
        assert_eq!((stayed.stay.arrival(), stayed.stay.departure()), (date("2016-02-28"), date("2016-03-02")));
        assert_eq!((stayed.party.adults(), stayed.party.children()), (2, 1));
        assert_eq!(stayed.nightly, Money::new(7_550, Currency::Eur));
        assert_eq!(stayed.booked_on, date("2016-02-18"));
        assert_eq!(stayed.room_type.as_str(), "a");
        assert_eq!(stayed.guest.as_str(), "Guest 00123 (PRT)");
    }

    #[test]
    fn each_row_that_is_no_stay_has_its_reason() {
        let refused: [(&[(&str, &str)], &str); 13] = [
            (&[("stays_in_weekend_nights", "0"), ("stays_in_week_nights", "0")], "no nights"),
            (&[("stays_in_week_nights", "60")], "61 nights are more than 60"),
            (&[("stays_in_week_nights", "4000000000")], "nights are more than 60"),
            (&[("stays_in_week_nights", "-2")], "stays_in_week_nights \"-2\" is no number"),
            (&[("adults", "0"), ("children", "0")], "no guests"),
            (&[("adults", "200")], "too many"),
            (&[("arrival_date_day_of_month", "30")], "bad arrival date: 30 February 2016"),
            (&[("arrival_date_month", "Fevereiro")], "bad arrival date"),
            (&[("adr", "-6.38")], "negative rate -6.38"),
            (&[("adr", "a lot")], "adr \"a lot\""),
            (&[("lead_time", "soon")], "lead_time \"soon\" is no number"),
            (&[("reservation_status", "Lost")], "unknown reservation_status \"Lost\""),
            (&[("reserved_room_type", "")], "reserved_room_type"),
        ];
        for (changes, reason) in refused {
            let Refusal(why) = read(changes).unwrap_err();
            assert!(why.contains(reason), "{changes:?}: {why}");
        }
    }

    #[test]
    fn what_the_file_leaves_open_is_nobody() {
        assert_eq!(read(&[("children", "NA")]).unwrap().party.size(), 2);
        assert_eq!(read(&[("children", "2.0"), ("babies", "1")]).unwrap().party.children(), 3);
        assert_eq!(read(&[("country", "NULL")]).unwrap().guest.as_str(), "Guest 00123");
        assert_eq!(read(&[("adults", "0")]).unwrap().party.size(), 1, "children may have a room of their own");
    }

    #[test]
    fn a_stay_that_is_over_has_its_final_state_and_one_that_is_not_takes_its_nights() {
        let state = |status: &str, today: &str| read(&[("reservation_status", status)]).unwrap().state(date(today));
        assert_eq!(state("Check-Out", "2016-03-02"), State::CheckedOut);
        assert_eq!(state("Check-Out", "2016-03-01"), State::InHouse);
        assert_eq!(state("Check-Out", "2016-02-28"), State::InHouse);
        assert_eq!(state("Check-Out", "2016-02-27"), State::Confirmed);
        assert_eq!(state("No-Show", "2016-02-28"), State::NoShow);
        assert_eq!(state("No-Show", "2016-02-27"), State::Confirmed);
        assert_eq!(state("Canceled", "2016-02-27"), State::Cancelled);
    }
}
