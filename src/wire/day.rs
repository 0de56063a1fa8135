//! The hotel's day as the desk closes it.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Money};
use crate::wire::reservation::ReservationView;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DayView {
    /// The day the house is on.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    /// The day by the hotel's clock.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub today: Date,
    /// `clock`: days end at midnight by themselves; `hand`; or the hour, `0` to `23`, at which they end by themselves
    /// when nothing is undecided
    pub rule: String,
    /// Whether the day can be closed by hand once nothing is undecided.
    pub is_over: bool,
    /// Guests of the day, or of an earlier one, who have not come.
    pub arrivals: Vec<ReservationView>,
    /// Guests who should have left and have not.
    pub departures: Vec<ReservationView>,
    /// Guests who left today with an open balance.
    pub unpaid: Vec<Unpaid>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Unpaid {
    pub reservation: ReservationView,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub balance: Money,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CloseRequest {
    /// The day to close: the one the house is on.
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub day: String,
    /// Codes of stays that are left as they are: guests still waited for, guests who have not left.
    #[serde(default)]
    pub keep: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleRequest {
    /// `clock`, `hand`, or an hour from `0` to `23`
    pub rule: String,
}
