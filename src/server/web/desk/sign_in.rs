//! `/desk/sign-in` and out again. One answer for an unknown address and a wrong password.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::Tone;
use crate::messages::{desk, problem};
use crate::pages::desk::sign_in::{SignInForm, SignInPage};
use crate::pages::frame::Site;
use crate::server::api_v1::ClientAddress;
use crate::server::error::AppError;
use crate::server::service::staff::SignInError;
use crate::server::state::AppState;
use crate::server::store::Role;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::query::query;
use crate::server::web::render::{Document, page};
use crate::server::web::session::{self, StaffSession, desk_path};

const DESK: &str = "/desk";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    next: String,
    out: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    email: String,
    password: String,
    next: String,
}

/// To the desk of one's own hotel.
pub(super) async fn home(staff: StaffSession) -> Redirect {
    let page = if staff.staff.role == Role::Housekeeping { "/rooms" } else { "" };
    Redirect::to(&format!("/desk/{}{page}", staff.house.hotel.slug))
}

pub(super) async fn show(
    State(app): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let next = desk_path(&asked.next).unwrap_or_default();
    if let Some(token_hash) = session::token_hash(app.cookies, &headers)
        && app.staff.session(token_hash).await?.is_some()
    {
        return Ok(Redirect::to(if next.is_empty() { DESK } else { next }).into_response());
    }
    let locale = visitor.locale();
    // A cookie that opens nothing any more is a session that has ended.
    let had_session = session::token_hash(app.cookies, &headers).is_some();
    let notice = match (asked.out.is_empty(), had_session) {
        (false, _) => Some((Tone::Good, desk::signed_out(locale).to_owned())),
        (true, true) => Some((Tone::Info, desk::sign_in_again(locale).to_owned())),
        (true, false) => None,
    };
    let form = SignInForm { next: next.to_owned(), notice, ..SignInForm::default() };
    Ok(respond(StatusCode::OK, &visitor, form))
}

pub(super) async fn submit(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let locale = visitor.locale();
    let next = desk_path(&sent.next).unwrap_or_default().to_owned();
    let again = |status: StatusCode, text: String| {
        let form = SignInForm { email: sent.email.clone(), next: next.clone(), notice: Some((Tone::Bad, text)) };
        respond(status, &visitor, form)
    };
    let too_often = |seconds: u64| {
        let text = problem::too_many_tries(locale, u32::try_from(seconds).unwrap_or(u32::MAX));
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, text);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        response
    };
    if let Err(too_many) = app.limits.sign_ins.check(address) {
        return Ok(too_often(too_many.retry_after_seconds));
    }
    match app.staff.sign_in(&sent.email, sent.password, address).await {
        Ok(signed_in) => {
            let cookie = session::begin(app.cookies, &signed_in)
                .ok_or_else(|| AppError::Internal("a session token that no cookie can carry".into()))?;
            let there = if next.is_empty() { DESK } else { &next };
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(there)).into_response())
        }
        Err(SignInError::Refused) => {
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, desk::sign_in_failed(locale).to_owned()))
        }
        Err(SignInError::TooOften { retry_after_seconds }) => Ok(too_often(retry_after_seconds)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_out(
    State(app): State<AppState>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    if let Some(token_hash) = session::token_hash(app.cookies, &headers) {
        app.staff.sign_out(token_hash, address).await?;
    }
    let mut response = Redirect::to("/desk/sign-in?out=1").into_response();
    if let Some(cookie) = session::end(app.cookies) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn respond(status: StatusCode, visitor: &Visitor, form: SignInForm) -> Response {
    let locale = visitor.locale();
    let title = format!("{} · {}", desk::sign_in_title(locale), Site::PROGRAM_NAME);
    let document = Document::new(locale.html_lang(), title).private();
    let here = format!("/desk/sign-in{}", query(&[("next", &form.next)]));
    page(status, document, move || view! { <SignInPage locale here form /> })
}
