//! An open stream: a cursor in its hotel's order, and what to send next. Independent of HTTP; `body` and the direct
//! transport drive it.

use std::future::poll_fn;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use super::frame::{self, Audience};
use super::hotel::{HotelHub, LogRange};
use super::limits::StreamPermit;
use super::locks::read;
use super::position::{Resume, Start};
use super::ring::Missed;
use super::subscriber::{Followed, Subscriber, Transport};
use super::table::Seat;

/// How much replay goes into one chunk.
const CHUNK_BYTES: usize = 16 * 1024;

/// A stream that is entered at the hub; leaves it when dropped.
#[derive(Debug)]
pub struct Subscription {
    hotel: Arc<HotelHub>,
    subscriber: Arc<Subscriber>,
    shard: usize,
    shard_place: usize,
    seat: Seat,
    start: Start,
    /// Everything up to this number is sent, or does not concern this stream.
    seen: u64,
    /// The last position the client was given.
    told: u64,
    /// What opens the stream, until it is sent.
    opening: BytesMut,
    ended: bool,
    permit: Option<StreamPermit>,
    opened_at: Instant,
    /// When the oldest change of what was handed out last was committed; measured when that is written.
    unmeasured: Option<Instant>,
}

/// Ends a stream from outside, such as at the end of a session.
#[derive(Clone, Debug)]
pub struct StreamEnd(Weak<Subscriber>);

impl StreamEnd {
    pub fn end(&self) {
        if let Some(subscriber) = self.0.upgrade()
            && let (_, Some(waker)) = subscriber.evict()
        {
            waker.wake();
        }
    }

    /// Whether the stream is gone already.
    pub fn is_over(&self) -> bool {
        self.0.strong_count() == 0
    }
}

enum Step {
    Send(Bytes),
    Wait,
    End,
}

impl Subscription {
    pub(crate) fn facts(hotel: &Arc<HotelHub>, audience: Audience, start: Start, seen: u64) -> Result<Self, LogRange> {
        let stream = Self::enter(hotel, Followed::Facts(audience), start, seen);
        // After entering: what is published from here on calls this stream.
        let (first, head) = {
            let ring = read(&hotel.ring);
            (ring.first(), ring.head())
        };
        if seen + 1 < first {
            return Err(LogRange { after: seen, upto: head });
        }
        if seen < head {
            stream.subscriber.owe(seen + 1, stream.now());
        }
        Ok(stream)
    }

    pub(crate) fn reset(hotel: &Arc<HotelHub>, audience: Audience) -> Self {
        let head = read(&hotel.ring).head();
        let stream = Self::enter(hotel, Followed::Facts(audience), Start::Reset { head }, head);
        // Should the ring already have moved past this point, the first look finds the gap.
        stream.subscriber.owe(head + 1, stream.now());
        stream
    }

    pub(crate) fn availability(hotel: &Arc<HotelHub>, resume: &Resume) -> Self {
        hotel.watch.enter();
        let start = resume.resolve(hotel.epoch(), hotel.watch.head());
        let stream = Self::enter(hotel, Followed::Availability, start, start.seq());
        if hotel.watch.is_behind(stream.seen) {
            stream.subscriber.owe(1, stream.now());
        }
        stream
    }

    fn enter(hotel: &Arc<HotelHub>, followed: Followed, start: Start, seen: u64) -> Self {
        let core = &hotel.core;
        let shard = hotel.next_shard();
        let subscriber = Arc::new(Subscriber::new(followed, core.shards[shard].now()));
        let seat = hotel.tables[shard].enter(&subscriber, &hotel.ring);
        let shard_place = core.shards[shard].enter(&subscriber);
        if core.is_closing() {
            // The end has come, perhaps after the closing tasks have passed this place.
            drop(subscriber.close());
        }
        core.metrics.entered(&subscriber.followed);
        let mut opening = BytesMut::with_capacity(64);
        frame::opening_block(&mut opening, hotel.epoch(), start.seq(), core.spread.retry_ms());
        if let Start::Reset { head } = start {
            frame::reset_block(&mut opening, hotel.epoch(), head);
            core.metrics.resets.add(1);
        }
        let hotel = Arc::clone(hotel);
        let told = start.seq();
        Self {
            hotel,
            subscriber,
            shard,
            shard_place,
            seat,
            start,
            seen,
            told,
            opening,
            ended: false,
            permit: None,
            opened_at: Instant::now(),
            unmeasured: None,
        }
    }

    /// How the stream begins: tells the caller whether to put the present state first.
    pub fn start(&self) -> Start {
        self.start
    }

    /// Puts rendered events first, each with its number: the present state, read after subscribing, or a replay.
    /// What they cover is not sent again, and the client's position ends where the live part begins.
    #[must_use]
    pub fn with_initial(mut self, events: impl IntoIterator<Item = (u64, Bytes)>) -> Self {
        for (seq, block) in events {
            self.opening.extend_from_slice(&block);
            self.told = seq;
            self.seen = self.seen.max(seq);
            self.hotel.core.metrics.delivered.add(1);
        }
        if self.told != self.seen {
            frame::position_block(&mut self.opening, self.hotel.epoch(), self.seen);
            self.told = self.seen;
        }
        self
    }

    /// The connection to cut when the client stops reading, and the place among its address's streams.
    #[must_use]
    pub fn over(mut self, transport: Option<Arc<dyn Transport>>, permit: Option<StreamPermit>) -> Self {
        if let Some(transport) = transport {
            transport.bound_send_buffer();
            self.subscriber.attach(transport);
        }
        self.permit = permit;
        self
    }

    /// For whoever may have to end this stream.
    pub fn end_handle(&self) -> StreamEnd {
        StreamEnd(Arc::downgrade(&self.subscriber))
    }

    /// The next bytes to send; `None` at the end. Cancel-safe.
    pub async fn next_chunk(&mut self) -> Option<Bytes> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(committed_at) = self.unmeasured.take() {
            // Whoever asks for more has written what he was given.
            self.hotel.core.metrics.lag.observe_time(committed_at.elapsed());
        }
        let mut step = self.step();
        if matches!(step, Step::Wait) {
            self.subscriber.listen(cx.waker());
            // Between the look and the listening something may have come.
            step = self.step();
        }
        match step {
            Step::Send(chunk) => {
                self.subscriber.wrote(self.now());
                Poll::Ready(Some(chunk))
            }
            Step::Wait => Poll::Pending,
            Step::End => {
                self.ended = true;
                Poll::Ready(None)
            }
        }
    }

    fn step(&mut self) -> Step {
        if self.ended || self.subscriber.is_evicted() {
            return Step::End;
        }
        if !self.opening.is_empty() {
            return Step::Send(std::mem::take(&mut self.opening).freeze());
        }
        if self.subscriber.is_closing() {
            self.ended = true;
            return Step::Send(frame::closing_block(self.hotel.core.spread.drain_retry_ms()));
        }
        if let Some(due) = self.subscriber.take_due() {
            let step = match &self.subscriber.followed {
                Followed::Facts(_) => self.take_facts(due),
                Followed::Availability => self.take_availability(),
            };
            if !matches!(step, Step::Wait) {
                return step;
            }
        }
        if self.subscriber.take_keep_alive() {
            self.hotel.core.metrics.keep_alives.add(1);
            return Step::Send(self.keep_alive());
        }
        Step::Wait
    }

    fn take_facts(&mut self, due: u64) -> Step {
        let Followed::Facts(audience) = &self.subscriber.followed else { return Step::Wait };
        let from = due.max(self.seen + 1);
        let missed = read(&self.hotel.ring).missed(audience, from, CHUNK_BYTES);
        match missed {
            Missed::Gap => {
                // The client comes back with its last id and is served from the log: never a silent gap.
                self.hotel.core.metrics.lagged.add(1);
                Step::End
            }
            Missed::Facts { chunk, count, last, next, since } => {
                self.seen = self.seen.max(next - 1);
                if count == 0 {
                    return Step::Wait;
                }
                self.told = last;
                if next <= read(&self.hotel.ring).head() {
                    self.subscriber.owe(next, self.now());
                }
                self.hotel.core.metrics.delivered.add(count);
                self.measure_from(since);
                Step::Send(chunk)
            }
        }
    }

    fn take_availability(&mut self) -> Step {
        match self.hotel.watch.frame_after(self.seen, self.hotel.epoch(), &self.hotel.core.metrics) {
            Ok(rendered) => {
                self.seen = rendered.seq;
                self.told = rendered.seq;
                self.hotel.core.metrics.delivered.add(1);
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

    fn keep_alive(&mut self) -> Bytes {
        if matches!(self.subscriber.followed, Followed::Facts(_)) {
            // Read before asking whether something is due: what was called up to here shows in `due`.
            let called_upto = self.hotel.tables[self.shard].called_upto();
            if !self.subscriber.is_due() {
                self.seen = self.seen.max(called_upto);
            }
        }
        if self.seen > self.told {
            self.told = self.seen;
            return frame::keep_alive_block(Some((self.hotel.epoch(), self.seen)));
        }
        frame::keep_alive_block(None)
    }

    fn now(&self) -> u32 {
        self.hotel.core.shards[self.shard].now()
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hotel.core.shards[self.shard].leave(self.shard_place);
        self.hotel.tables[self.shard].leave(&self.subscriber, self.seat);
        if matches!(self.subscriber.followed, Followed::Availability) {
            self.hotel.watch.leave();
        }
        self.hotel.core.metrics.left(&self.subscriber.followed);
    }
}
