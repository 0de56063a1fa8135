//! What stands around every guest page: the way past the header, the hotel's name, the language, the foot.

use leptos::prelude::*;

use super::LanguageSwitch;
use crate::messages::{Locale, guest};

#[component]
pub fn SkipLink(locale: Locale) -> impl IntoView {
    view! { <a class="skip-link" href="#main">{guest::skip_to_content(locale)}</a> }
}

/// The guest site's header. `home` is where the name leads: the hotel, or the list of hotels.
#[component]
pub fn SiteHeader(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] home: String,
    #[prop(into)] return_to: String,
) -> impl IntoView {
    view! {
        <header class="site-header">
            <div class="wrap site-header__row">
                <a class="brand" href=home>{name}</a>
                <nav class="site-header__nav" aria-label=guest::my_reservation(locale)>
                    <a href="/find">{guest::my_reservation(locale)}</a>
                </nav>
                <LanguageSwitch locale return_to />
            </div>
        </header>
    }
}

/// The one `h1` of a page, with what stands over and under it.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    #[prop(optional_no_strip, into)] eyebrow: Option<String>,
    #[prop(optional_no_strip, into)] lead: Option<String>,
) -> impl IntoView {
    view! {
        <header class="page-header">
            {eyebrow.map(|eyebrow| view! { <p class="eyebrow">{eyebrow}</p> })}
            <h1>{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        </header>
    }
}

/// The foot, with help in the same place on every guest page (WCAG 3.2.6).
#[component]
pub fn Footer(locale: Locale) -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="wrap site-footer__row">
                <p>{guest::help_line(locale)}" "<a href="/find">{guest::find_reservation(locale)}</a></p>
                <p class="site-footer__small">
                    {guest::local_time_note(locale)}" · "<a href="/desk/sign-in">{guest::for_staff(locale)}</a>
                </p>
            </div>
        </footer>
    }
}

/// Sun over water by day, moon by night: the band behind a hotel's name. Decoration only.
#[component]
pub fn HorizonPicture() -> impl IntoView {
    let drawing = if cfg!(feature = "ssr") { include_str!("room_picture/horizon.svg") } else { "" };
    view! {
        <svg
            class="drawing horizon"
            viewBox="0 0 1200 260"
            preserveAspectRatio="xMaxYMax slice"
            aria-hidden="true"
            focusable="false"
            inner_html=drawing
        ></svg>
    }
}
