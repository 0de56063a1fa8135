//! The folio as the desk sees it.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Folio, FolioEntry, Money, MoneyError, ReservationCode, Timestamp, folio::StayLine};
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FolioView {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: ReservationCode,
    /// What the reservation itself costs.
    pub lines: Vec<StayLineView>,
    /// What was posted, oldest first.
    pub entries: Vec<FolioEntryView>,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub charges: Money,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub payments: Money,
    /// Charges less payments.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub balance: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct StayLineView {
    /// `night`, or `fee` in place of the nights
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, format = Date))]
    pub date: Option<Date>,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub amount: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FolioEntryView {
    pub id: u64,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `system`, or the e-mail of a member of staff.
    pub by: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    /// `charge`, `payment`
    pub kind: String,
    /// Of a payment: `cash card transfer other`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Below zero for a counter-entry.
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub amount: Money,
    /// The entry that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<u64>,
}

/// What is to be posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FolioRequest {
    /// `charge`, `payment`, `reversal`
    pub kind: String,
    /// What a charge is for; a payment may say something too.
    #[serde(default)]
    pub text: Option<String>,
    /// Above zero, in the hotel's currency.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<MoneySchema>))]
    pub amount: Option<Money>,
    /// Of a payment: `cash card transfer other`
    #[serde(default)]
    pub method: Option<String>,
    /// The entry that a reversal takes back.
    #[serde(default)]
    pub entry: Option<u64>,
}

impl FolioView {
    pub fn new(code: ReservationCode, folio: &Folio) -> Result<Self, MoneyError> {
        let line = |line: &StayLine| match *line {
            StayLine::Night { date, price } => {
                StayLineView { kind: "night".to_owned(), date: Some(date), amount: price }
            }
            StayLine::Fee(amount) => StayLineView { kind: "fee".to_owned(), date: None, amount },
        };
        Ok(Self {
            code,
            lines: folio.lines.iter().map(line).collect(),
            entries: folio.entries.iter().map(FolioEntryView::new).collect(),
            charges: folio.charges()?,
            payments: folio.payments()?,
            balance: folio.balance()?,
        })
    }

    /// Whether an entry was taken back.
    pub fn is_reversed(&self, id: u64) -> bool {
        self.entries.iter().any(|entry| entry.reverses == Some(id))
    }
}

impl FolioEntryView {
    pub fn new(entry: &FolioEntry) -> Self {
        Self {
            id: entry.id.0,
            at: entry.at,
            by: entry.by.clone(),
            business_date: entry.business_date,
            kind: entry.kind.as_str().to_owned(),
            method: entry.kind.method().map(|method| method.as_str().to_owned()),
            text: entry.text.to_string(),
            amount: entry.amount,
            reverses: entry.reverses.map(|id| id.0),
        }
    }
}
