//! Errors as RFC 9457 has them: `application/problem+json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Date, ReservationCode};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable `urn:vacancy:problem:NAME`.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "ssr", schema(example = "urn:vacancy:problem:sold-out"))]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Field to message, where a field is at fault.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, String>,
    /// The nights that are gone, for `sold-out`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub nights: Vec<Date>,
    /// What is in the way, for `room-taken` and `promise-broken`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub stays: Vec<ReservationCode>,
    /// The blocks that are in the way, for `room-taken`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<u64>,
    /// Also in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
