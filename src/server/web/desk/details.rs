//! `/desk/{hotel}/reservations/{code}/details`: guest and note, corrected by whoever has seen them as they are.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::reservation::conflict;
use super::site::{document, site};
use crate::components::FieldError as Mistake;
use crate::domain::Reservation;
use crate::messages::Locale;
use crate::messages::desk::{self, history as words};
use crate::messages::guest::booking;
use crate::pages::desk::details::{DetailsForm, DetailsPage};
use crate::pages::desk::reservation::Told;
use crate::server::error::AppError;
use crate::server::service::details::set_details;
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError, act};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::desk::DetailsRequest;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    version: Option<u32>,
    name: String,
    email: String,
    phone: String,
    note: String,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let guest = reservation.guest.as_ref();
    let text = |text: Option<&dyn std::fmt::Display>| text.map(ToString::to_string).unwrap_or_default();
    let form = DetailsForm {
        name: text(guest.map(|guest| &guest.name as _)),
        email: text(guest.and_then(|guest| guest.email.as_ref()).map(|email| email as _)),
        phone: text(guest.and_then(|guest| guest.phone.as_ref()).map(|phone| phone as _)),
        note: reservation.note.to_string(),
        version: reservation.version,
        ..DetailsForm::default()
    };
    render(&app, &staff, &visitor, &reservation, StatusCode::OK, form).await
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let Sent { version, name, email, phone, note } = sent;
    let seen = version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let request = DetailsRequest {
        name: Some(name.clone()),
        email: Some(email.clone()),
        phone: Some(phone.clone()),
        note: Some(note.clone()),
    };
    let error = match set_details(&app, &staff.house, &code, &request, &seen, staff.actor()).await {
        Ok(reservation) => {
            let there = format!("/desk/{}/reservations/{}?done=details", staff.house.hotel.slug, reservation.code);
            return Ok(Redirect::to(&there).into_response());
        }
        Err(error) => error,
    };
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let mut form = DetailsForm { name, email, phone, note, version: reservation.version, ..DetailsForm::default() };
    let status = match error {
        ServiceError::Invalid(errors) => {
            form.version = version.unwrap_or(reservation.version);
            form.errors = mistakes(locale, &errors);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ServiceError::VersionConflict { .. } => {
            form.conflict = Some(conflict(&app, &staff, locale, &reservation, version.unwrap_or(0), None).await?);
            StatusCode::PRECONDITION_FAILED
        }
        ServiceError::Over(_) => {
            let told = Some(Told::Refused(words::error_over(locale).into()));
            let shown = super::reservation::Shown { told, ..Default::default() };
            return super::reservation::render(&app, &staff, &visitor, &code, StatusCode::CONFLICT, shown).await;
        }
        error => return Err(error.into()),
    };
    render(&app, &staff, &visitor, &reservation, status, form).await
}

async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    reservation: &Reservation,
    status: StatusCode,
    form: DetailsForm,
) -> Result<Response, AppError> {
    let (mut site, _) = site(app, staff, visitor, String::new()).await?;
    let path = site.scene.reservation_path(reservation.code);
    site.scene.here = format!("{path}/details");
    let locale = site.scene.locale;
    let name = reservation.guest.as_ref().map(|guest| guest.name.to_string());
    let name = name.unwrap_or_else(|| desk::no_name(locale).to_owned());
    let title = format!("{} · {}", words::edit(locale), reservation.code);
    let document = document(&site, status, &title);
    Ok(page(status, document, move || view! { <DetailsPage site path title=name form /> }))
}

fn mistakes(locale: Locale, errors: &FieldErrors) -> Vec<Mistake> {
    let message = |error: &FieldError| match error {
        FieldError::Guest(error) => booking::guest_error(locale, *error),
        _ => booking::name_needed(locale),
    };
    let wrong = ["name", "email", "phone", "note"].into_iter().filter_map(|field| Some((field, errors.get(field)?)));
    wrong.map(|(field, error)| Mistake { field, message: message(error).to_owned() }).collect()
}
