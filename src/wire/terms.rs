//! What holds for every stay of a hotel, as a manager sees and sets it.

use serde::{Deserialize, Serialize};

use crate::domain::Hotel;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct TermsView {
    /// `HH:MM` at the hotel.
    pub check_in_from: String,
    pub check_out_until: String,
    /// Cancelling is free until so many hours before check-in.
    pub free_hours: u16,
    /// So many nights are to be paid after that.
    pub fee_nights: u16,
    /// So many nights are to be paid by who does not come.
    pub no_show_nights: u16,
    /// Counts the changes; what `If-Match` is compared with.
    pub version: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TermsRequest {
    /// `HH:MM` at the hotel.
    #[cfg_attr(feature = "ssr", schema(example = "15:00"))]
    pub check_in_from: String,
    #[cfg_attr(feature = "ssr", schema(example = "11:00"))]
    pub check_out_until: String,
    /// 0 to 720
    pub free_hours: u16,
    /// 0 to 60
    pub fee_nights: u16,
    /// 0 to 60
    pub no_show_nights: u16,
}

impl From<&Hotel> for TermsView {
    fn from(hotel: &Hotel) -> Self {
        let terms = hotel.terms();
        Self {
            check_in_from: terms.check_in_from.to_string(),
            check_out_until: terms.check_out_until.to_string(),
            free_hours: terms.cancellation.free_hours,
            fee_nights: terms.cancellation.fee_nights,
            no_show_nights: terms.cancellation.no_show_nights,
            version: hotel.terms_version,
        }
    }
}
