//! What a store counts of its own work.

use crate::server::measure::{Counter, Histogram};

/// Sizes of batches.
const BATCH_BOUNDS: &[u64] = &[1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// Counted since the start of the process.
#[derive(Debug)]
pub struct StoreMetrics {
    /// From the begin of a transaction until it is on disk, in microseconds.
    pub commit: Histogram,
    /// How many commands shared a commit.
    pub batch: Histogram,
    /// Reads that memory could not answer.
    pub reads: Counter,
}

impl Default for StoreMetrics {
    fn default() -> Self {
        Self { commit: Histogram::of_times(), batch: Histogram::new(BATCH_BOUNDS), reads: Counter::default() }
    }
}
