//! Tonight at the house: which rooms are still to be had, and who sleeps here.

use std::collections::HashSet;

use crate::domain::{Condition, Date, Money, Room, RoomNumber, RoomTypeCode, Status};
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::store::{House, ReservationFilter};
use crate::wire::reservation::ReservationView;

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

/// A room type as it can be sold tonight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeType {
    pub code: RoomTypeCode,
    pub name: String,
    pub sleeps: u8,
    pub price: Money,
    /// How many can still be sold.
    pub left: u16,
    /// The rooms that nobody has tonight: more than are left where stays have none yet.
    pub rooms: Vec<FreeRoom>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeRoom {
    pub number: RoomNumber,
    pub condition: Condition,
    /// Its last guest is to leave today, and has not left.
    pub is_occupied: bool,
}

impl FreeRoom {
    pub(super) fn new(room: &Room, occupied: &HashSet<RoomNumber>) -> Self {
        Self { number: room.number.clone(), condition: room.condition, is_occupied: occupied.contains(&room.number) }
    }
}

/// In the order of the hotel's room types.
pub async fn free(app: &App, house: &House) -> Result<Vec<FreeType>, ServiceError> {
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    let today = app.business_date(&house.hotel);
    let mut found = app.store.rooms(house.hotel.id, today).await?;
    found.rooms.sort_by(|one, other| one.order().cmp(&other.order()));
    let taken: HashSet<&RoomNumber> =
        found.nights.iter().filter(|taken| taken.night == today).map(|taken| &taken.room).collect();
    let occupied = occupied(app, house).await?;
    Ok(board.look(|look| {
        let of_type = |kind: &crate::domain::RoomType| {
            let rooms = found.rooms.iter().filter(|room| room.room_type == kind.code && !taken.contains(&room.number));
            FreeType {
                code: kind.code.clone(),
                name: kind.name.clone(),
                sleeps: kind.sleeps,
                price: kind.prices.night(today),
                left: look.counts(kind)(today).left(),
                rooms: rooms.map(|room| FreeRoom::new(room, &occupied)).collect(),
            }
        };
        look.room_types().map(of_type).collect()
    }))
}

/// The rooms that somebody is in now.
pub async fn occupied(app: &App, house: &House) -> Result<HashSet<RoomNumber>, ServiceError> {
    let in_house = stays(app, house, Status::InHouse, None).await?;
    Ok(in_house.into_iter().filter_map(|stay| stay.room).collect())
}

/// Everybody who takes a room tonight, here or still to come, by room and name.
pub async fn sleepers(app: &App, house: &House) -> Result<Vec<ReservationView>, ServiceError> {
    let today = app.business_date(&house.hotel);
    let mut sleepers = stays(app, house, Status::InHouse, Some(today)).await?;
    sleepers.extend(stays(app, house, Status::Confirmed, Some(today)).await?);
    let name = |stay: &ReservationView| stay.guest.as_ref().map(|guest| guest.name.clone());
    sleepers.sort_by_key(|stay| (stay.room.is_none(), stay.room.clone(), name(stay)));
    Ok(sleepers)
}

/// Of one state, and of one night where it is named.
async fn stays(
    app: &App,
    house: &House,
    status: Status,
    night: Option<Date>,
) -> Result<Vec<ReservationView>, ServiceError> {
    let to = night.map(|night| night.add_days(1));
    let filter = ReservationFilter { status: Some(status), from: night, to, text: None, limit: MOST_STAYS };
    let found = app.store.reservations(house.hotel.id, filter).await?;
    Ok(found.iter().map(|stay| app.view(house, stay)).collect())
}
