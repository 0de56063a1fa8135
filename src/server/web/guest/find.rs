//! `/find`: the slow way back to a reservation. Whatever is wrong with a whole form, the answer is one.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use super::visitor::Visitor;
use super::{opened, words};
use crate::components::FieldError;
use crate::messages::Locale;
use crate::messages::guest::reservation as texts;
use crate::messages::problem;
use crate::pages::find::{FindForm, FindPage};
use crate::pages::frame::Site;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::{ServiceError, find_reservation::find_reservation};
use crate::server::state::AppState;
use crate::server::web::render::{Document, page};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    code: String,
    email: String,
}

pub(super) async fn show(visitor: Visitor) -> Response {
    respond(StatusCode::OK, &visitor, FindForm::default())
}

pub(super) async fn submit(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let visitor = visitor.at("/find");
    let locale = visitor.locale();
    let errors = missing(locale, &sent);
    let form = FindForm { code: sent.code, email: sent.email, errors, refused: None };
    if !form.errors.is_empty() {
        return Ok(respond(StatusCode::UNPROCESSABLE_ENTITY, &visitor, form));
    }
    if let Err(too_many) = app.limits.finds.check(address) {
        let seconds = too_many.retry_after_seconds;
        let refused = Some(problem::too_many_tries(locale, words::whole_seconds(seconds)));
        let mut response = respond(StatusCode::TOO_MANY_REQUESTS, &visitor, FindForm { refused, ..form });
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        return Ok(response);
    }
    match find_reservation(&app, &form.code, &form.email).await {
        Ok((reservation, token)) => {
            let code = reservation.code;
            let there = Redirect::to(&format!("/reservations/{code}")).into_response();
            Ok(opened::remember(&app, code, &token, there))
        }
        Err(ServiceError::Invalid(_) | ServiceError::ReservationNotFound) => {
            let refused = Some(texts::find_failed(locale).to_owned());
            Ok(respond(StatusCode::UNPROCESSABLE_ENTITY, &visitor, FindForm { refused, ..form }))
        }
        Err(error) => Err(error.into()),
    }
}

fn missing(locale: Locale, sent: &Sent) -> Vec<FieldError> {
    let fields = [
        ("code", &sent.code, texts::find_code_needed(locale)),
        ("email", &sent.email, texts::find_email_needed(locale)),
    ];
    let empty = fields.into_iter().filter(|(_, value, _)| value.trim().is_empty());
    empty.map(|(field, _, message)| FieldError { field, message: message.to_owned() }).collect()
}

fn respond(status: StatusCode, visitor: &Visitor, form: FindForm) -> Response {
    let site = visitor.site();
    let title = words::tab_title(texts::find_title(site.locale), Site::PROGRAM_NAME);
    let title = if status == StatusCode::OK { title } else { words::refused_title(site.locale, &title) };
    let document = Document::new(site.locale.html_lang(), title).private();
    page(status, document, move || view! { <FindPage site form /> })
}
