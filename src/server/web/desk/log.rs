//! `/desk/{hotel}/log`: the audit log, for managers. Its filter is the query.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, people, site};
use crate::components::FieldError as Mistake;
use crate::messages::desk::history as words;
use crate::messages::guest;
use crate::pages::desk::history::{AuditLogPage, LogForm};
use crate::server::error::AppError;
use crate::server::service::ServiceError;
use crate::server::service::history::{LogQuery, log};
use crate::server::state::AppState;
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::query::query;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::history::LogPage;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    day: String,
    by: String,
    code: String,
    of: String,
    before: String,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let path = format!("/desk/{}/log", staff.house.hotel.slug);
    let filter = [("of", &*asked.of), ("day", &*asked.day), ("by", &*asked.by), ("code", &*asked.code)];
    let newest = format!("{path}{}", query(&filter));
    let before: Option<u64> = asked.before.parse().ok();
    let here = match before {
        Some(_) => format!("{path}{}", query(&[&filter[..], &[("before", &*asked.before)]].concat())),
        None => newest.clone(),
    };
    let (site, _) = site(&app, &staff, &visitor, here).await?;
    let locale = site.scene.locale;
    let wanted =
        LogQuery { day: Some(&asked.day), by: Some(&asked.by), code: Some(&asked.code), of: Some(&asked.of), before };
    let (status, found, errors) = match log(&app, &staff.house, wanted).await {
        Ok(found) => (StatusCode::OK, found, Vec::new()),
        Err(ServiceError::Invalid(errors)) => {
            let words = [
                ("of", words::part_unknown(locale)),
                ("day", guest::date_needed(locale)),
                ("code", words::code_unknown(locale)),
            ];
            let wrong = words.into_iter().filter(|(field, _)| errors.get(field).is_some());
            let wrong = wrong.map(|(field, message)| Mistake { field, message: message.to_owned() }).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, LogPage::default(), wrong)
        }
        Err(error) => return Err(error.into()),
    };
    let older = found.next.map(|before| {
        let before = before.to_string();
        format!("{path}{}", query(&[&filter[..], &[("before", &*before)]].concat()))
    });
    let people = people(&app, &staff).await?;
    let form = LogForm {
        day: asked.day,
        by: asked.by,
        code: asked.code,
        of: asked.of,
        errors,
        older,
        newest: before.is_some().then_some(newest),
    };
    let document = document(&site, status, words::log_title(locale));
    Ok(page(status, document, move || view! { <AuditLogPage site log=found people form /> }))
}
