//! Streams: who may follow what, and from where. The hub holds the newest facts; older ones are read from the log.

use std::sync::Arc;
use std::time::Instant;

use crate::domain::{Reservation, ReservationCode};
use crate::server::hub::{Audience, HotelHub, KindSet, LogRange, Resume, Start, Subscription, event_block};
use crate::server::live::frame;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::{House, StoreError};

/// The most facts that are read from the log for one stream; who is further behind starts anew.
const MOST_REPLAYED: u64 = 10_000;

/// What is left at a hotel, for anyone.
pub fn follow_availability(app: &App, house: &House, resume: &Resume) -> Result<Subscription, ServiceError> {
    Ok(hub(app, house)?.watch_availability(resume))
}

/// The facts of a hotel, for its desk. `kinds` are names of events, types or kinds, separated by commas; none: all.
pub async fn follow_desk(
    app: &App,
    house: &House,
    kinds: Option<&str>,
    resume: &Resume,
) -> Result<Subscription, ServiceError> {
    let kinds = kinds.map_or(Ok(KindSet::ALL), |kinds| crate::server::live::VOCABULARY.parse(kinds));
    let kinds = kinds.map_err(|error| FieldErrors::one("kinds", FieldError::Other(error.to_string())))?;
    subscribe(app, house, Audience::Desk(kinds), resume).await
}

/// The changes of one reservation, for who may see it. A stream that does not resume begins with the present state.
pub async fn follow_reservation(
    app: &App,
    house: &House,
    code: ReservationCode,
    resume: &Resume,
) -> Result<Subscription, ServiceError> {
    let stream = subscribe(app, house, Audience::Reservation(code), resume).await?;
    if matches!(stream.start(), Start::Resumed { .. }) {
        return Ok(stream);
    }
    // Read after subscribing: a change in between comes either in this or after it, never in neither.
    let present = app.store.reservation(code).await?.ok_or(ServiceError::ReservationNotFound)?;
    let block = present_block(app, house, &present);
    Ok(stream.with_present(present.last_seq, block))
}

async fn subscribe(
    app: &App,
    house: &House,
    audience: Audience,
    resume: &Resume,
) -> Result<Subscription, ServiceError> {
    let hub = hub(app, house)?;
    let read_log = async |LogRange { after, upto }: LogRange| -> Result<_, StoreError> {
        if upto - after > MOST_REPLAYED {
            return Ok(None);
        }
        let limit = u32::try_from(upto - after).unwrap_or(u32::MAX);
        let entries = app.store.log(house.hotel.id, after, upto, limit).await?;
        let read_at = Instant::now();
        Ok(Some(entries.into_iter().map(|entry| frame(hub.epoch(), entry, read_at)).collect()))
    };
    Ok(hub.subscribe_with_log(audience, resume, read_log).await?)
}

fn hub(app: &App, house: &House) -> Result<Arc<HotelHub>, ServiceError> {
    app.hub.hotel(house.hotel.id).ok_or(ServiceError::HotelNotFound)
}

fn present_block(app: &App, house: &House, reservation: &Reservation) -> bytes::Bytes {
    let json = serde_json::to_vec(&app.view(house, reservation).for_guest()).unwrap_or_default();
    event_block(app.store.epoch(), reservation.last_seq, "reservation", &json)
}
