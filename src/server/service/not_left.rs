//! Rooms whose guests should have gone and have not: free tonight by the books, and for nobody who would be in them now.

use std::collections::HashMap;

use crate::domain::{Date, Nights, Reservation, ReservationCode, RoomNumber, Status};
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::store::{House, ReservationFilter, RoomRefusal};

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

/// Who is in a room that is not his tonight, by room. Whose it is tonight, the store asks itself.
async fn not_left(app: &App, house: &House) -> Result<HashMap<RoomNumber, ReservationCode>, ServiceError> {
    let today = app.business_date(&house.hotel);
    let in_house = ReservationFilter { status: Some(Status::InHouse), limit: MOST_STAYS, ..Default::default() };
    let stays = app.store.reservations(house.hotel.id, in_house).await?;
    let tonight = |stay: &Reservation| {
        let nights = Nights::from(stay.stay).since(today)?;
        stay.pieces(nights).into_iter().next().map(|piece| piece.room)
    };
    let not_left = stays.iter().filter(|stay| tonight(stay) != stay.room);
    Ok(not_left.filter_map(|stay| Some((stay.room.clone()?, stay.code))).collect())
}

/// Whether the guest of a stay is in the house, so that another room is one he goes to now.
fn is_here(app: &App, house: &House, stay: &Reservation) -> bool {
    stay.state().status() == Status::InHouse && stay.stay.arrival() <= app.business_date(&house.hotel)
}

/// Those of some rooms to which a stay's guest could go now.
pub(super) async fn only_left(
    app: &App,
    house: &House,
    stay: &Reservation,
    rooms: Vec<RoomNumber>,
) -> Result<Vec<RoomNumber>, ServiceError> {
    if !is_here(app, house, stay) {
        return Ok(rooms);
    }
    let not_left = not_left(app, house).await?;
    let is_left = |room: &RoomNumber| not_left.get(room).is_none_or(|code| *code == stay.code);
    Ok(rooms.into_iter().filter(is_left).collect())
}

/// Refused where a guest would go now to a room that another has not left.
pub(super) async fn check_left(
    app: &App,
    house: &House,
    stay: &Reservation,
    (room, from): (&RoomNumber, Option<Date>),
) -> Result<(), ServiceError> {
    let is_later = from.is_some_and(|from| from > app.business_date(&house.hotel));
    if is_later || stay.room.as_ref() == Some(room) || !is_here(app, house, stay) {
        return Ok(());
    }
    match not_left(app, house).await?.get(room) {
        Some(other) if *other != stay.code => {
            Err(ServiceError::Room(RoomRefusal::Taken { stays: vec![*other], blocks: Vec::new() }))
        }
        _ => Ok(()),
    }
}
