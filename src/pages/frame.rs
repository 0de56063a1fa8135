//! What every guest page stands in.

use leptos::prelude::*;

use crate::components::{Footer, Inner, SiteHeader, SkipLink};
use crate::messages::Locale;

/// What a guest page has to know beside its own matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub locale: Locale,
    /// The name in the header, and where it leads.
    pub name: String,
    pub home: String,
    /// Path and query of this page, for the language switch.
    pub here: String,
}

impl Site {
    pub const PROGRAM_NAME: &'static str = "Vacancy";

    /// A page that belongs to no hotel.
    pub fn of_program(locale: Locale, here: impl Into<String>) -> Self {
        Self { locale, name: Self::PROGRAM_NAME.to_owned(), home: "/".to_owned(), here: here.into() }
    }

    /// A page of one hotel.
    pub fn of_hotel(locale: Locale, slug: &str, name: &str, here: impl Into<String>) -> Self {
        Self { locale, name: name.to_owned(), home: format!("/hotels/{slug}"), here: here.into() }
    }
}

/// Header, main and foot. `main_class` is empty for a page that lays out its whole width itself.
#[component]
pub fn GuestFrame(site: Site, #[prop(default = "wrap")] main_class: &'static str, children: Inner) -> impl IntoView {
    let Site { locale, name, home, here } = site;
    view! {
        <div class="page">
            <SkipLink locale />
            <SiteHeader locale name home return_to=here />
            <main id="main" class=main_class tabindex="-1">
                {children.view()}
            </main>
            <Footer locale />
        </div>
    }
}
