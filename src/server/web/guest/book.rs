//! `/hotels/{hotel}/book`: the form, and what becomes of it. The form's key is part of its address, so that a double
//! click, a reload and the back button all send the same key, and one key books once.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::booking_form::{Free, Sent, free};
use super::visitor::Visitor;
use super::{opened, words};
use crate::components::Tone;
use crate::domain::Actor;
use crate::messages::guest::{self, booking};
use crate::messages::{Locale, problem};
use crate::pages::book::{BookPage, FormProps};
use crate::pages::lost_race::{LostProps, LostRacePage};
use crate::pages::summary::StayFacts;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::book::{self, Order};
use crate::server::service::{ServiceError, hotels};
use crate::server::state::{App, AppState};
use crate::server::store::{House, StoreError};
use crate::server::web::query::query;
use crate::server::web::render::{Bundle, Document, page};

pub(super) async fn show(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    Query(sent): Query<Sent>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let house = hotels::house(&app, &hotel)?;
    let counter = Counter { app: &app, house: &house, visitor };
    if sent.key().is_none() {
        let key = app.random.token();
        return Ok(Redirect::to(&counter.address(&sent, &key)).into_response());
    }
    let Some(facts) = sent.facts(&app, &house) else {
        // Dates and guests are mended where they are chosen.
        return Ok(Redirect::to(&counter.rooms_address(&sent)).into_response());
    };
    let free = free(&app, &house, &facts)?;
    Ok(if free.gone.is_empty() { counter.form(&sent, Told::Nothing) } else { counter.lost(&sent, facts, free, true) })
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    Form(mut sent): Form<Sent>,
) -> Result<Response, AppError> {
    let house = hotels::house(&app, &hotel)?;
    let counter = Counter { app: &app, house: &house, visitor };
    // Another room, or dates just mended: the new total is looked at before anything is booked.
    if sent.take_instead() || sent.shown_total(&house).is_none() {
        return Ok(counter.form(&sent, Told::Nothing));
    }
    if let Err(too_many) = app.limits.bookings.check(address) {
        return Ok(counter.form(&sent, Told::Wait { seconds: too_many.retry_after_seconds }));
    }
    let request = sent.request();
    let order = Order {
        request: &request,
        idempotency_key: sent.key(),
        shown_total: sent.shown_total(&house),
        actor: Actor::Guest,
    };
    match book::book(&app, &house, order).await {
        Ok(booked) => {
            let code = booked.reservation.code;
            let confirmation = Redirect::to(&format!("/reservations/{code}/confirmation"));
            Ok(opened::remember(&app, code, &booked.manage_token, confirmation.into_response()))
        }
        Err(ServiceError::SoldOut(sold_out)) => {
            let Some(facts) = sent.facts(&app, &house) else { return Err(ServiceError::SoldOut(sold_out).into()) };
            let mut free = free(&app, &house, &facts)?;
            // The board may be a blink behind the store, which knows.
            free.gone = sold_out.nights;
            free.alternatives.retain(|room| room.code != facts.room_code);
            Ok(counter.lost(&sent, facts, free, false))
        }
        Err(ServiceError::Invalid(errors)) => {
            let errors = Sent::errors(counter.locale(), &errors);
            Ok(counter.form(&sent, Told::Invalid(errors)))
        }
        Err(ServiceError::PriceChanged { .. }) => Ok(counter.form(&sent, Told::PriceChanged)),
        Err(ServiceError::IdempotencyKeyReused) => Ok(counter.form(&sent, Told::KeyUsed)),
        Err(ServiceError::Store(StoreError::Busy)) => Ok(counter.form(&sent, Told::Busy)),
        Err(error) => Err(error.into()),
    }
}

/// Why the form is shown.
enum Told {
    Nothing,
    Invalid(Vec<crate::components::FieldError>),
    PriceChanged,
    KeyUsed,
    Busy,
    Wait { seconds: u64 },
}

impl Told {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Nothing => StatusCode::OK,
            Self::Invalid(_) | Self::KeyUsed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PriceChanged => StatusCode::CONFLICT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    fn notice(&self, locale: Locale) -> Option<(Tone, String)> {
        match self {
            Self::Nothing | Self::Invalid(_) => None,
            Self::PriceChanged => Some((Tone::Warn, booking::price_changed(locale).to_owned())),
            Self::KeyUsed => Some((Tone::Warn, booking::form_stale(locale).to_owned())),
            Self::Busy => Some((Tone::Bad, problem::busy_text(locale).to_owned())),
            Self::Wait { seconds } => Some((Tone::Bad, problem::too_many_text(locale, words::whole_seconds(*seconds)))),
        }
    }

    fn retry_after_seconds(&self) -> Option<u64> {
        match self {
            Self::Busy => Some(1),
            Self::Wait { seconds } => Some((*seconds).max(1)),
            _ => None,
        }
    }
}

/// One visitor at one hotel's booking form.
struct Counter<'a> {
    app: &'a App,
    house: &'a House,
    visitor: Visitor,
}

impl Counter<'_> {
    fn locale(&self) -> Locale {
        self.visitor.locale_at(&self.house.hotel)
    }

    /// Where the form is posted to.
    fn action(&self) -> String {
        format!("/hotels/{}/book", self.house.hotel.slug)
    }

    /// The form's address, with its key in it.
    fn address(&self, sent: &Sent, key: &str) -> String {
        let mut pairs = vec![("room_type", sent.room_type())];
        pairs.extend(sent.search());
        pairs.push(("key", key));
        format!("{}{}", self.action(), query(&pairs))
    }

    /// Where another room, or other dates, are chosen.
    fn rooms_address(&self, sent: &Sent) -> String {
        format!("/hotels/{}{}", self.house.hotel.slug, query(&sent.search()))
    }

    /// A key that was used is put away for a new one.
    fn key(&self, sent: &Sent, told: &Told) -> String {
        let kept = sent.key().filter(|_| !matches!(told, Told::KeyUsed));
        kept.map_or_else(|| self.app.random.token(), ToOwned::to_owned)
    }

    fn form(self, sent: &Sent, mut told: Told) -> Response {
        let locale = self.locale();
        let facts = sent.facts(self.app, self.house);
        if facts.is_none() && matches!(told, Told::Nothing) {
            told = Told::Invalid(sent.stay_errors(self.app, self.house, locale));
        }
        let key = self.key(sent, &told);
        let mut form = sent.form(key.clone());
        let place = &self.house.hotel.name;
        let title = words::tab_title(booking::title(locale), place);
        let title = if told.status() == StatusCode::OK { title } else { words::refused_title(locale, &title) };
        let notice = told.notice(locale);
        let (status, retry_after_seconds) = (told.status(), told.retry_after_seconds());
        if let Told::Invalid(errors) = told {
            form.errors = errors;
        }
        let props = FormProps {
            action: self.action(),
            rooms: self.rooms_address(sent),
            choices: self.house.room_types.iter().map(|kind| (kind.code.to_string(), kind.name.clone())).collect(),
            as_of: self.app.nights(self.house.hotel.id).map(|board| board.look(|look| board.as_of(look))),
            hotel: self.house.hotel.slug.clone(),
            notice,
            form,
            facts,
        };
        let here = self.address(sent, &key);
        let site = self.visitor.at(here).site_of(&self.house.hotel);
        let document = Document::new(locale.html_lang(), title).bundle(Bundle::Guest);
        let mut response = page(status, document, move || view! { <BookPage site props /> });
        if let Some(seconds) = retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// The room is gone: before the form was opened, or while it was filled.
    fn lost(self, sent: &Sent, facts: StayFacts, free: Free, before_typing: bool) -> Response {
        let locale = self.locale();
        let (status, title) = if before_typing {
            (StatusCode::OK, guest::sold_out_for_dates(locale))
        } else {
            (StatusCode::CONFLICT, booking::lost_title(locale))
        };
        let key = self.key(sent, &Told::Nothing);
        let props = LostProps {
            action: self.action(),
            rooms: self.rooms_address(sent),
            form: sent.form(key.clone()),
            room_name: facts.room_name,
            gone: free.gone,
            alternatives: free.alternatives,
            before_typing,
        };
        let document = Document::new(locale.html_lang(), words::tab_title(title, &self.house.hotel.name));
        let here = self.address(sent, &key);
        let site = self.visitor.at(here).site_of(&self.house.hotel);
        page(status, document, move || view! { <LostRacePage site props /> })
    }
}
