//! A subscription as an HTTP response: the portable transport, any HTTP version that hyper speaks. The response also
//! offers the subscription itself, so that a server that can write streams more cheaply may take it over.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body::Frame;

use super::locks::lock;
use super::subscription::Subscription;

/// Tells nginx and its like not to collect the stream before passing it on.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

#[derive(Debug)]
pub struct StreamBody {
    offer: StreamOffer,
    taken: Option<Subscription>,
}

/// In a stream response's extensions: whoever takes it first, the body or the server, drives the subscription.
#[derive(Clone)]
pub(crate) struct StreamOffer(Arc<Mutex<Option<Subscription>>>);

impl StreamOffer {
    pub(crate) fn take(&self) -> Option<Subscription> {
        lock(&self.0).take()
    }
}

impl fmt::Debug for StreamOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamOffer")
    }
}

impl StreamBody {
    pub fn new(subscription: Subscription) -> Self {
        Self { offer: StreamOffer(Arc::new(Mutex::new(Some(subscription)))), taken: None }
    }
}

impl http_body::Body for StreamBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.taken.is_none() {
            self.taken = self.offer.take();
        }
        let Some(subscription) = &mut self.taken else { return Poll::Ready(None) };
        subscription.poll_chunk(cx).map(|chunk| chunk.map(|bytes| Ok(Frame::data(bytes))))
    }
}

impl IntoResponse for StreamBody {
    fn into_response(self) -> Response {
        let offer = self.offer.clone();
        let mut response = Response::new(Body::new(self));
        response.extensions_mut().insert(offer);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_ACCEL_BUFFERING, HeaderValue::from_static("no"));
        response
    }
}
