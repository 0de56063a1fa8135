//! `/reservations/{code}/calendar.ics`: the stay for the guest's own calendar.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::opened::{self, Opened};
use super::visitor::Visitor;
use crate::messages::format;
use crate::messages::guest::booking;
use crate::server::calendar::{CalendarEvent, file};
use crate::server::error::AppError;
use crate::server::state::AppState;

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let Opened { house, reservation, .. } = opened::by_cookie(&app, &headers, &code).await?;
    let locale = visitor.locale_at(&house.hotel);
    let room = house.room_type(&reservation.room_type).map_or("", |kind| kind.name.as_str());
    let party = reservation.party;
    let notes = vec![
        format!("{}: {}", booking::code(locale), reservation.code),
        format::guests(locale, party.adults().into(), party.children().into()),
    ];
    let url = format!("{}/reservations/{}", app.public_url, reservation.code);
    let event = CalendarEvent { hotel: &house.hotel, reservation: &reservation, room, url, notes };
    let name = format!("attachment; filename=\"stay-{}.ics\"", reservation.code);
    let fields = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((fields, file(&event, app.now())).into_response())
}
