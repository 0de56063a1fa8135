//! What the hub counts. Plain atomics, read by the metrics listener.

use std::sync::atomic::{AtomicU64, Ordering};

use super::frame::Audience;
use super::subscriber::Followed;
use crate::server::measure::{Counter, Histogram};

/// Counters since the start of the process.
#[derive(Debug)]
pub struct HubMetrics {
    open_desks: AtomicU64,
    open_reservations: AtomicU64,
    open_availability: AtomicU64,
    pub(crate) opened: Counter,
    pub(crate) published: Counter,
    pub(crate) delivered: Counter,
    pub(crate) keep_alives: Counter,
    pub(crate) resets: Counter,
    pub(crate) stalled: Counter,
    pub(crate) lagged: Counter,
    pub(crate) availability_renders: Counter,
    /// From the commit of a change until it is written to a stream that waited for it, in microseconds.
    pub lag: Histogram,
}

/// One reading of the counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HubReading {
    /// Streams open now, of every kind.
    pub open: u64,
    pub open_desks: u64,
    pub open_reservations: u64,
    pub open_availability: u64,
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

impl Default for HubMetrics {
    fn default() -> Self {
        Self {
            open_desks: AtomicU64::default(),
            open_reservations: AtomicU64::default(),
            open_availability: AtomicU64::default(),
            opened: Counter::default(),
            published: Counter::default(),
            delivered: Counter::default(),
            keep_alives: Counter::default(),
            resets: Counter::default(),
            stalled: Counter::default(),
            lagged: Counter::default(),
            availability_renders: Counter::default(),
            lag: Histogram::of_times(),
        }
    }
}

impl HubMetrics {
    pub fn read(&self) -> HubReading {
        let open = |gauge: &AtomicU64| gauge.load(Ordering::Relaxed);
        let (desks, reservations) = (open(&self.open_desks), open(&self.open_reservations));
        let availability = open(&self.open_availability);
        HubReading {
            open: desks + reservations + availability,
            open_desks: desks,
            open_reservations: reservations,
            open_availability: availability,
            opened: self.opened.read(),
            published: self.published.read(),
            delivered: self.delivered.read(),
            keep_alives: self.keep_alives.read(),
            resets: self.resets.read(),
            stalled: self.stalled.read(),
            lagged: self.lagged.read(),
            availability_renders: self.availability_renders.read(),
        }
    }

    pub(crate) fn entered(&self, followed: &Followed) {
        self.opened.add(1);
        self.gauge(followed).fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn left(&self, followed: &Followed) {
        self.gauge(followed).fetch_sub(1, Ordering::Relaxed);
    }

    fn gauge(&self, followed: &Followed) -> &AtomicU64 {
        match followed {
            Followed::Facts(Audience::Desk(_)) => &self.open_desks,
            Followed::Facts(Audience::Reservation(_)) => &self.open_reservations,
            Followed::Availability => &self.open_availability,
        }
    }
}
