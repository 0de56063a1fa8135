//! The room of a stay, or one after another: given, moved to, swapped, taken back; and first what that would come to.

use axum::Json;
use axum::extract::{Path, State};

use crate::domain::Money;
use crate::server::api_v1::extract::{ApiJson, MaybeJson};
use crate::server::api_v1::params::{DeskStay, Refused, Seen};
use crate::server::error::AppError;
use crate::server::service::assign::{Foreseen, Lodging, assign as give, preview};
use crate::server::service::{FieldErrors, IfMatch};
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::problem::Problem;
use crate::wire::room::{AssignAnswer, AssignPreview, AssignRequest, SwapRequest};

/// Gives a stay a room: this one, by hand, and it is kept; without a room whichever suits best. With `from` the room is
/// its room from that night on, and the nights before stay where they are; without it the stay is in one room again. Stays
/// that were given theirs by the program may move for it, as few as can be; the answer names them. The price stays.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/assign", tag = "desk", operation_id = "assign_room",
    params(DeskStay, Seen),
    request_body = Option<AssignRequest>,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        Refused,
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "room-taken, promise-broken: with what is in the way; no-room-free, no-room-before, \
             room-of-another-type, transition-not-allowed"),
        (status = 422, description = "invalid-fields, night-not-in-stay", body = Problem),
    ),
)]
pub async fn assign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    MaybeJson(request): MaybeJson<AssignRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    let lodging = Lodging::of(request.room.as_deref(), request.from.as_deref())?;
    Ok(Json(give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?))
}

/// Moves a stay, in house or to come, to another room: from today on, or from the night `from` on. The room a guest leaves is
/// dirty; where he leaves it later, it is so when the desk says that he has `moved`.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/move", tag = "desk", operation_id = "move_to_room",
    params(DeskStay, Seen),
    request_body = AssignRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        Refused,
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, description = "as for assign", body = Problem),
        (status = 422, description = "invalid-fields, night-not-in-stay", body = Problem),
    ),
)]
pub async fn move_to(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<AssignRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    let lodging = Lodging::room(request.room.as_deref(), request.from.as_deref())?;
    Ok(Json(give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?))
}

/// What giving a room would come to: who would be moved, what stands in the way, and that the price stays. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/assign/preview", tag = "desk", operation_id = "preview_assign",
    params(DeskStay, Seen),
    request_body = AssignRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignPreview),
        Refused,
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn preview_assign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<AssignRequest>,
) -> Result<Json<AssignPreview>, AppError> {
    let lodging = Lodging::room(request.room.as_deref(), request.from.as_deref())?;
    Ok(Json(foreseen(preview(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?)))
}

/// The guest has gone to the room that was planned for tonight; the one he was in is dirty.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/moved", tag = "desk", operation_id = "has_moved",
    params(DeskStay, Seen),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        Refused,
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "no-move-due; room-taken, by a guest who has not left; transition-not-allowed"),
    ),
)]
pub async fn moved(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
) -> Result<Json<AssignAnswer>, AppError> {
    Ok(Json(give(&app, &staff.house, &code, Lodging::Moved, &seen, staff.actor()).await?))
}

/// Takes a stay's room back before its guest has come.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/unassign", tag = "desk", operation_id = "unassign_room",
    params(DeskStay, Seen),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        Refused,
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, description = "transition-not-allowed", body = Problem),
    ),
)]
pub async fn unassign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
) -> Result<Json<AssignAnswer>, AppError> {
    Ok(Json(give(&app, &staff.house, &code, Lodging::None, &seen, staff.actor()).await?))
}

/// Gives two stays each other's rooms, by hand.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/swap", tag = "desk", operation_id = "swap_rooms",
    params(DeskStay, Seen),
    request_body = SwapRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        Refused,
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, description = "as for assign; stay-is-split: with the `stays` in several rooms", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn swap(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<SwapRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    Ok(Json(give(&app, &staff.house, &code, swapped(&request)?, &seen, staff.actor()).await?))
}

/// What swapping would come to: what stands in the way, and that neither price changes. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/swap/preview", tag = "desk", operation_id = "preview_swap",
    params(DeskStay, Seen),
    request_body = SwapRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignPreview),
        Refused,
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn preview_swap(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    ApiJson(request): ApiJson<SwapRequest>,
) -> Result<Json<AssignPreview>, AppError> {
    Ok(Json(foreseen(preview(&app, &staff.house, &code, swapped(&request)?, &seen, staff.actor()).await?)))
}

fn swapped(request: &SwapRequest) -> Result<Lodging, FieldErrors> {
    let mut errors = FieldErrors::default();
    let with = errors.require("with", Some(&request.with));
    errors.finish(with.map(Lodging::SwapWith))
}

fn foreseen(found: Foreseen) -> AssignPreview {
    let Foreseen { refusal, moves, total } = found;
    let refusal = refusal.map(AppError::from);
    let problem = refusal.as_ref().map(|error| error.problem(None));
    AssignPreview {
        allowed: refusal.is_none(),
        reason: refusal.map(|error| error.outline().name.to_owned()),
        stays: problem.as_ref().map(|problem| problem.stays.clone()).unwrap_or_default(),
        blocks: problem.map(|problem| problem.blocks).unwrap_or_default(),
        moves,
        total_before: total,
        total_after: total,
        difference: Money::new(0, total.currency),
    }
}
