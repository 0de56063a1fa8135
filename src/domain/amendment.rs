//! Changing a stay that was sold: what it becomes, what it costs then, and which nights change hands.
//!
//! A night that is kept in the same type keeps its price, an added one costs today's. In another type every night not
//! yet slept costs today's price; nights that were slept stay as they are.

use crate::domain::{
    Actor, Date, Money, MoneyError, Party, PartyError, Reservation, RoomNumber, RoomType, RoomTypeCode, Status, Stay,
    StayError,
};

/// What shall be different; none stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    pub arrival: Option<Date>,
    pub departure: Option<Date>,
    pub room_type: Option<RoomTypeCode>,
    pub adults: Option<u8>,
    pub children: Option<u8>,
    /// Given by hand with the change.
    pub room: Option<RoomNumber>,
    /// The night from which on it is in that room; before it, it is where it was.
    pub room_from: Option<Date>,
    /// The total stays what was agreed.
    pub keep_price: bool,
    /// The total that was shown; with another one nothing is changed.
    pub shown_total: Option<Money>,
}

/// A stay as it is after an amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amended {
    pub room_type: RoomTypeCode,
    pub stay: Stay,
    pub party: Party,
    pub nightly: Vec<(Date, Money)>,
    pub total: Money,
    /// See [`Reservation::counted_from`].
    pub counted_from: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmendmentError {
    #[error("a reservation that is {0} cannot be changed")]
    State(Status),
    #[error("from the day of arrival on, only the desk can change it")]
    ArrivalDay,
    #[error("the guest is in house; arrival cannot be changed")]
    ArrivalIsPast,
    #[error("departure must not be before today at the hotel, and after it in another room type")]
    DepartureIsPast,
    #[error(transparent)]
    Stay(#[from] StayError),
    #[error(transparent)]
    Party(#[from] PartyError),
    #[error("this room type sleeps at most {sleeps}")]
    PartyTooLarge { sleeps: u8 },
    #[error("the price has changed")]
    PriceChanged { shown: Money, current: Money },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Nights of a room type, taken or given back.
pub type TypeNights = (RoomTypeCode, Stay);

impl Amendment {
    /// Whether anybody could, on the hotel's `today`. A guest only before the day of his arrival.
    pub fn check_may(reservation: &Reservation, by: &Actor, today: Date) -> Result<(), AmendmentError> {
        match (reservation.state().status(), by) {
            (Status::Confirmed, Actor::Guest) if reservation.stay.arrival() <= today => Err(AmendmentError::ArrivalDay),
            (Status::Confirmed, _) | (Status::InHouse, Actor::Staff(_) | Actor::System) => Ok(()),
            (status, _) => Err(AmendmentError::State(status)),
        }
    }

    /// What `reservation` becomes, in `room_type`, the one it shall have; on the hotel's `today`.
    pub fn apply_to(
        &self,
        reservation: &Reservation,
        room_type: &RoomType,
        by: &Actor,
        today: Date,
    ) -> Result<Amended, AmendmentError> {
        Self::check_may(reservation, by, today)?;
        let stay = self.stay(reservation, today)?;
        let party = self.party(reservation, room_type)?;
        let is_same_type = room_type.code == reservation.room_type;
        let is_in_house = reservation.state().status() == Status::InHouse;
        let is_slept = |night: Date| is_in_house && night < today;
        let agreed = |night: Date| {
            let found = reservation.nightly.iter().find(|(date, _)| *date == night);
            found.map(|(_, price)| *price).filter(|_| is_same_type || is_slept(night))
        };
        let price = |night: Date| agreed(night).unwrap_or_else(|| room_type.prices.night(night));
        let mut nightly: Vec<(Date, Money)> = stay.nights().map(|night| (night, price(night))).collect();
        if self.keep_price {
            keep_total(reservation, stay, &mut nightly, is_slept);
        }
        let total = Money::sum(reservation.total.currency, nightly.iter().map(|(_, price)| *price))?;
        if let Some(shown) = self.shown_total.filter(|shown| *shown != total) {
            return Err(AmendmentError::PriceChanged { shown, current: total });
        }
        let counted_from = match reservation.counted_from {
            _ if !is_same_type => (is_in_house && stay.arrival() < today).then_some(today),
            since => since,
        };
        Ok(Amended { room_type: room_type.code.clone(), stay, party, nightly, total, counted_from })
    }

    fn stay(&self, reservation: &Reservation, today: Date) -> Result<Stay, AmendmentError> {
        let before = reservation.stay;
        let arrival = self.arrival.unwrap_or(before.arrival());
        let departure = self.departure.unwrap_or(before.departure());
        let is_in_house = reservation.state().status() == Status::InHouse;
        if is_in_house && arrival != before.arrival() {
            return Err(AmendmentError::ArrivalIsPast);
        }
        let stay = if arrival == before.arrival() {
            Stay::new(arrival, departure)?
        } else {
            Stay::bookable(arrival, departure, today)?
        };
        // Who has not come needs a night ahead, and so does another type; who is in house may leave today.
        let is_same_type = self.room_type.as_ref().is_none_or(|asked| *asked == reservation.room_type);
        let earliest = if is_in_house && is_same_type { today } else { today.add_days(1) };
        if (departure != before.departure() || !is_same_type) && departure < earliest {
            return Err(AmendmentError::DepartureIsPast);
        }
        Ok(stay)
    }

    fn party(&self, reservation: &Reservation, room_type: &RoomType) -> Result<Party, AmendmentError> {
        let before = reservation.party;
        let (adults, children) = (self.adults.unwrap_or(before.adults()), self.children.unwrap_or(before.children()));
        let is_same = (adults, children) == (before.adults(), before.children());
        // A party that another system wrote down may be larger than any that is sold here.
        let party = if is_same { before } else { Party::new(adults, children)? };
        let must_fit = !is_same || room_type.code != reservation.room_type;
        if must_fit && !room_type.fits(party) {
            return Err(AmendmentError::PartyTooLarge { sleeps: room_type.sleeps });
        }
        Ok(party)
    }
}

/// Spreads the agreed total over the nights that were not slept; what cannot be divided goes to the first of them. Where
/// all were slept, the last one bears the difference.
fn keep_total(reservation: &Reservation, stay: Stay, nightly: &mut [(Date, Money)], is_slept: impl Fn(Date) -> bool) {
    if stay == reservation.stay {
        nightly.clone_from_slice(&reservation.nightly);
        return;
    }
    let slept = nightly.iter().filter(|(night, _)| is_slept(*night)).count().min(nightly.len() - 1);
    let paid: i64 = nightly[..slept].iter().map(|(_, price)| price.minor).sum();
    let rest = reservation.total.minor - paid;
    let nights = i64::try_from(nightly.len() - slept).unwrap_or(1);
    for (place, (_, price)) in (0_i64..).zip(&mut nightly[slept..]) {
        price.minor = rest.div_euclid(nights) + i64::from(place < rest.rem_euclid(nights));
    }
}

/// The nights that must be taken and those that are given back when one stay becomes another.
pub fn exchanged(before: &Reservation, after: &Reservation) -> (Vec<TypeNights>, Vec<TypeNights>) {
    let (old, new) = (before.counted_stay(), after.counted_stay());
    let is_same_type = before.room_type == after.room_type;
    let of = |room_type: &RoomTypeCode, one: Option<Stay>, without: Option<Stay>| {
        let without = without.filter(|_| is_same_type);
        one.into_iter().flat_map(|one| left_of(one, without)).map(|stay| (room_type.clone(), stay)).collect()
    };
    (of(&after.room_type, new, old), of(&before.room_type, old, new))
}

/// The nights of one stay that are not in the other: before it, after it.
fn left_of(one: Stay, other: Option<Stay>) -> Vec<Stay> {
    let Some(other) = other else { return vec![one] };
    let before = Stay::new(one.arrival(), one.departure().min(other.arrival()));
    let after = Stay::new(one.arrival().max(other.departure()), one.departure());
    before.into_iter().chain(after).collect()
}

#[cfg(test)]
#[path = "amendment_tests.rs"]
mod tests;
