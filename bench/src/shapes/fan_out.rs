//! One topic, many subscribers, 20 events a second: how long until the last one has it, and what each delivery costs.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::client::{PUBLISHER, Poll, Requester, Stream, open_streams};
use crate::figures::{cell, halfway_and_worst, ms};
use crate::peers::{Peer, Server};
use crate::shapes::{failures, floor_of, in_turns};
use crate::sse::Follower;
use crate::{Failure, Plan, machine};

const EVERY: Duration = Duration::from_millis(50);
/// How long the last deliveries may take.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug)]
struct Round {
    to_last_ms: (f64, f64),
    answered_ms: f64,
    cpu_us: f64,
    bytes: f64,
}

/// An event on its way.
#[derive(Clone, Copy, Debug)]
struct Published {
    sent: Instant,
    answered: Option<Instant>,
    arrived: usize,
    last: Instant,
}

pub fn measure(plan: &Plan) -> Result<String, Failure> {
    let peers = [Peer::Floor, Peer::Twin, Peer::Desk, Peer::Availability];
    let all = in_turns(plan, "fan-out", &peers, |server| round(plan, server));
    let mut text = format!(
        "## One topic, {} subscribers, 20 events a second\n\n{} s a round. From sending the publishing request (for \
         Vacancy a booking, committed with FULL sync in between) until the last subscriber has read the event; p50 \
         and p99 over a round's events. CPU is all of the server's time in the round, the bookings' own included, over \
         the deliveries.\n\n| Server | to last p50, ms | x floor | to last p99, ms | request answered p50, ms | CPU a \
         delivery, µs | x floor | bytes a delivery |\n| --- | --: | --: | --: | --: | --: | --: | --: |\n",
        plan.subscribers, plan.fan_out_seconds
    );
    let floor =
        floor_of(&all).map(|floor| (floor.median(|round| round.to_last_ms.0), floor.median(|round| round.cpu_us)));
    let (floor_ms, floor_cpu) = floor.unwrap_or((f64::NAN, f64::NAN));
    for turns in &all {
        let (half, worst) = (turns.median(|round| round.to_last_ms.0), turns.median(|round| round.to_last_ms.1));
        let (answered, cpu) = (turns.median(|round| round.answered_ms), turns.median(|round| round.cpu_us));
        let bytes = turns.median(|round| round.bytes);
        let (to_half, of_cpu) = (cell(half / floor_ms, 2), cell(cpu / floor_cpu, 2));
        let [half, worst, answered, cpu] = [half, worst, answered, cpu].map(|figure| cell(figure, 2));
        let (peer, bytes) = (turns.peer, cell(bytes, 0));
        writeln!(text, "| {peer} | {half} | {to_half} | {worst} | {answered} | {cpu} | {of_cpu} | {bytes} |")?;
    }
    writeln!(text, "\n{}", failures(&all))?;
    Ok(text)
}

fn round(plan: &Plan, server: &Server) -> Result<Round, Failure> {
    let mut poll = Poll::new()?;
    let mut streams = open_streams(server.addr, &server.subscribe(None), plan.subscribers, &mut poll)?;
    let base = streams.first().and_then(|stream| stream.reader.position).ok_or("no stream")?;
    let mut followers = vec![Follower { base, step: server.step(), ..Follower::default() }; streams.len()];
    let mut publisher = Requester::connect(server.addr, &poll, PUBLISHER)?;
    let planned = plan.fan_out_seconds as usize * 20;
    let requests: Vec<Vec<u8>> = (0..planned).map(|count| server.publish(count)).collect();
    let mut sent_out: Vec<Published> = Vec::with_capacity(planned);
    let (mut buffer, mut ready) = (vec![0; 64 * 1024], Vec::with_capacity(1024));
    let (mut complete, mut answered, mut refused) = (0, 0, None);

    let opened_bytes: u64 = streams.iter().map(|stream| stream.bytes).sum();
    let used = machine::cpu_time(server.pid())?;
    let began = Instant::now();
    let end = began + EVERY * u32::try_from(planned)? + PATIENCE;
    while complete < planned || answered < planned {
        let now = Instant::now();
        if now > end {
            return Err(format!("{complete} of {planned} events reached everyone").into());
        }
        // Open loop: a slow server does not slow the publisher.
        let due = began + EVERY * u32::try_from(sent_out.len())?;
        if sent_out.len() < planned && now >= due {
            publisher.send(&requests[sent_out.len()])?;
            sent_out.push(Published { sent: now, answered: None, arrived: 0, last: now });
        }
        let next = if sent_out.len() < planned { due } else { end };
        poll.wait(next.saturating_duration_since(now), &mut ready)?;
        for key in &ready {
            if *key == PUBLISHER {
                publisher.read(&mut buffer, |status| {
                    if status >= 300 {
                        refused = Some(status);
                    }
                    if let Some(event) = sent_out.get_mut(answered) {
                        event.answered = Some(Instant::now());
                    }
                    answered += 1;
                })?;
            } else if let Some(stream) = streams.get_mut(*key) {
                let follower = &mut followers[*key];
                stream.read(&mut buffer, |number| {
                    for place in follower.take_in(number, server.merges()) {
                        let Some(event) = usize::try_from(place - 1).ok().and_then(|at| sent_out.get_mut(at)) else {
                            continue;
                        };
                        event.arrived += 1;
                        if event.arrived == plan.subscribers {
                            event.last = Instant::now();
                            complete += 1;
                        }
                    }
                });
                if stream.failed() {
                    return Err("a stream was cut".into());
                }
            }
        }
        if let Some(status) = refused {
            return Err(format!("a publishing request was answered {status}").into());
        }
    }
    let cpu = machine::cpu_time(server.pid())?.saturating_sub(used);
    let wrong: u64 = followers.iter().map(|follower| follower.lost + follower.duplicated).sum();
    if wrong > 0 {
        return Err(format!("{wrong} events lost or sent twice").into());
    }
    let deliveries = (planned * plan.subscribers) as f64;
    let to_last = sent_out.iter().map(|event| event.last - event.sent).collect();
    let answers = sent_out.iter().filter_map(|event| Some(event.answered? - event.sent)).collect();
    let bytes = streams.iter().map(|stream: &Stream| stream.bytes).sum::<u64>() - opened_bytes;
    Ok(Round {
        to_last_ms: halfway_and_worst(to_last),
        answered_ms: halfway_and_worst(answers).0,
        cpu_us: ms(cpu) * 1e3 / deliveries,
        bytes: bytes as f64 / deliveries,
    })
}
