//! How much one address may ask for. Counted in memory; `--limits off` lifts it. An IPv6 client owns a /64, so that is
//! what is counted. What one account or one reservation may do is the business of their use cases.

pub mod held;

use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::domain::Timestamp;
use crate::server::hub::counted_address;
use crate::server::limits::held::HeldByAddress;
use crate::server::measure::Counter;

/// The most streams that one address may hold open.
pub const STREAMS_PER_ADDRESS: u32 = 200;

/// One meter for each kind of request that costs something or invites guessing.
#[derive(Debug)]
pub struct Limits {
    pub bookings: Meter,
    pub holds: Meter,
    /// Holds that run at once.
    pub held: HeldByAddress,
    pub nudges: Meter,
    /// Finding a reservation by code and e-mail.
    pub finds: Meter,
    pub sign_ins: Meter,
}

/// So many at once, so many a minute; none when limits are off.
pub struct Meter {
    limiter: Option<DefaultKeyedRateLimiter<IpAddr>>,
    refused: Counter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many requests from this address")]
pub struct TooMany {
    pub retry_after_seconds: u64,
}

impl Limits {
    pub fn new(are_on: bool) -> Self {
        let meter = |at_once, a_minute| if are_on { Meter::new(at_once, a_minute) } else { Meter::off() };
        Self {
            bookings: meter(30, 60),
            holds: meter(30, 60),
            held: HeldByAddress::new(are_on),
            nudges: meter(20, 30),
            finds: meter(10, 10),
            sign_ins: meter(20, 20),
        }
    }

    /// Forgets addresses that have not been seen for long; no hold that was placed before `moment` still runs.
    pub fn forget_old(&self, moment: Timestamp) {
        self.held.forget_before(moment);
        for (_, meter) in self.all() {
            if let Some(limiter) = &meter.limiter {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }

    /// How often each has refused.
    pub fn refused(&self) -> [(&'static str, u64); 5] {
        self.all().map(|(name, meter)| {
            let at_once = if name == "holds" { self.held.refused.read() } else { 0 };
            (name, meter.refused.read() + at_once)
        })
    }

    fn all(&self) -> [(&'static str, &Meter); 5] {
        [
            ("bookings", &self.bookings),
            ("holds", &self.holds),
            ("nudges", &self.nudges),
            ("finds", &self.finds),
            ("sign_ins", &self.sign_ins),
        ]
    }
}

impl Meter {
    fn new(at_once: u32, a_minute: u32) -> Self {
        let count = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(count(a_minute)).allow_burst(count(at_once));
        Self { limiter: Some(RateLimiter::keyed(quota)), refused: Counter::default() }
    }

    fn off() -> Self {
        Self { limiter: None, refused: Counter::default() }
    }

    pub fn check(&self, address: IpAddr) -> Result<(), TooMany> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        limiter.check_key(&counted_address(address)).map_err(|until| {
            self.refused.add(1);
            let wait = until.wait_time_from(DefaultClock::default().now());
            TooMany { retry_after_seconds: wait.as_secs() + 1 }
        })
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Meter").field(&self.limiter.as_ref().map(RateLimiter::len)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_held_back_and_another_is_not() {
        let meter = Meter::new(2, 1);
        let (one, other): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        assert!(meter.check(one).is_ok() && meter.check(one).is_ok());
        let TooMany { retry_after_seconds } = meter.check(one).unwrap_err();
        assert!((1..=61).contains(&retry_after_seconds), "{retry_after_seconds}");
        assert!(meter.check(other).is_ok());
    }

    #[test]
    fn nothing_is_counted_when_limits_are_off() {
        let limits = Limits::new(false);
        assert!((0..1000).all(|_| limits.bookings.check(IpAddr::from([10, 0, 0, 1])).is_ok()));
    }
}
