//! Holds: nights kept while somebody types.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::domain::Actor;
use crate::server::api_v1::extract::{ApiJson, ClientAddress, OfHotel};
use crate::server::error::AppError;
use crate::server::service::hold;
use crate::server::state::AppState;
use crate::wire::booking::{HoldAnswer, HoldRequest};
use crate::wire::problem::Problem;

/// Keeps the nights for 15 minutes.
#[utoipa::path(
    post, path = "/api/v1/hotels/{hotel}/holds", tag = "reservations", operation_id = "place_hold",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    request_body = HoldRequest,
    responses(
        (status = 201, body = HoldAnswer, headers(("Location" = String, description = "The hold"))),
        (status = 404, description = "hotel-not-found", body = Problem),
        (status = 409, description = "sold-out, with the nights that are gone", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
        (status = 429, description = "too-many-requests, or too many holds at once", body = Problem),
    ),
)]
pub async fn place(
    State(app): State<AppState>,
    OfHotel(house): OfHotel,
    ClientAddress(address): ClientAddress,
    ApiJson(request): ApiJson<HoldRequest>,
) -> Result<Response, AppError> {
    app.limits.holds.check(address)?;
    let placed = hold::place_hold(&app, &house, &request, Actor::Guest, address).await?;
    let location = format!("/api/v1/holds/{}", placed.hold);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(placed)).into_response())
}

/// A hold that is still running.
#[utoipa::path(
    get, path = "/api/v1/holds/{hold}", tag = "reservations", operation_id = "open_hold",
    params(("hold" = String, Path, description = "As it was answered")),
    responses((status = 200, body = HoldAnswer), (status = 404, description = "hold-not-found", body = Problem)),
)]
pub async fn open(State(app): State<AppState>, Path(hold): Path<String>) -> Result<Json<HoldAnswer>, AppError> {
    Ok(Json(hold::open_hold(&app, &hold).await?))
}

/// Keeps the nights for 15 minutes from now; at least ten times, not for ever.
#[utoipa::path(
    post, path = "/api/v1/holds/{hold}/extend", tag = "reservations", operation_id = "extend_hold",
    params(("hold" = String, Path, description = "As it was answered")),
    responses(
        (status = 200, body = HoldAnswer),
        (status = 404, description = "hold-not-found: there is none, or it has ended", body = Problem),
        (status = 409, description = "extensions-used-up", body = Problem),
    ),
)]
pub async fn extend(State(app): State<AppState>, Path(hold): Path<String>) -> Result<Json<HoldAnswer>, AppError> {
    Ok(Json(hold::extend_hold(&app, &hold, Actor::Guest).await?))
}

/// Gives the nights back.
#[utoipa::path(
    delete, path = "/api/v1/holds/{hold}", tag = "reservations", operation_id = "release_hold",
    params(("hold" = String, Path, description = "As it was answered")),
    responses((status = 204), (status = 404, description = "hold-not-found", body = Problem)),
)]
pub async fn release(State(app): State<AppState>, Path(hold): Path<String>) -> Result<StatusCode, AppError> {
    hold::release_hold(&app, &hold, Actor::Guest).await?;
    Ok(StatusCode::NO_CONTENT)
}
