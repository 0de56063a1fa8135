//! The guest's site: one handler file a page. Each reads the request, asks a use case, and writes a page; a form that
//! cannot be taken comes back with what was typed.

mod book;
mod booking_form;
mod calendar;
mod cancel;
mod change;
mod confirmation;
mod counter;
mod find;
mod held;
mod hold;
mod home;
mod hotel;
mod language;
mod nudge;
mod opened;
mod reservation;
pub mod visitor;
pub(in crate::server::web) mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::server::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(home::show))
        .route("/hotels/{hotel}", get(hotel::show))
        .route("/hotels/{hotel}/book", get(book::show).post(book::submit))
        .route("/hotels/{hotel}/hold", get(hold::clock).post(hold::choose))
        .route("/hotels/{hotel}/hold/extend", get(hold::clock).post(hold::extend))
        .route("/hotels/{hotel}/hold/release", get(hold::clock).post(hold::release))
        .route("/r/{code}/{token}", get(opened::by_link))
        .route("/reservations/{code}", get(reservation::show))
        .route("/reservations/{code}/confirmation", get(confirmation::show))
        .route("/reservations/{code}/cancel", get(cancel::show).post(cancel::submit))
        .route("/reservations/{code}/change", get(change::show).post(change::submit))
        .route("/reservations/{code}/calendar.ics", get(calendar::show))
        .route("/reservations/{code}/nudge", post(nudge::submit))
        .route("/find", get(find::show).post(find::submit))
        .route("/language", post(language::choose))
}
