//! Which hotels there are, and what each sells.

use std::sync::Arc;

use crate::domain::Hotel;
use crate::server::clock::today;
use crate::server::service::ServiceError;
use crate::server::state::App;
use crate::server::store::House;
use crate::wire::hotel::{CancellationInfo, HotelDetails, HotelList, HotelSummary, RoomTypeInfo};

pub fn list(app: &App) -> HotelList {
    HotelList { hotels: app.store.catalog().houses().iter().map(|house| summary(app, &house.hotel)).collect() }
}

/// The hotel of an address.
pub fn house(app: &App, slug: &str) -> Result<Arc<House>, ServiceError> {
    let slug = slug.parse().map_err(|_| ServiceError::HotelNotFound)?;
    app.store.catalog().by_slug(&slug).cloned().ok_or(ServiceError::HotelNotFound)
}

pub fn details(app: &App, house: &House) -> HotelDetails {
    HotelDetails {
        summary: summary(app, &house.hotel),
        check_in_from: house.hotel.check_in_from.to_string(),
        check_out_until: house.hotel.check_out_until.to_string(),
        cancellation: CancellationInfo {
            free_hours: house.hotel.cancellation.free_hours,
            fee_nights: house.hotel.cancellation.fee_nights,
            no_show_nights: house.hotel.cancellation.no_show_nights,
        },
        room_types: house
            .room_types
            .iter()
            .map(|room_type| RoomTypeInfo {
                code: room_type.code.clone(),
                name: room_type.name.clone(),
                sleeps: room_type.sleeps,
                rooms: room_type.rooms,
                from_price: room_type.prices.from_price(),
            })
            .collect(),
    }
}

fn summary(app: &App, hotel: &Hotel) -> HotelSummary {
    HotelSummary {
        slug: hotel.slug.clone(),
        name: hotel.name.clone(),
        time_zone: hotel.time_zone.clone(),
        currency: hotel.currency,
        today: today(app.now(), &hotel.time_zone),
    }
}
