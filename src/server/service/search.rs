//! What can be had for given dates and guests, with the total first shown and last paid.

use crate::domain::{Date, NightCount, Party, RoomType, Stay, availability::gone_nights};
use crate::server::service::{FieldErrors, ServiceError, draft};
use crate::server::state::App;
use crate::server::store::House;
use crate::wire::availability::LEFT_CAP;
use crate::wire::offer::{NightPrice, Offer, OffersView, STANDARD_RATE, Unavailable, UnavailableReason};

/// The query of a search, as it was sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    pub arrival: Option<&'a str>,
    pub departure: Option<&'a str>,
    pub adults: Option<&'a str>,
    pub children: Option<&'a str>,
}

pub fn offers(app: &App, house: &House, search: Search<'_>) -> Result<OffersView, ServiceError> {
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    board.look(|look| {
        let (stay, party) = read(search, look.today())?;
        let (mut offers, mut unavailable) = (Vec::new(), Vec::new());
        for room_type in look.room_types() {
            let count = look.counts(room_type);
            let counts: Vec<(Date, NightCount)> = stay.nights().map(|night| (night, count(night))).collect();
            let refused = |reason, nights| Unavailable { room_type: room_type.code.clone(), reason, nights };
            if !room_type.fits(party) {
                unavailable.push(refused(UnavailableReason::TooManyGuests, Vec::new()));
            } else if let Err(sold_out) = gone_nights(counts.iter().copied()) {
                unavailable.push(refused(UnavailableReason::SoldOut, sold_out.nights));
            } else {
                let left = counts.iter().map(|(_, count)| count.left()).min().unwrap_or(0);
                offers.push(offer(room_type, stay, left)?);
            }
        }
        Ok(OffersView { as_of: board.as_of(look), nights: stay.night_count(), offers, unavailable })
    })
}

/// The stay and the party that a search means, with the hotel's `today`.
pub fn read(search: Search<'_>, today: Date) -> Result<(Stay, Party), FieldErrors> {
    let mut errors = FieldErrors::default();
    let stay = draft::stay(&mut errors, search.arrival, search.departure, today);
    let adults = errors.number("adults", search.adults);
    let children = errors.number("children", search.children);
    let party = draft::party(&mut errors, adults, children);
    errors.finish(stay.zip(party))
}

fn offer(room_type: &RoomType, stay: Stay, left: u16) -> Result<Offer, ServiceError> {
    let quote = draft::quote(room_type, stay).map_err(|error| FieldErrors::one("departure", error))?;
    Ok(Offer {
        room_type: room_type.code.clone(),
        rate_plan: STANDARD_RATE.to_owned(),
        total: quote.total,
        nightly: quote.nightly.into_iter().map(|(date, price)| NightPrice { date, price }).collect(),
        left: left.min(LEFT_CAP),
    })
}
