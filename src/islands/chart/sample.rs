//! What the tests of the chart are made of: days, stays, and types with their rooms.

use crate::domain::{Date, Status};
use crate::wire::chart::{ChartRoom, ChartStay, ChartType};

pub fn day(number: i32) -> Date {
    Date::from_day_number(20_000 + number).unwrap()
}

pub fn stay(code: &str, status: Status, arrival: i32, departure: i32, room: Option<&str>) -> ChartStay {
    ChartStay {
        code: code.parse().unwrap(),
        status,
        arrival: day(arrival),
        departure: day(departure),
        room_type: "double".parse().unwrap(),
        room: room.map(|room| room.parse().unwrap()),
        pinned: false,
        name: None,
        adults: 1,
        children: 0,
        has_note: false,
        version: 1,
        pieces: Vec::new(),
    }
}

/// With nine left on each of ten nights.
pub fn kind(code: &str, rooms: &[&str]) -> ChartType {
    let room = |number: &&str| ChartRoom {
        number: number.parse().unwrap(),
        condition: "clean".to_owned(),
        blocks: Vec::new(),
    };
    ChartType {
        code: code.parse().unwrap(),
        name: code.to_owned(),
        left: vec![Some(9); 10],
        rooms: rooms.iter().map(room).collect(),
    }
}
