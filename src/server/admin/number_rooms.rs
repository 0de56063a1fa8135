//! `vacancy admin number-rooms`: which doors a room type has.

use std::io::Write;

use clap::Args;

use crate::domain::rooms::RoomNote;
use crate::domain::{Actor, Condition, Date, Floor, HotelSlug, Room, RoomNumber, RoomTypeCode};
use crate::server::admin::{AdminError, house_of, refused, room_type_of};
use crate::server::clock::{Clock as _, SystemClock};
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, RoomChange, Store};

/// The most doors of one command; a limit so that a slip of a digit is caught.
const MOST_AT_ONCE: usize = 1_000;

#[derive(Args, Clone, Debug)]
pub struct NumberRooms {
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    /// The room type that the doors lead to, such as `double`.
    #[arg(long)]
    pub room_type: RoomTypeCode,
    /// 0 is the floor with the front door.
    #[arg(long, allow_hyphen_values = true)]
    pub floor: i8,
    /// What is on the doors: numbers such as `204` or `B-12`, and runs such as `201..210` or `A01..A12`.
    #[arg(required = true, value_name = "NUMBER")]
    pub numbers: Vec<String>,
}

impl NumberRooms {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let house = house_of(store, &self.hotel)?;
        let room_type = room_type_of(&house, &self.room_type)?;
        let mut rooms = Vec::new();
        for text in &self.numbers {
            for number in doors(text).map_err(refused)? {
                let (floor, condition) = (Floor(self.floor), Condition::Clean);
                rooms.push(Room {
                    number,
                    floor,
                    room_type: room_type.code.clone(),
                    condition,
                    note: RoomNote::default(),
                });
            }
        }
        let count = rooms.len();
        let change = Change::Room(RoomChange::Furnish(rooms));
        let command = Command { at: SystemClock.now(), actor: Actor::System, change };
        store.execute(house.hotel.id, command).await.map_err(|error| match error {
            CommandError::Store(error) => AdminError::Store(error),
            error => refused(format!("no door was numbered: {error}")),
        })?;
        let all = store.rooms(house.hotel.id, Date::MAX).await?.rooms;
        let numbered = all.iter().filter(|room| room.room_type == room_type.code).count();
        let (code, slug, of) = (&room_type.code, &self.hotel, room_type.rooms);
        writeln!(out, "numbered {count} doors of {code} at {slug}; {numbered} of its {of} rooms have a number")?;
        Ok(())
    }
}

/// One number, or a run of them from the first to the last.
fn doors(text: &str) -> Result<Vec<RoomNumber>, String> {
    let number = |text: &str| text.parse::<RoomNumber>().map_err(|error| format!("{text}: {error}"));
    let Some((first, last)) = text.split_once("..") else { return Ok(vec![number(text)?]) };
    let wrong = || format!("{text}: a run goes from a number up to a higher one, like 201..210 or A01..A12");
    let split = |text: &str| text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let ((begin, low), (same, high)) = (first.split_at(split(first)), last.split_at(split(last)));
    let (Ok(from), Ok(to)) = (low.parse::<usize>(), high.parse::<usize>()) else { return Err(wrong()) };
    if begin != same || from > to {
        return Err(wrong());
    }
    if to - from >= MOST_AT_ONCE {
        return Err(format!("{text}: at most {MOST_AT_ONCE} doors at once"));
    }
    (from..=to).map(|door| number(&format!("{begin}{door:0>width$}", width = low.len()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<String, String> {
        doors(text).map(|doors| doors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_run_of_doors_keeps_its_letters_and_its_zeros() {
        assert_eq!(told("204").unwrap(), "204");
        assert_eq!(told("b-12").unwrap(), "B-12");
        assert_eq!(told("98..101").unwrap(), "98 99 100 101");
        assert_eq!(told("A08..A10").unwrap(), "A08 A09 A10");
        for wrong in ["", "2 4", "210..201", "A1..B3", "..", "1..", "1..5000", "201-210-x/"] {
            assert!(told(wrong).is_err(), "{wrong}");
        }
    }
}
