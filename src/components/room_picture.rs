//! Drawn pictures of rooms, one for each kind. The colours are classes, so that a picture knows evening (dark mode) and
//! print. The files beside this one are drawings on a 320 by 200 sheet, without their `<svg>`.
//!
//! The browser keeps what the server drew and does not carry the drawings a second time: hydration leaves the inside of
//! an `inner_html` element alone.

use leptos::prelude::*;

use crate::messages::{Locale, room};

type Words = fn(Locale) -> &'static str;

#[cfg(feature = "ssr")]
fn drawing(code: &str) -> &'static str {
    match code {
        "single" => include_str!("room_picture/single.svg"),
        "double" => include_str!("room_picture/double.svg"),
        "family" => include_str!("room_picture/family.svg"),
        "suite" => include_str!("room_picture/suite.svg"),
        "standard" => include_str!("room_picture/standard.svg"),
        "lake" => include_str!("room_picture/lake.svg"),
        "courtyard" => include_str!("room_picture/courtyard.svg"),
        _ => include_str!("room_picture/room.svg"),
    }
}

#[cfg(not(feature = "ssr"))]
const fn drawing(_code: &str) -> &'static str {
    ""
}

fn words(code: &str) -> Words {
    match code {
        "single" => room::single,
        "double" => room::double,
        "family" => room::family,
        "suite" => room::suite,
        "standard" => room::standard,
        "lake" => room::lake,
        "courtyard" => room::courtyard,
        _ => room::room,
    }
}

/// The picture of a room type, by its code; any other code gets a room that could be anywhere.
#[component]
pub fn RoomPicture(locale: Locale, #[prop(into)] code: String) -> impl IntoView {
    view! {
        <svg
            class="drawing room-picture"
            viewBox="0 0 320 200"
            preserveAspectRatio="xMidYMid slice"
            role="img"
            aria-label=words(&code)(locale)
            inner_html=drawing(&code)
        ></svg>
    }
}
