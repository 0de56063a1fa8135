//! Watches over the bar below the booking form: how long its nights are still held, by the server's time. It counts on the
//! page's steady clock, asks the server again before it says anything, and holds longer when the guest asks for it, on one
//! key. The bar itself is the page's; what changes of it is its state, two texts and what a screen reader is told.

use leptos::prelude::*;

use crate::messages::Locale;

/// `action` is where nights are held, `key` the form's.
#[island]
pub fn HoldWatch(locale: Locale, action: String, key: String, seconds_left: u32) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    {
        let mut start = Some((action, key));
        Effect::new(move || {
            if let Some((action, key)) = start.take() {
                browser::start(locale, action, key, seconds_left, said);
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (locale, action, key, seconds_left);
    view! { <p class="visually-hidden" role="status">{said}</p> }
}

/// `14:05`.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "it counts in the browser"))]
fn minutes_and_seconds(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Element, Headers, HtmlElement, RequestInit, Response};

    use super::minutes_and_seconds;
    use crate::messages::guest::hold as texts;
    use crate::messages::{Locale, format};
    use crate::wire::hold::{HoldClock, WARN_SECONDS};

    /// When it is said how long is left: in good time, and not so often that it disturbs. And at the end.
    const SAID_AT_SECONDS: [u32; 4] = [300, WARN_SECONDS, 60, 0];

    /// The server is asked this often in any case: a laptop may have slept, the desk may have acted.
    const ASK_EVERY_SECONDS: u32 = 60;

    /// What tells the browser's other tabs that a hold was renewed.
    const RENEWED: &str = "vacancy.hold.renewed";

    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Call {
        Ask,
        AskAndSay,
        Renew,
    }

    struct Watch {
        locale: Locale,
        action: String,
        key: String,
        said: RwSignal<String>,
        bar: Element,
        button: HtmlElement,
        /// When the hold ends, on the page's clock.
        end_ms: Cell<f64>,
        left: Cell<u32>,
        is_over: Cell<bool>,
        is_renewing: Cell<bool>,
        /// The button is an ordinary button of the form again.
        is_plain: Cell<bool>,
    }

    pub(super) fn start(locale: Locale, action: String, key: String, seconds_left: u32, said: RwSignal<String>) {
        let by_id = |id: &str| document().get_element_by_id(id);
        let button = by_id("renew").and_then(|button| button.dyn_into::<HtmlElement>().ok());
        let (Some(bar), Some(button)) = (by_id("hold"), button) else { return };
        let watch = Rc::new(Watch {
            locale,
            action,
            key,
            said,
            bar,
            button,
            // The page's clock began before the server wrote down how long was left, so it never promises too much.
            end_ms: Cell::new(f64::from(seconds_left) * 1000.0),
            left: Cell::new(seconds_left),
            is_over: Cell::new(false),
            is_renewing: Cell::new(false),
            is_plain: Cell::new(false),
        });
        watch.count();
        let _ = watch.bar.set_attribute("data-counts", "");
        // The page may be an old copy out of the browser's history.
        watch.call(Call::Ask);
        let ticking = Rc::clone(&watch);
        let ticks = Cell::new(0_u32);
        set_interval(move || ticking.tick(&ticks), Duration::from_secs(1));
        for event in ["visibilitychange", "pageshow", "focus", "storage"] {
            let watch = Rc::clone(&watch);
            listen(event, move |_| {
                if !document().hidden() {
                    watch.call(Call::Ask);
                }
            });
        }
        let pressed = Rc::clone(&watch);
        listen("keydown", move |event| {
            let read = |name: &str| js_sys::Reflect::get(&event, &name.into()).ok();
            if read("key").and_then(|key| key.as_string()).as_deref() == Some("F2") {
                event.prevent_default();
                pressed.button.click();
            }
        });
        listen("click", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
            let is_ours = target.is_some_and(|target| watch.button.contains(Some(&target)));
            if is_ours && !watch.is_plain.get() {
                event.prevent_default();
                if !watch.bar.has_attribute("data-used-up") && !watch.is_renewing.replace(true) {
                    watch.call(Call::Renew);
                }
            }
        });
    }

    /// One kind of listener for all, for as long as the page is there.
    fn listen(event: &'static str, hear: impl Fn(web_sys::Event) + 'static) {
        let hear: Box<dyn Fn(web_sys::Event)> = Box::new(hear);
        drop(window_event_listener_untyped(event, hear));
    }

    fn put(id: &str, text: &str) {
        if let Some(place) = document().get_element_by_id(id) {
            place.set_text_content(Some(text));
        }
    }

    impl Watch {
        fn tick(self: &Rc<Self>, ticks: &Cell<u32>) {
            if self.is_over.get() {
                return;
            }
            let before = self.left.get();
            self.count();
            let now = self.left.get();
            ticks.set(ticks.get() + 1);
            if SAID_AT_SECONDS.into_iter().any(|at| before > at && now <= at) {
                self.call(Call::AskAndSay);
            } else if ticks.get().is_multiple_of(ASK_EVERY_SECONDS) {
                self.call(Call::Ask);
            }
        }

        /// Shows what is left on the page's clock.
        fn count(&self) {
            let seconds = ((self.end_ms.get() - page_ms()) / 1000.0).ceil().clamp(0.0, 1e6);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just above")]
            let seconds = seconds as u32;
            self.left.set(seconds);
            put("hold-clock", &minutes_and_seconds(seconds));
            self.set_state(if seconds > WARN_SECONDS { "held" } else { "warn" });
        }

        fn set_state(&self, state: &str) {
            if !self.is_over.get() {
                let _ = self.bar.set_attribute("data-state", state);
            }
        }

        fn call(self: &Rc<Self>, call: Call) {
            if !self.is_over.get() {
                spawn_local(Rc::clone(self).carry_out(call));
            }
        }

        async fn carry_out(self: Rc<Self>, call: Call) {
            let asked_ms = page_ms();
            let answer = self.fetch(call == Call::Renew).await;
            match &answer {
                Ok(clock) => {
                    self.end_ms.set(asked_ms + f64::from(clock.seconds_left) * 1000.0);
                    put("hold-until", &texts::held_until(self.locale, &clock.until));
                    if clock.extensions_left == 0 {
                        let _ = self.bar.set_attribute("data-used-up", "");
                    }
                }
                Err(_) if call == Call::Renew => {
                    // Sent again as a plain form, and the server explains.
                    self.is_plain.set(true);
                    self.is_renewing.set(false);
                    self.button.click();
                    return;
                }
                Err(_) => {}
            }
            self.is_renewing.set(self.is_renewing.get() && call != Call::Renew);
            self.count();
            match (call, self.left.get(), answer) {
                (_, 0, _) => self.end(),
                (Call::Renew, _, Ok(clock)) => {
                    self.said.set(texts::said_renewed(self.locale, &clock.until));
                    // The other tabs hear that there is something to ask for; the number makes it news each time.
                    if let Ok(Some(storage)) = window().local_storage() {
                        let _ = storage.set_item(RENEWED, &asked_ms.to_string());
                    }
                }
                // Renewed in another tab meanwhile, there is nothing to warn of.
                (Call::AskAndSay, left, _) if left <= SAID_AT_SECONDS[0] => {
                    let time = match left {
                        0..=60 => format::seconds(self.locale, left),
                        _ => format::minutes(self.locale, left.div_ceil(60)),
                    };
                    self.said.set(texts::said_left(self.locale, &time));
                }
                _ => {}
            }
        }

        fn end(&self) {
            if !self.is_over.get() {
                self.set_state("over");
                self.is_over.set(true);
                let (title, text) = (texts::over_title(self.locale), texts::over_text(self.locale));
                self.said.set([title, ". ", text].concat());
            }
        }

        async fn fetch(&self, renews: bool) -> Result<HoldClock, JsValue> {
            let Self { action, key, .. } = self;
            let headers = Headers::new()?;
            headers.set("accept", "application/json")?;
            let request = RequestInit::new();
            let path = if renews {
                headers.set("content-type", "application/x-www-form-urlencoded")?;
                request.set_method("POST");
                request.set_body(&["key=", key].concat().into());
                [action, "/extend"].concat()
            } else {
                [action, "?key=", key].concat()
            };
            request.set_headers(&headers);
            let answer = JsFuture::from(window().fetch_with_str_and_init(&path, &request)).await?;
            let answer: Response = answer.dyn_into()?;
            let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
            serde_json::from_str(&text).map_err(|_| JsValue::NULL)
        }
    }

    /// Milliseconds since the page was asked for, on a clock that nobody sets.
    fn page_ms() -> f64 {
        let read = || {
            let performance = js_sys::Reflect::get(&window(), &"performance".into()).ok()?;
            let now: js_sys::Function = js_sys::Reflect::get(&performance, &"now".into()).ok()?.dyn_into().ok()?;
            now.call0(&performance).ok()?.as_f64()
        };
        read().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::minutes_and_seconds;

    #[test]
    fn the_time_left_reads_like_a_clock() {
        assert_eq!(minutes_and_seconds(900), "15:00");
        assert_eq!(minutes_and_seconds(61), "1:01");
        assert_eq!(minutes_and_seconds(0), "0:00");
    }
}
