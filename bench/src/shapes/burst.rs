//! A burst of changes: more deliveries a second than single writes can bring about, so that gathering them pays.

use std::time::Duration;

use crate::Plan;
use crate::figures::cell;
use crate::peers::Peer;
use crate::run::{Load, Outcome, Pace, run_one_topic};
use crate::section::Section;
use crate::shapes::{base, fill, in_turns};

const CHANGES_A_SECOND: u32 = 400;
/// Each waits for its answer; a server may carry out several at once.
const PUBLISHERS: usize = 8;
const HEADS: [&str; 8] = [
    "Server",
    "to last p50, ms",
    "x floor",
    "to last p99, ms",
    "answered p99, ms",
    "CPU a change delivered, µs",
    "bytes a change delivered",
    "lost / twice",
];

pub fn measure(plan: &Plan) -> Vec<Section> {
    let subscribers = plan.either(100, 500);
    let load = Load {
        topics: 1,
        pace: Pace::Every(Duration::from_secs(1) / CHANGES_A_SECOND),
        time: plan.either(Duration::from_millis(500), Duration::from_secs(2)),
        publishers: PUBLISHERS,
    };
    let all = [Peer::Floor, Peer::Desk, Peer::Twin, Peer::Nchan, Peer::Node, Peer::Availability];
    let peers = &all[..plan.either(2, all.len())];
    let all = in_turns(plan, "burst", peers, |server| run_one_topic(server, &load, subscribers));

    let mut section = Section::new(
        "burst",
        format!("Burst: {CHANGES_A_SECOND} changes a second to {subscribers} subscribers"),
        format!(
            "{} s a round, that is {} changes delivered a second where they are not gathered. The availability stream \
             gathers what changes within 25 ms; an event of it counts for every change that it brings.",
            load.time.as_secs_f64(),
            CHANGES_A_SECOND as usize * subscribers
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
                cell(turns.median(|one| one.answered.ms(0.99)), 2),
                cell(turns.median(Outcome::cpu_us_a_delivery), 2),
                cell(turns.median(Outcome::bytes_a_delivery), 0),
                turns.wrong(|one| one.wrong),
            ]
        },
    );
    let over_floor =
        base(&all, Peer::Desk, Outcome::cpu_us_a_delivery) / base(&all, Peer::Floor, Outcome::cpu_us_a_delivery);
    section.limit("CPU a change delivered over the floor's", over_floor, 6.0);
    vec![section]
}
