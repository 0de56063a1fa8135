//! Vacancy from outside: the demo house, its desk, and reservations to follow.

use std::net::SocketAddr;

use crate::http::{exchange, get, json_text, post};
use crate::{Failure, date};

/// The demo's stays are near; a stay may be five years ahead.
const DAYS_AHEAD: u64 = 40;
/// Each night is taken once before any is taken twice; there are rooms for 57,800.
const NIGHTS: u64 = 1_700;

/// What a client of the demo house knows.
#[derive(Debug)]
pub struct House {
    cookie: String,
    first_day: u64,
    booked: u64,
    reservations: Vec<Reservation>,
}

#[derive(Debug)]
struct Reservation {
    code: String,
    token: String,
    cancelled: bool,
}

impl House {
    /// Signs in at the desk and asks what day it is.
    pub fn enter(addr: SocketAddr) -> Result<Self, Failure> {
        let account = r#"{"email":"desk@harbour.example","password":"harbour-demo-desk"}"#;
        let answer = exchange(addr, &post("/api/v1/session", "", account))?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        let cookie = cookie.ok_or_else(|| format!("signing in: {} {}", answer.status, answer.body))?.to_owned();
        let first_day = today(addr)? + DAYS_AHEAD;
        Ok(Self { cookie, first_day, booked: 0, reservations: Vec::new() })
    }

    /// One more night for one guest.
    pub fn book(&mut self) -> Vec<u8> {
        let count = self.booked;
        self.booked += 1;
        let key = format!("idempotency-key: bench-{count}\r\n");
        post("/api/v1/hotels/harbour/reservations", &key, &booking(self.first_day, count))
    }

    /// Remembers a reservation, from the answer to its booking, so that it can be followed and changed.
    pub fn remember(&mut self, answer: &[u8]) -> Result<(), Failure> {
        let answer = std::str::from_utf8(answer)?;
        let field = |name| json_text(answer, name).map(str::to_owned).ok_or_else(|| format!("no {name} in {answer}"));
        self.reservations.push(Reservation { code: field("code")?, token: field("manage_token")?, cancelled: false });
        Ok(())
    }

    pub fn follow_desk(&self, resume: &str) -> Vec<u8> {
        let cookie = &self.cookie;
        get("/api/v1/desk/harbour/events?kinds=new_reservation", &format!("cookie: {cookie}\r\n{resume}"))
    }

    pub fn follow_reservation(&self, index: usize, resume: &str) -> Vec<u8> {
        let Reservation { code, token, .. } = &self.reservations[index];
        get(&format!("/api/v1/reservations/{code}/events"), &format!("authorization: Bearer {token}\r\n{resume}"))
    }

    /// The desk cancels a reservation, or takes the cancellation back.
    pub fn change_reservation(&mut self, index: usize) -> Vec<u8> {
        let Reservation { code, cancelled, .. } = &mut self.reservations[index];
        let action = if *cancelled { "reinstate" } else { "cancel" };
        *cancelled = !*cancelled;
        let cookie = &self.cookie;
        post(&format!("/api/v1/desk/harbour/reservations/{code}/{action}"), &format!("cookie: {cookie}\r\n"), "")
    }
}

/// Booking number `count`.
pub fn booking(first_day: u64, count: u64) -> String {
    let room_type = match count / NIGHTS % 34 {
        0..20 => "double",
        20..28 => "single",
        _ => "family",
    };
    let arrival = first_day + count % NIGHTS;
    let (arrival, departure) = (date::written(arrival), date::written(arrival + 1));
    format!(
        "{{\"room_type\":\"{room_type}\",\"arrival\":\"{arrival}\",\"departure\":\"{departure}\",\"adults\":1,\
         \"guest\":{{\"name\":\"Ana Silva\",\"email\":\"ana@example.org\"}}}}"
    )
}

/// The hotel's day.
pub fn today(addr: SocketAddr) -> Result<u64, Failure> {
    let answer = exchange(addr, &get("/api/v1/hotels", ""))?;
    let today = json_text(&answer.body, "today").and_then(date::day_number);
    Ok(today.ok_or_else(|| format!("no hotels: {} {}", answer.status, answer.body))?)
}
