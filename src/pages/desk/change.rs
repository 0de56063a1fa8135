//! Changing a stay at the desk: the form, the price effect, the confirmation. Three small steps that need no script.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{
    Erase, ErrorSummary, Field, FieldError, FieldKind, LinkButton, Notice, PageHeader, SelectField, StatusBadge, Tone,
};
use crate::domain::{Date, Money, RoomNumber, Status};
use crate::islands::in_the_way::Reason;
use crate::messages::desk::change;
use crate::messages::guest::{self, booking};
use crate::messages::{Locale, desk, format};
use crate::pages::change::Comparison;
use crate::pages::stay_inputs::StayInputs;
use crate::pages::summary::StayFacts;
use crate::wire::reservation::ReservationView;

/// The form as it was sent: what cannot be read is kept too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskChangeForm {
    pub arrival: String,
    pub departure: String,
    pub room_type: String,
    pub adults: String,
    pub children: String,
    pub room: String,
    pub room_from: String,
    pub keep_price: bool,
    /// With whom to swap, as it was typed.
    pub swap_with: String,
    pub errors: Vec<FieldError>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskProposal {
    pub after: StayFacts,
    pub difference: Money,
    pub rooms_free: Vec<RoomNumber>,
}

#[derive(Clone, Debug)]
pub struct DeskChangeProps {
    pub reservation: ReservationView,
    pub before: StayFacts,
    pub form: DeskChangeForm,
    /// The hotel's room types, with their words.
    pub choices: Vec<(String, String)>,
    /// What is to be said first.
    pub notice: Option<(Tone, Reason)>,
    /// The nights that are sold out.
    pub gone: Vec<Date>,
    /// From which night on it could be in one of which rooms, where its own is in the way.
    pub split: Option<(Date, Vec<RoomNumber>)>,
    /// What may be typed to swap rooms with a stay, each with who that is.
    pub swaps: Vec<(String, String)>,
    pub proposal: Option<DeskProposal>,
}

#[component]
pub fn DeskChangePage(site: DeskSite, props: DeskChangeProps) -> impl IntoView {
    let DeskChangeProps { reservation, before, form, choices, notice, gone, split, swaps, proposal } = props;
    let scene = site.scene.clone();
    let locale = scene.locale;
    let back = scene.reservation_path(reservation.code);
    let name = reservation.guest.as_ref().map(|guest| guest.name.clone());
    let name = name.unwrap_or_else(|| desk::no_name(locale).to_owned());
    let errors = form.errors.clone();
    let is_open = matches!(reservation.status, Status::Confirmed | Status::InHouse);
    let gone = (!gone.is_empty()).then(|| {
        let nights = gone.into_iter().map(|night| view! { <li>{format::date_long(locale, night)}</li> }).collect_view();
        view! {
            <Notice tone=Tone::Warn announce=true>
                <p>{change::sold_out(locale)}</p>
                <ul class="gone">{nights}</ul>
            </Notice>
        }
    });
    let closed = (!is_open).then(|| {
        view! {
            <Notice tone=Tone::Warn>
                <p>{change::not_possible(locale)}</p>
            </Notice>
        }
    });
    let split = split.map(|offer| {
        let form = form.clone();
        view! { <Split locale back=back.clone() form offer /> }
    });
    let can_swap = is_open && proposal.is_none() && reservation.room.is_some();
    let (swap_back, version, swap_with) = (back.clone(), reservation.version, form.swap_with.clone());
    let today = scene.today;
    let body = match proposal {
        _ if !is_open => ().erased(),
        Some(proposal) => {
            view! { <Check locale back=back.clone() reservation=reservation.clone() before form proposal /> }.erased()
        }
        None => {
            view! { <Wishes locale back=back.clone() reservation=reservation.clone() form choices today /> }.erased()
        }
    };
    view! {
        <DeskFrame site tab=DeskTab::Reservations>
            <p class="crumb"><a href=back>{name}</a></p>
            <PageHeader title=change::title(locale) lead=change::lead(locale).to_owned() />
            <div class="standing-row">
                <span class="code code--l">{reservation.code.to_string()}</span>
                <StatusBadge locale status=reservation.status />
            </div>
            <div class="stack stay-change">
                <ErrorSummary title=booking::errors_title(locale) errors />
                {notice.map(|(tone, reason)| view! { <Notice tone announce=true>{reason.told(&scene)}</Notice> })}
                {gone} {split} {closed} {body}
                {can_swap.then(|| view! { <Swap locale back=swap_back version choices=swaps typed=swap_with /> })}
            </div>
        </DeskFrame>
    }
}

/// The stay keeps its room as long as it can and goes on in another one: each link leads to the price of that.
#[component]
fn Split(locale: Locale, back: String, form: DeskChangeForm, offer: (Date, Vec<RoomNumber>)) -> impl IntoView {
    let (from, rooms) = offer;
    let links = rooms
        .into_iter()
        .map(|room| {
            let wanted = DeskChangeForm { room: room.to_string(), room_from: from.to_string(), ..form.clone() };
            let address = address(&back, &wanted, false);
            view! { <LinkButton href=address>{room.to_string()}</LinkButton> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="split-title" data-split="true">
            <h2 id="split-title">{change::split_title(locale)}</h2>
            <p>{change::split_lead(locale, &format::date_short(locale, from))}</p>
            <div class="row">{links}</div>
        </section>
    }
}

/// What the form holds, by the names of its fields.
fn carried(form: &DeskChangeForm) -> [(&'static str, &str); 8] {
    [
        ("arrival", form.arrival.as_str()),
        ("departure", &form.departure),
        ("room_type", &form.room_type),
        ("adults", &form.adults),
        ("children", &form.children),
        ("room", &form.room),
        ("room_from", &form.room_from),
        ("keep_price", if form.keep_price { "1" } else { "" }),
    ]
}

/// The page for a form that has been read, so that it holds nothing to escape.
fn address(back: &str, form: &DeskChangeForm, is_edit: bool) -> String {
    let edit = if is_edit { "edit=1&" } else { "" };
    let fields: Vec<String> = carried(form).iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{back}/change?{edit}{}", fields.join("&"))
}

/// Two stays get each other's rooms; the price of neither changes. `choices` are what may be typed, each with who that is.
#[component]
fn Swap(locale: Locale, back: String, version: u32, choices: Vec<(String, String)>, typed: String) -> impl IntoView {
    let choices =
        choices.into_iter().map(|(value, words)| view! { <option value=value>{words}</option> }).collect_view();
    view! {
        <form class="card fields" method="post" action=format!("{back}/swap")>
            <h2>{change::swap(locale)}</h2>
            <p class="muted">{change::swap_lead(locale)}</p>
            <input type="hidden" name="version" value=version.to_string() />
            <Field
                name="with"
                label=change::swap_with(locale)
                value=typed
                required=true
                autocomplete="off"
                max_length=9
                list="swap-with"
            />
            <datalist id="swap-with">{choices}</datalist>
            <div class="actions">
                <button class="button" type="submit">{change::swap(locale)}</button>
            </div>
        </form>
    }
}

/// Asks by GET: looking at a price changes nothing, and the way back works.
#[component]
fn Wishes(
    locale: Locale,
    back: String,
    reservation: ReservationView,
    form: DeskChangeForm,
    choices: Vec<(String, String)>,
    today: Date,
) -> impl IntoView {
    let inputs = StayInputs(&form.errors);
    // Only who has a room can keep it for the first nights.
    let room_from = reservation.room.is_some().then(|| {
        let hint = change::room_from_hint(locale).to_owned();
        view! {
            <Field
                name="room_from"
                label=change::room_from(locale)
                kind=FieldKind::Date
                value=form.room_from.clone()
                hint
                error=inputs.error("room_from")
                min=today.max(reservation.arrival).to_string()
            />
        }
    });
    let arrival = if reservation.status == Status::InHouse {
        view! {
            <input type="hidden" name="arrival" value=form.arrival.clone() />
            <p class="muted">{change::in_house_arrival(locale)}</p>
        }
        .erased()
    } else {
        let first = today.min(reservation.arrival);
        inputs.date("arrival", guest::arrival(locale), &form.arrival, Some(first)).erased()
    };
    view! {
        <form class="card fields" method="get" action=format!("{back}/change") novalidate>
            <div class="fields fields--pair">
                {arrival}
                {inputs.date("departure", guest::departure(locale), &form.departure, Some(today))}
            </div>
            <div class="fields fields--pair">
                <SelectField
                    name="room_type"
                    label=booking::room(locale)
                    options=choices
                    value=form.room_type.clone()
                    error=inputs.error("room_type")
                />
                <Field
                    name="room"
                    label=change::room(locale)
                    value=form.room.clone()
                    hint=change::room_hint(locale).to_owned()
                    error=inputs.error("room")
                    max_length=8
                />
                {room_from}
                {inputs.count("adults", guest::adults(locale), &form.adults, 1)}
                {inputs.count("children", guest::children(locale), &form.children, 0)}
            </div>
            <label class="check">
                <input type="checkbox" name="keep_price" value="1" checked=form.keep_price />
                " "
                {change::keep_price(locale)}
            </label>
            <div class="actions">
                <button class="button button--main" type="submit">{change::show_price(locale)}</button>
                <LinkButton href=back.clone()>{desk::keep(locale)}</LinkButton>
            </div>
        </form>
    }
}

#[component]
fn Check(
    locale: Locale,
    back: String,
    reservation: ReservationView,
    before: StayFacts,
    form: DeskChangeForm,
    proposal: DeskProposal,
) -> impl IntoView {
    let DeskProposal { after, difference, rooms_free } = proposal;
    let shown_total = after.total.minor.to_string();
    let fields = carried(&form)
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=*name value=(*value).to_owned() /> })
        .collect_view();
    let again = address(&back, &form, true);
    let total = format::money(locale, after.total);
    let rooms = if rooms_free.is_empty() {
        view! { <p class="muted">{change::rooms_none(locale)}</p> }.erased()
    } else {
        let numbers: Vec<String> = rooms_free.iter().map(ToString::to_string).collect();
        view! { <p class="muted">{change::rooms_free(locale)}": "{numbers.join(", ")}</p> }.erased()
    };
    let room = (!form.room.is_empty()).then(|| {
        let from = form.room_from.parse::<Date>().ok();
        let from = from.map(|from| change::room_from_night(locale, &format::date_short(locale, from)));
        view! { <p>{change::room(locale)}": "<strong>{form.room.clone()}</strong>{from}</p> }
    });
    view! {
        <section class="card" aria-labelledby="difference">
            <h2 id="difference">{difference_text(locale, difference)}</h2>
            <Comparison locale before after />
            {room}
            {rooms}
        </section>
        <form class="actions" method="post" action=format!("{back}/change")>
            {fields}
            <input type="hidden" name="shown_total" value=shown_total />
            <input type="hidden" name="version" value=reservation.version.to_string() />
            <button class="button button--main" type="submit">{change::confirm_with_total(locale, &total)}</button>
            <LinkButton href=again>{change::other(locale)}</LinkButton>
            <LinkButton href=back.clone()>{desk::keep(locale)}</LinkButton>
        </form>
    }
}

/// "The guest pays €119.00 more", or less, or "The price stays the same."
fn difference_text(locale: Locale, difference: Money) -> String {
    let amount = format::money(locale, Money::new(difference.minor.abs(), difference.currency));
    match difference.minor {
        0 => guest::change::same_price(locale).to_owned(),
        1.. => change::pays_more(locale, &amount),
        _ => change::pays_less(locale, &amount),
    }
}
