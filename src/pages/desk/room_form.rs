//! The room of a stay by forms: one by hand, for all its nights or from one on, whichever there is, or none; and the word
//! that its guest has moved. The price is said before: within its type it stays.

use leptos::prelude::*;

use crate::components::{Erase, Field, SelectField};
use crate::domain::{Date, Status};
use crate::islands::desk_row::DeskScene;
use crate::islands::in_the_way::Reason;
use crate::messages::desk::rooms;
use crate::messages::{Locale, format};
use crate::wire::reservation::ReservationView;

/// What was asked for in vain, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomTyped {
    pub room: String,
    pub from: String,
    pub reason: Reason,
}

/// `rooms_free` are those that it could have without anybody moving, each with how it is, in words.
#[component]
pub(super) fn RoomForm(
    scene: DeskScene,
    reservation: ReservationView,
    typed: Option<RoomTyped>,
    rooms_free: Vec<(String, String)>,
) -> impl IntoView {
    let locale = scene.locale;
    if reservation.departure <= scene.today {
        return view! { <p class="muted small">{no_night_left(locale, reservation.departure, scene.today)}</p> }
            .erased();
    }
    let path = scene.reservation_path(reservation.code);
    let version = reservation.version;
    let (has_room, is_confirmed) = (reservation.room.is_some(), reservation.status == Status::Confirmed);
    let error = typed.as_ref().map(|typed| typed.reason.words.clone());
    let RoomTyped { room, from, .. } = typed.unwrap_or_default();
    let choices = rooms_free
        .into_iter()
        .map(|(number, condition)| view! { <option value=number.clone()>{format!("{number} · {condition}")}</option> })
        .collect_view();
    let nights = later_nights(&reservation, scene.today);
    let from = (has_room && !nights.is_empty()).then(|| {
        let all = (String::new(), rooms::all_nights(locale).to_owned());
        let nights = nights.into_iter().map(|night| (night.to_string(), format::date_short(locale, night)));
        let options = core::iter::once(all).chain(nights).collect();
        let hint = rooms::from_hint(locale).to_owned();
        view! { <SelectField name="from" label=rooms::from_night(locale) options value=from hint /> }
    });
    let any = (!has_room).then(|| {
        view! {
            <button class="button button--small" type="submit" name="how" value="any" formnovalidate>
                {rooms::assign_any(locale)}
            </button>
        }
    });
    let none = (has_room && is_confirmed).then(|| {
        view! {
            <button class="button button--small" type="submit" name="how" value="none" formnovalidate>
                {rooms::unassign(locale)}
            </button>
        }
    });
    let price = rooms::price_stays(locale, &format::money(locale, reservation.total));
    let (moved, join) = (Moved::of(&reservation, scene.today), joined(&reservation));
    let (moved_path, join_path) = (path.clone(), path.clone());
    view! {
        {moved.map(|Moved(number)| view! { <MovedForm locale path=moved_path version number /> })}
        <form method="post" action=format!("{path}/assign") class="room-form">
            <input type="hidden" name="version" value=version.to_string() />
            <Field
                name="room"
                label=rooms::room(locale)
                value=room
                error
                required=true
                autocomplete="off"
                max_length=8
                list="rooms-free"
            />
            <datalist id="rooms-free">{choices}</datalist>
            {from}
            <p class="muted small" id="room-price"><strong>{price}</strong>" "{rooms::other_type_price(locale)}</p>
            <div class="row">
                <button class="button button--small" type="submit" name="how" value="room">{rooms::assign(locale)}</button>
                {any}
                {none}
            </div>
        </form>
        {join.map(|number| view! { <JoinForm locale path=join_path version number /> })}
    }
    .erased()
}

/// Why there is nothing to choose.
fn no_night_left(locale: Locale, departure: Date, today: Date) -> String {
    if departure < today {
        rooms::should_have_left(locale, &format::date_short(locale, departure))
    } else {
        rooms::leaves_today_no_night(locale).to_owned()
    }
}

/// The nights from which on it could be in another room: those to come after the first.
fn later_nights(reservation: &ReservationView, today: Date) -> Vec<Date> {
    let first = reservation.arrival.max(today);
    (1..first.days_until(reservation.departure)).map(|night| first.add_days(night)).collect()
}

/// The room to which a guest in house is to move by now.
struct Moved(String);

impl Moved {
    fn of(reservation: &ReservationView, today: Date) -> Option<Self> {
        let is_due = reservation.status == Status::InHouse && reservation.departure > today;
        let due = reservation.later_rooms.iter().rfind(|later| is_due && later.from <= today)?;
        Some(Self(due.room.to_string()))
    }
}

/// The room in which a stay in several rooms would be whole again.
fn joined(reservation: &ReservationView) -> Option<String> {
    reservation.room.as_ref().filter(|_| !reservation.later_rooms.is_empty()).map(ToString::to_string)
}

#[component]
fn MovedForm(locale: Locale, path: String, version: u32, number: String) -> impl IntoView {
    view! {
        <form method="post" action=format!("{path}/moved")>
            <input type="hidden" name="version" value=version.to_string() />
            <button class="button button--wide" type="submit">{rooms::has_moved(locale, &number)}</button>
        </form>
    }
}

#[component]
fn JoinForm(locale: Locale, path: String, version: u32, number: String) -> impl IntoView {
    view! {
        <form method="post" action=format!("{path}/assign")>
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="how" value="room" />
            <input type="hidden" name="room" value=number.clone() />
            <button class="button button--small" type="submit" data-join="true">{rooms::join(locale, &number)}</button>
        </form>
    }
}
