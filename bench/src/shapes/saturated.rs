//! As fast as it goes: some events are always on their way to their last subscriber, each published on a connection of
//! its own, so that a server may carry out several at once and send them together.

use std::time::Duration;

use crate::Plan;
use crate::figures::cell;
use crate::peers::Peer;
use crate::run::{Load, Outcome, Pace, run_one_topic};
use crate::section::Section;
use crate::shapes::{base, chart, fill, in_turns};

const ON_THEIR_WAY: usize = 8;
const HEADS: [&str; 7] = [
    "Server",
    "deliveries a second",
    "x floor",
    "to last p99, ms",
    "CPU a delivery, µs",
    "client's core busy, %",
    "lost / twice",
];

pub fn measure(plan: &Plan) -> Vec<Section> {
    let subscribers = plan.either(200, 1_000);
    let load = Load {
        topics: 1,
        pace: Pace::OnTheirWay(ON_THEIR_WAY),
        time: Duration::from_secs(plan.either(1, 2)),
        publishers: ON_THEIR_WAY,
    };
    let all = [[Peer::Floor, Peer::Desk, Peer::Twin].as_slice(), &Peer::OTHERS].concat();
    let peers = &all[..plan.either(2, all.len())];
    let all = in_turns(plan, "saturated", peers, |server| run_one_topic(server, &load, subscribers));

    let mut section = Section::new(
        "saturated",
        format!("Saturated: one topic, {subscribers} subscribers"),
        format!(
            "{} s a round, {ON_THEIR_WAY} events always on their way to their last subscriber. Where the client's core is \
             all busy, the client is the limit and not the server.",
            load.time.as_secs()
        ),
        &HEADS,
    );
    let floor = base(&all, Peer::Floor, a_second);
    fill(
        &mut section,
        &all,
        |one| one.wrong,
        |turns| {
            let rate = turns.median(a_second);
            vec![
                cell(rate, 0),
                cell(rate / floor, 2),
                cell(turns.median(|one| one.to_last.ms(0.99)), 1),
                cell(turns.median(Outcome::cpu_us_a_delivery), 2),
                cell(turns.median(|one| 100.0 * one.client_cpu.as_secs_f64() / one.time.as_secs_f64()), 0),
                turns.wrong(|one| one.wrong),
            ]
        },
    );
    section.charts.push(chart("Deliveries a second, saturated (more is better)", "", &all, a_second));
    section.limit("the floor's deliveries a second over ours", floor / base(&all, Peer::Desk, a_second), 4.0);
    vec![section]
}

fn a_second(one: &Outcome) -> f64 {
    one.deliveries as f64 / one.time.as_secs_f64()
}
