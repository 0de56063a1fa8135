//! A hold: nights kept for somebody while he types, longer when he asks for it, and given back when he does not.

use std::net::IpAddr;

use crate::domain::{Actor, HoldId, MOST_EXTENSIONS, Reservation, State, Timestamp};
use crate::server::limits::TooMany;
use crate::server::service::draft::{Asked, first_day, wanted};
use crate::server::service::{FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, House, Reply, StoreError};
use crate::wire::booking::{HoldAnswer, HoldRequest};

/// How long nights are kept, and again from each extension on.
pub const HOLD_SECONDS: i64 = 15 * 60;

/// The longest that a hold can run, with every extension.
pub const LONGEST_HOLD_SECONDS: i64 = HOLD_SECONDS * (1 + MOST_EXTENSIONS as i64);

/// How many codes are drawn before giving up; with 40 bits a second one is rare.
pub(super) const MOST_CODES_DRAWN: usize = 5;

/// Takes the nights until [`HOLD_SECONDS`] from now; `address` is whose holds are counted.
pub async fn place_hold(
    app: &App,
    house: &House,
    request: &HoldRequest,
    actor: Actor,
    address: IpAddr,
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
    let wanted = wanted(house, asked, first_day(house, &actor, now), &mut errors);
    let wanted = errors.finish(wanted)?;
    let until = now.plus_seconds(HOLD_SECONDS);
    let hold = app.random.hold_id();
    count(app, address, &hold, now).await?;
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
    app.limits.held.give_back(address, &hold);
    Err(refused.into())
}

/// Counts a hold against its address, once those that have ended are counted no more.
async fn count(app: &App, address: IpAddr, hold: &HoldId, now: Timestamp) -> Result<(), ServiceError> {
    let Err(in_the_way) = app.limits.held.take(address, hold, now) else { return Ok(()) };
    let mut first_end = now.plus_seconds(HOLD_SECONDS);
    for known in in_the_way {
        let found = app.store.reservation_by_hold(known.0.clone()).await?;
        match found.map(|found| found.state().at(now)) {
            Some(State::Held { until }) => first_end = first_end.min(until),
            _ => app.limits.held.give_back(address, &known),
        }
    }
    app.limits.held.take(address, hold, now).map_err(|_| {
        app.limits.held.count_refusal();
        TooMany { retry_after_seconds: now.seconds_until(first_end).max(1) }.into()
    })
}

/// A hold that is still running.
pub async fn open_hold(app: &App, hold: &str) -> Result<HoldAnswer, ServiceError> {
    let reservation = app.store.reservation_by_hold(hold.to_owned()).await?.ok_or(ServiceError::HoldNotFound)?;
    match reservation.state().at(app.now()) {
        State::Held { until } => Ok(answer(&reservation, HoldId(hold.to_owned()), until)),
        _ => Err(ServiceError::HoldNotFound),
    }
}

/// Keeps the nights until [`HOLD_SECONDS`] from now: the one thing that makes a hold longer.
pub async fn extend_hold(app: &App, hold: &str, actor: Actor) -> Result<HoldAnswer, ServiceError> {
    let reservation = app.store.reservation_by_hold(hold.to_owned()).await?.ok_or(ServiceError::HoldNotFound)?;
    let (at, hold) = (app.now(), HoldId(hold.to_owned()));
    let change = Change::ExtendHold { hold: hold.clone(), until: at.plus_seconds(HOLD_SECONDS) };
    match app.store.execute(reservation.hotel, Command { at, actor, change }).await? {
        Reply::Held(extended) => match extended.state() {
            State::Held { until } => Ok(answer(&extended, hold, until)),
            _ => Err(unexpected()),
        },
        _ => Err(unexpected()),
    }
}

/// Gives the nights back before their time.
pub async fn release_hold(app: &App, hold: &str, actor: Actor) -> Result<(), ServiceError> {
    let reservation = app.store.reservation_by_hold(hold.to_owned()).await?.ok_or(ServiceError::HoldNotFound)?;
    let change = Change::ReleaseHold { hold: HoldId(hold.to_owned()) };
    app.store.execute(reservation.hotel, Command { at: app.now(), actor, change }).await?;
    Ok(())
}

/// How often a hold can still be extended.
pub const fn extensions_left(reservation: &Reservation) -> u8 {
    MOST_EXTENSIONS.saturating_sub(reservation.extensions)
}

fn answer(reservation: &Reservation, HoldId(hold): HoldId, expires_at: Timestamp) -> HoldAnswer {
    let extensions_left = extensions_left(reservation);
    HoldAnswer { hold, expires_at, total: reservation.total, extensions_left }
}

/// A store that answers another question than it was asked is broken.
pub(super) fn unexpected() -> ServiceError {
    ServiceError::Store(StoreError::Corrupt("the store answered another question".into()))
}
