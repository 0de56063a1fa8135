//! Changing a stay: what is asked for, and what it would come to.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Money, ReservationCode, RoomNumber};
use crate::wire::offer::NightPrice;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

/// What shall be different; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub arrival: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub departure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adults: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<u8>,
    /// The room it is given by hand with the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The night from which on it is in that room; before it, it is where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub room_from: Option<String>,
    /// The total stays what was agreed.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub keep_price: bool,
    /// The total that was shown: with another one nothing is changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<MoneySchema>))]
    pub shown_total: Option<Money>,
}

/// What a guest may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GuestChangeRequest {
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub arrival: Option<String>,
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub departure: Option<String>,
    #[serde(default)]
    pub room_type: Option<String>,
    #[serde(default)]
    pub adults: Option<u8>,
    #[serde(default)]
    pub children: Option<u8>,
    /// The total that was shown: with another one nothing is changed.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<MoneySchema>))]
    pub shown_total: Option<Money>,
}

/// What a change would come to, as things are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChangePreview {
    pub allowed: bool,
    /// The name of the problem that the change would be refused with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(example = "sold-out"))]
    pub reason: Option<String>,
    /// The nights that are sold out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub nights_gone: Vec<Date>,
    /// For the desk: the stays that are in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub stays: Vec<ReservationCode>,
    /// For the desk: the blocks that are in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<u64>,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total_before: Money,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total_after: Money,
    /// What is to be paid more, or less where it is negative.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub difference: Money,
    /// After the change.
    pub nightly: Vec<NightPrice>,
    /// For the desk: the rooms of the type that could be given by hand for all the nights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub rooms_free: Vec<RoomNumber>,
    /// For the desk, where its own room is not free for all the nights: how the stay could go on in another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitView>,
}

/// The stay keeps its room until a night, and from it on has one of these, given as `room` and `room_from`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct SplitView {
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub rooms: Vec<RoomNumber>,
}

impl From<GuestChangeRequest> for ChangeRequest {
    fn from(asked: GuestChangeRequest) -> Self {
        let GuestChangeRequest { arrival, departure, room_type, adults, children, shown_total } = asked;
        Self {
            arrival,
            departure,
            room_type,
            adults,
            children,
            shown_total,
            room: None,
            room_from: None,
            keep_price: false,
        }
    }
}
