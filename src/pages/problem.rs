//! The page that says something went wrong: what, in plain words, and the way on.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use crate::components::{ButtonKind, LinkButton};
use crate::messages::{Locale, problem};

/// What a person can be told. Which status it is sent with is the server's matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    NotFound,
    UnknownHotel,
    UnknownReservation,
    BadRequest,
    Method,
    CrossSite,
    StaffOnly,
    TooLarge,
    TooMany { wait_seconds: u32 },
    Broken,
    Busy,
}

impl Trouble {
    pub fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::NotFound | Self::UnknownHotel => problem::not_found_title(locale),
            Self::UnknownReservation => problem::reservation_not_found_title(locale),
            Self::BadRequest => problem::bad_request_title(locale),
            Self::Method => problem::method_title(locale),
            Self::CrossSite => problem::forbidden_title(locale),
            Self::StaffOnly => problem::staff_only_title(locale),
            Self::TooLarge => problem::too_large_title(locale),
            Self::TooMany { .. } => problem::too_many_title(locale),
            Self::Broken => problem::broken_title(locale),
            Self::Busy => problem::busy_title(locale),
        }
    }

    pub fn text(self, locale: Locale) -> String {
        let text = match self {
            Self::NotFound => problem::not_found_text(locale),
            Self::UnknownHotel => problem::hotel_not_found(locale),
            Self::UnknownReservation => problem::reservation_not_found_text(locale),
            Self::BadRequest => problem::bad_request_text(locale),
            Self::Method => problem::method_text(locale),
            Self::CrossSite => problem::forbidden_text(locale),
            Self::StaffOnly => problem::staff_only_text(locale),
            Self::TooLarge => problem::too_large_text(locale),
            Self::TooMany { wait_seconds } => return problem::too_many_text(locale, wait_seconds),
            Self::Broken => problem::broken_text(locale),
            Self::Busy => problem::busy_text(locale),
        };
        text.to_owned()
    }
}

/// The status, what happened, and what helps.
#[component]
pub fn ProblemText(status: u16, title: &'static str, text: String) -> impl IntoView {
    view! {
        <p class="problem__number" aria-hidden="true">{status}</p>
        <h1>{title}</h1>
        <p class="lead">{text}</p>
    }
}

/// `error_id` is also in the server's log.
#[component]
pub fn ProblemPage(site: Site, status: u16, trouble: Trouble, error_id: Option<String>) -> impl IntoView {
    let locale = site.locale;
    let find = trouble == Trouble::UnknownReservation;
    view! {
        <GuestFrame site main_class="wrap wrap--narrow">
            <div class="problem">
                <ProblemText status title=trouble.title(locale) text=trouble.text(locale) />
                {error_id
                    .map(|id| {
                        view! {
                            <p class="muted small">{problem::error_id(locale)}": "<code class="code">{id}</code></p>
                        }
                    })}
                <p class="actions">
                    {find
                        .then(|| {
                            view! {
                                <LinkButton href="/find" kind=ButtonKind::Main>
                                    {problem::go_find(locale)}
                                </LinkButton>
                            }
                        })}
                    <LinkButton href="/">{problem::go_home(locale)}</LinkButton>
                </p>
            </div>
        </GuestFrame>
    }
}
