//! A reservation is given up, at the fee that was shown.

use crate::domain::{Action, Actor, Date, Hotel, Money, Reservation, State, Stay, Timestamp};
use crate::server::clock::check_in_at;
use crate::server::service::folio::{balance, folio_of};
use crate::server::service::hold::unexpected;
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, House, Reply};

/// What giving a stay up costs, and until when it is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Cancelling is free up to this moment.
    pub free_until: Timestamp,
    /// After it.
    pub fee: Money,
    pub no_show_fee: Money,
}

impl Terms {
    pub fn of(hotel: &Hotel, stay: Stay, nightly: &[(Date, Money)]) -> Self {
        let check_in = check_in_at(hotel, stay.arrival());
        let free_until = hotel.cancellation.free_until(check_in);
        let fee = |action| {
            let fee = hotel.cancellation.fee(action, nightly, (check_in, free_until.plus_ms(1)));
            fee.ok().flatten().unwrap_or(Money::zero(hotel.currency))
        };
        Self { free_until, fee: fee(Action::Cancel), no_show_fee: fee(Action::NoShow) }
    }

    /// What it costs at a moment.
    pub fn fee_at(self, now: Timestamp) -> Money {
        if now <= self.free_until { Money::zero(self.fee.currency) } else { self.fee }
    }
}

/// What cancelling would come to.
#[derive(Debug)]
pub struct Foreseen {
    /// Why it would be refused.
    pub refusal: Option<ServiceError>,
    /// None where it costs nothing anyway, or cannot be done.
    pub free_until: Option<Timestamp>,
    pub fee: Money,
    /// What was paid beyond the fee and other charges.
    pub refund: Money,
}

/// As [`cancel`], but only looks.
pub async fn preview(
    app: &App,
    house: &House,
    reservation: &Reservation,
    seen: &IfMatch,
) -> Result<Foreseen, ServiceError> {
    seen.pick(reservation.version)?;
    let (now, action) = (app.now(), cancelling(reservation));
    let mut after = reservation.clone();
    if let Err(refused) = after.apply(action, now) {
        let nothing = Money::zero(reservation.total.currency);
        let refusal = Some(ServiceError::TransitionNotAllowed(refused));
        return Ok(Foreseen { refusal, free_until: None, fee: nothing, refund: nothing });
    }
    let fee = fee_now(house, reservation, now);
    after.fee = Some(fee);
    let balance = balance(&folio_of(app, &after).await?)?;
    let free_until = Terms::of(&house.hotel, reservation.stay, &reservation.nightly).free_until;
    Ok(Foreseen {
        refusal: None,
        free_until: Some(free_until).filter(|_| action == Action::Cancel),
        fee,
        refund: Money::new((-balance.minor).max(0), balance.currency),
    })
}

/// What it would cost at this moment; giving a hold back costs nothing.
pub fn fee_now(house: &House, reservation: &Reservation, now: Timestamp) -> Money {
    match cancelling(reservation) {
        Action::Release => Money::zero(reservation.total.currency),
        _ => Terms::of(&house.hotel, reservation.stay, &reservation.nightly).fee_at(now),
    }
}

/// Cancels a reservation that its guest, or the desk, has opened. With another fee than the one that was shown nothing is
/// cancelled.
pub async fn cancel(
    app: &App,
    reservation: &Reservation,
    seen: &IfMatch,
    shown_fee: Option<Money>,
    actor: Actor,
) -> Result<Reservation, ServiceError> {
    let version = seen.pick(reservation.version)?;
    let change = Change::Act { code: reservation.code, action: cancelling(reservation), version, shown_fee };
    let command = Command { at: app.now(), actor, change };
    match app.store.execute(reservation.hotel, command).await? {
        Reply::Changed(reservation) => Ok(reservation),
        _ => Err(unexpected()),
    }
}

/// What to cancel means for a reservation as it stands: a hold is given back.
pub(super) fn cancelling(reservation: &Reservation) -> Action {
    if matches!(reservation.state(), State::Held { .. }) { Action::Release } else { Action::Cancel }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CancellationPolicy, CivilTime, Currency, HotelId};
    use crate::server::clock::civil_of;

    /// Until when a night in Lisbon can be given up for nothing, by UTC and by the hotel's clock.
    fn free_until(arrival: &str) -> (String, String) {
        let hotel = Hotel {
            id: HotelId(1),
            slug: "harbour".parse().unwrap(),
            name: "Harbour House".to_owned(),
            time_zone: "Europe/Lisbon".to_owned(),
            currency: Currency::Eur,
            language: "en".to_owned(),
            check_in_from: CivilTime::new(15, 0).unwrap(),
            check_out_until: CivilTime::new(11, 0).unwrap(),
            cancellation: CancellationPolicy::default(),
            day: crate::domain::HotelDay::default(),
            terms_version: 1,
        };
        let arrival: Date = arrival.parse().unwrap();
        let stay = Stay::new(arrival, arrival.add_days(1)).unwrap();
        let terms = Terms::of(&hotel, stay, &[(arrival, Money::new(11_900, Currency::Eur))]);
        assert_eq!((terms.fee.minor, terms.no_show_fee.minor), (11_900, 11_900));
        assert_eq!(terms.fee_at(terms.free_until).minor, 0);
        assert_eq!(terms.fee_at(terms.free_until.plus_ms(1)).minor, 11_900);
        let (day, time) = civil_of(terms.free_until, &hotel.time_zone);
        (terms.free_until.to_string(), format!("{day} {time}"))
    }

    #[test]
    fn a_day_before_check_in_is_twenty_four_hours_whatever_the_clocks_do() {
        let of = |utc: &str, local: &str| (utc.to_owned(), local.to_owned());
        assert_eq!(free_until("2027-03-29"), of("2027-03-28T14:00:00.000Z", "2027-03-28 15:00"));
        // The day of arrival begins with a night of 23 hours, then one of 25.
        assert_eq!(free_until("2027-03-28"), of("2027-03-27T14:00:00.000Z", "2027-03-27 14:00"));
        assert_eq!(free_until("2026-10-25"), of("2026-10-24T15:00:00.000Z", "2026-10-24 16:00"));
    }
}
