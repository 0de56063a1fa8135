//! What went wrong at the desk, told to who is signed in there.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::site::{document, site};
use crate::pages::desk::problem::DeskProblemPage;
use crate::pages::problem::Trouble;
use crate::server::error::AppError;
use crate::server::state::App;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;

pub(in crate::server::web) async fn problem(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    status: StatusCode,
    trouble: Trouble,
) -> Result<Response, AppError> {
    let (mut site, _) = site(app, staff, visitor, visitor.here().to_owned()).await?;
    if !site.scene.here.starts_with("/desk") {
        // A form was sent, whose answer cannot be asked for again. This leads to each one's own first page.
        "/desk".clone_into(&mut site.scene.here);
    }
    let title = trouble.title(site.scene.locale);
    let document = document(&site, StatusCode::OK, title);
    Ok(page(status, document, move || view! { <DeskProblemPage site status=status.as_u16() trouble /> }))
}
