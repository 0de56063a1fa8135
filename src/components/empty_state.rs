//! A list with nothing in it says why, and what could be done.

use leptos::prelude::*;

#[component]
pub fn EmptyState(#[prop(into)] title: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            {children.map(|children| view! { <div class="empty__text">{children()}</div> })}
        </div>
    }
}
