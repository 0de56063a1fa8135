//! `/desk/{hotel}/day`: the day close, and by which rule days end.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, outcome, site};
use crate::messages::desk::{change, day as words};
use crate::messages::{Locale, format};
use crate::pages::desk::day::{DayForm, DayPage, LaterStay};
use crate::server::error::AppError;
use crate::server::service::{ServiceError, act, day};
use crate::server::state::{App, AppState};
use crate::server::store::Role;
use crate::server::store::day::DayRefusal;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::day::CloseRequest;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: Option<String>,
    code: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Rule {
    rule: String,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let told = match asked.done.as_deref() {
        Some("closed") => Some((words::closed(locale).to_owned(), false)),
        Some("rule") => Some((words::rule_saved(locale).to_owned(), false)),
        Some("changed") => Some((changed(&app, &staff, locale, asked.code.as_deref()).await, false)),
        _ => None,
    };
    let outcome = outcome(&app, &staff, asked.done.as_deref(), asked.code.as_deref()).await?;
    render(&app, &staff, &visitor, StatusCode::OK, DayForm { outcome, told, ..DayForm::default() }).await
}

/// What has become of a stay that was moved on from here.
async fn changed(app: &App, staff: &StaffSession, locale: Locale, code: Option<&str>) -> String {
    let Ok(stay) = act::reservation(app, &staff.house, code.unwrap_or_default()).await else {
        return change::done(locale).to_owned();
    };
    let name = stay.guest.as_ref().map_or_else(|| stay.code.to_string(), |guest| guest.name.to_string());
    words::moved_on(locale, &name, &format::date_range(locale, stay.stay))
}

/// A form of check boxes: each stay that is left as it is comes under a name of its own.
pub(super) async fn close(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let day = sent.iter().find(|(name, _)| name == "day").map(|(_, day)| day.clone()).unwrap_or_default();
    let kept: Vec<String> = sent.iter().filter_map(|(name, _)| name.strip_prefix("keep-").map(str::to_owned)).collect();
    let request = CloseRequest { day, keep: kept.clone() };
    let words = match day::close(&app, &staff.house, &request, staff.actor()).await {
        Ok(_) => return Ok(Redirect::to(&format!("/desk/{}/day?done=closed", staff.house.hotel.slug)).into_response()),
        Err(ServiceError::Day(DayRefusal::Undecided { .. })) => words::refused_undecided(locale),
        Err(ServiceError::Day(DayRefusal::AnotherDay { .. })) => words::refused_another(locale),
        Err(ServiceError::Day(DayRefusal::NotOver)) => words::not_over(locale),
        Err(ServiceError::Day(DayRefusal::ByClock)) => words::by_clock(locale),
        Err(error) => return Err(error.into()),
    };
    let form = DayForm { told: Some((words.to_owned(), true)), kept, ..DayForm::default() };
    render(&app, &staff, &visitor, StatusCode::CONFLICT, form).await
}

pub(super) async fn set_rule(
    State(app): State<AppState>,
    staff: StaffSession,
    Form(sent): Form<Rule>,
) -> Result<Response, AppError> {
    day::set_rule(&app, &staff.house, &sent.rule, staff.actor()).await?;
    Ok(Redirect::to(&format!("/desk/{}/day?done=rule", staff.house.hotel.slug)).into_response())
}

async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    status: StatusCode,
    form: DayForm,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/day", hotel.slug)).await?;
    let view = day::day(app, &staff.house).await?;
    let later = day::later(app, &staff.house, &view, staff.actor()).await?;
    let later = later
        .into_iter()
        .map(|later| LaterStay {
            code: later.code,
            arrival: later.stay.arrival(),
            departure: later.stay.departure(),
            total: later.total,
            difference: later.difference,
        })
        .collect();
    let form = DayForm { may_rule: staff.staff.role == Role::Manager, later, ..form };
    let document = document(&site, status, words::title(site.scene.locale));
    Ok(page(status, document, move || view! { <DayPage site view form /> }))
}
