//! The confirmation step before a reservation is cancelled; it says what it costs first.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::summary::{StayFacts, StaySummary};
use crate::components::{Erase, LinkButton, Notice, PageHeader, Tone};
use crate::domain::Status;
use crate::messages::guest::reservation;

#[component]
pub fn CancelPage(site: Site, code: String, status: Status, facts: StayFacts) -> impl IntoView {
    let locale = site.locale;
    let back = format!("/reservations/{code}");
    let (title, body) = if status == Status::Confirmed {
        let action = format!("/reservations/{code}/cancel");
        let body = view! {
            <Notice>
                <p>{reservation::cancel_fee_none(locale)}</p>
            </Notice>
            <p>{reservation::cancel_lead(locale)}</p>
            <form class="actions" method="post" action=action>
                <button class="button button--danger" type="submit">{reservation::cancel_yes(locale)}</button>
                <LinkButton href=back>{reservation::cancel_no(locale)}</LinkButton>
            </form>
        };
        (reservation::cancel_title(locale), body.erased())
    } else {
        let body = view! {
            <Notice tone=Tone::Warn>
                <p>{reservation::cancel_not_possible(locale)}</p>
            </Notice>
            <p class="actions">
                <LinkButton href=back>{reservation::title(locale)}</LinkButton>
            </p>
        };
        (reservation::cancel_not_possible_title(locale), body.erased())
    };
    view! {
        <GuestFrame site>
            <PageHeader title eyebrow=code />
            <div class="split">
                <div class="stack stack--l">{body}</div>
                <div class="split__side">
                    <StaySummary locale facts />
                </div>
            </div>
        </GuestFrame>
    }
}
