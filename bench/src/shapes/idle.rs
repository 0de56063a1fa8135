//! Streams on which nothing happens: what each keeps in memory, what it costs, and what is kept when all have left.

use std::thread::sleep;
use std::time::Duration;

use crate::client::{Audience, Poll};
use crate::figures::{Wrong, cell, us};
use crate::machine::{Cpu, MemoryGroup};
use crate::peers::Peer;
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{base, chart, fill, in_turns};
use crate::{Failure, Plan, machine};

const HEADS: [&str; 5] = [
    "Server",
    "resident, KiB a stream",
    "with the kernel's part, KiB a stream",
    "resident after all left, KiB a stream",
    "CPU a stream, µs a second",
];

#[derive(Debug)]
struct Round {
    resident_kib: f64,
    group_kib: f64,
    left_kib: f64,
    cpu_us: f64,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let streams = plan.either(500, 10_000);
    // Long enough for every keep-alive, so only once a server.
    let watch = Duration::from_secs(plan.either(0, 21));
    let all = [Peer::Twin, Peer::Desk, Peer::Floor, Peer::Availability, Peer::Nchan, Peer::Node, Peer::SocketIo];
    let peers = &all[..plan.either(2, all.len())];
    let settling = plan.either(Duration::from_millis(200), Duration::from_millis(500));
    let mut watched = Vec::new();
    let all = in_turns(plan, "idle", peers, |server| {
        let is_first = !watched.contains(&server.peer);
        watched.push(server.peer);
        round(server, streams, settling, if is_first { watch } else { Duration::ZERO })
    });
    let mut section = Section::new(
        "idle",
        format!("{streams} idle streams"),
        format!(
            "What {streams} streams add to a server that has {} already: resident memory, and that of a control \
             group of its own, which holds the kernel's sockets too. The first crowd takes what is left over from the \
             start, so that it does not make streams look free. Then what is there above the memory with one stream, {} s \
             after all have left. CPU is that of {} s in the first round, keep-alive comments (every 20 s; the floor has \
             none) included.",
            first_crowd(streams),
            settling.as_secs_f64(),
            watch.as_secs()
        ),
        &HEADS,
    );
    fill(
        &mut section,
        &all,
        |_| Wrong::default(),
        |turns| {
            // Only one round has it.
            let cpu = turns.rounds.iter().map(|round| round.cpu_us).find(|cpu| cpu.is_finite()).unwrap_or(f64::NAN);
            vec![
                cell(turns.median(|round| round.resident_kib), 2),
                cell(turns.median(|round| round.group_kib), 2),
                cell(turns.median(|round| round.left_kib), 2),
                cell(cpu, 2),
            ]
        },
    );
    section.charts.push(chart("Resident memory a stream (less is better)", "KiB", &all, |round| round.resident_kib));
    let over_twin =
        base(&all, Peer::Desk, |round| round.resident_kib) / base(&all, Peer::Twin, |round| round.resident_kib);
    section.limit("memory a stream over the twin's", over_twin, 1.5);
    vec![section]
}

/// Enough to take up what is left over; both crowds must stay below the limit of open files.
const fn first_crowd(streams: usize) -> usize {
    streams / 4
}

/// `settling` is for what a server does after the fact.
fn round(server: &Server, streams: usize, settling: Duration, watch: Duration) -> Result<Round, Failure> {
    let group = MemoryGroup::around(server.pid());
    let group_kib = || group.as_ref().and_then(MemoryGroup::kib).unwrap_or(f64::NAN);
    let gather = |count| -> Result<_, Failure> {
        let mut poll = Poll::new()?;
        let audience = Audience::gather(server, 1, count, &mut poll)?;
        sleep(settling);
        Ok((audience, poll, machine::resident_kib(server.pid())?, group_kib()))
    };
    let (one, _one_poll, alone, _) = gather(1)?;
    let (first, _first_poll, before, before_group) = gather(first_crowd(streams))?;
    let (mut second, mut poll, after, after_group) = gather(streams)?;
    let cpu = watch_idle(server, &mut second, &mut poll, watch)?;
    drop((first, second));
    sleep(settling);
    let left = machine::resident_kib(server.pid())?;
    drop(one);
    let (count, all) = (streams as f64, (first_crowd(streams) + streams) as f64);
    Ok(Round {
        resident_kib: (after - before) / count,
        group_kib: (after_group - before_group) / count,
        left_kib: (left - alone) / all,
        cpu_us: us(cpu) / all / watch.as_secs_f64(),
    })
}

/// Reads keep-alives, and answers them where the protocol wants it.
fn watch_idle(server: &Server, audience: &mut Audience, poll: &mut Poll, time: Duration) -> Result<Duration, Failure> {
    let cpu = Cpu::of(server.pid())?;
    let end = std::time::Instant::now() + time;
    while let Some(rest) = end.checked_duration_since(std::time::Instant::now()).filter(|rest| !rest.is_zero()) {
        poll.wait(rest)?;
        audience.read(poll, |_| false, |_| {})?;
    }
    cpu.used()
}
