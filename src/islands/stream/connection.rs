//! The stream itself: an event source that is opened again, after a pause that grows, for as long as it is wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::StreamExt as _;
use futures_util::stream::{SelectAll, select_all};
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::{EventSource, EventSourceSubscription};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Event;

const LONGEST_PAUSE_MS: i32 = 30_000;

/// What comes from a connection.
pub enum Sign {
    Open,
    Lost,
    Event(Event),
}

/// Dropped, it is closed.
pub struct Connection {
    source: Rc<RefCell<Option<EventSource>>>,
    is_over: Rc<Cell<bool>>,
}

impl Connection {
    /// `address` gives where to connect, anew for each time; `take` gets what comes.
    pub fn open(
        address: impl Fn() -> String + 'static,
        names: &'static [&'static str],
        take: impl Fn(Sign) + 'static,
    ) -> Self {
        let this = Self { source: Rc::default(), is_over: Rc::default() };
        let (source, is_over) = (Rc::clone(&this.source), Rc::clone(&this.is_over));
        spawn_local(async move {
            let mut failures = 0;
            while !is_over.get() {
                if let Some(mut events) = connect(&address(), names, &source) {
                    while let Some(Ok((name, event))) = events.next().await {
                        if is_over.get() {
                            return;
                        }
                        match name.as_str() {
                            "open" => {
                                failures = 0;
                                take(Sign::Open);
                            }
                            "error" => {
                                take(Sign::Lost);
                                let state = source.borrow().as_ref().map(EventSource::state);
                                if matches!(state, None | Some(State::Closed)) {
                                    break;
                                }
                            }
                            _ => take(Sign::Event(Event {
                                name,
                                id: event.last_event_id(),
                                data: event.data().as_string().unwrap_or_default(),
                                missed: false,
                            })),
                        }
                    }
                }
                if !is_over.get() {
                    source.take();
                    take(Sign::Lost);
                    pause(pause_ms(failures)).await;
                    failures += 1;
                }
            }
        });
        this
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.is_over.set(true);
        // Closing it also wakes whoever waits for its next event.
        self.source.take();
    }
}

fn connect(
    url: &str,
    names: &[&str],
    kept: &RefCell<Option<EventSource>>,
) -> Option<SelectAll<EventSourceSubscription>> {
    let mut source = EventSource::new(url).ok()?;
    let events: Result<Vec<_>, _> =
        ["open", "error", "reset"].iter().chain(names).map(|name| source.subscribe(*name)).collect();
    kept.replace(Some(source));
    events.ok().map(select_all)
}

/// Doubles from half a second, with a share of chance so that not all browsers come back at once.
fn pause_ms(failures: u32) -> i32 {
    let longest = 500_i32.saturating_mul(1 << failures.min(8)).min(LONGEST_PAUSE_MS);
    let share = 0.5 + js_sys::Math::random() / 2.0;
    #[allow(clippy::cast_possible_truncation, reason = "at most LONGEST_PAUSE_MS")]
    let ms = (f64::from(longest) * share) as i32;
    ms
}

async fn pause(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _: Result<JsValue, JsValue> = JsFuture::from(promise).await;
}
