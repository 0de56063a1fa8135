//! Reservations as the desk works with them: the list, the walk-in, the transitions.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::unslept::Unslept;
use crate::server::api_v1::extract::{ApiJson, ApiQuery, IdempotencyKey, MaybeJson};
use crate::server::api_v1::params::{DeskStay, Seen};
use crate::server::api_v1::reservations::{booked, foreseen, tagged, tagged_with};
use crate::server::error::AppError;
use crate::server::service::IfMatch;
use crate::server::service::act::{self as acting, DeskAction};
use crate::server::service::book::{self as booking, Order};
use crate::server::service::cancel as cancelling;
use crate::server::service::leave::{Leaving, leaving};
use crate::server::service::list_reservations::{ListQuery, list_reservations};
use crate::server::state::AppState;
use crate::server::web::session::StaffSession;
use crate::wire::booking::{BookingAnswer, BookingRequest};
use crate::wire::desk::ReservationList;
use crate::wire::ending::{ActAnswer, CancelPreview, CancelRequest, CheckOutPreview, UnsleptView};
use crate::wire::problem::Problem;
use crate::wire::reservation::ReservationView;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// `held confirmed in_house checked_out cancelled no_show lapsed`
    state: Option<String>,
    /// Stays that touch a night from this day on.
    from: Option<String>,
    /// Stays that arrive before this day.
    to: Option<String>,
    /// Part of a name, an e-mail address, a phone number or a code, or the number of a room.
    q: Option<String>,
}

/// Reservations in order of arrival, at most 200.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/reservations", tag = "desk", operation_id = "list_reservations",
    params(("hotel" = String, Path, description = "The hotel's slug"), Filter),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ReservationList),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn list(
    State(app): State<AppState>,
    staff: StaffSession,
    ApiQuery(filter): ApiQuery<Filter>,
) -> Result<Json<ReservationList>, AppError> {
    let query = ListQuery {
        state: filter.state.as_deref(),
        from: filter.from.as_deref(),
        to: filter.to.as_deref(),
        text: filter.q.as_deref(),
    };
    Ok(Json(list_reservations(&app, &staff.house, query).await?))
}

/// Books for a guest at the desk; a name is enough.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations", tag = "desk",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a retry safe"),
    ),
    request_body = BookingRequest,
    security(("staff_session" = [])),
    responses(
        (status = 201, body = BookingAnswer),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "room-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "sold-out, with the nights that are gone; room-taken, promise-broken, room-of-another-type"),
        (status = 422, description = "invalid-fields, idempotency-key-reused", body = Problem),
    ),
)]
pub async fn walk_in(
    State(app): State<AppState>,
    staff: StaffSession,
    IdempotencyKey(key): IdempotencyKey,
    ApiJson(request): ApiJson<BookingRequest>,
) -> Result<Response, AppError> {
    let order = Order {
        request: &request,
        idempotency_key: key.as_deref(),
        shown_total: None,
        hold: None,
        actor: staff.actor(),
    };
    Ok(booked(&app, &booking::book(&app, &staff.house, order).await?))
}

/// A reservation of this hotel.
#[utoipa::path(
    get, path = "/api/v1/desk/{hotel}/reservations/{code}", tag = "desk", operation_id = "open_reservation_at_desk",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
    ),
)]
pub async fn open(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let reservation = acting::reservation(&app, &staff.house, &code).await?;
    Ok(tagged(app.view(&staff.house, &reservation)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Caution {
    /// Of a check-out: refuse it while the folio is not settled.
    settled: Option<bool>,
    /// Of a check-in or a no-show: refuse it before the day of arrival. Without it a guest may come early; his room is his
    /// in the books from the arrival on.
    due: Option<bool>,
    /// Of a check-in: refuse it into a dirty room.
    ready: Option<bool>,
    /// Of a confirmation: refuse it while nobody has said whose the hold is.
    named: Option<bool>,
}

/// Carries out one transition. To check in a no-show is a late arrival; to cancel a hold gives it back. Checking out
/// charges the stay as it was booked: `unslept` tells what of it the guest has not slept.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/{action}", tag = "desk", operation_id = "act",
    params(
        ("hotel" = String, Path, description = "The hotel's slug"),
        ("code" = String, Path, description = "Such as K7QM-2XNP"),
        ("action" = String, Path,
         description = "confirm cancel check-in undo-check-in check-out undo-check-out no-show reinstate"),
        Caution,
        ("If-Match" = Option<String>, Header, description = "The version that was seen, such as `\"3\"`"),
    ),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ActAnswer, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found, not-found", body = Problem),
        (status = 409, body = Problem, description = "transition-not-allowed; sold-out, with the nights that are gone; \
             no-room-free and room-taken on check-in; balance-open, stay-is-ahead, room-dirty and name-missing where asked for; \
             stay-is-over"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn act(
    State(app): State<AppState>,
    staff: StaffSession,
    Path((_, code, action)): Path<(String, String, String)>,
    ApiQuery(caution): ApiQuery<Caution>,
    seen: IfMatch,
) -> Result<Response, AppError> {
    let action = DeskAction::from_path(&action).ok_or(AppError::NotFound)?;
    if caution.settled.unwrap_or(false) && action == DeskAction::CheckOut {
        acting::ask_for_balance(&app, &staff.house, &code).await?;
    }
    if caution.due.unwrap_or(false) && matches!(action, DeskAction::CheckIn | DeskAction::NoShow) {
        acting::ask_for_day(&app, &staff.house, &code).await?;
    }
    if caution.ready.unwrap_or(false) && action == DeskAction::CheckIn {
        acting::ask_for_room(&app, &staff.house, &code).await?;
    }
    if caution.named.unwrap_or(false) && action == DeskAction::Confirm {
        acting::ask_for_name(&app, &staff.house, &code).await?;
    }
    let reservation = acting::act(&app, &staff.house, &code, action, &seen, staff.actor()).await?;
    let unslept = match action {
        DeskAction::CheckOut => Unslept::after(&reservation, app.business_date(&staff.house.hotel)),
        _ => None,
    };
    let answer =
        ActAnswer { reservation: app.view(&staff.house, &reservation), unslept: unslept.map(UnsleptView::from) };
    Ok(tagged_with(reservation.version, answer))
}

/// What cancelling would come to: the fee, what is paid back, and until when it is free. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/cancel/preview", tag = "desk",
    operation_id = "preview_cancel_at_desk",
    params(DeskStay, Seen),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = CancelPreview),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
    ),
)]
pub async fn preview_cancel(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
) -> Result<Json<CancelPreview>, AppError> {
    let reservation = acting::reservation(&app, &staff.house, &code).await?;
    Ok(Json(foreseen(cancelling::preview(&app, &staff.house, &reservation, &seen).await?)))
}

/// Cancels a reservation, or gives a hold back, as any transition is carried out; at a fee that was shown, where one is sent.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/cancel", tag = "desk", operation_id = "cancel_at_desk",
    params(DeskStay, Seen),
    request_body = Option<CancelRequest>,
    security(("staff_session" = [])),
    responses(
        (status = 200, body = ReservationView, headers(("ETag" = String, description = "The version"))),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 409, body = Problem,
         description = "transition-not-allowed; price-changed where the fee is not `shown_fee`"),
        (status = 412, description = "version-conflict", body = Problem),
        (status = 422, description = "invalid-fields", body = Problem),
    ),
)]
pub async fn cancel(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
    MaybeJson(request): MaybeJson<CancelRequest>,
) -> Result<Response, AppError> {
    let reservation = acting::reservation(&app, &staff.house, &code).await?;
    let shown = request.shown_fee;
    let cancelled = cancelling::cancel(&app, &reservation, &seen, shown, staff.actor()).await?;
    Ok(tagged(app.view(&staff.house, &cancelled)))
}

/// What checking out today would come to: what is charged, what of it was not slept, what is still to be paid. Changes
/// nothing.
#[utoipa::path(
    post, path = "/api/v1/desk/{hotel}/reservations/{code}/check-out/preview", tag = "desk",
    operation_id = "preview_check_out",
    params(DeskStay, Seen),
    security(("staff_session" = [])),
    responses(
        (status = 200, body = CheckOutPreview),
        (status = 401, description = "not-signed-in", body = Problem),
        (status = 404, description = "reservation-not-found", body = Problem),
        (status = 412, description = "version-conflict", body = Problem),
    ),
)]
pub async fn preview_check_out(
    State(app): State<AppState>,
    staff: StaffSession,
    Path(DeskStay { code, .. }): Path<DeskStay>,
    seen: IfMatch,
) -> Result<Json<CheckOutPreview>, AppError> {
    let Leaving { refusal, business_date, departure, total, unslept, balance } =
        leaving(&app, &staff.house, &code, &seen).await?;
    let reason = refusal.map(|error| AppError::from(error).outline().name.to_owned());
    let unslept = unslept.map(UnsleptView::from);
    Ok(Json(CheckOutPreview { allowed: reason.is_none(), reason, business_date, departure, total, unslept, balance }))
}
