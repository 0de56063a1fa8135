//! A session that ends while a page of the desk is open: the page says so and leads to the door and back. Until whoever
//! sits here goes there, nothing is sent, so that what was typed stays.

use leptos::prelude::*;

use crate::islands::desk_feed::join;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk;

const DOOR: &str = "/desk/sign-in";

/// `as_of` is where the page's stream goes on.
#[island]
pub fn SignedOut(scene: DeskScene, as_of: String) -> impl IntoView {
    let locale = scene.locale;
    let (is_out, door) = (RwSignal::new(false), RwSignal::new(DOOR.to_owned()));
    let state = join(&scene.hotel, &as_of, |_| {});
    #[cfg(feature = "hydrate")]
    browser::start(format!("/api/v1/desk/{}/events", scene.hotel), state, is_out, door);
    #[cfg(not(feature = "hydrate"))]
    let _ = state;
    view! {
        <div class="notice signed-out" data-tone="bad" role="alert" hidden=move || !is_out.get()>
            <p><strong>{desk::signed_out(locale)}</strong>" "{desk::typed_is_kept(locale)}</p>
            <a class="button button--main" id="signed-out" href=move || door.get()>{desk::sign_in(locale)}</a>
        </div>
    }
}

#[cfg(feature = "hydrate")]
pub use browser::{heed, is_out};

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::Cell;
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::prelude::Closure;
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{HtmlElement, HtmlFormElement, RequestInit, Response, SubmitEvent};

    use super::DOOR;
    use crate::components::LiveState;

    /// An event source does not say why it fails, so it is asked this often while there is no connection.
    const ASKED_EVERY: Duration = Duration::from_secs(5);
    const UNAUTHORIZED: u16 = 401;

    thread_local! {
        static PAGE: Cell<Option<(RwSignal<bool>, RwSignal<String>)>> = const { Cell::new(None) };
    }

    pub(super) fn start(path: String, state: ReadSignal<LiveState>, is_out: RwSignal<bool>, door: RwSignal<String>) {
        PAGE.set(Some((is_out, door)));
        let path = StoredValue::new(path);
        let ask = move |state: LiveState| match state {
            LiveState::Still => {}
            LiveState::Live => is_out.set(false),
            LiveState::Reconnecting | LiveState::Stale => ask(path.get_value()),
        };
        Effect::new(move || ask(state.get()));
        Effect::new(move || {
            set_interval(move || ask(state.get_untracked()), ASKED_EVERY);
            hold_forms();
        });
    }

    /// Whether the page has said that its session is over.
    pub fn is_out() -> bool {
        PAGE.get().is_some_and(|(is_out, _)| is_out.get_untracked())
    }

    /// What an answer's status says of the session.
    pub fn heed(status: u16) {
        let Some((is_out, door)) = PAGE.get() else { return };
        let is_over = status == UNAUTHORIZED;
        if is_over {
            let location = window().location();
            let here = [location.pathname().unwrap_or_default(), location.search().unwrap_or_default()].concat();
            door.set(format!("{DOOR}?next={}", String::from(js_sys::encode_uri_component(&here))));
        }
        is_out.maybe_update(|shown| core::mem::replace(shown, is_over) != is_over);
    }

    fn ask(path: String) {
        spawn_local(async move {
            let request = RequestInit::new();
            request.set_method("HEAD");
            let answer = JsFuture::from(window().fetch_with_str_and_init(&path, &request)).await;
            if let Some(answer) = answer.ok().and_then(|answer| answer.dyn_into::<Response>().ok()) {
                heed(answer.status());
            }
        });
    }

    /// A form that was sent now would lead to the door, and what was typed would be gone.
    fn hold_forms() {
        let hold = Closure::<dyn FnMut(SubmitEvent)>::new(|event: SubmitEvent| {
            let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
            if is_out() && form.is_some_and(|form| form.method() == "post") {
                event.prevent_default();
                event.stop_propagation();
                let link = document().get_element_by_id("signed-out");
                if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
                    let _ = link.focus();
                }
            }
        });
        // Before any form's own listener.
        let hold = hold.into_js_value();
        let _ = window().add_event_listener_with_callback_and_bool("submit", hold.unchecked_ref(), true);
    }
}
