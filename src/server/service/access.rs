//! Small rules that several use cases share: who is meant by a code, and which version somebody has seen.

use crate::domain::{HotelId, Reservation, ReservationCode};
use crate::server::service::ServiceError;
use crate::server::state::App;

/// The versions of a reservation that a change is meant for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IfMatch {
    /// Whatever it is now.
    #[default]
    Any,
    /// One of these; none of them can be the present one when the list is empty.
    Versions(Vec<u32>),
}

impl IfMatch {
    /// The version to insist on, for a reservation that stands at `current`.
    pub(super) fn pick(&self, current: u32) -> Result<Option<u32>, ServiceError> {
        match self {
            Self::Any => Ok(None),
            Self::Versions(versions) if versions.contains(&current) => Ok(Some(current)),
            Self::Versions(_) => Err(ServiceError::VersionConflict { current }),
        }
    }
}

/// The reservation of a code at one hotel. A code that cannot be read names nothing.
pub(super) async fn reservation_at(app: &App, hotel: HotelId, code: &str) -> Result<Reservation, ServiceError> {
    let code: ReservationCode = code.parse().map_err(|_| ServiceError::ReservationNotFound)?;
    let found = app.store.reservation(code).await?;
    found.filter(|reservation| reservation.hotel == hotel).ok_or(ServiceError::ReservationNotFound)
}
