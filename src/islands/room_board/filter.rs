//! Which part of the house is shown: links, with a count that is kept true.

use leptos::prelude::*;

use super::Board;
use crate::components::{Erase, Erased};
use crate::domain::Condition;
use crate::islands::room_board::order::RoomFilter;
use crate::messages::Locale;
use crate::messages::desk::rooms as words;
use crate::wire::room::RoomToday;

#[component]
pub(super) fn Filter(
    locale: Locale,
    board: Board,
    home: String,
    rooms: Vec<RoomToday>,
    filter: RoomFilter,
) -> impl IntoView {
    let link = |to: RoomFilter, words: String, count: Option<Erased>| {
        let current = (to == filter).then_some("true");
        view! {
            <a class="chip" href=format!("{home}{}", to.query()) aria-current=current>
                {words}
                {count}
            </a>
        }
        .erased()
    };
    let all: Vec<_> = rooms.iter().filter_map(|room| board.room(&room.room.number)).collect();
    let floor = filter.floor;
    let count = |condition: Option<&'static str>| {
        let all = all.clone();
        let of_floor = RoomFilter { floor, condition: condition.map(str::to_owned) };
        let count = move || all.iter().filter(|room| room.with(|room| of_floor.asks_for(room))).count();
        view! { <span class="count">{count}</span> }.erased()
    };
    let mut conditions =
        vec![link(filter.with_condition(None), words::all_rooms(locale).to_owned(), Some(count(None)))];
    conditions.extend(Condition::ALL.map(|condition| {
        let condition = condition.as_str();
        let words = words::condition(locale, condition).to_owned();
        link(filter.with_condition(Some(condition)), words, Some(count(Some(condition))))
    }));
    let mut numbers: Vec<i8> = rooms.iter().map(|room| room.room.floor).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let has_floors = numbers.len() > 1;
    let mut floors = vec![link(filter.with_floor(None), words::all_floors(locale).to_owned(), None)];
    floors.extend(
        numbers
            .into_iter()
            .map(|floor| link(filter.with_floor(Some(floor)), words::floor(locale, &floor.to_string()), None)),
    );
    view! {
        <nav class="room-filter no-print" aria-label=words::show(locale)>
            <div class="chips">{conditions.into_iter().collect_view()}</div>
            {has_floors.then(|| view! { <div class="chips">{floors.into_iter().collect_view()}</div> })}
        </nav>
    }
}
