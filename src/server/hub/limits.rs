//! How many streams one address may hold open. An IPv6 client owns a /64, so that is what is counted.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use thiserror::Error;

use super::locks::lock;
use crate::server::measure::Counter;

/// When a refused client may try again; sent as `Retry-After`.
const RETRY_AFTER_SECONDS: u32 = 10;

/// Counts open streams per address. Clones share the count.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    per_address: Option<u32>,
    open: Counts,
    refused: Arc<Counter>,
}

type Counts = Arc<Mutex<HashMap<IpAddr, u32>>>;

/// The address has as many streams open as it may: answer 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("too many open streams from this address")]
pub struct TooManyStreams {
    pub retry_after_seconds: u32,
}

/// One counted stream; gives its place back when dropped.
#[derive(Debug)]
pub struct StreamPermit {
    counted: Option<(IpAddr, Counts)>,
}

impl ConnectionLimits {
    /// `None` lifts the limit.
    pub fn new(per_address: Option<u32>) -> Self {
        Self { per_address, open: Arc::default(), refused: Arc::default() }
    }

    pub fn acquire(&self, address: IpAddr) -> Result<StreamPermit, TooManyStreams> {
        let Some(limit) = self.per_address else { return Ok(StreamPermit { counted: None }) };
        let address = counted_address(address);
        let mut open = lock(&self.open);
        let count = open.entry(address).or_insert(0);
        if *count >= limit {
            // A limit of zero would otherwise leave an entry per address behind.
            if *count == 0 {
                open.remove(&address);
            }
            self.refused.add(1);
            return Err(TooManyStreams { retry_after_seconds: RETRY_AFTER_SECONDS });
        }
        *count += 1;
        Ok(StreamPermit { counted: Some((address, Arc::clone(&self.open))) })
    }

    /// How often an address was refused.
    pub fn refused(&self) -> u64 {
        self.refused.read()
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let Some((address, open)) = self.counted.take() else { return };
        let mut open = lock(&open);
        if let Some(count) = open.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

pub(crate) fn counted_address(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_cannot_take_more_than_its_share() {
        let limits = ConnectionLimits::new(Some(2));
        let first = limits.acquire(ip("10.0.0.1")).unwrap();
        let _second = limits.acquire(ip("::ffff:10.0.0.1")).unwrap();
        assert!(limits.acquire(ip("10.0.0.1")).is_err());
        assert!(limits.acquire(ip("10.0.0.2")).is_ok());
        drop(first);
        assert!(limits.acquire(ip("10.0.0.1")).is_ok());
    }

    #[test]
    fn an_ipv6_network_counts_as_one() {
        let limits = ConnectionLimits::new(Some(1));
        let _held = limits.acquire(ip("2001:db8:0:1::1")).unwrap();
        assert!(limits.acquire(ip("2001:db8:0:1:ffff::2")).is_err());
        assert!(limits.acquire(ip("2001:db8:0:2::1")).is_ok());
    }

    #[test]
    fn without_a_limit_nothing_is_counted() {
        let limits = ConnectionLimits::new(None);
        let held: Vec<_> = (0..1000).map(|_| limits.acquire(ip("10.0.0.1"))).collect();
        assert!(held.iter().all(Result::is_ok));
        assert!(lock(&limits.open).is_empty());
    }

    #[test]
    fn nothing_is_remembered_of_an_address_that_left() {
        let limits = ConnectionLimits::new(Some(1));
        drop(limits.acquire(ip("10.0.0.1")));
        assert!(lock(&limits.open).is_empty());
        assert!(ConnectionLimits::new(Some(0)).acquire(ip("10.0.0.1")).is_err());
    }
}
