//! Staff sign in and out: an address and a password for a cookie.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::server::api_v1::extract::{ApiJson, ClientAddress};
use crate::server::error::AppError;
use crate::server::state::AppState;
use crate::server::web::session;
use crate::wire::desk::SignIn;
use crate::wire::problem::Problem;

/// Signs in. An unknown address and a wrong password get the same answer.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "desk", request_body = SignIn,
    responses(
        (status = 204, headers(("Set-Cookie" = String, description = "The session"))),
        (status = 401, description = "sign-in-refused", body = Problem),
        (status = 429, description = "too-soon, too-many-requests", body = Problem),
    ),
)]
pub async fn sign_in(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    ApiJson(request): ApiJson<SignIn>,
) -> Result<Response, AppError> {
    app.limits.sign_ins.check(address)?;
    let signed_in = app.staff.sign_in(&request.email, request.password, address).await?;
    let cookie = session::begin(app.cookies, &signed_in)
        .ok_or_else(|| AppError::Internal("a session token that no cookie can carry".into()))?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Signs out. Without a session it does nothing, and says so in the same way.
#[utoipa::path(delete, path = "/api/v1/session", tag = "desk", responses((status = 204)))]
pub async fn sign_out(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    if let Some(token_hash) = session::token_hash(app.cookies, &headers) {
        app.staff.sign_out(token_hash, address).await?;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session::end(app.cookies) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
