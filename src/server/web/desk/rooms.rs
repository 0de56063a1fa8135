//! `/desk/{hotel}/rooms`, for housekeepers and the desk: how rooms are, and what takes them out of sale.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::refusal;
use super::site::{document, seconds_left, site};
use super::stay_room::{is_moves, moves};
use crate::domain::Condition;
use crate::islands::room_board::order::RoomFilter;
use crate::islands::room_board::{Refused, RefusedForm};
use crate::messages::desk::rooms as words;
use crate::messages::{Locale, format};
use crate::pages::desk::rooms::{RoomTold, RoomsPage, RoomsProps};
use crate::server::error::AppError;
use crate::server::service::{FieldErrors, ServiceError, block as blocking, rooms as today};
use crate::server::state::{App, AppState};
use crate::server::store::RoomRefusal;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::room::{BlockRequest, RoomEvent, RoomView};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Who was moved out of a room: `CODE-CODE 201 202`, separated by commas.
    moved: String,
    /// The block that was just made, by its number.
    blocked: Option<u64>,
    /// The block that was just taken away.
    unblocked: Option<u64>,
    floor: Option<String>,
    condition: Option<String>,
}

/// A form of the page beside its other fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentBack {
    /// The part of the house that was shown.
    back: String,
}

/// Nights of a room to be taken out of sale, from a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SentBlock {
    kind: String,
    reason: String,
    from: String,
    to: String,
    back: String,
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
    let moved = Some(asked.moved).filter(|moved| is_moves(moved)).map(|moved| words::moved_too(locale, &moved));
    let told = match (asked.blocked, asked.unblocked) {
        (Some(id), _) => block_told(&app, &staff, locale, id, false).await?,
        (None, Some(id)) => block_told(&app, &staff, locale, id, true).await?,
        (None, None) => None,
    };
    let told = match (told, moved) {
        (Some(told), Some(moved)) => Some(RoomTold { text: format!("{} {moved}", told.text), ..told }),
        (None, Some(text)) => Some(RoomTold { text, undo: None }),
        (told, None) => told,
    };
    respond(&app, &staff, &visitor, StatusCode::OK, filter, told, None).await
}

/// What was just done with a block, and the form that takes it back; nothing where it is not so any more. A block's
/// number is that of the fact that made it, so the log knows what it was.
async fn block_told(
    app: &App,
    staff: &StaffSession,
    locale: Locale,
    id: u64,
    is_gone: bool,
) -> Result<Option<RoomTold>, AppError> {
    let hotel = &staff.house.hotel;
    let made = app.store.log(hotel.id, id.saturating_sub(1), id, 1).await?;
    let room = made.first().and_then(|entry| serde_json::from_str::<RoomEvent>(&entry.body).ok());
    let Some(RoomView { number, blocks, .. }) = room.map(|event| event.room.room) else { return Ok(None) };
    let Some(block) = blocks.into_iter().find(|block| block.id == id) else { return Ok(None) };
    let today = app.business_date(hotel);
    let mut others = app.store.rooms(hotel.id, today).await?.blocks;
    others.retain(|other| other.room == number && other.nights.first() < block.to && block.from < other.nights.end());
    let is_so = if is_gone { others.is_empty() } else { others.iter().any(|other| other.id.0 == id) };
    if !is_so || block.to <= today {
        return Ok(None);
    }
    let path = format!("/desk/{}/rooms/{number}/blocks", hotel.slug);
    let nights = format::date_span(locale, block.from, block.to);
    let of = |name: &str, value: String| (name.to_owned(), value);
    Ok(Some(if is_gone {
        let fields = vec![
            of("kind", block.kind),
            of("reason", block.reason),
            of("from", block.from.max(today).to_string()),
            of("to", block.to.to_string()),
        ];
        RoomTold { text: words::back_on_sale(locale, number.as_str()), undo: Some((path, fields)) }
    } else {
        let undo = Some((format!("{path}/{id}/remove"), Vec::new()));
        RoomTold { text: words::out_of_sale(locale, number.as_str(), &nights), undo }
    }))
}

async fn respond(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    status: StatusCode,
    filter: RoomFilter,
    told: Option<RoomTold>,
    refused: Option<Refused>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/rooms{}", hotel.slug, filter.query())).await?;
    let rooms = today::rooms(app, &staff.house, staff.staff.role).await?.rooms;
    let document = document(&site, status, words::rooms(site.scene.locale));
    let seconds_left_today = seconds_left(app, hotel);
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
    asked_in(back).filter().query()
}

fn asked_in(back: &str) -> Asked {
    let asked = format!("http://localhost/{back}").parse().ok().and_then(|uri| Query::<Asked>::try_from_uri(&uri).ok());
    asked.map(|Query(asked)| asked).unwrap_or_default()
}

pub(super) async fn block(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, number)): Path<(String, String)>,
    visitor: Visitor,
    Form(SentBlock { kind, reason, from, to, back: part }): Form<SentBlock>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let sent = BlockRequest { kind, reason, from, to };
    let answer = blocking::block(&app, &staff.house, &number, &sent, staff.actor()).await;
    let (status, errors, reason) = match answer {
        Ok(answer) => {
            let mut done = Vec::new();
            // The newest is the one that was made.
            if let Some(id) = answer.room.blocks.iter().map(|block| block.id).max() {
                done.push(format!("blocked={id}"));
            }
            let moved = moves(&answer.moves);
            if !moved.is_empty() {
                done.push(format!("moved={}", moved.replace(' ', "+")));
            }
            return Ok(back(&staff, &with(&shown(&part), &done), answer.room.number.as_str()));
        }
        Err(ServiceError::Invalid(errors)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, at_block_fields(locale, &errors), None)
        }
        Err(ServiceError::Room(refused)) if refused != RoomRefusal::NotFound => {
            let reason = refusal::reason(&app, &staff, locale, &refused).await?;
            (StatusCode::CONFLICT, Vec::new(), Some(reason))
        }
        Err(error) => return Err(error.into()),
    };
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    let refused = Refused { number, form: RefusedForm::Block { sent, errors, reason } };
    respond(&app, &staff, &visitor, status, asked_in(&part).filter(), None, Some(refused)).await
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
    Form(sent): Form<SentBack>,
) -> Result<Response, AppError> {
    let part = shown(&sent.back);
    match blocking::unblock(&app, &staff.house, &number, &block, staff.actor()).await {
        Ok(room) => Ok(back(&staff, &with(&part, &[format!("unblocked={block}")]), room.number.as_str())),
        // A colleague was faster, or it was pressed twice: it is as it was wanted.
        Err(ServiceError::Room(RoomRefusal::BlockNotFound)) => Ok(back(&staff, &part, &number)),
        Err(error) => Err(error.into()),
    }
}

/// A query with more in it.
fn with(query: &str, more: &[String]) -> String {
    let more = more.join("&");
    match (query, more.as_str()) {
        (query, "") => query.to_owned(),
        ("", more) => format!("?{more}"),
        (query, more) => format!("{query}&{more}"),
    }
}

fn back(staff: &StaffSession, query: &str, number: &str) -> Response {
    Redirect::to(&format!("/desk/{}/rooms{query}#room-{number}", staff.house.hotel.slug)).into_response()
}
