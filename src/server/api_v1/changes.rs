//! Changing a stay, for its guest and for the desk: first what it would come to, then the change.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::domain::Actor;
use crate::server::api_v1::extract::ApiJson;
use crate::server::api_v1::params::{DeskStay, Seen};
use crate::server::api_v1::reservations::{house_of, opened, shown, tagged};
use crate::server::error::AppError;
use crate::server::service::change::{self as changing, Preview};
use crate::server::service::{IfMatch, act as acting};
use crate::server::state::AppState;
use crate::server::store::SplitOffer;
use crate::server::web::session::StaffSession;
use crate::wire::change::{ChangePreview, ChangeRequest, GuestChangeRequest, SplitView};
use crate::wire::offer::NightPrice;
use crate::wire::problem::Problem;
use crate::wire::reservation::ReservationView;

/// What a change would come to: the new total and the difference, and what stands in the way. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/reservations/{code}/change/preview", tag = "reservations", operation_id = "preview_change",
    params(
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        Seen,
    ),
    request_body = GuestChangeRequest,
    security(("manage_token" = [])),
    responses(
        (status = 200, body = ChangePreview),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn preview(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    seen: IfMatch,
    ApiJson(request): ApiJson<GuestChangeRequest>,
) -> Result<Json<ChangePreview>, AppError> {
    let reservation = opened(&app, &code, &headers).await?;
    let house = house_of(&app, &reservation)?;
    let preview = changing::preview(&app, &house, &reservation, &request.into(), &seen, Actor::Guest).await?;
    let public = view(preview);
    Ok(Json(ChangePreview { stays: Vec::new(), blocks: Vec::new(), rooms_free: Vec::new(), split: None, ..public }))
}

/// Changes dates, room type or guests, until the day of arrival. The old nights are kept until the new ones are had.
#[utoipa::path(
    post, path = "/api/v1/reservations/{code}/change", tag = "reservations", operation_id = "change_reservation",
    params(
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        Seen,
    ),
    request_body = GuestChangeRequest,
    security(("manage_token" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, body = Problem, description = "sold-out, with the nights that are gone; no-room-free; \
             price-changed where the total is not `shown_total`; arrival-day; transition-not-allowed"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn change(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    seen: IfMatch,
    ApiJson(request): ApiJson<GuestChangeRequest>,
) -> Result<Response, AppError> {
    let reservation = opened(&app, &code, &headers).await?;
    let house = house_of(&app, &reservation)?;
    let changed = changing::change(&app, &house, &reservation, &request.into(), &seen, Actor::Guest).await?;
    shown(&app, &changed)
}

/// What a change would come to: the new total and the difference, what stands in the way, and the rooms that are free
/// for it. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/change/preview", tag = "desk",
    operation_id = "preview_change_at_desk",
    params(DeskStay, Seen),
    request_body = ChangeRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ChangePreview),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn preview_at_desk(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<ChangeRequest>,
) -> Result<Json<ChangePreview>, AppError> {
    let reservation = acting::reservation(&app, &staff.house, &code).await?;
    Ok(Json(view(changing::preview(&app, &staff.house, &reservation, &request, &seen, staff.actor()).await?)))
}

/// Changes a stay that is confirmed or in house: dates, room type, guests, room. Whoever is in house keeps his arrival,
/// and may leave today or later.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/change", tag = "desk", operation_id = "change_at_desk",
    params(DeskStay, Seen),
    request_body = ChangeRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, body = Problem, description = "sold-out, with the nights that are gone; room-taken, \
             promise-broken: with what is in the way; no-room-free, no-room-before, room-of-another-type; price-changed \
             where the total is not `shown_total`; transition-not-allowed"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn change_at_desk(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<ChangeRequest>,
) -> Result<Response, AppError> {
    let reservation = acting::reservation(&app, &staff.house, &code).await?;
    let changed = changing::change(&app, &staff.house, &reservation, &request, &seen, staff.actor()).await?;
    Ok(tagged(app.view(&staff.house, &changed)))
}

fn view(preview: Preview) -> ChangePreview {
    let difference = preview.difference();
    let refusal = preview.refusal.map(AppError::from);
    let problem = refusal.as_ref().map(|error| error.problem(None));
    ChangePreview {
        allowed: refusal.is_none(),
        reason: refusal.map(|error| error.outline().name.to_owned()),
        nights_gone: problem.as_ref().map(|problem| problem.nights.clone()).unwrap_or_default(),
        stays: problem.as_ref().map(|problem| problem.stays.clone()).unwrap_or_default(),
        blocks: problem.map(|problem| problem.blocks).unwrap_or_default(),
        total_before: preview.total_before,
        total_after: preview.total_after,
        difference,
        nightly: preview.nightly.into_iter().map(|(date, price)| NightPrice { date, price }).collect(),
        rooms_free: preview.rooms_free,
        split: preview.split.map(|SplitOffer { from, rooms }| SplitView { from, rooms }),
    }
}
