//! Posting to a folio by a form. Posted: back to the page. Refused: the page with what was typed.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::reservation::{Shown, render};
use crate::components::FieldError as Mistake;
use crate::domain::{FolioError, FolioRefusal, Money, folio::typed_amount};
use crate::messages::desk::folio as words;
use crate::messages::{Locale, format};
use crate::pages::desk::folio::FolioForm;
use crate::pages::desk::question::{Answer, Question};
use crate::pages::desk::reservation::Told;
use crate::server::error::AppError;
use crate::server::service::folio::{post, read};
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::AppState;
use crate::server::store::folio::FolioChange;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::session::StaffSession;
use crate::wire::folio::FolioRequest;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    kind: String,
    key: String,
    entry: Option<u64>,
    charge_text: String,
    charge_amount: String,
    payment_text: String,
    payment_amount: String,
    method: String,
    /// It was asked whether so much is meant, and answered with yes.
    anyway: Option<String>,
}

pub(super) async fn submit(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
    Form(sent): Form<Sent>,
) -> Result<Response, AppError> {
    let locale = visitor.locale_at(&staff.house.hotel);
    let (text, amount) = match sent.kind.as_str() {
        "charge" => (&sent.charge_text, &sent.charge_amount),
        _ => (&sent.payment_text, &sent.payment_amount),
    };
    let key = Some(sent.key.clone()).filter(|key| !key.is_empty() && key.len() <= 255);
    let change = request(&sent, text, amount, &staff).and_then(|request| read(&request));
    let form = |errors| FolioForm {
        key: sent.key.rsplit_once('-').map_or_else(String::new, |(key, _)| key.to_owned()),
        open: sent.kind.clone(),
        text: text.clone(),
        amount: amount.clone(),
        method: sent.method.clone(),
        errors,
    };
    let done = match change {
        Ok(FolioChange::Post(posting)) if sent.anyway.is_none() => {
            post(&app, &staff.house, &code, FolioChange::PostWithin(posting), key, staff.actor()).await
        }
        Ok(change) => post(&app, &staff.house, &code, change, key, staff.actor()).await,
        Err(errors) => Err(errors.into()),
    };
    let Err(error) = done else {
        let there = format!("/desk/{}/reservations/{code}?done=folio#folio", staff.house.hotel.slug);
        return Ok(Redirect::to(&there).into_response());
    };
    let (status, shown) = match error {
        ServiceError::Invalid(errors) => {
            let form = form(mistakes(locale, &sent.kind, &errors));
            (StatusCode::UNPROCESSABLE_ENTITY, Shown { folio: Some(form), ..Shown::default() })
        }
        ServiceError::Folio(refusal) => {
            let told = match refusal {
                FolioRefusal::Overpaid { back } => Told::Asked(is_it_meant(locale, &staff, &code, &sent, back)),
                FolioRefusal::EntryNotFound | FolioRefusal::AlreadyReversed | FolioRefusal::IsReversal => {
                    Told::Refused(words::error_reversed(locale).into())
                }
                FolioRefusal::OtherCurrency(_) => Told::Refused(words::error_currency(locale).into()),
                FolioRefusal::State(_) => Told::Refused(words::error_state(locale).into()),
            };
            // To take back is a button, not a form: nothing was typed, and its page's keys may have been used.
            let typed = (sent.kind != "reversal").then(|| form(Vec::new()));
            (StatusCode::CONFLICT, Shown { told: Some(told), folio: typed })
        }
        error => return Err(error.into()),
    };
    render(&app, &staff, &visitor, &code, status, shown).await
}

/// The form once more as the answer, under the same key: it is posted once.
fn is_it_meant(locale: Locale, staff: &StaffSession, code: &str, sent: &Sent, back: Money) -> Question {
    let page = format!("/desk/{}/reservations/{code}", staff.house.hotel.slug);
    let fields = [
        ("kind", &*sent.kind),
        ("key", &sent.key),
        ("payment_text", &sent.payment_text),
        ("payment_amount", &sent.payment_amount),
        ("method", &sent.method),
        ("anyway", "yes"),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    Question {
        title: words::ask_overpaid(locale).to_owned(),
        lead: words::overpaid(locale, &format::money(locale, back)),
        changes: Vec::new(),
        people: Vec::new(),
        answer: Some(Answer { yes: words::take_anyway(locale).to_owned(), path: format!("{page}/folio"), fields }),
        other: None,
        back: page,
    }
}

fn request(sent: &Sent, text: &str, amount: &str, staff: &StaffSession) -> Result<FolioRequest, FieldErrors> {
    let request = FolioRequest {
        kind: sent.kind.clone(),
        text: Some(text.to_owned()),
        amount: None,
        method: Some(sent.method.clone()),
        entry: sent.entry,
    };
    if sent.kind == "reversal" {
        return Ok(request);
    }
    let mut errors = FieldErrors::default();
    let amount = errors.take("amount", typed_amount(amount, staff.house.hotel.currency));
    // What else is wrong is said at once.
    if amount.is_none()
        && let Err(others) = read(&FolioRequest { amount: None, ..request.clone() })
    {
        others
            .iter()
            .filter(|(field, _)| *field != "amount")
            .for_each(|(field, error)| errors.refuse(field, error.clone()));
    }
    errors.finish(amount.map(|amount| FolioRequest { amount: Some(amount), ..request }))
}

fn mistakes(locale: Locale, kind: &str, errors: &FieldErrors) -> Vec<Mistake> {
    let field = |field: &str| match (kind, field) {
        ("charge", "text") => "charge_text",
        ("charge", _) => "charge_amount",
        (_, "text") => "payment_text",
        (_, "method") => "method",
        _ => "payment_amount",
    };
    let message = |error: &FieldError| match error {
        FieldError::Folio(FolioError::TooPrecise) => words::error_too_precise(locale),
        FieldError::Folio(FolioError::NotPositive) => words::error_positive(locale),
        FieldError::Folio(FolioError::TooLarge) => words::error_too_large(locale),
        FieldError::Folio(FolioError::TextMissing) => words::error_text(locale),
        FieldError::Folio(FolioError::TextTooLong | FolioError::ControlCharacters) => words::error_text_long(locale),
        FieldError::Folio(FolioError::Method) => words::method(locale),
        _ => words::error_amount(locale),
    };
    let mistake =
        |(name, error): (&str, &FieldError)| Mistake { field: field(name), message: message(error).to_owned() };
    errors.iter().map(mistake).collect()
}
