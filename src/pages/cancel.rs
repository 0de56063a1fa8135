//! The confirmation step before a reservation is cancelled; it says what it costs first.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::summary::{CancelTerms, StayFacts, StaySummary};
use crate::components::{Erase, LinkButton, Notice, PageHeader, Tone};
use crate::domain::{Money, Status};
use crate::messages::guest::{cancellation, reservation};
use crate::messages::{Locale, format};

/// `fee` is what cancelling costs now; `has_changed` when it is another than the guest has just seen.
#[component]
pub fn CancelPage(
    site: Site,
    code: String,
    status: Status,
    facts: StayFacts,
    fee: Money,
    has_changed: bool,
) -> impl IntoView {
    let locale = site.locale;
    let back = format!("/reservations/{code}");
    let (title, body) = if status == Status::Confirmed {
        let action = format!("/reservations/{code}/cancel");
        let yes = if fee.minor == 0 {
            reservation::cancel_yes(locale).to_owned()
        } else {
            cancellation::yes_for(locale, &format::money(locale, fee))
        };
        let changed = has_changed.then(|| {
            view! {
                <Notice tone=Tone::Warn announce=true>
                    <p>{cancellation::fee_changed(locale)}</p>
                </Notice>
            }
        });
        let body = view! {
            {changed}
            <Cost locale terms=facts.terms.clone() fee />
            <p>{reservation::cancel_lead(locale)}</p>
            <form class="actions" method="post" action=action>
                <input type="hidden" name="shown_fee" value=fee.minor.to_string() />
                <button class="button button--danger" type="submit">{yes}</button>
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

/// What it costs now, and until when it is or was free.
#[component]
fn Cost(locale: Locale, terms: CancelTerms, fee: Money) -> impl IntoView {
    let when = terms.when(locale);
    let (tone, now, limit) = if terms.is_always_free() {
        (Tone::Plain, cancellation::free_now(locale).to_owned(), None)
    } else if fee.minor == 0 {
        let limit = cancellation::free_until(locale, &when, &terms.zone);
        let later = cancellation::afterwards(locale, &format::money(locale, terms.fee));
        (Tone::Plain, cancellation::free_now(locale).to_owned(), Some(format!("{limit} {later}")))
    } else {
        let now = cancellation::costs_now(locale, &format::money(locale, fee));
        (Tone::Warn, now, Some(cancellation::was_free_until(locale, &when, &terms.zone)))
    };
    view! {
        <Notice tone>
            <p>
                <strong>{now}</strong>
            </p>
            {limit.map(|limit| view! { <p>{limit}</p> })}
        </Notice>
    }
}
