//! All rooms today: how they are, who is in them, who comes.

use std::collections::{HashMap, HashSet};

use crate::domain::{Condition, Reservation, RoomNumber, Status};
use crate::server::service::ServiceError;
use crate::server::service::list_reservations::as_of;
use crate::server::state::App;
use crate::server::store::rooms::{Move, Occupant};
use crate::server::store::{House, ReservationFilter, Role};
use crate::wire::room::{MoveView, RoomList, RoomStay, RoomToday, RoomView};

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

/// By floor and number. Housekeepers are not told who the guests are.
pub async fn rooms(app: &App, house: &House, role: Role) -> Result<RoomList, ServiceError> {
    // Read before the rows: what changes in between is streamed after this point.
    let as_of = as_of(app, house)?;
    let (hotel, today) = (house.hotel.id, app.business_date(&house.hotel));
    let mut found = app.store.rooms(hotel, today).await?;
    found.rooms.sort_by(|one, other| (one.floor, &one.number).cmp(&(other.floor, &other.number)));
    let mut in_house = by_room(app, house, Status::InHouse, role, |_| true).await?;
    let mut due_in = by_room(app, house, Status::Confirmed, role, |stay| {
        stay.stay.arrival() <= today && stay.stay.departure() > today
    })
    .await?;
    let rooms = found.rooms.iter().map(|room| RoomToday {
        room: RoomView::new(room, &found.blocks),
        in_house: in_house.remove(&room.number),
        due_in: due_in.remove(&room.number),
    });
    Ok(RoomList { as_of, business_date: today, rooms: rooms.collect() })
}

/// The rooms that a stay could have without anybody moving, by number, with how they are.
pub async fn free_for(
    app: &App,
    house: &House,
    stay: &Reservation,
) -> Result<Vec<(RoomNumber, Condition)>, ServiceError> {
    let today = app.business_date(&house.hotel);
    let found = app.store.rooms(house.hotel.id, today).await?;
    let (arrival, departure) = (stay.stay.arrival().max(today), stay.stay.departure());
    let taken: HashSet<&RoomNumber> = found
        .nights
        .iter()
        .filter(|night| arrival <= night.night && night.night < departure)
        .filter(|night| night.taken_by != Occupant::Stay(stay.code))
        .map(|night| &night.room)
        .collect();
    let rooms = found.rooms.iter().filter(|room| room.room_type == stay.room_type && !taken.contains(&room.number));
    Ok(rooms.map(|room| (room.number.clone(), room.condition)).collect())
}

async fn by_room(
    app: &App,
    house: &House,
    status: Status,
    role: Role,
    is_asked: impl Fn(&Reservation) -> bool,
) -> Result<HashMap<RoomNumber, RoomStay>, ServiceError> {
    let filter = ReservationFilter { status: Some(status), limit: MOST_STAYS, ..ReservationFilter::default() };
    let stays = app.store.reservations(house.hotel.id, filter).await?;
    let told = |stay: &Reservation| RoomStay {
        code: stay.code,
        guest: stay.guest.as_ref().filter(|_| role != Role::Housekeeping).map(|guest| guest.name.to_string()),
        arrival: stay.stay.arrival(),
        departure: stay.stay.departure(),
    };
    let stays = stays.iter().filter(|stay| is_asked(stay));
    Ok(stays.filter_map(|stay| Some((stay.room.clone()?, told(stay)))).collect())
}

impl From<Move> for MoveView {
    fn from(Move { code, from, to }: Move) -> Self {
        Self { code, from, to }
    }
}
