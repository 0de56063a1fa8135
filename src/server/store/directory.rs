//! Hotels, staff and their sessions: what stands outside a hotel's log.

use core::fmt;
use core::str::FromStr;

use crate::domain::{
    CancellationPolicy, CivilTime, Currency, Date, HotelId, HotelSlug, RoomType, RoomTypeCode, Timestamp,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaffId(pub i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Manager,
    FrontDesk,
    Housekeeping,
}

#[derive(Clone, Debug)]
pub struct Staff {
    pub id: StaffId,
    pub hotel: HotelId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Argon2id, in the PHC string format.
    pub password_hash: String,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub token_hash: [u8; 32],
    pub staff: StaffId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// The session ends here however busy it is.
    pub ends_at: Timestamp,
    /// It ends here unless it is used.
    pub idle_ends_at: Timestamp,
}

#[derive(Clone, Debug)]
pub struct NewHotel {
    pub slug: HotelSlug,
    pub name: String,
    pub time_zone: String,
    pub currency: Currency,
    pub language: String,
    pub check_in_from: CivilTime,
    pub check_out_until: CivilTime,
    pub cancellation: CancellationPolicy,
    pub room_types: Vec<RoomType>,
}

#[derive(Clone, Debug)]
pub struct NewStaff {
    pub hotel: HotelId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub password_hash: String,
}

#[derive(Clone, Debug)]
pub enum DirectoryChange {
    AddHotel(NewHotel),
    /// Many at once, or none: each on its own would read all that are there again.
    AddHotels(Vec<NewHotel>),
    /// Adds a room type, or sets its name, rooms and prices. Refused when it would take rooms from under sold nights.
    PutRoomType {
        hotel: HotelId,
        room_type: RoomType,
    },
    SetPrice {
        hotel: HotelId,
        room_type: RoomTypeCode,
        night: Date,
        price_minor: i64,
    },
    AddStaff(NewStaff),
    SetPassword {
        email: String,
        password_hash: String,
    },
    RemoveStaff {
        email: String,
    },
    StartSession(Session),
    TouchSession {
        token_hash: [u8; 32],
        seen_at: Timestamp,
        idle_ends_at: Timestamp,
    },
    EndSession {
        token_hash: [u8; 32],
    },
    /// Forgets sessions that have ended and answers that are older than they need to be.
    Sweep {
        now: Timestamp,
    },
}

/// How long the first answer to an idempotency key can be asked for again.
pub(super) const ANSWER_KEPT_SECONDS: i64 = 72 * 3600;

impl Session {
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at.min(self.idle_ends_at)
    }
}

impl DirectoryChange {
    /// Whether hotels, room types or prices change.
    pub const fn touches_catalog(&self) -> bool {
        matches!(self, Self::AddHotel(_) | Self::AddHotels(_) | Self::PutRoomType { .. } | Self::SetPrice { .. })
    }
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Manager, Self::FrontDesk, Self::Housekeeping];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::FrontDesk => "front_desk",
            Self::Housekeeping => "housekeeping",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a role is manager, front_desk or housekeeping")]
pub struct RoleError;

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(RoleError)
    }
}
