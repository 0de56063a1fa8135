//! What is made to be printed: a sheet with the house's name, on A4 and on Letter.
//!
//! The lists of the day are here, the registration card is in `card`.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{Erase, Erased};
use crate::domain::Date;
use crate::islands::desk_row::DeskScene;
use crate::islands::print_button::PrintButton;
use crate::messages::desk::{self, rooms as room_words, sheets as words};
use crate::messages::format;
use crate::wire::reservation::ReservationView;
use crate::wire::room::RoomToday;

/// A list of the day.
#[derive(Clone, Debug)]
pub enum Sheet {
    Arrivals(Vec<ReservationView>),
    Departures(Vec<ReservationView>),
    InHouse(Vec<ReservationView>),
    /// Who sleeps here, or is to.
    Tonight(Vec<ReservationView>),
    Housekeeping(Vec<RoomToday>),
}

impl Sheet {
    pub fn title(&self, scene: &DeskScene) -> &'static str {
        match self {
            Self::Arrivals(_) => words::arrivals(scene.locale),
            Self::Departures(_) => words::departures(scene.locale),
            Self::InHouse(_) => words::in_house(scene.locale),
            Self::Tonight(_) => words::tonight(scene.locale),
            Self::Housekeeping(_) => words::housekeeping(scene.locale),
        }
    }
}

/// `printed_at` is the moment in words.
#[component]
pub fn SheetPage(site: DeskSite, sheet: Sheet, printed_at: String) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let hotel = site.hotel_name.clone();
    let (title, day) = (sheet.title(&scene), format::date_long(locale, scene.today));
    let tab = if matches!(sheet, Sheet::Housekeeping(_)) { DeskTab::Rooms } else { DeskTab::House };
    let table = match sheet {
        Sheet::Arrivals(stays) | Sheet::InHouse(stays) => stay_table(&scene, title, stays, Column::Departure),
        Sheet::Departures(stays) => stay_table(&scene, title, stays, Column::Arrival),
        Sheet::Tonight(stays) => stay_table(&scene, title, stays, Column::Tonight),
        Sheet::Housekeeping(rooms) => room_table(&scene, rooms),
    };
    view! {
        <DeskFrame site tab>
            <SheetLinks scene=scene.clone() />
            <article class="sheet">
                <header class="sheet__head">
                    <p class="sheet__house">{hotel}</p>
                    <h1>{title}</h1>
                    <p>{day}</p>
                    <p class="small">{words::as_of(locale)}" "{printed_at}</p>
                </header>
                {table}
            </article>
        </DeskFrame>
    }
}

/// The other lists, and the way to print this one. Not on paper.
#[component]
fn SheetLinks(scene: DeskScene) -> impl IntoView {
    let locale = scene.locale;
    view! {
        <div class="row no-print sheet-tools">
            <PrintButton locale />
            <p class="muted small">{words::how_to_print(locale)}</p>
        </div>
    }
}

/// Links to the lists that can be printed; housekeepers have one.
#[component]
pub fn ListLinks(scene: DeskScene, sees_guests: bool) -> impl IntoView {
    let locale = scene.locale;
    let lists = sees_guests.then(|| {
        [
            ("arrivals", words::arrivals(locale)),
            ("departures", words::departures(locale)),
            ("in-house", words::in_house(locale)),
            ("tonight", words::tonight(locale)),
        ]
        .map(|(list, words)| view! { <a href=format!("/desk/{}/lists/{list}", scene.hotel)>{words}</a> })
        .into_iter()
        .collect_view()
    });
    view! {
        <nav class="print-links no-print" aria-label=words::lists(locale)>
            <span class="muted small">{words::print(locale)}</span>
            {lists}
            <a href=format!("/desk/{}/rooms/list", scene.hotel)>{words::housekeeping(locale)}</a>
        </nav>
    }
}

#[derive(Clone, Copy)]
enum Column {
    Arrival,
    Departure,
    /// The departure, of who is here and who is to come.
    Tonight,
}

fn stay_table(scene: &DeskScene, title: &'static str, stays: Vec<ReservationView>, column: Column) -> Erased {
    let locale = scene.locale;
    let other_day = match column {
        Column::Arrival => words::arrival(locale),
        Column::Departure | Column::Tonight => words::departure(locale),
    };
    let columns = [
        words::room(locale),
        words::guest(locale),
        words::room_type(locale),
        other_day,
        words::guests(locale),
        words::remarks(locale),
        words::done(locale),
    ];
    let rows = stays.into_iter().map(|stay| {
        let day = match column {
            Column::Arrival => stay.arrival,
            Column::Departure | Column::Tonight => stay.departure,
        };
        let remarks = remarks(scene, &stay, column);
        let room = stay.room.as_ref().map(|first| room_words::one_after_another(locale, first, &stay.later_rooms));
        let name = stay.guest.as_ref().map(|guest| guest.name.clone()).unwrap_or_default();
        let guests = format::guests(locale, stay.adults.into(), stay.children.into());
        let path = scene.reservation_path(stay.code);
        view! {
            <tr>
                <td class="sheet__room">{room}</td>
                <td>
                    <a href=path>{name}</a>
                    <span class="code small">{stay.code.to_string()}</span>
                </td>
                <td>{scene.room(&stay.room_type)}</td>
                <td class="sheet__short">{format::date_short(locale, day)}</td>
                <td>{guests}</td>
                <td>{remarks}</td>
                <td class="sheet__tick"></td>
            </tr>
        }
        .erased()
    });
    table(scene, title, &columns, rows.collect())
}

fn remarks(scene: &DeskScene, stay: &ReservationView, column: Column) -> String {
    let locale = scene.locale;
    let is_coming = stay.status == crate::domain::Status::Confirmed;
    let due = match (is_coming, column) {
        (true, _) => stay.arrival,
        (false, _) => stay.departure,
    };
    let expected = (is_coming && matches!(column, Column::Tonight)).then(|| words::not_here_yet(locale).to_owned());
    let overdue = (due < scene.today).then(|| words::overdue(locale).to_owned());
    let not_ready = (is_coming && stay.room.is_some() && !stay.room_ready).then(|| words::not_ready(locale).to_owned());
    let note = Some(stay.note.clone()).filter(|note| !note.is_empty());
    expected.into_iter().chain(overdue).chain(not_ready).chain(note).collect::<Vec<_>>().join(" · ")
}

fn room_table(scene: &DeskScene, rooms: Vec<RoomToday>) -> Erased {
    let locale = scene.locale;
    let columns = [
        words::room(locale),
        words::room_type(locale),
        words::condition(locale),
        words::who(locale),
        words::remarks(locale),
        words::done(locale),
    ];
    let mut rows = Vec::new();
    for floor in rooms.chunk_by(|one, other| one.room.floor == other.room.floor) {
        let name = room_words::floor(locale, &floor[0].room.floor.to_string());
        rows.push(view! { <tr><th class="sheet__group" colspan="6" scope="colgroup">{name}</th></tr> }.erased());
        rows.extend(floor.iter().map(|room| room_row(scene, room)));
    }
    table(scene, words::housekeeping(locale), &columns, rows)
}

fn room_row(scene: &DeskScene, room: &RoomToday) -> Erased {
    let locale = scene.locale;
    let blocked = room.room.blocks.iter().find(|block| block.from <= scene.today && scene.today < block.to);
    let blocked = blocked.map(|block| format!("{}: {}", room_words::block_kind(locale, &block.kind), block.reason));
    let note = Some(room.room.note.clone()).filter(|note| !note.is_empty());
    let remarks = blocked.into_iter().chain(note).collect::<Vec<_>>().join(" · ");
    view! {
        <tr>
            <td class="sheet__room">{room.room.number.to_string()}</td>
            <td>{scene.room(&room.room.room_type)}</td>
            <td>{room_words::condition(locale, &room.room.condition)}</td>
            <td class="sheet__short">{who(scene, room)}</td>
            <td>{remarks}</td>
            <td class="sheet__tick"></td>
        </tr>
    }
    .erased()
}

fn who(scene: &DeskScene, room: &RoomToday) -> String {
    let locale = scene.locale;
    let until = |words: &str, day: Date| format!("{words} · {}", format::date_short(locale, day));
    match (&room.in_house, &room.due_in) {
        (Some(_), Some(_)) => words::leaves_and_comes(locale).to_owned(),
        (Some(stay), None) if stay.departure < scene.today => {
            let due = desk::was_due(locale, &format::date_short(locale, stay.departure));
            format!("{} · {due}", words::overdue(locale))
        }
        (Some(stay), None) if stay.departure == scene.today => words::leaves(locale).to_owned(),
        (Some(stay), None) => until(words::stays_on(locale), stay.departure),
        (None, Some(stay)) => until(words::comes(locale), stay.departure),
        (None, None) => words::vacant(locale).to_owned(),
    }
}

/// Wider than a phone, so it can be moved under its edge, by keyboard too.
fn table(scene: &DeskScene, title: &'static str, columns: &[&'static str], rows: Vec<Erased>) -> Erased {
    if rows.is_empty() {
        return view! { <p>{words::nobody(scene.locale)}</p> }.erased();
    }
    let columns = columns.iter().map(|column| view! { <th scope="col">{*column}</th> }).collect_view();
    view! {
        <div class="sheet__scroll" tabindex="0" role="group" aria-label=title>
            <table class="sheet__table">
                <thead>
                    <tr>{columns}</tr>
                </thead>
                <tbody>{rows.into_iter().collect_view()}</tbody>
            </table>
        </div>
    }
    .erased()
}
