//! The rooms, for housekeepers on a phone and for the desk: due in first, then floor by floor. Every button is a form.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{Badge, EmptyState, Erase, Notice, PageHeader, Tone};
use crate::domain::{Condition, ReservationCode, RoomNumber};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::rooms as words;
use crate::messages::format;
use crate::wire::room::{BlockRequest, BlockView, RoomStay, RoomToday};

/// Nights that were not taken out of sale: what was typed, what is wrong with it, or what stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedBlock {
    pub number: RoomNumber,
    pub sent: BlockRequest,
    /// Fields and what to do about them, in words.
    pub errors: Vec<(String, String)>,
    pub reason: Option<String>,
    pub stays: Vec<ReservationCode>,
}

/// `told` is what is said first.
#[component]
pub fn RoomsPage(
    site: DeskSite,
    rooms: Vec<RoomToday>,
    told: Option<String>,
    refused: Option<RefusedBlock>,
) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let is_desk = site.sees_guests;
    let day = format::date_long(locale, scene.today);
    let told = told.map(|text| view! { <Notice tone=Tone::Good announce=true><p>{text}</p></Notice> });
    let not_done = refused.clone().map(|refused| view! { <NotBlocked scene=scene.clone() refused /> });
    let is_empty = rooms.is_empty();
    let (due_in, others): (Vec<RoomToday>, Vec<RoomToday>) = rooms.into_iter().partition(|room| room.due_in.is_some());
    let mut floors: Vec<(String, Vec<RoomToday>)> = Vec::new();
    if !due_in.is_empty() {
        floors.push((words::due_in_title(locale).to_owned(), due_in));
    }
    for floor in others.chunk_by(|one, other| one.room.floor == other.room.floor) {
        floors.push((words::floor(locale, &floor[0].room.floor.to_string()), floor.to_vec()));
    }
    let sections = floors.into_iter().map(|(title, rooms)| {
        let cards = rooms
            .into_iter()
            .map(|room| {
                let refused = refused.clone().filter(|refused| refused.number == room.room.number);
                view! { <RoomCard scene=scene.clone() room is_desk refused /> }.erased()
            })
            .collect_view();
        view! {
            <section class="floor">
                <h2>{title}</h2>
                <ul class="rooms">{cards}</ul>
            </section>
        }
    });
    let sections = sections.collect_view();
    view! {
        <DeskFrame site tab=DeskTab::Rooms>
            <PageHeader title=words::rooms(locale).to_owned() eyebrow=day />
            <div class="told">{told}{not_done}</div>
            {sections}
            {is_empty.then(|| view! {
                <EmptyState title=words::none_title(locale)>{words::none_text(locale)}</EmptyState>
            })}
        </DeskFrame>
    }
}

/// What stands in the way, each stay a link, and the way back to the form.
#[component]
fn NotBlocked(scene: DeskScene, refused: RefusedBlock) -> impl IntoView {
    let locale = scene.locale;
    let RefusedBlock { number, errors, reason, stays, .. } = refused;
    let links = stays
        .into_iter()
        .map(|code| view! { <a class="code" href=scene.reservation_path(code)>{code.to_string()}</a>" " })
        .collect_view();
    let errors = errors
        .into_iter()
        .map(|(field, words)| view! { <li><a href=format!("#{field}-{number}")>{words}</a></li> })
        .collect_view();
    view! {
        <Notice tone=Tone::Bad announce=true title=words::not_blocked(locale, number.as_str())>
            {reason.map(|reason| view! { <p>{reason}" "{links}</p> })}
            <ul>{errors}</ul>
        </Notice>
    }
}

#[component]
fn RoomCard(scene: DeskScene, room: RoomToday, is_desk: bool, refused: Option<RefusedBlock>) -> impl IntoView {
    let locale = scene.locale;
    let RoomToday { room, in_house, due_in } = room;
    let number = room.number.to_string();
    let path = format!("/desk/{}/rooms/{number}", scene.hotel);
    let stays = [
        due_in.map(|stay| (words::due_in(locale), Tone::Info, stay)),
        in_house.map(|stay| (words::in_house(locale), Tone::Good, stay)),
    ];
    let stays =
        stays.into_iter().flatten().map(|(label, tone, stay)| stay_line(&scene, label, tone, stay)).collect_view();
    let present = room.condition.clone();
    let state = room.condition.clone();
    let (type_name, tone) = (scene.room(&room.room_type), condition_tone(&room.condition));
    let in_words = words::condition(locale, &room.condition);
    let buttons = Condition::ALL
        .into_iter()
        .map(|condition| {
            let condition = condition.as_str();
            let is_so = condition == present;
            view! {
                <button class="button" type="submit" name="condition" value=condition aria-pressed=is_so.to_string()>
                    {words::condition(locale, condition)}
                </button>
            }
        })
        .collect_view();
    let blocks = room.blocks.iter().map(|block| block_line(&scene, &path, block, is_desk)).collect_view();
    let form =
        is_desk.then(|| view! { <BlockForm scene=scene.clone() path=path.clone() number=number.clone() refused /> });
    view! {
        <li class="card room" id=format!("room-{number}") data-condition=state>
            <p class="room__head">
                <strong class="room__number">{number.clone()}</strong>
                <span class="muted small">{type_name}</span>
                <Badge tone>{in_words}</Badge>
            </p>
            {stays}
            <form method="post" action=format!("{path}/condition") class="room__conditions"
                aria-label=format!("{} {number}", words::condition_of(locale))>
                {buttons}
            </form>
            {blocks}
            {form}
        </li>
    }
}

fn condition_tone(condition: &str) -> Tone {
    match condition {
        "inspected" => Tone::Good,
        "clean" => Tone::Info,
        _ => Tone::Warn,
    }
}

fn stay_line(scene: &DeskScene, label: &'static str, tone: Tone, stay: RoomStay) -> impl IntoView + use<> {
    let locale = scene.locale;
    let path = scene.reservation_path(stay.code);
    let who = stay.guest.map(|name| view! { <a href=path>{name}</a>" " });
    view! {
        <p class="room__stay">
            <Badge tone>{label}</Badge>" "
            {who}
            <span class="small">{words::until(locale)}" "{format::date_short(locale, stay.departure)}</span>
        </p>
    }
}

fn block_line(scene: &DeskScene, path: &str, block: &BlockView, is_desk: bool) -> impl IntoView + use<> {
    let locale = scene.locale;
    let (kind, reason) = (words::block_kind(locale, &block.kind), block.reason.clone());
    let span = format::date_span(locale, block.from, block.to);
    let unblock = is_desk.then(|| {
        view! {
            <form method="post" action=format!("{path}/blocks/{}/remove", block.id)>
                <button class="button button--small" type="submit">{words::unblock(locale)}</button>
            </form>
        }
    });
    view! {
        <div class="room__block">
            <p>
                <Badge tone=Tone::Bad>{kind}</Badge>" "
                {reason}" "
                <span class="small">{span}</span>
            </p>
            {unblock}
        </div>
    }
}

/// Opens with what was typed and what is wrong with it, where it was refused.
#[component]
fn BlockForm(scene: DeskScene, path: String, number: String, refused: Option<RefusedBlock>) -> impl IntoView {
    let locale = scene.locale;
    let is_open = refused.is_some();
    let (sent, errors) = refused.map_or_else(
        || {
            let (from, to) = (scene.today.to_string(), scene.today.add_days(1).to_string());
            (BlockRequest { kind: "out_of_order".to_owned(), reason: String::new(), from, to }, Vec::new())
        },
        |refused| (refused.sent, refused.errors),
    );
    let error = |field: &str| errors.iter().find(|(of, _)| of == field).map(|(_, words)| words.clone());
    let kinds = [("out_of_order", words::out_of_order(locale)), ("out_of_service", words::out_of_service(locale))];
    let kinds = kinds
        .into_iter()
        .map(|(kind, words)| view! { <option value=kind selected=kind == sent.kind>{words}</option> })
        .collect_view();
    let today = scene.today.to_string();
    let tomorrow = scene.today.add_days(1).to_string();
    let line = |name: &'static str, label: &'static str, kind: &'static str, value: String, min: Option<String>| {
        let error = error(name);
        let (is_wrong, id) = (error.is_some(), format!("{name}-{number}"));
        let told = format!("{id}-error");
        let class = if is_wrong { "field field--error" } else { "field" };
        view! {
            <div class=class>
                <label class="field__label" for=id.clone()>{label}</label>
                {error.map(|error| view! { <p class="field__error" id=told.clone()>{error}</p> })}
                <input class="input" type=kind id=id name=name value=value min=min required
                    maxlength=(kind == "text").then_some("200")
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_wrong.then_some(told) />
            </div>
        }
        .erased()
    };
    let lines = [
        line("reason", words::reason(locale), "text", sent.reason.clone(), None),
        line("from", words::first_night(locale), "date", sent.from.clone(), Some(today)),
        line("to", words::end_day(locale), "date", sent.to.clone(), Some(tomorrow)),
    ];
    let id = format!("kind-{number}");
    view! {
        <details class="room__take-out" open=is_open>
            <summary>{words::block(locale)}</summary>
            <form method="post" action=format!("{path}/blocks") class="stack">
                <div class="field">
                    <label class="field__label" for=id.clone()>{words::kind(locale)}</label>
                    <select class="input" id=id name="kind">{kinds}</select>
                </div>
                {lines.into_iter().collect_view()}
                <button class="button button--danger" type="submit">{words::block_now(locale)}</button>
            </form>
        </details>
    }
}
