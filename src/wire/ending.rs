//! How a stay ends, and what that costs: leaving before the booked day, and giving the stay up.

use serde::{Deserialize, Serialize};

use crate::domain::unslept::Unslept;
use crate::domain::{Date, Money, Timestamp};
use crate::wire::reservation::ReservationView;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

/// Nights that are charged though the guest leaves before them. A change of the departure to `departure`, made before he
/// is checked out, gives them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct UnsleptView {
    pub nights: u16,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub amount: Money,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
}

/// What checking out would come to, as things are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CheckOutPreview {
    pub allowed: bool,
    /// The name of the problem that it would be refused with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(example = "transition-not-allowed"))]
    pub reason: Option<String>,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    /// As it was booked.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
    /// What the stay costs; leaving earlier does not change it.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unslept: Option<UnsleptView>,
    /// What is still to be paid; below zero, what the guest gets back.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub balance: Money,
}

/// The reservation after a transition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ActAnswer {
    #[serde(flatten)]
    pub reservation: ReservationView,
    /// After a check-out before the booked day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unslept: Option<UnsleptView>,
}

/// To cancel at a fee that was shown; without a body, at whatever it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelRequest {
    /// With another one nothing is cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<MoneySchema>))]
    pub shown_fee: Option<Money>,
}

/// What cancelling would come to, as things are now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct CancelPreview {
    pub allowed: bool,
    /// The name of the problem that it would be refused with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(example = "transition-not-allowed"))]
    pub reason: Option<String>,
    /// Until then it costs nothing. Giving a hold back never does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = DateTime))]
    pub free_until: Option<Timestamp>,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub fee: Money,
    /// What was paid beyond the fee and whatever else was charged.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub refund: Money,
}

impl From<Unslept> for UnsleptView {
    fn from(Unslept { nights, amount, departure }: Unslept) -> Self {
        Self { nights, amount, departure }
    }
}
