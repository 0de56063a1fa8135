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
    #[error("an amount is written in digits, like 119.00")]
    Format,
    #[error("the amount has more decimals than the currency")]
    TooPrecise,
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

    /// Reads an amount in whole units with decimals, such as `119`, `119.5` or `-6.38`, exactly.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) {
            return Err(MoneyError::Format);
        }
        let places = usize::from(currency.minor_digits());
        let (kept, beyond) = decimals.split_at(places.min(decimals.len()));
        if beyond.bytes().any(|byte| byte != b'0') {
            return Err(MoneyError::TooPrecise);
        }
        let minor: i64 = format!("{whole}{kept:0<places$}").parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(if is_negative { -minor } else { minor }, currency))
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
    fn an_amount_is_read_to_the_cent() {
        for (text, minor) in [("119", 11_900), ("119.5", 11_950), ("0.07", 7), ("-6.38", -638), ("75.000", 7_500)] {
            assert_eq!(Money::from_decimal(text, Currency::Eur), Ok(Money::new(minor, Currency::Eur)), "{text}");
        }
        assert_eq!(Money::from_decimal("1200", Currency::Jpy), Ok(Money::new(1200, Currency::Jpy)));
        assert_eq!(Money::from_decimal("1.005", Currency::Eur), Err(MoneyError::TooPrecise));
        assert_eq!(Money::from_decimal("1.5", Currency::Jpy), Err(MoneyError::TooPrecise));
        assert_eq!(Money::from_decimal("99999999999999999999", Currency::Eur), Err(MoneyError::Overflow));
        for bad in ["", ".5", "1.", "1,50", "1e3", "+1", "--1", "NaN"] {
            assert_eq!(Money::from_decimal(bad, Currency::Eur), Err(MoneyError::Format), "{bad}");
        }
    }

    #[test]
    fn a_currency_is_named_by_its_iso_code() {
        for currency in [Currency::Cny, Currency::Eur, Currency::Gbp, Currency::Jpy, Currency::Usd] {
            assert_eq!(currency.code().parse(), Ok(currency));
        }
        assert_eq!("eur".parse::<Currency>(), Err(MoneyError::UnknownCurrency));
    }
}
