//! `/desk/{hotel}/rooms`, for housekeepers and the desk: how rooms are, and what takes them out of sale.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::site::site;
use super::stay_room::{is_moves, moves, reason, stays_of};
use crate::domain::Condition;
use crate::islands::room_board::order::RoomFilter;
use crate::islands::room_board::{Refused, RefusedForm};
use crate::messages::desk::rooms as words;
use crate::messages::{Locale, problem};
use crate::pages::desk::rooms::{RoomsPage, RoomsProps};
use crate::server::clock::seconds_left_today;
use crate::server::error::AppError;
use crate::server::service::{FieldErrors, ServiceError, block as blocking, rooms as today};
use crate::server::state::{App, AppState};
use crate::server::store::RoomRefusal;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::{Bundle, Document, page};
use crate::server::web::session::StaffSession;
use crate::wire::room::BlockRequest;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Who was moved out of a room: `CODE-CODE 201 202`, separated by commas.
    moved: String,
    floor: Option<String>,
    condition: Option<String>,
}

impl Asked {
    /// What is no floor or no condition asks for nothing.
    fn filter(&self) -> RoomFilter {
        let condition = self.condition.clone().filter(|condition| condition.parse::<Condition>().is_ok());
        RoomFilter { floor: self.floor.as_ref().and_then(|floor| floor.parse().ok()), condition }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentCondition {
    condition: String,
    /// The part of the house that was shown.
    back: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentNote {
    note: String,
    back: String,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let filter = asked.filter();
    let told = Some(asked.moved).filter(|moved| is_moves(moved)).map(|moved| words::moved_too(locale, &moved));
    respond(&app, &staff, &visitor, StatusCode::OK, filter, told, None).await
}

async fn respond(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    status: StatusCode,
    filter: RoomFilter,
    told: Option<String>,
    refused: Option<Refused>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/rooms{}", hotel.slug, filter.query())).await?;
    let locale = site.scene.locale;
    let rooms = today::rooms(app, &staff.house, staff.staff.role).await?.rooms;
    let prefix = if status == StatusCode::OK { "" } else { problem::title_prefix(locale) };
    let title = format!("{prefix}{} · {}", words::rooms(locale), hotel.name);
    let document = Document::new(locale.html_lang(), title).bundle(Bundle::Desk).private();
    let seconds_left_today = seconds_left_today(app.now(), &hotel.time_zone);
    let props = RoomsProps { rooms, filter, seconds_left_today, told, refused };
    Ok(page(status, document, move || view! { <RoomsPage site props /> }))
}

pub(super) async fn condition(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    Form(sent): Form<SentCondition>,
) -> Result<Response, AppError> {
    let room = blocking::set_condition(&app, &staff.house, &number, &sent.condition, staff.actor()).await?;
    Ok(back(&staff, &shown(&sent.back), room.number.as_str()))
}

pub(super) async fn note(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<SentNote>,
) -> Result<Response, AppError> {
    match blocking::set_note(&app, &staff.house, &number, &sent.note, staff.actor()).await {
        Ok(room) => Ok(back(&staff, &shown(&sent.back), room.number.as_str())),
        Err(ServiceError::Invalid(_)) => {
            let number = number.parse().map_err(|_| AppError::NotFound)?;
            let refused = Refused { number, form: RefusedForm::Note { sent: sent.note } };
            respond(
                &app,
                &staff,
                &visitor,
                StatusCode::UNPROCESSABLE_ENTITY,
                RoomFilter::default(),
                None,
                Some(refused),
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

/// The query of the page that a form was on.
fn shown(back: &str) -> String {
    let asked = format!("http://localhost/{back}").parse().ok().and_then(|uri| Query::<Asked>::try_from_uri(&uri).ok());
    asked.map(|Query(asked)| asked.filter().query()).unwrap_or_default()
}

pub(super) async fn block(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<BlockRequest>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let answer = blocking::block(&app, &staff.house, &number, &sent, staff.actor()).await;
    let (status, errors, reason, stays) = match answer {
        Ok(answer) => {
            let moved = moves(&answer.moves);
            let query = if moved.is_empty() { String::new() } else { format!("?moved={}", moved.replace(' ', "+")) };
            return Ok(back(&staff, &query, answer.room.number.as_str()));
        }
        Err(ServiceError::Invalid(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, at_block_fields(locale, &errors), None, Vec::new())
        }
        Err(ServiceError::Room(refusal)) if refusal != RoomRefusal::NotFound => {
            let reason = reason(locale, &refusal).to_owned();
            (StatusCode::CONFLICT, Vec::new(), Some(reason), stays_of(&refusal).to_vec())
        }
        Err(error) => return Err(error.into()),
    };
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    let refused = Refused { number, form: RefusedForm::Block { sent, errors, reason, stays } };
    respond(&app, &staff, &visitor, status, RoomFilter::default(), None, Some(refused)).await
}

/// The errors at the form's fields, in the order in which it shows them.
fn at_block_fields(locale: Locale, errors: &FieldErrors) -> Vec<(String, String)> {
    let fields = [
        ("kind", words::kind_needed(locale)),
        ("reason", words::reason_needed(locale)),
        ("from", words::from_today_on(locale)),
        ("to", words::later_day(locale)),
    ];
    let wrong = fields.into_iter().filter(|(field, _)| errors.get(field).is_some());
    wrong.map(|(field, words)| (field.to_owned(), words.to_owned())).collect()
}

pub(super) async fn unblock(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number, block)): Path<(String, String, String)>,
) -> Result<Response, AppError> {
    let room = blocking::unblock(&app, &staff.house, &number, &block, staff.actor()).await?;
    Ok(back(&staff, "", room.number.as_str()))
}

fn back(staff: &StaffSession, query: &str, number: &str) -> Response {
    Redirect::to(&format!("/desk/{}/rooms{query}#room-{number}", staff.house.hotel.slug)).into_response()
}
