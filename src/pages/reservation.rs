//! "My reservation": where it stands, live; asking the desk; cancelling.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::summary::{Policy, StayFacts, StaySummary};
use crate::components::{ButtonKind, ErrorSummary, FieldError, LinkButton, Notice, PageHeader, TextArea, Tone};
use crate::domain::{ReservationCode, Status};
use crate::islands::live_reservation::{LiveReservation, Shown};
use crate::messages::Locale;
use crate::messages::guest::{booking, cancellation, change, reservation};

/// What was just done here, told once at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Cancelled,
    Changed,
    Asked,
}

/// The message to the desk as it was typed, and why it was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskForm {
    pub message: String,
    pub error: Option<String>,
}

/// Everything on the page.
#[derive(Clone, Debug)]
pub struct ReservationProps {
    pub code: ReservationCode,
    pub status: Status,
    /// The guest may come.
    pub room_ready: bool,
    /// `EPOCH-SEQ` of the last change: where the live part goes on from here.
    pub as_of: String,
    pub facts: StayFacts,
    pub ask: AskForm,
    pub done: Option<Done>,
}

#[component]
pub fn ReservationPage(site: Site, props: ReservationProps) -> impl IntoView {
    let ReservationProps { code, status, room_ready, as_of, facts, ask, done } = props;
    let locale = site.locale;
    let eyebrow = reservation::at_hotel(locale, &site.name);
    let here = format!("/reservations/{code}");
    let book_again = site.home.clone();
    let shown = Shown {
        arrival: facts.stay.arrival(),
        departure: facts.stay.departure(),
        room_type: facts.room_code.clone(),
        adults: facts.party.adults(),
        children: facts.party.children(),
        total: facts.total,
    };
    let is_over = matches!(status, Status::CheckedOut | Status::Cancelled | Status::Lapsed);
    view! {
        <GuestFrame site>
            <PageHeader title=reservation::title(locale) eyebrow />
            <div class="split">
                <div class="stack stack--l">
                    {done.map(|done| view! { <DoneNotice locale done /> })}
                    {ask.error
                        .clone()
                        .map(|message| {
                            let errors = vec![FieldError { field: "message", message }];
                            view! { <ErrorSummary title=booking::errors_title(locale) errors /> }
                        })}
                    <section class="card" aria-label=reservation::progress(locale)>
                        <LiveReservation locale code as_of here status room_ready shown />
                    </section>
                    {is_over
                        .then(|| {
                            view! {
                                <p class="actions">
                                    <LinkButton href=book_again kind=ButtonKind::Main>
                                        {reservation::book_again(locale)}
                                    </LinkButton>
                                </p>
                            }
                        })}
                    // Who has left may have left something behind, and who cancelled may not have meant to.
                    {(status != Status::Lapsed).then(|| view! { <Ask locale code ask /> })}
                    {(status == Status::Confirmed)
                        .then(|| {
                            view! {
                                <Policy locale terms=Some(facts.terms.clone()) />
                                <p class="actions">
                                    <LinkButton href=format!("/reservations/{code}/change")>
                                        {change::title(locale)}
                                    </LinkButton>
                                    <LinkButton href=format!("/reservations/{code}/cancel") kind=ButtonKind::Danger>
                                        {reservation::cancel(locale)}
                                    </LinkButton>
                                </p>
                            }
                        })}
                    <p class="actions no-print">
                        <LinkButton href=format!("/reservations/{code}/calendar.ics")>
                            {cancellation::add_to_calendar(locale)}
                        </LinkButton>
                        <button class="button" type="button" data-print="">{booking::print(locale)}</button>
                    </p>
                </div>
                <div class="split__side">
                    <StaySummary locale facts />
                </div>
            </div>
        </GuestFrame>
    }
}

#[component]
fn DoneNotice(locale: Locale, done: Done) -> impl IntoView {
    let text = match done {
        Done::Cancelled => reservation::cancel_done(locale),
        Done::Changed => change::changed(locale),
        Done::Asked => reservation::ask_sent(locale),
    };
    view! {
        <Notice tone=Tone::Good announce=true>
            <p>{text}</p>
        </Notice>
    }
}

#[component]
fn Ask(locale: Locale, code: ReservationCode, ask: AskForm) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="ask">
            <h2 id="ask">{reservation::ask(locale)}</h2>
            <p class="muted">{reservation::ask_lead(locale)}</p>
            <form class="fields" method="post" action=format!("/reservations/{code}/nudge") novalidate>
                <TextArea
                    name="message"
                    label=reservation::ask_message(locale)
                    hint=reservation::ask_hint(locale).to_owned()
                    value=ask.message
                    error=ask.error
                    rows=2
                    max_length=280
                />
                <div class="actions">
                    <button class="button" type="submit">{reservation::ask_send(locale)}</button>
                </div>
            </form>
        </section>
    }
}
