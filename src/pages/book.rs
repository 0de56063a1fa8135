//! Booking: the form with its summary, and how long its nights are held. Where dates, guests or room make no sense any more, they are mended in the form.

use leptos::prelude::*;

use super::frame::{GuestFrame, Site};
use super::hold_bar::{HoldBar, Standing};
use super::stay_inputs::StayInputs;
use super::summary::{Policy, StayFacts, StaySummary};
use crate::components::{
    Erase, ErrorSummary, Field, FieldError, FieldKind, LinkButton, Notice, PageHeader, SelectField, TextArea, Tone,
};
use crate::domain::{HotelSlug, Money};
use crate::islands::booking_watch::BookingWatch;
use crate::messages::guest::{booking, hold as texts};
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
    pub key: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    pub errors: Vec<FieldError>,
}

impl BookingForm {
    fn error(&self, field: &str) -> Option<String> {
        FieldError::at(&self.errors, field)
    }
}

/// Everything on the page of the form.
#[derive(Clone, Debug)]
pub struct FormProps {
    /// Where the form posts to.
    pub action: String,
    /// Where nights are held.
    pub hold: String,
    pub standing: Standing,
    /// Where another room is chosen.
    pub rooms: String,
    /// The hotel's room types, for a form whose own makes no sense.
    pub choices: Vec<(String, String)>,
    pub hotel: HotelSlug,
    /// `EPOCH-SEQ`: where a live watch goes on from here.
    pub as_of: Option<String>,
    /// Why the form came back, where no field is at fault.
    pub notice: Option<(Tone, String)>,
    pub form: BookingForm,
    /// The stay and its price, where dates, guests and room make sense.
    pub facts: Option<StayFacts>,
}

/// What is booked, carried along unseen.
#[component]
pub(super) fn Carried(form: BookingForm, shown_total: Option<Money>) -> impl IntoView {
    let BookingForm { room_type, arrival, departure, adults, children, .. } = form;
    let total = shown_total.map(|total| total.minor.to_string()).unwrap_or_default();
    [
        ("room_type", room_type),
        ("arrival", arrival),
        ("departure", departure),
        ("adults", adults),
        ("children", children),
        ("shown_total", total),
    ]
    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
    .collect_view()
}

/// What is booked, open to be mended: dates, guests or room make no sense as they are.
#[component]
fn Mended(locale: Locale, form: BookingForm, choices: Vec<(String, String)>) -> impl IntoView {
    let inputs = StayInputs(&form.errors);
    view! {
        <SelectField
            name="room_type"
            label=booking::room(locale)
            options=choices
            value=form.room_type.clone()
            error=form.error("room_type")
        />
        <div class="fields fields--pair">
            {inputs.date("arrival", guest::arrival(locale), &form.arrival, None)}
            {inputs.date("departure", guest::departure(locale), &form.departure, None)}
            {inputs.count("adults", guest::adults(locale), &form.adults, 1)}
            {inputs.count("children", guest::children(locale), &form.children, 0)}
        </div>
    }
}

/// Who books.
#[component]
pub(super) fn Details(locale: Locale, form: BookingForm) -> impl IntoView {
    let optional = booking::optional(locale);
    view! {
        <input type="hidden" name="key" value=form.key.clone() />
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

/// The form with its summary.
#[component]
pub fn BookPage(site: Site, props: FormProps) -> impl IntoView {
    let locale = site.locale;
    let FormProps { action, hold, standing, rooms, choices, hotel, as_of, notice, form, facts } = props;
    let confirm = match &facts {
        Some(facts) => booking::confirm_with_total(locale, &format::money(locale, facts.total)),
        None => booking::check_again(locale).to_owned(),
    };
    let (is_held, is_booked) = (matches!(standing, Standing::Held(_)), standing == Standing::Booked);
    let watch = facts.as_ref().zip(as_of).map(|(facts, as_of)| {
        // Its own hold takes the nights: that they go is no news then.
        let nights = if is_held || is_booked { Vec::new() } else { facts.stay.nights().collect() };
        let room_type = facts.room_code.clone();
        let elsewhere = rooms.clone();
        view! { <BookingWatch locale hotel as_of room_type nights form="booking".to_owned() elsewhere /> }
    });
    let bar = facts
        .as_ref()
        .filter(|_| !is_booked)
        .map(|_| view! { <HoldBar locale action=hold.clone() key=form.key.clone() form="booking" standing /> });
    let change = (!is_held).then(|| view! { <LinkButton href=rooms>{booking::change_room(locale)}</LinkButton> });
    let give_back = is_held.then(|| {
        let release = format!("{hold}/release");
        view! {
            <div class="actions">
                <button class="button" type="submit" form="booking" formaction=release>{texts::give_back(locale)}</button>
            </div>
        }
    });
    let lead = if is_held { texts::lead(locale) } else { booking::details_lead(locale) };
    let errors = form.errors.clone();
    let terms = facts.as_ref().map(|facts| facts.terms.clone());
    let carried = match &facts {
        Some(facts) => view! { <Carried form=form.clone() shown_total=Some(facts.total) /> }.erased(),
        None => view! { <Mended locale form=form.clone() choices /> }.erased(),
    };
    view! {
        <GuestFrame site>
            <PageHeader title=booking::title(locale) lead=lead.to_owned() />
            <div class="stack form-news">
                <ErrorSummary title=booking::errors_title(locale) errors />
                {notice.map(|(tone, text)| view! { <Notice tone announce=true><p>{text}</p></Notice> })}
            </div>
            <div class="split">
                {facts.map(|facts| view! { <div class="split__side"><StaySummary locale facts /></div> })}
                <div class="stack stack--l">
                    <form class="fields" id="booking" method="post" action=action novalidate>
                        {carried}
                        <Details locale form />
                        <Notice>
                            <p>{booking::nothing_to_pay_now(locale)}</p>
                            <p class="small muted">{booking::total_stays(locale)}</p>
                        </Notice>
                        {watch}
                        <div class="actions">
                            <button class="button button--main" type="submit">{confirm}</button>
                            {change}
                        </div>
                    </form>
                    {give_back}
                    <Policy locale terms />
                </div>
            </div>
            {bar}
        </GuestFrame>
    }
}
