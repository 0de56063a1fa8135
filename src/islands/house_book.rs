//! The house page's lists and numbers, kept true as reservations change: who belongs in which list, and what is free
//! tonight. Pure bookkeeping, the same on the server's first rendering and in the browser.

use std::collections::BTreeMap;

use crate::domain::{Date, ReservationCode, Status};
use crate::islands::desk_row::DeskRow;
use crate::wire::desk::HouseNumbers;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HouseList {
    /// Confirmed, arriving today or overdue.
    Arrivals,
    /// In house, leaving today or overdue.
    Departures,
    InHouse,
    Holds,
}

impl HouseList {
    pub const ALL: [Self; 4] = [Self::Arrivals, Self::Departures, Self::InHouse, Self::Holds];

    /// The name in addresses, as the anchor of the list on the house page.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arrivals => "arrivals",
            Self::Departures => "departures",
            Self::InHouse => "in-house",
            Self::Holds => "holds",
        }
    }

    fn has(self, row: &DeskRow, today: Date) -> bool {
        match self {
            Self::Arrivals => row.status == Status::Confirmed && row.arrival <= today,
            Self::Departures => row.status == Status::InHouse && row.departure <= today,
            Self::InHouse => row.status == Status::InHouse,
            Self::Holds => row.status == Status::Held,
        }
    }
}

/// Every reservation that takes a room tonight stands in one of the lists, so what is free changes by what enters and
/// leaves them.
#[derive(Clone, Debug)]
pub struct HouseBook {
    today: Date,
    rooms: u32,
    /// Free tonight if none of `rows` took a room.
    free_without: i64,
    occupancy_without: i64,
    rows: BTreeMap<ReservationCode, DeskRow>,
    /// Versions of those that have left the lists, so that older word of them is not taken for news.
    left: BTreeMap<ReservationCode, u32>,
}

/// Word that is older than so many departures ago does not come any more.
const MOST_LEFT: usize = 2_000;

impl HouseBook {
    /// The house as the server counted it: `numbers` are those of exactly these `rows`.
    pub fn new(today: Date, numbers: HouseNumbers, rows: impl IntoIterator<Item = DeskRow>) -> Self {
        let rows = rows.into_iter().map(|row| (row.code, row)).collect();
        let mut book =
            Self { today, rooms: numbers.rooms, free_without: 0, occupancy_without: 0, rows, left: BTreeMap::new() };
        book.free_without = i64::from(numbers.free_tonight) + book.taken_tonight();
        book.occupancy_without = i64::from(numbers.occupancy_basis_points) - book.occupancy_of_rows();
        book
    }

    pub fn today(&self) -> Date {
        self.today
    }

    pub fn row(&self, code: ReservationCode) -> Option<&DeskRow> {
        self.rows.get(&code)
    }

    /// Takes in a reservation as it now stands; false when that was known already or is of no concern today.
    pub fn take_in(&mut self, row: DeskRow) -> bool {
        let is_listed = HouseList::ALL.into_iter().any(|list| list.has(&row, self.today));
        let present = self.rows.get(&row.code);
        // That a room is ready is no change of the reservation's own: its version stays.
        let is_readiness = present.is_some_and(|known| {
            known.room_ready != row.room_ready && DeskRow { room_ready: row.room_ready, ..known.clone() } == row
        });
        let known = present.map(|known| known.version);
        let is_older = |version| version >= row.version && !is_readiness;
        if known.or_else(|| self.left.get(&row.code).copied()).is_some_and(is_older) || !(is_listed || known.is_some())
        {
            return false;
        }
        if is_listed {
            self.left.remove(&row.code);
            self.rows.insert(row.code, row);
        } else {
            self.rows.remove(&row.code);
            if self.left.len() >= MOST_LEFT {
                self.left.clear();
            }
            self.left.insert(row.code, row.version);
        }
        true
    }

    /// A list in the order in which the desk works through it: who is overdue first, then by room type and name.
    pub fn list(&self, list: HouseList) -> Vec<ReservationCode> {
        let mut rows: Vec<&DeskRow> = self.rows.values().filter(|row| list.has(row, self.today)).collect();
        rows.sort_by(|one, other| {
            let key = |row: &DeskRow| match list {
                HouseList::Arrivals => row.arrival,
                HouseList::Departures | HouseList::InHouse => row.departure,
                HouseList::Holds => self.today,
            };
            (key(one), one.held_until, &one.name, one.code).cmp(&(
                key(other),
                other.held_until,
                &other.name,
                other.code,
            ))
        });
        rows.into_iter().map(|row| row.code).collect()
    }

    pub fn numbers(&self) -> HouseNumbers {
        let count_of = |list: HouseList, is_meant: fn(&DeskRow) -> bool| {
            let rows = self.rows.values().filter(|row| list.has(row, self.today) && is_meant(row));
            u32::try_from(rows.count()).unwrap_or(u32::MAX)
        };
        let count = |list: HouseList| count_of(list, |_| true);
        let whole = |number: i64| u32::try_from(number.max(0)).unwrap_or(u32::MAX);
        HouseNumbers {
            arrivals: count(HouseList::Arrivals),
            departures: count(HouseList::Departures),
            in_house: count(HouseList::InHouse),
            holds: count(HouseList::Holds),
            unassigned: count_of(HouseList::Arrivals, |row| row.room.is_none()),
            overdue: self.overdue(),
            rooms: self.rooms,
            free_tonight: whole(self.free_without - self.taken_tonight()).min(self.rooms),
            occupancy_basis_points: whole(self.occupancy_without + self.occupancy_of_rows()),
        }
    }

    fn overdue(&self) -> u32 {
        let is_overdue = |row: &&DeskRow| match row.status {
            Status::Confirmed => row.arrival < self.today,
            Status::InHouse => row.departure < self.today,
            _ => false,
        };
        u32::try_from(self.rows.values().filter(is_overdue).count()).unwrap_or(u32::MAX)
    }

    fn tonight(&self, takes: impl Fn(Status) -> bool) -> i64 {
        let in_range = |row: &&DeskRow| row.arrival <= self.today && self.today < row.departure && takes(row.status);
        i64::try_from(self.rows.values().filter(in_range).count()).unwrap_or(i64::MAX)
    }

    fn taken_tonight(&self) -> i64 {
        self.tonight(|status| matches!(status, Status::Held | Status::Confirmed | Status::InHouse))
    }

    fn occupancy_of_rows(&self) -> i64 {
        let sold = self.tonight(|status| matches!(status, Status::Confirmed | Status::InHouse));
        (sold * 10_000).checked_div(i64::from(self.rooms)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn row(code: &str, status: Status, arrival: &str, departure: &str, version: u32) -> DeskRow {
        DeskRow {
            code: code.parse().unwrap(),
            status,
            held_until: None,
            arrival: date(arrival),
            departure: date(departure),
            room_type: "double".parse().unwrap(),
            room: None,
            later_rooms: Vec::new(),
            room_ready: false,
            adults: 2,
            children: 0,
            name: None,
            has_note: false,
            version,
        }
    }

    fn book() -> HouseBook {
        let rows = [
            row("AAAA-AAAA", Status::Confirmed, "2026-06-05", "2026-06-07", 2),
            row("BBBB-BBBB", Status::InHouse, "2026-06-03", "2026-06-05", 3),
            row("CCCC-CCCC", Status::InHouse, "2026-06-03", "2026-06-09", 3),
        ];
        let numbers =
            HouseNumbers { rooms: 10, free_tonight: 8, occupancy_basis_points: 2_000, ..HouseNumbers::default() };
        HouseBook::new(date("2026-06-05"), numbers, rows)
    }

    #[test]
    fn the_first_numbers_are_the_servers() {
        let numbers = book().numbers();
        assert_eq!((numbers.arrivals, numbers.departures, numbers.in_house, numbers.holds), (1, 1, 2, 0));
        assert_eq!((numbers.free_tonight, numbers.occupancy_basis_points), (8, 2_000));
    }

    #[test]
    fn a_booking_for_tonight_takes_a_room_and_its_cancellation_gives_it_back() {
        let mut book = book();
        assert!(book.take_in(row("DDDD-DDDD", Status::Confirmed, "2026-06-05", "2026-06-06", 2)));
        assert_eq!((book.numbers().free_tonight, book.numbers().occupancy_basis_points), (7, 3_000));
        assert_eq!(book.numbers().arrivals, 2);
        assert!(book.take_in(row("DDDD-DDDD", Status::Cancelled, "2026-06-05", "2026-06-06", 3)));
        assert_eq!((book.numbers().free_tonight, book.numbers().arrivals), (8, 1));
    }

    #[test]
    fn a_guest_moves_from_the_arrivals_into_the_house() {
        let mut book = book();
        assert!(book.take_in(row("AAAA-AAAA", Status::InHouse, "2026-06-05", "2026-06-07", 3)));
        assert!(book.list(HouseList::Arrivals).is_empty());
        assert_eq!(book.list(HouseList::InHouse).len(), 3);
        assert_eq!(book.numbers().free_tonight, 8);
    }

    #[test]
    fn what_is_older_or_of_another_day_changes_nothing() {
        let mut book = book();
        assert!(!book.take_in(row("AAAA-AAAA", Status::Cancelled, "2026-06-05", "2026-06-07", 2)));
        assert!(!book.take_in(row("EEEE-EEEE", Status::Confirmed, "2026-07-01", "2026-07-02", 2)));
        assert_eq!(book.numbers(), self::book().numbers());
    }

    #[test]
    fn a_room_that_is_ready_is_news_of_a_reservation_that_has_not_changed() {
        let mut book = book();
        let ready = DeskRow { room_ready: true, ..row("AAAA-AAAA", Status::Confirmed, "2026-06-05", "2026-06-07", 2) };
        assert!(book.take_in(ready.clone()) && !book.take_in(ready));
        assert!(book.row("AAAA-AAAA".parse().unwrap()).unwrap().room_ready);
        let older = DeskRow { room_ready: false, ..row("AAAA-AAAA", Status::Confirmed, "2026-06-05", "2026-06-07", 1) };
        assert!(!book.take_in(older));
    }

    #[test]
    fn who_has_left_is_not_brought_back_by_older_word_and_comes_back_by_newer() {
        let mut book = book();
        assert!(book.take_in(row("BBBB-BBBB", Status::CheckedOut, "2026-06-03", "2026-06-05", 4)));
        assert!(book.row("BBBB-BBBB".parse().unwrap()).is_none());
        assert!(!book.take_in(row("BBBB-BBBB", Status::InHouse, "2026-06-03", "2026-06-05", 3)));
        assert!(book.take_in(row("BBBB-BBBB", Status::InHouse, "2026-06-03", "2026-06-05", 5)));
        assert_eq!(book.numbers().in_house, 2);
    }

    #[test]
    fn who_should_have_come_yesterday_stands_first() {
        let mut book = book();
        book.take_in(row("DDDD-DDDD", Status::Confirmed, "2026-06-04", "2026-06-06", 2));
        assert_eq!(book.list(HouseList::Arrivals)[0].to_string(), "DDDD-DDDD");
    }
}
