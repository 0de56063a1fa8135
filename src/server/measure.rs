//! What the parts of the server count with: counters and histograms of plain atomics, cheap enough for every event.
//! How they are named and told is the business of `metrics`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts up from the start of the process.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// How often a value fell below each of its bounds. The bounds are whole numbers of some small unit, which a reader
/// scales: microseconds for times, one for numbers of things.
#[derive(Debug)]
pub struct Histogram {
    /// The bounds, both they and what lies at them included, in rising order.
    bounds: &'static [u64],
    /// One for each bound, and one for what lies above them all.
    buckets: Box<[AtomicU64]>,
    sum: AtomicU64,
}

/// One reading of a histogram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistogramReading {
    /// Each bound with how many values were not above it.
    pub upto: Vec<(u64, u64)>,
    pub count: u64,
    pub sum: u64,
}

/// Times from 100 µs to 5 s, in microseconds.
pub const TIME_BOUNDS_US: &[u64] = &[
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    5_000_000,
];

impl Histogram {
    pub fn new(bounds: &'static [u64]) -> Self {
        let buckets = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds, buckets, sum: AtomicU64::new(0) }
    }

    /// Of times, with [`TIME_BOUNDS_US`].
    pub fn of_times() -> Self {
        Self::new(TIME_BOUNDS_US)
    }

    pub fn observe(&self, value: u64) {
        self.observe_often(value, 1);
    }

    /// The same value `count` times.
    pub fn observe_often(&self, value: u64, count: u64) {
        let place = self.bounds.partition_point(|bound| *bound < value);
        self.buckets[place].fetch_add(count, Ordering::Relaxed);
        self.sum.fetch_add(value.saturating_mul(count), Ordering::Relaxed);
    }

    /// A time, in microseconds.
    pub fn observe_time(&self, time: Duration) {
        self.observe(micros(time));
    }

    pub fn read(&self) -> HistogramReading {
        let mut count = 0;
        let mut upto = Vec::with_capacity(self.bounds.len());
        for (place, bucket) in self.buckets.iter().enumerate() {
            count += bucket.load(Ordering::Relaxed);
            if let Some(bound) = self.bounds.get(place) {
                upto.push((*bound, count));
            }
        }
        HistogramReading { upto, count, sum: self.sum.load(Ordering::Relaxed) }
    }
}

pub fn micros(time: Duration) -> u64 {
    time.as_secs().saturating_mul(1_000_000).saturating_add(u64::from(time.subsec_micros()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_counts_below_every_bound_that_it_does_not_pass() {
        let histogram = Histogram::new(&[1, 10, 100]);
        for value in [0, 1, 2, 10, 11, 1000] {
            histogram.observe(value);
        }
        histogram.observe_often(100, 2);
        let HistogramReading { upto, count, sum } = histogram.read();
        assert_eq!(upto, [(1, 2), (10, 4), (100, 7)]);
        assert_eq!((count, sum), (8, 1224));
    }
}
