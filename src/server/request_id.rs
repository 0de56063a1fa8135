//! Each request has an id: in the log, in the answer's `X-Request-Id`, in the problem it may end with.

use std::fmt;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::server::state::AppState;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Gives the request its id and logs what came of it: method, the route (never the address itself, which may hold a
/// code, a name or a token), status, and how long it took.
pub async fn trace(State(app): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = RequestId(app.random.text::<8>().into());
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", %id);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    async move {
        let started_at = app.now();
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        let ms = app.now().unix_ms() - started_at.unix_ms();
        if status < 400 {
            tracing::debug!(%method, route, status, ms, "answered");
        } else {
            tracing::info!(%method, route, status, ms, "refused");
        }
        if let Ok(value) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(X_REQUEST_ID, value);
        }
        response
    }
    .instrument(span)
    .await
}
