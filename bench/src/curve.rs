//! `--curve`: what reads, bookings and starting cost with ever more reservations and ever more hotels.
//!
//! The databases are made by `vacancy admin fill`, which books through the store as an import does; that takes most of
//! the time here, so the curve is not part of the other run, and ends where `--most` says.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::figures::{Wrong, cell, ms};
use crate::http::{get, post};
use crate::peers::{self, Peer};
use crate::section::Section;
use crate::server::{Server, scratch};
use crate::shapes::{Turns, judge};
use crate::visit::{Next, Visit, Visitors, visit};
use crate::{Failure, Plan, date, house, machine, progress};

/// Hotels and reservations.
const POINTS: [(u64, usize); 7] =
    [(1, 1_000), (1, 10_000), (1, 100_000), (1, 1_000_000), (100, 100_000), (1_000, 100_000), (10_000, 100_000)];
const READERS: usize = 8;
const GUESTS: usize = 64;
const NIGHTS_READ: u64 = 60;
const TIME: Duration = Duration::from_millis(500);
const HEADS: [&str; 9] = [
    "Hotels, reservations",
    "file, MiB",
    "to ready, ms",
    "resident, MiB",
    "availability, µs CPU",
    "p99, ms",
    "offers, µs CPU",
    "bookings a second",
    "booking p99, ms",
];

#[derive(Debug)]
struct Round {
    ready_ms: f64,
    resident_mib: f64,
    availability: Visit,
    offers: Visit,
    bookings: Visit,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let (name, title) = match plan.reservations {
        None => ("curve".to_owned(), "Ever more reservations and hotels".to_owned()),
        Some(size) => (format!("curve-{size}"), format!("{size} reservations")),
    };
    let mut section = Section::new(
        name,
        title,
        format!(
            "Half of the stays lie behind, half ahead, 1,000 days in all, evenly over the hotels; each read and booking goes \
             to another hotel. Ready: from starting the process until it listens; all but the first start follow a kill -9 \
             while {GUESTS} clients were booking. Reads: {READERS} clients, {NIGHTS_READ} nights of availability, offers \
             for two nights. Bookings: {GUESTS} clients, on disk before the answer. {} ms a load.",
            TIME.as_millis()
        ),
        &HEADS,
    );
    let is_wanted = |size: usize| plan.reservations.map_or(size <= plan.most_reservations, |wanted| size == wanted);
    for (hotels, reservations) in POINTS.into_iter().filter(|(_, reservations)| is_wanted(*reservations)) {
        match point(plan, hotels, reservations) {
            Ok((turns, mib)) => row(&mut section, hotels, reservations, mib, &turns),
            Err(error) => section.faults.push(format!("{hotels} hotels, {reservations} reservations: {error}")),
        }
    }
    let left_out = POINTS.iter().filter(|(_, reservations)| *reservations > plan.most_reservations).count();
    if left_out > 0 && plan.reservations.is_none() {
        section.notes.push(format!("Points above {} reservations were left out (`--most`).", plan.most_reservations));
    }
    section.notes.extend(section.faults.clone());
    vec![section]
}

fn row(section: &mut Section, hotels: u64, reservations: usize, mib: f64, turns: &Turns<Round>) {
    section.table.row(
        format!("{hotels}, {reservations}"),
        [
            cell(mib, 0),
            cell(turns.median(|round| round.ready_ms), 0),
            cell(turns.median(|round| round.resident_mib), 0),
            cell(turns.median(|round| round.availability.cpu_us()), 0),
            cell(turns.median(|round| round.availability.latency.ms(0.99)), 2),
            cell(turns.median(|round| round.offers.cpu_us()), 0),
            cell(turns.median(|round| round.bookings.a_second()), 0),
            cell(turns.median(|round| round.bookings.latency.ms(0.99)), 1),
        ],
    );
    judge(section, std::slice::from_ref(turns), |_| Wrong::default());
}

/// Measures one database, and removes it.
fn point(plan: &Plan, hotels: u64, reservations: usize) -> Result<(Turns<Round>, f64), Failure> {
    let folder = scratch()?.join("curve");
    fs::create_dir_all(&folder)?;
    let measured = fill(plan, &folder, hotels, reservations).map(|mib| {
        let mut turns = Turns { peer: Peer::Availability, missing: None, rounds: Vec::new(), failures: Vec::new() };
        for number in 1..=plan.rounds {
            progress(&format!(
                "curve, {hotels} hotels, {reservations} reservations, round {number} of {}",
                plan.rounds
            ));
            match round(plan, &folder, hotels, number) {
                Ok(round) => turns.rounds.push(round),
                Err(error) => turns.failures.push(format!("round {number}: {error}")),
            }
        }
        (turns, mib)
    });
    fs::remove_dir_all(&folder)?;
    measured
}

/// Makes the database; gives its size in MiB.
fn fill(plan: &Plan, folder: &Path, hotels: u64, reservations: usize) -> Result<f64, Failure> {
    progress(&format!("curve: making {hotels} hotels and {reservations} reservations"));
    let (hotels, reservations) = (hotels.to_string(), reservations.to_string());
    let mut command = Command::new(&plan.program);
    command.args(["admin", "--database", &peers::database(folder), "fill"]);
    let made = command.args(["--hotels", &hotels, "--reservations", &reservations]).output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).trim().into());
    }
    Ok(fs::metadata(folder.join("house.db"))?.len() as f64 / (1024.0 * 1024.0))
}

fn round(plan: &Plan, folder: &Path, hotels: u64, number: usize) -> Result<Round, Failure> {
    let started = Instant::now();
    let mut server = Server::start_again(plan, folder)?;
    let ready_ms = ms(started.elapsed());
    let resident_mib = machine::resident_kib(server.pid())? / 1024.0;
    let day = house::today(server.addr)? + 30;
    let night = |after: u64| date::written(day + after);

    let (from, to) = (night(0), night(NIGHTS_READ));
    let read = |hotel: u64| get(&format!("/api/v1/hotels/house-{hotel}/availability?from={from}&to={to}"), "");
    let availability = visit(&mut server, READERS, None, &mut Repeated::new(hotels, 200, read), None)?;

    let (arrival, departure) = (night(5), night(7));
    let dates = format!("arrival={arrival}&departure={departure}&adults=2");
    let search = |hotel: u64| get(&format!("/api/v1/hotels/house-{hotel}/offers?{dates}"), "");
    let offers = visit(&mut server, READERS, None, &mut Repeated::new(hotels, 200, search), None)?;

    let mut count = 0;
    let book = |hotel: u64| {
        count += 1;
        let key = format!("idempotency-key: curve-{number}-{count}\r\n");
        post(&format!("/api/v1/hotels/house-{hotel}/reservations"), &key, &house::booking(day, count))
    };
    let bookings = visit(&mut server, GUESTS, None, &mut Repeated::new(hotels, 201, book), None)?;
    server.crash()?;
    Ok(Round { ready_ms, resident_mib, availability, offers, bookings })
}

/// Asks the same of one hotel after the other.
struct Repeated<F> {
    hotels: u64,
    expected: u16,
    count: u64,
    request: F,
}

impl<F> Repeated<F> {
    fn new(hotels: u64, expected: u16, request: F) -> Self {
        Self { hotels, expected, count: 0, request }
    }
}

impl<F: FnMut(u64) -> Vec<u8>> Visitors for Repeated<F> {
    fn next(&mut self, _: &mut Server, elapsed: Duration) -> Result<Next, Failure> {
        if elapsed >= TIME {
            return Ok(Next::Nothing);
        }
        self.count += 1;
        // A step that is prime to the numbers of hotels, so that neighbours in time are not neighbours in number.
        Ok(Next::Ask(0, (self.request)(self.count * 7_919 % self.hotels + 1)))
    }

    fn answered(&mut self, _: &mut Server, _: usize, status: u16, body: &[u8]) -> Result<(), Failure> {
        if status == self.expected {
            return Ok(());
        }
        Err(format!("answered {status}: {}", String::from_utf8_lossy(body)).into())
    }
}
