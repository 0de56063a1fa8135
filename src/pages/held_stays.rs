//! What this browser holds at the hotel: the way back to each form, and the way to give its nights back.

use leptos::prelude::*;

use crate::components::LinkButton;
use crate::domain::{Party, Stay};
use crate::messages::guest::hold as texts;
use crate::messages::{Locale, format};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldStay {
    pub room_name: String,
    pub stay: Stay,
    pub party: Party,
    /// By the hotel's clock, in words.
    pub until: String,
    /// Where its form is.
    pub form: String,
    pub key: String,
}

/// `action` is where a hold is given back.
#[component]
pub fn HeldStays(locale: Locale, action: String, stays: Vec<HeldStay>) -> impl IntoView {
    let line = move |held: HeldStay| {
        let HeldStay { room_name, stay, party, until, form, key } = held;
        let go_on = texts::named(locale, texts::go_on(locale), &room_name);
        let release = texts::named(locale, texts::release(locale), &room_name);
        let dates = format::date_range(locale, stay);
        view! {
            <li class="held-stay">
                <p>
                    <strong>{room_name}</strong>
                    " · " {dates} " · " {texts::until(locale, &until)}
                </p>
                <form class="held-stay__acts" method="post" action=action.clone()>
                    <input type="hidden" name="key" value=key />
                    <input type="hidden" name="arrival" value=stay.arrival().to_string() />
                    <input type="hidden" name="departure" value=stay.departure().to_string() />
                    <input type="hidden" name="adults" value=party.adults().to_string() />
                    <input type="hidden" name="children" value=party.children().to_string() />
                    <LinkButton href=form label=go_on>{texts::go_on(locale)}</LinkButton>
                    <button class="button" type="submit" aria-label=release>{texts::release(locale)}</button>
                </form>
            </li>
        }
    };
    (!stays.is_empty()).then(|| {
        view! {
            <section class="held-stays" aria-labelledby="held-title">
                <h2 id="held-title">{texts::yours_title(locale)}</h2>
                <ul>{stays.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    })
}
