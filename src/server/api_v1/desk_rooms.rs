//! Rooms as the desk and housekeeping work with them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::server::api_v1::extract::ApiJson;
use crate::server::api_v1::params::DeskRoom;
use crate::server::error::AppError;
use crate::server::service::{block as blocking, rooms as today};
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::problem::Problem;
use crate::wire::room::{BlockAnswer, BlockRequest, ConditionRequest, NoteRequest, RoomList, RoomView};

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
    params(DeskRoom),
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
    Path(DeskRoom { number, .. }): Path<DeskRoom>,
    ApiJson(request): ApiJson<ConditionRequest>,
) -> Result<Json<RoomView>, AppError> {
    let room = blocking::set_condition(&app, &staff.house, &number, &request.condition, staff.actor()).await?;
    Ok(Json(room))
}

/// Notes what who cleans the room should know; staff hear of it at once.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/rooms/{number}/note", tag = "desk", operation_id = "set_room_note",
    params(DeskRoom),
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
    Path(DeskRoom { number, .. }): Path<DeskRoom>,
    ApiJson(request): ApiJson<NoteRequest>,
) -> Result<Json<RoomView>, AppError> {
    Ok(Json(blocking::set_note(&app, &staff.house, &number, &request.note, staff.actor()).await?))
}

/// Takes nights of a room out of sale. Whoever may be moved out of it is, as few as can be; where a sold stay would be
/// left without a room, nothing is blocked and the stays are named.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/rooms/{number}/blocks", tag = "desk", operation_id = "block_room",
    params(DeskRoom),
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
    Path(DeskRoom { number, .. }): Path<DeskRoom>,
    ApiJson(request): ApiJson<BlockRequest>,
) -> Result<Response, AppError> {
    let answer = blocking::block(&app, &staff.house, &number, &request, staff.actor()).await?;
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// Gives a block's nights back.
#[utoipa::path(
    delete, path = "/api/v1/desk/{hotel}/rooms/{number}/blocks/{block}", tag = "desk", operation_id = "unblock_room",
    params(
        DeskRoom,
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
