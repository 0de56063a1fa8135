//! A guest's way into his reservation: the private link is traded for a cookie, and the cookie opens the pages.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::words;
use crate::domain::{Reservation, ReservationCode, Status};
use crate::pages::summary::StayFacts;
use crate::server::error::AppError;
use crate::server::service::{ServiceError, open_reservation::open_reservation};
use crate::server::state::{App, AppState};
use crate::server::store::House;
use crate::wire::reservation::ReservationView;

/// Long enough for a booking made a year ahead and the stay itself.
const COOKIE_SECONDS: i64 = 400 * 24 * 3600;

/// A reservation that its guest has opened.
pub(super) struct Opened {
    pub house: Arc<House>,
    pub reservation: Reservation,
    pub view: ReservationView,
    /// What opened it.
    pub token: String,
}

/// The reservation of `code`, for a browser that holds its cookie.
pub(super) async fn by_cookie(app: &App, headers: &HeaderMap, code: &str) -> Result<Opened, AppError> {
    let code: ReservationCode = code.parse().map_err(|_| ServiceError::ReservationNotFound)?;
    let token = app.cookies.read(headers, &cookie_name(code)).map(ToOwned::to_owned);
    let reservation = open_reservation(app, &code.to_string(), token.as_deref()).await?;
    let house = app.store.catalog().house(reservation.hotel).cloned().ok_or(ServiceError::ReservationNotFound)?;
    let view = app.view(&house, &reservation).for_guest();
    Ok(Opened { house, reservation, view, token: token.unwrap_or_default() })
}

/// `/r/{code}/{token}`: keeps the token in a cookie, so that it does not stay in the address.
pub(super) async fn by_link(
    State(app): State<AppState>,
    Path((code, token)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let code = open_reservation(&app, &code, Some(&token)).await?.code;
    Ok(remember(&app, code, &token, Redirect::to(&format!("/reservations/{code}")).into_response()))
}

/// Lets the browser keep what opens a reservation.
pub(super) fn remember(app: &App, code: ReservationCode, token: &str, mut response: Response) -> Response {
    if let Some(cookie) = app.cookies.write(&cookie_name(code), token, Some(COOKIE_SECONDS)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn cookie_name(code: ReservationCode) -> String {
    format!("g-{code}")
}

impl Opened {
    /// The stay as it was booked, at the price that was agreed.
    pub fn facts(&self) -> StayFacts {
        let Reservation { room_type, stay, party, total, nightly, fee, .. } = &self.reservation;
        let hotel = &self.house.hotel;
        let name = self.house.room_type(room_type).map_or_else(|| room_type.to_string(), |kind| kind.name.clone());
        StayFacts {
            room_code: room_type.to_string(),
            room_name: name,
            stay: *stay,
            party: *party,
            check_in_from: hotel.check_in_from.to_string(),
            check_out_until: hotel.check_out_until.to_string(),
            nightly: self.view.nightly.clone(),
            total: *total,
            terms: words::terms(hotel, *stay, nightly),
            fee: fee.filter(|fee| fee.minor > 0).map(|fee| (fee, self.view.status == Status::NoShow)),
        }
    }
}
