//! The naive twin: what one would write first with the same framework, `axum::response::Sse` over a
//! `tokio::sync::broadcast` channel. One topic, no resume, no bounds on slow
//! readers.

use std::convert::Infallible;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::serve::ListenerExt as _;
use futures_util::stream::{Stream, unfold};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::Failure;
use crate::floor::data;

/// What may wait for a slow reader.
const CHANNEL: usize = 4096;

#[derive(Debug)]
struct Twin {
    published: AtomicU64,
    events: broadcast::Sender<(u64, Arc<str>)>,
}

pub fn serve() -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let twin = Arc::new(Twin { published: AtomicU64::new(0), events: broadcast::channel(CHANNEL).0 });
        let routes = Router::new().route("/events/0", get(follow)).route("/publish/0", post(publish)).with_state(twin);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        writeln!(io::stdout(), "listening at http://{}", listener.local_addr()?)?;
        let listener = listener.tap_io(|socket| {
            let _ = socket.set_nodelay(true);
        });
        axum::serve(listener, routes).await?;
        Ok(())
    })
}

async fn follow(State(twin): State<Arc<Twin>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let start = twin.published.load(Ordering::SeqCst);
    let opening = Event::default().retry(Duration::from_secs(3)).id(format!("twin-{start}"));
    let stream = unfold((Some(opening), twin.events.subscribe()), async |(opening, mut events)| {
        if let Some(opening) = opening {
            return Some((Ok(opening), (None, events)));
        }
        loop {
            match events.recv().await {
                Ok((number, data)) => {
                    let event = Event::default().id(format!("twin-{number}")).event("alert").data(&*data);
                    return Some((Ok(event), (None, events)));
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

async fn publish(State(twin): State<Arc<Twin>>) -> StatusCode {
    let number = twin.published.fetch_add(1, Ordering::SeqCst) + 1;
    // Nobody listens: nothing to do.
    let _ = twin.events.send((number, data(number).into()));
    StatusCode::NO_CONTENT
}
