//! What it costs to give a stay up: free until some hours before check-in, then some nights at their agreed price.

use crate::domain::{Action, Date, Money, MoneyError, Timestamp};

/// A hotel's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancellationPolicy {
    /// Cancelling is free until so many hours before check-in.
    pub free_hours: u16,
    /// So many nights are to be paid after that; 0 is free to the last.
    pub fee_nights: u16,
    /// So many nights are to be paid by who does not come.
    pub no_show_nights: u16,
}

impl Default for CancellationPolicy {
    fn default() -> Self {
        Self { free_hours: 24, fee_nights: 1, no_show_nights: 1 }
    }
}

impl CancellationPolicy {
    /// The last moment at which cancelling is free, for a stay whose check-in begins at `check_in`.
    pub fn free_until(self, check_in: Timestamp) -> Timestamp {
        check_in.plus_seconds(-3600 * i64::from(self.free_hours))
    }

    /// What giving the stay up costs; none for an action that gives nothing up. Never more than the stay.
    pub fn fee(
        self,
        action: Action,
        nightly: &[(Date, Money)],
        (check_in, now): (Timestamp, Timestamp),
    ) -> Result<Option<Money>, MoneyError> {
        let nights = match action {
            Action::Cancel if now <= self.free_until(check_in) => 0,
            Action::Cancel => self.fee_nights,
            Action::NoShow => self.no_show_nights,
            _ => return Ok(None),
        };
        let Some((_, first)) = nightly.first() else { return Ok(None) };
        let paid = nightly.iter().take(usize::from(nights)).map(|(_, price)| *price);
        Money::sum(first.currency, paid).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Currency;

    const CHECK_IN: Timestamp = Timestamp::from_unix_ms(1_900_000_000_000);

    fn fee(policy: CancellationPolicy, action: Action, hours_before: i64) -> Option<i64> {
        let day: Date = "2030-03-17".parse().unwrap();
        let nightly: Vec<_> =
            (0..3).map(|night| (day.add_days(night), Money::new(100 + i64::from(night), Currency::Eur))).collect();
        let now = CHECK_IN.plus_seconds(-3600 * hours_before);
        policy.fee(action, &nightly, (CHECK_IN, now)).unwrap().map(|fee| fee.minor)
    }

    #[test]
    fn cancelling_is_free_to_the_last_moment_and_then_costs_the_first_night() {
        let policy = CancellationPolicy::default();
        assert_eq!(fee(policy, Action::Cancel, 25), Some(0));
        assert_eq!(fee(policy, Action::Cancel, 24), Some(0));
        assert_eq!(fee(policy, Action::Cancel, 23), Some(100));
        assert_eq!(fee(policy, Action::NoShow, -20), Some(100));
        assert_eq!(fee(policy, Action::CheckIn, 0), None);
    }

    #[test]
    fn no_fee_is_higher_than_the_stay() {
        let strict = CancellationPolicy { free_hours: 24 * 7, fee_nights: 2, no_show_nights: 9 };
        assert_eq!(fee(strict, Action::Cancel, 24 * 7), Some(0));
        assert_eq!(fee(strict, Action::Cancel, 24 * 7 - 1), Some(201));
        assert_eq!(fee(strict, Action::NoShow, 0), Some(303));
        let free = CancellationPolicy { free_hours: 0, fee_nights: 0, no_show_nights: 0 };
        assert_eq!(fee(free, Action::Cancel, -5), Some(0));
    }
}
