//! One topic, many subscribers, a steady pace: how long until the last one has an event, and what a delivery costs.

use std::time::Duration;

use crate::Plan;
use crate::figures::cell;
use crate::peers::Peer;
use crate::run::{Load, Outcome, Pace, run_one_topic};
use crate::section::Section;
use crate::shapes::{base, chart, fill, in_turns};

const HEADS: [&str; 12] = [
    "Server",
    "to last p50, ms",
    "x floor",
    "to last p99, ms",
    "first to last p50, ms",
    "x floor",
    "each p50, ms",
    "answered p50, ms",
    "CPU a delivery, µs",
    "x floor",
    "bytes a delivery",
    "lost / twice",
];

pub fn measure(plan: &Plan) -> Vec<Section> {
    let sizes = plan.subscribers.map_or_else(|| plan.either(vec![200], vec![100, 1_000, 5_000]), |size| vec![size]);
    sizes.into_iter().map(|size| of(plan, size)).collect()
}

fn of(plan: &Plan, subscribers: usize) -> Section {
    // Everyone at a thousand; at the ends the nearest, and those who are not out of their depth there.
    let all = [
        [Peer::Floor, Peer::Desk, Peer::Twin, Peer::Nchan, Peer::Availability].as_slice(),
        &[Peer::Node, Peer::Express, Peer::SocketIo, Peer::Flask],
    ]
    .concat();
    let peers = match subscribers {
        _ if plan.quick => &all[..3],
        500..=2_000 => all.as_slice(),
        _ => &all[..4],
    };
    // At the top end, no more than the slowest of them can do on one core.
    let a_second = if subscribers > 2_000 { 4 } else { 20 };
    let seconds = plan.either(1, 3);
    let load = Load {
        topics: 1,
        pace: Pace::Every(Duration::from_secs(1) / a_second),
        time: Duration::from_secs(seconds),
        publishers: 1,
    };
    let all = in_turns(plan, "fan-out", peers, |server| run_one_topic(server, &load, subscribers));

    let mut section = Section::new(
        format!("fan-out-{subscribers}"),
        format!("One topic, {subscribers} subscribers, {a_second} events a second"),
        format!(
            "{seconds} s a round. From sending the publishing request (for Vacancy a booking, committed with FULL sync in \
             between) until the last subscriber has read the event; p50 and p99 over a round's events. First to last: from \
             the first that anyone hears of the event, a subscriber or the publisher by the answer: delivering alone, \
             without the commit. CPU is all of the server's time in the round, the bookings' own included, over the \
             deliveries."
        ),
        &HEADS,
    );
    let floor_ms = base(&all, Peer::Floor, |one| one.to_last.ms(0.5));
    let floor_first = base(&all, Peer::Floor, |one| one.first_to_last.ms(0.5));
    let floor_cpu = base(&all, Peer::Floor, Outcome::cpu_us_a_delivery);
    fill(
        &mut section,
        &all,
        |one| one.wrong,
        |turns| {
            let half = turns.median(|one| one.to_last.ms(0.5));
            let first = turns.median(|one| one.first_to_last.ms(0.5));
            let cpu = turns.median(Outcome::cpu_us_a_delivery);
            vec![
                cell(half, 2),
                cell(half / floor_ms, 2),
                cell(turns.median(|one| one.to_last.ms(0.99)), 2),
                cell(first, 2),
                cell(first / floor_first, 2),
                cell(turns.median(|one| one.each.ms(0.5)), 2),
                cell(turns.median(|one| one.answered.ms(0.5)), 2),
                cell(cpu, 2),
                cell(cpu / floor_cpu, 2),
                cell(turns.median(Outcome::bytes_a_delivery), 0),
                turns.wrong(|one| one.wrong),
            ]
        },
    );
    section.charts.push(chart("CPU a delivery, µs (less is better)", "µs", &all, Outcome::cpu_us_a_delivery));
    section.charts.push(chart("Event to last subscriber, p50 (less is better)", "ms", &all, |one| one.to_last.ms(0.5)));
    let ours = base(&all, Peer::Desk, Outcome::cpu_us_a_delivery);
    section.limit("CPU a delivery over the floor's", ours / floor_cpu, 4.0);
    section.limit("CPU a delivery over the twin's", ours / base(&all, Peer::Twin, Outcome::cpu_us_a_delivery), 2.0);
    section.limit(
        "time to the last subscriber over the floor's",
        base(&all, Peer::Desk, |one| one.to_last.ms(0.5)) / floor_ms,
        6.0,
    );
    section
}
