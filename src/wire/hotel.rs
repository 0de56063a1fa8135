//! Hotels and what they sell.

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Date, HotelSlug, Money, RoomTypeCode};
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HotelList {
    pub hotels: Vec<HotelSummary>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HotelSummary {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "harbour"))]
    pub slug: HotelSlug,
    pub name: String,
    /// An IANA zone.
    #[cfg_attr(feature = "ssr", schema(example = "Europe/Lisbon"))]
    pub time_zone: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "EUR"))]
    pub currency: Currency,
    /// The hotel's day, by its own clock.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub today: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HotelDetails {
    #[serde(flatten)]
    pub summary: HotelSummary,
    /// `HH:MM` at the hotel.
    pub check_in_from: String,
    /// `HH:MM` at the hotel.
    pub check_out_until: String,
    pub cancellation: CancellationInfo,
    pub room_types: Vec<RoomTypeInfo>,
}

/// What giving a stay up costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CancellationInfo {
    /// Free until so many hours before check-in.
    pub free_hours: u16,
    /// So many nights, at their agreed price, after that.
    pub fee_nights: u16,
    /// So many nights for not coming.
    pub no_show_nights: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomTypeInfo {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "double"))]
    pub code: RoomTypeCode,
    pub name: String,
    /// How many people may sleep in it.
    pub sleeps: u8,
    pub rooms: u16,
    /// The lowest base price of a night.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub from_price: Money,
}
