//! The booking form between browser, use case and page: read, said again in the guest's words, and shown anew.

use serde::Deserialize;

use super::words;
use crate::components;
use crate::domain::{Date, Money, Party, RoomTypeCode, Stay};
use crate::messages::Locale;
use crate::pages::book::BookingForm;
use crate::pages::lost_race::Alternative;
use crate::pages::summary::StayFacts;
use crate::server::clock::today;
use crate::server::error::AppError;
use crate::server::service::{FieldError, FieldErrors, search};
use crate::server::state::App;
use crate::server::store::House;
use crate::wire::booking::{BookingRequest, GuestInput, HoldRequest};
use crate::wire::offer::NightPrice;

/// In the order in which the form shows them.
const FIELDS: [&str; 9] = ["room_type", "arrival", "departure", "adults", "children", "name", "email", "phone", "note"];

/// The form as it was sent. All of it is text: what cannot be read is shown again, not lost.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    room_type: String,
    arrival: String,
    departure: String,
    adults: String,
    children: String,
    key: String,
    /// The total the guest saw, in minor units.
    shown_total: String,
    name: String,
    email: String,
    phone: String,
    note: String,
    /// Another room, chosen on the page of a lost race.
    pub take: Option<String>,
}

impl Sent {
    pub fn key(&self) -> Option<&str> {
        Some(self.key.as_str())
            .filter(|key| (1..=255).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()))
    }

    /// The form becomes that of a hold.
    pub fn set_key(&mut self, key: String) {
        self.key = key;
    }

    /// Whether the guest has filled in anything of himself.
    pub fn is_typed(&self) -> bool {
        [&self.name, &self.email, &self.phone, &self.note].iter().any(|text| !text.trim().is_empty())
    }

    pub fn room_type(&self) -> &str {
        self.room_type.trim()
    }

    /// The dates and guests, as the search has them in its address.
    pub fn search(&self) -> [(&'static str, &str); 4] {
        [
            ("arrival", self.arrival.trim()),
            ("departure", self.departure.trim()),
            ("adults", self.adults.trim()),
            ("children", self.children.trim()),
        ]
    }

    /// The room that was chosen instead, for another look before it is booked.
    pub fn take_instead(&mut self) -> bool {
        let Some(other) = self.take.take() else { return false };
        self.room_type = other;
        true
    }

    /// The form as the page shows it.
    pub fn form(&self, key: String) -> BookingForm {
        BookingForm {
            room_type: self.room_type.clone(),
            arrival: self.arrival.clone(),
            departure: self.departure.clone(),
            adults: self.adults.clone(),
            children: self.children.clone(),
            key,
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            note: self.note.clone(),
            errors: Vec::new(),
        }
    }

    /// The order. Counts that are no numbers become none, and the use case names them.
    pub fn request(&self) -> BookingRequest {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        BookingRequest {
            room_type: some(&self.room_type),
            arrival: some(&self.arrival),
            departure: some(&self.departure),
            adults: Some(self.adults.trim().parse().unwrap_or(0)),
            children: Some(if self.children.trim().is_empty() {
                0
            } else {
                self.children.trim().parse().unwrap_or(u8::MAX)
            }),
            guest: GuestInput { name: self.name.clone(), email: some(&self.email), phone: some(&self.phone) },
            note: some(&self.note),
            ..BookingRequest::default()
        }
    }

    /// The stay alone, to be held. Counts that are no numbers are for the use case to refuse.
    pub fn hold_request(&self) -> HoldRequest {
        let BookingRequest { room_type, arrival, departure, adults, children, .. } = self.request();
        HoldRequest {
            room_type: room_type.unwrap_or_default(),
            rate_plan: None,
            arrival: arrival.unwrap_or_default(),
            departure: departure.unwrap_or_default(),
            adults: adults.unwrap_or(0),
            children: children.unwrap_or(0),
        }
    }

    pub fn shown_total(&self, house: &House) -> Option<Money> {
        Some(Money::new(self.shown_total.parse().ok()?, house.hotel.currency))
    }

    pub fn errors(locale: Locale, errors: &FieldErrors) -> Vec<components::FieldError> {
        words::at_fields(locale, errors, &FIELDS)
    }

    /// What keeps the stay from making sense, whatever was typed of the guest.
    pub fn stay_errors(&self, app: &App, house: &House, locale: Locale) -> Vec<components::FieldError> {
        let query = search::Search {
            arrival: Some(&self.arrival),
            departure: Some(&self.departure),
            adults: Some(&self.adults),
            children: Some(&self.children),
        };
        // With good dates and a good party it is the room.
        let read = search::read(query, today(app.now(), &house.hotel.time_zone));
        let errors = read.err().unwrap_or_else(|| FieldErrors::one("room_type", self.room_error(house)));
        Self::errors(locale, &errors)
    }

    fn room_error(&self, house: &House) -> FieldError {
        let known = self.room_type().parse::<RoomTypeCode>().ok().and_then(|code| house.room_type(&code));
        known.map_or(FieldError::RoomType, |kind| FieldError::PartyTooLarge { sleeps: kind.sleeps })
    }

    /// The stay in the words of the house, where it makes sense.
    pub fn facts(&self, app: &App, house: &House) -> Option<StayFacts> {
        let today = today(app.now(), &house.hotel.time_zone);
        let stay =
            Stay::bookable(self.arrival.trim().parse().ok()?, self.departure.trim().parse().ok()?, today).ok()?;
        let party = Party::new(self.adults.trim().parse().ok()?, self.children.trim().parse().unwrap_or(0)).ok()?;
        let room_type = house.room_type(&self.room_type.trim().parse::<RoomTypeCode>().ok()?)?;
        if !room_type.fits(party) {
            return None;
        }
        let quote = room_type.prices.quote(stay).ok()?;
        Some(StayFacts {
            room_code: room_type.code.to_string(),
            room_name: room_type.name.clone(),
            stay,
            party,
            check_in_from: house.hotel.check_in_from.to_string(),
            check_out_until: house.hotel.check_out_until.to_string(),
            terms: words::terms(&house.hotel, stay, &quote.nightly),
            fee: None,
            nightly: quote.nightly.into_iter().map(|(date, price)| NightPrice { date, price }).collect(),
            total: quote.total,
        })
    }
}

/// What is free for a stay, and which nights of one room type are gone.
pub(super) struct Free {
    pub gone: Vec<Date>,
    pub alternatives: Vec<Alternative>,
}

/// What is free for the stay in `facts`; its own room type is among the alternatives only while it is free.
pub(super) fn free(app: &App, house: &House, facts: &StayFacts) -> Result<Free, AppError> {
    let text = |text: &dyn ToString| text.to_string();
    let (arrival, departure) = (text(&facts.stay.arrival()), text(&facts.stay.departure()));
    let (adults, children) = (text(&facts.party.adults()), text(&facts.party.children()));
    let query = search::Search {
        arrival: Some(&arrival),
        departure: Some(&departure),
        adults: Some(&adults),
        children: Some(&children),
    };
    let found = search::offers(app, house, query)?;
    let mut refused = found.unavailable.into_iter();
    let gone = refused.find(|refused| refused.room_type.as_str() == facts.room_code);
    let alternatives = found.offers.into_iter().filter_map(|offer| {
        let room_type = house.room_type(&offer.room_type)?;
        Some(Alternative {
            code: room_type.code.to_string(),
            name: room_type.name.clone(),
            sleeps: room_type.sleeps,
            left: offer.left,
            total: offer.total,
        })
    });
    Ok(Free { gone: gone.map(|gone| gone.nights).unwrap_or_default(), alternatives: alternatives.collect() })
}
