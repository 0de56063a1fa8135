//! What has happened lately at a hotel, newest last, for its desk: read from the log, so that it is what was streamed.

use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::store::{House, LogEntry};

/// How far back is looked. A booking is three facts.
const FACTS: u32 = 240;

/// The position of the hotel's streams, and the facts that lead up to it.
#[derive(Clone, Debug)]
pub struct Recent {
    pub as_of: String,
    pub facts: Vec<LogEntry>,
}

/// Take it before reading what is shown as of it: what changes in between is then streamed again, never missed.
pub async fn recent(app: &App, house: &House) -> Result<Recent, ServiceError> {
    let hub = app.hub.hotel(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    let position = hub.position();
    let upto = position.seq();
    let facts = app.store.log(house.hotel.id, upto.saturating_sub(u64::from(FACTS)), upto, FACTS).await?;
    Ok(Recent { as_of: position.to_string(), facts })
}
