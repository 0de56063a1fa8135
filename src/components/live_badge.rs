//! The badge that tells how true a live screen is. Never silently stale: without a connection it says so, and offers a
//! refresh that works without JavaScript.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::messages::Locale;
use crate::messages::guest;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LiveState {
    /// As the server rendered it: nothing listens yet, or nothing ever will.
    #[default]
    Still,
    Live,
    Reconnecting,
    Stale,
}

impl LiveState {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Still => "still",
            Self::Live => "live",
            Self::Reconnecting => "reconnecting",
            Self::Stale => "stale",
        }
    }

    pub const fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Still => guest::still(locale),
            Self::Live => guest::live(locale),
            Self::Reconnecting => guest::reconnecting(locale),
            Self::Stale => guest::stale(locale),
        }
    }

    /// Whether a reader who wants the truth has to ask for it.
    const fn offers_refresh(self) -> bool {
        matches!(self, Self::Still | Self::Stale)
    }
}

/// `href` is the page's own address, for the refresh.
#[component]
pub fn LiveBadge(locale: Locale, #[prop(into)] state: Signal<LiveState>, #[prop(into)] href: String) -> impl IntoView {
    view! {
        <p class="live-badge" data-state=move || state.get().as_str()>
            <span class="live-badge__words">{move || state.get().words(locale)}</span>
            <a class="live-badge__refresh" href=href hidden=move || !state.get().offers_refresh()>
                {guest::refresh(locale)}
            </a>
        </p>
    }
}
