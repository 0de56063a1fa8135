//! Clients that ask and wait for answers over kept connections: bookings, pages, reads.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::client::{Audience, Poll, REQUESTERS, Requester};
use crate::figures::us;
use crate::histogram::Histogram;
use crate::machine::Cpu;
use crate::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);

/// What a client asks next.
#[derive(Debug)]
pub enum Next {
    /// A request, and a number to know its answer by.
    Ask(usize, Vec<u8>),
    /// Something else must be answered first.
    Wait,
    Nothing,
}

pub trait Visitors {
    fn next(&mut self, server: &mut Server, elapsed: Duration) -> Result<Next, Failure>;
    fn answered(&mut self, server: &mut Server, ticket: usize, status: u16, body: &[u8]) -> Result<(), Failure>;
}

#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub answers: u64,
    pub latency: Histogram,
    pub time: Duration,
    pub cpu: Duration,
}

impl Visit {
    pub fn a_second(&self) -> f64 {
        self.answers as f64 / self.time.as_secs_f64()
    }

    pub fn cpu_us(&self) -> f64 {
        us(self.cpu) / self.answers as f64
    }
}

/// Lets `clients` ask as fast as they are answered; with a `gap`, one asks each time that has passed, and what waits for
/// a free connection has its waiting counted. Whoever listens meanwhile is read.
pub fn visit(
    server: &mut Server,
    clients: usize,
    gap: Option<Duration>,
    visitors: &mut dyn Visitors,
    listening: Option<(&mut Audience, &mut Poll)>,
) -> Result<Visit, Failure> {
    let mut own = Poll::new()?;
    let (mut audience, poll) = match listening {
        Some((audience, poll)) => (Some(audience), poll),
        None => (None, &mut own),
    };
    let connect = |at| Requester::connect(server.addr, poll, REQUESTERS + at);
    let mut requesters = (0..clients).map(connect).collect::<Result<Vec<_>, _>>()?;
    let mut free: VecDeque<usize> = (0..clients).collect();
    let mut asked: Vec<Option<(usize, Instant)>> = vec![None; clients];
    let mut visit = Visit::default();
    let cpu = Cpu::of(server.pid())?;
    let began = Instant::now();
    let (mut count, mut last) = (0, began);
    loop {
        let mut is_over = false;
        while let Some(client) = free.front().copied() {
            let now = Instant::now();
            let due = gap.map_or(now, |gap| began + gap * count);
            if due > now {
                break;
            }
            match visitors.next(server, now - began)? {
                Next::Ask(ticket, request) => {
                    free.pop_front();
                    count += 1;
                    asked[client] = Some((ticket, due));
                    requesters[client].send(&request)?;
                }
                Next::Wait => break,
                Next::Nothing => {
                    is_over = true;
                    break;
                }
            }
        }
        if is_over && free.len() == clients {
            break;
        }
        let now = Instant::now();
        if now > last + PATIENCE {
            return Err("nothing was answered for twenty seconds".into());
        }
        let next = gap.map_or(now + PATIENCE, |gap| if free.is_empty() { now + PATIENCE } else { began + gap * count });
        poll.wait(next.saturating_duration_since(now).min(Duration::from_millis(100)))?;
        for at in 0..poll.ready.len() {
            let Some(client) = poll.ready[at].checked_sub(REQUESTERS) else { continue };
            let mut done = Ok(());
            let (asked, visit, free) = (&mut asked[client], &mut visit, &mut free);
            requesters[client].read(poll, |status, body| {
                let Some((ticket, sent)) = asked.take() else { return };
                last = Instant::now();
                visit.answers += 1;
                visit.latency.record(last - sent);
                free.push_back(client);
                done = visitors.answered(server, ticket, status, body);
            })?;
            done?;
        }
        if let Some(audience) = &mut audience {
            audience.read(poll, |_| false, |_| {})?;
        }
    }
    visit.time = last - began;
    visit.cpu = cpu.used()?;
    Ok(visit)
}
