//! `/reservations/{code}/cancel`: asks once more, then cancels.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::opened::{self, Opened};
use super::visitor::Visitor;
use super::words;
use crate::domain::{Actor, Money};
use crate::messages::guest::reservation as texts;
use crate::pages::cancel::CancelPage;
use crate::server::error::AppError;
use crate::server::service::cancel::{cancel, fee_now};
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::{App, AppState};
use crate::server::web::render::{Document, page};

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    Ok(respond(&app, StatusCode::OK, visitor, &opened, false))
}

/// The question as it was answered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The fee the guest saw, in minor units.
    shown_fee: Option<i64>,
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    // Who has seen no fee has agreed to none.
    let shown = Money::new(sent.shown_fee.unwrap_or(0), opened.house.hotel.currency);
    match cancel(&app, &opened.reservation, &IfMatch::Any, Some(shown), Actor::Guest).await {
        Ok(reservation) => {
            Ok(Redirect::to(&format!("/reservations/{}?done=cancelled", reservation.code)).into_response())
        }
        // It moved on in between: the page says how it stands now.
        Err(ServiceError::TransitionNotAllowed(_)) => {
            let opened = opened::by_cookie(&app, &headers, &code).await?;
            Ok(respond(&app, StatusCode::CONFLICT, visitor, &opened, false))
        }
        Err(ServiceError::PriceChanged { .. } | ServiceError::VersionConflict { .. }) => {
            let opened = opened::by_cookie(&app, &headers, &code).await?;
            Ok(respond(&app, StatusCode::CONFLICT, visitor, &opened, true))
        }
        Err(error) => Err(error.into()),
    }
}

fn respond(app: &App, status: StatusCode, visitor: Visitor, opened: &Opened, has_changed: bool) -> Response {
    let code = opened.reservation.code.to_string();
    let site = visitor.at(format!("/reservations/{code}/cancel")).site_of(&opened.house.hotel);
    let title = words::tab_title(texts::cancel(site.locale), &site.name);
    let document = Document::new(site.locale.html_lang(), title).private();
    let (facts, standing) = (opened.facts(), opened.view.status);
    let reservation = &opened.reservation;
    let fee = fee_now(&opened.house, reservation, app.now());
    page(status, document, move || view! { <CancelPage site code status=standing facts fee has_changed /> })
}
