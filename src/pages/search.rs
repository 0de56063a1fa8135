//! The search by dates and guests: a GET form, so that its state lives in the address bar and can be shared.

use leptos::prelude::*;

use crate::components::{ErrorSummary, Field, FieldError, FieldKind, SelectField};
use crate::domain::Party;
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

impl SearchForm {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// The choices of a count of people.
pub(super) fn counts(from: u8) -> Vec<(String, String)> {
    (from..=Party::MAX_OF_A_KIND).map(|count| (count.to_string(), count.to_string())).collect()
}

/// `today` is the hotel's: the first day that can be chosen.
#[component]
pub fn Search(locale: Locale, #[prop(into)] action: String, form: SearchForm, today: String) -> impl IntoView {
    let error = |field| form.error(field);
    view! {
        <ErrorSummary title=booking::errors_title(locale) errors=form.errors.clone() />
        <form class="search" method="get" action=action role="search" aria-label=guest::search_title(locale) novalidate>
            <Field
                name="arrival"
                label=guest::arrival(locale)
                kind=FieldKind::Date
                value=form.arrival.clone()
                error=error("arrival")
                min=today.clone()
                required=true
            />
            <Field
                name="departure"
                label=guest::departure(locale)
                kind=FieldKind::Date
                value=form.departure.clone()
                error=error("departure")
                min=today
                required=true
            />
            <SelectField
                name="adults"
                label=guest::adults(locale)
                options=counts(1)
                value=form.adults.clone()
                error=error("adults")
            />
            <SelectField
                name="children"
                label=guest::children(locale)
                options=counts(0)
                value=form.children.clone()
                error=error("children")
            />
            <button class="button button--main" type="submit">
                {guest::search(locale)}
            </button>
        </form>
    }
}
