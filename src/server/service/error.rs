//! What a use case refuses, each refusal with a name. Texts are made where they are shown.

use crate::domain::{AmendmentError, Date, FolioRefusal, Money, SoldOut, Status, TransitionNotAllowed};
use crate::server::limits::TooMany;
use crate::server::service::FieldErrors;
use crate::server::store::day::DayRefusal;
use crate::server::store::{CommandError, RoomRefusal, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    #[error("there is no such hotel")]
    HotelNotFound,
    /// Also the answer to a wrong token: nobody learns which codes exist.
    #[error("there is no such reservation")]
    ReservationNotFound,
    #[error("there is no such hold, or it has ended")]
    HoldNotFound,
    /// The hold of this form has become a reservation of somebody's by the desk's hand.
    #[error("the desk has booked what was held")]
    BookedByDesk,
    #[error("the hold was extended as often as it can be")]
    ExtensionsUsedUp,
    #[error("some fields cannot be used")]
    Invalid(FieldErrors),
    #[error(transparent)]
    SoldOut(SoldOut),
    /// The price has changed since it was shown; nothing was booked.
    #[error("the price has changed")]
    PriceChanged { shown: Money, current: Money },
    #[error(transparent)]
    TransitionNotAllowed(TransitionNotAllowed),
    /// The stay is not one that can be changed, or not any more by its guest.
    #[error(transparent)]
    NotChangeable(AmendmentError),
    #[error("the idempotency key was used for another request")]
    IdempotencyKeyReused,
    #[error("someone else has changed it meanwhile")]
    VersionConflict { current: u32 },
    #[error("too soon after the last time")]
    TooSoon { retry_after_seconds: u64 },
    #[error(transparent)]
    Room(RoomRefusal),
    #[error(transparent)]
    Folio(FolioRefusal),
    #[error(transparent)]
    Day(DayRefusal),
    #[error("a reservation that is {0} is not changed any more")]
    Over(Status),
    /// Its nights have gone, and cannot be taken again.
    #[error("the stay ended on {departure}")]
    StayIsOver { departure: Date },
    /// Whoever checks the guest out asked to be told.
    #[error("the folio is not settled")]
    BalanceOpen { balance: Money },
    /// Whoever checks the guest in asked to be told.
    #[error("the stay begins on {arrival}")]
    StayIsAhead { arrival: Date },
    /// Whoever checks the guest in asked to be told.
    #[error("the room is dirty")]
    RoomDirty,
    /// Whoever confirms it asked to be told.
    #[error("nobody has said whose it is")]
    NameMissing,
    #[error(transparent)]
    TooMany(#[from] TooMany),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<CommandError> for ServiceError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::SoldOut(sold_out) => Self::SoldOut(sold_out),
            CommandError::ReservationNotFound => Self::ReservationNotFound,
            CommandError::HoldNotFound => Self::HoldNotFound,
            CommandError::ExtensionsUsedUp => Self::ExtensionsUsedUp,
            CommandError::RoomTypeNotFound => Self::Invalid(FieldErrors::one("room_type", super::FieldError::RoomType)),
            CommandError::HotelNotFound => Self::HotelNotFound,
            CommandError::TransitionNotAllowed(refused) => Self::TransitionNotAllowed(refused),
            CommandError::IdempotencyKeyReused => Self::IdempotencyKeyReused,
            CommandError::VersionConflict { current } => Self::VersionConflict { current },
            CommandError::TooSoon { retry_after_seconds } => Self::TooSoon { retry_after_seconds },
            // Five codes in a row were taken: with 40 bits that is a broken source of chance.
            CommandError::CodeTaken => Self::Store(StoreError::Corrupt("every code that was drawn is taken".into())),
            CommandError::Amendment(error) => error.into(),
            CommandError::Room(refusal) => Self::Room(refusal),
            CommandError::Folio(refusal) => Self::Folio(refusal),
            CommandError::Day(refusal) => Self::Day(refusal),
            CommandError::Over(status) => Self::Over(status),
            CommandError::Store(error) => Self::Store(error),
        }
    }
}

impl From<FieldErrors> for ServiceError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
