//! Booking, and what a guest does with a booking: see it, cancel it, ask the desk.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::domain::{Actor, Reservation};
use crate::server::api_v1::extract::{ApiJson, ClientAddress, IdempotencyKey, MaybeJson, OfHotel, bearer_or_cookie};
use crate::server::api_v1::params::Seen;
use crate::server::error::AppError;
use crate::server::service::book::{Booked, Order};
use crate::server::service::{IfMatch, ServiceError, book as booking, cancel as cancelling, open_reservation};
use crate::server::state::{App, AppState};
use crate::server::store::House;
use crate::wire::booking::{BookingAnswer, BookingRequest, NudgeRequest};
use crate::wire::ending::{CancelPreview, CancelRequest};
use crate::wire::problem::Problem;
use crate::wire::reservation::ReservationView;

const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Books a hold, or nights at once. The same key and body get the same answer again.
#[utoipa::path(
    post, path = "/api/v1/hotels/{hotel}/reservations", tag = "reservations",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, the same for a retry"),
    ),
    request_body = BookingRequest,
    responses(
        (status = 201, body = BookingAnswer, headers(
            ("Location" = String, description = "The reservation"),
            ("Idempotent-Replayed" = String, description = "`true` when this is the first answer once more"),
        )),
        (status = 400, description = "invalid-json, idempotency-key-missing", body = Problem),
        (status = 404, description = "hotel-not-found, hold-not-found", body = Problem),
        (status = 409, description = "sold-out, with the nights that are gone; transition-not-allowed", body = Problem),
        (status = 422, description = "invalid-fields, idempotency-key-reused", body = Problem),
        (status = 429, description = "too-many-requests", body = Problem),
        (status = 503, description = "busy", body = Problem),
    ),
)]
pub async fn book(
    State(app): State<AppState>,
    OfHotel(house): OfHotel,
    ClientAddress(address): ClientAddress,
    IdempotencyKey(key): IdempotencyKey,
    ApiJson(request): ApiJson<BookingRequest>,
) -> Result<Response, AppError> {
    app.limits.bookings.check(address)?;
    let key = key.ok_or(AppError::IdempotencyKeyMissing)?;
    let order =
        Order { request: &request, idempotency_key: Some(&key), shown_total: None, hold: None, actor: Actor::Guest };
    Ok(booked(&app, &booking::book(&app, &house, order).await?))
}

/// The answer to a booking, a guest's or the desk's.
pub(super) fn booked(app: &App, booked: &Booked) -> Response {
    let answer = booking::answer(app, booked);
    let location = format!("/api/v1/reservations/{}", answer.code);
    let mut response = (StatusCode::CREATED, [(header::LOCATION, location)], Json(answer)).into_response();
    if booked.replayed {
        response.headers_mut().insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

/// The reservation, for its guest.
#[utoipa::path(
    get, path = "/api/v1/reservations/{code}", tag = "reservations", operation_id = "open_reservation",
    params(("code" = String, Path, description = "Such as K7QM-2XNP")),
    security(("manage_token" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 404, description = "reservation-not-found; also for a wrong or missing token", body = Problem),
    ),
)]
pub async fn open(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let reservation = opened(&app, &code, &headers).await?;
    shown(&app, &reservation)
}

/// What cancelling would come to: the fee, what is paid back, and until when it is free. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/reservations/{code}/cancel/preview", tag = "reservations", operation_id = "preview_cancel",
    params(
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        Seen,
    ),
    security(("manage_token" = [])),
    responses(
        (status = 200, body = CancelPreview),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
    ),
)]
pub async fn preview_cancel(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    seen: IfMatch,
) -> Result<Json<CancelPreview>, AppError> {
    let reservation = opened(&app, &code, &headers).await?;
    let house = house_of(&app, &reservation)?;
    Ok(Json(foreseen(cancelling::preview(&app, &house, &reservation, &seen).await?)))
}

pub(super) fn foreseen(found: cancelling::Foreseen) -> CancelPreview {
    let cancelling::Foreseen { refusal, free_until, fee, refund } = found;
    let reason = refusal.map(|error| AppError::from(error).outline().name.to_owned());
    CancelPreview { allowed: reason.is_none(), reason, free_until, fee, refund }
}

/// Cancels the reservation. Its `fee` is what the hotel's terms say at this moment, or what was shown.
#[utoipa::path(
    post, path = "/api/v1/reservations/{code}/cancel", tag = "reservations", operation_id = "cancel_reservation",
    params(
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        Seen,
    ),
    request_body = Option<CancelRequest>,
    security(("manage_token" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "transition-not-allowed; price-changed where the fee is not `shown_fee`"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn cancel(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    seen: IfMatch,
    MaybeJson(request): MaybeJson<CancelRequest>,
) -> Result<Response, AppError> {
    let reservation = opened(&app, &code, &headers).await?;
    let cancelled = cancelling::cancel(&app, &reservation, &seen, request.shown_fee, Actor::Guest).await?;
    shown(&app, &cancelled)
}

/// Asks the desk: an alert on every desk screen. Once a minute.
#[utoipa::path(
    post, path = "/api/v1/reservations/{code}/nudge", tag = "reservations", operation_id = "nudge_desk",
    params(("code" = String, Path, description = "Such as K7QM-2XNP")),
    request_body = Option<NudgeRequest>,
    security(("manage_token" = [])),
    responses(
        (status = 202),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
        (status = 429, description = "too-soon, too-many-requests", body = Problem),
    ),
)]
pub async fn nudge(
    State(app): State<AppState>,
    Path(code): Path<String>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    MaybeJson(request): MaybeJson<NudgeRequest>,
) -> Result<StatusCode, AppError> {
    app.limits.nudges.check(address)?;
    let reservation = opened(&app, &code, &headers).await?;
    crate::server::service::nudge::nudge(&app, &reservation, request.message.as_deref()).await?;
    Ok(StatusCode::ACCEPTED)
}

pub(super) async fn opened(app: &App, code: &str, headers: &HeaderMap) -> Result<Reservation, ServiceError> {
    let token = bearer_or_cookie(headers, app.cookies, code);
    open_reservation::open_reservation(app, code, token).await
}

/// A reservation as its guest may see it, with its version as `ETag`.
pub(super) fn shown(app: &App, reservation: &Reservation) -> Result<Response, AppError> {
    Ok(tagged(app.view(&*house_of(app, reservation)?, reservation).for_guest()))
}

pub(super) fn house_of(app: &App, reservation: &Reservation) -> Result<Arc<House>, ServiceError> {
    app.store.catalog().house(reservation.hotel).cloned().ok_or(ServiceError::HotelNotFound)
}

/// A reservation with its version as `ETag`.
pub(super) fn tagged(view: ReservationView) -> Response {
    tagged_with(view.version, view)
}

/// Whatever is told of a reservation, under its version.
pub(super) fn tagged_with(version: u32, answer: impl Serialize) -> Response {
    ([(header::ETAG, format!("\"{version}\""))], Json(answer)).into_response()
}
