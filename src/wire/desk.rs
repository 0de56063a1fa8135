//! What the desk sees and hears.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, ReservationCode, Timestamp};
use crate::wire::history::FieldChange;
use crate::wire::reservation::ReservationView;

/// Who signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

/// The house today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HouseView {
    /// `EPOCH-SEQ`: where the desk's stream goes on from here.
    pub as_of: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    pub numbers: HouseNumbers,
    pub arrivals: Vec<ReservationView>,
    pub departures: Vec<ReservationView>,
    pub in_house: Vec<ReservationView>,
    pub holds: Vec<ReservationView>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HouseNumbers {
    /// Confirmed, arriving today or overdue.
    pub arrivals: u32,
    /// In house, leaving today or overdue.
    pub departures: u32,
    pub in_house: u32,
    pub holds: u32,
    /// Of the arrivals, those without a room.
    #[serde(default)]
    pub unassigned: u32,
    /// Of the arrivals and departures, those whose day has gone.
    #[serde(default)]
    pub overdue: u32,
    /// Rooms of all types.
    pub rooms: u32,
    /// Rooms not taken tonight.
    pub free_tonight: u32,
    /// Nights sold tonight in hundredths of a percent of rooms.
    pub occupancy_basis_points: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReservationList {
    pub as_of: String,
    pub reservations: Vec<ReservationView>,
    /// Whether there are more than were listed.
    pub more: bool,
}

/// Who the guest is and what is noted. What is left out or blank is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DetailsRequest {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// The data of a `reservation` event on the desk's stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ReservationEvent {
    /// `placed extended confirmed released lapsed cancelled checked_in …`
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `guest`, `system`, or the e-mail of a member of staff.
    pub by: String,
    pub reservation: ReservationView,
}

/// The data of an `alert` event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AlertEvent {
    /// `new_reservation`, `cancellation`, `nudge`
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: ReservationCode,
    /// What to show: `ROOM_TYPE ARRIVAL DEPARTURE` of a booking, the guest's words of a nudge.
    pub text: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `guest`, `system`, or the e-mail of a member of staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// The data of a `day` event: the hotel's day as it is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct DayEvent {
    /// `closed`: a new day has begun; `rule`: days end by another rule from now on
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `system`, or the e-mail of a member of staff.
    pub by: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub before: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
}

/// The data of a `hotel` event: a manager has changed what holds for every stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct HotelEvent {
    /// `terms`
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// The e-mail of a member of staff.
    pub by: String,
    /// `check_in_from check_out_until free_hours fee_nights no_show_nights`
    pub changes: Vec<FieldChange>,
}

/// The data of a `staff` event: somebody came to the desk's door, or left by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct StaffEvent {
    /// `signed_in`, `sign_in_failed`: a wrong password, `signed_out`
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// The e-mail of the account.
    pub by: String,
    /// In the log, for managers: the network he came from, without the part that names a machine. Not streamed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
}

/// The data of a `reset` event: what came in between cannot be told; read again, then go on from here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ResetEvent {
    pub as_of: String,
}
