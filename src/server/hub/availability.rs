//! Availability as it is streamed: current values, not a log. Changes are conflated on a short tick into one frame that
//! all who are up to date share; who is behind gets a frame of its own, kept for others who stand at the same point.

use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::Notify;

use super::Core;
use super::frame::event_block;
use super::hotel::HotelHub;
use super::locks::lock;
use super::metrics::HubMetrics;

/// Frames kept for those behind, between two ticks.
const CATCH_UPS_MAX: usize = 1024;

/// The availability projection of one hotel. It must take a fact in before the hub publishes that fact.
pub trait AvailabilitySource: Send + Sync {
    /// The sequence number the projection has reached.
    fn head(&self) -> u64;

    /// The cells that changed after number `after`, as the event's JSON, with the head they were read at.
    /// `None` if no cell did.
    fn frame_since(&self, after: u64) -> Option<(u64, Bytes)>;
}

/// A frame that brings a watcher from any point in `after..seq` to `seq`.
#[derive(Clone, Debug)]
pub(crate) struct Rendered {
    after: u64,
    pub(crate) seq: u64,
    pub(crate) block: Bytes,
    /// When the first of a tick's changes was published; none for who catches up.
    pub(crate) since: Option<Instant>,
}

pub(crate) struct Watch {
    source: Arc<dyn AvailabilitySource>,
    watchers: AtomicUsize,
    scheduled: AtomicBool,
    /// When the tick that comes was asked for.
    changed_at: Mutex<Option<Instant>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The number the last tick reached, or the head when the first watcher came.
    base: u64,
    tick: Option<Rendered>,
    catch_ups: HashMap<u64, Rendered>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("watchers", &self.watchers).field("state", &self.state).finish_non_exhaustive()
    }
}

impl Watch {
    pub(crate) fn new(source: Arc<dyn AvailabilitySource>) -> Self {
        Self {
            source,
            watchers: AtomicUsize::new(0),
            scheduled: AtomicBool::new(false),
            changed_at: Mutex::default(),
            state: Mutex::default(),
        }
    }

    pub(crate) fn head(&self) -> u64 {
        self.source.head()
    }

    pub(crate) fn enter(&self) {
        let mut state = lock(&self.state);
        if self.watchers.fetch_add(1, Ordering::SeqCst) == 0 {
            // Nothing was rendered while nobody watched. The head is read after the count is up: a change that is not in
            // it is published later and will schedule a tick.
            *state = State { base: self.source.head(), ..State::default() };
        }
    }

    pub(crate) fn leave(&self) {
        self.watchers.fetch_sub(1, Ordering::SeqCst);
    }

    /// True if a tick must be queued: someone watches and none is queued yet.
    pub(crate) fn schedule(&self) -> bool {
        let is_first = self.watchers.load(Ordering::SeqCst) > 0 && !self.scheduled.swap(true, Ordering::AcqRel);
        if is_first {
            *lock(&self.changed_at) = Some(Instant::now());
        }
        is_first
    }

    /// Renders what changed since the last tick. False if nothing visible did.
    fn tick(&self, epoch: &str, metrics: &HubMetrics) -> bool {
        // First, so that a change during the rendering queues another tick.
        self.scheduled.store(false, Ordering::Release);
        let mut state = lock(&self.state);
        state.catch_ups.clear();
        let since = lock(&self.changed_at).take();
        let Some(rendered) = self.render(epoch, state.base, metrics) else { return false };
        let rendered = Rendered { since, ..rendered };
        state.base = rendered.seq;
        state.tick = Some(rendered);
        true
    }

    /// Whether a watcher who knows everything up to `seen` has something to get before the next tick.
    pub(crate) fn is_behind(&self, seen: u64) -> bool {
        seen < lock(&self.state).base
    }

    /// What brings a watcher on from `seen`. `Err` is the number up to which nothing visible changed.
    pub(crate) fn frame_after(&self, seen: u64, epoch: &str, metrics: &HubMetrics) -> Result<Rendered, u64> {
        let mut state = lock(&self.state);
        if seen >= state.base {
            return Err(seen);
        }
        if let Some(tick) = state.tick.as_ref().filter(|tick| tick.after <= seen) {
            return Ok(tick.clone());
        }
        if let Some(known) = state.catch_ups.get(&seen) {
            return Ok(known.clone());
        }
        // Under the lock: a storm of watchers at the same point waits for one rendering.
        let rendered = self.render(epoch, seen, metrics).ok_or(state.base)?;
        if state.catch_ups.len() < CATCH_UPS_MAX {
            state.catch_ups.insert(seen, rendered.clone());
        }
        Ok(rendered)
    }

    fn render(&self, epoch: &str, after: u64, metrics: &HubMetrics) -> Option<Rendered> {
        let (seq, json) = self.source.frame_since(after)?;
        metrics.availability_renders.add(1);
        Some(Rendered { after, seq, block: event_block(epoch, seq, "availability", &json), since: None })
    }
}

/// The hotels whose watchers wait for a tick.
#[derive(Debug, Default)]
pub(crate) struct Ticker {
    queue: Mutex<Vec<Arc<HotelHub>>>,
    news: Notify,
}

impl Ticker {
    pub(crate) fn queue(&self, hotel: Arc<HotelHub>) {
        lock(&self.queue).push(hotel);
        self.news.notify_one();
    }

    /// Renders at once after a quiet time, then at most once a tick.
    pub(crate) async fn run(core: Arc<Core>, every: Duration) {
        let stopped = core.stop.cancelled();
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                biased;
                () = &mut stopped => return,
                () = core.ticker.news.notified() => {}
            }
            let hotels = std::mem::take(&mut *lock(&core.ticker.queue));
            for hotel in hotels {
                // A fault in one hotel's projection must not make every other hotel's stream stale.
                if catch_unwind(AssertUnwindSafe(|| hotel.tick())).is_err() {
                    tracing::error!("rendering availability failed; trying again with the next change");
                }
            }
            tokio::select! {
                biased;
                () = &mut stopped => return,
                () = tokio::time::sleep(every) => {}
            }
        }
    }
}

impl HotelHub {
    /// Renders the tick's frame and calls the watchers.
    pub(crate) fn tick(self: &Arc<Self>) {
        if self.watch.tick(self.epoch(), &self.core.metrics) {
            self.mark(super::table::NEW_AVAILABILITY);
        }
    }
}
