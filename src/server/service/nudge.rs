//! The guest asks the desk: an alert on every desk screen of the hotel, at most one a minute for a reservation.

use crate::domain::{Actor, NudgeMessage, Reservation};
use crate::server::service::{FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::Command;
use crate::server::store::command::Change;

pub const INTERVAL_SECONDS: u32 = 60;

/// Sends a message (or only a wave) for a reservation that its guest has opened.
pub async fn nudge(app: &App, reservation: &Reservation, message: Option<&str>) -> Result<(), ServiceError> {
    let mut errors = FieldErrors::default();
    let message = errors.take("message", message.unwrap_or_default().parse::<NudgeMessage>());
    let message = errors.finish(message)?;
    let change = Change::Nudge { code: reservation.code, message, interval_seconds: INTERVAL_SECONDS };
    app.store.execute(reservation.hotel, Command { at: app.now(), actor: Actor::Guest, change }).await?;
    Ok(())
}
