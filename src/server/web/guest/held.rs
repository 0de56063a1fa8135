//! The holds of one browser. Their names are what opens them, so they live in a cookie and in no address; what stands in
//! the form's address is the form's key, which is made from the hold's name and leads back to it in this browser alone.

use axum::http::{HeaderMap, HeaderValue};

use crate::domain::{HoldId, HotelId, Reservation, State, Timestamp};
use crate::messages::{Locale, format};
use crate::pages::summary::StayFacts;
use crate::server::clock::{today, utc_offset_minutes};
use crate::server::error::AppError;
use crate::server::service::hold::extensions_left;
use crate::server::state::App;
use crate::server::store::House;
use crate::server::token::sha256;
use crate::wire::hold::HoldClock;

/// The most holds of one browser that run at once: a family's two rooms, and one to compare with.
pub(super) const HOLDS_PER_BROWSER: usize = 3;

const COOKIE: &str = "holds";

/// A form whose hold is over is still that hold's form for a day.
const COOKIE_SECONDS: i64 = 24 * 3600;

/// Those that run, and a few that are over.
const MOST_KEPT: usize = 8;

/// A hold's name has 128 bits in hexadecimal digits.
const NAME_LENGTH: usize = 32;

pub(super) struct Held {
    /// Those that run first, of these the newest first.
    holds: Vec<(HoldId, Reservation)>,
    now: Timestamp,
}

impl Held {
    /// What the cookie names and the store knows.
    pub async fn of(app: &App, headers: &HeaderMap) -> Result<Self, AppError> {
        let mut held = Self { holds: Vec::new(), now: app.now() };
        let names = app.cookies.read(headers, COOKIE).unwrap_or_default();
        for name in names.split('.').filter(|name| is_name(name)).take(MOST_KEPT) {
            held.read(app, HoldId(name.to_owned()), false).await?;
        }
        Ok(held)
    }

    /// Takes in a hold, or takes it in again as it now stands.
    pub async fn take_in(&mut self, app: &App, hold: HoldId) -> Result<(), AppError> {
        self.now = app.now();
        self.read(app, hold, true).await
    }

    async fn read(&mut self, app: &App, hold: HoldId, is_newest: bool) -> Result<(), AppError> {
        let Some(found) = app.store.reservation_by_hold(hold.0.clone()).await? else { return Ok(()) };
        match self.holds.iter_mut().find(|(known, _)| *known == hold) {
            Some((_, known)) => *known = found,
            None if is_newest => self.holds.insert(0, (hold, found)),
            None => self.holds.push((hold, found)),
        }
        let now = self.now;
        self.holds.sort_by_key(|(_, held)| until(held, now).is_none());
        Ok(())
    }

    /// The hold of the form with this key, in whatever state it is by now.
    pub fn of_key(&self, hotel: HotelId, key: &str) -> Option<&(HoldId, Reservation)> {
        self.holds.iter().find(|(hold, held)| held.hotel == hotel && form_key(hold) == key)
    }

    /// The same, if it is of this stay.
    pub fn of_form(&self, hotel: HotelId, key: &str, facts: &StayFacts) -> Option<&(HoldId, Reservation)> {
        self.of_key(hotel, key).filter(|(_, held)| is_of(held, facts))
    }

    /// A hold of this stay that runs.
    pub fn running_for(&self, hotel: HotelId, facts: &StayFacts) -> Option<&(HoldId, Reservation)> {
        self.running().find(|(_, held)| held.hotel == hotel && is_of(held, facts))
    }

    pub fn running(&self) -> impl Iterator<Item = &(HoldId, Reservation)> {
        self.holds.iter().filter(|(_, held)| self.until(held).is_some())
    }

    /// When a hold ends; none when it has ended.
    pub fn until(&self, held: &Reservation) -> Option<Timestamp> {
        until(held, self.now)
    }

    /// Whether its nights are kept for this browser: while it runs, and once the desk has confirmed it without a name.
    pub fn keeps(&self, held: &Reservation) -> bool {
        self.until(held).is_some() || is_confirmed_for_nobody(held)
    }

    /// Whether it has ended without becoming anything.
    pub fn is_over(&self, held: &Reservation) -> bool {
        held.state().at(self.now) == State::Lapsed
    }

    /// How long a hold still runs.
    pub fn clock(&self, house: &House, locale: Locale, held: &Reservation) -> HoldClock {
        let until = self.until(held);
        let seconds_left = until.map_or(0, |until| self.now.seconds_until(until));
        HoldClock {
            seconds_left: u32::try_from(seconds_left).unwrap_or(u32::MAX),
            until: until.map(|until| self.moment(house, locale, until)).unwrap_or_default(),
            extensions_left: extensions_left(held),
        }
    }

    /// By the hotel's clock, in words.
    pub fn moment(&self, house: &House, locale: Locale, at: Timestamp) -> String {
        let zone = &house.hotel.time_zone;
        format::moment(locale, at, utc_offset_minutes(at, zone), today(self.now, zone))
    }

    /// The `Set-Cookie` header that lets the browser keep the names.
    pub fn cookie(&self, app: &App) -> Option<HeaderValue> {
        let names: Vec<&str> = self.holds.iter().take(MOST_KEPT).map(|(hold, _)| hold.0.as_str()).collect();
        app.cookies.write(COOKIE, &names.join("."), Some(COOKIE_SECONDS))
    }
}

/// The key of a hold's form: the same in every tab, and of no use to whoever reads it.
pub(super) fn form_key(hold: &HoldId) -> String {
    let hash = sha256(format!("form of {}", hold.0).as_bytes());
    hash[..16].iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn until(held: &Reservation, now: Timestamp) -> Option<Timestamp> {
    match held.state().at(now) {
        State::Held { until } => Some(until),
        _ => None,
    }
}

/// The desk has confirmed it before anybody had said whose it is.
pub(super) fn is_confirmed_for_nobody(held: &Reservation) -> bool {
    held.guest.is_none() && matches!(held.state(), State::Confirmed | State::InHouse)
}

fn is_of(held: &Reservation, facts: &StayFacts) -> bool {
    (held.room_type.as_str(), held.stay, held.party) == (facts.room_code.as_str(), facts.stay, facts.party)
}

fn is_name(text: &str) -> bool {
    text.len() == NAME_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_forms_own_and_does_not_give_the_hold_away() {
        let (one, other) = (HoldId("a".repeat(NAME_LENGTH)), HoldId("b".repeat(NAME_LENGTH)));
        assert_eq!(form_key(&one), form_key(&one));
        assert_ne!(form_key(&one), form_key(&other));
        assert!(!form_key(&one).contains(&one.0) && form_key(&one).len() == 32);
    }

    #[test]
    fn what_is_no_name_is_not_asked_for() {
        assert!(is_name(&"0f".repeat(16)));
        for text in ["", "0f", &"0g".repeat(16), &"0f".repeat(17)] {
            assert!(!is_name(text), "{text}");
        }
    }
}
