//! `/reservations/{code}/confirmation`: where a booking lands. It can be reloaded as often as one likes.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::visitor::Visitor;
use super::{opened, words};
use crate::messages::guest::booking;
use crate::pages::confirmation::ConfirmationPage;
use crate::server::error::AppError;
use crate::server::state::AppState;
use crate::server::web::render::{Document, page};

pub(super) async fn show(
    State(app): State<AppState>,
    Path(code): Path<String>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    let site = visitor.site_of(&opened.house.hotel);
    let title = words::tab_title(booking::confirmed_title(site.locale), &site.name);
    let document = Document::new(site.locale.html_lang(), title).private();
    let has_email = opened.view.guest.as_ref().is_some_and(|guest| guest.email.is_some());
    let guest_name = opened.view.guest.as_ref().map(|guest| guest.name.clone()).unwrap_or_default();
    let manage_url = Some(app.manage_url(opened.reservation.code, &opened.token));
    let (code, facts) = (opened.reservation.code.to_string(), opened.facts());
    Ok(page(StatusCode::OK, document, move || {
        view! { <ConfirmationPage site code guest_name facts manage_url has_email /> }
    }))
}
