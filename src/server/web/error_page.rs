//! The page a browser gets when something went wrong, in its language; for the staff, with the desk around it.

use axum::extract::Request;
use axum::response::Response;
use leptos::prelude::*;

use crate::pages::frame::Site;
use crate::pages::problem::{ProblemPage, Trouble};
use crate::server::error::AppError;
use crate::server::service::ServiceError;
use crate::server::service::staff::TokenHash;
use crate::server::state::App;
use crate::server::store::StoreError;
use crate::server::web::desk;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::{self, Document};
use crate::server::web::session::{self, StaffSession};
use crate::wire::problem::Problem;

/// What the page needs to know of the request, kept before the request is handed on.
#[derive(Clone, Debug)]
pub struct Asking {
    visitor: Visitor,
    /// Of the session, where a desk page was asked for.
    staff: Option<TokenHash>,
}

impl Asking {
    pub fn new(app: &App, request: &Request) -> Self {
        let is_desk = request.uri().path().starts_with("/desk/");
        let staff = is_desk.then(|| session::token_hash(app.cookies, request.headers())).flatten();
        Self { visitor: Visitor::new(app.cookies, request.method(), request.uri(), request.headers()), staff }
    }
}

pub async fn render(app: &App, asking: &Asking, error: &AppError, problem: &Problem) -> Response {
    let (status, trouble) = (error.status(), trouble(error));
    if status.is_client_error()
        && let Some(token_hash) = asking.staff
        && let Ok(Some(staff)) = StaffSession::of(&app.staff, token_hash).await
        && let Ok(page) = desk::problem::problem(app, &staff, &asking.visitor, status, trouble).await
    {
        return page;
    }
    let site = asking.visitor.site();
    let title = format!("{} · {}", trouble.title(site.locale), Site::PROGRAM_NAME);
    let document = Document::new(site.locale.html_lang(), title).private();
    // Only what is our fault needs a number to be asked about.
    let error_id = problem.request_id.clone().filter(|_| status.is_server_error());
    render::page(status, document, move || view! { <ProblemPage site status=status.as_u16() trouble error_id /> })
}

fn trouble(error: &AppError) -> Trouble {
    let wait = |seconds: u64| Trouble::TooMany { wait_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) };
    match error {
        AppError::Service(ServiceError::HotelNotFound) => Trouble::UnknownHotel,
        AppError::Service(ServiceError::ReservationNotFound) => Trouble::UnknownReservation,
        AppError::Service(ServiceError::TooSoon { retry_after_seconds }) => wait(*retry_after_seconds),
        AppError::Service(ServiceError::TooMany(too_many)) => wait(too_many.retry_after_seconds),
        AppError::Service(ServiceError::Store(StoreError::Busy)) | AppError::TimedOut | AppError::ShuttingDown => {
            Trouble::Busy
        }
        AppError::CrossSite => Trouble::CrossSite,
        AppError::Forbidden | AppError::NotSignedIn => Trouble::StaffOnly,
        other => match other.status().as_u16() {
            404 => Trouble::NotFound,
            405 => Trouble::Method,
            413 => Trouble::TooLarge,
            429 => wait(60),
            503 => Trouble::Busy,
            400..500 => Trouble::BadRequest,
            _ => Trouble::Broken,
        },
    }
}
