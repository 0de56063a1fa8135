//! A reservation as one line of the desk's lists: what a receptionist needs at a glance, and the next step as a button.

use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{Badge, Cell, Erase, Erased, StatusBadge, Tone};
use crate::domain::{Action, Date, HotelSlug, ReservationCode, RoomNumber, RoomTypeCode, Status, Timestamp};
use crate::islands::house_book::HouseList;
use crate::messages::desk::{facts, rooms};
use crate::messages::{Locale, desk, format};
use crate::wire::reservation::{LaterRoomView, ReservationView};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    pub code: ReservationCode,
    pub status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
    pub arrival: Date,
    pub departure: Date,
    pub room_type: RoomTypeCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomNumber>,
    /// Where it goes on to other rooms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later_rooms: Vec<LaterRoomView>,
    /// The guest may come: the room is clean and free.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub room_ready: bool,
    pub adults: u8,
    pub children: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub has_note: bool,
    pub version: u32,
}

impl From<&ReservationView> for DeskRow {
    fn from(view: &ReservationView) -> Self {
        Self {
            code: view.code,
            status: view.status,
            held_until: view.held_until,
            arrival: view.arrival,
            departure: view.departure,
            room_type: view.room_type.clone(),
            room: view.room.clone(),
            later_rooms: view.later_rooms.clone(),
            room_ready: view.room_ready,
            adults: view.adults,
            children: view.children,
            name: view.guest.as_ref().map(|guest| guest.name.clone()),
            has_note: !view.note.is_empty(),
            version: view.version,
        }
    }
}

/// What every line of a page has in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskScene {
    pub locale: Locale,
    pub hotel: HotelSlug,
    pub today: Date,
    /// How far the hotel's clocks are before UTC.
    pub utc_offset_minutes: i32,
    /// Code and name of each room type.
    pub rooms: Vec<(RoomTypeCode, String)>,
    /// The page's own address.
    pub here: String,
}

impl DeskScene {
    /// A room type's name; its code where the page is older than the room type.
    pub fn room(&self, code: &RoomTypeCode) -> String {
        let name = self.rooms.iter().find(|(known, _)| known == code).map(|(_, name)| name);
        name.cloned().unwrap_or_else(|| code.to_string())
    }

    pub fn moment(&self, at: Timestamp) -> String {
        format::moment(self.locale, at, self.utc_offset_minutes, self.today)
    }

    /// The same with day and year, for what may be long ago.
    pub fn moment_in_full(&self, at: Timestamp) -> String {
        format::moment_in_full(self.locale, at, self.utc_offset_minutes)
    }

    pub fn reservation_path(&self, code: ReservationCode) -> String {
        format!("/desk/{}/reservations/{code}", self.hotel)
    }

    /// "Double, sea view · 5 – 8 June · 3 nights"
    pub fn stay_in_short(&self, view: &ReservationView) -> String {
        format!("{} · {}", self.room(&view.room_type), self.stay(view.arrival, view.departure))
    }

    /// The same, and of a hold how long it lasts.
    pub fn stay_and_hold(&self, view: &ReservationView) -> String {
        let stay = self.stay_in_short(view);
        match view.held_until {
            Some(until) => format!("{stay} · {}", desk::until(self.locale, &self.moment(until))),
            None => stay,
        }
    }

    /// "5 – 8 June · 3 nights"
    pub fn stay(&self, arrival: Date, departure: Date) -> String {
        let span = format::date_span(self.locale, arrival, departure);
        format!("{span} · {}", format::nights(self.locale, night_count(arrival, departure)))
    }
}

fn night_count(arrival: Date, departure: Date) -> u32 {
    u32::try_from(arrival.days_until(departure)).unwrap_or(0)
}

/// The steps that one tap takes from a list: the likely one first.
fn steps(list: Option<HouseList>, row: &DeskRow, today: Date) -> &'static [Action] {
    match (list, row.status) {
        (Some(HouseList::Arrivals), Status::Confirmed) if row.arrival < today => &[Action::CheckIn, Action::NoShow],
        (Some(HouseList::Arrivals), Status::Confirmed) => &[Action::CheckIn],
        (Some(HouseList::Departures | HouseList::InHouse), Status::InHouse) => &[Action::CheckOut],
        (Some(HouseList::Holds), Status::Held) => &[Action::Confirm],
        _ => &[],
    }
}

/// One `<tr>`. Without `list` it belongs to the list of all reservations and shows the state.
#[component]
pub fn StayRow(scene: Arc<DeskScene>, #[prop(into)] row: Signal<DeskRow>, list: Option<HouseList>) -> impl IntoView {
    let locale = scene.locale;
    let today = scene.today;
    let room = {
        let scene = Arc::clone(&scene);
        move || {
            row.with(|row| match &row.room {
                Some(number) => {
                    let rooms = rooms::one_after_another(locale, number, &row.later_rooms);
                    format!("{rooms} · {}", scene.room(&row.room_type))
                }
                None => scene.room(&row.room_type),
            })
        }
    };
    let span = move || row.with(|row| format::date_span(locale, row.arrival, row.departure));
    let nights = move || row.with(|row| format::nights(locale, night_count(row.arrival, row.departure)));
    let guest_name = move || row.with(|row| row.name.clone().unwrap_or_else(|| desk::no_name(locale).to_owned()));
    let path = {
        let scene = Arc::clone(&scene);
        move || row.with(|row| scene.reservation_path(row.code))
    };
    let guests = move || row.with(|row| format::guests(locale, row.adults.into(), row.children.into()));
    let state_or_steps = {
        let scene = Arc::clone(&scene);
        move || {
            let row = row.get();
            match list {
                None => view! { <StatusBadge locale status=row.status /> }.erased(),
                Some(list) => view! { <RowActions scene=Arc::clone(&scene) row list /> }.erased(),
            }
        }
    };
    let remark = move || row.with(|row| remark(&scene, row, list, today));
    view! {
        <tr role="row">
            <Cell label=desk::column_guest(locale)>
                <span class="who">
                    <a class="who__name" href=path>{guest_name}</a>
                    <span class="code">{move || row.with(|row| row.code.to_string())}</span>
                    {remark}
                </span>
            </Cell>
            <Cell label=desk::column_room(locale)>{room}</Cell>
            <Cell label=desk::column_stay(locale)>
                <span class="stay-cell">
                    <span>{span}</span>
                    <span>{nights}</span>
                </span>
            </Cell>
            <Cell label=desk::column_guests(locale)>{guests}</Cell>
            <Cell label=if list.is_some() { desk::column_actions(locale) } else { desk::column_state(locale) }>{state_or_steps}</Cell>
        </tr>
    }
}

/// What stands out about a line: overdue, how long a hold lasts, a note to read.
fn remark(scene: &DeskScene, row: &DeskRow, list: Option<HouseList>, today: Date) -> Vec<Erased> {
    let locale = scene.locale;
    let due = match list {
        Some(HouseList::Arrivals) => Some(row.arrival),
        Some(HouseList::Departures | HouseList::InHouse) => Some(row.departure),
        _ => None,
    };
    let overdue = due.filter(|due| *due < today).map(|due| {
        let when = desk::was_due(locale, &format::date_short(locale, due));
        view! { <Badge tone=Tone::Warn>{format!("{} · {when}", desk::overdue(locale))}</Badge> }.erased()
    });
    let held = row.held_until.map(|until| {
        let until = desk::until(locale, &scene.moment(until));
        view! { <Badge tone=Tone::Info>{until}</Badge> }.erased()
    });
    let is_due_to_move = row.status == Status::InHouse && row.later_rooms.iter().any(|later| later.from <= today);
    let moves = is_due_to_move.then(|| view! { <Badge tone=Tone::Warn>{rooms::moves_out(locale)}</Badge> }.erased());
    let ready = row.room_ready.then(|| view! { <Badge tone=Tone::Good>{facts::room_ready(locale)}</Badge> }.erased());
    let note = row.has_note.then(|| view! { <Badge>{desk::has_note(locale)}</Badge> }.erased());
    overdue.into_iter().chain(held).chain(moves).chain(ready).chain(note).collect()
}

#[component]
fn RowActions(scene: Arc<DeskScene>, row: DeskRow, list: HouseList) -> impl IntoView {
    let locale = scene.locale;
    let name = row.name.clone().unwrap_or_else(|| row.code.to_string());
    let forms = steps(Some(list), &row, scene.today)
        .iter()
        .enumerate()
        .map(|(place, action)| {
            let is_main = place == 0 && list != HouseList::InHouse;
            let class = if is_main { "button button--small button--main" } else { "button button--small" };
            view! {
                <form method="post" action=format!("{}/{action}", scene.reservation_path(row.code))>
                    <input type="hidden" name="version" value=row.version.to_string() />
                    <input type="hidden" name="from_list" value=list.as_str() />
                    <button type="submit" class=class>
                        {desk::action(locale, *action)}
                        <span class="visually-hidden">" "{name.clone()}</span>
                    </button>
                </form>
            }
        })
        .collect_view();
    let needs_room = list == HouseList::Arrivals && row.status == Status::Confirmed && row.room.is_none();
    let give_room = needs_room.then(|| {
        view! {
            <form method="post" action=format!("{}/assign", scene.reservation_path(row.code))>
                <input type="hidden" name="version" value=row.version.to_string() />
                <input type="hidden" name="how" value="any" />
                <button type="submit" class="button button--small">
                    {desk::keys::give_room(locale)}
                    <span class="visually-hidden">" "{name.clone()}</span>
                </button>
            </form>
        }
    });
    view! { <div class="row-actions">{forms}{give_room}</div> }
}
