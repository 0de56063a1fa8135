//! A room: a door with a number.

use core::fmt;
use core::str::FromStr;

use crate::domain::{Nights, ReservationCode, RoomTypeCode};

/// What is written on the door: 1 to 8 letters, digits and single dashes inside. Read in any case, kept in capitals.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomNumber(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a room number has 1 to 8 letters, digits and dashes, like 204 or B-12")]
pub struct RoomNumberError;

/// 0 is the floor with the front door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Floor(pub i8);

/// How a room is, whether or not somebody is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Condition {
    Dirty,
    Clean,
    /// Clean, and somebody has looked.
    Inspected,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a condition is dirty, clean or inspected")]
pub struct ConditionError;

/// What who cleans a room should know, or has found; one line, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomNote(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a note has at most {MAX_NOTE_CHARS} characters on one line")]
pub struct RoomNoteError;

/// The most characters of a note.
const MAX_NOTE_CHARS: usize = 200;

/// A stay as its room knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sleeper {
    pub code: ReservationCode,
    /// Those in this room.
    pub nights: Nights,
    /// It comes from another room of the house, or goes on to one.
    pub moves: bool,
}

/// Who is in a room today, and who is to have it from today and has not come yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Occupancy {
    pub in_house: Option<Sleeper>,
    pub due_in: Option<Sleeper>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub number: RoomNumber,
    pub floor: Floor,
    pub room_type: RoomTypeCode,
    pub condition: Condition,
    pub note: RoomNote,
}

impl Room {
    /// As somebody walks through the house.
    pub const fn order(&self) -> (Floor, &RoomNumber) {
        (self.floor, &self.number)
    }
}

impl RoomNumber {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomNumber {
    type Err = RoomNumberError;

    fn from_str(text: &str) -> Result<Self, RoomNumberError> {
        let text = text.trim();
        let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let is_good = (1..=8).contains(&text.len())
            && text.bytes().all(is_inside)
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        if is_good { Ok(Self(text.to_ascii_uppercase())) } else { Err(RoomNumberError) }
    }
}

impl fmt::Display for RoomNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl RoomNote {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomNote {
    type Err = RoomNoteError;

    fn from_str(text: &str) -> Result<Self, RoomNoteError> {
        let text = text.trim();
        let is_good = text.chars().count() <= MAX_NOTE_CHARS && !text.contains(char::is_control);
        if is_good { Ok(Self(text.to_owned())) } else { Err(RoomNoteError) }
    }
}

impl fmt::Display for RoomNote {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Condition {
    pub const ALL: [Self; 3] = [Self::Dirty, Self::Clean, Self::Inspected];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dirty => "dirty",
            Self::Clean => "clean",
            Self::Inspected => "inspected",
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        Self::ALL.into_iter().find(|condition| condition.as_str() == text).ok_or(ConditionError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_is_on_the_door() {
        assert_eq!(" b-12 ".parse::<RoomNumber>().unwrap().as_str(), "B-12");
        for bad in ["", "-1", "1-", "1--2", "123456789", "2 4", "二〇四", "2/4"] {
            assert_eq!(bad.parse::<RoomNumber>(), Err(RoomNumberError), "{bad}");
        }
        assert_eq!(" Extra pillow ".parse::<RoomNote>().unwrap().as_str(), "Extra pillow");
        assert!("".parse::<RoomNote>().is_ok() && "a\nb".parse::<RoomNote>().is_err());
        assert!(Condition::ALL.into_iter().all(|condition| condition.as_str().parse() == Ok(condition)));
    }
}
