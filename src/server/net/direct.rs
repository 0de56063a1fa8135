//! A stream written straight to its socket. Once a stream response is known, hyper's connection with its buffers is of
//! no more use: it is dropped. A small task writes the head and what has been missed; then the hub's shard writes the
//! shared frames as they are, one write for all that is new, and this task sleeps until the socket does not take them,
//! the client leaves, or the stream ends. The body ends with the connection (RFC 9112, 6.3): no chunk framing.

use std::future::poll_fn;
use std::io::{self, Write as _};
use std::task::{Context, Poll, ready};

use axum::http::header::{CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use bytes::{Buf as _, Bytes};

use super::connection::Connection;
use crate::server::clock::{Clock as _, SystemClock};
use crate::server::hub::{StreamOffer, Subscription};

/// A stream to go on with without hyper.
#[derive(Debug)]
pub(super) struct DirectStream {
    head: Bytes,
    subscription: Subscription,
}

impl DirectStream {
    /// Takes the stream out of a response, if it is one and nothing has re-encoded it.
    pub(super) fn take(method: &Method, response: &mut Response) -> Option<Self> {
        let offer = response.extensions_mut().remove::<StreamOffer>()?;
        let plain = !response.headers().contains_key(CONTENT_ENCODING);
        if method != Method::GET || response.status() != StatusCode::OK || !plain {
            return None;
        }
        let subscription = offer.take()?;
        Some(Self { head: render_head(response.headers()), subscription })
    }

    /// Writes until the stream ends, the client leaves, or the connection is cut.
    pub(super) async fn run(mut self, connection: &Connection) {
        self.subscription.write_directly();
        let mut ended = false;
        let mut unsent = std::mem::take(&mut self.head);
        // Errors are clients that went away.
        let _: io::Result<()> = poll_fn(|cx| {
            // Before looking at the flag: whoever sets it wakes after.
            connection.listen(cx.waker());
            if connection.is_cut() {
                return Poll::Ready(Ok(()));
            }
            if let Poll::Ready(done) = self.poll_write(connection, &mut unsent, &mut ended, cx) {
                return Poll::Ready(done);
            }
            poll_gone(connection, cx)
        })
        .await;
    }

    fn poll_write(
        &mut self,
        connection: &Connection,
        unsent: &mut Bytes,
        ended: &mut bool,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            while !unsent.is_empty() {
                let written = ready!(connection.poll_send(cx, |stream| stream.try_write(unsent)))?;
                unsent.advance(written);
            }
            if *ended {
                return Poll::Ready(connection.finish());
            }
            match ready!(self.subscription.poll_chunk(cx)) {
                Some(chunk) => *unsent = chunk,
                None => *ended = true,
            }
        }
    }
}

/// Notices a client that leaves. What it may say is not listened to: the connection ends with the stream.
fn poll_gone(connection: &Connection, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    let mut ignored = [0; 64];
    loop {
        match ready!(connection.poll_receive(cx, |stream| stream.try_read(&mut ignored))) {
            Ok(0) => return Poll::Ready(Ok(())),
            Ok(_) => {}
            Err(error) => return Poll::Ready(Err(error)),
        }
    }
}

fn render_head(headers: &HeaderMap) -> Bytes {
    let mut head = Vec::with_capacity(256);
    head.extend_from_slice(b"HTTP/1.1 200 OK\r\n");
    for (name, value) in headers {
        if [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name) {
            continue;
        }
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    if !headers.contains_key(DATE)
        && let Some(date) = http_date()
    {
        // Writing into a vector cannot fail.
        let _ = write!(head, "date: {date}\r\n");
    }
    head.extend_from_slice(b"connection: close\r\n\r\n");
    Bytes::from(head)
}

/// The machine's time, as hyper puts it into every other answer.
fn http_date() -> Option<String> {
    let now = jiff::Timestamp::from_millisecond(SystemClock.now().unix_ms()).ok()?;
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now).ok()
}
