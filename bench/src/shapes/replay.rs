//! Real bookings, in the order in which they were made and cancelled, as fast as they are answered.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::figures::{Wrong, cell};
use crate::http::{json_text, post};
use crate::peers::Peer;
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{Turns, fill, in_turns_from};
use crate::visit::{Next, Visit, Visitors, visit};
use crate::{Failure, Plan, date, house};

const CLIENTS: usize = 64;
/// The first arrival becomes a day so far ahead; the last lies some twenty months later.
const DAYS_AHEAD: u64 = 40;
/// The file names months in words.
const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
const HEADS: [&str; 7] = [
    "Server",
    "changes a second",
    "all of it, s",
    "p50, ms",
    "p99, ms",
    "CPU a change, µs",
    "booked, cancelled, refused",
];

#[derive(Clone, Debug)]
struct Booking {
    booked_on: u64,
    cancelled_on: Option<u64>,
    arrival: u64,
    nights: u64,
    room_type: String,
    adults: u64,
    children: u64,
}

/// Whose turn it is in the replay: a booking, or its cancellation.
#[derive(Clone, Copy, Debug)]
struct Change {
    booking: usize,
    cancels: bool,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let mut section = Section::new("replay", "The real bookings in time order", "", &HEADS);
    let Some(file) = plan.bookings.as_ref().filter(|file| file.exists()) else {
        "Skipped: no file of bookings was given (`--bookings FILE` or `VACANCY_BOOKINGS`)."
            .clone_into(&mut section.about);
        return vec![section];
    };
    match read(file) {
        Ok(bookings) => replay(plan, &mut section, &bookings[..plan.either(2_000, bookings.len()).min(bookings.len())]),
        Err(error) => section.faults.push(format!("{}: {error}", file.display())),
    }
    vec![section]
}

fn replay(plan: &Plan, section: &mut Section, bookings: &[Booking]) {
    let changes = in_time_order(bookings);
    let start = |peer| Server::start_prepared(plan, peer, |database| open_hotel(plan, database, bookings));
    let all: Vec<Turns<(Visit, Replay)>> = in_turns_from(plan, "replay", &[Peer::Availability], start, |server| {
        let shift = house::today(server.addr)? + DAYS_AHEAD - bookings.iter().map(|one| one.arrival).min().unwrap_or(0);
        let mut replay = Replay { shift, bookings: bookings.to_vec(), changes: changes.clone(), ..Replay::default() };
        visit(server, CLIENTS, None, &mut replay, None).map(|visit| (visit, replay))
    });
    section.about = format!(
        "{} bookings of two hotels (Antonio, de Almeida and Nunes, 2019) and the cancellations among them, each at its \
         place in time and after its own booking, over {CLIENTS} connections into one hotel with rooms for all; every \
         change on disk before its answer. The dates are moved on as a whole.",
        bookings.len()
    );
    fill(
        section,
        &all,
        |_| Wrong::default(),
        |turns| {
            let of = |figure: fn(&Visit) -> f64| turns.median(|round| figure(&round.0));
            let sums = turns.rounds.first().map(|(_, replay)| replay);
            vec![
                cell(of(Visit::a_second), 0),
                cell(of(|visit| visit.time.as_secs_f64()), 2),
                cell(of(|visit| visit.latency.ms(0.5)), 2),
                cell(of(|visit| visit.latency.ms(0.99)), 2),
                cell(of(Visit::cpu_us), 0),
                sums.map_or_else(String::new, |sums| format!("{}, {}, {}", sums.booked, sums.cancelled, sums.refused)),
            ]
        },
    );
}

/// Rows without nights or guests are no stays.
fn read(file: &Path) -> Result<Vec<Booking>, Failure> {
    let output = Command::new("gzip").arg("-dc").arg(file).output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut lines = text.lines();
    let columns: HashMap<&str, usize> =
        lines.next().unwrap_or_default().split(',').enumerate().map(|(index, name)| (name, index)).collect();
    let booking = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let text = |name: &str| columns.get(name).and_then(|index| fields.get(*index)).copied();
        let number = |name: &str| text(name).and_then(|text| text.parse::<u64>().ok());
        let month = MONTHS.find(text("arrival_date_month")?.get(..3)?)? / 3 + 1;
        let (year, day) = (number("arrival_date_year")?, number("arrival_date_day_of_month")?);
        let arrival = date::day_number(&format!("{year}-{month}-{day}"))?;
        let mut ended = text("reservation_status_date")?.split('/').map(|part| part.parse::<u64>().unwrap_or(0));
        let (month, day, year) = (ended.next()?, ended.next()?, ended.next()?);
        let ended = date::day_number(&format!("{year}-{month}-{day}"))?;
        let booked_on = arrival - number("lead_time")?;
        let is_cancelled = text("reservation_status") == Some("Canceled");
        let booking = Booking {
            booked_on,
            cancelled_on: is_cancelled.then_some(ended.max(booked_on)),
            arrival,
            nights: number("stays_in_weekend_nights")? + number("stays_in_week_nights")?,
            room_type: text("reserved_room_type")?.trim().to_lowercase(),
            adults: number("adults")?,
            children: number("children").unwrap_or(0) + number("babies").unwrap_or(0),
        };
        (booking.nights > 0 && booking.adults > 0).then_some(booking)
    };
    Ok(lines.filter_map(booking).collect())
}

fn in_time_order(bookings: &[Booking]) -> Vec<Change> {
    let booked = bookings.iter().enumerate().map(|(booking, one)| (one.booked_on, Change { booking, cancels: false }));
    let cancelled = bookings
        .iter()
        .enumerate()
        .filter_map(|(booking, one)| Some((one.cancelled_on?, Change { booking, cancels: true })));
    let mut changes: Vec<(u64, Change)> = booked.chain(cancelled).collect();
    changes.sort_by_key(|(day, change)| (*day, change.cancels, change.booking));
    changes.into_iter().map(|(_, change)| change).collect()
}

/// A hotel with the room types of the file, and rooms for everyone.
fn open_hotel(plan: &Plan, database: &str, bookings: &[Booking]) -> Result<(), Failure> {
    let mut types: Vec<&str> = bookings.iter().map(|booking| booking.room_type.as_str()).collect();
    types.sort_unstable();
    types.dedup();
    let mut file =
        "slug = \"replay\"\nname = \"Replay\"\ntime_zone = \"Europe/Lisbon\"\ncurrency = \"EUR\"\n".to_owned();
    for code in types {
        let _ = write!(
            file,
            "[[room_types]]\ncode = \"{code}\"\nname = \"Room {code}\"\nrooms = 2000\nsleeps = 12\nprice = \"100.00\"\n"
        );
    }
    let path = crate::server::scratch()?.join("replay.toml");
    fs::write(&path, file)?;
    let mut command = Command::new(&plan.program);
    let made = command.args(["admin", "--database", database, "create-hotel"]).arg(&path).output()?;
    if made.status.success() {
        return Ok(());
    }
    Err(format!("no hotel for the replay: {}", String::from_utf8_lossy(&made.stderr)).into())
}

#[derive(Debug, Default)]
struct Replay {
    shift: u64,
    bookings: Vec<Booking>,
    changes: Vec<Change>,
    done: usize,
    /// What each booking was answered: its code and token, or that it was refused.
    answers: HashMap<usize, Option<(String, String)>>,
    booked: usize,
    cancelled: usize,
    refused: usize,
}

impl Visitors for Replay {
    fn next(&mut self, _: &mut Server, _: Duration) -> Result<Next, Failure> {
        loop {
            let Some(change) = self.changes.get(self.done).copied() else { return Ok(Next::Nothing) };
            if !change.cancels {
                self.done += 1;
                return Ok(Next::Ask(self.done - 1, self.book(change.booking)));
            }
            match self.answers.get(&change.booking) {
                None => return Ok(Next::Wait),
                Some(None) => self.done += 1,
                Some(Some((code, token))) => {
                    let credential = format!("authorization: Bearer {token}\r\n");
                    let request = post(&format!("/api/v1/reservations/{code}/cancel"), &credential, "");
                    self.done += 1;
                    return Ok(Next::Ask(self.done - 1, request));
                }
            }
        }
    }

    fn answered(&mut self, _: &mut Server, ticket: usize, status: u16, body: &[u8]) -> Result<(), Failure> {
        let body = std::str::from_utf8(body)?;
        let Change { booking, cancels } = self.changes[ticket];
        match (status, cancels) {
            (200, true) => self.cancelled += 1,
            (201, false) => {
                let field = |name| json_text(body, name).map(str::to_owned);
                self.answers.insert(booking, field("code").zip(field("manage_token")));
                self.booked += 1;
            }
            (409 | 422, false) => {
                self.answers.insert(booking, None);
                self.refused += 1;
            }
            _ => return Err(format!("a change was answered {status} {body}").into()),
        }
        Ok(())
    }
}

impl Replay {
    fn book(&self, booking: usize) -> Vec<u8> {
        let Booking { arrival, nights, room_type, adults, children, .. } = &self.bookings[booking];
        let arrival = arrival + self.shift;
        let (arrival, departure) = (date::written(arrival), date::written(arrival + nights));
        let body = format!(
            "{{\"room_type\":\"{room_type}\",\"arrival\":\"{arrival}\",\"departure\":\"{departure}\",\"adults\":{adults},\
             \"children\":{children},\"guest\":{{\"name\":\"Guest {booking}\",\"email\":\"guest@example.org\"}}}}"
        );
        let key = format!("idempotency-key: replay-{booking}\r\n");
        post("/api/v1/hotels/replay/reservations", &key, &body)
    }
}
