//! `/reservations/{code}`: a guest's own reservation.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::opened::{self, Opened};
use super::visitor::Visitor;
use super::words;
use crate::messages::guest::reservation as texts;
use crate::pages::reservation::{AskForm, Done, ReservationPage, ReservationProps};
use crate::server::error::AppError;
use crate::server::state::{App, AppState};
use crate::server::web::render::{Bundle, Document, page};

/// What the page before has just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct After {
    done: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    Query(after): Query<After>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    let done = match after.done.as_deref() {
        Some("cancelled") => Some(Done::Cancelled),
        Some("changed") => Some(Done::Changed),
        Some("asked") => Some(Done::Asked),
        _ => None,
    };
    Ok(respond(&app, StatusCode::OK, visitor, &opened, AskForm::default(), done))
}

/// The page, also in answer to a message that could not be sent.
pub(super) fn respond(
    app: &App,
    status: StatusCode,
    visitor: Visitor,
    opened: &Opened,
    ask: AskForm,
    done: Option<Done>,
) -> Response {
    let code = opened.reservation.code;
    let site = visitor.at(format!("/reservations/{code}")).site_of(&opened.house.hotel);
    let title = words::tab_title(texts::title(site.locale), &site.name);
    let title = if status == StatusCode::OK { title } else { words::refused_title(site.locale, &title) };
    let document = Document::new(site.locale.html_lang(), title).bundle(Bundle::Guest).private();
    let props = ReservationProps {
        code,
        status: opened.view.status,
        room_ready: opened.view.room_ready,
        as_of: format!("{}-{}", app.store.epoch(), opened.reservation.last_seq),
        facts: opened.facts(),
        ask,
        done,
    };
    page(status, document, move || view! { <ReservationPage site props /> })
}
