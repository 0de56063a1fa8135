//! The guest gives his reservation up.

use crate::domain::{Action, Actor, Reservation, State};
use crate::server::service::hold::unexpected;
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, Reply};

/// Cancels a reservation that its guest has opened.
pub async fn cancel(app: &App, reservation: &Reservation, seen: &IfMatch) -> Result<Reservation, ServiceError> {
    let version = seen.pick(reservation.version)?;
    let change = Change::Act { code: reservation.code, action: cancelling(reservation), version };
    let command = Command { at: app.now(), actor: Actor::Guest, change };
    match app.store.execute(reservation.hotel, command).await? {
        Reply::Changed(reservation) => Ok(reservation),
        _ => Err(unexpected()),
    }
}

/// What to cancel means for a reservation as it stands: a hold is given back.
pub(super) fn cancelling(reservation: &Reservation) -> Action {
    if matches!(reservation.state(), State::Held { .. }) { Action::Release } else { Action::Cancel }
}
