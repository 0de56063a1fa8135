//! One room: how it is, who is in it and who comes, what is noted, and large buttons. Every button is a form.

use std::cmp::Ordering;
use std::sync::Arc;

use leptos::prelude::*;

use super::block_form::{BlockForm, block_line};
use super::order::RoomFilter;
use super::{Refused, RefusedForm};
use crate::components::{Badge, Erase, Erased, Tone};
use crate::domain::Condition;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, rooms as words};
use crate::messages::{Locale, format};
use crate::wire::room::{RoomStay, RoomToday};

/// The most characters of a note.
const MOST_NOTED: &str = "200";

#[component]
pub(super) fn Card(
    scene: Arc<DeskScene>,
    room: RwSignal<RoomToday>,
    filter: RoomFilter,
    is_desk: bool,
    refused: Option<Refused>,
) -> impl IntoView {
    let locale = scene.locale;
    let (number, type_name) =
        room.with_untracked(|room| (room.room.number.to_string(), scene.room(&room.room.room_type)));
    let path = format!("/desk/{}/rooms/{number}", scene.hotel);
    let back = filter.query();
    let condition = move || room.with(|room| room.room.condition.clone());
    let badge = move || {
        let condition = condition();
        view! { <Badge tone=tone(&condition)>{words::condition(locale, &condition)}</Badge> }
    };
    let stays = {
        let scene = Arc::clone(&scene);
        move || room.with(|room| stays(&scene, room, is_desk))
    };
    let blocks = {
        let (scene, path, back) = (Arc::clone(&scene), path.clone(), back.clone());
        move || {
            room.with(|room| {
                let blocks = room.room.blocks.iter();
                blocks.map(|block| block_line(&scene, &path, block, &back, is_desk).erased()).collect::<Vec<_>>()
            })
        }
    };
    let note = move || room.with(|room| room.room.note.clone());
    let buttons = Condition::ALL.map(|condition| {
        let condition = condition.as_str();
        let is_so = move || room.with(|room| room.room.condition == condition).to_string();
        view! {
            <form method="post" action=format!("{path}/condition")>
                <input type="hidden" name="condition" value=condition />
                <Back query=back.clone() />
                <button class="button" type="submit" aria-pressed=is_so data-condition=condition>
                    {words::condition(locale, condition)}
                </button>
            </form>
        }
        .erased()
    });
    let (typed_note, typed_block) = match refused.map(|refused| refused.form) {
        Some(RefusedForm::Note { sent }) => (Some(sent), None),
        Some(form) => (None, Some(form)),
        None => (None, None),
    };
    let block_form = is_desk.then(|| {
        let (scene, path, number, back) = (Arc::clone(&scene), path.clone(), number.clone(), back.clone());
        view! { <BlockForm scene path number back refused=typed_block /> }.erased()
    });
    let noted = room.with_untracked(|room| room.room.note.clone());
    view! {
        <li class="card door" id=format!("room-{number}") data-condition=condition>
            <p class="door__head">
                <strong class="door__number">{number.clone()}</strong>
                <span class="muted small">{type_name}</span>
                {badge}
            </p>
            {stays}
            <p class="door__note" hidden=move || note().is_empty()>{note}</p>
            {blocks}
            <div class="door__conditions" role="group" aria-label=words::condition_of(locale, &number)>
                {buttons.into_iter().collect_view()}
            </div>
            <div class="door__more">
                <NoteForm locale path number=number.clone() noted typed=typed_note back />
                {block_form}
            </div>
        </li>
    }
}

/// Comes back to the same part of the house.
#[component]
pub(super) fn Back(query: String) -> impl IntoView {
    (!query.is_empty()).then(|| view! { <input type="hidden" name="back" value=query /> })
}

#[component]
fn NoteForm(
    locale: Locale,
    path: String,
    number: String,
    noted: String,
    typed: Option<String>,
    back: String,
) -> impl IntoView {
    let is_wrong = typed.is_some();
    let (id, error_id) = (format!("note-{number}"), format!("note-{number}-error"));
    let class = if is_wrong { "field field--error" } else { "field" };
    view! {
        <details class="door__edit" open=is_wrong>
            <summary>{words::note(locale)}"…"</summary>
            <form method="post" action=format!("{path}/note") class="stack">
                <Back query=back />
                <div class=class>
                    <label class="field__label" for=id.clone()>{words::note_label(locale)}</label>
                    {is_wrong.then(|| view! {
                        <p class="field__error" id=error_id.clone()>{words::note_too_long(locale)}</p>
                    })}
                    <input class="input" id=id name="note" value=typed.unwrap_or(noted) maxlength=MOST_NOTED
                        autocomplete="off" aria-invalid=is_wrong.then_some("true")
                        aria-describedby=is_wrong.then_some(error_id) />
                </div>
                <button class="button button--main" type="submit">{words::note_save(locale)}</button>
            </form>
        </details>
    }
}

fn tone(condition: &str) -> Tone {
    match condition {
        "inspected" => Tone::Good,
        "clean" => Tone::Info,
        _ => Tone::Warn,
    }
}

fn stays(scene: &DeskScene, room: &RoomToday, is_desk: bool) -> Vec<Erased> {
    let locale = scene.locale;
    let due_in = room.due_in.iter().map(|stay| {
        let is_ready = room.in_house.is_none() && room.room.condition != Condition::Dirty.as_str();
        let (words, tone) = match (stay.moves, is_ready) {
            (false, true) => (words::ready(locale), Tone::Good),
            (false, false) => (words::due_in(locale), Tone::Warn),
            (true, true) => (words::moves_in_ready(locale), Tone::Good),
            (true, false) => (words::moves_in(locale), Tone::Warn),
        };
        stay_line(scene, words, tone, stay, is_desk)
    });
    let in_house = room.in_house.iter().map(|stay| {
        let (words, tone) = match (stay.departure.cmp(&scene.today), stay.moves) {
            (Ordering::Less, false) => (desk::overdue(locale), Tone::Warn),
            (Ordering::Less, true) => (words::move_overdue(locale), Tone::Warn),
            (Ordering::Equal, false) => (words::leaves_today(locale), Tone::Info),
            (Ordering::Equal, true) => (words::moves_out(locale), Tone::Info),
            (Ordering::Greater, _) => (words::in_house(locale), Tone::Info),
        };
        stay_line(scene, words, tone, stay, is_desk)
    });
    due_in.chain(in_house).collect()
}

fn stay_line(scene: &DeskScene, label: &'static str, tone: Tone, stay: &RoomStay, is_desk: bool) -> Erased {
    let who = is_desk.then(|| {
        let name = stay.guest.clone().unwrap_or_else(|| stay.code.to_string());
        view! { <a href=scene.reservation_path(stay.code)>{name}</a>" " }
    });
    let departure = format::date_short(scene.locale, stay.departure);
    let until = if stay.departure < scene.today {
        desk::was_due(scene.locale, &departure)
    } else {
        words::until_day(scene.locale, &departure)
    };
    view! {
        <p class="door__stay">
            <Badge tone>{label}</Badge>" "
            {who}
            <span class="small">{until}</span>
        </p>
    }
    .erased()
}
