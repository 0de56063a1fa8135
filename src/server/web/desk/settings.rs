//! `/desk/{hotel}/settings`: what holds for every stay, for managers. Who has not seen it as it is overwrites nothing.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, site};
use crate::components::FieldError as Mistake;
use crate::domain::MAX_NIGHTS;
use crate::messages::Locale;
use crate::messages::desk::settings as words;
use crate::pages::desk::settings::{SettingsForm, SettingsPage};
use crate::server::error::AppError;
use crate::server::service::terms::{MOST_FREE_HOURS, Typed, read, set_terms};
use crate::server::service::{FieldErrors, IfMatch, ServiceError};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::history::terms_changes;
use crate::wire::terms::TermsView;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    version: Option<u32>,
    check_in_from: String,
    check_out_until: String,
    free_hours: String,
    fee_nights: String,
    no_show_nights: String,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let view = TermsView::from(&staff.house.hotel);
    let form = SettingsForm {
        check_in_from: view.check_in_from,
        check_out_until: view.check_out_until,
        free_hours: view.free_hours.to_string(),
        fee_nights: view.fee_nights.to_string(),
        no_show_nights: view.no_show_nights.to_string(),
        version: view.version,
        is_saved: asked.done == "saved",
        ..SettingsForm::default()
    };
    render(&app, &staff, &visitor, StatusCode::OK, form).await
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let seen = sent.version.map_or(IfMatch::Any, |version| IfMatch::Versions(vec![version]));
    let typed = Typed {
        check_in_from: &sent.check_in_from,
        check_out_until: &sent.check_out_until,
        free_hours: &sent.free_hours,
        fee_nights: &sent.fee_nights,
        no_show_nights: &sent.no_show_nights,
    };
    let terms = match read(typed) {
        Ok(terms) => terms,
        Err(errors) => {
            let errors = mistakes(visitor.locale_at(hotel), &errors);
            let form = SettingsForm { errors, ..sent.form(sent.version.unwrap_or(hotel.terms_version)) };
            return render(&app, &staff, &visitor, StatusCode::UNPROCESSABLE_ENTITY, form).await;
        }
    };
    match set_terms(&app, &staff.house, terms, &seen, staff.actor()).await {
        Ok(_) => Ok(Redirect::to(&format!("/desk/{}/settings?done=saved", hotel.slug)).into_response()),
        Err(ServiceError::VersionConflict { .. }) => {
            let catalog = app.store.catalog();
            let present = catalog.house(hotel.id).map_or(hotel, |house| &house.hotel);
            let conflict = Some(terms_changes(present.terms(), terms));
            let form = SettingsForm { conflict, ..sent.form(present.terms_version) };
            render(&app, &staff, &visitor, StatusCode::PRECONDITION_FAILED, form).await
        }
        Err(error) => Err(error.into()),
    }
}

impl Sent {
    fn form(&self, version: u32) -> SettingsForm {
        SettingsForm {
            check_in_from: self.check_in_from.clone(),
            check_out_until: self.check_out_until.clone(),
            free_hours: self.free_hours.clone(),
            fee_nights: self.fee_nights.clone(),
            no_show_nights: self.no_show_nights.clone(),
            version,
            ..SettingsForm::default()
        }
    }
}

/// In the order in which the form shows them.
fn mistakes(locale: Locale, errors: &FieldErrors) -> Vec<Mistake> {
    let fields = [
        ("check_in_from", words::time_needed(locale).to_owned()),
        ("check_out_until", words::time_needed(locale).to_owned()),
        ("free_hours", words::number_needed(locale, MOST_FREE_HOURS)),
        ("fee_nights", words::number_needed(locale, MAX_NIGHTS)),
        ("no_show_nights", words::number_needed(locale, MAX_NIGHTS)),
    ];
    let wrong = fields.into_iter().filter(|(field, _)| errors.get(field).is_some());
    wrong.map(|(field, message)| Mistake { field, message }).collect()
}

async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    status: StatusCode,
    form: SettingsForm,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/settings", hotel.slug)).await?;
    let document = document(&site, status, words::title(site.scene.locale));
    Ok(page(status, document, move || view! { <SettingsPage site form /> }))
}
