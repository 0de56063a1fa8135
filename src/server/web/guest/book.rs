//! `/hotels/{hotel}/book`: the form, and what becomes of it. The form's key is part of its address, so that a double
//! click, a reload and the back button all send the same key, and one key books once. Opening the form holds nothing;
//! whose nights are held has the hold's own key.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::booking_form::{Sent, free};
use super::counter::{Counter, Told};
use super::held::form_key;
use super::opened;
use super::visitor::Visitor;
use crate::domain::Actor;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::ServiceError;
use crate::server::service::book::{self, Order};
use crate::server::state::AppState;
use crate::server::store::StoreError;

pub(super) async fn show(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    Query(sent): Query<Sent>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    let facts = counter.facts(&sent);
    let own = facts.as_ref().and_then(|facts| counter.held.running_for(counter.house.hotel.id, facts));
    let own = own.map(|(hold, _)| form_key(hold));
    if sent.key().is_none() {
        let key = own.unwrap_or_else(|| app.random.token());
        return Ok(Redirect::to(&counter.address(&sent, &key)).into_response());
    }
    let Some(facts) = facts else {
        // Dates and guests are mended where they are chosen.
        return Ok(Redirect::to(&counter.rooms_address(&sent)).into_response());
    };
    if let Some(told) = counter.taken_by_desk(&sent, &facts).await? {
        return Ok(counter.form(&sent, told));
    }
    if counter.is_held(&sent, &facts) {
        return Ok(counter.form(&sent, Told::Nothing));
    }
    let free = free(&app, &counter.house, &facts)?;
    Ok(match own {
        _ if free.gone.is_empty() => counter.form(&sent, Told::Nothing),
        // It is this browser's own hold that has them.
        Some(key) => Redirect::to(&counter.address(&sent, &key)).into_response(),
        None => counter.lost(&sent, facts, free, true),
    })
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    headers: HeaderMap,
    Form(mut sent): Form<Sent>,
) -> Result<Response, AppError> {
    let counter = Counter::open(&app, &hotel, visitor, &headers).await?;
    // Another room, or dates just mended: the new total is looked at before anything is booked.
    if sent.take_instead() {
        return counter.choose(sent, address, false).await;
    }
    let shown_total = sent.shown_total(&counter.house);
    if shown_total.is_none() {
        return counter.choose(sent, address, true).await;
    }
    if let Err(too_many) = app.limits.bookings.check(address) {
        return Ok(counter.form(&sent, Told::Wait { seconds: too_many.retry_after_seconds }));
    }
    let request = sent.request();
    let facts = counter.facts(&sent);
    let hold = facts.as_ref().and_then(|facts| counter.hold_to_book(&sent, facts));
    let order = Order { request: &request, idempotency_key: sent.key(), shown_total, hold, actor: Actor::Guest };
    match book::book(&app, &counter.house, order).await {
        Ok(booked) => {
            let code = booked.reservation.code;
            let confirmation = Redirect::to(&format!("/reservations/{code}/confirmation"));
            Ok(opened::remember(&app, code, &booked.manage_token, confirmation.into_response()))
        }
        Err(ServiceError::SoldOut(sold_out)) => match facts {
            Some(facts) => counter.just_gone(&sent, facts, sold_out.nights, false),
            None => Err(ServiceError::SoldOut(sold_out).into()),
        },
        Err(ServiceError::Invalid(errors)) => {
            let errors = Sent::errors(counter.locale(), &errors);
            Ok(counter.form(&sent, Told::Invalid(errors)))
        }
        Err(ServiceError::BookedByDesk) => Ok(counter.form(&sent, Told::BookedByDesk { is_refusal: true })),
        Err(ServiceError::PriceChanged { .. }) => Ok(counter.form(&sent, Told::PriceChanged)),
        Err(ServiceError::IdempotencyKeyReused) => Ok(counter.form(&sent, Told::KeyUsed)),
        Err(ServiceError::Store(StoreError::Busy)) => Ok(counter.form(&sent, Told::Busy)),
        Err(error) => Err(error.into()),
    }
}
