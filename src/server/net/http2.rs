//! HTTP/2 without TLS, by prior knowledge: for a proxy that carries many clients over one connection. Streams go through
//! hyper here. A client of the proxy that stops reading holds what its flow control window lets through and a place in
//! the order, nothing more; the connection is not cut for it, since others share it.

use std::convert::Infallible;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::ReadBuf;
use tower::Service as _;

use super::connection::Connection;
use super::serve::{Guest, drive};

/// How a client of HTTP/2 begins (RFC 9113, 3.4). No method of HTTP/1.1 is called so.
const PREFACE: &[u8; 4] = b"PRI ";

/// Streams of events are long, and a proxy carries many.
const REQUESTS_AT_ONCE_MAX: u32 = 1000;
const SEND_BUFFER_BYTES: usize = 64 * 1024;

/// A peer that does not answer a ping is gone.
const PING_EVERY: Duration = Duration::from_secs(30);

/// Whether the client speaks HTTP/2; the bytes stay to be read.
pub(super) fn poll_is_spoken(connection: &Connection, cx: &mut Context<'_>) -> Poll<std::io::Result<bool>> {
    let mut seen = [0; PREFACE.len()];
    let mut seen = ReadBuf::new(&mut seen);
    ready!(connection.poll_peek(cx, &mut seen))?;
    Poll::Ready(Ok(seen.filled() == PREFACE))
}

pub(super) async fn serve_requests(connection: &Connection, router: Router, guest: &Guest) {
    let peer = connection.peer();
    let requests = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(request)
    });
    let http = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(REQUESTS_AT_ONCE_MAX)
        .max_send_buf_size(SEND_BUFFER_BYTES)
        .keep_alive_interval(PING_EVERY)
        .serve_connection(TokioIo::new(connection.socket()), requests);
    drive(connection, guest, Box::pin(http), |http| http.as_mut().graceful_shutdown(), || None::<Infallible>).await;
}
