//! The desk's stream, one connection a page however many islands listen to it.

use leptos::prelude::*;

use crate::components::LiveState;
use crate::domain::HotelSlug;
#[cfg(feature = "hydrate")]
use crate::islands::slices::draw;
#[cfg(feature = "hydrate")]
use crate::islands::stream::follow;
use crate::islands::stream::{Event, data, place};
use crate::wire::desk::{AlertEvent, DayEvent, ReservationEvent};
use crate::wire::room::{NightsEvent, RoomEvent};

/// One event of the desk's stream.
#[derive(Clone, Debug)]
pub struct Heard {
    pub seq: u64,
    /// It happened while this page was not connected.
    pub missed: bool,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Reservation(Box<ReservationEvent>),
    /// A room as it is now.
    Room(Box<RoomEvent>),
    /// Nights of a room type are blocked that were not, or the other way round.
    Nights(NightsEvent),
    Alert(AlertEvent),
    /// The hotel's day, as it is now.
    Day(DayEvent),
}

/// The number in `EPOCH-SEQ`.
pub fn seq_of(id: &str) -> Option<u64> {
    place::parts(id).map(|(_, seq)| seq)
}

/// None for an event that this page is too old to understand.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only a browser listens"))]
fn read(event: &Event) -> Option<Heard> {
    let what = match event.name.as_str() {
        "reservation" => What::Reservation(data(event)?),
        "alert" => What::Alert(data(event)?),
        "day" => What::Day(data(event)?),
        // Of one room, or of a type's nights: the fields tell.
        "room" => match data(event) {
            Some(room) => What::Room(room),
            None => What::Nights(data(event)?),
        },
        _ => return None,
    };
    Some(Heard { seq: seq_of(&event.id)?, missed: event.missed, what })
}

#[cfg(feature = "hydrate")]
const NAMES: &[&str] = &["reservation", "room", "alert", "day"];

/// So many are read in one piece of work.
#[cfg(feature = "hydrate")]
const READ_AT_ONCE: usize = 20;

#[cfg(feature = "hydrate")]
type Listeners = std::rc::Rc<std::cell::RefCell<Vec<Box<dyn Fn(&[Heard])>>>>;

/// Reads what has come and tells the listeners, in pieces, so that a frame between them is not late.
#[cfg(feature = "hydrate")]
fn hand_round(listeners: &Listeners, events: &[Event]) {
    use std::cell::RefCell;
    use std::rc::Rc;

    let heard = Rc::new(RefCell::new(Vec::with_capacity(events.len())));
    for events in events.chunks(READ_AT_ONCE) {
        let (events, heard) = (events.to_vec(), Rc::clone(&heard));
        draw(move || heard.borrow_mut().extend(events.iter().filter_map(read)));
    }
    for number in 0..listeners.borrow().len() {
        let (listeners, heard) = (Rc::clone(listeners), Rc::clone(&heard));
        draw(move || {
            if let Some(listener) = listeners.borrow().get(number) {
                listener(&heard.borrow());
            }
        });
    }
}

/// Listens from `as_of` on; what is drawn together is heard together. The first island of the page that joins opens
/// the connection.
#[cfg(feature = "hydrate")]
pub fn join(hotel: &HotelSlug, as_of: &str, listener: impl Fn(&[Heard]) + 'static) -> ReadSignal<LiveState> {
    use std::cell::RefCell;
    use std::rc::Rc;

    thread_local! {
        static FEED: RefCell<Option<(Listeners, ReadSignal<LiveState>)>> = const { RefCell::new(None) };
    }

    FEED.with_borrow_mut(|feed| {
        let (listeners, state) = feed.get_or_insert_with(|| {
            let listeners = Listeners::default();
            let told = Rc::clone(&listeners);
            let path = format!("/api/v1/desk/{hotel}/events");
            let keep = |event: &Event| Some(event.clone());
            let state = follow(path, as_of.to_owned(), NAMES, keep, move |events| hand_round(&told, &events));
            (listeners, state)
        });
        listeners.borrow_mut().push(Box::new(listener));
        *state
    })
}

/// On the server there is nothing to hear.
#[cfg(not(feature = "hydrate"))]
pub fn join(_hotel: &HotelSlug, _as_of: &str, _listener: impl Fn(&[Heard]) + 'static) -> ReadSignal<LiveState> {
    signal(LiveState::Still).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_is_read_with_its_place_in_the_order() {
        let event = Event {
            name: "alert".to_owned(),
            id: "e1-77".to_owned(),
            data: r#"{"kind":"nudge","code":"K7QM-2XNP","text":"Towels","at":"2026-06-05T10:00:00.000Z"}"#.to_owned(),
            missed: false,
        };
        let heard = read(&event).unwrap();
        assert_eq!(heard.seq, 77);
        assert!(matches!(heard.what, What::Alert(alert) if alert.text == "Towels"));
        assert!(read(&Event { name: "weather".to_owned(), ..event }).is_none());
    }

    #[test]
    fn a_room_and_a_types_nights_are_told_apart() {
        let event = |data: &str| {
            let event = Event { name: "room".to_owned(), id: "e1-78".to_owned(), data: data.to_owned(), missed: false };
            read(&event).unwrap().what
        };
        let room = r#"{"type":"condition","at":"2026-06-05T10:00:00.000Z","by":"a@b.example","room":
            {"number":"204","floor":2,"room_type":"double","condition":"clean","blocks":[]}}"#;
        assert!(matches!(event(room), What::Room(room) if room.room.room.condition == "clean"));
        let nights = r#"{"type":"nights","at":"2026-06-05T10:00:00.000Z","by":"system","room_type":"double"}"#;
        assert!(matches!(event(nights), What::Nights(nights) if nights.room_type.as_str() == "double"));
    }
}
