//! The slow way back to a reservation: its code and the e-mail address it was booked with. Whatever is wrong, the answer
//! is the same.

use crate::domain::{Actor, Email, Reservation, ReservationCode};
use crate::server::service::{FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::Command;
use crate::server::store::command::Change;
use crate::server::token;

/// The reservation with a new token that opens it.
pub async fn find_reservation(app: &App, code: &str, email: &str) -> Result<(Reservation, String), ServiceError> {
    let mut errors = FieldErrors::default();
    let code = errors.require::<ReservationCode>("code", Some(code));
    let email = errors.require::<Email>("email", Some(email));
    let (code, email) = errors.finish(code.zip(email))?;
    let found = app.store.reservation(code).await?.filter(|reservation| {
        let booked_with = reservation.guest.as_ref().and_then(|guest| guest.email.as_ref());
        booked_with.is_some_and(|booked_with| booked_with.is_same_as(&email))
    });
    let reservation = found.ok_or(ServiceError::ReservationNotFound)?;
    let manage_token = app.random.token();
    let change = Change::Grant { code, token_hash: token::hash(&manage_token) };
    app.store.execute(reservation.hotel, Command { at: app.now(), actor: Actor::Guest, change }).await?;
    Ok((reservation, manage_token))
}
