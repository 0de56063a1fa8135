//! What is left and what it costs, night by night.

use crate::domain::Date;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::House;
use crate::wire::availability::{AvailabilityView, MAX_NIGHTS_ASKED};

/// The nights in `[from, to)`, at most [`MAX_NIGHTS_ASKED`].
pub fn availability(
    app: &App,
    house: &House,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<AvailabilityView, ServiceError> {
    let mut errors = FieldErrors::default();
    let (from, to) = (errors.require::<Date>("from", from), errors.require::<Date>("to", to));
    if let (Some(from), Some(to)) = (from, to) {
        match from.days_until(to) {
            ..=0 => errors.refuse("to", FieldError::EmptyRange),
            nights if nights > MAX_NIGHTS_ASKED => {
                errors.refuse("to", FieldError::LongRange { most: MAX_NIGHTS_ASKED });
            }
            _ => {}
        }
    }
    let (from, to) = errors.finish(from.zip(to))?;
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    Ok(board.view(from, to))
}
