//! Everyone comes back at once with a resume id and 100 missed events. Nothing may be lost, nothing may come twice.

use std::time::{Duration, Instant};

use crate::client::{Audience, Poll, Stream};
use crate::figures::{Wrong, cell, ms, us};
use crate::floor::REPLAYED;
use crate::follower::{Counting, Follower};
use crate::http::exchange;
use crate::machine::Cpu;
use crate::peers::Peer;
use crate::reader::Told;
use crate::section::Section;
use crate::server::Server;
use crate::shapes::{base, fill, in_turns};
use crate::{Failure, Plan};

const PATIENCE: Duration = Duration::from_mins(1);
const HEADS: [&str; 6] =
    ["Server", "all caught up, ms", "x floor", "next event to all, ms", "CPU a client, µs", "lost / twice"];

#[derive(Debug)]
struct Round {
    caught_up_ms: f64,
    next_ms: f64,
    cpu_us: f64,
    wrong: Wrong,
}

pub fn measure(plan: &Plan) -> Vec<Section> {
    let clients = plan.either(500, 10_000);
    let peers = [Peer::Floor, Peer::Nchan, Peer::Node, Peer::Desk];
    let all = in_turns(plan, "storm", &peers, |server| round(server, clients));
    let mut section = Section::new(
        "storm",
        format!("{clients} clients reconnect at once, {REPLAYED} missed events each"),
        "All connect without waiting for each other. From the first connect until the last client has every missed event; \
         then one more event, which each must get. The floor writes one prebuilt replay. The twin cannot resume; \
         better-sse and the Flask program leave it to whoever writes the page, and Socket.IO goes on only with the \
         session of each single client: none of them takes part.",
        &HEADS,
    );
    let floor = base(&all, Peer::Floor, |round| round.caught_up_ms);
    fill(
        &mut section,
        &all,
        |round| round.wrong,
        |turns| {
            let time = turns.median(|round| round.caught_up_ms);
            vec![
                cell(time, 0),
                cell(time / floor, 2),
                cell(turns.median(|round| round.next_ms), 1),
                cell(turns.median(|round| round.cpu_us), 0),
                turns.wrong(|round| round.wrong),
            ]
        },
    );
    section.limit(
        "CPU a client over the floor's",
        base(&all, Peer::Desk, |round| round.cpu_us) / base(&all, Peer::Floor, |round| round.cpu_us),
        40.0,
    );
    vec![section]
}

fn round(server: &mut Server, clients: usize) -> Result<Round, Failure> {
    let (resume, base) = missed(server)?;
    let counting = match server.counting(base) {
        Counting::Steps { step, .. } => Counting::Steps { base, step },
        other => other,
    };
    let mut poll = Poll::new()?;
    let mut audience = Audience::default();
    audience.followers = vec![Follower::new(counting); clients];

    let cpu = Cpu::of(server.pid())?;
    let began = Instant::now();
    let mut behind = clients;
    while behind > 0 {
        for _ in 0..64.min(clients - audience.streams.len()) {
            let request = server.subscribe(0, Some(&resume));
            let key = audience.streams.len();
            audience.streams.push(Stream::open(server.addr, request, server.protocol(), &poll, key)?);
        }
        // While there are more to connect, only a look.
        let patience = if audience.streams.len() < clients { Duration::ZERO } else { Duration::from_millis(100) };
        behind -= reached(&mut audience, &mut poll, patience, REPLAYED)?;
        if began.elapsed() > PATIENCE {
            return Err(format!("{behind} of {clients} have not caught up within a minute").into());
        }
    }
    let (time, cpu) = (began.elapsed(), cpu.used()?);

    let published = Instant::now();
    publish(server)?;
    let mut behind = clients;
    while behind > 0 && published.elapsed() < PATIENCE {
        behind -= reached(&mut audience, &mut poll, Duration::from_millis(100), REPLAYED + 1)?;
    }
    let next_ms = ms(published.elapsed());
    audience.followers.iter_mut().for_each(|follower| follower.end(REPLAYED + 1));
    let wrong = audience.wrong();
    Ok(Round { caught_up_ms: ms(time), next_ms, cpu_us: us(cpu) / clients as f64, wrong })
}

/// Publishes an event whose id is the place to resume from, and then what is missed.
fn missed(server: &mut Server) -> Result<(String, u64), Failure> {
    let mut poll = Poll::new()?;
    let mut scout = Audience::gather(server, 1, 1, &mut poll)?;
    publish(server)?;
    let (began, mut number) = (Instant::now(), None);
    while number.is_none() {
        poll.wait(Duration::from_millis(100))?;
        if began.elapsed() > PATIENCE {
            return Err("the event to resume from did not come".into());
        }
        if !poll.ready.is_empty() {
            scout.streams[0].read(&mut poll, |(Told::Event(told) | Told::Reset(told))| number = Some(told))?;
        }
    }
    for _ in 0..REPLAYED {
        publish(server)?;
    }
    Ok((scout.streams[0].reader.id(), number.unwrap_or(0)))
}

/// Reads what has come; gives how many reached `goal` by it.
fn reached(audience: &mut Audience, poll: &mut Poll, patience: Duration, goal: u64) -> Result<usize, Failure> {
    poll.wait(patience)?;
    let mut reached = 0;
    audience.read(
        poll,
        |_| false,
        |arrival| {
            reached += usize::from(*arrival.new.start() <= goal && *arrival.new.end() >= goal);
        },
    )?;
    Ok(reached)
}

fn publish(server: &mut Server) -> Result<(), Failure> {
    let request = server.publish(0);
    let answer = exchange(server.addr, &request)?;
    if answer.status < 300 { Ok(()) } else { Err(format!("{}: {}", answer.status, answer.body).into()) }
}
