//! What holds for every stay of a hotel: a manager sets the times of check-in and check-out, and what giving a stay up
//! costs. It holds from then on, also for stays that were booked before.

use crate::domain::{Actor, CancellationPolicy, CivilTime, Hotel, HotelTerms, MAX_NIGHTS};
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, House, Reply};

/// The longest before check-in that cancelling can begin to cost: thirty days.
pub const MOST_FREE_HOURS: u16 = 30 * 24;

/// The fields as they were sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    pub check_in_from: &'a str,
    pub check_out_until: &'a str,
    pub free_hours: &'a str,
    pub fee_nights: &'a str,
    pub no_show_nights: &'a str,
}

pub fn read(typed: Typed<'_>) -> Result<HotelTerms, FieldErrors> {
    let mut errors = FieldErrors::default();
    let check_in_from = errors.require::<CivilTime>("check_in_from", Some(typed.check_in_from));
    let check_out_until = errors.require::<CivilTime>("check_out_until", Some(typed.check_out_until));
    let free_hours = number(&mut errors, "free_hours", typed.free_hours, MOST_FREE_HOURS);
    let fee_nights = number(&mut errors, "fee_nights", typed.fee_nights, MAX_NIGHTS);
    let no_show_nights = number(&mut errors, "no_show_nights", typed.no_show_nights, MAX_NIGHTS);
    let times = check_in_from.zip(check_out_until);
    let nights = fee_nights.zip(no_show_nights);
    let terms = times.zip(free_hours.zip(nights)).map(|(times, (free_hours, (fee_nights, no_show_nights)))| {
        let cancellation = CancellationPolicy { free_hours, fee_nights, no_show_nights };
        HotelTerms { check_in_from: times.0, check_out_until: times.1, cancellation }
    });
    errors.finish(terms)
}

fn number(errors: &mut FieldErrors, field: &str, text: &str, most: u16) -> Option<u16> {
    let text = text.trim();
    if text.is_empty() {
        errors.refuse(field, FieldError::Missing);
        return None;
    }
    let read = text.parse::<u16>().ok().filter(|number| *number <= most);
    errors.take(field, read.ok_or(FieldError::Range { least: 0, most }))
}

pub async fn set_terms(
    app: &App,
    house: &House,
    terms: HotelTerms,
    seen: &IfMatch,
    actor: Actor,
) -> Result<Hotel, ServiceError> {
    let version = seen.pick(house.hotel.terms_version)?;
    let command = Command { at: app.now(), actor, change: Change::SetTerms { terms, version } };
    match app.store.execute(house.hotel.id, command).await? {
        Reply::Terms(hotel) => Ok(*hotel),
        _ => Err(unexpected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_that_cannot_be_used_is_named() {
        let good = Typed {
            check_in_from: "15:00",
            check_out_until: "11:00",
            free_hours: " 48 ",
            fee_nights: "1",
            no_show_nights: "0",
        };
        let terms = read(good).unwrap();
        assert_eq!((terms.check_in_from.to_string(), terms.cancellation.free_hours), ("15:00".to_owned(), 48));
        let wrong = Typed { check_in_from: "25:00", free_hours: "721", fee_nights: "", no_show_nights: "-1", ..good };
        let errors = read(wrong).unwrap_err();
        let named: Vec<&str> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(named, ["check_in_from", "fee_nights", "free_hours", "no_show_nights"]);
    }
}
