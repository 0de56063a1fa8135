//! Where pop-ups appear: a corner that never covers the focus, and two empty live regions for a screen reader.

use leptos::prelude::*;

use super::Inner;

/// The frame; its children are `<article class="toast" data-kind=…>` and come from an island.
#[component]
pub fn ToastRegion(#[prop(into)] label: String, children: Inner) -> impl IntoView {
    view! {
        <section class="toasts" aria-label=label>
            {children.view()}
        </section>
    }
}
