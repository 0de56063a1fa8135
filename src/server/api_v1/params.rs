//! What stands in the addresses and headers of several requests, as the API's description tells it.

use serde::Deserialize;
use utoipa::{IntoParams, IntoResponses};

use crate::wire::problem::Problem;

/// A reservation, at its hotel's desk.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeskStay {
    /// The hotel's slug
    #[expect(dead_code, reason = "the session of whoever asks has read it")]
    hotel: String,
    /// Such as K7QM-2XNP
    pub code: String,
}

/// A room, at its hotel's desk.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeskRoom {
    /// The hotel's slug
    #[expect(dead_code, reason = "the session of whoever asks has read it")]
    hotel: String,
    /// Such as 204
    pub number: String,
}

/// How whoever wants something with a stay at the desk may be refused, whatever it is.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only described")]
pub enum Refused {
    #[response(status = 401, description = "not-signed-in")]
    NotSignedIn(Problem),
    #[response(status = 403, description = "forbidden")]
    Forbidden(Problem),
    #[response(status = 412, description = "version-conflict")]
    Stale(Problem),
}

/// Read as [`IfMatch`](crate::server::service::IfMatch).
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct Seen {
    /// The version that was seen, such as `"3"`
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}
