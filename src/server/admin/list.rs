//! `vacancy admin list`: what there is.

use std::io::Write;

use crate::server::admin::{AdminError, written};
use crate::server::store::Store;

pub(super) async fn run(store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
    let catalog = store.catalog();
    if catalog.houses().is_empty() {
        writeln!(out, "There is no hotel yet; `vacancy admin create-hotel` adds one.")?;
    }
    for house in catalog.houses() {
        let hotel = &house.hotel;
        writeln!(out, "{}: {} ({}, {}, {})", hotel.slug, hotel.name, hotel.time_zone, hotel.currency, hotel.language)?;
        for room_type in &house.room_types {
            let (rooms, sleeps) = (room_type.rooms, room_type.sleeps);
            let price = written(room_type.prices.from_price());
            write!(
                out,
                "  room type {}: {}, {rooms} rooms, sleeps {sleeps}, from {price}",
                room_type.code, room_type.name
            )?;
            match room_type.overbook {
                0 => writeln!(out)?,
                overbook => writeln!(out, ", overbooked by up to {overbook}")?,
            }
        }
        for staff in store.staff(hotel.id).await? {
            writeln!(out, "  account {}: {}, {}", staff.email, staff.name, staff.role)?;
        }
    }
    Ok(())
}
