//! Money in whole minor units with its currency. No fractions, no floating point.

use core::fmt;
use core::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Currency {
    Cny,
    Eur,
    Gbp,
    Jpy,
    Usd,
}

/// An amount in minor units (cents, fen); two currencies cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("amounts of two currencies cannot be added")]
    MixedCurrencies,
    #[error("the amount is too large")]
    Overflow,
    #[error("unknown currency")]
    UnknownCurrency,
}

impl Currency {
    /// The ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Jpy => "JPY",
            Self::Usd => "USD",
        }
    }

    /// Digits after the decimal point, as ISO 4217 has them.
    pub const fn minor_digits(self) -> u8 {
        match self {
            Self::Jpy => 0,
            Self::Cny | Self::Eur | Self::Gbp | Self::Usd => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        [Self::Cny, Self::Eur, Self::Gbp, Self::Jpy, Self::Usd]
            .into_iter()
            .find(|currency| currency.code() == text)
            .ok_or(MoneyError::UnknownCurrency)
    }
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The sum of amounts of one currency; zero of that currency for none.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_currencies_cannot_be_added() {
        let euro = Money::new(100, Currency::Eur);
        assert_eq!(euro.checked_add(Money::new(1, Currency::Cny)), Err(MoneyError::MixedCurrencies));
        assert_eq!(euro.checked_add(Money::new(i64::MAX, Currency::Eur)), Err(MoneyError::Overflow));
        assert_eq!(euro.checked_add(Money::new(-30, Currency::Eur)), Ok(Money::new(70, Currency::Eur)));
    }

    #[test]
    fn a_currency_is_named_by_its_iso_code() {
        for currency in [Currency::Cny, Currency::Eur, Currency::Gbp, Currency::Jpy, Currency::Usd] {
            assert_eq!(currency.code().parse(), Ok(currency));
        }
        assert_eq!("eur".parse::<Currency>(), Err(MoneyError::UnknownCurrency));
    }
}
