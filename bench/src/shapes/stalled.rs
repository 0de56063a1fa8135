//! Some clients stop reading for a while: what the others feel, what each of them costs, and what it finds again.

use std::time::{Duration, Instant};

use crate::client::{Audience, Poll, Stream};
use crate::figures::{Wrong, cell};
use crate::peers::Peer;
use crate::run::{Load, Pace, run};
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{base, fill, in_turns};
use crate::{Failure, Plan, machine};

const CHANGES_A_SECOND: u32 = 200;
/// One in twenty stops.
const ONE_IN: usize = 20;
const PATIENCE: Duration = Duration::from_secs(20);
const HEADS: [&str; 8] = [
    "Server",
    "others' p99 before, ms",
    "meanwhile, ms",
    "ratio",
    "resident grew, MiB",
    "cut, of the stopped",
    "told to read anew",
    "lost / twice",
];

#[derive(Debug)]
struct Round {
    before_ms: f64,
    meanwhile_ms: f64,
    grown_mib: f64,
    cut: f64,
    resets: f64,
    wrong: Wrong,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let subscribers = plan.either(100, 200);
    let stall = Duration::from_secs(plan.stall_seconds.unwrap_or(plan.either(1, 8)));
    let before = Duration::from_secs(plan.either(1, 2));
    let all = [Peer::Desk, Peer::Nchan, Peer::Node];
    let peers = &all[..plan.either(1, all.len())];
    let all = in_turns(plan, "stalled", peers, |server| round(server, subscribers, before, stall));
    let mut section = Section::new(
        format!("stalled-{}", stall.as_secs()),
        format!("{} of {subscribers} clients stop reading for {} s", subscribers / ONE_IN, stall.as_secs()),
        format!(
            "{CHANGES_A_SECOND} changes a second. Those who stop have a receive buffer of 4 KiB. Then they go on; who was cut \
             comes back with his last id, and gets what he missed, or where that is too much, word to read anew. What is \
             lost or comes twice is that of everyone, the stopped included. The memory that the server grew by meanwhile \
             holds what the changes themselves take.",
        ),
        &HEADS,
    );
    fill(
        &mut section,
        &all,
        |round| round.wrong,
        |turns| {
            let (before, meanwhile) = (turns.median(|round| round.before_ms), turns.median(|round| round.meanwhile_ms));
            vec![
                cell(before, 2),
                cell(meanwhile, 2),
                cell(meanwhile / before, 2),
                cell(turns.median(|round| round.grown_mib), 1),
                cell(turns.median(|round| round.cut), 0),
                cell(turns.median(|round| round.resets), 0),
                turns.wrong(|round| round.wrong),
            ]
        },
    );
    let ratio = base(&all, Peer::Desk, |round| round.meanwhile_ms) / base(&all, Peer::Desk, |round| round.before_ms);
    section.limit("the others' p99 while some have stopped over that before", ratio, 10.0);
    vec![section]
}

fn round(server: &mut Server, subscribers: usize, before: Duration, stall: Duration) -> Result<Round, Failure> {
    let mut poll = Poll::new()?;
    let mut audience = Audience::gather(server, 1, subscribers, &mut poll)?;
    let stopped: Vec<usize> = (0..subscribers).step_by(ONE_IN).collect();
    for listener in &stopped {
        audience.streams[*listener].narrow()?;
    }
    let pace = Pace::Every(Duration::from_secs(1) / CHANGES_A_SECOND);
    let load = |time| Load { topics: 1, pace, time, publishers: 4 };
    let calm = run(server, &load(before), &mut audience, &mut poll, &[])?;

    let memory = machine::resident_kib(server.pid())?;
    for listener in &stopped {
        audience.streams[*listener].stop(&poll)?;
    }
    let meanwhile = run(server, &load(stall), &mut audience, &mut poll, &stopped)?;
    let grown_mib = (machine::resident_kib(server.pid())? - memory) / 1024.0;

    let cut = go_on(server, &mut audience, &mut poll, &stopped, calm.events + meanwhile.events)?;
    let resets: u64 = audience.followers.iter().map(|follower| follower.resets).sum();
    Ok(Round {
        before_ms: calm.each.ms(0.99),
        meanwhile_ms: meanwhile.each.ms(0.99),
        grown_mib,
        cut: cut as f64,
        resets: resets as f64,
        wrong: [calm.wrong, meanwhile.wrong, audience.wrong()].into_iter().sum(),
    })
}

/// Lets those who stopped read again until they have all; gives how many had been cut.
fn go_on(
    server: &Server,
    audience: &mut Audience,
    poll: &mut Poll,
    stopped: &[usize],
    published: u64,
) -> Result<usize, Failure> {
    for listener in stopped {
        audience.streams[*listener].go_on(poll)?;
    }
    let (began, mut cut) = (Instant::now(), 0);
    while stopped.iter().any(|listener| audience.followers[*listener].arrived < published) && began.elapsed() < PATIENCE
    {
        poll.wait(Duration::from_millis(100))?;
        audience.read(poll, |listener| stopped.contains(&listener), |_| {})?;
        for listener in stopped {
            let stream = &mut audience.streams[*listener];
            if stream.closed {
                cut += 1;
                let request = server.subscribe(0, Some(&stream.reader.id()));
                *stream = Stream::open(server.addr, request, server.protocol(), poll, *listener)?;
            }
        }
    }
    for listener in stopped {
        audience.followers[*listener].end(published);
    }
    Ok(cut)
}
