//! Following a stream of the server: what has happened since the page was rendered, without a gap, and an honest word on
//! how live it is. On the server there is nothing to follow.

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

/// Follows `path` from `after` (`EPOCH-SEQ`) for as long as the page is shown, and tells how live it is. `on_event` gets
/// each event of `names`, in order, once. After a `reset` the page is stale: what came in between is not known.
pub fn follow(
    path: String,
    after: String,
    names: &'static [&'static str],
    on_event: impl Fn(Event) + 'static,
) -> ReadSignal<LiveState> {
    let (state, set_state) = signal(LiveState::Still);
    #[cfg(feature = "hydrate")]
    Effect::new({
        let on_event = std::rc::Rc::new(on_event);
        move || browser::start(path.clone(), after.clone(), names, on_event.clone(), set_state)
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (path, after, names, on_event, set_state);
    state
}

/// Whether the page goes on listening while nobody looks at it, such as the one that sounds for all.
#[cfg(feature = "hydrate")]
pub fn listen_when_hidden(listens: bool) {
    browser::LISTENS_WHEN_HIDDEN.set(listens);
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::future::poll_fn;
    use std::rc::Rc;
    use std::task::{Poll, Waker};

    use futures_util::StreamExt as _;
    use futures_util::stream::{SelectAll, select_all};
    use gloo_net::eventsource::State;
    use gloo_net::eventsource::futures::{EventSource, EventSourceSubscription};
    use leptos::prelude::*;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::MessageEvent;

    use super::Event;
    use crate::components::LiveState;

    /// Without a connection for this long, what the page shows may be wrong.
    const STALE_AFTER_MS: f64 = 30_000.0;
    const LONGEST_PAUSE_MS: i32 = 30_000;
    /// What comes this soon after the connection is back has happened before.
    const CATCHING_UP_MS: f64 = 1_500.0;

    /// A browser has six connections for a server (HTTP/1.1), and tabs that nobody looks at must not use them up. After
    /// so long a hidden page lets go, and goes on where it was when it is looked at again.
    const HIDDEN_FOR_MS: f64 = 60_000.0;

    thread_local! {
        pub(super) static LISTENS_WHEN_HIDDEN: Cell<bool> = const { Cell::new(false) };
    }

    struct Follower {
        path: String,
        last_id: RefCell<String>,
        source: RefCell<Option<EventSource>>,
        /// The page is put away: back/forward cache, hidden for long, or going.
        away: Cell<bool>,
        hidden_since_ms: Cell<Option<f64>>,
        /// Wakes the follower from whatever it waits for.
        waker: Cell<Option<Waker>>,
        /// What came in between is lost, until the page is read again.
        was_reset: Cell<bool>,
        lost_at_ms: Cell<Option<f64>>,
        has_been_open: Cell<bool>,
        catches_up_until_ms: Cell<f64>,
        set_state: WriteSignal<LiveState>,
    }

    pub(super) fn start(
        path: String,
        after: String,
        names: &'static [&'static str],
        on_event: Rc<impl Fn(Event) + 'static>,
        set_state: WriteSignal<LiveState>,
    ) {
        let follower = Rc::new(Follower {
            path,
            last_id: RefCell::new(after),
            source: RefCell::new(None),
            away: Cell::new(false),
            hidden_since_ms: Cell::new(None),
            waker: Cell::new(None),
            was_reset: Cell::new(false),
            lost_at_ms: Cell::new(Some(js_sys::Date::now())),
            has_been_open: Cell::new(false),
            catches_up_until_ms: Cell::new(0.0),
            set_state,
        });
        let leaving = Rc::clone(&follower);
        drop(window_event_listener_untyped("pagehide", move |_| {
            leaving.put_away();
        }));
        let back = Rc::clone(&follower);
        drop(window_event_listener_untyped("pageshow", move |_| back.take_out()));
        let looked_at = Rc::clone(&follower);
        drop(window_event_listener_untyped("visibilitychange", move |_| looked_at.mind_visibility()));
        let watched = Rc::clone(&follower);
        let watch = move || {
            watched.mind_visibility();
            watched.judge();
        };
        // The page outlives its islands only by being closed, so the interval is never cleared.
        drop(set_interval_with_handle(watch, std::time::Duration::from_secs(1)));
        spawn_local(async move { follower.run(names, &*on_event).await });
    }

    impl Follower {
        async fn run(&self, names: &'static [&'static str], on_event: &impl Fn(Event)) {
            let mut failures = 0;
            loop {
                if self.away.get() {
                    self.until_back().await;
                    failures = 0;
                }
                if let Some(mut events) = self.connect(names) {
                    while let Some((name, event)) = self.next(&mut events).await {
                        match name.as_str() {
                            "open" => {
                                failures = 0;
                                self.lost_at_ms.set(None);
                                if self.has_been_open.replace(true) {
                                    self.catches_up_until_ms.set(js_sys::Date::now() + CATCHING_UP_MS);
                                }
                            }
                            "error" => {
                                self.lost();
                                let is_over =
                                    self.source.borrow().as_ref().is_none_or(|source| source.state() == State::Closed);
                                if is_over {
                                    break;
                                }
                            }
                            _ => self.heard(
                                Event {
                                    name,
                                    id: event.last_event_id(),
                                    data: event.data().as_string().unwrap_or_default(),
                                    missed: js_sys::Date::now() < self.catches_up_until_ms.get(),
                                },
                                on_event,
                            ),
                        }
                        self.judge();
                    }
                    self.source.borrow_mut().take();
                }
                self.lost();
                self.judge();
                if !self.away.get() {
                    pause(pause_ms(failures)).await;
                    failures += 1;
                }
            }
        }

        /// The next event; none when the connection is over or was let go.
        async fn next(&self, events: &mut SelectAll<EventSourceSubscription>) -> Option<(String, MessageEvent)> {
            poll_fn(|cx| {
                self.waker.set(Some(cx.waker().clone()));
                if self.source.borrow().is_none() {
                    return Poll::Ready(None);
                }
                events.poll_next_unpin(cx).map(|event| event.and_then(Result::ok))
            })
            .await
        }

        async fn until_back(&self) {
            poll_fn(|cx| {
                self.waker.set(Some(cx.waker().clone()));
                if self.away.get() { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
        }

        fn put_away(&self) {
            self.away.set(true);
            self.source.borrow_mut().take();
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }

        fn take_out(&self) {
            self.away.set(false);
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }

        /// Lets go when nobody has looked for long, and goes on when somebody looks or must hear.
        fn mind_visibility(&self) {
            let is_free_to_rest = document().hidden() && !LISTENS_WHEN_HIDDEN.get();
            let now_ms = js_sys::Date::now();
            match (is_free_to_rest, self.hidden_since_ms.get()) {
                (true, None) => self.hidden_since_ms.set(Some(now_ms)),
                (true, Some(since_ms)) if now_ms - since_ms > HIDDEN_FOR_MS && !self.away.get() => self.put_away(),
                (false, Some(_)) => {
                    self.hidden_since_ms.set(None);
                    self.take_out();
                }
                _ => {}
            }
        }

        fn connect(&self, names: &[&str]) -> Option<SelectAll<EventSourceSubscription>> {
            let joint = if self.path.contains('?') { '&' } else { '?' };
            let url = format!("{}{joint}after={}", self.path, self.last_id.borrow());
            let mut source = EventSource::new(&url).ok()?;
            let events: Result<Vec<_>, _> =
                ["open", "error", "reset"].iter().chain(names).map(|name| source.subscribe(*name)).collect();
            *self.source.borrow_mut() = Some(source);
            events.ok().map(select_all)
        }

        fn heard(&self, event: Event, on_event: &impl Fn(Event)) {
            if event.id == *self.last_id.borrow() {
                return;
            }
            self.last_id.replace(event.id.clone());
            if event.name == "reset" {
                self.was_reset.set(true);
            } else {
                on_event(event);
            }
        }

        fn lost(&self) {
            if self.lost_at_ms.get().is_none() {
                self.lost_at_ms.set(Some(js_sys::Date::now()));
            }
        }

        fn judge(&self) {
            let state = match self.lost_at_ms.get() {
                _ if self.was_reset.get() => LiveState::Stale,
                None => LiveState::Live,
                Some(since_ms) if js_sys::Date::now() - since_ms > STALE_AFTER_MS => LiveState::Stale,
                Some(_) => LiveState::Reconnecting,
            };
            self.set_state.maybe_update(|shown| core::mem::replace(shown, state) != state);
        }
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
}
