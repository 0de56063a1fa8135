//! Many reservations with a few followers each, changed at random: what following one reservation costs.

use std::time::Duration;

use crate::client::{Audience, Poll};
use crate::figures::{cell, us};
use crate::peers::Peer;
use crate::run::{Load, Outcome, Pace, run};
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{base, fill, in_turns};
use crate::visit::{Next, Visitors, visit};
use crate::{Failure, Plan};

const FOLLOWERS: usize = 5;
const CHANGES_A_SECOND: u32 = 400;
const PUBLISHERS: usize = 8;
const HEADS: [&str; 8] = [
    "Server",
    "to last p50, ms",
    "x floor",
    "to last p99, ms",
    "answered p50, ms",
    "CPU a change, µs",
    "bytes a delivery",
    "lost / twice",
];

pub fn measure(plan: &Plan) -> Vec<Section> {
    let topics = plan.either(200, 2_000);
    let load = Load {
        topics,
        pace: Pace::Every(Duration::from_secs(1) / CHANGES_A_SECOND),
        time: plan.either(Duration::from_millis(500), Duration::from_secs(2)),
        publishers: PUBLISHERS,
    };
    let peers = [Peer::Floor, Peer::Nchan, Peer::Node, Peer::Guest];
    let all = in_turns(plan, "topics", &peers, |server| round(server, &load));

    let mut section = Section::new(
        "topics",
        format!("{topics} reservations with {FOLLOWERS} followers each, {CHANGES_A_SECOND} random changes a second"),
        format!(
            "{} s a round, {} streams. For Vacancy a change is the desk's cancellation or reinstatement of a reservation, \
             committed with FULL sync, and what is sent is the whole reservation.",
            load.time.as_secs_f64(),
            topics * FOLLOWERS
        ),
        &HEADS,
    );
    let floor = base(&all, Peer::Floor, |one| one.to_last.ms(0.5));
    fill(
        &mut section,
        &all,
        |one| one.wrong,
        |turns| {
            let half = turns.median(|one| one.to_last.ms(0.5));
            vec![
                cell(half, 2),
                cell(half / floor, 2),
                cell(turns.median(|one| one.to_last.ms(0.99)), 2),
                cell(turns.median(|one| one.answered.ms(0.5)), 2),
                cell(turns.median(|one| us(one.server_cpu) / one.events as f64), 0),
                cell(turns.median(Outcome::bytes_a_delivery), 0),
                turns.wrong(|one| one.wrong),
            ]
        },
    );
    vec![section]
}

fn round(server: &mut Server, load: &Load) -> Result<Outcome, Failure> {
    if server.peer == Peer::Guest {
        visit(server, 32, None, &mut Guests { to_come: load.topics }, None)?;
    }
    let mut poll = Poll::new()?;
    let mut audience = Audience::gather(server, load.topics, FOLLOWERS, &mut poll)?;
    run(server, load, &mut audience, &mut poll, &[])
}

/// Book what will be followed.
struct Guests {
    to_come: usize,
}

impl Visitors for Guests {
    fn next(&mut self, server: &mut Server, _: Duration) -> Result<Next, Failure> {
        if self.to_come == 0 {
            return Ok(Next::Nothing);
        }
        self.to_come -= 1;
        Ok(Next::Ask(0, server.house()?.book()))
    }

    fn answered(&mut self, server: &mut Server, _: usize, status: u16, body: &[u8]) -> Result<(), Failure> {
        if status != 201 {
            return Err(format!("a booking was answered {status}").into());
        }
        server.house()?.remember(body)
    }
}
