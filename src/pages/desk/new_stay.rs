//! A new reservation at the desk: a name is enough. Dates, guests and what is free for them stand together; what is not
//! needed may stay empty.

use leptos::prelude::*;
use serde::Deserialize;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{
    Erase, ErrorSummary, Field, FieldError, FieldKind, Notice, PageHeader, Price, SelectField, TextArea, Tone,
};
use crate::domain::Money;
use crate::messages::desk::{free, new_stay as texts};
use crate::messages::guest::booking;
use crate::messages::{Locale, guest};
use crate::pages::stay_inputs::StayInputs;

/// The form as it was sent. All of it is text: what cannot be read is shown again, not lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub name: String,
    pub arrival: String,
    pub departure: String,
    pub adults: String,
    pub children: String,
    pub room_type: String,
    pub room: String,
    /// The type that the form began with; whoever left it there and named a room of another has chosen by the room.
    pub suggested: String,
    pub phone: String,
    pub email: String,
    pub note: String,
    /// One form, one booking, however often it is sent.
    pub key: String,
    /// In minor units, where one was shown for what is sent.
    pub shown_total: String,
    pub check_in: Option<String>,
    /// Look again what is free, and book nothing.
    pub look: Option<String>,
}

/// A room type for these dates and guests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub code: String,
    pub name: String,
    pub sleeps: u8,
    pub fits: bool,
    pub left: Option<u16>,
    pub total: Option<Money>,
    /// The numbers that are free for all the nights, and whether somebody is in the room still.
    pub rooms: Vec<(String, bool)>,
}

#[derive(Clone, Debug)]
pub struct NewStayProps {
    pub typed: Typed,
    pub errors: Vec<FieldError>,
    pub notice: Option<(Tone, String)>,
    pub choices: Vec<Choice>,
    /// 0 where the dates make no sense.
    pub nights: u32,
    pub arrives_today: bool,
}

#[component]
pub fn NewStayPage(site: DeskSite, props: NewStayProps) -> impl IntoView {
    let locale = site.scene.locale;
    let action = format!("/desk/{}/new", site.scene.hotel);
    let NewStayProps { typed, errors, notice, choices, nights, arrives_today } = props;
    let rooms = rooms(locale, &choices, &typed.room);
    let check_in = arrives_today.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" name="check_in" value="yes" checked=typed.check_in.is_some() />
                <span>{texts::check_in_at_once(locale)}</span>
            </label>
        }
    });
    view! {
        <DeskFrame site tab=DeskTab::New>
            <PageHeader title=texts::title(locale) lead=texts::lead(locale).to_owned() />
            <div class="stack form-news">
                <ErrorSummary title=booking::errors_title(locale) errors=errors.clone() />
                {notice.map(|(tone, text)| view! { <Notice tone announce=true><p>{text}</p></Notice> })}
            </div>
            <form class="new-stay" method="post" action=action novalidate>
                <input type="hidden" name="key" value=typed.key.clone() />
                <input type="hidden" name="suggested" value=typed.suggested.clone() />
                <section class="card fields" aria-labelledby="guest-title">
                    <h2 id="guest-title">{texts::who(locale)}</h2>
                    <Who locale typed=typed.clone() errors=errors.clone() />
                </section>
                <section class="card fields" aria-labelledby="stay-title">
                    <h2 id="stay-title">{texts::when_and_what(locale)}</h2>
                    <Dates locale typed=typed.clone() errors=errors.clone() />
                    <Types locale chosen=typed.room_type.clone() choices nights error=FieldError::at(&errors, "room_type") />
                    <SelectField
                        name="room"
                        label=texts::room(locale)
                        hint=texts::room_hint(locale).to_owned()
                        options=rooms
                        value=typed.room.clone()
                        error=FieldError::at(&errors, "room")
                    />
                    {check_in}
                    <div class="actions">
                        <button class="button button--main" type="submit">{texts::book(locale)}</button>
                    </div>
                </section>
            </form>
        </DeskFrame>
    }
}

/// The free rooms of each type, and the one that was asked for though it is not free any more.
fn rooms(locale: Locale, choices: &[Choice], asked: &str) -> Vec<(String, String)> {
    let mut rooms = vec![(String::new(), texts::any_room(locale).to_owned())];
    for choice in choices {
        rooms.extend(choice.rooms.iter().map(|(room, is_occupied)| {
            let label = format!("{room} · {}", choice.name);
            let occupied = || format!("{label} · {}", free::nobody_left_yet(locale));
            (room.clone(), if *is_occupied { occupied() } else { label.clone() })
        }));
    }
    if !asked.is_empty() && !rooms.iter().any(|(room, _)| room == asked) {
        rooms.push((asked.to_owned(), asked.to_owned()));
    }
    rooms
}

#[component]
fn Who(locale: Locale, typed: Typed, errors: Vec<FieldError>) -> impl IntoView {
    let optional = booking::optional(locale);
    let is_first = typed.name.is_empty();
    view! {
        <Field
            name="name"
            label=booking::name(locale)
            value=typed.name
            error=FieldError::at(&errors, "name")
            required=true
            autocomplete="off"
            max_length=120
            is_first
        />
        <div class="fields fields--pair">
            <Field
                name="phone"
                label=booking::phone(locale)
                kind=FieldKind::Tel
                value=typed.phone
                error=FieldError::at(&errors, "phone")
                optional
                autocomplete="off"
            />
            <Field
                name="email"
                label=booking::email(locale)
                kind=FieldKind::Email
                value=typed.email
                error=FieldError::at(&errors, "email")
                optional
                autocomplete="off"
            />
        </div>
        <TextArea
            name="note"
            label=texts::note(locale)
            value=typed.note
            error=FieldError::at(&errors, "note")
            optional
            rows=2
            max_length=1000
        />
    }
}

#[component]
fn Dates(locale: Locale, typed: Typed, errors: Vec<FieldError>) -> impl IntoView {
    let inputs = StayInputs(&errors);
    let or = |text: String, blank: &str| if text.trim().is_empty() { blank.to_owned() } else { text };
    view! {
        <div class="fields fields--pair">
            {inputs.date("arrival", guest::arrival(locale), &typed.arrival, None)}
            {inputs.date("departure", guest::departure(locale), &typed.departure, None)}
            {inputs.count("adults", guest::adults(locale), &or(typed.adults, "1"), 1)}
            {inputs.count("children", guest::children(locale), &or(typed.children, "0"), 0)}
        </div>
        <div>
            <button class="button button--small" type="submit" name="look" value="1">{texts::look_again(locale)}</button>
        </div>
    }
}

/// The room types as radio buttons, each with what is left and what it costs.
#[component]
fn Types(locale: Locale, chosen: String, choices: Vec<Choice>, nights: u32, error: Option<String>) -> impl IntoView {
    let described = error.is_some().then_some("room_type-error");
    let lines = choices
        .into_iter()
        .enumerate()
        .map(|(place, choice)| {
            // The first has the id to which the summary of errors leads.
            let id = if place == 0 { "room_type".to_owned() } else { format!("room_type-{}", choice.code) };
            let is_chosen = choice.code == chosen;
            let state = match choice.left {
                _ if !choice.fits => texts::sleeps(locale, choice.sleeps),
                Some(0) => guest::sold_out(locale).to_owned(),
                Some(left) => texts::left(locale, left),
                None => String::new(),
            };
            let is_free = choice.fits && choice.left != Some(0);
            view! {
                <label class="choice" data-free=is_free.then_some("true")>
                    <input type="radio" name="room_type" id=id value=choice.code checked=is_chosen aria-describedby=described />
                    <span class="choice__name">{choice.name}</span>
                    <span class="choice__left">{state}</span>
                    <span class="choice__price">{choice.total.map(|amount| view! { <Price locale amount /> })}</span>
                </label>
            }
        })
        .collect_view();
    let title = match nights {
        0 => texts::room_type(locale).erased(),
        nights => format!("{} · {}", texts::room_type(locale), guest::for_nights(locale, nights)).erased(),
    };
    view! {
        <fieldset class="choices">
            <legend class="field__label">{title}</legend>
            {error.map(|error| view! { <p class="field__error" id="room_type-error">{error}</p> })}
            {lines}
            <p class="field__hint">{texts::prices_hint(locale)}</p>
        </fieldset>
    }
}
