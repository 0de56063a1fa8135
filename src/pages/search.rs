//! The search by dates and guests: a GET form, so that its state lives in the address bar and can be shared.

use leptos::prelude::*;

use super::stay_inputs::StayInputs;
use crate::components::{ErrorSummary, FieldError};
use crate::domain::Date;
use crate::messages::guest::booking;
use crate::messages::{Locale, guest};

/// The form as it was filled, whether or not it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchForm {
    pub arrival: String,
    pub departure: String,
    pub adults: String,
    pub children: String,
    pub errors: Vec<FieldError>,
}

/// `today` is the hotel's: the first day that can be chosen.
#[component]
pub fn Search(locale: Locale, #[prop(into)] action: String, form: SearchForm, today: Date) -> impl IntoView {
    let inputs = StayInputs(&form.errors);
    view! {
        <ErrorSummary title=booking::errors_title(locale) errors=form.errors.clone() />
        <form class="search" method="get" action=action role="search" aria-label=guest::search_title(locale) novalidate>
            {inputs.date("arrival", guest::arrival(locale), &form.arrival, Some(today))}
            {inputs.date("departure", guest::departure(locale), &form.departure, Some(today))}
            {inputs.count("adults", guest::adults(locale), &form.adults, 1)}
            {inputs.count("children", guest::children(locale), &form.children, 0)}
            <button class="button button--main" type="submit">
                {guest::search(locale)}
            </button>
        </form>
    }
}
