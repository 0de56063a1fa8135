//! Hotels, what is left, and what can be had: open to anyone.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::api_v1::extract::{ApiQuery, OfHotel};
use crate::server::api_v1::nights_json;
use crate::server::error::AppError;
use crate::server::service::search::Search;
use crate::server::service::{availability as nights, hotels, search};
use crate::server::state::AppState;
use crate::wire::availability::AvailabilityView;
use crate::wire::hotel::{HotelDetails, HotelList};
use crate::wire::offer::OffersView;
use crate::wire::problem::Problem;

/// The hotels of this server.
#[utoipa::path(get, path = "/api/v1/hotels", tag = "hotels", responses((status = 200, body = HotelList)))]
pub async fn list(State(app): State<AppState>) -> Json<HotelList> {
    Json(hotels::list(&app))
}

/// A hotel with its room types.
#[utoipa::path(
    get, path = "/api/v1/hotels/{hotel}", tag = "hotels",
    params(("hotel" = String, Path, description = "The hotel's slug")),
    responses((status = 200, body = HotelDetails), (status = 404, description = "hotel-not-found", body = Problem)),
)]
pub async fn details(State(app): State<AppState>, OfHotel(house): OfHotel) -> Result<Json<HotelDetails>, AppError> {
    Ok(Json(hotels::details(&app, &house)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Nights {
    /// The first night, `YYYY-MM-DD`.
    #[param(required = true)]
    from: Option<String>,
    /// The day after the last night; at most 400 nights.
    #[param(required = true)]
    to: Option<String>,
}

/// What is left and what it costs, night by night.
#[utoipa::path(
    get, path = "/api/v1/hotels/{hotel}/availability", tag = "hotels",
    params(("hotel" = String, Path, description = "The hotel's slug"), Nights),
    responses(
        (status = 200, body = AvailabilityView),
        (status = 404, description = "hotel-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn availability(
    State(app): State<AppState>,
    OfHotel(house): OfHotel,
    ApiQuery(query): ApiQuery<Nights>,
) -> Result<impl IntoResponse, AppError> {
    let view = nights::availability(&app, &house, query.from.as_deref(), query.to.as_deref())?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], nights_json::written(&view)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stay {
    /// `YYYY-MM-DD`, not before today at the hotel.
    #[param(required = true)]
    arrival: Option<String>,
    /// `YYYY-MM-DD`, after arrival; at most 60 nights.
    #[param(required = true)]
    departure: Option<String>,
    #[param(required = true, value_type = u8)]
    adults: Option<String>,
    #[param(value_type = Option<u8>)]
    children: Option<String>,
}

/// What can be had for these dates and guests, with the total price.
#[utoipa::path(
    get, path = "/api/v1/hotels/{hotel}/offers", tag = "hotels",
    params(("hotel" = String, Path, description = "The hotel's slug"), Stay),
    responses(
        (status = 200, body = OffersView),
        (status = 404, description = "hotel-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn offers(
    State(app): State<AppState>,
    OfHotel(house): OfHotel,
    ApiQuery(query): ApiQuery<Stay>,
) -> Result<Json<OffersView>, AppError> {
    let search = Search {
        arrival: query.arrival.as_deref(),
        departure: query.departure.as_deref(),
        adults: query.adults.as_deref(),
        children: query.children.as_deref(),
    };
    Ok(Json(search::offers(&app, &house, search)?))
}
