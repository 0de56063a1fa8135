//! A guest opens his reservation with the token he was given. A wrong token and an unknown code are the same answer.

use crate::domain::{Reservation, ReservationCode};
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::token;

pub async fn open_reservation(app: &App, code: &str, manage_token: Option<&str>) -> Result<Reservation, ServiceError> {
    let code: ReservationCode = code.parse().map_err(|_| ServiceError::ReservationNotFound)?;
    let token = manage_token.ok_or(ServiceError::ReservationNotFound)?;
    if !app.store.is_granted(code, token::hash(token)).await? {
        return Err(ServiceError::ReservationNotFound);
    }
    app.store.reservation(code).await?.ok_or(ServiceError::ReservationNotFound)
}
