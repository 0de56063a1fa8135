//! From what somebody asks for to a stay that can be sold: dates, room type, party and price, checked field by field.

use crate::domain::{
    Actor, Date, Draft, HoldId, Party, PartyError, Quote, Reservation, ReservationCode, RoomType, RoomTypeCode, Stay,
    StayError, Timestamp,
};
use crate::server::clock::today;
use crate::server::service::{FieldError, FieldErrors};
use crate::server::store::House;
use crate::wire::offer::STANDARD_RATE;

/// The fields of a hold as they were sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub room_type: Option<&'a str>,
    pub rate_plan: Option<&'a str>,
    pub arrival: Option<&'a str>,
    pub departure: Option<&'a str>,
    pub adults: Option<u8>,
    pub children: Option<u8>,
}

/// A stay that can be sold at this price, if nights are left.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    room_type: RoomTypeCode,
    stay: Stay,
    party: Party,
    pub quote: Quote,
}

/// The first day that somebody can book: at the desk that of the house, for everybody else that of its calendar.
pub(super) fn first_day(house: &House, by: &Actor, now: Timestamp) -> Date {
    let calendar = today(now, &house.hotel.time_zone);
    if matches!(by, Actor::Staff(_)) { house.hotel.day.business_date(calendar) } else { calendar }
}

/// `today` is the first day on which the stay may begin.
pub(super) fn wanted(house: &House, asked: Asked<'_>, today: Date, errors: &mut FieldErrors) -> Option<Wanted> {
    let stay = stay(errors, asked.arrival, asked.departure, today);
    let room_type = room_type(errors, house, asked.room_type);
    if asked.rate_plan.is_some_and(|plan| plan != STANDARD_RATE) {
        errors.refuse("rate_plan", FieldError::RatePlan);
    }
    let party = party(errors, asked.adults, asked.children);
    let (stay, room_type, party) = (stay?, room_type?, party?);
    if !room_type.fits(party) {
        errors.refuse("adults", FieldError::PartyTooLarge { sleeps: room_type.sleeps });
    }
    let quote = errors.take("departure", quote(room_type, stay))?;
    Some(Wanted { room_type: room_type.code.clone(), stay, party, quote })
}

/// A bookable stay; each error is at the date that can mend it.
pub(super) fn stay(
    errors: &mut FieldErrors,
    arrival: Option<&str>,
    departure: Option<&str>,
    today: Date,
) -> Option<Stay> {
    let arrival = errors.require::<Date>("arrival", arrival);
    let departure = errors.require::<Date>("departure", departure);
    // Said whatever else is wrong: most slips of the year end in a stay that is also too long.
    if arrival.is_some_and(|arrival| arrival < today) {
        errors.refuse("arrival", StayError::ArrivalInThePast);
    }
    Stay::bookable(arrival?, departure?, today).map_err(|error| errors.refuse(stay_field(error), error)).ok()
}

/// The date that can mend it.
pub(super) const fn stay_field(error: StayError) -> &'static str {
    match error {
        StayError::ArrivalInThePast | StayError::TooFarAhead => "arrival",
        StayError::DepartureNotAfterArrival | StayError::TooLong => "departure",
    }
}

pub(super) fn party(errors: &mut FieldErrors, adults: Option<u8>, children: Option<u8>) -> Option<Party> {
    let Some(adults) = adults else {
        errors.refuse("adults", FieldError::Missing);
        return None;
    };
    Party::new(adults, children.unwrap_or(0)).map_err(|error| errors.refuse(party_field(error), error)).ok()
}

pub(super) const fn party_field(error: PartyError) -> &'static str {
    match error {
        PartyError::Adults => "adults",
        PartyError::Children => "children",
    }
}

pub(super) fn quote(room_type: &RoomType, stay: Stay) -> Result<Quote, FieldError> {
    room_type.prices.quote(stay).map_err(|error| FieldError::Other(error.to_string()))
}

fn room_type<'a>(errors: &mut FieldErrors, house: &'a House, asked: Option<&str>) -> Option<&'a RoomType> {
    let Some(asked) = asked.filter(|text| !text.is_empty()) else {
        errors.refuse("room_type", FieldError::Missing);
        return None;
    };
    let known = asked.parse::<RoomTypeCode>().ok().and_then(|code| house.room_type(&code));
    errors.take("room_type", known.ok_or(FieldError::RoomType))
}

impl Wanted {
    /// Whether a reservation is of this very stay.
    pub fn is_of(&self, reservation: &Reservation) -> bool {
        let Reservation { room_type, stay, party, .. } = reservation;
        (room_type, stay, party) == (&self.room_type, &self.stay, &self.party)
    }

    pub fn draft(&self, house: &House, code: ReservationCode, hold: Option<HoldId>) -> Draft {
        Draft {
            hotel: house.hotel.id,
            code,
            hold,
            room_type: self.room_type.clone(),
            rate_plan: STANDARD_RATE.to_owned(),
            stay: self.stay,
            party: self.party,
            nightly: self.quote.nightly.clone(),
            total: self.quote.total,
        }
    }
}
