//! Publishes events to an audience at some pace, and hears when each has reached everyone.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::Failure;
use crate::client::{Audience, Poll, REQUESTERS, Requester};
use crate::figures::{Wrong, us};
use crate::histogram::Histogram;
use crate::machine::Cpu;
use crate::server::Server;

/// How long the last deliveries may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// When the next event is published.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// Open loop: a slow server does not slow the publishers.
    Every(Duration),
    /// So many are on their way to their last listener, always.
    OnTheirWay(usize),
}

#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub topics: usize,
    pub pace: Pace,
    pub time: Duration,
    /// Kept connections that publish in turn. Of many topics each keeps to one, so that its events keep their order;
    /// where the client numbers the events, the only topic does.
    pub publishers: usize,
}

/// What came of it. Times are measured from the sending of the publishing request: for Vacancy a change lies in between
/// that is on disk, with FULL sync, before anyone hears of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Until an event's last listener had it.
    pub to_last: Histogram,
    /// The same from the first sign of the event to anyone, a listener or the publisher: what delivering alone takes.
    pub first_to_last: Histogram,
    /// Until each listener had it.
    pub each: Histogram,
    /// Until the publishing request was answered.
    pub answered: Histogram,
    pub events: u64,
    pub deliveries: u64,
    pub bytes: u64,
    /// Until the last delivery of all.
    pub time: Duration,
    pub server_cpu: Duration,
    pub client_cpu: Duration,
    pub wrong: Wrong,
}

impl Outcome {
    pub fn cpu_us_a_delivery(&self) -> f64 {
        us(self.server_cpu) / self.deliveries as f64
    }

    pub fn bytes_a_delivery(&self) -> f64 {
        self.bytes as f64 / self.deliveries as f64
    }
}

/// Runs `load` on one topic that all follow.
pub fn run_one_topic(server: &mut Server, load: &Load, subscribers: usize) -> Result<Outcome, Failure> {
    let mut poll = Poll::new()?;
    let mut audience = Audience::gather(server, 1, subscribers, &mut poll)?;
    run(server, load, &mut audience, &mut poll, &[])
}

/// Runs `load` on an audience whose listeners are spread evenly over the topics. Those in `absent` are not waited for.
pub fn run(
    server: &mut Server,
    load: &Load,
    audience: &mut Audience,
    poll: &mut Poll,
    absent: &[usize],
) -> Result<Outcome, Failure> {
    let mut run = Run::new(server, load, audience, poll, absent)?;
    let (servers, clients) = (Cpu::of(server.pid())?, Cpu::of(std::process::id())?);
    run.began = Instant::now();
    loop {
        let now = Instant::now();
        if run.is_due(now)? {
            run.publish(server, now)?;
            continue;
        }
        if run.is_over(now) {
            break;
        }
        poll.wait(run.until_next(now)?)?;
        let now = Instant::now();
        run.hear_publishers(poll, now)?;
        run.hear_listeners(audience, poll, now)?;
    }
    (run.outcome.server_cpu, run.outcome.client_cpu) = (servers.used()?, clients.used()?);
    run.finish(audience)
}

/// An event on its way.
#[derive(Clone, Copy, Debug)]
struct Published {
    sent: Instant,
    /// When anyone first heard of it, by the publisher's answer or by the event.
    first_heard: Option<Instant>,
    missing: usize,
}

struct Run<'a> {
    load: &'a Load,
    began: Instant,
    publishers: Vec<Requester>,
    /// The events of each publisher whose requests have no answer yet.
    unanswered: Vec<VecDeque<usize>>,
    answered: usize,
    published: Vec<Published>,
    of_topic: Vec<Vec<usize>>,
    complete: usize,
    /// How many listeners an event has.
    each: usize,
    is_absent: Vec<bool>,
    /// What each listener had before, in events and all in bytes.
    before: Vec<u64>,
    bytes_before: u64,
    draw: u64,
    outcome: Outcome,
}

impl<'a> Run<'a> {
    fn new(
        server: &Server,
        load: &'a Load,
        audience: &Audience,
        poll: &Poll,
        absent: &[usize],
    ) -> Result<Self, Failure> {
        let connect = |at| Requester::connect(server.addr, poll, REQUESTERS + at);
        Ok(Self {
            load,
            began: Instant::now(),
            publishers: (0..load.publishers).map(connect).collect::<Result<_, _>>()?,
            unanswered: vec![VecDeque::with_capacity(1024); load.publishers],
            answered: 0,
            published: Vec::with_capacity(100_000),
            of_topic: vec![Vec::with_capacity(100_000 / load.topics); load.topics],
            complete: 0,
            each: (audience.streams.len() - absent.len()) / load.topics,
            is_absent: (0..audience.streams.len()).map(|listener| absent.contains(&listener)).collect(),
            before: audience.followers.iter().map(|follower| follower.arrived).collect(),
            bytes_before: audience.bytes(),
            draw: 0,
            outcome: Outcome::default(),
        })
    }

    fn is_open(&self, now: Instant) -> bool {
        now < self.began + self.load.time
    }

    fn is_due(&self, now: Instant) -> Result<bool, Failure> {
        Ok(self.is_open(now)
            && match self.load.pace {
                Pace::Every(gap) => now >= self.began + gap * u32::try_from(self.published.len())?,
                Pace::OnTheirWay(most) => self.published.len() - self.complete < most,
            })
    }

    fn until_next(&self, now: Instant) -> Result<Duration, Failure> {
        let next = match self.load.pace {
            Pace::Every(gap) if self.is_open(now) => {
                (self.began + gap * u32::try_from(self.published.len())?).min(self.began + self.load.time)
            }
            _ => now + Duration::from_millis(20),
        };
        Ok(next.saturating_duration_since(now))
    }

    fn is_over(&self, now: Instant) -> bool {
        let is_done = self.complete == self.published.len() && self.answered == self.published.len();
        !self.is_open(now) && (is_done || now > self.began + self.load.time + PATIENCE)
    }

    fn publish(&mut self, server: &mut Server, now: Instant) -> Result<(), Failure> {
        // Knuth's generator: the same topics in each run.
        self.draw = self.draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let topic = usize::try_from(self.draw >> 33)? % self.load.topics;
        let keeps_to_one = self.load.topics > 1 || !server.numbers_events();
        let turn = if keeps_to_one { topic } else { self.published.len() };
        let by = turn % self.load.publishers;
        self.publishers[by].send(&server.publish(topic))?;
        self.unanswered[by].push_back(self.published.len());
        self.of_topic[topic].push(self.published.len());
        self.published.push(Published { sent: now, first_heard: None, missing: self.each });
        Ok(())
    }

    fn hear_publishers(&mut self, poll: &mut Poll, now: Instant) -> Result<(), Failure> {
        for at in 0..poll.ready.len() {
            let Some(by) = poll.ready[at].checked_sub(REQUESTERS) else { continue };
            let (unanswered, published) = (&mut self.unanswered[by], &mut self.published);
            let mut refused = None;
            self.publishers[by].read(poll, |status, body| {
                self.answered += 1;
                if let Some(event) = unanswered.pop_front() {
                    let event = &mut published[event];
                    event.first_heard.get_or_insert(now);
                    self.outcome.answered.record(now - event.sent);
                }
                if status >= 300 {
                    refused = Some(format!("{status} {}", String::from_utf8_lossy(body)));
                }
            })?;
            if let Some(answer) = refused {
                return Err(format!("a publishing request was answered {answer}").into());
            }
        }
        Ok(())
    }

    fn hear_listeners(&mut self, audience: &mut Audience, poll: &mut Poll, now: Instant) -> Result<(), Failure> {
        let is_absent = &self.is_absent;
        audience.read(
            poll,
            |listener| is_absent[listener],
            |arrival| {
                if is_absent[arrival.listener] {
                    return;
                }
                for place in arrival.new {
                    let place = usize::try_from(place - 1 - self.before[arrival.listener]).ok();
                    let Some(event) = place.and_then(|place| self.of_topic[arrival.topic].get(place)) else { continue };
                    let event = &mut self.published[*event];
                    event.missing -= 1;
                    let first_heard = *event.first_heard.get_or_insert(now);
                    self.outcome.deliveries += 1;
                    self.outcome.each.record(now - event.sent);
                    if event.missing == 0 {
                        self.complete += 1;
                        self.outcome.to_last.record(now - event.sent);
                        self.outcome.first_to_last.record(now - first_heard);
                        self.outcome.time = now - self.began;
                    }
                }
            },
        )
    }

    fn finish(mut self, audience: &mut Audience) -> Result<Outcome, Failure> {
        if self.answered < self.published.len() {
            return Err(
                format!("{} of {} publishing requests were answered", self.answered, self.published.len()).into()
            );
        }
        for listener in (0..self.is_absent.len()).filter(|listener| !self.is_absent[*listener]) {
            let published = self.of_topic[audience.topic_of(listener)].len() as u64;
            let follower = &mut audience.followers[listener];
            follower.end(self.before[listener] + published);
            self.outcome.wrong.lost += std::mem::take(&mut follower.lost);
            self.outcome.wrong.twice += std::mem::take(&mut follower.twice);
        }
        self.outcome.events = self.published.len() as u64;
        self.outcome.bytes = audience.bytes() - self.bytes_before;
        Ok(self.outcome)
    }
}
