//! `/desk/{hotel}/search?q=`: where the search field leads. A whole code opens its reservation; all else is a list.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::domain::{ReservationCode, RoomNumber};
use crate::server::error::AppError;
use crate::server::service::act;
use crate::server::state::AppState;
use crate::server::web::query::query;
use crate::server::web::session::StaffSession;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

pub(super) async fn find(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (list, text) = (format!("/desk/{}/reservations", hotel.slug), asked.q.trim());
    if text.parse::<ReservationCode>().is_ok()
        && let Ok(found) = act::reservation(&app, &staff.house, text).await
    {
        return Ok(Redirect::to(&format!("{list}/{}", found.code)).into_response());
    }
    // Of a room one asks who is in it and who comes, not who has ever been there.
    let now = app.business_date(hotel);
    let rooms = app.store.rooms(hotel.id, now).await?.rooms;
    let is_room = text.parse::<RoomNumber>().is_ok_and(|number| rooms.iter().any(|room| room.number == number));
    let from = if is_room { now.add_days(-1).to_string() } else { String::new() };
    // An empty search is everything, and not what a bare address stands for.
    let there = if text.is_empty() { "?q=".to_owned() } else { query(&[("q", text), ("from", &from)]) };
    Ok(Redirect::to(&format!("{list}{there}")).into_response())
}
