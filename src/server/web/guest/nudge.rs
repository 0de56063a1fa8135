//! `POST /reservations/{code}/nudge`: the guest asks the desk. Too often gets a clear answer, and keeps the message.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::visitor::Visitor;
use super::{opened, reservation, words};
use crate::messages::guest::reservation as texts;
use crate::pages::reservation::AskForm;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::{ServiceError, nudge::nudge};
use crate::server::state::AppState;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    message: String,
}

pub(super) async fn submit(
    State(app): State<AppState>,
    Path(code): Path<String>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    visitor: Visitor,
    Form(asked): Form<Asked>,
) -> Result<Response, AppError> {
    let opened = opened::by_cookie(&app, &headers, &code).await?;
    let locale = visitor.locale_at(&opened.house.hotel);
    let sent = match app.limits.nudges.check(address) {
        Ok(()) => nudge(&app, &opened.reservation, Some(&asked.message)).await,
        Err(too_many) => Err(too_many.into()),
    };
    let (status, error, retry_after_seconds) = match sent {
        Ok(()) => {
            let code = opened.reservation.code;
            return Ok(Redirect::to(&format!("/reservations/{code}?done=asked")).into_response());
        }
        Err(ServiceError::TooSoon { retry_after_seconds }) => {
            let error = texts::ask_too_often(locale, words::whole_seconds(retry_after_seconds));
            (StatusCode::TOO_MANY_REQUESTS, error, Some(retry_after_seconds))
        }
        Err(ServiceError::TooMany(too_many)) => {
            let seconds = too_many.retry_after_seconds;
            let error = crate::messages::problem::too_many_text(locale, words::whole_seconds(seconds));
            (StatusCode::TOO_MANY_REQUESTS, error, Some(seconds))
        }
        Err(ServiceError::Invalid(errors)) => {
            let error = words::at_fields(locale, &errors, &["message"]).pop().map(|error| error.message);
            (StatusCode::UNPROCESSABLE_ENTITY, error.unwrap_or_default(), None)
        }
        Err(error) => return Err(error.into()),
    };
    let ask = AskForm { message: asked.message, error: Some(error) };
    let mut response = reservation::respond(&app, status, visitor, &opened, ask, None);
    if let Some(seconds) = retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    Ok(response)
}
