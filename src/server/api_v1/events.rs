//! The three streams of a hotel as HTTP: who may open which, from where, and how many at once.

use axum::extract::{FromRequestParts, Path, State};
use axum::http::{HeaderMap, request::Parts};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::server::api_v1::extract::{ApiQuery, ClientAddress, bearer_or_cookie, resume};
use crate::server::error::AppError;
use crate::server::hub::{StreamBody, Subscription};
use crate::server::limits::TooMany;
use crate::server::net::Connection;
use crate::server::service::{ServiceError, act, follow, hotels, open_reservation};
use crate::server::state::{App, AppState};
use crate::server::store::Role;
use crate::server::web::session::StaffSession;
use crate::wire::problem::Problem;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// `EPOCH-SEQ`: go on from here; for the first connect after a page was rendered. `Last-Event-ID` wins over it.
    after: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeskFrom {
    /// `EPOCH-SEQ`: go on from here; for the first connect after a page was rendered. `Last-Event-ID` wins over it.
    after: Option<String>,
    /// Names of events, types or kinds, separated by commas; all when missing.
    kinds: Option<String>,
}

/// What is left, live: `availability` events with the present values of the nights that changed, each an
/// `AvailabilityEvent`. What cannot be resumed gets one `reset` event, a `ResetEvent`, on this stream as on the others.
#[utoipa::path(
    get, path = "/api/v1/hotels/{hotel}/events", tag = "streams",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"), From,
        ("Last-Event-ID" = Option<String>, Header, description = "The last id that was received"),
    ),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, description = "hotel-not-found", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
        (status = 429, description = "too-many-requests", body = Problem),
    ),
)]
pub async fn availability(
    State(app): State<AppState>,
    Path(hotel): Path<String>,
    ApiQuery(from): ApiQuery<From>,
    place: Place,
) -> Result<Response, AppError> {
    let house = hotels::house(&app, &hotel)?;
    let stream = follow::follow_availability(&app, &house, &resume(&place.headers, from.after.as_deref()))?;
    place.take(&app, stream)
}

/// One reservation, live: `reservation` events, each a `ReservationView`, the present state first. For its guest and the hotel's staff.
#[utoipa::path(
    get, path = "/api/v1/reservations/{code}/events", tag = "streams", operation_id = "reservation_events",
    params(
        ("code" = String, Path, description = "Such as K7QM-2XNP"), From,
        ("Last-Event-ID" = Option<String>, Header, description = "The last id that was received"),
    ),
    security(("manage_token" = []), ("staff_session" = [])),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, description = "reservation-not-found; also for a wrong or missing token", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
        (status = 429, description = "too-many-requests", body = Problem),
    ),
)]
pub async fn reservation(
    State(app): State<AppState>,
    Path(code): Path<String>,
    ApiQuery(from): ApiQuery<From>,
    MaybeStaff(staff): MaybeStaff,
    place: Place,
) -> Result<Response, AppError> {
    let token = bearer_or_cookie(&place.headers, app.cookies, &code);
    let opened = open_reservation::knock(&app, &code, token).await;
    let ((code, hotel), on_session) = match (opened, staff) {
        (Err(ServiceError::ReservationNotFound), Some(staff)) => {
            let reservation = act::reservation(&app, &staff.house, &code).await?;
            ((reservation.code, reservation.hotel), Some(staff))
        }
        (opened, _) => (opened?, None),
    };
    let catalog = app.store.catalog();
    let house = catalog.house(hotel).ok_or(ServiceError::HotelNotFound)?;
    let resume = resume(&place.headers, from.after.as_deref());
    let stream = follow::follow_reservation(&app, house, code, &resume).await?;
    if let Some(staff) = on_session {
        app.staff.end_with_session(staff.token_hash, stream.end_handle()).await;
    }
    place.take(&app, stream)
}

/// The hotel, live, for its desk: `reservation` events (`ReservationEvent`), `room` events (`RoomEvent`, `NightsEvent`),
/// `alert` events (`AlertEvent`), `day` and `hotel` events (`DayEvent`, `HotelEvent`) and `staff` events (`StaffEvent`) in
/// order. Housekeepers hear of rooms alone.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/events", tag = "streams", operation_id = "desk_events",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"), DeskFrom,
        ("Last-Event-ID" = Option<String>, Header, description = "The last id that was received"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 422, description = "invalid-fields: an unknown kind", body = Problem),
        (status = 429, description = "too-many-requests", body = Problem),
    ),
)]
pub async fn desk(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiQuery(from): ApiQuery<DeskFrom>,
    place: Place,
) -> Result<Response, AppError> {
    let resume = resume(&place.headers, from.after.as_deref());
    let kinds = if staff.staff.role == Role::Housekeeping { Some("room") } else { from.kinds.as_deref() };
    let stream = follow::follow_desk(&app, &staff.house, kinds, &resume).await?;
    // What staff follow ends with their session.
    app.staff.end_with_session(staff.token_hash, stream.end_handle()).await;
    place.take(&app, stream)
}

/// What a stream needs of its request: where it comes from, and the connection below it.
#[derive(Debug)]
pub struct Place {
    address: ClientAddress,
    connection: Option<Connection>,
    headers: HeaderMap,
}

impl FromRequestParts<AppState> for Place {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, AppError> {
        Ok(Self {
            address: ClientAddress::from_request_parts(parts, app).await?,
            connection: parts.extensions.get::<Connection>().cloned(),
            headers: parts.headers.clone(),
        })
    }
}

impl Place {
    fn take(self, app: &App, stream: Subscription) -> Result<Response, AppError> {
        let permit = app
            .stream_limits
            .acquire(self.address.0)
            .map_err(|full| TooMany { retry_after_seconds: u64::from(full.retry_after_seconds) })?;
        let transport = self.connection.as_ref().map(Connection::transport);
        Ok(StreamBody::new(stream.over(transport, Some(permit))).into_response())
    }
}

/// The staff of a hotel, where the request is theirs.
#[derive(Debug)]
pub struct MaybeStaff(Option<StaffSession>);

impl FromRequestParts<AppState> for MaybeStaff {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, AppError> {
        Ok(Self(StaffSession::from_request_parts(parts, app).map(Result::ok).await))
    }
}
