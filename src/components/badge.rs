//! Small labels. A state is told by its word and its mark, never by its colour alone.

use leptos::prelude::*;

use super::{Inner, Tone};
use crate::domain::Status;
use crate::messages::Locale;
use crate::messages::guest::reservation;

#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Inner) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.as_str()>
            {children.view()}
        </span>
    }
}

/// A reservation's state.
#[component]
pub fn StatusBadge(locale: Locale, status: Status) -> impl IntoView {
    view! {
        <span class="badge badge--status" data-status=status.as_str()>
            {reservation::status(locale, status)}
        </span>
    }
}
