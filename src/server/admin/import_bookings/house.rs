//! The hotel that the rows go into, with every room type they need.

use std::io::Write;
use std::sync::Arc;

use crate::domain::{CancellationPolicy, CivilTime, Money, PriceTable, RoomType, RoomTypeCode};
use crate::server::admin::import_bookings::row::CURRENCY;
use crate::server::admin::import_bookings::survey::{Needed, Survey};
use crate::server::admin::import_bookings::{ImportError, ImportOptions};
use crate::server::admin::{create_hotel, house_of};
use crate::server::store::{DirectoryChange, House, NewHotel, Store};

/// The hotel, made where it is missing, and its room types where they are.
pub(super) async fn furnished(
    store: &dyn Store,
    options: &ImportOptions,
    survey: &Survey,
    out: &mut dyn Write,
) -> Result<Arc<House>, ImportError> {
    let slug = &options.hotel;
    if store.catalog().by_slug(slug).is_none() {
        store.change_directory(DirectoryChange::AddHotel(new_hotel(options)?)).await?;
        writeln!(out, "created the hotel {slug}")?;
    }
    let house = house_of(store, slug)?;
    if house.hotel.currency != CURRENCY {
        return Err(ImportError::Currency(slug.clone(), house.hotel.currency));
    }
    for (code, needed) in &survey.room_types {
        if house.room_type(code).is_none() {
            let room_type = new_room_type(code, needed);
            writeln!(out, "created the room type {code}: {} rooms, sleeps {}", room_type.rooms, room_type.sleeps)?;
            store.change_directory(DirectoryChange::PutRoomType { hotel: house.hotel.id, room_type }).await?;
        }
    }
    Ok(house_of(store, slug)?)
}

fn new_hotel(options: &ImportOptions) -> Result<NewHotel, ImportError> {
    Ok(NewHotel {
        slug: options.hotel.clone(),
        name: create_hotel::named(&options.source)?,
        time_zone: "Europe/Lisbon".to_owned(),
        currency: CURRENCY,
        language: "en".to_owned(),
        check_in_from: CivilTime::new(15, 0).expect("15:00 is a time of day"),
        check_out_until: CivilTime::new(11, 0).expect("11:00 is a time of day"),
        cancellation: CancellationPolicy::default(),
        room_types: Vec::new(),
    })
}

fn new_room_type(code: &RoomTypeCode, needed: &Needed) -> RoomType {
    RoomType {
        code: code.clone(),
        name: format!("Room type {}", code.as_str().to_uppercase()),
        sleeps: needed.sleeps(),
        rooms: needed.rooms(),
        overbook: 0,
        prices: PriceTable::flat(Money::new(needed.usual_rate_minor(), CURRENCY)),
    }
}
