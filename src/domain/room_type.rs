//! What is sold: a class of like rooms.

use core::fmt;
use core::str::FromStr;

use crate::domain::slug::is_slug;
use crate::domain::{Party, PriceTable};

/// 1 to 24 lower-case letters, digits and single dashes, beginning with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomTypeCode(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a room type code has 1 to 24 lower-case letters, digits and single dashes, and begins with a letter")]
pub struct RoomTypeCodeError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomType {
    pub code: RoomTypeCode,
    pub name: String,
    /// How many people may sleep in it.
    pub sleeps: u8,
    /// How many rooms there are of it.
    pub rooms: u16,
    /// How many more than `rooms` a manager lets the house sell; 0 unless set.
    pub overbook: u16,
    pub prices: PriceTable,
}

impl RoomType {
    pub const fn fits(&self, party: Party) -> bool {
        party.size() <= self.sleeps
    }
}

impl RoomTypeCode {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoomTypeCode {
    type Err = RoomTypeCodeError;

    fn from_str(text: &str) -> Result<Self, RoomTypeCodeError> {
        if is_slug(text, 24) { Ok(Self(text.to_owned())) } else { Err(RoomTypeCodeError) }
    }
}

impl fmt::Display for RoomTypeCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
