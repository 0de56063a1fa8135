//! Which rooms come first for who cleans them, and which of them are asked for.

use serde::{Deserialize, Serialize};

use crate::domain::{Condition, Date};
use crate::wire::room::RoomToday;

/// Where a room stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A guest comes today, and the room is not ready.
    ComingUnready,
    /// A guest leaves today, or should have.
    Leaving,
    Floor(i8),
}

fn group(room: &RoomToday, today: Date) -> Group {
    let is_dirty = room.room.condition == Condition::Dirty.as_str();
    let leaves = room.in_house.as_ref().is_some_and(|stay| stay.departure <= today);
    if room.due_in.is_some() && (is_dirty || room.in_house.is_some()) {
        Group::ComingUnready
    } else if leaves {
        Group::Leaving
    } else {
        Group::Floor(room.room.floor)
    }
}

/// The rooms of each group, in the order given.
pub fn groups(mut rooms: Vec<RoomToday>, today: Date) -> Vec<(Group, Vec<RoomToday>)> {
    rooms.sort_by_key(|room| group(room, today));
    let chunks = rooms.chunk_by(|one, other| group(one, today) == group(other, today));
    chunks.map(|chunk| (group(&chunk[0], today), chunk.to_vec())).collect()
}

/// The part of the house that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomFilter {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<i8>,
    /// `dirty clean inspected`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

impl RoomFilter {
    pub fn asks_for(&self, room: &RoomToday) -> bool {
        self.floor.is_none_or(|floor| floor == room.room.floor)
            && self.condition.as_ref().is_none_or(|condition| *condition == room.room.condition)
    }

    #[must_use]
    pub fn with_floor(&self, floor: Option<i8>) -> Self {
        Self { floor, ..self.clone() }
    }

    #[must_use]
    pub fn with_condition(&self, condition: Option<&str>) -> Self {
        Self { condition: condition.map(str::to_owned), ..self.clone() }
    }

    /// `?floor=2&condition=dirty`, or nothing. What is no condition is not asked for.
    pub fn query(&self) -> String {
        let floor = self.floor.map(|floor| format!("floor={floor}"));
        let condition = self.condition.as_deref().filter(|condition| condition.parse::<Condition>().is_ok());
        let parts: Vec<String> = floor.into_iter().chain(condition.map(|it| format!("condition={it}"))).collect();
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::room::{RoomStay, RoomView};

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn stay(departure: &str) -> RoomStay {
        let (code, arrival) = ("K7QM-2XNP".parse().unwrap(), date("2026-06-01"));
        RoomStay { code, guest: None, arrival, departure: date(departure), moves: false }
    }

    fn room(number: &str, floor: i8, condition: &str) -> RoomToday {
        let room = RoomView {
            number: number.parse().unwrap(),
            floor,
            room_type: "double".parse().unwrap(),
            condition: condition.to_owned(),
            note: String::new(),
            blocks: Vec::new(),
        };
        RoomToday { room, in_house: None, due_in: None }
    }

    #[test]
    fn rooms_that_guests_wait_for_come_first_then_those_that_guests_leave() {
        let today = date("2026-06-05");
        let rooms = vec![
            RoomToday { in_house: Some(stay("2026-06-08")), ..room("101", 1, "dirty") },
            RoomToday { in_house: Some(stay("2026-06-05")), ..room("102", 1, "clean") },
            RoomToday { due_in: Some(stay("2026-06-08")), ..room("201", 2, "clean") },
            RoomToday { due_in: Some(stay("2026-06-08")), ..room("202", 2, "dirty") },
            RoomToday {
                due_in: Some(stay("2026-06-08")),
                in_house: Some(stay("2026-06-05")),
                ..room("203", 2, "clean")
            },
        ];
        let numbers = |rooms: &[RoomToday]| rooms.iter().map(|room| room.room.number.to_string()).collect::<Vec<_>>();
        let found: Vec<_> =
            groups(rooms, today).into_iter().map(|(group, rooms)| (group, numbers(&rooms).join(" "))).collect();
        let expected = [
            (Group::ComingUnready, "202 203"),
            (Group::Leaving, "102"),
            (Group::Floor(1), "101"),
            (Group::Floor(2), "201"),
        ];
        assert_eq!(found, expected.map(|(group, numbers)| (group, numbers.to_owned())));
    }

    #[test]
    fn a_filter_is_its_address() {
        let filter = RoomFilter { floor: Some(2), condition: Some("dirty".to_owned()) };
        assert_eq!(filter.query(), "?floor=2&condition=dirty");
        assert!(filter.asks_for(&room("201", 2, "dirty")) && !filter.asks_for(&room("101", 1, "dirty")));
        assert_eq!(filter.with_floor(None).with_condition(Some("\"><b>")).query(), "");
    }
}
