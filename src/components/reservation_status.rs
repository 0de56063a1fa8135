//! Where a reservation stands: its code, its state as a badge, as steps, and in a sentence. Server page and live
//! island show it alike.

use leptos::prelude::*;

use super::{Progress, StatusBadge};
use crate::domain::Status;
use crate::messages::Locale;
use crate::messages::guest::reservation;

#[component]
pub fn ReservationStatus(
    locale: Locale,
    #[prop(into)] code: String,
    #[prop(into)] status: Signal<Status>,
    /// The guest may come: his room is clean and free.
    #[prop(into)]
    room_ready: Signal<bool>,
) -> impl IntoView {
    let is_ready = move || status.get() == Status::Confirmed && room_ready.get();
    let text = move || {
        if is_ready() { reservation::ready_text(locale) } else { reservation::status_text(locale, status.get()) }
    };
    view! {
        <div class="standing">
            <div class="row row--apart">
                <p class="ticket__code">{code}</p>
                {move || view! { <StatusBadge locale status=status.get() /> }}
            </div>
            <p class="standing__text">{text}</p>
            {move || view! { <Progress locale status=status.get() room_ready=is_ready() /> }}
        </div>
    }
}
