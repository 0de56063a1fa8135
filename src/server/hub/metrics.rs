//! What the hub counts. Plain atomics, read by the metrics listener.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the start of the process; `open` is a gauge.
#[derive(Debug, Default)]
pub struct HubMetrics {
    pub(crate) open: AtomicU64,
    pub(crate) opened: AtomicU64,
    pub(crate) published: AtomicU64,
    pub(crate) delivered: AtomicU64,
    pub(crate) keep_alives: AtomicU64,
    pub(crate) resets: AtomicU64,
    pub(crate) stalled: AtomicU64,
    pub(crate) lagged: AtomicU64,
    pub(crate) availability_renders: AtomicU64,
}

/// One reading of the counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HubReading {
    /// Streams open now.
    pub open: u64,
    pub opened: u64,
    pub published: u64,
    /// Events handed to streams.
    pub delivered: u64,
    pub keep_alives: u64,
    pub resets: u64,
    /// Streams cut because their client stopped reading.
    pub stalled: u64,
    /// Streams ended because they fell behind what is held in memory.
    pub lagged: u64,
    pub availability_renders: u64,
}

impl HubMetrics {
    pub fn read(&self) -> HubReading {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        HubReading {
            open: get(&self.open),
            opened: get(&self.opened),
            published: get(&self.published),
            delivered: get(&self.delivered),
            keep_alives: get(&self.keep_alives),
            resets: get(&self.resets),
            stalled: get(&self.stalled),
            lagged: get(&self.lagged),
            availability_renders: get(&self.availability_renders),
        }
    }

    pub(crate) fn add(counter: &AtomicU64, count: u64) {
        counter.fetch_add(count, Ordering::Relaxed);
    }
}
