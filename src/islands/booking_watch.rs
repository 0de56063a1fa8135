//! Beside the booking form: says at once when the room goes while the guest types, and lets the form be sent once.

use leptos::prelude::*;

use crate::domain::{Date, HotelSlug};
use crate::islands::stream::{data, follow};
use crate::messages::Locale;
use crate::messages::guest::booking;
use crate::wire::availability::AvailabilityEvent;

/// `form` is the id of the form that is watched over; `nights` are what it books, `elsewhere` where another room is
/// chosen. Without nights there is nothing to watch: they are held.
#[island]
pub fn BookingWatch(
    locale: Locale,
    hotel: HotelSlug,
    as_of: String,
    room_type: String,
    nights: Vec<Date>,
    form: String,
    elsewhere: String,
) -> impl IntoView {
    let gone: RwSignal<Vec<Date>> = RwSignal::new(Vec::new());
    let sending = RwSignal::new(false);
    let path = format!("/api/v1/hotels/{hotel}/events");
    if !nights.is_empty() {
        let _state = follow(path, as_of, &["availability"], data, move |events: Vec<AvailabilityEvent>| {
            for cell in events.iter().flat_map(|event| &event.cells) {
                if cell.room_type.as_str() == room_type && nights.contains(&cell.date) {
                    gone.update(|gone| {
                        gone.retain(|night| *night != cell.date);
                        if cell.left == 0 {
                            gone.push(cell.date);
                        }
                    });
                }
            }
        });
    }
    #[cfg(feature = "hydrate")]
    Effect::new(move || browser::send_once(&form, sending));
    #[cfg(not(feature = "hydrate"))]
    let _ = form;
    let is_gone = move || !gone.read().is_empty();
    view! {
        <div class="booking-watch" role="status">
            <p class="notice notice--warn" hidden=move || !is_gone()>
                {move || if is_gone() { booking::just_sold_out(locale) } else { "" }}
                " "
                <a href=elsewhere>{booking::change_room(locale)}</a>
            </p>
            <p class="muted" hidden=move || !sending.get()>
                {move || if sending.get() { booking::sending(locale) } else { "" }}
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlButtonElement, SubmitEvent};

    /// A second click on "book" does nothing; coming back to the page makes it work again. The server would not book
    /// twice either: the form carries its key.
    pub(super) fn send_once(form_id: &str, sending: RwSignal<bool>) {
        let Some(form) = document().get_element_by_id(form_id) else { return };
        let button = form.query_selector("button[type=submit]").ok().flatten();
        let submitted = button.clone();
        let listener = wasm_bindgen::closure::Closure::<dyn FnMut(SubmitEvent)>::new(move |event: SubmitEvent| {
            // Its other buttons book nothing.
            if event.submitter().is_some_and(|button| button.has_attribute("formaction")) {
                return;
            }
            if sending.get_untracked() {
                event.prevent_default();
                return;
            }
            sending.set(true);
            set_busy(submitted.as_ref(), true);
        });
        let _ = form.add_event_listener_with_callback("submit", listener.as_ref().unchecked_ref());
        // Lives as long as the document does.
        listener.forget();
        drop(window_event_listener_untyped("pageshow", move |_| {
            sending.set(false);
            set_busy(button.as_ref(), false);
        }));
    }

    fn set_busy(button: Option<&Element>, busy: bool) {
        if let Some(button) = button.and_then(|button| button.dyn_ref::<HtmlButtonElement>()) {
            let _ = button.set_attribute("aria-busy", if busy { "true" } else { "false" });
        }
    }
}
