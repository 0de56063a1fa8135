//! The hotel's day and its log.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::api_v1::extract::{ApiJson, ApiQuery};
use crate::server::error::AppError;
use crate::server::service::day;
use crate::server::service::history::{self, LogQuery};
use crate::server::state::{App, AppState};
use crate::server::web::session::StaffSession;
use crate::wire::day::{CloseRequest, DayView, RuleRequest};
use crate::wire::history::LogPage;
use crate::wire::problem::Problem;

/// The day the house is on, and what is undecided about it.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/day", tag = "desk", operation_id = "day",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = DayView),
        (status = 401, description = "not-signed-in", body = Problem),
    ),
)]
pub async fn show(State(app): State<AppState>, staff: StaffSession) -> Result<Json<DayView>, AppError> {
    Ok(Json(day::day(&app, &staff.house).await?))
}

/// Closes the day: the house goes on to the next, and rooms that were slept in are dirty.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/day", tag = "desk", operation_id = "close_day",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    request_body = CloseRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = DayView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 409, description = "day-undecided, with the stays; day-not-over, another-day, day-ends-by-clock",
         body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn close(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiJson(request): ApiJson<CloseRequest>,
) -> Result<Json<DayView>, AppError> {
    day::close(&app, &staff.house, &request, staff.actor()).await?;
    anew(&app, &staff).await
}

/// Changes what ends the hotel's days. For managers.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/day/rule", tag = "desk", operation_id = "set_day_rule",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    request_body = RuleRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = DayView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden: for managers", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn rule(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiJson(request): ApiJson<RuleRequest>,
) -> Result<Json<DayView>, AppError> {
    day::set_rule(&app, &staff.house, &request.rule, staff.actor()).await?;
    anew(&app, &staff).await
}

/// The house of the session is as it was before the change.
async fn anew(app: &App, staff: &StaffSession) -> Result<Json<DayView>, AppError> {
    let catalog = app.store.catalog();
    let house = catalog.house(staff.house.hotel.id).unwrap_or(&staff.house);
    Ok(Json(day::day(app, house).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// A day by the hotel's clock.
    day: Option<String>,
    /// `guest`, `system`, or the e-mail of a member of staff.
    by: Option<String>,
    /// A reservation's code.
    code: Option<String>,
    /// `stays`, `folio`, `rooms`, `house` (the day and its terms) or `staff` (who signed in and out)
    of: Option<String>,
    /// Entries before this number.
    before: Option<u64>,
}

/// Every change at the hotel with who made it and when, the newest first, fifty at a time. For managers.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/log", tag = "desk", operation_id = "log",
    params(("hotel" = String, Path, description = "The hotel's slug"), Asked),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = LogPage),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden: for managers", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn log(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiQuery(asked): ApiQuery<Asked>,
) -> Result<Json<LogPage>, AppError> {
    let query = LogQuery {
        day: asked.day.as_deref(),
        by: asked.by.as_deref(),
        code: asked.code.as_deref(),
        of: asked.of.as_deref(),
        before: asked.before,
    };
    Ok(Json(history::log(&app, &staff.house, query).await?))
}
