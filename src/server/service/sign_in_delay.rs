//! Slows down who guesses passwords, account by account: after a few failures each further try has to wait a little
//! longer, up to half a minute. Never a lock: the right password opens the account again after that wait.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Timestamp;

/// So many mistakes are anybody's.
const FREE_FAILURES: u32 = 4;
const MAX_DELAY_SECONDS: i64 = 30;
/// Failures are forgotten when nothing was tried for so long.
const MEMORY_SECONDS: i64 = 15 * 60;
/// A limit on the accounts remembered; made-up ones count too, so that nobody learns which exist.
const MAX_ACCOUNTS: usize = 20_000;

/// By the hash of the e-mail address, so that no address is kept.
type Account = [u8; 32];

#[derive(Debug, Default)]
pub struct SignInDelays(Mutex<HashMap<Account, Failures>>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last_at: Timestamp,
}

impl Failures {
    fn next_try_at(self) -> Timestamp {
        if self.count < FREE_FAILURES {
            return self.last_at;
        }
        let doublings = (self.count - FREE_FAILURES).min(10);
        self.last_at.plus_seconds((1_i64 << doublings).min(MAX_DELAY_SECONDS))
    }

    fn is_forgotten(self, now: Timestamp) -> bool {
        self.last_at.plus_seconds(MEMORY_SECONDS) <= now
    }
}

impl SignInDelays {
    /// How many seconds the account has to wait; none when it may try now.
    pub fn wait_seconds(&self, account: &Account, now: Timestamp) -> Option<u64> {
        let accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = now.seconds_until(accounts.get(account)?.next_try_at());
        (wait > 0).then_some(wait)
    }

    pub fn failed(&self, account: Account, now: Timestamp) {
        let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if accounts.len() >= MAX_ACCOUNTS && !accounts.contains_key(&account) {
            accounts.retain(|_, failures| !failures.is_forgotten(now));
            if accounts.len() >= MAX_ACCOUNTS {
                accounts.clear();
            }
        }
        let failures = accounts.entry(account).or_insert(Failures { count: 0, last_at: now });
        let before = if failures.is_forgotten(now) { 0 } else { failures.count };
        *failures = Failures { count: before.saturating_add(1), last_at: now };
    }

    pub fn succeeded(&self, account: &Account) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_000_000_000);
    const DESK: Account = [1; 32];

    fn after_failures(count: u32) -> SignInDelays {
        let delays = SignInDelays::default();
        for _ in 0..count {
            delays.failed(DESK, NOW);
        }
        delays
    }

    #[test]
    fn a_few_mistakes_cost_nothing_and_many_cost_more_each_time() {
        assert_eq!(after_failures(3).wait_seconds(&DESK, NOW), None);
        let waits: Vec<_> = (4..12).map(|count| after_failures(count).wait_seconds(&DESK, NOW)).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30].map(Some));
    }

    #[test]
    fn no_account_is_ever_locked() {
        let delays = after_failures(1_000);
        assert_eq!(delays.wait_seconds(&DESK, NOW.plus_seconds(30)), None);
        assert_eq!(delays.wait_seconds(&[2; 32], NOW), None);
    }

    #[test]
    fn success_and_time_wipe_the_slate() {
        let delays = after_failures(10);
        delays.succeeded(&DESK);
        assert_eq!(delays.wait_seconds(&DESK, NOW), None);
        let delays = after_failures(10);
        let later = NOW.plus_seconds(MEMORY_SECONDS);
        delays.failed(DESK, later);
        assert_eq!(delays.wait_seconds(&DESK, later), None);
    }
}
