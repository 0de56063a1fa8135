//! The one error of the HTTP side. A handler answers `Result<_, AppError>`; the [`explain`] layer writes it down as a
//! problem document (RFC 9457) below `/api`, and as a page anywhere else, with the request's id in both.

mod outline;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::domain::{Money, Status};
use crate::server::limits::TooMany;
use crate::server::request_id::RequestId;
use crate::server::service::staff::SignInError;
use crate::server::service::{FieldErrors, ServiceError};
use crate::server::state::AppState;
use crate::server::store::day::DayRefusal;
use crate::server::store::{RoomRefusal, StoreError};
use crate::server::web::error_page;
use crate::wire::problem::Problem;

pub use outline::Outline;

#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this address does not take that method")]
    MethodNotAllowed,
    #[error("the body is not JSON: {0}")]
    Json(String),
    #[error("the query cannot be read: {0}")]
    Query(String),
    #[error("the body must be sent as application/json")]
    MediaType,
    #[error("the body is larger than is taken here")]
    TooLarge,
    #[error("Idempotency-Key is required: 1 to 255 visible ASCII characters, the same for a retry")]
    IdempotencyKeyMissing,
    #[error("sign in first")]
    NotSignedIn,
    #[error("the e-mail and password do not belong together")]
    SignInRefused,
    #[error("this account is not for that")]
    Forbidden,
    /// A form of another site.
    #[error("the request comes from another site")]
    CrossSite,
    #[error("the answer took too long")]
    TimedOut,
    #[error("the server is ending")]
    ShuttingDown,
    /// Any other status that a layer below answered with.
    #[error("{0}")]
    Status(StatusCode),
    /// What must not happen; the reason goes to the log, not to the client.
    #[error("something broke on the server")]
    Internal(String),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Refused => Self::SignInRefused,
            SignInError::TooOften { retry_after_seconds } => ServiceError::TooSoon { retry_after_seconds }.into(),
            SignInError::Busy => StoreError::Busy.into(),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<TooMany> for AppError {
    fn from(error: TooMany) -> Self {
        Self::Service(error.into())
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Service(errors.into())
    }
}

impl AppError {
    pub fn status(&self) -> StatusCode {
        self.outline().status
    }

    /// The field errors, where fields are at fault.
    pub fn field_errors(&self) -> Option<&FieldErrors> {
        match self {
            Self::Service(ServiceError::Invalid(errors)) => Some(errors),
            _ => None,
        }
    }

    pub(in crate::server) fn problem(&self, request_id: Option<&RequestId>) -> Problem {
        let Outline { name, title, status } = self.outline();
        let errors = self.field_errors().into_iter().flat_map(FieldErrors::iter);
        Problem {
            kind: format!("urn:vacancy:problem:{name}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: self.detail(),
            errors: errors.map(|(field, error)| (field.to_owned(), error.to_string())).collect(),
            nights: match self {
                Self::Service(ServiceError::SoldOut(sold_out)) => sold_out.nights.clone(),
                _ => Vec::new(),
            },
            stays: match self {
                Self::Service(
                    ServiceError::Room(
                        RoomRefusal::Taken { stays, .. }
                        | RoomRefusal::Promised { stays }
                        | RoomRefusal::Split { stays },
                    )
                    | ServiceError::Day(DayRefusal::Undecided { stays }),
                ) => stays.clone(),
                _ => Vec::new(),
            },
            blocks: match self {
                Self::Service(ServiceError::Room(RoomRefusal::Taken { blocks, .. })) => {
                    blocks.iter().map(|block| block.0).collect()
                }
                _ => Vec::new(),
            },
            request_id: request_id.map(ToString::to_string),
        }
    }

    /// What the client may know; the inside of a database error is not for it.
    fn detail(&self) -> String {
        match self {
            Self::Service(ServiceError::Store(StoreError::Busy)) => StoreError::Busy.to_string(),
            Self::Service(ServiceError::Store(_)) => Self::Internal(String::new()).to_string(),
            Self::Service(ServiceError::PriceChanged { shown, current }) => {
                let money = |money: &Money| format!("{} {}", money.minor, money.currency);
                format!("the total is now {}, not {}", money(current), money(shown))
            }
            Self::Service(ServiceError::TransitionNotAllowed(refused)) if refused.from == Status::Lapsed => {
                format!("the hold has lapsed and its nights are given back; it cannot {} any more", refused.action)
            }
            Self::Service(ServiceError::BalanceOpen { balance }) => {
                format!("{} {} are still to be paid", balance.minor, balance.currency)
            }
            Self::Service(ServiceError::VersionConflict { current }) => {
                format!("someone else has changed it meanwhile; it is now at version {current}")
            }
            other => other.to_string(),
        }
    }

    fn headers(&self, fields: &mut HeaderMap) {
        let retry_after_seconds = match self {
            Self::Service(ServiceError::TooSoon { retry_after_seconds }) => *retry_after_seconds,
            Self::Service(ServiceError::TooMany(too_many)) => too_many.retry_after_seconds,
            Self::Service(ServiceError::Store(StoreError::Busy)) | Self::TimedOut | Self::ShuttingDown => 1,
            Self::NotSignedIn => {
                fields.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Session"));
                return;
            }
            Self::Service(ServiceError::VersionConflict { current }) => {
                if let Ok(etag) = HeaderValue::from_str(&format!("\"{current}\"")) {
                    fields.insert(header::ETAG, etag);
                }
                return;
            }
            _ => return,
        };
        fields.insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds.max(1)));
    }

    fn log(&self) {
        match self {
            Self::Internal(reason) => tracing::error!(reason, "something broke"),
            Self::Service(ServiceError::Store(StoreError::Busy)) => tracing::warn!("the store is busy"),
            Self::Service(ServiceError::Store(error)) => tracing::error!(%error, "the store failed"),
            _ => {}
        }
    }
}

/// Status, headers and the error itself; [`explain`] adds the words.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        self.headers(response.headers_mut());
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Gives every refusal its words: JSON below `/api`, a page elsewhere. An answer that already has a body of its own kind
/// passes untouched.
pub async fn explain(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = is_api(path);
    // A missing file is nothing to explain: whoever asks for one is not a reader.
    let is_file = path.starts_with("/pkg/");
    let id = request.extensions().get::<RequestId>().cloned();
    let asking = (!is_api).then(|| error_page::Asking::new(&app, &request));
    // What is no text is no name of anything here.
    let mut response = if is_text(path) { next.run(request).await } else { AppError::NotFound.into_response() };
    let error = match response.extensions_mut().remove::<Arc<AppError>>() {
        Some(error) => error,
        None if is_bare_refusal(&response) && !is_file => Arc::new(AppError::from_status(response.status())),
        None => return response,
    };
    error.log();
    let problem = error.problem(id.as_ref());
    let mut explained = match asking {
        None => json(&problem),
        Some(asking) => error_page::render(&app, &asking, &error, &problem).await,
    };
    *explained.status_mut() = response.status();
    let told = explained.headers().clone();
    std::mem::swap(explained.headers_mut(), response.headers_mut());
    // The refusal that was there may have been packed on its way here; what replaces it is not.
    for of_the_old_body in [header::CONTENT_LENGTH, header::CONTENT_ENCODING] {
        explained.headers_mut().remove(of_the_old_body);
    }
    explained.headers_mut().extend(told);
    explained
}

fn is_text(path: &str) -> bool {
    !path.contains('%') || percent_encoding::percent_decode_str(path).decode_utf8().is_ok()
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// A refusal of the router or of a layer: plain text, or nothing at all.
fn is_bare_refusal(response: &Response) -> bool {
    let is_refusal = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE);
    is_refusal && kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn json(problem: &Problem) -> Response {
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let mut response = body.into_response();
    let fields = response.headers_mut();
    fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
