//! Booking: the form with its summary, and the page of a lost race, which keeps what was typed and offers what is free.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::summary::{Policy, StayFacts, StaySummary};
use crate::components::{ErrorSummary, Field, FieldError, FieldKind, Notice, PageHeader, RoomPicture, TextArea, Tone};
use crate::components::{LinkButton, Price};
use crate::domain::{Date, HotelSlug, Money};
use crate::islands::booking_watch::BookingWatch;
use crate::messages::guest::booking;
use crate::messages::{Locale, format, guest};

/// Everything the form carries, as it was sent: what cannot be read is kept too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookingForm {
    pub room_type: String,
    pub arrival: String,
    pub departure: String,
    pub adults: String,
    pub children: String,
    /// One form, one booking, however often it is sent.
    pub idempotency_key: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    pub errors: Vec<FieldError>,
}

impl BookingForm {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// Another room for the same nights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    pub code: String,
    pub name: String,
    pub sleeps: u8,
    pub left: u16,
    pub total: Money,
}

/// The guest's details, and what tells this stay from another.
#[component]
fn Details(locale: Locale, form: BookingForm) -> impl IntoView {
    let optional = booking::optional(locale);
    let hidden = [
        ("room_type", form.room_type.clone()),
        ("arrival", form.arrival.clone()),
        ("departure", form.departure.clone()),
        ("adults", form.adults.clone()),
        ("children", form.children.clone()),
        ("idempotency_key", form.idempotency_key.clone()),
    ]
    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
    .collect_view();
    view! {
        {hidden}
        <Field
            name="name"
            label=booking::name(locale)
            value=form.name.clone()
            hint=booking::name_hint(locale).to_owned()
            error=form.error("name")
            required=true
            autocomplete="name"
            max_length=120
        />
        <div class="fields fields--pair">
            <Field
                name="email"
                label=booking::email(locale)
                kind=FieldKind::Email
                value=form.email.clone()
                hint=booking::email_hint(locale).to_owned()
                error=form.error("email")
                optional
                autocomplete="email"
            />
            <Field
                name="phone"
                label=booking::phone(locale)
                kind=FieldKind::Tel
                value=form.phone.clone()
                hint=booking::phone_hint(locale).to_owned()
                error=form.error("phone")
                optional
                autocomplete="tel"
            />
        </div>
        <TextArea
            name="note"
            label=booking::note(locale)
            value=form.note.clone()
            hint=booking::note_hint(locale).to_owned()
            error=form.error("note")
            optional
            max_length=1000
        />
    }
}

/// The form. `action` is where it posts to, `rooms` where another room is chosen; `as_of` is where the watch over the
/// room goes on from here.
#[component]
pub fn BookPage(
    site: Site,
    hotel: HotelSlug,
    as_of: String,
    action: String,
    rooms: String,
    form: BookingForm,
    facts: StayFacts,
) -> impl IntoView {
    let locale = site.locale;
    let nights: Vec<Date> = facts.stay.nights().collect();
    let room_type = facts.room_code.clone();
    let elsewhere = rooms.clone();
    let total = format::money(locale, facts.total);
    let errors = form.errors.clone();
    view! {
        <GuestFrame site>
            <PageHeader title=booking::title(locale) lead=booking::details_lead(locale).to_owned() />
            <div class="split">
                <div class="stack stack--l">
                    <ErrorSummary title=booking::errors_title(locale) errors />
                    <form class="fields" id="booking" method="post" action=action novalidate>
                        <Details locale form />
                        <Notice>
                            <p>{booking::nothing_to_pay_now(locale)}</p>
                            <p class="small muted">{booking::total_stays(locale)}</p>
                        </Notice>
                        <BookingWatch locale hotel as_of room_type nights form="booking".to_owned() elsewhere />
                        <div class="actions">
                            <button class="button button--main" type="submit">
                                {booking::confirm_with_total(locale, &total)}
                            </button>
                            <LinkButton href=rooms>{booking::change_room(locale)}</LinkButton>
                        </div>
                    </form>
                    <Policy locale />
                </div>
                <div class="split__side">
                    <StaySummary locale facts />
                </div>
            </div>
        </GuestFrame>
    }
}

/// The lost race: which nights went, what is still free, and everything typed.
#[component]
pub fn LostRacePage(
    site: Site,
    action: String,
    /// Where other dates are looked for.
    rooms: String,
    form: BookingForm,
    room_name: String,
    gone: Vec<Date>,
    alternatives: Vec<Alternative>,
    /// Nothing was typed yet: the room was gone before the form was opened.
    #[prop(optional)]
    before_typing: bool,
) -> impl IntoView {
    let locale = site.locale;
    let gone = gone.into_iter().map(|night| view! { <li>{format::date_long(locale, night)}</li> }).collect_view();
    let (title, text) = if before_typing {
        (guest::sold_out_for_dates(locale).to_owned(), booking::gone_text(locale, &room_name))
    } else {
        (booking::lost_title(locale).to_owned(), booking::lost_text(locale, &room_name))
    };
    let offers = if alternatives.is_empty() {
        view! { <Notice><p>{booking::lost_none(locale)}</p></Notice> }.into_any()
    } else {
        let offers = alternatives.into_iter().map(|room| view! { <AlternativeRoom locale room /> }).collect_view();
        view! {
            <h2>{booking::lost_offers_title(locale)}</h2>
            <ul class="alternatives">{offers}</ul>
        }
        .into_any()
    };
    view! {
        <GuestFrame site>
            <PageHeader title lead=text />
            <form class="stack stack--l" id="booking" method="post" action=action novalidate>
                <Notice tone=Tone::Warn title=booking::lost_nights_title(locale) announce=true>
                    <ul class="gone">{gone}</ul>
                    <p>{booking::lost_kept(locale)}</p>
                </Notice>
                {offers}
                <p>
                    <LinkButton href=rooms>{booking::lost_other_dates(locale)}</LinkButton>
                </p>
                <section class="fields">
                    <h2>{booking::your_details(locale)}</h2>
                    <Details locale form />
                </section>
            </form>
        </GuestFrame>
    }
}

/// A room that can be taken instead: its button comes back to the form with everything typed.
#[component]
fn AlternativeRoom(locale: Locale, room: Alternative) -> impl IntoView {
    let Alternative { code, name, sleeps, left, total } = room;
    let (data_room, drawn) = (code.clone(), code.clone());
    let label = format!("{}: {name}", booking::lost_take(locale));
    view! {
        <li class="alternative" data-room=data_room>
            <RoomPicture locale code=drawn />
            <div class="alternative__body">
                <h3>{name}</h3>
                <p class="muted small">{guest::sleeps(locale, u32::from(sleeps))}</p>
                <p class="room__left">{guest::rooms_free(locale, u32::from(left))}</p>
                <p class="room__total">
                    <Price locale amount=total />
                </p>
                <button class="button button--main" type="submit" name="take" value=code aria-label=label>
                    {booking::lost_take(locale)}
                </button>
            </div>
        </li>
    }
}
