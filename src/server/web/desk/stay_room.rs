//! A stay's room by a form on its page: given, taken back, split, joined, and the word that its guest has moved.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::refusal;
use super::reservation::{Shown, render};
use crate::domain::{ReservationCode, RoomNumber};
use crate::messages::desk::{self, rooms as words};
use crate::pages::desk::reservation::Told;
use crate::pages::desk::room_form::RoomTyped;
use crate::server::error::AppError;
use crate::server::service::assign::{Lodging, assign as give};
use crate::server::service::{IfMatch, ServiceError, act, rooms};
use crate::server::state::{App, AppState};
use crate::server::store::RoomRefusal;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::session::StaffSession;
use crate::wire::room::MoveView;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentRoom {
    /// Blank for any.
    room: String,
    /// The first night in it; blank for all.
    from: String,
    /// `room`, `any` or `none`.
    how: String,
    version: Option<u32>,
}

pub(super) async fn assign(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<SentRoom>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let lodging = match sent.how.as_str() {
        "any" => Ok(Lodging::Any),
        "none" => Ok(Lodging::None),
        _ => Lodging::room(Some(&sent.room), Some(&sent.from)),
    };
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let given = match lodging {
        Ok(lodging) => give(&app, &staff.house, &code, lodging, &seen, staff.actor()).await,
        Err(errors) => Err(errors.into()),
    };
    let conflict = StatusCode::CONFLICT;
    let (status, reason) = match given {
        Ok(answer) => {
            let moved = moves(&answer.moves);
            let told =
                if moved.is_empty() { "done=changed".to_owned() } else { format!("moved={}", moved.replace(' ', "+")) };
            let path = format!("/desk/{}/reservations/{}", staff.house.hotel.slug, answer.reservation.code);
            return Ok(Redirect::to(&format!("{path}?{told}")).into_response());
        }
        Err(ServiceError::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, words::no_number(locale).into()),
        Err(ServiceError::VersionConflict { .. }) => {
            (StatusCode::PRECONDITION_FAILED, desk::changed_meanwhile(locale).into())
        }
        Err(ServiceError::Room(RoomRefusal::AnotherType { .. })) if !sent.from.is_empty() => {
            (conflict, words::split_within_type(locale).into())
        }
        // Another type has another price, and that is shown first.
        Err(ServiceError::Room(RoomRefusal::AnotherType { .. })) => {
            return to_its_price(&app, &staff, &code, &sent).await;
        }
        Err(ServiceError::Room(refused)) => (conflict, refusal::reason(&app, &staff, locale, &refused).await?),
        Err(error) => return Err(error.into()),
    };
    let told = Told::NoRoom(RoomTyped { room: sent.room, from: sent.from, reason });
    render(&app, &staff, &visitor, &code, status, Shown { told: Some(told), folio: None }).await
}

/// The change of the stay to the room's type, with what it would cost.
async fn to_its_price(app: &App, staff: &StaffSession, code: &str, sent: &SentRoom) -> Result<Response, AppError> {
    let stay = act::reservation(app, &staff.house, code).await?;
    let number: RoomNumber = sent.room.parse().map_err(|_| AppError::NotFound)?;
    let room_type = rooms::type_of(app, &staff.house, &number).await?.ok_or(AppError::NotFound)?;
    let (hotel, code, dates) = (&staff.house.hotel.slug, stay.code, stay.stay);
    let there = format!(
        "/desk/{hotel}/reservations/{code}/change?arrival={}&departure={}&room_type={room_type}&room={number}&adults={}&children={}",
        dates.arrival(),
        dates.departure(),
        stay.party.adults(),
        stay.party.children(),
    );
    Ok(Redirect::to(&there).into_response())
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentMoved {
    version: Option<u32>,
}

/// The guest has gone to the room that was planned.
pub(super) async fn moved(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<SentMoved>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let (status, reason) = match give(&app, &staff.house, &code, Lodging::Moved, &seen, staff.actor()).await {
        Ok(answer) => {
            let (hotel, code) = (&staff.house.hotel.slug, answer.reservation.code);
            return Ok(Redirect::to(&format!("/desk/{hotel}/reservations/{code}?done=changed")).into_response());
        }
        Err(ServiceError::VersionConflict { .. }) => {
            (StatusCode::PRECONDITION_FAILED, desk::changed_meanwhile(locale).into())
        }
        Err(ServiceError::Room(refused)) => {
            (StatusCode::CONFLICT, refusal::reason(&app, &staff, locale, &refused).await?)
        }
        Err(error) => return Err(error.into()),
    };
    render(&app, &staff, &visitor, &code, status, Shown { told: Some(Told::Refused(reason)), folio: None }).await
}

/// `K7QM-2XNP 201 202, …`: who went from where to where.
pub(super) fn moves(moves: &[MoveView]) -> String {
    let one = |MoveView { code, from, to }: &MoveView| format!("{code} {from} {to}");
    moves.iter().map(one).collect::<Vec<_>>().join(",")
}

/// What an address says was moved is shown only where it can be nothing else.
pub(super) fn is_moves(text: &str) -> bool {
    let is_move = |one: &str| {
        let parts: Vec<&str> = one.split(' ').collect();
        matches!(parts[..], [code, from, to] if code.parse::<ReservationCode>().is_ok()
            && from.parse::<RoomNumber>().is_ok()
            && to.parse::<RoomNumber>().is_ok())
    };
    text.split(',').all(is_move)
}
