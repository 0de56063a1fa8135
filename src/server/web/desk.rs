//! The desk's site: one handler file a page, and one for every action. Each begins with who is asking.

mod act;
mod change;
mod chart;
mod chart_move;
mod day;
mod details;
mod fields;
mod folio;
mod house;
mod log;
mod new_stay;
pub(super) mod problem;
mod refusal;
mod reservation;
mod reservations;
mod rooms;
mod search;
mod settings;
mod sheets;
mod sign_in;
mod site;
mod stay_room;

use axum::Router;
use axum::routing::{get, post};

use crate::server::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/desk", get(sign_in::home))
        .route("/desk/sign-in", get(sign_in::show).post(sign_in::submit))
        .route("/desk/sign-out", post(sign_in::sign_out))
        .route("/desk/{hotel}", get(house::show))
        .route("/desk/{hotel}/chart", get(chart::show).post(chart_move::submit))
        .route("/desk/{hotel}/new", get(new_stay::show).post(new_stay::submit))
        .route("/desk/{hotel}/search", get(search::find))
        .route("/desk/{hotel}/reservations", get(reservations::show))
        .route("/desk/{hotel}/reservations/{code}", get(reservation::show))
        .route("/desk/{hotel}/reservations/{code}/card", get(sheets::card))
        .route("/desk/{hotel}/lists/{list}", get(sheets::list))
        .route("/desk/{hotel}/rooms/list", get(sheets::housekeeping))
        .route("/desk/{hotel}/rooms", get(rooms::show))
        .route("/desk/{hotel}/rooms/{number}/condition", post(rooms::condition))
        .route("/desk/{hotel}/rooms/{number}/note", post(rooms::note))
        .route("/desk/{hotel}/rooms/{number}/blocks", post(rooms::block))
        .route("/desk/{hotel}/rooms/{number}/blocks/{block}/remove", post(rooms::unblock))
        .route("/desk/{hotel}/reservations/{code}/assign", post(stay_room::assign))
        .route("/desk/{hotel}/reservations/{code}/moved", post(stay_room::moved))
        .route("/desk/{hotel}/reservations/{code}/change", get(change::show).post(change::submit))
        .route("/desk/{hotel}/reservations/{code}/swap", post(change::swap))
        .route("/desk/{hotel}/reservations/{code}/{action}", post(act::submit))
        .route("/desk/{hotel}/reservations/{code}/details", get(details::show).post(details::submit))
        .route("/desk/{hotel}/reservations/{code}/folio", post(folio::submit))
        .route("/desk/{hotel}/log", get(log::show))
        .route("/desk/{hotel}/settings", get(settings::show).post(settings::submit))
        .route("/desk/{hotel}/day", get(day::show).post(day::close))
        .route("/desk/{hotel}/day/rule", post(day::set_rule))
}
