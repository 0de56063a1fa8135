//! Bookings a second over kept HTTP/1.1 connections, each on disk (FULL sync) before its answer.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::client::{Poll, Requester};
use crate::figures::{cell, halfway_and_worst, median, ms};
use crate::peers::{Peer, Server, scratch};
use crate::shapes::{failures, in_turns};
use crate::{Failure, Plan, machine};

const CLIENTS: [usize; 3] = [1, 8, 64];

#[derive(Debug)]
struct Load {
    a_second: f64,
    latency_ms: (f64, f64),
    cpu_us: f64,
}

#[derive(Debug)]
struct Round {
    syncs_a_second: f64,
    loads: Vec<Load>,
}

pub fn measure(plan: &Plan) -> Result<String, Failure> {
    let all = in_turns(plan, "bookings", &[Peer::Availability], |server| round(plan, server));
    let Some(turns) = all.first() else { return Ok(String::new()) };
    let syncs = median(turns.rounds.iter().map(|round| round.syncs_a_second));
    let mut text = format!(
        "## Bookings a second\n\n{} s a load, one server process a round, each client waits for its answer before it asks \
         again. In the same rounds this disk made {} bare appends of 4 KiB with fdatasync a second.\n\n| Clients \
         | bookings a second | x bare fdatasync | p50, ms | p99, ms | server CPU a booking, µs |\n| --: | --: | --: | --: \
         | --: | --: |\n",
        plan.booking_seconds,
        cell(syncs, 0)
    );
    for (index, clients) in CLIENTS.iter().enumerate() {
        let figure = |of: fn(&Load) -> f64| turns.median(|round| of(&round.loads[index]));
        let rate = figure(|load| load.a_second);
        let ratio = cell(rate / syncs, 2);
        let (half, worst) = (figure(|load| load.latency_ms.0), figure(|load| load.latency_ms.1));
        let (rate, half, worst) = (cell(rate, 0), cell(half, 2), cell(worst, 2));
        let cpu = cell(figure(|load| load.cpu_us), 0);
        writeln!(text, "| {clients} | {rate} | {ratio} | {half} | {worst} | {cpu} |")?;
    }
    writeln!(text, "\n{}", failures(&all))?;
    Ok(text)
}

fn round(plan: &Plan, server: &Server) -> Result<Round, Failure> {
    let syncs_a_second = machine::syncs_a_second(&scratch()?)?;
    let mut count = 0;
    // The first bookings fill caches that a running house has full.
    load(server, 1, Duration::from_millis(300), &mut count)?;
    let time = Duration::from_secs(plan.booking_seconds.into());
    let loads = CLIENTS.iter().map(|clients| load(server, *clients, time, &mut count)).collect::<Result<_, _>>()?;
    Ok(Round { syncs_a_second, loads })
}

fn load(server: &Server, clients: usize, time: Duration, count: &mut usize) -> Result<Load, Failure> {
    let mut poll = Poll::new()?;
    let connect = |key| Requester::connect(server.addr, &poll, key);
    let mut requesters = (0..clients).map(connect).collect::<Result<Vec<_>, _>>()?;
    let mut latencies = Vec::with_capacity(100_000);
    let (mut buffer, mut ready) = (vec![0; 64 * 1024], Vec::with_capacity(1024));
    let mut next = || {
        *count += 1;
        server.publish(*count - 1)
    };

    let used = machine::cpu_time(server.pid())?;
    let began = Instant::now();
    let mut sent = vec![began; clients];
    for (requester, sent) in requesters.iter_mut().zip(&mut sent) {
        *sent = Instant::now();
        requester.send(&next())?;
    }
    let mut waiting = clients;
    let mut refused = None;
    while waiting > 0 {
        poll.wait(Duration::from_secs(10), &mut ready)?;
        if ready.is_empty() {
            return Err("no booking was answered for ten seconds".into());
        }
        for key in &ready {
            let mut answered = false;
            requesters[*key].read(&mut buffer, |status| {
                answered = true;
                if status != 201 {
                    refused = Some(status);
                }
            })?;
            if let Some(status) = refused {
                return Err(format!("a booking was answered {status}").into());
            }
            if !answered {
                continue;
            }
            latencies.push(sent[*key].elapsed());
            if began.elapsed() < time {
                sent[*key] = Instant::now();
                requesters[*key].send(&next())?;
            } else {
                waiting -= 1;
            }
        }
    }
    let (time, cpu) = (began.elapsed(), machine::cpu_time(server.pid())?.saturating_sub(used));
    let booked = latencies.len() as f64;
    Ok(Load {
        a_second: booked / time.as_secs_f64(),
        latency_ms: halfway_and_worst(latencies),
        cpu_us: ms(cpu) * 1e3 / booked,
    })
}
