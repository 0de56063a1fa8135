//! What is wrong with which field. Fields are named as on the wire; each error is a value, so that pages can say it in
//! the guest's language.

use std::collections::BTreeMap;

use crate::domain::day::DayRuleError;
use crate::domain::hotel::CivilTimeError;
use crate::domain::rooms::block::BlockError;
use crate::domain::rooms::room::{ConditionError, RoomNumberError};
use crate::domain::{AmendmentError, CodeError, DateError, FolioError, GuestError, PartyError, StayError};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    #[error("this is required")]
    Missing,
    #[error(transparent)]
    Date(#[from] DateError),
    #[error(transparent)]
    Stay(#[from] StayError),
    #[error(transparent)]
    Amendment(AmendmentError),
    #[error(transparent)]
    Party(#[from] PartyError),
    #[error("this room type sleeps at most {sleeps}")]
    PartyTooLarge { sleeps: u8 },
    #[error(transparent)]
    Guest(#[from] GuestError),
    #[error(transparent)]
    Code(#[from] CodeError),
    #[error(transparent)]
    Block(#[from] BlockError),
    #[error(transparent)]
    Condition(#[from] ConditionError),
    #[error(transparent)]
    RoomNumber(#[from] RoomNumberError),
    #[error(transparent)]
    Folio(#[from] FolioError),
    #[error(transparent)]
    DayRule(#[from] DayRuleError),
    #[error("there is no such room type at this hotel")]
    RoomType,
    #[error("there is no such rate plan for this room type")]
    RatePlan,
    #[error("give either a hold or the fields of one")]
    HoldOrStay,
    #[error("this is not a whole number that can be used here")]
    Number,
    #[error("a stay cannot be swapped with itself")]
    Itself,
    #[error("to must be after from")]
    EmptyRange,
    #[error("at most {most} nights can be asked for at once")]
    LongRange { most: i32 },
    #[error("a state is one of held, confirmed, in_house, checked_out, cancelled, no_show, lapsed")]
    Status,
    #[error("a part of the log is one of stays, folio, rooms, house, staff")]
    LogPart,
    #[error(transparent)]
    Time(#[from] CivilTimeError),
    #[error("this must be from {least} to {most}")]
    Range { least: u16, most: u16 },
    #[error("there is no such field")]
    Unknown,
    #[error("this is given twice")]
    Twice,
    /// What a reader of JSON or of a list says.
    #[error("{0}")]
    Other(String),
}

/// Field to error; one for each field, the first that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, FieldError>);

impl FieldErrors {
    pub fn one(field: &str, error: impl Into<FieldError>) -> Self {
        let mut errors = Self::default();
        errors.refuse(field, error);
        errors
    }

    pub fn refuse(&mut self, field: &str, error: impl Into<FieldError>) {
        self.0.entry(field.to_owned()).or_insert_with(|| error.into());
    }

    /// The value, or none and the error written down at its field.
    pub fn take<T, E: Into<FieldError>>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.refuse(field, error)).ok()
    }

    /// A field that must be there and must parse. Blank counts as missing.
    pub fn require<T>(&mut self, field: &str, text: Option<&str>) -> Option<T>
    where
        T: core::str::FromStr<Err: Into<FieldError>>,
    {
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            None => {
                self.refuse(field, FieldError::Missing);
                None
            }
            Some(text) => self.take(field, text.parse()),
        }
    }

    /// A field that may be missing or blank, and must parse otherwise.
    pub fn allow<T>(&mut self, field: &str, text: Option<&str>) -> Option<T>
    where
        T: core::str::FromStr<Err: Into<FieldError>>,
    {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        self.take(field, text.parse())
    }

    /// A whole number in a query or a form.
    pub fn number(&mut self, field: &str, text: Option<&str>) -> Option<u8> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        self.take(field, text.parse::<u8>().map_err(|_| FieldError::Number))
    }

    pub fn get(&self, field: &str) -> Option<&FieldError> {
        self.0.get(field)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &FieldError)> {
        self.0.iter().map(|(field, error)| (field.as_str(), error))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was parsed, if every field was good.
    pub fn finish<T>(self, parsed: Option<T>) -> Result<T, Self> {
        match parsed {
            Some(parsed) if self.is_empty() => Ok(parsed),
            _ => Err(self),
        }
    }
}
