//! A hold: nights kept for somebody while he types, and given back when he does not.

use crate::domain::{Actor, HoldId, Reservation, State, Timestamp};
use crate::server::service::draft::{Asked, wanted};
use crate::server::service::{FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, House, Reply, StoreError};
use crate::wire::booking::{HoldAnswer, HoldRequest};

/// How long nights are kept.
pub const HOLD_SECONDS: i64 = 15 * 60;

/// How many codes are drawn before giving up; with 40 bits a second one is rare.
pub(super) const MOST_CODES_DRAWN: usize = 5;

/// Takes the nights until [`HOLD_SECONDS`] from now.
pub async fn place_hold(
    app: &App,
    house: &House,
    request: &HoldRequest,
    actor: Actor,
) -> Result<HoldAnswer, ServiceError> {
    let now = app.now();
    let asked = Asked {
        room_type: Some(&request.room_type),
        rate_plan: request.rate_plan.as_deref(),
        arrival: Some(&request.arrival),
        departure: Some(&request.departure),
        adults: Some(request.adults),
        children: Some(request.children),
    };
    let mut errors = FieldErrors::default();
    let wanted = wanted(house, asked, now, &mut errors);
    let wanted = errors.finish(wanted)?;
    let until = now.plus_seconds(HOLD_SECONDS);
    let hold = app.random.hold_id();
    let mut refused = CommandError::CodeTaken;
    for _ in 0..MOST_CODES_DRAWN {
        let draft = wanted.draft(house, app.random.reservation_code(), Some(hold.clone()));
        let command = Command { at: now, actor: actor.clone(), change: Change::PlaceHold { draft, until } };
        match app.store.execute(house.hotel.id, command).await {
            Ok(Reply::Held(reservation)) => return Ok(answer(&reservation, hold, until)),
            Ok(_) => return Err(unexpected()),
            Err(CommandError::CodeTaken) => refused = CommandError::CodeTaken,
            Err(error) => {
                refused = error;
                break;
            }
        }
    }
    Err(refused.into())
}

/// A hold that is still running.
pub async fn open_hold(app: &App, hold: &str) -> Result<HoldAnswer, ServiceError> {
    let reservation = app.store.reservation_by_hold(hold.to_owned()).await?.ok_or(ServiceError::HoldNotFound)?;
    match reservation.state().at(app.now()) {
        State::Held { until } => Ok(answer(&reservation, HoldId(hold.to_owned()), until)),
        _ => Err(ServiceError::HoldNotFound),
    }
}

/// Gives the nights back before their time.
pub async fn release_hold(app: &App, hold: &str, actor: Actor) -> Result<(), ServiceError> {
    let reservation = app.store.reservation_by_hold(hold.to_owned()).await?.ok_or(ServiceError::HoldNotFound)?;
    let change = Change::ReleaseHold { hold: HoldId(hold.to_owned()) };
    app.store.execute(reservation.hotel, Command { at: app.now(), actor, change }).await?;
    Ok(())
}

fn answer(reservation: &Reservation, HoldId(hold): HoldId, expires_at: Timestamp) -> HoldAnswer {
    HoldAnswer { hold, expires_at, total: reservation.total }
}

/// A store that answers another question than it was asked is broken.
pub(super) fn unexpected() -> ServiceError {
    ServiceError::Store(StoreError::Corrupt("the store answered another question".into()))
}
