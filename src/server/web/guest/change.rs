//! `/reservations/{code}/change`: the form, what it would come to, and the change. Looking is a GET, changing a POST.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::opened::{self, Opened};
use super::visitor::Visitor;
use super::words;
use crate::components::Tone;
use crate::domain::{Actor, AmendmentError, Date, Money};
use crate::messages::Locale;
use crate::messages::guest::change as texts;
use crate::messages::problem;
use crate::pages::change::{ChangeForm, ChangePage, ChangeProps, Proposal};
use crate::pages::summary::StayFacts;
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::change::{self as changing, Preview};
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError};
use crate::server::state::{App, AppState};
use crate::server::store::StoreError;
use crate::server::web::render::{Document, page};
use crate::wire::change::ChangeRequest;
use crate::wire::offer::NightPrice;

/// In the order in which the form shows them.
const FIELDS: [&str; 5] = ["arrival", "departure", "room_type", "adults", "children"];

/// The form as it was sent. All of it is text: what cannot be read is shown again, not lost.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    arrival: String,
    departure: String,
    room_type: String,
    adults: String,
    children: String,
    /// The total the guest saw, in minor units.
    shown_total: String,
    /// The version he saw.
    version: Option<u32>,
    /// The form once more, as it was filled in.
    edit: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    Query(sent): Query<Sent>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    let counter = Counter { app: &app, opened, visitor };
    if let Err(error) = changing::check_guest_may(&app, &counter.opened.house, &counter.opened.reservation) {
        return Ok(counter.closed(StatusCode::OK, error));
    }
    if sent.arrival.is_empty() && sent.departure.is_empty() {
        let sent = Sent::of(&counter.opened);
        return Ok(counter.form(StatusCode::OK, &sent, None, Vec::new(), None));
    }
    if sent.edit.is_some() {
        return Ok(counter.form(StatusCode::OK, &sent, None, Vec::new(), None));
    }
    counter.look(StatusCode::OK, &sent, None).await
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    let counter = Counter { app: &app, opened, visitor };
    let locale = counter.locale();
    let Some(shown_total) = sent.shown_total.parse().ok().map(|minor| counter.money(minor)) else {
        return counter.look(StatusCode::OK, &sent, None).await;
    };
    let mut request = match sent.request() {
        Ok(request) => request,
        Err(errors) => return Ok(counter.invalid(&sent, &errors)),
    };
    request.shown_total = Some(shown_total);
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let Opened { house, reservation, .. } = &counter.opened;
    let notice = |tone, text: &str| Some((tone, text.to_owned()));
    match changing::change(&app, house, reservation, &request, &seen, Actor::Guest).await {
        Ok(changed) => Ok(Redirect::to(&format!("/reservations/{}?done=changed", changed.code)).into_response()),
        Err(ServiceError::Invalid(errors)) => Ok(counter.invalid(&sent, &errors)),
        Err(ServiceError::NotChangeable(error)) => Ok(counter.closed(StatusCode::CONFLICT, error)),
        Err(ServiceError::PriceChanged { .. }) => {
            counter.look(StatusCode::CONFLICT, &sent, notice(Tone::Warn, texts::price_changed(locale))).await
        }
        Err(ServiceError::VersionConflict { .. }) => {
            let told = notice(Tone::Warn, texts::version_changed(locale));
            counter.look(StatusCode::PRECONDITION_FAILED, &sent, told).await
        }
        Err(ServiceError::SoldOut(sold_out)) => {
            Ok(counter.form(StatusCode::CONFLICT, &sent, None, sold_out.nights, None))
        }
        Err(ServiceError::Room(_)) => {
            let told = notice(Tone::Warn, texts::no_room(locale));
            Ok(counter.form(StatusCode::CONFLICT, &sent, told, Vec::new(), None))
        }
        Err(ServiceError::Store(StoreError::Busy)) => {
            let told = notice(Tone::Bad, problem::busy_text(locale));
            counter.look(StatusCode::SERVICE_UNAVAILABLE, &sent, told).await
        }
        Err(error) => Err(error.into()),
    }
}

impl Sent {
    /// The stay as it is.
    fn of(opened: &Opened) -> Self {
        let reservation = &opened.reservation;
        Self {
            arrival: reservation.stay.arrival().to_string(),
            departure: reservation.stay.departure().to_string(),
            room_type: reservation.room_type.to_string(),
            adults: reservation.party.adults().to_string(),
            children: reservation.party.children().to_string(),
            ..Self::default()
        }
    }

    fn request(&self) -> Result<ChangeRequest, FieldErrors> {
        let mut errors = FieldErrors::default();
        for field in ["arrival", "departure"] {
            let text = if field == "arrival" { &self.arrival } else { &self.departure };
            if text.trim().is_empty() {
                errors.refuse(field, FieldError::Missing);
            }
        }
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let request = ChangeRequest {
            arrival: some(&self.arrival),
            departure: some(&self.departure),
            room_type: some(&self.room_type),
            adults: errors.number("adults", Some(&self.adults)),
            children: errors.number("children", Some(&self.children)),
            ..ChangeRequest::default()
        };
        errors.finish(Some(request))
    }

    fn form(&self, errors: Vec<crate::components::FieldError>) -> ChangeForm {
        ChangeForm {
            room_type: self.room_type.clone(),
            arrival: self.arrival.clone(),
            departure: self.departure.clone(),
            adults: self.adults.clone(),
            children: self.children.clone(),
            errors,
        }
    }
}

/// One guest who changes one stay.
struct Counter<'a> {
    app: &'a App,
    opened: Opened,
    visitor: Visitor,
}

impl Counter<'_> {
    fn locale(&self) -> Locale {
        self.visitor.locale_at(&self.opened.house.hotel)
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.opened.reservation.total.currency)
    }

    /// What it would come to, or why not.
    async fn look(self, status: StatusCode, sent: &Sent, notice: Option<(Tone, String)>) -> Result<Response, AppError> {
        let locale = self.locale();
        let request = match sent.request() {
            Ok(request) => request,
            Err(errors) => return Ok(self.invalid(sent, &errors)),
        };
        let Opened { house, reservation, .. } = &self.opened;
        let version = reservation.version;
        let found = changing::preview(self.app, house, reservation, &request, &IfMatch::Any, Actor::Guest).await;
        let preview = match found {
            Ok(preview) => preview,
            Err(ServiceError::Invalid(errors)) => return Ok(self.invalid(sent, &errors)),
            Err(error) => return Err(error.into()),
        };
        match &preview.refusal {
            None if preview.is_unchanged(reservation) => {
                let told = notice.or_else(|| Some((Tone::Info, texts::nothing_changed(locale).to_owned())));
                Ok(self.form(status, sent, told, Vec::new(), None))
            }
            None => {
                let proposal = Proposal { after: self.facts(&preview), difference: preview.difference(), version };
                Ok(self.form(status, sent, notice, Vec::new(), Some(proposal)))
            }
            Some(ServiceError::SoldOut(sold_out)) => Ok(self.form(status, sent, notice, sold_out.nights.clone(), None)),
            Some(ServiceError::NotChangeable(error)) => Ok(self.closed(status, *error)),
            Some(_) => {
                let told = notice.or_else(|| Some((Tone::Warn, texts::no_room(locale).to_owned())));
                Ok(self.form(status, sent, told, Vec::new(), None))
            }
        }
    }

    /// The stay as it would be.
    fn facts(&self, preview: &Preview) -> StayFacts {
        let kind = self.opened.house.room_type(&preview.room_type);
        StayFacts {
            room_code: preview.room_type.to_string(),
            room_name: kind.map_or_else(|| preview.room_type.to_string(), |kind| kind.name.clone()),
            stay: preview.stay,
            party: preview.party,
            nightly: preview.nightly.iter().map(|(date, price)| NightPrice { date: *date, price: *price }).collect(),
            total: preview.total_after,
            terms: words::terms(&self.opened.house.hotel, preview.stay, &preview.nightly),
            ..self.opened.facts()
        }
    }

    fn invalid(&self, sent: &Sent, errors: &FieldErrors) -> Response {
        let errors = words::at_fields(self.locale(), errors, &FIELDS);
        self.page(StatusCode::UNPROCESSABLE_ENTITY, sent.form(errors), None, None, Vec::new(), None)
    }

    fn closed(&self, status: StatusCode, error: AmendmentError) -> Response {
        let reason = texts::field_error(self.locale(), error).to_owned();
        self.page(status, ChangeForm::default(), Some(reason), None, Vec::new(), None)
    }

    fn form(
        &self,
        status: StatusCode,
        sent: &Sent,
        notice: Option<(Tone, String)>,
        gone: Vec<Date>,
        proposal: Option<Proposal>,
    ) -> Response {
        self.page(status, sent.form(Vec::new()), None, notice, gone, proposal)
    }

    fn page(
        &self,
        status: StatusCode,
        form: ChangeForm,
        closed: Option<String>,
        notice: Option<(Tone, String)>,
        gone: Vec<Date>,
        proposal: Option<Proposal>,
    ) -> Response {
        let Opened { house, reservation, .. } = &self.opened;
        let code = reservation.code;
        let site = self.visitor.clone().at(format!("/reservations/{code}/change")).site_of(&house.hotel);
        let title = words::tab_title(texts::title(site.locale), &site.name);
        let title = if status == StatusCode::OK { title } else { words::refused_title(site.locale, &title) };
        let document = Document::new(site.locale.html_lang(), title).private();
        let choices = house.room_types.iter().map(|kind| (kind.code.to_string(), kind.name.clone())).collect();
        let today = today(self.app.now(), &house.hotel.time_zone);
        let before = self.opened.facts();
        let props = ChangeProps { code, before, form, choices, today, closed, notice, gone, proposal };
        page(status, document, move || view! { <ChangePage site props /> })
    }
}
