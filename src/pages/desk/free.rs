//! The rooms that are free tonight, by type, each with how it is and the way to sell it.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{Badge, Erase, PageHeader, Tone};
use crate::domain::Money;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{free as words, new_stay, rooms as room_words};
use crate::messages::format;

/// A room type as it can be sold tonight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeKind {
    pub code: String,
    pub name: String,
    pub sleeps: u8,
    pub price: Money,
    pub left: u16,
    /// The rooms that nobody has: number, condition as the wire names it, whether its last guest is still in it.
    pub rooms: Vec<(String, String, bool)>,
}

#[component]
pub fn FreePage(site: DeskSite, kinds: Vec<FreeKind>) -> impl IntoView {
    let scene = site.scene.clone();
    let locale = scene.locale;
    let day = format::date_long(locale, scene.today);
    let sections =
        kinds.into_iter().map(|kind| view! { <Kind scene=scene.clone() kind /> }.erased()).collect::<Vec<_>>();
    view! {
        <DeskFrame site tab=DeskTab::House>
            <PageHeader title=words::title(locale) eyebrow=day lead=words::lead(locale).to_owned() />
            <div class="cards">{sections.into_iter().collect_view()}</div>
        </DeskFrame>
    }
}

#[component]
fn Kind(scene: DeskScene, kind: FreeKind) -> impl IntoView {
    let locale = scene.locale;
    let FreeKind { code, name, sleeps, price, left, rooms } = kind;
    let new = format!("/desk/{}/new?room_type={code}", scene.hotel);
    let id = format!("free-{code}");
    let about = [new_stay::sleeps(locale, sleeps), words::a_night(locale, &format::money(locale, price))].join(" · ");
    let still_to_give = u32::try_from(rooms.len()).unwrap_or(u32::MAX).saturating_sub(left.into());
    let note = (still_to_give > 0 && !rooms.is_empty()).then(|| words::still_to_give(locale, still_to_give));
    let lines = rooms
        .into_iter()
        .map(|(number, condition, is_occupied)| {
            let tone = if condition == "dirty" { Tone::Warn } else { Tone::Good };
            let occupied =
                is_occupied.then(|| view! { <Badge tone=Tone::Info>{words::nobody_left_yet(locale)}</Badge> });
            let (named, there) = (words::sell_named(locale, &number), format!("{new}&room={number}"));
            let room = if left > 0 {
                view! { <a class="button button--small" href=there aria-label=named>{number}</a> }.erased()
            } else {
                view! { <strong>{number}</strong> }.erased()
            };
            view! {
                <li class="free__room">
                    {room}
                    <Badge tone>{room_words::condition(locale, &condition)}</Badge>
                    {occupied}
                </li>
            }
            .erased()
        })
        .collect::<Vec<_>>();
    let is_empty = lines.is_empty();
    let sell = (left > 0).then(|| {
        let named = format!("{}: {name}", words::sell(locale));
        view! { <a class="button button--main" href=new aria-label=named>{words::sell(locale)}</a> }
    });
    let count = if left == 0 { words::none_left(locale).to_owned() } else { new_stay::left(locale, left) };
    view! {
        <section class="card" id=id.clone() aria-labelledby=format!("{id}-title") data-left=left.to_string()>
            <h2 id=format!("{id}-title")>{name}" "<span class="count">{count}</span></h2>
            <p class="muted small">{about}</p>
            {note.map(|note| view! { <p class="small">{note}</p> })}
            {is_empty.then(|| view! { <p class="muted small">{words::no_numbers(locale)}</p> })}
            <ul class="free__rooms">{lines.into_iter().collect_view()}</ul>
            {sell}
        </section>
    }
}
