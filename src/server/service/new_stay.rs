//! What the desk can sell somebody who stands there: each room type with what is left, what it costs, and which of its
//! rooms are free for all the nights.

use std::collections::HashSet;

use crate::domain::{Money, Party, RoomNumber, RoomTypeCode, Stay};
use crate::server::service::ServiceError;
use crate::server::service::tonight::{FreeRoom, occupied};
use crate::server::state::App;
use crate::server::store::House;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeChoice {
    pub code: RoomTypeCode,
    pub name: String,
    pub sleeps: u8,
    /// Whether the party fits in.
    pub fits: bool,
    /// Rooms left on the fullest night; none without dates.
    pub left: Option<u16>,
    pub total: Option<Money>,
    /// Those that nobody has on any of the nights, by floor and number; last those that somebody is in who leaves on the
    /// day of arrival.
    pub rooms: Vec<FreeRoom>,
}

/// In the order of the hotel's room types. Without dates nothing is counted, and every room is named.
pub async fn choices(
    app: &App,
    house: &House,
    stay: Option<Stay>,
    party: Option<Party>,
) -> Result<Vec<TypeChoice>, ServiceError> {
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    let from = stay.map_or_else(|| app.business_date(&house.hotel), Stay::arrival);
    let mut found = app.store.rooms(house.hotel.id, from).await?;
    found.rooms.sort_by(|one, other| one.order().cmp(&other.order()));
    let is_asked = |night| stay.is_some_and(|stay| stay.contains_night(night));
    let taken: HashSet<&RoomNumber> =
        found.nights.iter().filter(|taken| is_asked(taken.night)).map(|taken| &taken.room).collect();
    let occupied = match stay {
        Some(stay) if stay.arrival() <= app.business_date(&house.hotel) => occupied(app, house).await?,
        _ => HashSet::new(),
    };
    Ok(board.look(|look| {
        let choice = |room_type| {
            let count = look.counts(room_type);
            let left = stay.and_then(|stay| stay.nights().map(|night| count(night).left()).min());
            let is_free = |number: &RoomNumber| !taken.contains(number);
            let rooms = found.rooms.iter().filter(|room| room.room_type == room_type.code && is_free(&room.number));
            let mut rooms: Vec<FreeRoom> = rooms.map(|room| FreeRoom::new(room, &occupied)).collect();
            rooms.sort_by_key(|room| room.is_occupied);
            TypeChoice {
                code: room_type.code.clone(),
                name: room_type.name.clone(),
                sleeps: room_type.sleeps,
                fits: party.is_none_or(|party| room_type.fits(party)),
                left,
                total: stay.and_then(|stay| Some(room_type.prices.quote(stay).ok()?.total)),
                rooms,
            }
        };
        look.room_types().map(choice).collect()
    }))
}
