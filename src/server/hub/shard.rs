//! A shard of the hub: one task that writes to the followers in its care or wakes them, and sweeps over them for silence
//! and stalls. One timer serves them all; a quarter of a second is fine enough for keep-alives.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};

use slab::Slab;
use tokio::sync::Notify;
use tokio::time::MissedTickBehavior;

use super::Core;
use super::hotel::HotelHub;
use super::locks::lock;
use super::subscriber::{Health, Subscriber};

/// Each sweep looks at one follower in so many, which spreads their keep-alives.
const SWEEP_BUCKETS: u32 = 16;

/// A stopping hub closes its streams in so many steps, so that not everybody is written to, and dialled from, at once.
const CLOSING_STEPS: usize = 16;
const CLOSING_PAUSE: Duration = Duration::from_millis(50);
/// Fewer than so many need no steps.
const CLOSED_AT_ONCE: usize = 64;

/// So many are called, then told, then the next: nobody who comes or leaves waits long for their table.
const CALLED_AT_ONCE: usize = 64;

/// After so long whatever else waits for the processor has its turn.
const TURN: Duration = Duration::from_millis(1);

/// Time is measured to within so many writes, about a twentieth of a millisecond.
const WRITES_A_LOOK_AT_THE_CLOCK: usize = 8;

#[derive(Debug, Default)]
pub(crate) struct Shard {
    inbox: Mutex<Vec<Arc<HotelHub>>>,
    news: Notify,
    members: Mutex<Slab<Arc<Subscriber>>>,
    /// A coarse clock, in sweeps. It stands still while the shard is empty.
    sweeps: AtomicU32,
}

impl Shard {
    pub(crate) fn now(&self) -> u32 {
        self.sweeps.load(Ordering::Relaxed)
    }

    pub(crate) fn enter(&self, subscriber: &Arc<Subscriber>) -> usize {
        let mut members = lock(&self.members);
        if members.is_empty() {
            // Starts the sweeps again.
            self.news.notify_one();
        }
        members.insert(Arc::clone(subscriber))
    }

    pub(crate) fn leave(&self, place: usize) {
        let mut members = lock(&self.members);
        drop(members.try_remove(place));
        if members.is_empty() {
            *members = Slab::new();
        }
    }

    /// Puts a hotel with news in the inbox. Called by the publisher; never waits for more than a short lock.
    pub(crate) fn tell(&self, hotel: Arc<HotelHub>) {
        lock(&self.inbox).push(hotel);
        self.news.notify_one();
    }

    /// Runs until the hub stops, then closes every stream, a few at a time.
    pub(crate) async fn run(core: Arc<Core>, index: usize) {
        let shard = &core.shards[index];
        let mut called = Vec::new();
        let mut timer = tokio::time::interval(core.config.sweep_every);
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopped = core.stop.cancelled();
        tokio::pin!(stopped);
        loop {
            let watched = !lock(&shard.members).is_empty();
            tokio::select! {
                biased;
                () = &mut stopped => break,
                () = shard.news.notified() => shard.tell_followers(index, &mut called).await,
                _ = timer.tick(), if watched => {
                    shard.sweep(&core, &mut called);
                    Turn::begin().push_all(&mut called).await;
                }
            }
        }
        // Streams that are opened from here on end by themselves.
        core.close();
        shard.close_all().await;
    }

    async fn close_all(&self) {
        let mut wakers = Vec::new();
        let step = (lock(&self.members).len() / CLOSING_STEPS).max(CLOSED_AT_ONCE);
        let mut from = 0;
        loop {
            let places = {
                let members = lock(&self.members);
                let upto = (from + step).min(members.capacity());
                wakers.extend((from..upto).filter_map(|place| members.get(place)?.close()));
                members.capacity()
            };
            wakers.drain(..).for_each(Waker::wake);
            from += step;
            if from >= places {
                return;
            }
            tokio::time::sleep(CLOSING_PAUSE).await;
        }
    }

    /// Calls the followers of every hotel in the inbox and tells them, a few at a time.
    async fn tell_followers(&self, index: usize, called: &mut Vec<Arc<Subscriber>>) {
        let mut turn = Turn::begin();
        let hotels = std::mem::take(&mut *lock(&self.inbox));
        for hotel in hotels {
            let table = &hotel.tables[index];
            let mut round = table.begin_round(&hotel.ring);
            while table.call_some(&mut round, self.now(), CALLED_AT_ONCE, called) {
                turn.push_all(called).await;
            }
        }
        turn.push_all(called).await;
    }

    /// Asks the silent for a comment and cuts those who stopped reading.
    fn sweep(&self, core: &Core, called: &mut Vec<Arc<Subscriber>>) {
        let now = self.sweeps.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let mut stalled = Vec::new();
        {
            let members = lock(&self.members);
            let bucket = (now % SWEEP_BUCKETS) as usize;
            for place in (bucket..members.capacity()).step_by(SWEEP_BUCKETS as usize) {
                let Some(member) = members.get(place) else { continue };
                match member.health(now, core.patience) {
                    Health::Fine => {}
                    Health::Silent => {
                        member.ask_keep_alive();
                        called.push(Arc::clone(member));
                    }
                    Health::Stalled => stalled.push(Arc::clone(member)),
                }
            }
        }
        for member in stalled {
            let (first, waker) = member.evict();
            if first {
                core.metrics.stalled.add(1);
            }
            if let Some(transport) = member.transport() {
                transport.cut();
            }
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

/// A shard's time on its processor.
struct Turn {
    began: Instant,
    now: Instant,
    writes: usize,
}

impl Turn {
    fn begin() -> Self {
        let now = Instant::now();
        Self { began: now, now, writes: 0 }
    }

    /// Without a lock: a follower that is dropped here leaves its table.
    async fn push_all(&mut self, called: &mut Vec<Arc<Subscriber>>) {
        for follower in called.drain(..) {
            self.writes += 1;
            if self.writes.is_multiple_of(WRITES_A_LOOK_AT_THE_CLOCK) {
                self.now = Instant::now();
            }
            if self.now.duration_since(self.began) >= TURN {
                tokio::task::yield_now().await;
                *self = Self::begin();
            }
            follower.push(self.now);
        }
        // A crowd's list is not kept for good.
        called.shrink_to(CALLED_AT_ONCE);
    }
}
