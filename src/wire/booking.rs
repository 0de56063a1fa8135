//! Holds and bookings: what a client asks for, and what it is answered.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Money, ReservationCode, RoomTypeCode, Status, Timestamp};
use crate::wire::object::object;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldRequest {
    #[cfg_attr(feature = "ssr", schema(example = "double"))]
    pub room_type: String,
    #[serde(default)]
    pub rate_plan: Option<String>,
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub arrival: String,
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub departure: String,
    pub adults: u8,
    #[serde(default)]
    pub children: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HoldAnswer {
    /// Names the hold to whoever placed it; keep it secret.
    pub hold: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total: Money,
    /// How often it can still be extended, each time to 15 minutes from then.
    pub extensions_left: u8,
}

/// Either `hold`, or the fields of a hold; and the guest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_plan: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrival: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub departure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<u8>,
    /// For the desk alone: the room, which is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(example = "204"))]
    pub room: Option<String>,
    #[serde(deserialize_with = "object")]
    pub guest: GuestInput,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GuestInput {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BookingAnswer {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "K7QM-2XNP"))]
    pub code: ReservationCode,
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "confirmed"))]
    pub status: Status,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub arrival: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total: Money,
    /// Opens the reservation in a browser; as secret as the token in it.
    pub manage_url: String,
    /// The capability for this reservation: `Authorization: Bearer …`.
    pub manage_token: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NudgeRequest {
    #[serde(default)]
    pub message: Option<String>,
}
