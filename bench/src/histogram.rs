//! A histogram of times with 32 steps an octave: never more than 3 % off, of fixed size, cheap to fill.

use std::time::Duration;

const STEPS: u64 = 32;
/// All of them together: 36 octaves.
const BUCKETS: usize = 36 * 32;

/// Times from a microsecond to hours.
#[derive(Clone, Debug)]
pub struct Histogram {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { counts: vec![0; BUCKETS], total: 0 }
    }
}

impl Histogram {
    pub fn record(&mut self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let last = self.counts.len() - 1;
        self.counts[bucket(micros).min(last)] += 1;
        self.total += 1;
    }

    /// The time within which `share` of them lie, in milliseconds; nothing at all is not a number.
    pub fn ms(&self, share: f64) -> f64 {
        if self.total == 0 {
            return f64::NAN;
        }
        let goal = self.total as f64 * share;
        let mut seen = 0;
        for (index, count) in self.counts.iter().enumerate() {
            seen += count;
            if *count > 0 && seen as f64 >= goal {
                return middle(index) / 1e3;
            }
        }
        f64::NAN
    }
}

#[allow(clippy::cast_possible_truncation, reason = "64 octaves at most")]
fn bucket(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let octave = u64::from(micros.ilog2() - STEPS.ilog2());
    ((octave + 1) * STEPS + (micros >> octave) - STEPS) as usize
}

/// The middle of a bucket, in microseconds.
fn middle(bucket: usize) -> f64 {
    let bucket = bucket as u64;
    if bucket < STEPS {
        return bucket as f64;
    }
    let octave = bucket / STEPS - 1;
    let width = 1_u64 << octave;
    ((bucket % STEPS + STEPS) << octave) as f64 + (width - 1) as f64 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_found_again_within_three_per_cent() {
        for micros in [0, 1, 31, 32, 33, 63, 64, 1_000, 12_345, 999_999, 60_000_000] {
            let found = middle(bucket(micros));
            assert!((found - micros as f64).abs() <= micros as f64 * 0.03, "{micros} became {found}");
        }
    }

    #[test]
    fn half_lie_below_the_middle() {
        let mut histogram = Histogram::default();
        (1..=1_000).for_each(|ms| histogram.record(Duration::from_millis(ms)));
        assert!((histogram.ms(0.5) - 500.0).abs() < 16.0);
        assert!((histogram.ms(0.99) - 990.0).abs() < 32.0);
        assert!(Histogram::default().ms(0.5).is_nan());
    }
}
