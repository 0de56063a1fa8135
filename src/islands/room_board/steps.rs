//! A tap on a room's button without leaving the page: the same form, sent by the page itself. Whatever goes wrong, the
//! form is sent as a browser sends it, and the server explains.

use leptos::ev::SubmitEvent;

use super::Board;
use crate::messages::Locale;

/// Takes over the forms below it that say how a room is.
#[cfg_attr(
    not(feature = "hydrate"),
    allow(clippy::needless_pass_by_value, unused_variables, reason = "not on the server")
)]
pub(super) fn submitted(event: SubmitEvent, locale: Locale, board: Board) {
    #[cfg(feature = "hydrate")]
    browser::submitted(&event, locale, board);
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev::SubmitEvent;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::{JsFuture, spawn_local};
    use web_sys::{Headers, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit, Response};

    use super::Board;
    use crate::domain::RoomNumber;
    use crate::islands::signed_out::{heed, is_out};
    use crate::messages::Locale;
    use crate::messages::desk::rooms as words;
    use crate::wire::room::{RoomToday, RoomView};

    pub(super) fn submitted(event: &SubmitEvent, locale: Locale, board: Board) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        let Some(path) = form.get_attribute("action") else { return };
        let mut parts = path.rsplit('/');
        let field = match parts.next() {
            Some("condition") => "condition",
            Some("note") => "note",
            _ => return,
        };
        let number: Option<RoomNumber> = parts.next().and_then(|number| number.parse().ok());
        let (Some(number), Some(value)) = (number, value_of(&form, field)) else { return };
        event.prevent_default();
        if form.get_attribute("aria-busy").is_some() {
            return;
        }
        let _ = form.set_attribute("aria-busy", "true");
        let body = serde_json::json!({ field: value }).to_string();
        let before = board.heard_of(&number);
        spawn_local(async move {
            let answer = post(&path, &body).await;
            if answer.is_err() && !is_out() {
                let _ = form.submit();
                return;
            }
            let _ = form.remove_attribute("aria-busy");
            let Ok(room) = answer else { return };
            board.said.set(words::now_so(locale, number.as_str(), said(locale, field, &room)));
            // Who hears of the room meanwhile knows better.
            if board.heard_of(&number) == before {
                board.take_answer(room);
            }
            if field == "note" {
                put_away(&form);
            }
        });
    }

    fn said(locale: Locale, field: &str, room: &RoomView) -> &'static str {
        if field == "note" { words::note_saved(locale) } else { words::condition(locale, &room.condition) }
    }

    impl Board {
        fn heard_of(self, number: &RoomNumber) -> u32 {
            self.heard.with_value(|heard| heard.get(number).copied().unwrap_or_default())
        }

        fn take_answer(self, room: RoomView) {
            if let Some(shown) = self.room(&room.number) {
                shown.update(|shown: &mut RoomToday| shown.room = room);
            }
        }
    }

    fn value_of(form: &HtmlFormElement, field: &str) -> Option<String> {
        let input = form.query_selector(&format!("[name={field}]")).ok().flatten()?;
        Some(input.dyn_into::<HtmlInputElement>().ok()?.value())
    }

    /// Closes what was opened for the form, and leaves the focus at its door.
    fn put_away(form: &HtmlFormElement) {
        let Some(details) = form.closest("details").ok().flatten() else { return };
        let _ = details.remove_attribute("open");
        let door =
            details.query_selector("summary").ok().flatten().and_then(|door| door.dyn_into::<HtmlElement>().ok());
        if let Some(door) = door {
            let _ = door.focus();
        }
    }

    async fn post(path: &str, body: &str) -> Result<RoomView, JsValue> {
        let headers = Headers::new()?;
        headers.set("content-type", "application/json")?;
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_headers(&headers);
        request.set_body(&JsValue::from_str(body));
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
