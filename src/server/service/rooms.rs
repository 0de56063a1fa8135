//! All rooms today: how they are, who is in them, who comes.

use std::collections::{HashMap, HashSet};

use crate::domain::rooms::on_day;
use crate::domain::{Condition, Nights, Piece, Reservation, Room, RoomNumber, RoomTypeCode, Status};
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
    found.rooms.sort_by(|one, other| one.order().cmp(&other.order()));
    let (mut in_house, mut due_in) = (HashMap::new(), HashMap::new());
    for status in [Status::InHouse, Status::Confirmed] {
        let filter = ReservationFilter { status: Some(status), limit: MOST_STAYS, ..ReservationFilter::default() };
        for stay in app.store.reservations(hotel, filter).await? {
            let Some(room) = &stay.room else { continue };
            let (nights, is_in_house) = (Nights::from(stay.stay), status == Status::InHouse);
            let day = on_day(room, &stay.later_rooms, nights, is_in_house, today);
            if let Some(here) = day.in_house {
                let moves = here.nights.end() < nights.end();
                in_house.insert(here.room.clone(), told(&stay, &here, moves, role));
            }
            if let Some(due) = day.due_in {
                due_in.insert(due.room.clone(), told(&stay, &due, is_in_house, role));
            }
        }
    }
    let rooms = found.rooms.iter().map(|room| RoomToday {
        room: RoomView::new(room, &found.blocks),
        in_house: in_house.remove(&room.number),
        due_in: due_in.remove(&room.number),
    });
    Ok(RoomList { as_of, business_date: today, rooms: rooms.collect() })
}

/// The type of a room that is there.
pub async fn type_of(app: &App, house: &House, number: &RoomNumber) -> Result<Option<RoomTypeCode>, ServiceError> {
    let rooms = app.store.rooms(house.hotel.id, app.business_date(&house.hotel)).await?.rooms;
    Ok(rooms.into_iter().find(|room| room.number == *number).map(|room| room.room_type))
}

/// The rooms that a stay could have without anybody moving, by floor and number, with how they are.
pub async fn free_for(
    app: &App,
    house: &House,
    stay: &Reservation,
) -> Result<Vec<(RoomNumber, Condition)>, ServiceError> {
    let today = app.business_date(&house.hotel);
    let mut found = app.store.rooms(house.hotel.id, today).await?;
    found.rooms.sort_by(|one, other| one.order().cmp(&other.order()));
    let (arrival, departure) = (stay.stay.arrival().max(today), stay.stay.departure());
    let taken: HashSet<&RoomNumber> = found
        .nights
        .iter()
        .filter(|night| arrival <= night.night && night.night < departure)
        .filter(|night| night.taken_by != Occupant::Stay(stay.code))
        .map(|night| &night.room)
        .collect();
    let not_left = not_left(app, house, stay).await?;
    let is_free = |room: &&Room| !taken.contains(&room.number) && !not_left.contains(&room.number);
    let rooms = found.rooms.iter().filter(|room| room.room_type == stay.room_type).filter(is_free);
    Ok(rooms.map(|room| (room.number.clone(), room.condition)).collect())
}

/// Where a guest in house cannot go today: rooms that others have not left. Whether he may is the store's to say.
async fn not_left(app: &App, house: &House, stay: &Reservation) -> Result<HashSet<RoomNumber>, ServiceError> {
    let today = app.business_date(&house.hotel);
    if stay.state().status() != Status::InHouse || stay.stay.arrival() > today {
        return Ok(HashSet::new());
    }
    let filter = ReservationFilter { status: Some(Status::InHouse), limit: MOST_STAYS, ..Default::default() };
    let others = app.store.reservations(house.hotel.id, filter).await?;
    let others = others.iter().filter(|other| other.code != stay.code);
    Ok(others.filter_map(|other| other.not_left(today).cloned()).collect())
}

fn told(stay: &Reservation, piece: &Piece, moves: bool, role: Role) -> RoomStay {
    RoomStay {
        code: stay.code,
        guest: stay.guest.as_ref().filter(|_| role != Role::Housekeeping).map(|guest| guest.name.to_string()),
        arrival: piece.nights.first(),
        departure: piece.nights.end(),
        moves,
    }
}

impl From<Move> for MoveView {
    fn from(Move { code, from, to }: Move) -> Self {
        Self { code, from, to }
    }
}
