//! A step from a list without leaving the page: the same form, sent by the page itself. The answer puts the line where
//! it belongs now, and the way back is offered. Whatever goes wrong, the form is sent as a browser sends it, and the
//! server explains.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::Book;
use crate::domain::{Action, ReservationCode, RoomNumber};
use crate::islands::desk_row::DeskScene;
use crate::islands::desk_step::{done_words, told_of, undone_by};
use crate::messages::desk;

/// A step that was taken here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Done {
    action: Action,
    code: ReservationCode,
    name: Option<String>,
    room: Option<RoomNumber>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "steps are taken back in the browser"))]
    version: u32,
}

/// Takes over the forms below it.
#[cfg_attr(
    not(feature = "hydrate"),
    allow(clippy::needless_pass_by_value, unused_variables, reason = "not on the server")
)]
pub(super) fn submitted(event: SubmitEvent, book: Book, done: RwSignal<Option<Done>>) {
    #[cfg(feature = "hydrate")]
    browser::submitted(&event, book, done);
}

/// What was done last, with its way back.
#[component]
pub(super) fn DoneNotice(scene: Arc<DeskScene>, book: Book, done: RwSignal<Option<Done>>) -> impl IntoView {
    let locale = scene.locale;
    let told = move || {
        let Done { action, code, name, room, version } = done.get()?;
        let path = scene.reservation_path(code);
        let who = told_of(locale, action, name.unwrap_or_else(|| code.to_string()), room.as_ref());
        let undo = undone_by(action).map(|undo| {
            let path = path.clone();
            view! {
                <button
                    type="button"
                    class="button button--small"
                    on:click=move |_| take_back(path.clone(), undo, version, book, done)
                >
                    {desk::undo(locale)}
                </button>
            }
        });
        Some(view! {
            <div class="notice" data-tone="good">
                <p><strong>{done_words(locale, action)}</strong>" "<a href=path>{who}</a></p>
                {undo}
                <button type="button" class="button button--small" on:click=move |_| done.set(None)>
                    {desk::close(locale)}
                </button>
            </div>
        })
    };
    view! { <div class="done" role="status">{told}</div> }
}

#[cfg_attr(
    not(feature = "hydrate"),
    allow(clippy::needless_pass_by_value, unused_variables, reason = "not on the server")
)]
fn take_back(path: String, undo: Action, version: u32, book: Book, done: RwSignal<Option<Done>>) {
    #[cfg(feature = "hydrate")]
    browser::take_back(path, undo, version, book, done);
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev::SubmitEvent;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Headers, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit, Response};

    use super::{Book, Done};
    use crate::domain::Action;
    use crate::islands::desk_step::address;
    use crate::islands::signed_out::{heed, is_out};
    use crate::islands::slices::draw;
    use crate::wire::reservation::ReservationView;

    pub(super) fn submitted(event: &SubmitEvent, book: Book, done: RwSignal<Option<Done>>) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        let Some(path) = form.get_attribute("action") else { return };
        // Whatever suits best, where a room is given: the answer's line shows which.
        let step = path.rsplit('/').next().unwrap_or_default();
        let (action, gives_room) = (step.parse::<Action>().ok(), step == "assign");
        let Some(version) = version_of(&form).filter(|_| gives_room || action.is_some()) else { return };
        if action.is_some_and(|action| book.is_asked_about(&path, action)) {
            return;
        }
        event.prevent_default();
        if form.get_attribute("aria-busy").is_some() {
            return;
        }
        let _ = form.set_attribute("aria-busy", "true");
        // The stream may take the line away before the answer is here.
        let heading = heading_above(&form);
        spawn_local(async move {
            match post(&asking(&path, action), version).await {
                Ok(reservation) => {
                    if let Some(action) = action {
                        tell(done, action, &reservation);
                    }
                    book.take_in([&reservation]);
                    let _ = form.remove_attribute("aria-busy");
                    // After the lists, which draw when it is their turn.
                    draw(move || draw(move || keep_focus(heading)));
                }
                // Sent again as a plain form: the version keeps it from being done twice, and the page says why not.
                Err(_) if is_out() => {
                    let _ = form.remove_attribute("aria-busy");
                }
                Err(_) => {
                    let _ = form.submit();
                }
            }
        });
    }

    pub(super) fn take_back(path: String, undo: Action, version: u32, book: Book, done: RwSignal<Option<Done>>) {
        spawn_local(async move {
            let path = format!("{path}/{}", address(undo));
            match post(&path, version).await {
                Ok(reservation) => {
                    tell(done, undo, &reservation);
                    book.take_in([&reservation]);
                    // The button that had the focus went with what it took back.
                    let heading = document().query_selector("main section h2[tabindex]").ok().flatten();
                    let heading = heading.and_then(|heading| heading.dyn_into().ok());
                    draw(move || draw(move || keep_focus(heading)));
                }
                Err(_) if is_out() => {}
                Err(_) => send_as_form(&path, version),
            }
        });
    }

    /// As a browser sends a form: the version keeps the step from being taken twice, and the page says what is against it.
    fn send_as_form(path: &str, version: u32) {
        let Ok(form) = document().create_element("form") else { return };
        let form: HtmlFormElement = form.unchecked_into();
        form.set_method("post");
        form.set_action(path);
        form.set_inner_html(&format!(r#"<input type="hidden" name="version" value="{version}">"#));
        if let Some(body) = document().body()
            && body.append_child(&form).is_ok()
        {
            let _ = form.submit();
        }
    }

    impl Book {
        /// Who leaves before the booked day is asked about, and who does not come: the form is sent as a browser sends it.
        fn is_asked_about(self, path: &str, action: Action) -> bool {
            if action == Action::NoShow {
                return true;
            }
            let code = path.rsplit('/').nth(1).and_then(|code| code.parse().ok());
            let row = code.and_then(|code| self.line(code)).filter(|_| action == Action::CheckOut);
            row.is_some_and(|row| row.with_untracked(|row| row.departure > self.today))
        }
    }

    fn tell(done: RwSignal<Option<Done>>, action: Action, reservation: &ReservationView) {
        done.set(Some(Done {
            action,
            code: reservation.code,
            name: reservation.guest.as_ref().map(|guest| guest.name.clone()),
            room: reservation.room.clone(),
            version: reservation.version,
        }));
    }

    /// A guest who still owes something, comes too early or into a dirty room, or has no name yet is asked about: the
    /// server refuses, and asks when the form is sent.
    fn asking(path: &str, action: Option<Action>) -> String {
        match action {
            Some(Action::CheckOut) => format!("{path}?settled=true"),
            Some(Action::CheckIn) => format!("{path}?due=true&ready=true"),
            Some(Action::Confirm) => format!("{path}?named=true"),
            _ => path.to_owned(),
        }
    }

    fn version_of(form: &HtmlFormElement) -> Option<u32> {
        let input = form.query_selector("[name=version]").ok().flatten()?;
        input.dyn_into::<HtmlInputElement>().ok()?.value().parse().ok()
    }

    fn heading_above(form: &HtmlFormElement) -> Option<HtmlElement> {
        let list = form.closest("section").ok().flatten()?;
        list.query_selector("h2").ok().flatten()?.dyn_into().ok()
    }

    /// The line went, and the button that had the focus with it: the list's heading takes it.
    fn keep_focus(heading: Option<HtmlElement>) {
        let is_lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        if let Some(heading) = heading.filter(|_| is_lost) {
            let _ = heading.focus();
        }
    }

    async fn post(path: &str, version: u32) -> Result<ReservationView, JsValue> {
        let headers = Headers::new()?;
        headers.set("If-Match", &format!("\"{version}\""))?;
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_headers(&headers);
        let answer = JsFuture::from(window().fetch_with_str_and_init(&format!("/api/v1{path}"), &request)).await?;
        let answer: Response = answer.dyn_into()?;
        heed(answer.status());
        if !answer.ok() {
            return Err(JsValue::NULL);
        }
        let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
        serde_json::from_str(&text).map_err(|_| JsValue::NULL)
    }
}
