//! Offers: room type and rate plan for given dates and guests, with the total.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Money, RoomTypeCode};
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

/// The one rate plan there is until a manager makes more.
pub const STANDARD_RATE: &str = "standard";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct OffersView {
    /// `EPOCH-SEQ`: where a stream of this hotel goes on from here.
    pub as_of: String,
    pub nights: u16,
    pub offers: Vec<Offer>,
    pub unavailable: Vec<Unavailable>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Offer {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    pub rate_plan: String,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total: Money,
    pub nightly: Vec<NightPrice>,
    /// Rooms left for the whole stay, 1 to 5; 5 means five or more.
    pub left: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NightPrice {
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub date: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub price: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Unavailable {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    pub reason: UnavailableReason,
    /// The nights that are gone, where that is the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub nights: Vec<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnavailableReason {
    SoldOut,
    TooManyGuests,
}
