//! The language switch: a plain form, since it changes a cookie, that comes back to the same page.

use leptos::prelude::*;

use crate::messages::{Locale, guest};

/// `return_to` is the path and query of the present page.
#[component]
pub fn LanguageSwitch(locale: Locale, #[prop(into)] return_to: String) -> impl IntoView {
    let choices = Locale::ALL
        .map(|choice| {
            let current = (choice == locale).then_some("true");
            view! {
                <button
                    class="language__choice"
                    type="submit"
                    name="lang"
                    value=choice.html_lang()
                    lang=choice.html_lang()
                    aria-current=current
                >
                    {choice.own_name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="language" method="post" action="/language" aria-label=guest::language(locale)>
            <input type="hidden" name="return_to" value=return_to />
            {choices}
        </form>
    }
}
