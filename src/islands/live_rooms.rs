//! The hotel's rooms for the chosen nights, alive: what is left and what it costs, as it changes.

use leptos::prelude::*;

use crate::components::{LiveBadge, RoomCard, RoomRow};
use crate::domain::HotelSlug;
use crate::islands::stream::{data, follow};
use crate::messages::{Locale, guest};
use crate::wire::availability::{AvailabilityEvent, Cell, NightLeft};

/// `here` is the page's own address; `as_of` is where the stream goes on from the `rooms` as they were rendered. `lead`
/// says for which nights and guests.
#[island]
pub fn LiveRooms(
    locale: Locale,
    hotel: HotelSlug,
    as_of: String,
    here: String,
    lead: String,
    rooms: Vec<RoomRow>,
) -> impl IntoView {
    let rows: Vec<(RoomRow, RwSignal<Vec<NightLeft>>)> =
        rooms.into_iter().map(|room| (room.clone(), RwSignal::new(room.nights))).collect();
    let nights_of: Vec<(String, RwSignal<Vec<NightLeft>>)> =
        rows.iter().map(|(room, nights)| (room.code.clone(), *nights)).collect();
    let path = format!("/api/v1/hotels/{hotel}/events");
    let state = follow(path, as_of, &["availability"], data, move |events: Vec<AvailabilityEvent>| {
        for event in &events {
            for (code, nights) in &nights_of {
                let cells = event.cells.iter().filter(|cell| cell.room_type.as_str() == code);
                let changed: Vec<&Cell> =
                    cells.filter(|cell| nights.with_untracked(|nights| differs(nights, cell))).collect();
                if !changed.is_empty() {
                    nights.update(|nights| changed.into_iter().for_each(|cell| put(nights, cell)));
                }
            }
        }
    });
    view! {
        <section aria-labelledby="rooms">
            <div class="section-head">
                <div>
                    <h2 id="rooms">{guest::rooms_title(locale)}</h2>
                    <p class="muted">{lead}</p>
                </div>
                <LiveBadge locale state href=here />
            </div>
            <ul class="rooms">
                {rows.into_iter().map(|(room, nights)| view! { <RoomCard locale room nights /> }).collect_view()}
            </ul>
        </section>
    }
}

fn differs(nights: &[NightLeft], cell: &Cell) -> bool {
    nights.iter().any(|night| night.date == cell.date && (night.left, night.price) != (cell.left, cell.price))
}

fn put(nights: &mut [NightLeft], cell: &Cell) {
    for night in nights.iter_mut().filter(|night| night.date == cell.date) {
        night.left = cell.left;
        night.price = cell.price;
    }
}
