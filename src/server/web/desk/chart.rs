//! `/desk/{hotel}/chart?from=D&days=N`: the tape chart, complete without a script.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, site};
use crate::domain::{Date, ReservationCode};
use crate::islands::chart::book::ChartBook;
use crate::messages::desk::chart as texts;
use crate::pages::desk::chart::{ChartPage, ChartProps, ChartTold};
use crate::pages::desk::chart_form::{MovePrice, MoveTyped};
use crate::server::error::AppError;
use crate::server::service::chart::{MOST_DAYS, chart};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::query::query;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;

/// So many days are shown before today, and in all, unless asked otherwise.
const DAYS_BEFORE: i32 = 3;
const DAYS: i32 = 21;

/// What cannot be read is as if it were not there: a chart of other days is still a chart.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    from: String,
    days: String,
    /// The day that a phone shows.
    day: String,
    /// The reservation that was just changed.
    done: String,
}

/// A chart with its form, as it is to be shown.
#[derive(Default)]
pub(super) struct Shown {
    pub from: String,
    pub days: String,
    pub day: String,
    pub typed: MoveTyped,
    pub price: Option<MovePrice>,
    pub told: Option<ChartTold>,
    /// The form is in use.
    pub is_open: bool,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let Asked { from, days, day, done } = asked;
    let locale = visitor.locale_at(&staff.house.hotel);
    let told = done.parse::<ReservationCode>().ok().map(|code| {
        let text = format!("{} {code}", texts::done(locale));
        ChartTold { is_good: true, reason: text.into() }
    });
    let shown = Shown { from, days, day, told, ..Shown::default() };
    render(&app, &staff, &visitor, shown, StatusCode::OK).await
}

pub(super) async fn render(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let Shown { from, days, day, typed, price, told, is_open } = shown;
    let here = query(&[("from", &*from), ("days", &*days), ("day", &*day)]);
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/chart{here}", hotel.slug)).await?;
    let (locale, today) = (site.scene.locale, site.scene.today);
    let from = from.parse::<Date>().unwrap_or_else(|_| today.add_days(-DAYS_BEFORE));
    let days = days.parse::<i32>().unwrap_or(DAYS).clamp(1, MOST_DAYS);
    let to = from.add_days(days);
    let view = chart(app, &staff.house, from, to).await?;
    let day = day.parse::<Date>().ok().unwrap_or(today).clamp(from, to.add_days(-1));
    let document = document(&site, status, texts::title(locale));
    let props = ChartProps { book: ChartBook::new(view), day, told, typed, price, is_open };
    Ok(page(status, document, move || view! { <ChartPage site props /> }))
}
