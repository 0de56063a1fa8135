//! The desk's own view of its hotel.

use axum::Json;
use axum::extract::State;

use crate::server::error::AppError;
use crate::server::service::house as today;
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::desk::HouseView;
use crate::wire::problem::Problem;

/// The house today: numbers, arrivals, departures, who is in, holds.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/house", tag = "desk",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = HouseView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden: the staff of another hotel", body = Problem),
        (status = 404, description = "hotel-not-found", body = Problem),
    ),
)]
pub async fn house(State(app): State<AppState>, staff: StaffSession) -> Result<Json<HouseView>, AppError> {
    Ok(Json(today::house(&app, &staff.house).await?))
}
