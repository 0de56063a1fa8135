//! An open stream as whoever writes it holds it. Independent of HTTP; `body` and the direct transport drive it.

use std::future::poll_fn;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::{Bytes, BytesMut};

use super::cursor::{Cursor, Step};
use super::frame::{self, Audience};
use super::hotel::{HotelHub, LogRange};
use super::limits::StreamPermit;
use super::locks::{lock, read};
use super::position::{Resume, Start};
use super::subscriber::{Followed, Subscriber, Transport};
use super::table::Seat;

/// A stream that is entered at the hub; leaves it when dropped. What is sent next stands in its [`Cursor`].
#[derive(Debug)]
pub struct Subscription {
    subscriber: Arc<Subscriber>,
    shard_place: usize,
    seat: Seat,
    start: Start,
    permit: Option<StreamPermit>,
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
            stream.subscriber.owe(seen + 1);
        }
        Ok(stream)
    }

    pub(crate) fn reset(hotel: &Arc<HotelHub>, audience: Audience) -> Self {
        let head = read(&hotel.ring).head();
        let stream = Self::enter(hotel, Followed::Facts(audience), Start::Reset { head }, head);
        // Should the ring already have moved past this point, the first look finds the gap.
        stream.subscriber.owe(head + 1);
        stream
    }

    pub(crate) fn availability(hotel: &Arc<HotelHub>, resume: &Resume) -> Self {
        hotel.watch.enter();
        let start = resume.resolve(hotel.epoch(), hotel.watch.head());
        let stream = Self::enter(hotel, Followed::Availability, start, start.seq());
        if hotel.watch.is_behind(start.seq()) {
            stream.subscriber.owe(1);
        }
        stream
    }

    fn enter(hotel: &Arc<HotelHub>, followed: Followed, start: Start, seen: u64) -> Self {
        let core = &hotel.core;
        let mut opening = BytesMut::with_capacity(64);
        frame::opening_block(&mut opening, hotel.epoch(), start.seq(), core.spread.retry_ms());
        if let Start::Reset { head } = start {
            frame::reset_block(&mut opening, hotel.epoch(), head);
            core.metrics.resets.add(1);
        }
        let shard = hotel.next_shard();
        let cursor = Cursor::new(seen, start.seq(), opening);
        let subscriber = Arc::new(Subscriber::new(Arc::clone(hotel), shard, followed, cursor));
        let seat = hotel.tables[shard].enter(&subscriber, &hotel.ring);
        let shard_place = core.shards[shard].enter(&subscriber);
        if core.is_closing() {
            // The end has come, perhaps after the closing tasks have passed this place.
            drop(subscriber.close());
        }
        core.metrics.entered(&subscriber.followed);
        Self { subscriber, shard_place, seat, start, permit: None }
    }

    /// How the stream begins: tells the caller whether to put the present state first.
    pub fn start(&self) -> Start {
        self.start
    }

    /// Puts rendered events first, each with its number: a replay, or the present state, read after subscribing.
    /// What they cover is not sent again, and the client's position ends where the live part begins.
    #[must_use]
    pub fn with_initial(self, events: impl IntoIterator<Item = (u64, Bytes)>) -> Self {
        lock(&self.subscriber.cursor).put_first(&self.subscriber.hotel, events);
        self
    }

    /// Puts the present state first, as of the fact `seq` that was its last change.
    #[must_use]
    pub fn with_present(self, seq: u64, state: Bytes) -> Self {
        if matches!(self.start, Start::Fresh { head } if seq <= head) {
            lock(&self.subscriber.cursor).open_before(&self.subscriber.hotel, seq);
        }
        self.with_initial([(seq, state)])
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

    /// From now on the shard may write to the transport whenever the task that polls this stream has nothing to write.
    /// What the transport does not take it gives back to the task, which it wakes. Whoever calls this must write nothing
    /// of its own while [`poll_chunk`](Self::poll_chunk) is pending.
    pub fn write_directly(&self) {
        if self.subscriber.transport().is_some() {
            lock(&self.subscriber.cursor).lend_when_idle();
        }
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
        let subscriber = &*self.subscriber;
        let mut cursor = lock(&subscriber.cursor);
        cursor.take_back();
        // Whoever asks for more has written what he was given.
        cursor.written(subscriber, Instant::now());
        let mut step = cursor.step(subscriber);
        if matches!(step, Step::Wait) {
            subscriber.listen(cx.waker());
            // Between the look and the listening something may have come.
            step = cursor.step(subscriber);
        }
        match step {
            Step::Send(chunk) => Poll::Ready(Some(chunk)),
            Step::End => Poll::Ready(None),
            Step::Wait => {
                cursor.lend();
                Poll::Pending
            }
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let Subscriber { hotel, shard, followed, cursor, .. } = &*self.subscriber;
        // The shard may still have it on its list.
        lock(cursor).end();
        hotel.core.shards[*shard].leave(self.shard_place);
        hotel.tables[*shard].leave(&self.subscriber, self.seat);
        if matches!(followed, Followed::Availability) {
            hotel.watch.leave();
        }
        hotel.core.metrics.left(followed);
    }
}
