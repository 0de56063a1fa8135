//! Where a stream stands in its hotel's order, what is sent next, and who writes it: the task of its connection, or the
//! shard while that task has nothing to write. One of them at a time, under the cursor's lock.

use std::time::Instant;

use bytes::{Bytes, BytesMut};

use super::frame;
use super::hotel::HotelHub;
use super::locks::read;
use super::ring::Missed;
use super::subscriber::{Followed, Subscriber};

/// How much replay goes into one chunk.
const CHUNK_BYTES: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct Cursor {
    /// Everything up to this number is sent, or does not concern this stream.
    seen: u64,
    /// The last position the client was given.
    told: u64,
    /// What opens the stream, until it is sent. Boxed, as the next: most of the time there is nothing.
    opening: Option<Box<BytesMut>>,
    /// What the shard took and the socket did not.
    unsent: Option<Box<Bytes>>,
    pen: Pen,
    ended: bool,
    opened_at: Instant,
    /// When the oldest change of what was handed out last was committed; measured when that is written.
    unmeasured: Option<Instant>,
}

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pen {
    /// The task, always.
    Task,
    /// The task, until it has nothing left.
    TaskForNow,
    Shard,
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Step {
    Send(Bytes),
    Wait,
    End,
}

/// What became of a shard's attempt to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// Everything is with the socket.
    All,
    /// The task must go on with it, or end it.
    WakeTask,
    /// The task is at it and looks again by itself.
    TaskWrites,
}

impl Cursor {
    pub(crate) fn new(seen: u64, told: u64, opening: BytesMut) -> Self {
        Self {
            seen,
            told,
            opening: Some(Box::new(opening)),
            unsent: None,
            pen: Pen::Task,
            ended: false,
            opened_at: Instant::now(),
            unmeasured: None,
        }
    }

    /// Stands before number `seq`: a client that is cut before what comes first is not told that it has it.
    pub(crate) fn open_before(&mut self, hotel: &HotelHub, seq: u64) {
        let mut opening = BytesMut::with_capacity(64);
        let before = seq.saturating_sub(1);
        frame::opening_block(&mut opening, hotel.epoch(), before, hotel.core.spread.retry_ms());
        self.opening = Some(Box::new(opening));
        self.told = before;
    }

    pub(crate) fn put_first(&mut self, hotel: &HotelHub, events: impl IntoIterator<Item = (u64, Bytes)>) {
        let opening = self.opening.get_or_insert_default();
        for (seq, block) in events {
            opening.extend_from_slice(&block);
            self.told = seq;
            self.seen = self.seen.max(seq);
            hotel.core.metrics.delivered.add(1);
        }
        if self.told != self.seen {
            frame::position_block(opening, hotel.epoch(), self.seen);
            self.told = self.seen;
        }
    }

    pub(crate) fn lend_when_idle(&mut self) {
        self.pen = Pen::TaskForNow;
    }

    /// The task has nothing to write.
    pub(crate) fn lend(&mut self) {
        if self.pen == Pen::TaskForNow {
            self.pen = Pen::Shard;
        }
    }

    pub(crate) fn take_back(&mut self) {
        if self.pen == Pen::Shard {
            self.pen = Pen::TaskForNow;
        }
    }

    /// Nothing more is sent.
    pub(crate) fn end(&mut self) {
        self.ended = true;
        self.unsent = None;
    }

    /// What was handed out last is written.
    pub(crate) fn written(&mut self, of: &Subscriber, now: Instant) {
        if let Some(committed_at) = self.unmeasured.take() {
            of.hotel.core.metrics.lag.observe_time(now.saturating_duration_since(committed_at));
        }
    }

    /// Writes what is due with `send`, if the pen is the shard's. One write, unless more comes meanwhile.
    pub(crate) fn push(
        &mut self,
        of: &Subscriber,
        now: Instant,
        mut send: impl FnMut(&[u8]) -> std::io::Result<usize>,
    ) -> Pushed {
        match self.pen {
            Pen::Shard => {}
            Pen::Task => return Pushed::WakeTask,
            Pen::TaskForNow => return Pushed::TaskWrites,
        }
        loop {
            let mut chunk = match self.step(of) {
                Step::Send(chunk) => chunk,
                Step::Wait => return Pushed::All,
                Step::End => break,
            };
            match send(&chunk) {
                Ok(count) if count == chunk.len() => {
                    self.written(of, now);
                    if of.is_at_rest() {
                        return Pushed::All;
                    }
                }
                Ok(count) => {
                    self.unsent = Some(Box::new(chunk.split_off(count)));
                    break;
                }
                // A client that went away is the task's to notice: it meets the same error.
                Err(_) => {
                    self.unsent = Some(Box::new(chunk));
                    break;
                }
            }
        }
        self.pen = Pen::TaskForNow;
        Pushed::WakeTask
    }

    /// What is sent next. Taken: it is not given again.
    pub(crate) fn step(&mut self, of: &Subscriber) -> Step {
        let step = self.look(of);
        match step {
            Step::Send(_) => of.wrote(),
            Step::Wait => {}
            Step::End => self.ended = true,
        }
        step
    }

    fn look(&mut self, of: &Subscriber) -> Step {
        if self.ended && self.unsent.is_none() || of.is_evicted() {
            return Step::End;
        }
        if let Some(unsent) = self.unsent.take() {
            return Step::Send(*unsent);
        }
        if let Some(opening) = self.opening.take() {
            return Step::Send(opening.freeze());
        }
        if of.is_closing() {
            self.ended = true;
            return Step::Send(frame::closing_block(of.hotel.core.spread.drain_retry_ms()));
        }
        if let Some(due) = of.take_due() {
            let step = match &of.followed {
                Followed::Facts(_) => self.take_facts(of, due),
                Followed::Availability => self.take_availability(of),
            };
            if !matches!(step, Step::Wait) {
                return step;
            }
        }
        if of.take_keep_alive() {
            of.hotel.core.metrics.keep_alives.add(1);
            return Step::Send(self.keep_alive(of));
        }
        Step::Wait
    }

    fn take_facts(&mut self, of: &Subscriber, due: u64) -> Step {
        let Followed::Facts(audience) = &of.followed else { return Step::Wait };
        let from = due.max(self.seen + 1);
        let (missed, head) = {
            let ring = read(&of.hotel.ring);
            (ring.missed(audience, from, CHUNK_BYTES), ring.head())
        };
        match missed {
            Missed::Gap => {
                // The client comes back with its last id and is served from the log: never a silent gap.
                of.hotel.core.metrics.lagged.add(1);
                Step::End
            }
            Missed::Facts { chunk, count, last, next, since } => {
                self.seen = self.seen.max(next - 1);
                if count == 0 {
                    return Step::Wait;
                }
                self.told = last;
                if next <= head {
                    of.owe(next);
                }
                of.hotel.core.metrics.delivered.add(count);
                self.measure_from(since);
                Step::Send(chunk)
            }
        }
    }

    fn take_availability(&mut self, of: &Subscriber) -> Step {
        let metrics = &of.hotel.core.metrics;
        match of.hotel.watch.frame_after(self.seen, of.hotel.epoch(), metrics) {
            Ok(rendered) => {
                self.seen = rendered.seq;
                self.told = rendered.seq;
                metrics.delivered.add(1);
                self.measure_from(rendered.since);
                Step::Send(rendered.block)
            }
            Err(unchanged_upto) => {
                self.seen = unchanged_upto;
                Step::Wait
            }
        }
    }

    /// A replay of what was committed before this stream was there says nothing of how fast the server is.
    fn measure_from(&mut self, since: Option<Instant>) {
        self.unmeasured = since.filter(|since| *since >= self.opened_at);
    }

    fn keep_alive(&mut self, of: &Subscriber) -> Bytes {
        if matches!(of.followed, Followed::Facts(_)) {
            // Read before asking whether something is due: what was called up to here shows in `due`.
            let called_upto = of.hotel.tables[of.shard].called_upto();
            if !of.is_due() {
                self.seen = self.seen.max(called_upto);
            }
        }
        if self.seen > self.told {
            self.told = self.seen;
            return frame::keep_alive_block(Some((of.hotel.epoch(), self.seen)));
        }
        frame::keep_alive_block(None)
    }
}
