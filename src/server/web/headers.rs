//! Headers every answer carries: what a browser may load, run, frame, send and keep.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Nothing but our own files; `wasm-unsafe-eval` lets WebAssembly compile and allows no other evaluation.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Adds the headers above, and `no-cache` to every page that does not say otherwise. Use with `middleware::from_fn`,
/// outermost, so that refusals carry them too.
pub async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let fields = response.headers_mut();
    for (name, value) in FIXED {
        fields.insert(name, HeaderValue::from_static(value));
    }
    let is_page = fields.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && !fields.contains_key(header::CACHE_CONTROL) {
        fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, http::Request, middleware, response::Html, routing::get};
    use tower::ServiceExt as _;

    async fn answer(path: &str) -> Response {
        let app = Router::new()
            .route("/page", get(|| async { Html("hello") }))
            .route("/text", get(|| async { "hello" }))
            .layer(middleware::from_fn(secure));
        app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn every_answer_carries_the_policy_a_refusal_too() {
        for path in ["/page", "/text", "/nowhere"] {
            let response = answer(path).await;
            let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "{path}");
            assert!(!policy.contains("unsafe-inline"), "{path}");
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        }
    }

    #[tokio::test]
    async fn a_page_is_asked_for_again_each_time() {
        assert_eq!(answer("/page").await.headers()[header::CACHE_CONTROL], "no-cache");
        assert!(!answer("/text").await.headers().contains_key(header::CACHE_CONTROL));
    }
}
