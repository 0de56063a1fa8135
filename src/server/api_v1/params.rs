//! What stands in the addresses and headers of several requests, as the API's description tells it.

use serde::Deserialize;
use utoipa::IntoParams;

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

/// Read as [`IfMatch`](crate::server::service::IfMatch).
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "only described")]
pub struct Seen {
    /// The version that was seen, such as `"3"`
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}
