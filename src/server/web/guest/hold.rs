//! `/hotels/{hotel}/hold`: nights held for a guest while he fills the form, held longer, and given back. All of it by
//! forms that carry what was typed; the page's script asks for the same in JSON and stays where it is.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};

use super::booking_form::Sent;
use super::counter::{Counter, Told};
use super::visitor::Visitor;
use crate::domain::Actor;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::{ServiceError, hold};
use crate::server::state::AppState;
use crate::wire::hold::HoldClock;

/// Holds the nights of a stay, chosen in the address or in the booking form itself.
pub(super) async fn choose(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Sent>,
    Form(filled): Form<Sent>,
) -> Result<Response, AppError> {
    let counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    let sent = if filled.room_type().is_empty() { asked } else { filled };
    if let Err(too_many) = app.limits.holds.check(address) {
        return Ok(counter.form(&sent, Told::AddressFull { seconds: too_many.retry_after_seconds }));
    }
    counter.choose(sent, address, false).await
}

/// How long the form's hold still runs, for the page's script. Whoever comes here by an address that a form was posted to
/// is led to the rooms, where what he holds is named.
pub(super) async fn clock(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    Query(asked): Query<Sent>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    let rooms = counter.rooms_address(&asked);
    Ok(if is_script(&headers) { clock_of(&counter, &asked) } else { Redirect::to(&rooms).into_response() })
}

/// Starts the time again: what the guest presses when he needs longer, and the one thing that does.
pub(super) async fn extend(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let mut counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    let mut told = Told::Nothing;
    if let Some(hold) = own(&counter, &sent) {
        match hold::extend_hold(&app, &hold, Actor::Guest).await {
            // What is over is shown as over.
            Ok(_) | Err(ServiceError::HoldNotFound) => {}
            Err(ServiceError::ExtensionsUsedUp) => told = Told::ExtensionsUsedUp,
            Err(error) => return Err(error.into()),
        }
        counter.held.take_in(&app, crate::domain::HoldId(hold)).await?;
    }
    if matches!(told, Told::Nothing)
        && let Some(facts) = counter.facts(&sent)
        && let Some(by_desk) = counter.taken_by_desk(&sent, &facts).await?
    {
        told = by_desk;
    }
    Ok(if is_script(&headers) { clock_of(&counter, &sent) } else { counter.form(&sent, told) })
}

/// Gives the nights back and leads to the rooms.
pub(super) async fn release(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    if let Some(hold) = own(&counter, &sent) {
        match hold::release_hold(&app, &hold, Actor::Guest).await {
            Ok(()) | Err(ServiceError::HoldNotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Redirect::to(&counter.rooms_address(&sent)).into_response())
}

fn is_script(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

/// The name of the form's hold.
fn own(counter: &Counter<'_>, sent: &Sent) -> Option<String> {
    let (hold, _) = counter.held.of_key(counter.house.hotel.id, sent.key()?)?;
    Some(hold.0.clone())
}

fn clock_of(counter: &Counter<'_>, sent: &Sent) -> Response {
    let held = sent.key().and_then(|key| counter.held.of_key(counter.house.hotel.id, key));
    let over = HoldClock { seconds_left: 0, until: String::new(), extensions_left: 0 };
    let clock = held.map_or(over, |(_, held)| counter.held.clock(&counter.house, counter.locale(), held));
    (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Json(clock)).into_response()
}
