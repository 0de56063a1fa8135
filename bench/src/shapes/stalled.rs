//! Some clients stop reading for a while: what the others feel, what each of them costs, and what it finds again.

use std::time::{Duration, Instant};

use crate::client::{Audience, Poll, Stream};
use crate::figures::{Wrong, cell};
use crate::machine::{self, MemoryGroup};
use crate::peers::Peer;
use crate::run::{Load, Pace, run};
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{base, fill, in_turns};
use crate::{Failure, Plan};

const CHANGES_A_SECOND: u32 = 200;
/// One in twenty stops.
const ONE_IN: usize = 20;
const PATIENCE: Duration = Duration::from_secs(20);
const HEADS: [&str; 8] = [
    "Server",
    "others' p99 before, ms",
    "meanwhile, ms",
    "ratio",
    "resident, KiB a stopped client",
    "with the kernel's part, KiB",
    "cut, of the stopped",
    "lost / twice",
];

#[derive(Debug)]
struct Round {
    before_ms: f64,
    meanwhile_ms: f64,
    resident_kib: f64,
    group_kib: f64,
    cut: f64,
    wrong: Wrong,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let subscribers = plan.either(100, 200);
    let stall = Duration::from_secs(plan.stall_seconds.unwrap_or(plan.either(1, 20)));
    let before = Duration::from_secs(plan.either(1, 3));
    let all = [Peer::Desk, Peer::Twin, Peer::Nchan, Peer::Node];
    let peers = &all[..plan.either(1, all.len())];
    let all = in_turns(plan, "stalled", peers, |server| round(server, subscribers, before, stall));
    let mut section = Section::new(
        "stalled",
        format!("{} of {subscribers} clients stop reading for {} s", subscribers / ONE_IN, stall.as_secs()),
        format!(
            "{CHANGES_A_SECOND} changes a second. Those who stop have a receive buffer of 4 KiB. Then they go on; who was cut \
             comes back with his last id. Events lost or doubled are those of everyone, the stopped included; a peer that \
             drops what a slow reader misses shows it here. Memory is what the server grew by, less what the changes \
             themselves took at the pace of the time before, over the stopped clients.",
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
                cell(turns.median(|round| round.resident_kib), 0),
                cell(turns.median(|round| round.group_kib), 0),
                cell(turns.median(|round| round.cut), 0),
                turns.wrong(|round| round.wrong),
            ]
        },
    );
    let ratio = base(&all, Peer::Desk, |round| round.meanwhile_ms) / base(&all, Peer::Desk, |round| round.before_ms);
    section.limit("the others' p99 while some have stopped over that before", ratio, 10.0);
    vec![section]
}

fn round(server: &mut Server, subscribers: usize, before: Duration, stall: Duration) -> Result<Round, Failure> {
    let server_pid = server.pid();
    let group = MemoryGroup::around(server_pid);
    let group_kib = || group.as_ref().and_then(MemoryGroup::kib).unwrap_or(f64::NAN);
    let mut poll = Poll::new()?;
    let mut audience = Audience::gather(server, 1, subscribers, &mut poll)?;
    let stopped: Vec<usize> = (0..subscribers).step_by(ONE_IN).collect();
    for listener in &stopped {
        audience.streams[*listener].narrow()?;
    }
    let pace = Pace::Every(Duration::from_secs(1) / CHANGES_A_SECOND);
    let load = |time| Load { topics: 1, pace, time, publishers: 4 };
    let memory = || Ok::<_, Failure>((machine::resident_kib(server_pid)?, group_kib()));
    let at_first = memory()?;
    let calm = run(server, &load(before), &mut audience, &mut poll, &[])?;

    let calm_after = memory()?;
    for listener in &stopped {
        audience.streams[*listener].stop(&poll)?;
    }
    let meanwhile = run(server, &load(stall), &mut audience, &mut poll, &stopped)?;
    let after = memory()?;
    let changes = meanwhile.events as f64 / calm.events as f64;
    let grown = |at_first: f64, calm: f64, after: f64| after - calm - (calm - at_first) * changes;

    let cut = go_on(server, &mut audience, &mut poll, &stopped, calm.events + meanwhile.events)?;
    let count = stopped.len() as f64;
    Ok(Round {
        before_ms: calm.each.ms(0.99),
        meanwhile_ms: meanwhile.each.ms(0.99),
        resident_kib: grown(at_first.0, calm_after.0, after.0) / count,
        group_kib: grown(at_first.1, calm_after.1, after.1) / count,
        cut: cut as f64,
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
