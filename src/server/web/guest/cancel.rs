//! `/reservations/{code}/cancel`: asks once more, then cancels.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::opened::{self, Opened};
use super::visitor::Visitor;
use super::words;
use crate::messages::guest::reservation as texts;
use crate::pages::cancel::CancelPage;
use crate::server::error::AppError;
use crate::server::service::{IfMatch, ServiceError, cancel::cancel};
use crate::server::state::AppState;
use crate::server::web::render::{Document, page};

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    Ok(respond(StatusCode::OK, visitor, &opened))
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    match cancel(&app, &opened.reservation, &IfMatch::Any).await {
        Ok(reservation) => {
            Ok(Redirect::to(&format!("/reservations/{}?done=cancelled", reservation.code)).into_response())
        }
        // It moved on in between: the page says how it stands now.
        Err(ServiceError::TransitionNotAllowed(_)) => {
            let opened = opened::by_cookie(&app, &headers, &code).await?;
            Ok(respond(StatusCode::CONFLICT, visitor, &opened))
        }
        Err(error) => Err(error.into()),
    }
}

fn respond(status: StatusCode, visitor: Visitor, opened: &Opened) -> Response {
    let code = opened.reservation.code.to_string();
    let site = visitor.at(format!("/reservations/{code}/cancel")).site_of(&opened.house.hotel);
    let title = words::tab_title(texts::cancel(site.locale), &site.name);
    let document = Document::new(site.locale.html_lang(), title).private();
    let (facts, standing) = (opened.facts(), opened.view.status);
    page(status, document, move || view! { <CancelPage site code status=standing facts /> })
}
