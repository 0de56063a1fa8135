//! What holds for every stay of the hotel, for its managers.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::domain::Hotel;
use crate::server::api_v1::extract::ApiJson;
use crate::server::error::AppError;
use crate::server::service::IfMatch;
use crate::server::service::terms::{Typed, read, set_terms};
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::problem::Problem;
use crate::wire::terms::{TermsRequest, TermsView};

/// Times of check-in and check-out, and what giving a stay up costs. For managers.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/terms", tag = "desk", operation_id = "terms",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = TermsView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden: for managers", body = Problem),
    ),
)]
pub async fn show(staff: StaffSession) -> Response {
    tagged(&staff.house.hotel)
}

/// Sets them. They hold from then on, also for stays that were booked before. For managers.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/terms", tag = "desk", operation_id = "set_terms",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    request_body = TermsRequest,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = TermsView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 403, description = "forbidden: for managers", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn set(
    State(app): State<AppState>,
    staff: StaffSession,
    seen: IfMatch,
    ApiJson(request): ApiJson<TermsRequest>,
) -> Result<Response, AppError> {
    let terms = read(Typed {
        check_in_from: &request.check_in_from,
        check_out_until: &request.check_out_until,
        free_hours: &request.free_hours.to_string(),
        fee_nights: &request.fee_nights.to_string(),
        no_show_nights: &request.no_show_nights.to_string(),
    })?;
    Ok(tagged(&set_terms(&app, &staff.house, terms, &seen, staff.actor()).await?))
}

fn tagged(hotel: &Hotel) -> Response {
    let view = TermsView::from(hotel);
    let etag = format!("\"{}\"", view.version);
    ([(header::ETAG, etag)], Json(view)).into_response()
}
