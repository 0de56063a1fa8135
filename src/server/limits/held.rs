//! How many holds one address has at once, so that nobody keeps a house empty by holding it. What is still running is
//! the store's to say; here stands only which holds an address was given.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::{HoldId, Timestamp};
use crate::server::hub::counted_address;
use crate::server::measure::Counter;

/// The most holds of one address that run at once. A family behind one router is far below it.
pub const HOLDS_PER_ADDRESS: usize = 10;

#[derive(Debug)]
pub struct HeldByAddress {
    is_on: bool,
    given: Mutex<HashMap<IpAddr, Vec<(HoldId, Timestamp)>>>,
    pub(super) refused: Counter,
}

impl HeldByAddress {
    pub(super) fn new(is_on: bool) -> Self {
        Self { is_on, given: Mutex::default(), refused: Counter::default() }
    }

    /// Counts a hold that is about to be placed, or names the holds that stand in its way.
    pub fn take(&self, address: IpAddr, hold: &HoldId, now: Timestamp) -> Result<(), Vec<HoldId>> {
        if !self.is_on {
            return Ok(());
        }
        let mut given = self.given();
        let given = given.entry(counted_address(address)).or_default();
        if given.len() >= HOLDS_PER_ADDRESS {
            return Err(given.iter().map(|(hold, _)| hold.clone()).collect());
        }
        given.push((hold.clone(), now));
        Ok(())
    }

    /// Takes out a hold that was not placed after all, or has ended.
    pub fn give_back(&self, address: IpAddr, hold: &HoldId) {
        if let Some(given) = self.given().get_mut(&counted_address(address)) {
            given.retain(|(known, _)| known != hold);
        }
    }

    pub fn count_refusal(&self) {
        self.refused.add(1);
    }

    /// Forgets what was given before a moment from which no hold can still run.
    pub fn forget_before(&self, moment: Timestamp) {
        self.given().retain(|_, given| {
            given.retain(|(_, at)| *at >= moment);
            !given.is_empty()
        });
    }

    fn given(&self) -> MutexGuard<'_, HashMap<IpAddr, Vec<(HoldId, Timestamp)>>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000);

    fn hold(number: usize) -> HoldId {
        HoldId(format!("hold-{number}"))
    }

    fn full(held: &HeldByAddress, address: IpAddr) {
        assert!((0..HOLDS_PER_ADDRESS).all(|number| held.take(address, &hold(number), NOW).is_ok()));
    }

    #[test]
    fn an_address_has_so_many_and_another_as_many_again() {
        let held = HeldByAddress::new(true);
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        full(&held, one);
        assert_eq!(held.take(one, &hold(99), NOW).unwrap_err().len(), HOLDS_PER_ADDRESS);
        assert!(held.take(other, &hold(99), NOW).is_ok());
        held.give_back(one, &hold(3));
        assert!(held.take(one, &hold(99), NOW).is_ok());
    }

    #[test]
    fn what_is_long_over_is_forgotten_and_nothing_counts_when_limits_are_off() {
        let (held, one) = (HeldByAddress::new(true), IpAddr::from([10, 0, 0, 1]));
        full(&held, one);
        held.forget_before(NOW.plus_seconds(1));
        full(&held, one);
        let off = HeldByAddress::new(false);
        full(&off, one);
        full(&off, one);
    }
}
