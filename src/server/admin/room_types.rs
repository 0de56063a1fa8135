//! `vacancy admin add-room-type` and `change-room-type`.

use std::io::Write;

use clap::Args;

use crate::domain::{HotelSlug, PriceTable, RoomType, RoomTypeCode};
use crate::server::admin::create_hotel::{named, sleeps};
use crate::server::admin::{AdminError, house_of, price, refused, room_type_of};
use crate::server::store::{DirectoryChange, Store};

#[derive(Args, Clone, Debug)]
pub struct AddRoomType {
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    /// Its name in addresses and in the API, such as `double`.
    #[arg(long)]
    pub code: RoomTypeCode,
    /// Its name for guests.
    #[arg(long)]
    pub name: String,
    /// How many rooms there are of it.
    #[arg(long)]
    pub rooms: u16,
    /// How many people may sleep in one.
    #[arg(long)]
    pub sleeps: u8,
    /// What a night costs in the hotel's currency, such as 119.00.
    #[arg(long, allow_hyphen_values = true)]
    pub price: String,
}

#[derive(Args, Clone, Debug)]
pub struct ChangeRoomType {
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    #[arg(long)]
    pub code: RoomTypeCode,
    /// Its name for guests.
    #[arg(long)]
    pub name: Option<String>,
    /// How many rooms there are of it; refused where more are sold already.
    #[arg(long)]
    pub rooms: Option<u16>,
    /// How many people may sleep in one.
    #[arg(long)]
    pub sleeps: Option<u8>,
    /// How many more than its rooms may be sold.
    #[arg(long)]
    pub overbook: Option<u16>,
}

impl AddRoomType {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let house = house_of(store, &self.hotel)?;
        if house.room_type(&self.code).is_some() {
            return Err(refused(format!("{} has a room type {} already; see change-room-type", self.hotel, self.code)));
        }
        let room_type = RoomType {
            name: named(&self.name)?,
            sleeps: sleeps(self.sleeps)?,
            rooms: self.rooms,
            overbook: 0,
            prices: PriceTable::flat(price(&self.price, house.hotel.currency)?),
            code: self.code.clone(),
        };
        store.change_directory(DirectoryChange::PutRoomType { hotel: house.hotel.id, room_type }).await?;
        writeln!(out, "added {} to {}", self.code, self.hotel)?;
        Ok(())
    }
}

impl ChangeRoomType {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let house = house_of(store, &self.hotel)?;
        let before = room_type_of(&house, &self.code)?;
        let room_type = RoomType {
            code: before.code.clone(),
            name: self.name.as_deref().map_or(Ok(before.name.clone()), named)?,
            sleeps: self.sleeps.map_or(Ok(before.sleeps), sleeps)?,
            rooms: self.rooms.unwrap_or(before.rooms),
            overbook: self.overbook.unwrap_or(before.overbook),
            prices: before.prices.clone(),
        };
        if room_type == *before {
            return Err(refused("nothing to change: name, rooms, sleeps and overbook can be given"));
        }
        store.change_directory(DirectoryChange::PutRoomType { hotel: house.hotel.id, room_type }).await?;
        writeln!(out, "changed {} of {}", self.code, self.hotel)?;
        Ok(())
    }
}
