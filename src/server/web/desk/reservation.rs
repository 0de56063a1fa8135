//! `/desk/{hotel}/reservations/{code}`: one reservation and what can be done with it now.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{outcome, site};
use crate::domain::{Action, Condition, Date, Reservation, RoomNumber, State as Standing, Timestamp};
use crate::messages::desk;
use crate::pages::desk::reservation::{DeskReservationPage, Told};
use crate::server::error::AppError;
use crate::server::service::{act, rooms};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::{Bundle, Document, page};
use crate::server::web::session::StaffSession;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
    /// Who was moved to make room.
    moved: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let done = outcome(&app, &staff, asked.done.as_deref(), Some(&code)).await?;
    let moved = asked.moved.filter(|moved| super::rooms::is_moves(moved)).map(Told::Moved);
    render(&app, &staff, &visitor, &code, StatusCode::OK, done.map(Told::Done).or(moved)).await
}

/// The page as it is now, with what is to be said first.
pub(super) async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    code: &str,
    status: StatusCode,
    told: Option<Told>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (mut site, _) = site(app, staff, visitor, String::new()).await?;
    let reservation = act::reservation(app, &staff.house, code).await?;
    site.scene.here = site.scene.reservation_path(reservation.code);
    let locale = site.scene.locale;
    let rooms_free = rooms::free_for(app, &staff.house, &reservation).await?;
    let rooms_free = rooms_free.into_iter().filter(|(number, _)| reservation.room.as_ref() != Some(number));
    let in_words = |(number, condition): (RoomNumber, Condition)| {
        (number.to_string(), desk::rooms::condition(locale, condition.as_str()).to_owned())
    };
    let rooms_free: Vec<_> = rooms_free.map(in_words).collect();
    let steps = steps(&reservation, site.scene.today, app.now());
    let view = app.view(&staff.house, &reservation);
    let title = format!("{} · {} · {}", reservation.code, desk::reservations(locale), hotel.name);
    let document = Document::new(locale.html_lang(), title).bundle(Bundle::Desk).private();
    Ok(page(status, document, move || view! { <DeskReservationPage site reservation=view steps told rooms_free /> }))
}

/// What the state allows and the day makes sense of, the likely step first.
fn steps(reservation: &Reservation, today: Date, now: Timestamp) -> Vec<Action> {
    let stay = reservation.stay;
    let state: Standing = reservation.state();
    let makes_sense = |action: &Action| match action {
        Action::Lapse => false,
        Action::CheckIn | Action::NoShow => stay.arrival() <= today,
        // Nights that have gone cannot be taken again.
        Action::Reinstate | Action::LateArrival => stay.departure() > today,
        _ => true,
    };
    let mut steps: Vec<Action> = state.allowed_actions(now).filter(makes_sense).collect();
    steps.sort_by_key(|action| match action {
        Action::CheckIn | Action::CheckOut | Action::Confirm | Action::LateArrival | Action::Reinstate => 0,
        Action::UndoCheckIn | Action::UndoCheckOut | Action::Release | Action::Lapse => 1,
        Action::NoShow => 2,
        Action::Cancel => 3,
    });
    steps
}
