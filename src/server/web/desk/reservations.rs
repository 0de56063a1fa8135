//! `/desk/{hotel}/reservations`: the list, whose filter is the query. Without a query it is who stays from today on.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, site};
use crate::components::FieldError;
use crate::islands::desk_row::DeskRow;
use crate::messages::{Locale, desk, guest};
use crate::pages::desk::reservations::{Filter, ReservationsPage};
use crate::server::error::AppError;
use crate::server::service::list_reservations::{ListQuery, list_reservations};
use crate::server::service::{FieldError as Wrong, FieldErrors, ServiceError};
use crate::server::state::AppState;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::query::query;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::desk::ReservationList;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    from: Option<String>,
    to: Option<String>,
    q: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let path = format!("/desk/{}/reservations", hotel.slug);
    let (mut site, _) = site(&app, &staff, &visitor, path.clone()).await?;
    let locale = site.scene.locale;
    let is_asked = asked.state.is_some() || asked.from.is_some() || asked.to.is_some() || asked.q.is_some();
    let mut filter = Filter {
        state: asked.state.unwrap_or_default(),
        from: asked.from.unwrap_or_else(|| if is_asked { String::new() } else { site.scene.today.to_string() }),
        to: asked.to.unwrap_or_default(),
        text: asked.q.unwrap_or_default(),
        errors: Vec::new(),
    };
    if is_asked {
        let pairs = [("q", &*filter.text), ("state", &*filter.state), ("from", &*filter.from), ("to", &*filter.to)];
        let there = query(&pairs);
        // An empty filter is one too, and not the one that a bare address stands for.
        site.scene.here = if there.is_empty() { format!("{path}?q=") } else { format!("{path}{there}") };
    }
    let wanted = ListQuery {
        state: Some(&filter.state),
        from: Some(&filter.from),
        to: Some(&filter.to),
        text: Some(&filter.text),
    };
    let (status, list) = match list_reservations(&app, &staff.house, wanted).await {
        Ok(list) => (StatusCode::OK, list),
        Err(ServiceError::Invalid(errors)) => {
            filter.errors = at_fields(locale, &errors);
            let nothing = ReservationList { as_of: site.as_of.clone(), reservations: Vec::new(), more: false };
            (StatusCode::UNPROCESSABLE_ENTITY, nothing)
        }
        Err(error) => return Err(error.into()),
    };
    let rows: Vec<DeskRow> = list.reservations.iter().map(DeskRow::from).collect();
    let document = document(&site, status, desk::reservations(locale));
    let more = list.more;
    Ok(page(status, document, move || view! { <ReservationsPage site filter rows more /> }))
}

fn at_fields(locale: Locale, errors: &FieldErrors) -> Vec<FieldError> {
    let to = match errors.get("to") {
        Some(Wrong::EmptyRange) => desk::filter_is_empty(locale),
        _ => guest::date_needed(locale),
    };
    let words = [("state", desk::state_unknown(locale)), ("from", guest::date_needed(locale)), ("to", to)];
    let wrong = words.into_iter().filter(|(field, _)| errors.get(field).is_some());
    wrong.map(|(field, message)| FieldError { field, message: message.to_owned() }).collect()
}
