//! The chart's form: a stay to another room or to other dates, the price first.

use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::chart::{Shown, render};
use super::refusal;
use crate::domain::{Money, Reservation, RoomNumber};
use crate::islands::in_the_way::Reason;
use crate::messages::desk::{self, chart as texts};
use crate::messages::{Locale, format};
use crate::pages::desk::chart::ChartTold;
use crate::pages::desk::chart_form::{MovePrice, MoveTyped};
use crate::server::error::AppError;
use crate::server::service::{IfMatch, ServiceError, act, change, rooms};
use crate::server::state::{App, AppState};
use crate::server::store::SplitOffer;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::guest::words;
use crate::server::web::session::StaffSession;
use crate::wire::change::ChangeRequest;

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
    Form(mut typed): Form<MoveTyped>,
) -> Result<Response, AppError> {
    let house = &staff.house;
    let locale = visitor.locale_at(&house.hotel);
    let reservation = match act::reservation(&app, house, &typed.code).await {
        Ok(reservation) => reservation,
        Err(ServiceError::ReservationNotFound) => {
            let told = ChartTold { is_good: false, reason: texts::choose_stay(locale).into() };
            return shown(&app, &staff, &visitor, typed, None, StatusCode::UNPROCESSABLE_ENTITY, Some(told)).await;
        }
        Err(error) => return Err(error.into()),
    };
    let shown_total = typed.shown_total.parse().ok().map(|minor| Money::new(minor, house.hotel.currency));
    let request = request(&app, &staff, &reservation, &typed, shown_total).await?;
    // Nothing is changed for a price that was not seen.
    if typed.look.is_some() || shown_total.is_none() {
        let found = change::preview(&app, house, &reservation, &request, &IfMatch::Any, staff.actor()).await;
        let preview = match found {
            Ok(preview) => preview,
            Err(error) => return refused(&app, &staff, &visitor, typed, error).await,
        };
        let difference = preview.difference();
        if let Some(error) = preview.refusal {
            let (status, mut reason) = reason(&app, &staff, locale, error).await?;
            if let Some(SplitOffer { from, rooms }) = preview.split {
                let rooms: Vec<String> = rooms.iter().map(ToString::to_string).collect();
                let offer = desk::rooms::could_split(locale, &format::date_short(locale, from), &rooms.join(", "));
                reason.words = format!("{} {offer}", reason.words);
            }
            let told = ChartTold { is_good: false, reason };
            return shown(&app, &staff, &visitor, typed, None, status, Some(told)).await;
        }
        typed.version = reservation.version.to_string();
        let price = MovePrice { before: preview.total_before, after: preview.total_after, difference };
        return shown(&app, &staff, &visitor, typed, Some(price), StatusCode::OK, None).await;
    }
    let seen = typed.version.parse().map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    match change::change(&app, house, &reservation, &request, &seen, staff.actor()).await {
        Ok(changed) => {
            let there = format!(
                "/desk/{}/chart?from={}&days={}&done={}",
                house.hotel.slug,
                day(&typed.from),
                number(&typed.days),
                changed.code
            );
            Ok(Redirect::to(&there).into_response())
        }
        Err(error) => refused(&app, &staff, &visitor, typed, error).await,
    }
}

/// Only what can be part of an address.
fn day(text: &str) -> String {
    text.parse::<crate::domain::Date>().map(|day| day.to_string()).unwrap_or_default()
}

fn number(text: &str) -> String {
    text.parse::<u8>().map(|number| number.to_string()).unwrap_or_default()
}

/// What is asked for: blank stays as it is, and a room of another type takes its type along.
async fn request(
    app: &App,
    staff: &StaffSession,
    reservation: &Reservation,
    typed: &MoveTyped,
    shown_total: Option<Money>,
) -> Result<ChangeRequest, AppError> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let mut room_type = None;
    if let Ok(number) = typed.room.parse::<RoomNumber>() {
        let of = rooms::type_of(app, &staff.house, &number).await?;
        room_type = of.filter(|of| *of != reservation.room_type).map(|of| of.to_string());
    }
    Ok(ChangeRequest {
        arrival: some(&typed.arrival),
        departure: some(&typed.departure),
        room: some(&typed.room),
        room_from: some(&typed.room_from),
        room_type,
        keep_price: typed.keep_price.is_some(),
        shown_total,
        ..ChangeRequest::default()
    })
}

async fn refused(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    typed: MoveTyped,
    error: ServiceError,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let (status, reason) = reason(app, staff, locale, error).await?;
    let told = ChartTold { is_good: false, reason };
    shown(app, staff, visitor, typed, None, status, Some(told)).await
}

/// What the desk can do something about; all else is an error page.
async fn reason(
    app: &App,
    staff: &StaffSession,
    locale: Locale,
    error: ServiceError,
) -> Result<(StatusCode, Reason), AppError> {
    Ok(match error {
        ServiceError::Invalid(errors) => {
            let told: Vec<String> =
                errors.iter().map(|(field, error)| words::field_error(locale, field, error)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, told.join(" ").into())
        }
        ServiceError::SoldOut(sold_out) => {
            let nights: Vec<String> = sold_out.nights.iter().map(|night| format::date_short(locale, *night)).collect();
            let nights = texts::nights_gone(locale, &nights.join(", "));
            (StatusCode::CONFLICT, format!("{} {nights}", texts::sold_out(locale)).into())
        }
        ServiceError::Room(refused) => (StatusCode::CONFLICT, refusal::reason(app, staff, locale, &refused).await?),
        ServiceError::VersionConflict { .. } => {
            (StatusCode::PRECONDITION_FAILED, desk::changed_meanwhile(locale).into())
        }
        ServiceError::PriceChanged { .. } => {
            (StatusCode::CONFLICT, crate::messages::guest::booking::price_changed(locale).into())
        }
        ServiceError::NotChangeable(_) | ServiceError::TransitionNotAllowed(_) => {
            (StatusCode::CONFLICT, texts::cannot_move(locale).into())
        }
        error => return Err(error.into()),
    })
}

async fn shown(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    typed: MoveTyped,
    price: Option<MovePrice>,
    status: StatusCode,
    told: Option<ChartTold>,
) -> Result<Response, AppError> {
    let (from, days) = (typed.from.clone(), typed.days.clone());
    let shown = Shown { from, days, day: String::new(), typed, price, told, is_open: true };
    render(app, staff, visitor, shown, status).await
}
