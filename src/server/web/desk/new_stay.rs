//! `/desk/{hotel}/new`: a reservation made at the desk, by telephone or for somebody who has just walked in. What cannot
//! be taken comes back with everything that was typed.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;

use super::act::{Asks, Sent};
use super::reservation::{Shown, render};
use super::site::{document, site};
use super::{fields, refusal};
use crate::components::{FieldError, Tone};
use crate::domain::{Action, Money, RoomNumber};
use crate::islands::in_the_way::Reason;
use crate::messages::desk::new_stay as texts;
use crate::messages::guest::booking;
use crate::messages::{Locale, desk, format};
use crate::pages::desk::new_stay::{Choice, NewStayPage, NewStayProps, Typed};
use crate::pages::desk::question::Question;
use crate::pages::desk::reservation::Told;
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::act::{DeskAction, act};
use crate::server::service::book::{self, Order};
use crate::server::service::new_stay::{TypeChoice, choices};
use crate::server::service::search::{self, Search};
use crate::server::service::{FieldErrors, IfMatch, ServiceError, rooms};
use crate::server::state::{App, AppState};
use crate::server::store::RoomRefusal;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::booking::{BookingRequest, GuestInput};

/// In the order in which the form shows them.
const FIELDS: [&str; 10] =
    ["name", "arrival", "departure", "adults", "children", "room_type", "room", "phone", "email", "note"];

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
    uri: Uri,
    Query(mut typed): Query<Typed>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    if typed.arrival.is_empty() {
        typed.arrival = app.business_date(hotel).to_string();
    }
    if typed.departure.is_empty()
        && let Ok(arrival) = typed.arrival.parse::<crate::domain::Date>()
    {
        typed.departure = arrival.add_days(1).to_string();
    }
    form(&app, &staff, &visitor, &uri, typed, Refusal::default()).await
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
    uri: Uri,
    Form(mut typed): Form<Typed>,
) -> Result<Response, AppError> {
    if typed.look.is_some() {
        return form(&app, &staff, &visitor, &uri, typed, Refusal::default()).await;
    }
    let house = &staff.house;
    if (typed.room_type.is_empty() || typed.room_type == typed.suggested)
        && let Ok(number) = typed.room.parse::<RoomNumber>()
        && let Some(of) = rooms::type_of(&app, house, &number).await?
    {
        // Whoever names a room has named its type.
        let shown = std::mem::replace(&mut typed.room_type, of.to_string());
        typed.suggested.clone_from(&typed.room_type);
        if !shown.is_empty() && shown != typed.room_type {
            let words = texts::room_brings_its_type(visitor.locale_at(&house.hotel), number.as_str());
            let refusal =
                Refusal { status: StatusCode::CONFLICT, notice: Some((Tone::Warn, words)), ..Refusal::default() };
            return form(&app, &staff, &visitor, &uri, typed, refusal).await;
        }
    }
    let request = request(&typed);
    let order = Order {
        request: &request,
        idempotency_key: Some(typed.key.as_str()).filter(|key| !key.is_empty() && key.len() <= 255),
        shown_total: typed.shown_total.parse().ok().map(|minor| Money::new(minor, house.hotel.currency)),
        hold: None,
        actor: staff.actor(),
    };
    let booked = match book::book(&app, house, order).await {
        Ok(booked) => booked.reservation,
        Err(error) => {
            let refusal = refusal(visitor.locale_at(&house.hotel), error)?;
            return form(&app, &staff, &visitor, &uri, typed, refusal).await;
        }
    };
    let code = booked.code;
    let address = format!("/desk/{}/reservations/{code}", house.hotel.slug);
    if typed.check_in.is_none() {
        return Ok(Redirect::to(&format!("{address}?done={}", Action::Confirm)).into_response());
    }
    let locale = visitor.locale_at(&house.hotel);
    let (action, sent) = (DeskAction::CheckIn, Sent::default());
    let asks = Asks { app: &app, staff: &staff, locale, reservation: &booked, action, sent: &sent };
    if let Some(question) = asks.caution().await? {
        let lead = texts::booked_not_checked_in(locale, &question.lead);
        return asks.ask(&visitor, StatusCode::CONFLICT, Question { lead, ..question }).await;
    }
    match act(&app, house, &code.to_string(), DeskAction::CheckIn, &IfMatch::Any, staff.actor()).await {
        Ok(_) => Ok(Redirect::to(&format!("{address}?done={}", Action::CheckIn)).into_response()),
        Err(error) => {
            let reason = match &error {
                ServiceError::Room(refused) => refusal::reason(&app, &staff, locale, refused).await?,
                _ => desk::not_allowed(locale).into(),
            };
            let words = texts::booked_not_checked_in(locale, &reason.words);
            let told = Told::Refused(Reason { words, ..reason });
            let shown = Shown { told: Some(told), folio: None };
            render(&app, &staff, &visitor, &code.to_string(), StatusCode::CONFLICT, shown).await
        }
    }
}

fn request(typed: &Typed) -> BookingRequest {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let count = |text: &str, blank| if text.trim().is_empty() { blank } else { text.trim().parse().unwrap_or(u8::MAX) };
    BookingRequest {
        room_type: some(&typed.room_type),
        arrival: some(&typed.arrival),
        departure: some(&typed.departure),
        adults: Some(count(&typed.adults, 1)),
        children: Some(count(&typed.children, 0)),
        room: some(&typed.room),
        guest: GuestInput { name: typed.name.clone(), email: some(&typed.email), phone: some(&typed.phone) },
        note: some(&typed.note),
        ..BookingRequest::default()
    }
}

/// Why a form comes back.
#[derive(Default)]
struct Refusal {
    status: StatusCode,
    errors: Vec<FieldError>,
    notice: Option<(Tone, String)>,
    key_is_used: bool,
}

impl Refusal {
    fn at(status: StatusCode, field: &'static str, message: String) -> Self {
        Self { status, errors: vec![FieldError { field, message }], ..Self::default() }
    }
}

/// What the desk can do something about; all else is an error page.
fn refusal(locale: Locale, error: ServiceError) -> Result<Refusal, AppError> {
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(match error {
        ServiceError::Invalid(errors) => {
            Refusal { status: unprocessable, errors: at_fields(locale, &errors), ..Refusal::default() }
        }
        ServiceError::SoldOut(sold_out) => {
            let nights: Vec<String> = sold_out.nights.iter().map(|night| format::date_short(locale, *night)).collect();
            Refusal::at(StatusCode::CONFLICT, "room_type", texts::type_sold_out(locale, &nights.join(", ")))
        }
        ServiceError::Room(refused) => {
            Refusal::at(StatusCode::CONFLICT, "room", room_words(locale, &refused).to_owned())
        }
        ServiceError::PriceChanged { .. } => Refusal {
            status: StatusCode::CONFLICT,
            notice: Some((Tone::Warn, booking::price_changed(locale).to_owned())),
            ..Refusal::default()
        },
        ServiceError::IdempotencyKeyReused => Refusal {
            status: unprocessable,
            notice: Some((Tone::Warn, booking::form_stale(locale).to_owned())),
            key_is_used: true,
            ..Refusal::default()
        },
        error => return Err(error.into()),
    })
}

fn at_fields(locale: Locale, errors: &FieldErrors) -> Vec<FieldError> {
    let mut told = fields::at_fields(locale, errors, &FIELDS);
    for error in told.iter_mut().filter(|error| error.field == "room") {
        texts::room_unknown(locale).clone_into(&mut error.message);
    }
    told
}

const fn room_words(locale: Locale, refused: &RoomRefusal) -> &'static str {
    match refused {
        RoomRefusal::Taken { .. } => texts::room_taken(locale),
        RoomRefusal::AnotherType { .. } => texts::room_of_another_type(locale),
        RoomRefusal::Promised { .. } => texts::room_promised(locale),
        RoomRefusal::NoneFree => texts::no_room_free(locale),
        _ => texts::room_unknown(locale),
    }
}

async fn form(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    uri: &Uri,
    mut typed: Typed,
    refusal: Refusal,
) -> Result<Response, AppError> {
    let house = &staff.house;
    // With the stay that a link asked for, so that a reload and the other language have it too.
    let here = uri.path_and_query().map_or_else(|| uri.path(), |whole| whole.as_str());
    let (site, _) = site(app, staff, visitor, here.to_owned()).await?;
    let locale = site.scene.locale;
    if typed.key.is_empty() || refusal.key_is_used {
        typed.key = app.random.token();
    }
    let or = |text: &str, blank: &str| if text.trim().is_empty() { blank.to_owned() } else { text.trim().to_owned() };
    let (adults, children) = (or(&typed.adults, "1"), or(&typed.children, "0"));
    let wanted = Search {
        arrival: Some(&typed.arrival),
        departure: Some(&typed.departure),
        adults: Some(&adults),
        children: Some(&children),
    };
    let read = search::read(wanted, site.scene.today);
    let mut errors = refusal.errors;
    if let Err(wrong) = &read {
        for error in at_fields(locale, wrong) {
            if !errors.iter().any(|known| known.field == error.field) {
                errors.push(error);
            }
        }
    }
    let (stay, party) = read.ok().unzip();
    let found = choices(app, house, stay, party).await?;
    // Somebody who asks for a room has chosen its type, and somebody who asks for nothing gets the first that is free.
    if typed.room_type.is_empty() {
        let of_room = found.iter().find(|kind| kind.rooms.iter().any(|room| room.number.as_str() == typed.room.trim()));
        let free = found.iter().find(|kind| kind.fits && kind.left.is_none_or(|left| left > 0));
        typed.room_type = of_room.or(free).map(|kind| kind.code.to_string()).unwrap_or_default();
        typed.suggested.clone_from(&typed.room_type);
    }
    let is_refused = !errors.is_empty() || refusal.notice.is_some();
    let status = match refusal.status {
        StatusCode::OK if is_refused => StatusCode::UNPROCESSABLE_ENTITY,
        status => status,
    };
    let document = document(&site, status, texts::title(locale));
    let props = NewStayProps {
        choices: found.into_iter().map(choice).collect(),
        nights: stay.map_or(0, |stay| stay.night_count().into()),
        // Who comes before the day is closed may have booked the day by the calendar.
        arrives_today: stay.is_none_or(|stay| stay.arrival() <= today(app.now(), &house.hotel.time_zone)),
        typed,
        errors,
        notice: refusal.notice,
    };
    Ok(page(status, document, move || view! { <NewStayPage site props /> }))
}

fn choice(kind: TypeChoice) -> Choice {
    Choice {
        code: kind.code.to_string(),
        name: kind.name,
        sleeps: kind.sleeps,
        fits: kind.fits,
        left: kind.left,
        total: kind.total,
        rooms: kind.rooms.iter().map(|room| (room.number.to_string(), room.is_occupied)).collect(),
    }
}
