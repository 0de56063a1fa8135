//! Bookings a second over kept HTTP/1.1 connections, each on disk (FULL sync) before its answer.

use std::time::{Duration, Instant};

use crate::client::{Audience, Poll};
use crate::figures::{Wrong, cell, median};
use crate::peers::Peer;
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{Turns, in_turns, judge};
use crate::visit::{Next, Visit, Visitors, visit};
use crate::{Failure, Plan, machine};

const PATIENCE: Duration = Duration::from_secs(10);
const HEADS: [&str; 7] = [
    "Clients",
    "bookings a second",
    "x bare fdatasync",
    "p50, ms",
    "p99, ms",
    "server CPU a booking, µs",
    "lost / twice",
];

#[derive(Debug)]
struct Round {
    syncs_a_second: f64,
    /// With each number of clients, then with listeners.
    loads: Vec<Visit>,
    wrong: Wrong,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let clients = plan.either(vec![1, 64], vec![1, 8, 64, 256]);
    let listeners = plan.either(200, 1_000);
    let time = plan.either(Duration::from_millis(500), Duration::from_secs(2));
    let ours = in_turns(plan, "bookings", &[Peer::Availability], |server| round(server, &clients, listeners, time));
    let express = in_turns(plan, "bookings", &[Peer::Express], |server| {
        visit(server, 64, None, &mut Guests { to_book: time }, None)
    });
    let syncs = ours.first().map_or(f64::NAN, |turns| turns.median(|round| round.syncs_a_second));
    let mut section = Section::new(
        "bookings",
        "Bookings a second, each on disk before its answer",
        format!(
            "{} s a load on a demo house; each client waits for its answer before it asks again. In the same rounds this disk \
             made {} bare appends of 4 KiB with fdatasync a second. The listeners follow the public stream of what is \
             left, and every one must end with the last change.",
            time.as_secs_f64(),
            cell(syncs, 0)
        ),
        &HEADS,
    );
    judge(&mut section, &ours, |round| round.wrong);
    judge(&mut section, &express, |_| Wrong::default());
    for (index, clients) in clients.iter().map(|clients| (clients, "")).chain([(&64, "listeners")]).enumerate() {
        let name = match clients {
            (clients, "") => clients.to_string(),
            (clients, _) => format!("{clients}, and {listeners} listeners"),
        };
        row(&mut section, &name, &ours, syncs, index);
    }
    for turns in &express {
        let cells = match turns.missing {
            Some(why) => vec![why.to_owned()],
            None => figures(|figure| turns.median(figure), f64::NAN),
        };
        section.table.row("64, of Express with an array in memory, nothing on disk", cells);
    }
    let rate =
        |index: usize| ours.first().map_or(f64::NAN, |turns| turns.median(|round| round.loads[index].a_second()));
    section.limit("bookings a second of one client over those of many", rate(0) / rate(clients.len() - 1), 1.0);
    vec![section]
}

fn row(section: &mut Section, name: &str, ours: &[Turns<Round>], syncs: f64, load: usize) {
    let Some(turns) = ours.first() else { return };
    let of = |figure: &dyn Fn(&Visit) -> f64| median(turns.rounds.iter().map(|round| figure(&round.loads[load])));
    let mut cells = figures(|figure| of(&figure), syncs);
    cells.push(turns.wrong(|round| round.wrong));
    section.table.row(name, cells);
}

fn figures(of: impl Fn(fn(&Visit) -> f64) -> f64, syncs: f64) -> Vec<String> {
    let rate = of(Visit::a_second);
    vec![
        cell(rate, 0),
        cell(rate / syncs, 2),
        cell(of(|load| load.latency.ms(0.5)), 2),
        cell(of(|load| load.latency.ms(0.99)), 2),
        cell(of(Visit::cpu_us), 0),
    ]
}

fn round(server: &mut Server, clients: &[usize], listeners: usize, time: Duration) -> Result<Round, Failure> {
    let syncs_a_second = machine::syncs_a_second(server.folder(), time / 2)?;
    // The first bookings fill caches that a running house has full.
    visit(server, 1, None, &mut Guests { to_book: Duration::from_millis(300) }, None)?;
    let mut loads = Vec::with_capacity(clients.len() + 1);
    for clients in clients {
        loads.push(visit(server, *clients, None, &mut Guests { to_book: time }, None)?);
    }
    let mut poll = Poll::new()?;
    let mut audience = Audience::gather(server, 1, listeners, &mut poll)?;
    let load = visit(server, 64, None, &mut Guests { to_book: time }, Some((&mut audience, &mut poll)))?;
    let waiting = Instant::now();
    let is_behind = |audience: &Audience| audience.followers.iter().any(|follower| follower.arrived < load.answers);
    while is_behind(&audience) && waiting.elapsed() < PATIENCE {
        poll.wait(Duration::from_millis(100))?;
        audience.read(&mut poll, |_| false, |_| {})?;
    }
    audience.followers.iter_mut().for_each(|follower| follower.end(load.answers));
    loads.push(load);
    Ok(Round { syncs_a_second, loads, wrong: audience.wrong() })
}

/// Book night after night.
struct Guests {
    to_book: Duration,
}

impl Visitors for Guests {
    fn next(&mut self, server: &mut Server, elapsed: Duration) -> Result<Next, Failure> {
        Ok(if elapsed < self.to_book { Next::Ask(0, server.book()) } else { Next::Nothing })
    }

    fn answered(&mut self, _: &mut Server, _: usize, status: u16, body: &[u8]) -> Result<(), Failure> {
        match status {
            201 => Ok(()),
            _ => Err(format!("a booking was answered {status} {}", String::from_utf8_lossy(body)).into()),
        }
    }
}
