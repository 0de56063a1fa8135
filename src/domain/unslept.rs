//! A guest who leaves before the day that was booked: which nights he would pay and not sleep.
//!
//! Checking out charges the stay as it was sold; only a change of the departure gives nights back. So whoever lets a guest
//! go early decides it first.

use crate::domain::{Date, Money, Reservation, Status};

/// Nights that are charged and not slept by who leaves today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unslept {
    pub nights: u16,
    pub amount: Money,
    /// With this departure they are given back: today, or the morning after the first night, which is always charged.
    pub departure: Date,
}

/// Of a guest in house, on the hotel's business date; none where there is nothing to give back.
pub fn unslept(reservation: &Reservation, business_date: Date) -> Option<Unslept> {
    (reservation.state().status() == Status::InHouse).then(|| Unslept::after(reservation, business_date)).flatten()
}

impl Unslept {
    /// Of a stay that ends on a day, whatever its state.
    pub fn after(reservation: &Reservation, day: Date) -> Option<Self> {
        let departure = day.max(reservation.stay.arrival().add_days(1));
        let left = || reservation.nightly.iter().filter(|(night, _)| *night >= departure);
        let nights = u16::try_from(left().count()).ok().filter(|nights| *nights > 0)?;
        let amount = Money::sum(reservation.total.currency, left().map(|(_, price)| *price)).ok()?;
        Some(Self { nights, amount, departure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Currency, Draft, HotelId, Party, State, Stay, Timestamp};

    fn day(offset: i32) -> Date {
        "2030-06-03".parse::<Date>().unwrap().add_days(offset)
    }

    /// Three nights from day 0 on, at 100, 101 and 102.
    fn stay(state: State) -> Reservation {
        let nightly: Vec<_> =
            (0..3).map(|night| (day(night), Money::new(100 + i64::from(night), Currency::Eur))).collect();
        let draft = Draft {
            hotel: HotelId(1),
            code: "K7QM-2XNP".parse().unwrap(),
            hold: None,
            room_type: "double".parse().unwrap(),
            rate_plan: "standard".to_owned(),
            stay: Stay::new(day(0), day(3)).unwrap(),
            party: Party::new(2, 0).unwrap(),
            nightly,
            total: Money::new(303, Currency::Eur),
        };
        Reservation::with_state(draft, state, Timestamp::from_unix_ms(0))
    }

    #[test]
    fn who_leaves_early_is_charged_the_nights_from_today_on_unless_the_departure_is_changed() {
        let told = |today| {
            unslept(&stay(State::InHouse), day(today)).map(|found| (found.nights, found.amount.minor, found.departure))
        };
        assert_eq!(told(2), Some((1, 102, day(2))));
        assert_eq!(told(1), Some((2, 203, day(1))));
        assert_eq!(told(0), Some((2, 203, day(1))), "the first night is owed");
        assert_eq!(told(-2), told(0), "though he had come before the day");
        assert_eq!((told(3), told(4)), (None, None));
    }

    #[test]
    fn only_a_guest_in_house_leaves() {
        let others = [State::Confirmed, State::CheckedOut, State::Cancelled, State::NoShow, State::Lapsed];
        assert!(others.into_iter().all(|state| unslept(&stay(state), day(1)).is_none()));
    }
}
