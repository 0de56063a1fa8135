//! The bar below the booking form: whether its nights are held, until when, and the buttons to hold them (longer, again).
//! Its buttons are the form's, and stand after the form's own: the enter key presses a form's first button.

use leptos::prelude::*;

use crate::islands::hold_watch::HoldWatch;
use crate::messages::Locale;
use crate::messages::guest::hold as texts;
use crate::wire::hold::{HoldClock, WARN_SECONDS};

/// Whether the form's nights are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody holds them; they are booked at once.
    Free,
    Held(HoldClock),
    /// They were held.
    Over,
    /// The desk has confirmed them; there is nothing to hold any more, and no bar.
    Booked,
}

impl Standing {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Held(HoldClock { seconds_left: 0..=WARN_SECONDS, .. }) => "warn",
            Self::Held(_) => "held",
            Self::Over => "over",
            Self::Booked => "booked",
        }
    }
}

/// `action` is where nights are held; `key` is that of the form named `form`. What does not belong to the state is there
/// and hidden: the script changes the state alone.
#[component]
pub fn HoldBar(
    locale: Locale,
    action: String,
    key: String,
    #[prop(into)] form: String,
    standing: Standing,
) -> impl IntoView {
    let state = standing.as_str();
    let running = match &standing {
        Standing::Held(clock) => Some(clock.clone()),
        Standing::Free | Standing::Over | Standing::Booked => None,
    };
    let is_used_up = running.as_ref().is_some_and(|clock| clock.extensions_left == 0).then_some("");
    let (title, text, again) = match standing {
        Standing::Free => (texts::free_title(locale), texts::free_text(locale), texts::hold_now(locale)),
        Standing::Held(_) | Standing::Over | Standing::Booked => {
            (texts::over_title(locale), texts::over_text(locale), texts::again(locale))
        }
    };
    let (of_renew, extend) = (form.clone(), format!("{action}/extend"));
    let (where_held, again_class) = (
        action.clone(),
        if state == "free" { "button hold-bar__ended" } else { "button button--main hold-bar__ended" },
    );
    view! {
        <section class="hold-bar" id="hold" data-state=state data-used-up=is_used_up aria-label=texts::label(locale)>
            {running
                .map(|HoldClock { seconds_left, until, .. }| {
                    view! {
                        <div class="hold-bar__words hold-bar__running">
                            <p>
                                <strong id="hold-until">{texts::held_until(locale, &until)}</strong>
                                " "
                                <span class="muted small">{texts::hotel_time(locale)}</span>
                            </p>
                            <p class="hold-bar__left">
                                <span class="small">{texts::time_left(locale)}</span>
                                <span class="hold-bar__clock" id="hold-clock" role="timer"></span>
                            </p>
                            <p class="hold-bar__warning">{texts::soon_over(locale)}</p>
                        </div>
                        <div class="hold-bar__acts hold-bar__running">
                            <button
                                class="button"
                                type="submit"
                                id="renew"
                                form=of_renew
                                formaction=extend
                                aria-keyshortcuts="F2"
                            >
                                {texts::renew(locale)}
                                <kbd>"F2"</kbd>
                            </button>
                            <p class="hold-bar__used-up muted small">{texts::used_up(locale)}</p>
                        </div>
                        <HoldWatch locale action key seconds_left />
                    }
                })}
            <div class="hold-bar__words hold-bar__ended">
                <p><strong>{title}</strong></p>
                <p>{text}</p>
            </div>
            <button class=again_class type="submit" form=form formaction=where_held>{again}</button>
        </section>
    }
}
