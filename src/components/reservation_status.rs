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
) -> impl IntoView {
    view! {
        <div class="standing">
            <div class="row row--apart">
                <p class="ticket__code">{code}</p>
                {move || view! { <StatusBadge locale status=status.get() /> }}
            </div>
            <p class="standing__text">{move || reservation::status_text(locale, status.get())}</p>
            {move || view! { <Progress locale status=status.get() /> }}
        </div>
    }
}
