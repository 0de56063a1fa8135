//! Rooms as the desk and housekeeping work with them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::server::api_v1::extract::{ApiJson, MaybeJson};
use crate::server::error::AppError;
use crate::server::service::assign::{Lodging, assign as give};
use crate::server::service::{FieldErrors, IfMatch, block as blocking, rooms as today};
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::problem::Problem;
use crate::wire::room::{
    AssignAnswer, AssignRequest, BlockAnswer, BlockRequest, ConditionRequest, NoteRequest, RoomList, RoomView,
    SwapRequest,
};

/// All rooms by floor and number: how they are, who is in them, who comes today.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/rooms", tag = "desk", operation_id = "list_rooms",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RoomList),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
    ),
)]
pub async fn list(State(app): State<AppState>, staff: StaffSession) -> Result<Json<RoomList>, AppError> {
    Ok(Json(today::rooms(&app, &staff.house, staff.staff.role).await?))
}

/// Says how a room is.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/rooms/{number}/condition", tag = "desk", operation_id = "set_condition",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("number" = String, Path, description = "Such as 204"),
    ),
    request_body = ConditionRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RoomView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "room-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn condition(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    ApiJson(request): ApiJson<ConditionRequest>,
) -> Result<Json<RoomView>, AppError> {
    let room = blocking::set_condition(&app, &staff.house, &number, &request.condition, staff.actor()).await?;
    Ok(Json(room))
}

/// Notes what who cleans the room should know; staff hear of it at once.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/rooms/{number}/note", tag = "desk", operation_id = "set_room_note",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("number" = String, Path, description = "Such as 204"),
    ),
    request_body = NoteRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RoomView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "room-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn note(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    ApiJson(request): ApiJson<NoteRequest>,
) -> Result<Json<RoomView>, AppError> {
    Ok(Json(blocking::set_note(&app, &staff.house, &number, &request.note, staff.actor()).await?))
}

/// Takes nights of a room out of sale. Whoever may be moved out of it is, as few as can be; where a sold stay would be
/// left without a room, nothing is blocked and the stays are named.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/rooms/{number}/blocks", tag = "desk", operation_id = "block_room",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("number" = String, Path, description = "Such as 204"),
    ),
    request_body = BlockRequest,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = BlockAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "room-not-found", body = Problem),
        (status = 409, description = "room-taken, promise-broken: with the `stays` or `blocks` in the way", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn block(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    ApiJson(request): ApiJson<BlockRequest>,
) -> Result<Response, AppError> {
    let answer = blocking::block(&app, &staff.house, &number, &request, staff.actor()).await?;
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// Gives a block's nights back.
#[utoipa::path(
    delete, path = "/api/v1/desk/{hotel}/rooms/{number}/blocks/{block}", tag = "desk", operation_id = "unblock_room",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("number" = String, Path, description = "Such as 204"),
        ("block" = u64, Path, description = "The block's `id`"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = RoomView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "room-not-found, block-not-found", body = Problem),
    ),
)]
pub async fn unblock(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number, block)): Path<(String, String, String)>,
) -> Result<Json<RoomView>, AppError> {
    Ok(Json(blocking::unblock(&app, &staff.house, &number, &block, staff.actor()).await?))
}

/// Gives a stay a room: this one, by hand, and it is kept; without a room whichever suits best. Stays that were given
/// theirs by the program may move for it, as few as can be; the answer names them.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/assign", tag = "desk", operation_id = "assign_room",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    request_body = Option<AssignRequest>,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "room-taken, promise-broken: with what is in the way; no-room-free, room-of-another-type, \
             transition-not-allowed"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn assign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    seen: IfMatch,
    MaybeJson(request): MaybeJson<AssignRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    let lodging = Lodging::of(request.room.as_deref())?;
    Ok(Json(give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?))
}

/// Moves a stay, in house or to come, to another room from today on. The room a guest leaves is dirty.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/move", tag = "desk", operation_id = "move_to_room",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    request_body = AssignRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, description = "as for assign", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn move_to(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    seen: IfMatch,
    ApiJson(request): ApiJson<AssignRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    let lodging = Lodging::room(request.room.as_deref())?;
    Ok(Json(give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?))
}

/// Takes a stay's room back before its guest has come.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/unassign", tag = "desk", operation_id = "unassign_room",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, description = "transition-not-allowed", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
    ),
)]
pub async fn unassign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    seen: IfMatch,
) -> Result<Json<AssignAnswer>, AppError> {
    Ok(Json(give(&app, &staff.house, &code, Lodging::None, &seen, staff.actor()).await?))
}

/// Gives two stays each other's rooms, by hand.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/swap", tag = "desk", operation_id = "swap_rooms",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    request_body = SwapRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = AssignAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 404, description = "reservation-not-found, room-not-found", body = Problem),
        (status = 409, description = "as for assign", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn swap(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    seen: IfMatch,
    ApiJson(request): ApiJson<SwapRequest>,
) -> Result<Json<AssignAnswer>, AppError> {
    let mut errors = FieldErrors::default();
    let with = errors.require("with", Some(&request.with));
    let lodging = errors.finish(with.map(Lodging::SwapWith))?;
    Ok(Json(give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await?))
}
