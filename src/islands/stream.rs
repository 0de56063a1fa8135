//! Following a stream of the server: what has happened since the page was rendered, without a gap, and an honest word on
//! how live it is. On the server there is nothing to follow.
//!
//! `follower` is a tab's part in it, `connection` the stream itself, `channel` and `note` how tabs of one browser share
//! it, `place` the order that keeps them from missing or doubling anything, `batch` the pace at which a page takes it in.

#[cfg(feature = "hydrate")]
mod batch;
#[cfg(feature = "hydrate")]
mod channel;
#[cfg(feature = "hydrate")]
mod connection;
#[cfg(feature = "hydrate")]
mod follower;
#[cfg(any(feature = "hydrate", test))]
mod note;
pub mod place;

use leptos::prelude::*;

use crate::components::LiveState;

/// One event as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: String,
    /// It happened while the connection was lost, and is told only now.
    pub missed: bool,
}

/// Follows `path` from `after` (`EPOCH-SEQ`) for as long as the page is shown, and tells how live it is. Each event of
/// `names` is read as it comes, once and in order; `on_news` gets what was read, at most once a frame. After a `reset`
/// the page is stale: what came in between is not known.
pub fn follow<T: 'static>(
    path: String,
    after: String,
    names: &'static [&'static str],
    read: fn(&Event) -> Option<T>,
    on_news: impl Fn(Vec<T>) + 'static,
) -> ReadSignal<LiveState> {
    let (state, set_state) = signal(LiveState::Still);
    #[cfg(feature = "hydrate")]
    {
        let batch = batch::Batch::new(on_news);
        let take = move |event: &Event| {
            if let Some(news) = read(event) {
                batch.push(news);
            }
        };
        let mut start = Some((path, after, Box::new(take)));
        Effect::new(move || {
            if let Some((path, after, take)) = start.take() {
                follower::start(path, after, names, take, set_state);
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (path, after, names, read, on_news, set_state);
    state
}

/// Reads an event's data; none where this page is too old to understand it.
pub fn data<T: serde::de::DeserializeOwned>(event: &Event) -> Option<T> {
    serde_json::from_str(&event.data).ok()
}

/// Whether the page goes on listening while nobody looks at it, such as the one that sounds for all.
#[cfg(feature = "hydrate")]
pub fn listen_when_hidden(listens: bool) {
    follower::LISTENS_WHEN_HIDDEN.set(listens);
}
