//! A guest opens his reservation with the token he was given. A wrong token and an unknown code are the same answer.

use crate::domain::{HotelId, Reservation, ReservationCode};
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::token;

pub async fn open_reservation(app: &App, code: &str, manage_token: Option<&str>) -> Result<Reservation, ServiceError> {
    let (code, _) = knock(app, code, manage_token).await?;
    app.store.reservation(code).await?.ok_or(ServiceError::ReservationNotFound)
}

/// Whether the token opens the reservation: then its code and its hotel, and nothing is read that was read before.
pub async fn knock(
    app: &App,
    code: &str,
    manage_token: Option<&str>,
) -> Result<(ReservationCode, HotelId), ServiceError> {
    let code: ReservationCode = code.parse().map_err(|_| ServiceError::ReservationNotFound)?;
    let token = manage_token.ok_or(ServiceError::ReservationNotFound)?;
    let hotel = app.store.granted_at(code, token::hash(token)).await?.ok_or(ServiceError::ReservationNotFound)?;
    Ok((code, hotel))
}
