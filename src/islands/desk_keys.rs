//! Single keys that work anywhere at the desk: to search, to make a reservation, to walk through a list and act on a
//! line. What they do is what a link or a button of the page does; they can be switched off.

use leptos::prelude::*;

use crate::components::Dialog;
use crate::messages::{Locale, desk, desk::keys};

const DIALOG: &str = "desk-keys";

/// `home` is the house page's address.
#[island]
pub fn DeskKeys(locale: Locale, home: String) -> impl IntoView {
    let is_alive = RwSignal::new(false);
    let are_on = RwSignal::new(true);
    #[cfg(feature = "hydrate")]
    browser::start(home.clone(), is_alive, are_on);
    #[cfg(not(feature = "hydrate"))]
    let _ = home;
    let list = [
        ("/", keys::go_search(locale)),
        ("n", keys::go_new(locale)),
        ("h", keys::go_house(locale)),
        ("c", keys::go_chart(locale)),
        ("j", keys::next_line(locale)),
        ("k", keys::previous_line(locale)),
        ("i", keys::check_in(locale)),
        ("o", keys::check_out(locale)),
        ("a", keys::assign(locale)),
        ("?", keys::help(locale)),
    ]
    .map(|(key, words)| {
        view! {
            <div class="keys__line">
                <dt><kbd>{key}</kbd></dt>
                <dd>{words}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <button
            type="button"
            class="button button--small keys-button"
            aria-haspopup="dialog"
            aria-label=keys::open(locale)
            title=keys::open(locale)
            hidden=move || !is_alive.get()
            on:click=move |_| open()
        >
            "?"
        </button>
        <Dialog id=DIALOG title=keys::title(locale) close=desk::close(locale)>
            <dl class="keys">{list}</dl>
            <label class="check">
                <input type="checkbox" prop:checked=move || are_on.get() on:change=move |_| switch(are_on) />
                <span>{keys::are_on(locale)}<span class="check__hint">{keys::are_on_hint(locale)}</span></span>
            </label>
        </Dialog>
    }
}

fn open() {
    #[cfg(feature = "hydrate")]
    browser::open();
}

fn switch(are_on: RwSignal<bool>) {
    are_on.update(|are_on| *are_on = !*are_on);
    #[cfg(feature = "hydrate")]
    browser::remember(are_on.get_untracked());
}

/// The button of a line that a key presses: the end of its form's address.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "keys are pressed in a browser"))]
fn step_of(key: &str) -> Option<&'static str> {
    match key {
        "i" => Some("/check-in"),
        "o" => Some("/check-out"),
        "a" => Some("/assign"),
        _ => None,
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast as _;
    use web_sys::{Element, HtmlDialogElement, HtmlElement};

    use super::{DIALOG, step_of};

    const KEPT: &str = "vacancy.desk.keys";
    const LINES: &str = ".table tbody tr";
    const FIELD: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

    pub(super) fn start(home: String, is_alive: RwSignal<bool>, are_on: RwSignal<bool>) {
        Effect::new(move || {
            is_alive.set(true);
            let kept = storage().and_then(|storage| storage.get_item(KEPT).ok().flatten());
            are_on.set(kept.as_deref() != Some("off"));
            let home = home.clone();
            // The page's own, for as long as it is open.
            let _ = window_event_listener(ev::keydown, move |event| {
                let is_plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.is_composing();
                let is_ours = are_on.get_untracked() && is_plain && !event.default_prevented() && !is_typing();
                if is_ours && press(&event.key(), &home) {
                    event.prevent_default();
                }
            });
        });
    }

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok().flatten()
    }

    pub(super) fn remember(are_on: bool) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEPT, if are_on { "on" } else { "off" });
        }
    }

    pub(super) fn open() {
        let found = document().get_element_by_id(DIALOG);
        if let Some(dialog) = found.and_then(|found| found.dyn_into::<HtmlDialogElement>().ok())
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    }

    fn focused() -> Option<Element> {
        document().active_element()
    }

    /// Whether what is typed belongs to a field, or a dialog is open. A field of a dialog that was closed a moment ago keeps
    /// the focus until the next frame, but nobody types there.
    fn is_typing() -> bool {
        let is = |element: &Element, selector: &str| element.matches(selector).unwrap_or(true);
        focused().is_some_and(|element| is(&element, FIELD) && !is(&element, "dialog:not([open]) *"))
            || document().query_selector("dialog[open]").ok().flatten().is_some()
    }

    /// Whether the key meant something.
    fn press(key: &str, home: &str) -> bool {
        let go = |path: &str| window().location().set_href(path).is_ok();
        match key {
            "/" => find("#desk-search").is_some_and(|field| {
                let _ = field.focus();
                true
            }),
            "?" => {
                open();
                true
            }
            "n" => go(&format!("{home}/new")),
            "h" => go(home),
            "c" => go(&format!("{home}/chart")),
            "j" => walk(1),
            "k" => walk(-1),
            // The arrows scroll the page until a line has the focus.
            "ArrowDown" => line().is_some() && walk(1),
            "ArrowUp" => line().is_some() && walk(-1),
            key => step_of(key).is_some_and(take_step),
        }
    }

    fn find(selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    fn line() -> Option<Element> {
        focused()?.closest(LINES).ok().flatten()
    }

    /// Moves the focus so many lines on, through all lists of the page.
    fn walk(by: i32) -> bool {
        let Ok(lines) = document().query_selector_all(LINES) else { return false };
        let lines: Vec<Element> =
            (0..lines.length()).filter_map(|place| lines.item(place)?.dyn_into::<Element>().ok()).collect();
        let here = line().and_then(|line| lines.iter().position(|other| *other == line));
        let place = match here {
            None if by > 0 => Some(0),
            None => lines.len().checked_sub(1),
            Some(here) if by > 0 => Some(here + 1),
            Some(here) => here.checked_sub(1),
        };
        let Some(line) = place.and_then(|place| lines.get(place)) else { return here.is_some() };
        let first = line.query_selector("a, button").ok().flatten();
        first.and_then(|first| first.dyn_into::<HtmlElement>().ok()).is_some_and(|first| first.focus().is_ok())
    }

    fn take_step(ending: &str) -> bool {
        let button = line().and_then(|line| {
            line.query_selector(&format!("form[action$=\"{ending}\"] button")).ok().flatten()?.dyn_into().ok()
        });
        button.is_some_and(|button: HtmlElement| {
            button.click();
            true
        })
    }
}

#[cfg(test)]
mod tests {
    use super::step_of;

    #[test]
    fn only_keys_of_steps_press_buttons() {
        assert_eq!(step_of("i"), Some("/check-in"));
        assert_eq!(step_of("x"), None);
    }
}
