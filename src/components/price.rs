//! Money and dates in running text, with the machine's reading beside the person's.

use leptos::prelude::*;

use crate::domain::{Date, Money};
use crate::messages::{Locale, format};

/// An amount in the reader's way of writing.
#[component]
pub fn Price(locale: Locale, amount: Money) -> impl IntoView {
    view! { <span class="price">{format::money(locale, amount)}</span> }
}

/// A day in words, in a `<time>`.
#[component]
pub fn DateText(
    locale: Locale,
    date: Date,
    /// "Fri 5 June" in place of "Friday 5 June 2026".
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let words = if short { format::date_short(locale, date) } else { format::date_long(locale, date) };
    view! { <time datetime=date.to_string()>{words}</time> }
}
