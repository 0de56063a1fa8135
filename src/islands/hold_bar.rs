//! Below the booking form: how long its nights are still held, by the server's time. It counts on the page's steady clock,
//! asks the server again before it says anything, and holds longer when the guest asks for it, on one key.

use leptos::prelude::*;

use crate::messages::Locale;
use crate::messages::guest::hold as texts;
use crate::wire::hold::HoldClock;

/// From here on the end is near, and the button to renew stands out.
const WARN_SECONDS: u32 = 120;

/// `action` is where nights are held; `key` and `form` are the form's. Until it is alive it says when the hold ends, and
/// its buttons are the form's own.
#[island]
pub fn HoldBar(locale: Locale, action: String, key: String, form: String, clock: HoldClock) -> impl IntoView {
    let left = RwSignal::new(clock.seconds_left);
    let counts = RwSignal::new(false);
    let is_over = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let clock = RwSignal::new(clock);
    let state = move || match left.get() {
        _ if is_over.get() => "over",
        0..=WARN_SECONDS => "warn",
        _ => "held",
    };
    let is_warning = move || state() == "warn";
    let can_renew = move || !is_over.get() && clock.with(|clock| clock.extensions_left > 0);
    let until = move || texts::held_until(locale, &clock.with(|clock| clock.until.clone()));
    let over = move |text: &'static str| move || if is_over.get() { text } else { "" };
    #[cfg(feature = "hydrate")]
    let press = {
        let address = StoredValue::new((action.clone(), key));
        let bar = browser::Bar { locale, address, end_ms: StoredValue::new(0.0), left, counts, is_over, said, clock };
        Effect::new(move || bar.start());
        move |event: leptos::ev::MouseEvent| bar.renew(&event)
    };
    #[cfg(not(feature = "hydrate"))]
    let press = {
        let _ = key;
        move |_: leptos::ev::MouseEvent| ()
    };
    view! {
        <section class="hold-bar" id="hold" data-state=state aria-label=texts::label(locale)>
            <div class="hold-bar__words" hidden=move || is_over.get()>
                <p>
                    <strong>{until}</strong>
                    " "
                    <span class="muted small">{texts::hotel_time(locale)}</span>
                </p>
                <p class="hold-bar__left" hidden=move || !counts.get()>
                    <span class="small">{texts::time_left(locale)}</span>
                    <span class="hold-bar__clock" role="timer">
                        {move || if counts.get() { minutes_and_seconds(left.get()) } else { String::new() }}
                    </span>
                </p>
                <p class="hold-bar__warning" hidden=move || !is_warning()>
                    {move || if is_warning() { texts::soon_over(locale) } else { "" }}
                </p>
            </div>
            <div class="hold-bar__words" hidden=move || !is_over.get()>
                <p><strong>{over(texts::over_title(locale))}</strong></p>
                <p>{over(texts::over_text(locale))}</p>
            </div>
            <div class="hold-bar__acts">
                <button
                    class="button"
                    class:button--main=is_warning
                    type="submit"
                    id="renew"
                    form=form.clone()
                    formaction=format!("{action}/extend")
                    aria-keyshortcuts="F2"
                    hidden=move || !can_renew()
                    on:click=press
                >
                    {texts::renew(locale)}
                    <kbd hidden=move || !counts.get()>"F2"</kbd>
                </button>
                <p class="muted small" hidden=move || is_over.get() || can_renew()>{texts::used_up(locale)}</p>
                <button
                    class="button button--main"
                    type="submit"
                    form=form
                    formaction=action
                    hidden=move || !is_over.get()
                >
                    {texts::again(locale)}
                </button>
            </div>
            <p class="visually-hidden" role="status">{said}</p>
        </section>
    }
}

/// `14:05`.
fn minutes_and_seconds(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::ev::{KeyboardEvent, MouseEvent};
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Headers, HtmlElement, RequestInit, Response};

    use crate::messages::guest::hold as texts;
    use crate::messages::{Locale, format};
    use crate::wire::hold::HoldClock;

    /// When it is said how long is left: in good time, and not so often that it disturbs.
    const SAID_AT_SECONDS: [u32; 3] = [300, 120, 60];

    /// The server is asked this often in any case: a laptop may have slept, the desk may have acted.
    const ASK_EVERY_SECONDS: u32 = 60;

    /// What tells the browser's other tabs that a hold was renewed.
    const RENEWED: &str = "vacancy.hold.renewed";

    #[derive(Clone, Copy)]
    pub(super) struct Bar {
        pub locale: Locale,
        /// Where nights are held, and the form's key.
        pub address: StoredValue<(String, String)>,
        /// When the hold ends, on the page's clock.
        pub end_ms: StoredValue<f64>,
        pub left: RwSignal<u32>,
        pub counts: RwSignal<bool>,
        pub is_over: RwSignal<bool>,
        pub said: RwSignal<String>,
        pub clock: RwSignal<HoldClock>,
    }

    impl Bar {
        pub fn start(self) {
            let ask = move |announce: bool| {
                if !self.is_over.get_untracked() {
                    spawn_local(self.ask(announce));
                }
            };
            // The page's clock began before the server wrote down how long was left, so it never promises too much.
            self.end_in(0.0, self.clock.with_untracked(|clock| clock.seconds_left));
            self.counts.set(true);
            // The page may be an old copy out of the browser's history.
            ask(false);
            let ticks = StoredValue::new(0_u32);
            set_interval(
                move || {
                    let before = self.left.get_untracked();
                    self.count();
                    let now = self.left.get_untracked();
                    ticks.update_value(|ticks| *ticks += 1);
                    if SAID_AT_SECONDS.into_iter().chain([0]).any(|at| before > at && now <= at) {
                        ask(true);
                    } else if ticks.get_value().is_multiple_of(ASK_EVERY_SECONDS) {
                        ask(false);
                    }
                },
                Duration::from_secs(1),
            );
            for event in ["visibilitychange", "pageshow", "focus", "storage"] {
                drop(window_event_listener_untyped(event, move |_| {
                    if !document().hidden() {
                        ask(false);
                    }
                }));
            }
            drop(window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
                if event.key() == "F2" && !event.repeat() {
                    event.prevent_default();
                    if let Some(button) = renew_button().filter(|button| !button.hidden()) {
                        button.click();
                    }
                }
            }));
        }

        /// Shows what is left on the page's clock.
        fn count(self) {
            let seconds = ((self.end_ms.get_value() - page_ms()) / 1000.0).ceil().clamp(0.0, 1e6);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped just above")]
            self.left.maybe_update(|left| core::mem::replace(left, seconds as u32) != seconds as u32);
        }

        /// The server said so many seconds, and said it after `asked_ms`.
        fn end_in(self, asked_ms: f64, seconds: u32) {
            self.end_ms.set_value(asked_ms + f64::from(seconds) * 1000.0);
            self.count();
        }

        async fn ask(self, announce: bool) {
            let asked_ms = page_ms();
            let path = self.address.with_value(|(action, key)| format!("{action}?key={key}"));
            match fetch(&path, None).await {
                Ok(clock) => self.take(asked_ms, clock),
                Err(_) => self.count(),
            }
            match self.left.get_untracked() {
                0 => self.end(),
                // Renewed in another tab, there is nothing to warn of.
                left if announce && left <= SAID_AT_SECONDS[0] => {
                    let time = match left {
                        0..=60 => format::seconds(self.locale, left),
                        _ => format::minutes(self.locale, left.div_ceil(60)),
                    };
                    self.said.set(texts::said_left(self.locale, &time));
                }
                _ => {}
            }
        }

        fn take(self, asked_ms: f64, clock: HoldClock) {
            self.end_in(asked_ms, clock.seconds_left);
            if clock.seconds_left == 0 {
                self.end();
            } else {
                self.clock.maybe_update(|known| {
                    let is_news = (&known.until, known.extensions_left) != (&clock.until, clock.extensions_left);
                    *known = clock;
                    is_news
                });
            }
        }

        fn end(self) {
            if !self.is_over.get_untracked() {
                self.is_over.set(true);
                let (title, text) = (texts::over_title(self.locale), texts::over_text(self.locale));
                self.said.set(format!("{title}. {text}"));
            }
        }

        /// Renews without leaving the page. What goes wrong is sent again as a plain form, and the server explains.
        pub fn renew(self, event: &MouseEvent) {
            let Some(button) = renew_button() else { return };
            if button.get_attribute("data-plain").is_some() {
                return;
            }
            event.prevent_default();
            if button.get_attribute("aria-busy").is_some() {
                return;
            }
            let _ = button.set_attribute("aria-busy", "true");
            spawn_local(async move {
                let asked_ms = page_ms();
                let (action, key) = self.address.get_value();
                let answer = fetch(&format!("{action}/extend"), Some(&format!("key={key}"))).await;
                let _ = button.remove_attribute("aria-busy");
                let Ok(clock) = answer else {
                    let _ = button.set_attribute("data-plain", "");
                    button.click();
                    return;
                };
                if clock.seconds_left > 0 {
                    self.said.set(texts::said_renewed(self.locale, &clock.until));
                }
                self.take(asked_ms, clock);
                // The other tabs hear that there is something to ask for; the number makes it news each time.
                if let Ok(Some(storage)) = window().local_storage() {
                    let _ = storage.set_item(RENEWED, &asked_ms.to_string());
                }
            });
        }
    }

    fn renew_button() -> Option<HtmlElement> {
        document().get_element_by_id("renew")?.dyn_into().ok()
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

    async fn fetch(path: &str, form: Option<&str>) -> Result<HoldClock, JsValue> {
        let headers = Headers::new()?;
        headers.set("accept", "application/json")?;
        let request = RequestInit::new();
        if let Some(form) = form {
            headers.set("content-type", "application/x-www-form-urlencoded")?;
            request.set_method("POST");
            request.set_body(&form.into());
        }
        request.set_headers(&headers);
        let answer = JsFuture::from(window().fetch_with_str_and_init(path, &request)).await?;
        let answer: Response = answer.dyn_into()?;
        let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| JsValue::NULL)
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
