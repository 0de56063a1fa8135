//! `/desk/{hotel}/lists/{list}`, the housekeeping list and a reservation's registration card: pages to be printed.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::site::{document, site};
use crate::messages::Locale;
use crate::messages::desk::{free as free_words, sheets as words};
use crate::pages::desk::card::CardPage;
use crate::pages::desk::free::{FreeKind, FreePage};
use crate::pages::desk::sheet::{Sheet, SheetPage};
use crate::server::error::AppError;
use crate::server::service::{act, house, rooms as today, tonight};
use crate::server::state::{App, AppState};
use crate::server::web::guest::visitor::Visitor;
use crate::server::web::render::page;
use crate::server::web::session::StaffSession;

pub(super) async fn list(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, list)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    match list.as_str() {
        "free" => return free(&app, &staff, &visitor).await,
        "tonight" => {
            let sheet = Sheet::Tonight(tonight::sleepers(&app, &staff.house).await?);
            return respond(&app, &staff, &visitor, sheet, "lists/tonight".to_owned()).await;
        }
        _ => {}
    }
    let sheet: fn(_) -> Sheet = match list.as_str() {
        "arrivals" => Sheet::Arrivals,
        "departures" => Sheet::Departures,
        "in-house" => Sheet::InHouse,
        _ => return Err(AppError::NotFound),
    };
    let house = house::house(&app, &staff.house).await?;
    let mut stays = match list.as_str() {
        "arrivals" => house.arrivals,
        "departures" => house.departures,
        _ => house.in_house,
    };
    let name = |stay: &crate::wire::reservation::ReservationView| stay.guest.as_ref().map(|guest| guest.name.clone());
    // A room number is what one looks for at departures and in house, a name at arrivals.
    if list == "arrivals" {
        stays.sort_by_key(|stay| (name(stay), stay.code));
    } else {
        stays.sort_by_key(|stay| (stay.room.clone(), name(stay)));
    }
    respond(&app, &staff, &visitor, sheet(stays), format!("lists/{list}")).await
}

/// What can be sold tonight.
async fn free(app: &App, staff: &StaffSession, visitor: &Visitor) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/lists/free", hotel.slug)).await?;
    let kind = |kind: tonight::FreeType| FreeKind {
        code: kind.code.to_string(),
        name: kind.name,
        sleeps: kind.sleeps,
        price: kind.price,
        left: kind.left,
        rooms: kind
            .rooms
            .into_iter()
            .map(|room| (room.number.to_string(), room.condition.as_str().to_owned(), room.is_occupied))
            .collect(),
    };
    let kinds: Vec<FreeKind> = tonight::free(app, &staff.house).await?.into_iter().map(kind).collect();
    let document = document(&site, StatusCode::OK, free_words::title(site.scene.locale));
    Ok(page(StatusCode::OK, document, move || view! { <FreePage site kinds /> }))
}

pub(super) async fn housekeeping(
    State(app): State<AppState>,
    staff: StaffSession,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let rooms = today::rooms(&app, &staff.house, staff.staff.role).await?.rooms;
    respond(&app, &staff, &visitor, Sheet::Housekeeping(rooms), "rooms/list".to_owned()).await
}

async fn respond(
    app: &App,
    staff: &StaffSession,
    visitor: &Visitor,
    sheet: Sheet,
    path: String,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let (site, _) = site(app, staff, visitor, format!("/desk/{}/{path}", hotel.slug)).await?;
    let printed_at = site.scene.moment_in_full(app.now());
    let title = format!("{} · {}", sheet.title(&site.scene), site.scene.today);
    let document = document(&site, StatusCode::OK, &title);
    Ok(page(StatusCode::OK, document, move || view! { <SheetPage site sheet printed_at /> }))
}

/// In the hotel's language, whoever prints it.
pub(super) async fn card(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
    visitor: Visitor,
) -> Result<Response, AppError> {
    let hotel = &staff.house.hotel;
    let reservation = act::reservation(&app, &staff.house, &code).await?;
    let here = format!("/desk/{}/reservations/{}/card", hotel.slug, reservation.code);
    let (site, _) = site(&app, &staff, &visitor, here).await?;
    let locale = Locale::from_tag(&hotel.language).unwrap_or_default();
    let title = format!("{} · {}", words::card(site.scene.locale), reservation.code);
    let document = document(&site, StatusCode::OK, &title);
    let room_type = site.scene.room(&reservation.room_type);
    let check_out_until = hotel.check_out_until.to_string();
    let view = app.view(&staff.house, &reservation);
    Ok(page(StatusCode::OK, document, move || {
        view! { <CardPage site locale reservation=view room_type check_out_until /> }
    }))
}
