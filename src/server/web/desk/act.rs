//! One step with a reservation, by a form. Done: back to where it was taken, with the way back offered. Refused: the
//! reservation as it is now, and why.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::reservation::render;
use crate::domain::{Action, Reservation, Status};
use crate::islands::house_book::HouseList;
use crate::messages::{Locale, desk, format};
use crate::pages::desk::reservation::Told;
use crate::server::error::AppError;
use crate::server::service::act::{DeskAction, act};
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::AppState;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::session::StaffSession;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The version that was on the screen.
    version: Option<u32>,
    /// The list of the house page that it was taken from.
    from_list: Option<String>,
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code, action)): Path<(String, String, String)>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let action = DeskAction::from_path(&action).ok_or(AppError::NotFound)?;
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    match act(&app, &staff.house, &code, action, &seen, staff.actor()).await {
        Ok(reservation) => Ok(done(&staff, action, &reservation, sent.from_list.as_deref())),
        Err(error) => {
            let Some((status, reason)) = refusal(visitor.locale_at(&staff.house.hotel), &error) else {
                return Err(error.into());
            };
            render(&app, &staff, &visitor, &code, status, Some(Told::Refused(reason))).await
        }
    }
}

fn done(staff: &StaffSession, action: DeskAction, reservation: &Reservation, from_list: Option<&str>) -> Response {
    let (hotel, code) = (&staff.house.hotel.slug, reservation.code);
    let action = match (action, reservation.state().status()) {
        (DeskAction::Cancel, Status::Lapsed) => Action::Release.as_str(),
        _ => action.as_str(),
    };
    let list = HouseList::ALL.into_iter().find(|list| from_list == Some(list.as_str()));
    let there = match list {
        Some(list) => format!("/desk/{hotel}?done={action}&code={code}&list={}", list.as_str()),
        None => format!("/desk/{hotel}/reservations/{code}?done={action}"),
    };
    Redirect::to(&there).into_response()
}

/// Refusals that the desk can do something about.
fn refusal(locale: Locale, error: &ServiceError) -> Option<(StatusCode, String)> {
    match error {
        ServiceError::TransitionNotAllowed(_) => Some((StatusCode::CONFLICT, desk::not_allowed(locale).to_owned())),
        ServiceError::VersionConflict { .. } => {
            Some((StatusCode::PRECONDITION_FAILED, desk::changed_meanwhile(locale).to_owned()))
        }
        ServiceError::SoldOut(sold_out) => {
            let nights: Vec<String> = sold_out.nights.iter().map(|night| format::date_short(locale, *night)).collect();
            Some((StatusCode::CONFLICT, format!("{} {}", desk::no_rooms_left(locale), nights.join(", "))))
        }
        ServiceError::Room(refusal) => Some(super::rooms::refusal_words(locale, refusal)),
        _ => None,
    }
}
