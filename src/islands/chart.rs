//! The tape chart, alive: only what can be seen is drawn, another's change glides in, bars are moved by hand or by key.
//!
//! `book` is what is known, `plan` where it lies, `window` what of it is drawn, `words` how it is said, `moving` a bar in the hand. `live` is the chart
//! in a browser: `draw`, `layer` and `bars` show it, `hand` and `keys` take what the reader does, `ask` and `make` talk to
//! the server by `api`, `dialogs` and `drop_choices` to the reader.

pub mod book;
pub mod moving;
pub mod plan;
pub mod window;
pub mod words;

#[cfg(test)]
mod sample;

#[cfg(feature = "hydrate")]
mod api;
#[cfg(feature = "hydrate")]
mod ask;
#[cfg(feature = "hydrate")]
mod bars;
#[cfg(feature = "hydrate")]
mod dialogs;
#[cfg(feature = "hydrate")]
mod draw;
#[cfg(feature = "hydrate")]
mod drop_choices;
#[cfg(feature = "hydrate")]
mod hand;
#[cfg(feature = "hydrate")]
mod keys;
#[cfg(feature = "hydrate")]
mod layer;
#[cfg(feature = "hydrate")]
mod live;
#[cfg(feature = "hydrate")]
mod make;

use leptos::prelude::*;

use crate::components::Erased;
use crate::domain::Date;
use crate::islands::desk_row::DeskScene;

/// Takes the place of the table that the server has drawn, once it knows as much. `as_of` is where the stream goes on.
#[island]
pub fn LiveChart(scene: DeskScene, as_of: String, from: Date, days: i32) -> impl IntoView {
    let is_ready = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    let inside = live::start(scene, as_of, from, days, is_ready);
    #[cfg(not(feature = "hydrate"))]
    let inside = {
        let _ = (scene, as_of, from, days);
        || -> Option<Erased> { None }
    };
    let inside: Box<dyn Fn() -> Option<Erased> + Send> = Box::new(inside);
    view! { <div class="live-chart" hidden=move || !is_ready.get()>{inside}</div> }
}
