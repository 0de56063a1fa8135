//! Streams on which nothing happens: what each keeps in the server's memory, and what is kept when all have left.

use std::fmt::Write as _;
use std::thread::sleep;
use std::time::Duration;

use crate::client::{Poll, open_streams};
use crate::figures::cell;
use crate::peers::{Peer, Server};
use crate::shapes::{failures, in_turns};
use crate::{Failure, Plan, machine};

/// For what a server does after the fact.
const SETTLING: Duration = Duration::from_secs(2);

#[derive(Debug)]
struct Round {
    connected_kib: f64,
    left_kib: f64,
}

pub fn measure(plan: &Plan) -> Result<String, Failure> {
    let peers = [Peer::Floor, Peer::Twin, Peer::Desk, Peer::Availability];
    let all = in_turns(plan, "idle", &peers, |server| round(plan, server));
    let mut text = format!(
        "## {} idle streams\n\nResident memory of the server above what it had with one stream, over the streams; the \
         kernel's sockets are not in it.\n\n| Server | connected, KiB a stream | {} s after all left, KiB a stream \
         |\n| --- | --: | --: |\n",
        plan.idle_streams,
        SETTLING.as_secs()
    );
    for turns in &all {
        let (connected, left) = (turns.median(|round| round.connected_kib), turns.median(|round| round.left_kib));
        writeln!(text, "| {} | {} | {} |", turns.peer, cell(connected, 2), cell(left, 2))?;
    }
    writeln!(text, "\n{}", failures(&all))?;
    Ok(text)
}

fn round(plan: &Plan, server: &Server) -> Result<Round, Failure> {
    let request = server.subscribe(None);
    let mut first_poll = Poll::new()?;
    let first = open_streams(server.addr, &request, 1, &mut first_poll)?;
    sleep(SETTLING);
    let before = machine::resident_kib(server.pid())?;
    let mut poll = Poll::new()?;
    let streams = open_streams(server.addr, &request, plan.idle_streams, &mut poll)?;
    sleep(SETTLING);
    let connected = machine::resident_kib(server.pid())?;
    drop(streams);
    sleep(SETTLING);
    let left = machine::resident_kib(server.pid())?;
    drop(first);
    let count = plan.idle_streams as f64;
    Ok(Round { connected_kib: (connected - before) / count, left_kib: (left - before) / count })
}
