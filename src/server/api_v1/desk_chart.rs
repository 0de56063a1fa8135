//! The tape chart's data, for screens that draw it themselves.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::api_v1::extract::ApiQuery;
use crate::server::error::AppError;
use crate::server::service::chart::chart_of;
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::chart::ChartView;
use crate::wire::problem::Problem;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Days {
    /// The first night, `YYYY-MM-DD`; may be over.
    #[param(required = true)]
    from: Option<String>,
    /// The day after the last night; at most 92 days.
    #[param(required = true)]
    to: Option<String>,
}

/// Rooms by type, their blocks, what is left a night, and the stays that touch these nights.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/chart", tag = "desk",
    params(("hotel" = String, Path, description = "The hotel's slug"), Days),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ChartView),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn chart(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiQuery(days): ApiQuery<Days>,
) -> Result<Json<ChartView>, AppError> {
    Ok(Json(chart_of(&app, &staff.house, days.from.as_deref(), days.to.as_deref()).await?))
}
