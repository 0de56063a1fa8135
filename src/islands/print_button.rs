//! A button that opens the browser's own print dialogue. Without a script it is not there.

use leptos::prelude::*;

use crate::messages::Locale;
use crate::messages::desk::sheets;

#[island]
pub fn PrintButton(locale: Locale) -> impl IntoView {
    let is_alive = RwSignal::new(false);
    Effect::new(move || is_alive.set(true));
    let print = move |_| {
        #[cfg(feature = "hydrate")]
        let _ = window().print();
    };
    view! {
        <button type="button" class="button button--main" hidden=move || !is_alive.get() on:click=print>
            {sheets::print(locale)}
        </button>
    }
}
