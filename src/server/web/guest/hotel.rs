//! `/hotels/{hotel}`: the search, whose state is the query, and the rooms for it. Without a query it is tonight, for two.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;

use super::held::{Held, form_key};
use super::visitor::Visitor;
use super::words;
use crate::components::RoomRow;
use crate::domain::{Date, Party, Stay};
use crate::messages::{Locale, format};
use crate::pages::held_stays::HeldStay;
use crate::pages::hotel::{Found, HotelPage};
use crate::pages::search::SearchForm;
use crate::server::error::AppError;
use crate::server::service::{availability::availability, hotels, search};
use crate::server::state::{App, AppState};
use crate::server::store::House;
use crate::server::web::render::{Bundle, Document, page};

const FIELDS: [&str; 4] = ["arrival", "departure", "adults", "children"];

/// The query as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    arrival: Option<String>,
    departure: Option<String>,
    adults: Option<String>,
    children: Option<String>,
}

pub(super) async fn show(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let house = hotels::house(&app, &hotel)?;
    let site = visitor.site_of(&house.hotel);
    let locale = site.locale;
    let details = hotels::details(&app, &house);
    let held = held_stays(&Held::of(&app, &headers).await?, &house, locale);
    let (form, found) = find(&app, &house, locale, asked, details.summary.today)?;
    let (status, title) = if found.is_some() {
        (StatusCode::OK, house.hotel.name.clone())
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, words::refused_title(locale, &house.hotel.name))
    };
    let mut document = Document::new(locale.html_lang(), title).bundle(Bundle::Guest);
    if let Some(found) = &found {
        let dates = format::date_range(locale, found.stay);
        document = document.description(format!("{}: {dates}", house.hotel.name));
    }
    Ok(page(status, document, move || view! { <HotelPage site hotel=details held form found /> }))
}

/// The form as it is shown, and the rooms where it makes sense.
fn find(
    app: &App,
    house: &House,
    locale: Locale,
    asked: Asked,
    today: Date,
) -> Result<(SearchForm, Option<Found>), AppError> {
    let mut form = filled(asked, today);
    let query = search::Search {
        arrival: Some(&form.arrival),
        departure: Some(&form.departure),
        adults: Some(&form.adults),
        children: Some(&form.children),
    };
    let (stay, party) = match search::read(query, today) {
        Ok(read) => read,
        Err(errors) => {
            form.errors = words::at_fields(locale, &errors, &FIELDS);
            return Ok((form, None));
        }
    };
    let nights = availability(app, house, Some(&form.arrival), Some(&form.departure))?;
    let rooms = nights.room_types.into_iter().filter_map(|room_type| {
        let known = house.room_type(&room_type.code)?;
        Some(RoomRow {
            hold_href: address(house, "hold", known.code.as_str(), stay, party),
            code: room_type.code.to_string(),
            name: known.name.clone(),
            sleeps: known.sleeps,
            party_size: party.size(),
            nights: room_type.nights,
        })
    });
    let mut rooms: Vec<RoomRow> = rooms.collect();
    // What cannot hold the party stands last.
    rooms.sort_by_key(|room| room.party_size > room.sleeps);
    let found = Found { stay, party, as_of: nights.as_of, rooms };
    Ok((form, Some(found)))
}

/// What was typed; what was left out stands as it most likely is. One date alone makes a stay of one night.
fn filled(asked: Asked, today: Date) -> SearchForm {
    let typed = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let given = |text: Option<String>, otherwise: &str| typed(text).unwrap_or_else(|| otherwise.to_owned());
    let arrival = typed(asked.arrival).unwrap_or_else(|| today.to_string());
    let next_day = || arrival.parse::<Date>().unwrap_or(today).add_days(1).to_string();
    SearchForm {
        departure: typed(asked.departure).unwrap_or_else(next_day),
        adults: given(asked.adults, "2"),
        children: given(asked.children, "0"),
        errors: Vec::new(),
        arrival,
    }
}

/// What this browser holds here.
fn held_stays(held: &Held, house: &House, locale: Locale) -> Vec<HeldStay> {
    let here = held.running().filter(|(_, reservation)| reservation.hotel == house.hotel.id);
    here.filter_map(|(hold, reservation)| {
        let room_type = house.room_type(&reservation.room_type)?;
        let (stay, party, key) = (reservation.stay, reservation.party, form_key(hold));
        Some(HeldStay {
            room_name: room_type.name.clone(),
            stay,
            party,
            until: held.moment(house, locale, held.until(reservation)?),
            form: format!("{}&key={key}", address(house, "book", room_type.code.as_str(), stay, party)),
            key,
        })
    })
    .collect()
}

/// An address with a stay in it: `hold` is where its nights are held, `book` where its form is.
fn address(house: &House, what: &str, room_type: &str, stay: Stay, party: Party) -> String {
    format!(
        "/hotels/{}/{what}?room_type={room_type}&arrival={}&departure={}&adults={}&children={}",
        house.hotel.slug,
        stay.arrival(),
        stay.departure(),
        party.adults(),
        party.children()
    )
}
