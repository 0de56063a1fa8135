//! Everyone comes back at once with a resume id and 100 missed events. Nothing may be lost, nothing may come twice.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::client::{Poll, Stream};
use crate::figures::{cell, ms};
use crate::floor::REPLAYED;
use crate::http::exchange;
use crate::peers::{Peer, Server};
use crate::shapes::{failures, floor_of, in_turns};
use crate::sse::Follower;
use crate::{Failure, Plan, machine};

const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug)]
struct Round {
    caught_up_ms: f64,
    cpu_us: f64,
    lost: u64,
    twice: u64,
}

pub fn measure(plan: &Plan) -> Result<String, Failure> {
    let all = in_turns(plan, "storm", &[Peer::Floor, Peer::Desk], |server| round(plan, server));
    let mut text = format!(
        "## {} clients reconnect at once, {REPLAYED} missed events each\n\nFrom the first connect until the last client \
         has every missed event; then one more event, which each must get. Events lost, and events that came twice, are \
         those of all rounds and must be 0. The floor writes one prebuilt replay; the twin cannot resume.\n\n| Server | all \
         caught up, ms | x floor | CPU a client, µs | lost | twice |\n| --- | --: | --: | --: | --: | --: |\n",
        plan.storm_clients
    );
    let floor = floor_of(&all).map_or(f64::NAN, |floor| floor.median(|round| round.caught_up_ms));
    for turns in &all {
        let (time, cpu) = (turns.median(|round| round.caught_up_ms), turns.median(|round| round.cpu_us));
        let sum = |of: fn(&Round) -> u64| match turns.rounds.len() {
            0 => "–".to_owned(),
            _ => turns.rounds.iter().map(of).sum::<u64>().to_string(),
        };
        let (lost, twice) = (sum(|round| round.lost), sum(|round| round.twice));
        let (peer, ratio) = (turns.peer, cell(time / floor, 2));
        writeln!(text, "| {peer} | {} | {ratio} | {} | {lost} | {twice} |", cell(time, 0), cell(cpu, 0))?;
    }
    writeln!(text, "\n{}", failures(&all))?;
    Ok(text)
}

fn round(plan: &Plan, server: &Server) -> Result<Round, Failure> {
    let resume = if server.peer == Peer::Floor { "floor-0".to_owned() } else { server.position()? };
    let base = resume.rsplit('-').next().ok_or("no place to resume from")?.parse()?;
    if server.peer != Peer::Floor {
        for count in 0..usize::try_from(REPLAYED)? {
            expect(server, count)?;
        }
    }
    let request = server.subscribe(Some(&resume));
    let mut poll = Poll::new()?;
    let mut streams = Vec::with_capacity(plan.storm_clients);
    let mut followers = vec![Follower { base, step: server.step(), ..Follower::default() }; plan.storm_clients];
    let (mut buffer, mut ready) = (vec![0; 64 * 1024], Vec::with_capacity(1024));

    let used = machine::cpu_time(server.pid())?;
    let began = Instant::now();
    let mut caught_up = 0;
    while caught_up < plan.storm_clients {
        for _ in 0..64.min(plan.storm_clients - streams.len()) {
            streams.push(Stream::open(server.addr, &request, &poll, streams.len())?);
        }
        // While there are more to connect, only a look.
        let patience = if streams.len() < plan.storm_clients { Duration::ZERO } else { Duration::from_millis(100) };
        caught_up += advance(&mut poll, patience, &mut ready, &mut buffer, &mut streams, &mut followers, REPLAYED)?;
        if began.elapsed() > PATIENCE {
            return Err(format!("{caught_up} of {} caught up within a minute", plan.storm_clients).into());
        }
    }
    let (time, cpu) = (began.elapsed(), machine::cpu_time(server.pid())?.saturating_sub(used));

    expect(server, usize::try_from(REPLAYED)?)?;
    let published = Instant::now();
    let mut reached = 0;
    while reached < plan.storm_clients {
        let patience = Duration::from_millis(100);
        reached += advance(&mut poll, patience, &mut ready, &mut buffer, &mut streams, &mut followers, REPLAYED + 1)?;
        if published.elapsed() > PATIENCE {
            return Err(format!("the next event reached {reached} of {}", plan.storm_clients).into());
        }
    }
    let lost = followers.iter().map(|follower| follower.lost).sum();
    let twice = followers.iter().map(|follower| follower.duplicated).sum();
    Ok(Round { caught_up_ms: ms(time), cpu_us: ms(cpu) * 1e3 / plan.storm_clients as f64, lost, twice })
}

/// Reads what has come; gives how many reached `goal` by it.
fn advance(
    poll: &mut Poll,
    patience: Duration,
    ready: &mut Vec<usize>,
    buffer: &mut [u8],
    streams: &mut [Stream],
    followers: &mut [Follower],
    goal: u64,
) -> Result<usize, Failure> {
    poll.wait(patience, ready)?;
    let mut reached = 0;
    for key in ready {
        let (stream, follower) = (&mut streams[*key], &mut followers[*key]);
        let before = follower.arrived;
        stream.read(buffer, |number| {
            follower.take_in(number, false);
        });
        if stream.failed() {
            return Err("a stream was refused or cut".into());
        }
        reached += usize::from(before < goal && follower.arrived >= goal);
    }
    Ok(reached)
}

fn expect(server: &Server, count: usize) -> Result<(), Failure> {
    let answer = exchange(server.addr, &server.publish(count))?;
    if answer.status < 300 { Ok(()) } else { Err(format!("{}: {}", answer.status, answer.body).into()) }
}
