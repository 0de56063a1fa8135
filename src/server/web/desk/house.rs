//! `/desk/{hotel}`: the house today.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::site::{document, outcome, reservation_of, seconds_left, site};
use crate::islands::desk_board::news::{NewsLine, add_news};
use crate::islands::desk_row::{DeskRow, DeskScene};
use crate::islands::house_book::HouseList;
use crate::messages::desk;
use crate::pages::desk::house::{HousePage, HouseToday};
use crate::server::clock;
use crate::server::error::AppError;
use crate::server::service::house as today;
use crate::server::state::AppState;
use crate::server::store::{LogEntry, Role};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;
use crate::wire::desk::{AlertEvent, HouseView};

/// What the last action was, and where it was taken.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
    code: Option<String>,
    list: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    staff: StaffSession,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, facts) = site(&app, &staff, &visitor, format!("/desk/{}", hotel.slug)).await?;
    let HouseView { numbers, arrivals, departures, in_house, holds, .. } = today::house(&app, &staff.house).await?;
    let stays = arrivals.iter().chain(&departures).chain(&in_house).chain(&holds);
    // Who leaves today is in two lists, and one line of the book.
    let rows: BTreeMap<_, _> = stays.map(|view| (view.code, DeskRow::from(view))).collect();
    let list = HouseList::ALL.into_iter().find(|list| asked.list.as_deref() == Some(list.as_str()));
    let done = outcome(&app, &staff, asked.done.as_deref(), asked.code.as_deref()).await?;
    let calendar = clock::today(app.now(), &hotel.time_zone);
    let house = HouseToday {
        numbers,
        rows: rows.into_values().collect(),
        news: news(&site.scene, &facts),
        seconds_left_today: seconds_left(&app, hotel),
        is_behind: site.scene.today < calendar,
        is_manager: staff.staff.role == Role::Manager,
        outcome: done.map(|done| (done, list.map_or("", HouseList::as_str).to_owned())),
    };
    let document = document(&site, StatusCode::OK, desk::board(site.scene.locale));
    Ok(page(StatusCode::OK, document, move || view! { <HousePage site house /> }))
}

/// The live board's first lines.
fn news(scene: &DeskScene, facts: &[LogEntry]) -> Vec<NewsLine> {
    let mut news = Vec::new();
    for fact in facts.iter().filter(|fact| fact.kind != "imported" && !(fact.kind == "folio" && fact.by == "system")) {
        let line = |text: String| {
            let (kind, by) = (fact.kind.clone(), fact.by.clone());
            let when = scene.moment(fact.at);
            Some(NewsLine { seq: fact.seq, kind, when, by, code: fact.code?, name: None, text, changed: Vec::new() })
        };
        let line = match reservation_of(fact) {
            Some(view) => line(scene.stay_and_hold(&view)).map(|line| NewsLine {
                name: view.guest.map(|guest| guest.name),
                changed: view.changed,
                ..line
            }),
            None if fact.kind == "nudge" => {
                serde_json::from_str::<AlertEvent>(&fact.body).ok().and_then(|alert| line(alert.text))
            }
            None => None,
        };
        if let Some(line) = line {
            add_news(&mut news, line);
        }
    }
    news
}
