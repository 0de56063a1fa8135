//! Prices by night: a base for each weekday, overridden by date, summed to the total of a stay.

use std::collections::BTreeMap;

use crate::domain::{Currency, Date, Money, MoneyError, Stay};

/// What a night of a room type costs, by date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceTable {
    currency: Currency,
    /// Minor units, Monday first.
    by_weekday: [i64; 7],
    /// Minor units, for the nights that differ.
    by_date: BTreeMap<Date, i64>,
}

/// The price of a stay, night by night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub nightly: Vec<(Date, Money)>,
    pub total: Money,
}

impl PriceTable {
    pub const fn new(currency: Currency, by_weekday: [i64; 7], by_date: BTreeMap<Date, i64>) -> Self {
        Self { currency, by_weekday, by_date }
    }

    /// The same price every night.
    pub const fn flat(price: Money) -> Self {
        Self::new(price.currency, [price.minor; 7], BTreeMap::new())
    }

    pub const fn currency(&self) -> Currency {
        self.currency
    }

    pub const fn by_weekday(&self) -> &[i64; 7] {
        &self.by_weekday
    }

    pub const fn by_date(&self) -> &BTreeMap<Date, i64> {
        &self.by_date
    }

    pub fn night(&self, night: Date) -> Money {
        let minor = self.by_date.get(&night).copied().unwrap_or(self.by_weekday[night.weekday().index()]);
        Money::new(minor, self.currency)
    }

    /// The lowest base price of a night.
    pub fn from_price(&self) -> Money {
        let minor = self.by_weekday.iter().copied().fold(i64::MAX, i64::min);
        Money::new(minor, self.currency)
    }

    pub fn quote(&self, stay: Stay) -> Result<Quote, MoneyError> {
        let nightly: Vec<(Date, Money)> = stay.nights().map(|night| (night, self.night(night))).collect();
        let total = Money::sum(self.currency, nightly.iter().map(|(_, price)| *price))?;
        Ok(Quote { nightly, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_override_wins_over_the_weekday() {
        let friday: Date = "2026-12-25".parse().unwrap();
        let prices = PriceTable::new(Currency::Eur, [100, 100, 100, 100, 150, 160, 90], [(friday, 300)].into());
        let stay = Stay::new(friday.add_days(-1), friday.add_days(3)).unwrap();
        let quote = prices.quote(stay).unwrap();
        assert_eq!(quote.nightly.iter().map(|(_, price)| price.minor).collect::<Vec<_>>(), [100, 300, 160, 90]);
        assert_eq!(quote.total, Money::new(650, Currency::Eur));
        assert_eq!(prices.from_price(), Money::new(90, Currency::Eur));
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_the_nights(
            by_weekday in prop::array::uniform7(0_i64..1_000_000),
            overrides in prop::collection::btree_map(0_i32..80, 0_i64..1_000_000, 0..20),
            offset in 0_i32..20,
            length in 1_i32..=60,
        ) {
            let start: Date = "2027-01-01".parse().unwrap();
            let by_date = overrides.into_iter().map(|(day, price)| (start.add_days(day), price)).collect();
            let prices = PriceTable::new(Currency::Cny, by_weekday, by_date);
            let stay = Stay::new(start.add_days(offset), start.add_days(offset + length)).unwrap();
            let quote = prices.quote(stay).unwrap();
            prop_assert_eq!(quote.nightly.len(), usize::from(stay.night_count()));
            prop_assert_eq!(quote.total.minor, stay.nights().map(|night| prices.night(night).minor).sum::<i64>());
        }

        #[test]
        fn a_stay_costs_as_much_as_its_two_halves(cut in 1_i32..59, by_weekday in prop::array::uniform7(0_i64..1_000_000)) {
            let start: Date = "2027-01-01".parse().unwrap();
            let prices = PriceTable::new(Currency::Eur, by_weekday, BTreeMap::new());
            let total = |from: i32, to: i32| prices.quote(Stay::new(start.add_days(from), start.add_days(to)).unwrap()).unwrap().total.minor;
            prop_assert_eq!(total(0, 60), total(0, cut) + total(cut, 60));
        }
    }
}
