//! What is left, night by night. Carries nothing of a person and no exact count above [`LEFT_CAP`].

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Money, RoomTypeCode};
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

/// `left` is never told beyond this: 5 means five or more.
pub const LEFT_CAP: u16 = 5;

/// The most nights that are asked for at once.
pub const MAX_NIGHTS_ASKED: i32 = 400;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AvailabilityView {
    /// `EPOCH-SEQ`: where a stream of this hotel goes on from here.
    pub as_of: String,
    pub room_types: Vec<RoomTypeNights>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomTypeNights {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: RoomTypeCode,
    pub nights: Vec<NightLeft>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NightLeft {
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub date: Date,
    /// 0 to 5; 5 means five or more.
    pub left: u16,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub price: Money,
}

/// The data of an `availability` event: the present values of the nights that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AvailabilityEvent {
    pub seq: u64,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Cell {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub date: Date,
    pub left: u16,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub price: Money,
}
