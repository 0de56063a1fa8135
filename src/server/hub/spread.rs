//! Random waiting times, so that clients cut together do not come back together. Seeded by who starts the hub.

use std::sync::atomic::{AtomicU64, Ordering};

/// The bounds of `retry` in milliseconds, both included.
const RETRY_MIN_MS: u32 = 1000;
const RETRY_MAX_MS: u32 = 5000;
/// What a client told to go away by a stopping server waits beyond that, so that the next one is up.
const DRAIN_EXTRA_MS: u32 = 1000;

#[derive(Debug)]
pub(crate) struct Spread(AtomicU64);

impl Spread {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// For the first block of a stream.
    pub(crate) fn retry_ms(&self) -> u32 {
        let width = u64::from(RETRY_MAX_MS - RETRY_MIN_MS) + 1;
        // Below the width, so it fits.
        RETRY_MIN_MS + u32::try_from(self.next() % width).unwrap_or(0)
    }

    /// For the last block of a stream that ends with the server.
    pub(crate) fn drain_retry_ms(&self) -> u32 {
        self.retry_ms() + DRAIN_EXTRA_MS
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014): one atomic add, good enough to spread a crowd.
    fn next(&self) -> u64 {
        let state = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_is_spread_over_its_bounds() {
        let spread = Spread::seeded(7);
        let values: Vec<u32> = (0..10_000).map(|_| spread.retry_ms()).collect();
        assert!(values.iter().all(|ms| (1000..=5000).contains(ms)));
        for quarter in [1000..2000, 2000..3000, 3000..4000, 4000..5001] {
            assert!(values.iter().filter(|ms| quarter.contains(*ms)).count() > 2000);
        }
    }
}
