//! Nights of a room that are taken out of sale.

use core::fmt;
use core::str::FromStr;

use crate::domain::{Nights, RoomNumber};

/// The longest block; a limit so that a slip of the year is caught.
pub const MAX_BLOCK_NIGHTS: i32 = 400;

/// The most characters of a reason.
const MAX_REASON_CHARS: usize = 200;

/// Counts a hotel's facts, so it is never given twice at a hotel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockId(pub u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Cannot be used: the water is off.
    OutOfOrder,
    /// Could be used, and is kept out of sale: the painter comes.
    OutOfService,
}

/// Why; one line, for the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockReason(String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub id: BlockId,
    pub room: RoomNumber,
    pub kind: BlockKind,
    pub reason: BlockReason,
    pub nights: Nights,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    #[error("a kind of block is out_of_order or out_of_service")]
    Kind,
    #[error("a reason has 1 to {MAX_REASON_CHARS} characters on one line")]
    Reason,
    #[error("a block begins today or later")]
    InThePast,
    #[error("a block has at least one night")]
    NoNight,
    #[error("a block is at most {MAX_BLOCK_NIGHTS} nights")]
    TooLong,
}

impl BlockKind {
    pub const ALL: [Self; 2] = [Self::OutOfOrder, Self::OutOfService];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OutOfOrder => "out_of_order",
            Self::OutOfService => "out_of_service",
        }
    }
}

impl FromStr for BlockKind {
    type Err = BlockError;

    fn from_str(text: &str) -> Result<Self, BlockError> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(BlockError::Kind)
    }
}

impl BlockReason {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BlockReason {
    type Err = BlockError;

    fn from_str(text: &str) -> Result<Self, BlockError> {
        let text = text.trim();
        let is_good = (1..=MAX_REASON_CHARS).contains(&text.chars().count()) && !text.contains(char::is_control);
        if is_good { Ok(Self(text.to_owned())) } else { Err(BlockError::Reason) }
    }
}

impl fmt::Display for BlockReason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
