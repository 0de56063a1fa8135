//! One reservation, with everything the desk knows of it and the steps that are possible now, no others.

use leptos::prelude::*;

use super::folio::{FolioCard, FolioForm};
use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::history::{HistoryCard, People};
use super::outcome::{Outcome, OutcomeNotice};
use super::question::{Question, QuestionNotice};
use super::room_form::{RoomForm, RoomTyped};
use crate::components::{Badge, DateText, Erase, Fact, Facts, Notice, PageHeader, Price, StatusBadge, Tone};
use crate::domain::{Action, Money, Status};
use crate::islands::desk_row::DeskScene;
use crate::islands::desk_step::address;
use crate::islands::in_the_way::Reason;
use crate::islands::reservation_watch::ReservationWatch;
use crate::messages::desk::{change, facts, rooms, sheets};
use crate::messages::{Locale, desk, format};
use crate::pages::summary::NightlyPrices;
use crate::wire::folio::FolioView;
use crate::wire::history::LogPage;
use crate::wire::reservation::ReservationView;

/// What the page says before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Done(Outcome),
    /// The step was refused, and why.
    Refused(Reason),
    /// The room that was typed could not be given, and why.
    NoRoom(RoomTyped),
    /// Who was moved to make room for this stay.
    Moved(String),
    /// The stay was changed.
    Changed,
    /// Something was saved, in words.
    Saved(String),
    Asked(Question),
}

/// What stands below the stay and the guest.
#[derive(Clone, Debug)]
pub struct Books {
    pub folio: FolioView,
    pub form: FolioForm,
    pub log: LogPage,
    pub people: People,
}

/// `steps` are the actions that the state allows today, the likely one first; `rooms_free` the rooms that the stay could
/// have without anybody moving, each with how it is, in words.
#[component]
pub fn DeskReservationPage(
    site: DeskSite,
    reservation: ReservationView,
    steps: Vec<Action>,
    told: Option<Told>,
    rooms_free: Vec<(String, String)>,
    books: Books,
    /// What cancelling now, and not coming, cost the guest.
    fees: (Money, Money),
) -> impl IntoView {
    let scene = site.scene.clone();
    let as_of = site.as_of.clone();
    let locale = scene.locale;
    let name = reservation.guest.as_ref().map(|guest| guest.name.clone());
    let title = name.unwrap_or_else(|| desk::no_name(locale).to_owned());
    let typed = match &told {
        Some(Told::NoRoom(typed)) => Some(typed.clone()),
        _ => None,
    };
    let here = scene.clone();
    let told = told.map(|told| match told {
        Told::Done(outcome) => view! { <OutcomeNotice scene=here outcome list=None /> }.erased(),
        Told::Changed => view! {
            <Notice tone=Tone::Good announce=true>
                <p>{change::done(locale)}</p>
            </Notice>
        }
        .erased(),
        Told::Moved(who) => view! {
            <Notice tone=Tone::Good announce=true>
                <p>{rooms::moved_too(locale, &who)}</p>
            </Notice>
        }
        .erased(),
        Told::Refused(reason) | Told::NoRoom(RoomTyped { reason, .. }) => view! {
            <Notice tone=Tone::Bad announce=true>
                {reason.told(&here)}
            </Notice>
        }
        .erased(),
        Told::Saved(words) => view! {
            <Notice tone=Tone::Good announce=true>
                <p>{words}</p>
            </Notice>
        }
        .erased(),
        Told::Asked(question) => view! { <QuestionNotice scene=here question /> }.erased(),
    });
    let Books { folio, form, log, people } = books;
    let list = format!("/desk/{}/reservations", scene.hotel);
    let edit = format!("{}/details", scene.reservation_path(reservation.code));
    let (code, status, version) = (reservation.code, reservation.status, reservation.version);
    view! {
        <DeskFrame site tab=DeskTab::Reservations>
            <p class="crumb"><a href=list>{desk::back_to_list(locale)}</a></p>
            <PageHeader title />
            <div class="standing-row">
                <span class="code code--l">{code.to_string()}</span>
                <StatusBadge locale status />
                {reservation.held_until.map(|until| desk::until(locale, &scene.moment(until)))}
                <ReservationWatch scene=scene.clone() as_of code version />
            </div>
            <div class="told">{told}</div>
            <div class="desk-grid desk-grid--reservation">
                // First, also where there is room for one column alone: it is what the page is opened for.
                <Steps scene=scene.clone() reservation=reservation.clone() steps typed rooms_free fees />
                <div class="cards">
                    <StayCard scene=scene.clone() reservation=reservation.clone() />
                    <GuestCard locale reservation edit />
                    <FolioCard scene=scene.clone() status view=folio form />
                    <HistoryCard scene log people />
                </div>
            </div>
        </DeskFrame>
    }
}

#[component]
fn StayCard(scene: DeskScene, reservation: ReservationView) -> impl IntoView {
    let locale = scene.locale;
    let guests = format::guests(locale, reservation.adults.into(), reservation.children.into());
    let room = scene.room(&reservation.room_type);
    let card = format!("{}/card", scene.reservation_path(reservation.code));
    let made_on = scene.moment_in_full(reservation.created_at);
    let number = reservation.room.as_ref().map_or_else(
        || rooms::not_assigned(locale).to_owned(),
        |first| rooms::one_after_another(locale, first, &reservation.later_rooms),
    );
    let number = if reservation.pinned { format!("{number} · {}", rooms::pinned(locale)) } else { number };
    let ready = reservation.room_ready.then(|| view! { <Badge tone=Tone::Good>{facts::room_ready(locale)}</Badge> });
    view! {
        <section class="card" aria-labelledby="stay-title">
            <h2 id="stay-title">{desk::stay(locale)}</h2>
            <Facts>
                <Fact label=desk::column_arrival(locale)><DateText locale date=reservation.arrival /></Fact>
                <Fact label=desk::column_departure(locale)><DateText locale date=reservation.departure /></Fact>
                <Fact label=desk::column_nights(locale)>{reservation.nights}</Fact>
                <Fact label=sheets::room_type(locale)>{room}</Fact>
                <Fact label=rooms::room(locale)>{number}" "{ready}</Fact>
                <Fact label=desk::column_guests(locale)>{guests}</Fact>
                <Fact label=desk::column_total(locale)>
                    <span class="total"><Price locale amount=reservation.total /></span>
                    <NightlyPrices locale nightly=reservation.nightly.clone() />
                </Fact>
                {reservation
                    .fee
                    .map(|fee| view! { <Fact label=change::fee(locale)><Price locale amount=fee /></Fact> })}
                <Fact label=desk::made_on(locale)>{made_on}</Fact>
            </Facts>
            <p class="no-print"><a href=card>{sheets::card_link(locale)}</a></p>
        </section>
    }
}

#[component]
fn GuestCard(locale: Locale, reservation: ReservationView, edit: String) -> impl IntoView {
    let contact = reservation.guest.map(|guest| {
        let email = guest.email.map(|email| {
            view! {
                <Fact label=desk::email(locale)>
                    <a href=format!("mailto:{email}")>{email.clone()}</a>
                </Fact>
            }
        });
        let phone = guest.phone.map(|phone| {
            let number: String = phone.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
            view! {
                <Fact label=desk::phone(locale)>
                    <a href=format!("tel:{number}")>{phone}</a>
                </Fact>
            }
        });
        view! { <Fact label=desk::guest(locale)>{guest.name}</Fact> {email} {phone} }
    });
    let can_edit = reservation.status != Status::Lapsed;
    let note = if reservation.note.is_empty() {
        view! { <span class="muted">{desk::no_note(locale)}</span> }.erased()
    } else {
        view! { <span class="note">{reservation.note}</span> }.erased()
    };
    view! {
        <section class="card" aria-labelledby="guest-title">
            <h2 id="guest-title">{desk::contact(locale)}</h2>
            <Facts>{contact}<Fact label=desk::note(locale)>{note}</Fact></Facts>
            {can_edit.then(|| view! { <p class="card__foot"><a href=edit>{desk::history::edit(locale)}</a></p> })}
        </section>
    }
}

#[component]
fn Steps(
    scene: DeskScene,
    reservation: ReservationView,
    steps: Vec<Action>,
    typed: Option<RoomTyped>,
    rooms_free: Vec<(String, String)>,
    fees: (Money, Money),
) -> impl IntoView {
    let locale = scene.locale;
    let is_early = reservation.status == Status::Confirmed && reservation.arrival > scene.today;
    let path = scene.reservation_path(reservation.code);
    let version = reservation.version;
    let is_over = steps.is_empty();
    let is_confirmed = reservation.status == Status::Confirmed;
    let lodges = (is_confirmed && reservation.departure > scene.today) || reservation.status == Status::InHouse;
    let change_path = format!("{path}/change");
    let can_change = matches!(reservation.status, Status::Confirmed | Status::InHouse);
    let lodged = reservation;
    let forms = steps
        .into_iter()
        .enumerate()
        .map(|(place, action)| view! { <Step locale path=path.clone() version action is_main=place == 0 fees /> })
        .collect_view();
    view! {
        <section class="card steps-card" aria-labelledby="steps-title">
            <h2 id="steps-title">{desk::what_next(locale)}</h2>
            {forms}
            {lodges.then(|| view! { <RoomForm scene reservation=lodged typed rooms_free /> })}
            {can_change
                .then(|| {
                    view! {
                        <a class="button button--wide" href=change_path>{change::title(locale)}</a>
                    }
                })}
            {is_early.then(|| view! { <p class="muted small">{desk::not_yet_arrival(locale)}</p> })}
            {is_over.then(|| view! { <p class="muted">{desk::nothing_to_do(locale)}</p> })}
        </section>
    }
}

/// One step as a form. What gives nights away asks once more, without a script and without another page.
#[component]
fn Step(
    locale: Locale,
    path: String,
    version: u32,
    action: Action,
    is_main: bool,
    fees: (Money, Money),
) -> impl IntoView {
    let fee = if action == Action::NoShow { fees.1 } else { fees.0 };
    let cost = if fee.minor == 0 {
        change::no_fee(locale).to_owned()
    } else {
        change::costs_the_guest(locale, &format::money(locale, fee))
    };
    let question = match action {
        Action::Cancel => Some((desk::cancel_ask(locale), desk::yes_cancel(locale))),
        Action::NoShow => Some((desk::no_show_ask(locale), desk::yes_no_show(locale))),
        _ => None,
    };
    let target = format!("{path}/{}", address(action));
    let words = desk::action(locale, action);
    match question {
        None => {
            let class = if is_main { "button button--main button--wide" } else { "button button--wide" };
            view! {
                <form method="post" action=target>
                    <input type="hidden" name="version" value=version.to_string() />
                    <button class=class type="submit">{words}</button>
                </form>
            }
            .erased()
        }
        Some((question, yes)) => view! {
            <details class="confirm-act">
                <summary class="button button--wide">{words}"…"</summary>
                <p>{question}" "{cost}</p>
                <form method="post" action=target>
                    <input type="hidden" name="version" value=version.to_string() />
                    <button class="button button--danger button--wide" type="submit">{yes}</button>
                </form>
            </details>
        }
        .erased(),
    }
}
