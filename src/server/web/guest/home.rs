//! `/`: the only hotel, or the list of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

use super::visitor::Visitor;
use crate::messages::guest;
use crate::pages::frame::Site;
use crate::pages::home::HomePage;
use crate::server::service::hotels;
use crate::server::state::AppState;
use crate::server::web::render::{Document, page};

pub(super) async fn show(State(app): State<AppState>, visitor: Visitor) -> Response {
    let hotels = hotels::list(&app).hotels;
    if let [only] = hotels.as_slice() {
        return Redirect::to(&format!("/hotels/{}", only.slug)).into_response();
    }
    let site = visitor.site();
    let title = super::words::tab_title(guest::hotels_title(site.locale), Site::PROGRAM_NAME);
    let document = Document::new(site.locale.html_lang(), title).description(guest::hotels_lead(site.locale));
    page(StatusCode::OK, document, move || view! { <HomePage site hotels /> })
}
