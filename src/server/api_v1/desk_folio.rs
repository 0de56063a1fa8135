//! A reservation's folio, its history, and the corrections of guest and note.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::server::api_v1::extract::{ApiJson, IdempotencyKey};
use crate::server::api_v1::params::{DeskStay, Seen};
use crate::server::api_v1::reservations::tagged;
use crate::server::error::AppError;
use crate::server::service::IfMatch;
use crate::server::service::details::set_details;
use crate::server::service::folio::{self as folios, broken};
use crate::server::service::history as log;
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::desk::DetailsRequest;
use crate::wire::folio::{FolioEntryView, FolioRequest, FolioView};
use crate::wire::history::LogPage;
use crate::wire::problem::Problem;
use crate::wire::reservation::ReservationView;

/// What the stay costs, what was posted, and what is still to be paid.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/reservations/{code}/folio", tag = "desk", operation_id = "folio",
    params(DeskStay),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = FolioView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
    ),
)]
pub async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
) -> Result<Json<FolioView>, AppError> {
    let (reservation, folio) = folios::folio(&app, &staff.house, &code).await?;
    Ok(Json(FolioView::new(reservation.code, &folio).map_err(|error| broken(&error))?))
}

/// Posts a charge or a payment, or takes an entry back by a counter-entry. Nothing that was posted is ever changed.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/folio", tag = "desk", operation_id = "post_to_folio",
    params(
        DeskStay,
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a retry safe"),
    ),
    request_body = FolioRequest,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = FolioEntryView,
         headers(("Idempotent-Replayed" = String, description = "`true` for the first answer once more"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found, entry-not-found", body = Problem),
        (status = 409, description = "entry-reversed, transition-not-allowed", body = Problem),
        (status = 422, description = "invalid-fields, other-currency, idempotency-key-reused", body = Problem),
    ),
)]
pub async fn post(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    IdempotencyKey(key): IdempotencyKey,
    ApiJson(request): ApiJson<FolioRequest>,
) -> Result<Response, AppError> {
    let change = folios::read(&request)?;
    let (entry, replayed) = folios::post(&app, &staff.house, &code, change, key, staff.actor()).await?;
    let answer = (StatusCode::CREATED, Json(FolioEntryView::new(&entry)));
    Ok(if replayed { ([("idempotent-replayed", "true")], answer).into_response() } else { answer.into_response() })
}

/// Who did what when, the newest first.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/reservations/{code}/history", tag = "desk", operation_id = "history",
    params(DeskStay),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = LogPage),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
    ),
)]
pub async fn history(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
) -> Result<Json<LogPage>, AppError> {
    Ok(Json(log::history(&app, &staff.house, &code).await?))
}

/// Corrects who the guest is and what is noted.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/details", tag = "desk", operation_id = "set_details",
    params(DeskStay, Seen),
    request_body = DetailsRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, description = "transition-not-allowed", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn details(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<DetailsRequest>,
) -> Result<Response, AppError> {
    let reservation = set_details(&app, &staff.house, &code, &request, &seen, staff.actor()).await?;
    Ok(tagged(app.view(&staff.house, &reservation)))
}
