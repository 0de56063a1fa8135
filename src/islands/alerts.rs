//! What the desk hears: each new reservation, cancellation and ask of a guest as a pop-up, a chime and, where switched
//! on, a spoken sentence; a count in the tab's title; the list of what came while nobody listened.
//!
//! `line` puts an alert in words, `inbox` and `settings` keep what is known and wanted, `sound`, `voice` and
//! `noisy_tab` are the browser's, `post` ties them together, `panel` and `toasts` show it.

pub mod inbox;
pub mod line;
#[cfg(feature = "hydrate")]
mod noisy_tab;
mod panel;
mod post;
pub mod settings;
#[cfg(feature = "hydrate")]
mod sound;
mod toasts;
#[cfg(feature = "hydrate")]
mod voice;

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::islands::alerts::line::AlertLine;
use crate::islands::alerts::panel::Panel;
use crate::islands::alerts::post::Post;
use crate::islands::alerts::toasts::Toasts;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::alerts;

/// How the last spoken sentence went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VoiceState {
    #[default]
    Untried,
    Speaking,
    Fine,
    Failed,
    Missing,
}

const PANEL: &str = "desk-alerts";

/// The bell in the desk's header, with its panel and the pop-ups. `as_of` is where the stream goes on; `recent` are the
/// alerts up to there; `me` is the e-mail of whoever is signed in.
#[island]
pub fn DeskAlerts(scene: DeskScene, me: String, as_of: String, recent: Vec<AlertLine>) -> impl IntoView {
    let locale = scene.locale;
    let post = Post::new(scene, me, as_of, recent);
    post.start();
    let unread = move || post.unread.with(BTreeSet::len);
    view! {
        <button
            type="button"
            class="button button--small bell"
            aria-haspopup="dialog"
            hidden=move || !post.is_alive.get()
            data-state=move || post.state_name()
            on:click=move |_| post.open(PANEL)
        >
            {alerts::region(locale)}
            <span class="bell__count" hidden=move || unread() == 0>{unread}</span>
            <span class="bell__state">{move || post.state_words()}</span>
        </button>
        <Panel id=PANEL post />
        <Toasts panel=PANEL post />
    }
}
