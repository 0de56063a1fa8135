//! Reservations of a hotel, for its desk: by state, by dates, by a part of a name or a code.

use crate::domain::{Date, Status};
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::{House, ReservationFilter};
use crate::wire::desk::ReservationList;

/// The most that are listed at once.
pub const MOST_LISTED: u32 = 200;

/// The query of a list, as it was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ListQuery<'a> {
    pub state: Option<&'a str>,
    pub from: Option<&'a str>,
    pub to: Option<&'a str>,
    pub text: Option<&'a str>,
}

pub async fn list_reservations(
    app: &App,
    house: &House,
    query: ListQuery<'_>,
) -> Result<ReservationList, ServiceError> {
    let mut errors = FieldErrors::default();
    let status = query.state.filter(|state| !state.is_empty());
    let status = status.and_then(|state| errors.take("state", state.parse::<Status>().map_err(|_| FieldError::Status)));
    let from = errors.allow::<Date>("from", query.from);
    let to = errors.allow::<Date>("to", query.to);
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        errors.refuse("to", FieldError::EmptyRange);
    }
    errors.finish(Some(()))?;
    let text = query.text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let filter = ReservationFilter { status, from, to, text, limit: MOST_LISTED + 1 };
    // Read before the rows: what changes in between is streamed after this point.
    let as_of = as_of(app, house)?;
    let mut found = app.store.reservations(house.hotel.id, filter).await?;
    let more = found.len() > MOST_LISTED as usize;
    found.truncate(MOST_LISTED as usize);
    let mut reservations: Vec<_> = found.iter().map(|reservation| app.view(house, reservation)).collect();
    // A hold whose end has come is lapsed, though its row may not say so yet.
    reservations.retain(|reservation| status.is_none_or(|status| status == reservation.status));
    Ok(ReservationList { as_of, reservations, more })
}

/// Where the hotel's streams stand; take it before reading what is shown as of it.
pub(super) fn as_of(app: &App, house: &House) -> Result<String, ServiceError> {
    let hub = app.hub.hotel(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    Ok(hub.position().to_string())
}
