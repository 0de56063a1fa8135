//! The rooms, alive, for housekeepers on a phone and for the desk: whoever taps, all see it. Cards stay where they were
//! when the page came, so that none moves away under a thumb.
//!
//! `order` says which rooms come first, `card` draws one, `block_form` takes one out of sale, `steps` does what a tap
//! asks without leaving the page, `filter` shows a part of the house.

pub mod block_form;
mod card;
mod filter;
pub mod order;
mod steps;

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{EmptyState, Erase, LiveBadge};
use crate::domain::RoomNumber;
use crate::islands::desk_board::new_day_after;
use crate::islands::desk_feed::{What, join};
use crate::islands::desk_row::DeskScene;
use crate::islands::in_the_way::Reason;
use crate::islands::room_board::card::Card;
use crate::islands::room_board::filter::Filter;
use crate::islands::room_board::order::{Group, RoomFilter, groups};
use crate::islands::room_board::steps::submitted;
use crate::messages::desk::rooms as words;
use crate::messages::{Locale, desk, guest};
use crate::wire::room::{BlockRequest, RoomStay, RoomToday};

/// A form of a room that came back, with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub number: RoomNumber,
    pub form: RefusedForm,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefusedForm {
    Block {
        sent: BlockRequest,
        /// Fields and what to do about them, in words.
        errors: Vec<(String, String)>,
        reason: Option<Reason>,
    },
    Note {
        sent: String,
    },
}

/// Every room with a signal. Cheap to copy.
#[derive(Clone, Copy)]
struct Board {
    rooms: StoredValue<HashMap<RoomNumber, RwSignal<RoomToday>>>,
    /// How often each room was heard of, so that a late answer does not undo later news.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser listens"))]
    heard: StoredValue<HashMap<RoomNumber, u32>>,
    has_new_room: RwSignal<bool>,
    /// What was done last, for who does not see the button change.
    said: RwSignal<String>,
}

impl Board {
    fn new(rooms: &[RoomToday]) -> Self {
        let rooms = rooms.iter().map(|room| (room.room.number.clone(), RwSignal::new(room.clone())));
        Self {
            rooms: StoredValue::new(rooms.collect()),
            heard: StoredValue::default(),
            has_new_room: RwSignal::new(false),
            said: RwSignal::default(),
        }
    }

    fn room(self, number: &RoomNumber) -> Option<RwSignal<RoomToday>> {
        self.rooms.with_value(|rooms| rooms.get(number).copied())
    }

    /// The stream names no guest; who was known by name stays so.
    fn take_in(self, news: &RoomToday) {
        let number = &news.room.number;
        self.heard.update_value(|heard| *heard.entry(number.clone()).or_default() += 1);
        let Some(shown) = self.room(number) else {
            self.has_new_room.maybe_update(|has| !core::mem::replace(has, true));
            return;
        };
        shown.maybe_update(|shown| {
            let next = RoomToday {
                room: news.room.clone(),
                in_house: named(news.in_house.clone(), shown),
                due_in: named(news.due_in.clone(), shown),
            };
            core::mem::replace(shown, next.clone()) != next
        });
    }
}

fn named(stay: Option<RoomStay>, shown: &RoomToday) -> Option<RoomStay> {
    stay.map(|stay| {
        let known = [&shown.in_house, &shown.due_in].into_iter().flatten().find(|known| known.code == stay.code);
        RoomStay { guest: known.and_then(|known| known.guest.clone()), ..stay }
    })
}

/// `rooms` are all rooms of the house, by floor and number; `filter` says which of them are shown.
#[island]
pub fn RoomBoard(
    scene: DeskScene,
    as_of: String,
    rooms: Vec<RoomToday>,
    filter: RoomFilter,
    is_desk: bool,
    refused: Option<Refused>,
    seconds_left_today: u32,
) -> impl IntoView {
    let scene = Arc::new(scene);
    let locale = scene.locale;
    let board = Board::new(&rooms);
    let state = join(&scene.hotel, &as_of, move |heard| {
        for heard in heard {
            if let What::Room(event) = &heard.what {
                board.take_in(&event.room);
            }
        }
    });
    let is_over = new_day_after(seconds_left_today);
    let home = format!("/desk/{}/rooms", scene.hotel);
    let filters = view! { <Filter locale board home=home.clone() rooms=rooms.clone() filter=filter.clone() /> };
    let has_rooms = !rooms.is_empty();
    let shown: Vec<RoomToday> = rooms.into_iter().filter(|room| filter.asks_for(room)).collect();
    let is_empty = shown.is_empty();
    let sections = groups(shown, scene.today)
        .into_iter()
        .map(|(group, rooms)| {
            let title = title(locale, group);
            let cards = rooms
                .into_iter()
                .filter_map(|room| {
                    let room = board.room(&room.room.number)?;
                    let refused = refused
                        .clone()
                        .filter(|refused| room.with_untracked(|room| room.room.number == refused.number));
                    let (scene, filter) = (Arc::clone(&scene), filter.clone());
                    Some(view! { <Card scene room filter is_desk refused /> }.erased())
                })
                .collect_view();
            view! {
                <section class="floor">
                    <h2>{title}</h2>
                    <ul class="doors">{cards}</ul>
                </section>
            }
            .erased()
        })
        .collect_view();
    let (empty_title, empty_text) = if has_rooms {
        (words::none_such_title(locale), words::none_such_text(locale))
    } else {
        (words::none_title(locale), words::none_text(locale))
    };
    view! {
        <div class="live-line">
            <LiveBadge locale state href=scene.here.clone() />
            <p class="notice" data-tone="warn" hidden=move || !is_over.get()>
                {desk::new_day(locale)}" "<a href=scene.here.clone()>{guest::refresh(locale)}</a>
            </p>
            <p class="small" hidden=move || !board.has_new_room.get()>
                {words::new_room(locale)}" "<a href=scene.here.clone()>{guest::refresh(locale)}</a>
            </p>
        </div>
        <p class="visually-hidden" role="status">{move || board.said.get()}</p>
        {filters}
        <div class="stack stack--l" on:submit=move |event| submitted(event, locale, board)>{sections}</div>
        {is_empty.then(|| view! { <EmptyState title=empty_title>{empty_text}</EmptyState> })}
    }
}

fn title(locale: Locale, group: Group) -> String {
    match group {
        Group::ComingUnready => words::due_in_title(locale).to_owned(),
        Group::Leaving => words::leaving_title(locale).to_owned(),
        Group::Floor(floor) => words::floor(locale, &floor.to_string()),
    }
}
