//! A list with nothing in it says why, and what could be done.

use leptos::prelude::*;

use super::Inner;

#[component]
pub fn EmptyState(#[prop(into)] title: String, #[prop(optional)] children: Option<Inner>) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            {children.map(|inner| view! { <div class="empty__text">{inner.view()}</div> })}
        </div>
    }
}
