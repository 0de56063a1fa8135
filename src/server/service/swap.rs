//! With whom a stay could swap rooms: looked for by whoever knows the room, not the code.

use crate::domain::{Reservation, ReservationCode, RoomNumber, Status, Stay};
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::store::{House, ReservationFilter};

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

/// A stay in another room of the type on some of the same nights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub code: ReservationCode,
    pub name: Option<String>,
    pub room: RoomNumber,
    pub stay: Stay,
}

/// By room and arrival. Whether the two may swap is seen when they do; a stay in several rooms may not.
pub async fn candidates(app: &App, house: &House, stay: &Reservation) -> Result<Vec<Candidate>, ServiceError> {
    let today = app.business_date(&house.hotel);
    let mut found = Vec::new();
    for status in [Status::InHouse, Status::Confirmed] {
        let filter = ReservationFilter {
            status: Some(status),
            from: Some(stay.stay.arrival().max(today)),
            to: Some(stay.stay.departure()),
            limit: MOST_STAYS,
            ..ReservationFilter::default()
        };
        let others = app.store.reservations(house.hotel.id, filter).await?;
        let others = others.into_iter().filter(|other| {
            other.room_type == stay.room_type
                && other.room != stay.room
                && other.later_rooms.is_empty()
                && other.code != stay.code
                && other.stay.departure() > today
        });
        found.extend(others.filter_map(|other| {
            let name = other.guest.as_ref().map(|guest| guest.name.to_string());
            Some(Candidate { code: other.code, name, room: other.room?, stay: other.stay })
        }));
    }
    found.sort_by(|one, other| (&one.room, one.stay).cmp(&(&other.room, other.stay)));
    Ok(found)
}
