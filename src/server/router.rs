//! The route table: every address of the program, and what every request goes through on its way.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

use crate::server::api_v1;
use crate::server::config::Config;
use crate::server::error::{AppError, explain};
use crate::server::request_id::trace;
use crate::server::state::AppState;
use crate::server::web::{assets, desk, guest, headers};

/// The largest form or JSON body that is read.
const MOST_BODY_BYTES: usize = 64 * 1024;

/// How long an answer may take; streams take as long as they like.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) fn router(app: &AppState) -> Result<Router, ConfigError> {
    let answered = Router::new()
        .merge(api_v1::health())
        .merge(api_v1::routes(&app.config))
        .merge(assets::routes())
        .merge(guest::routes())
        .merge(desk::routes())
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(in_time))
                .layer(CompressionLayer::new().quality(CompressionLevel::Fastest)),
        );
    let routes = answered.merge(api_v1::streams(&app.config));

    // In one stack: each layer that the router is given by itself costs every request some boxes, and copies of all that
    // lies below. The first is the first to see a request.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn(headers::secure))
        .layer(middleware::from_fn_with_state(app.clone(), trace))
        .layer(middleware::from_fn_with_state(app.clone(), explain))
        .layer(csrf(&app.config)?)
        .map_response(|answer: Response<_>| answer.into_response())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES));
    Ok(routes.layer(layers).with_state(app.clone()))
}

/// Refuses changes that another site's page sends with the guest's or the staff's cookies. Clients that are no browser
/// send neither `Origin` nor `Sec-Fetch-Site` and pass. Behind a proxy `Host` may differ from what the browser sees, so
/// the public address is named.
fn csrf(config: &Config) -> Result<CsrfLayer<impl FnMut(ProtectionError) -> Response + Clone + use<>>, ConfigError> {
    let layer = CsrfLayer::new();
    let layer = match &config.public_url {
        Some(url) => layer.add_trusted_origin(url.as_str())?,
        None => layer,
    };
    Ok(layer.with_rejection_response(|_: ProtectionError| AppError::CrossSite.into_response()))
}

async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| AppError::TimedOut.into_response())
}

#[allow(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    AppError::Internal(text.unwrap_or_else(|| "a handler panicked".into())).into_response()
}
