//! The folio: what a stay costs and what was paid for it. What the reservation itself says is not posted, it is read off
//! it; what is posted stays, and a mistake is undone by a counter-entry.

use core::fmt;
use core::str::FromStr;

use crate::domain::{Currency, Date, Money, MoneyError, Reservation, Status, Timestamp};

/// No single entry is larger, so that sums never overflow: 1,000,000,000 minor units.
pub const MOST_MINOR: i64 = 1_000_000_000;

/// The number of the fact that made it; unique within its hotel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FolioEntryId(pub u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentMethod {
    Cash,
    Card,
    Transfer,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    Charge,
    Payment(PaymentMethod),
}

/// What an entry is for: one line of at most 120 characters. A payment may say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryText(String);

/// What is to be posted: an amount above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    kind: EntryKind,
    text: EntryText,
    amount: Money,
}

/// What was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolioEntry {
    pub id: FolioEntryId,
    pub at: Timestamp,
    /// `system`, or the e-mail of a member of staff.
    pub by: String,
    pub business_date: Date,
    pub kind: EntryKind,
    pub text: EntryText,
    /// Below zero for a counter-entry.
    pub amount: Money,
    pub reverses: Option<FolioEntryId>,
}

/// What the reservation itself costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StayLine {
    Night {
        date: Date,
        price: Money,
    },
    /// In place of the nights, when the guest cancelled or did not come.
    Fee(Money),
}

/// A reservation's account in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folio {
    pub currency: Currency,
    pub lines: Vec<StayLine>,
    /// In the order they were posted.
    pub entries: Vec<FolioEntry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolioError {
    #[error("an amount is written like 12.50")]
    Amount,
    #[error("the amount has more decimals than the currency")]
    TooPrecise,
    #[error("an amount is more than nothing")]
    NotPositive,
    #[error("the amount is too large")]
    TooLarge,
    #[error("a charge says what it is for")]
    TextMissing,
    #[error("a text has at most 120 characters")]
    TextTooLong,
    #[error("the text has characters that cannot be shown")]
    ControlCharacters,
    #[error("a payment is by cash, card, transfer or other")]
    Method,
    #[error("an entry is a charge, a payment or a reversal")]
    Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FolioRefusal {
    #[error("there is no such entry in this folio")]
    EntryNotFound,
    #[error("the entry has been taken back already")]
    AlreadyReversed,
    #[error("what takes an entry back cannot be taken back itself")]
    IsReversal,
    #[error("the folio is kept in {0}")]
    OtherCurrency(Currency),
    #[error("a reservation that is {0} has no folio to post to")]
    State(Status),
    #[error("then {} {} would have to be paid back", back.minor, back.currency)]
    Overpaid { back: Money },
}

impl Posting {
    pub fn new(kind: EntryKind, text: EntryText, amount: Money) -> Result<Self, FolioError> {
        match amount.minor {
            ..=0 => Err(FolioError::NotPositive),
            1..=MOST_MINOR if kind == EntryKind::Charge && text.0.is_empty() => Err(FolioError::TextMissing),
            1..=MOST_MINOR => Ok(Self { kind, text, amount }),
            _ => Err(FolioError::TooLarge),
        }
    }

    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// Refuses a payment of more than is to be paid; more often a slip of the finger than a guest who means it.
    pub fn check_within(&self, open: Money) -> Result<(), FolioRefusal> {
        let back = Money::new(self.amount.minor.saturating_sub(open.minor), self.amount.currency);
        let is_payment = matches!(self.kind, EntryKind::Payment(_));
        if is_payment && back.minor > 0 { Err(FolioRefusal::Overpaid { back }) } else { Ok(()) }
    }

    /// The entry that comes of it.
    pub fn posted(&self, id: FolioEntryId, at: Timestamp, by: String, business_date: Date) -> FolioEntry {
        let Self { kind, text, amount } = self.clone();
        FolioEntry { id, at, by, business_date, kind, text, amount, reverses: None }
    }
}

impl FolioEntry {
    /// The entry that takes this one back.
    #[must_use]
    pub fn reversed(&self, id: FolioEntryId, at: Timestamp, by: String, business_date: Date) -> Self {
        let amount = Money::new(-self.amount.minor, self.amount.currency);
        Self { id, at, by, business_date, kind: self.kind, text: self.text.clone(), amount, reverses: Some(self.id) }
    }
}

impl Folio {
    pub fn of(reservation: &Reservation, entries: Vec<FolioEntry>) -> Self {
        let status = reservation.state().status();
        let nights = || reservation.nightly.iter().map(|(date, price)| StayLine::Night { date: *date, price: *price });
        let lines = match status {
            Status::Held | Status::Confirmed | Status::InHouse | Status::CheckedOut => nights().collect(),
            Status::Cancelled | Status::NoShow => {
                reservation.fee.filter(|fee| fee.minor > 0).map(StayLine::Fee).into_iter().collect()
            }
            Status::Lapsed => Vec::new(),
        };
        Self { currency: reservation.total.currency, lines, entries }
    }

    pub fn charges(&self) -> Result<Money, MoneyError> {
        let lines = self.lines.iter().map(|line| match line {
            StayLine::Night { price, .. } | StayLine::Fee(price) => *price,
        });
        let posted = self.entries.iter().filter(|entry| entry.kind == EntryKind::Charge).map(|entry| entry.amount);
        Money::sum(self.currency, lines.chain(posted))
    }

    pub fn payments(&self) -> Result<Money, MoneyError> {
        let is_payment = |entry: &&FolioEntry| matches!(entry.kind, EntryKind::Payment(_));
        Money::sum(self.currency, self.entries.iter().filter(is_payment).map(|entry| entry.amount))
    }

    /// What is still to be paid; below zero, what the guest gets back.
    pub fn balance(&self) -> Result<Money, MoneyError> {
        let payments = self.payments()?;
        self.charges()?.checked_add(Money::new(-payments.minor, payments.currency))
    }

    /// The entry to take back, where that can be done.
    pub fn reversible(&self, id: FolioEntryId) -> Result<&FolioEntry, FolioRefusal> {
        let entry = self.entries.iter().find(|entry| entry.id == id).ok_or(FolioRefusal::EntryNotFound)?;
        if entry.reverses.is_some() {
            return Err(FolioRefusal::IsReversal);
        }
        if self.entries.iter().any(|other| other.reverses == Some(id)) {
            return Err(FolioRefusal::AlreadyReversed);
        }
        Ok(entry)
    }
}

/// Reads an amount as people type it: whole units, a point or a comma, no more decimals than the currency has. Grouped
/// thousands are refused, since one reader's group is the other's decimals.
pub fn typed_amount(text: &str, currency: Currency) -> Result<Money, FolioError> {
    let text = text.trim();
    let text = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
    let is_plain = text.starts_with(|first: char| first.is_ascii_digit());
    let amount = Money::from_decimal(&text, currency).map_err(|error| match error {
        MoneyError::TooPrecise => FolioError::TooPrecise,
        MoneyError::Overflow => FolioError::TooLarge,
        _ => FolioError::Amount,
    })?;
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    match amount.minor {
        _ if !is_plain => Err(FolioError::Amount),
        _ if decimals > usize::from(currency.minor_digits()) => Err(FolioError::TooPrecise),
        0 => Err(FolioError::NotPositive),
        MOST_MINOR.. => Err(FolioError::TooLarge),
        _ => Ok(amount),
    }
}

impl EntryText {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EntryText {
    type Err = FolioError;

    fn from_str(text: &str) -> Result<Self, FolioError> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err(FolioError::ControlCharacters);
        }
        if text.chars().count() > 120 { Err(FolioError::TextTooLong) } else { Ok(Self(text.to_owned())) }
    }
}

impl PaymentMethod {
    pub const ALL: [Self; 4] = [Self::Cash, Self::Card, Self::Transfer, Self::Other];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Card => "card",
            Self::Transfer => "transfer",
            Self::Other => "other",
        }
    }
}

impl FromStr for PaymentMethod {
    type Err = FolioError;

    fn from_str(text: &str) -> Result<Self, FolioError> {
        Self::ALL.into_iter().find(|method| method.as_str() == text).ok_or(FolioError::Method)
    }
}

impl EntryKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Payment(_) => "payment",
        }
    }

    pub const fn method(self) -> Option<PaymentMethod> {
        match self {
            Self::Charge => None,
            Self::Payment(method) => Some(method),
        }
    }
}

impl fmt::Display for EntryText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
#[path = "folio_tests.rs"]
mod tests;
