//! The stable face of every error: its name, status and title. Clients rely on the names; they are never renamed.

use axum::http::StatusCode;

use super::AppError;
use crate::domain::{AmendmentError, FolioRefusal, Status};
use crate::server::service::ServiceError;
use crate::server::store::day::DayRefusal;
use crate::server::store::{RoomRefusal, StoreError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Ends `urn:vacancy:problem:`.
    pub name: &'static str,
    pub status: StatusCode,
    pub title: &'static str,
}

const fn outline(name: &'static str, status: StatusCode, title: &'static str) -> Outline {
    Outline { name, status, title }
}

impl AppError {
    pub fn outline(&self) -> Outline {
        match self {
            Self::Service(error) => service(error),
            Self::NotFound => outline("not-found", StatusCode::NOT_FOUND, "Not found"),
            Self::MethodNotAllowed => {
                outline("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
            }
            Self::Json(_) => outline("invalid-json", StatusCode::BAD_REQUEST, "The body cannot be read"),
            Self::Query(_) => outline("invalid-query", StatusCode::BAD_REQUEST, "The query cannot be read"),
            Self::MediaType => {
                outline("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported media type")
            }
            Self::TooLarge => outline("too-large", StatusCode::PAYLOAD_TOO_LARGE, "Too large"),
            Self::IdempotencyKeyMissing => {
                outline("idempotency-key-missing", StatusCode::BAD_REQUEST, "No usable idempotency key")
            }
            Self::NotSignedIn => outline("not-signed-in", StatusCode::UNAUTHORIZED, "Not signed in"),
            Self::SignInRefused => outline("sign-in-refused", StatusCode::UNAUTHORIZED, "Sign-in refused"),
            Self::Forbidden => outline("forbidden", StatusCode::FORBIDDEN, "Not allowed"),
            Self::CrossSite => outline("cross-site", StatusCode::FORBIDDEN, "From another site"),
            Self::TimedOut => outline("timed-out", StatusCode::SERVICE_UNAVAILABLE, "Timed out"),
            Self::ShuttingDown => outline("shutting-down", StatusCode::SERVICE_UNAVAILABLE, "Shutting down"),
            Self::Status(status) => outline("refused", *status, status.canonical_reason().unwrap_or("Refused")),
            Self::Internal(_) => INTERNAL,
        }
    }

    /// The error of a refusal that only has a status.
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::MediaType,
            StatusCode::UNAUTHORIZED => Self::NotSignedIn,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::INTERNAL_SERVER_ERROR => Self::Internal("answered without an error".into()),
            other => Self::Status(other),
        }
    }
}

const INTERNAL: Outline = outline("internal", StatusCode::INTERNAL_SERVER_ERROR, "Something broke");

fn service(error: &ServiceError) -> Outline {
    match error {
        ServiceError::HotelNotFound => outline("hotel-not-found", StatusCode::NOT_FOUND, "No such hotel"),
        ServiceError::ReservationNotFound => {
            outline("reservation-not-found", StatusCode::NOT_FOUND, "No such reservation")
        }
        ServiceError::HoldNotFound => outline("hold-not-found", StatusCode::NOT_FOUND, "No such hold"),
        ServiceError::BookedByDesk => outline("booked-by-desk", StatusCode::CONFLICT, "Booked by the desk"),
        ServiceError::StayIsAhead { .. } => outline("stay-is-ahead", StatusCode::CONFLICT, "The stay begins later"),
        ServiceError::RoomDirty => outline("room-dirty", StatusCode::CONFLICT, "The room is dirty"),
        ServiceError::NameMissing => outline("name-missing", StatusCode::CONFLICT, "Nobody's name is known"),
        ServiceError::ExtensionsUsedUp => {
            outline("extensions-used-up", StatusCode::CONFLICT, "Held as long as it can be")
        }
        ServiceError::Invalid(_) => {
            outline("invalid-fields", StatusCode::UNPROCESSABLE_ENTITY, "Some fields cannot be used")
        }
        ServiceError::SoldOut(_) => outline("sold-out", StatusCode::CONFLICT, "Sold out"),
        ServiceError::PriceChanged { .. } => outline("price-changed", StatusCode::CONFLICT, "The price has changed"),
        ServiceError::TransitionNotAllowed(refused) if refused.from == Status::Lapsed => {
            outline("transition-not-allowed", StatusCode::CONFLICT, "The hold has lapsed")
        }
        ServiceError::NotChangeable(AmendmentError::ArrivalDay) => {
            outline("arrival-day", StatusCode::CONFLICT, "Too late to change it yourself")
        }
        ServiceError::TransitionNotAllowed(_) | ServiceError::NotChangeable(_) | ServiceError::Over(_) => {
            outline("transition-not-allowed", StatusCode::CONFLICT, "Not possible in this state")
        }
        ServiceError::IdempotencyKeyReused => {
            outline("idempotency-key-reused", StatusCode::UNPROCESSABLE_ENTITY, "The key was used before")
        }
        ServiceError::VersionConflict { .. } => {
            outline("version-conflict", StatusCode::PRECONDITION_FAILED, "Changed in the meantime")
        }
        ServiceError::Room(refusal) => room(refusal),
        ServiceError::Folio(refusal) => folio(*refusal),
        ServiceError::Day(refusal) => day(refusal),
        ServiceError::StayIsOver { .. } => outline("stay-is-over", StatusCode::CONFLICT, "The stay is over"),
        ServiceError::BalanceOpen { .. } => outline("balance-open", StatusCode::CONFLICT, "The folio is not settled"),
        ServiceError::TooSoon { .. } => outline("too-soon", StatusCode::TOO_MANY_REQUESTS, "Too soon"),
        ServiceError::TooMany(_) => outline("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "Too many requests"),
        ServiceError::Store(StoreError::Busy) => outline("busy", StatusCode::SERVICE_UNAVAILABLE, "Very busy"),
        ServiceError::Store(StoreError::Closed) => {
            outline("shutting-down", StatusCode::SERVICE_UNAVAILABLE, "Shutting down")
        }
        ServiceError::Store(_) => INTERNAL,
    }
}

fn folio(refusal: FolioRefusal) -> Outline {
    match refusal {
        FolioRefusal::EntryNotFound => outline("entry-not-found", StatusCode::NOT_FOUND, "No such entry"),
        FolioRefusal::AlreadyReversed | FolioRefusal::IsReversal => {
            outline("entry-reversed", StatusCode::CONFLICT, "Taken back already")
        }
        FolioRefusal::OtherCurrency(_) => {
            outline("other-currency", StatusCode::UNPROCESSABLE_ENTITY, "Another currency")
        }
        FolioRefusal::Overpaid { .. } => outline("overpaid", StatusCode::CONFLICT, "More than is to be paid"),
        FolioRefusal::State(_) => outline("transition-not-allowed", StatusCode::CONFLICT, "Not possible in this state"),
    }
}

fn day(refusal: &DayRefusal) -> Outline {
    match refusal {
        DayRefusal::NotOver => outline("day-not-over", StatusCode::CONFLICT, "The day is not over"),
        DayRefusal::AnotherDay { .. } => outline("another-day", StatusCode::CONFLICT, "The house is on another day"),
        DayRefusal::ByClock => outline("day-ends-by-clock", StatusCode::CONFLICT, "The day ends by itself"),
        DayRefusal::Undecided { .. } => outline("day-undecided", StatusCode::CONFLICT, "Some stays are undecided"),
    }
}

fn room(refusal: &RoomRefusal) -> Outline {
    match refusal {
        RoomRefusal::NotFound => outline("room-not-found", StatusCode::NOT_FOUND, "No such room"),
        RoomRefusal::BlockNotFound => outline("block-not-found", StatusCode::NOT_FOUND, "No such block"),
        RoomRefusal::AnotherType { .. } => {
            outline("room-of-another-type", StatusCode::CONFLICT, "The room is of another type")
        }
        RoomRefusal::Taken { .. } => outline("room-taken", StatusCode::CONFLICT, "The room is taken"),
        RoomRefusal::Promised { .. } => {
            outline("promise-broken", StatusCode::CONFLICT, "Stays would be left without a room")
        }
        RoomRefusal::NoneFree => outline("no-room-free", StatusCode::CONFLICT, "No room is free"),
        RoomRefusal::State(_) => outline("transition-not-allowed", StatusCode::CONFLICT, "Not possible in this state"),
        RoomRefusal::NotItsNight => {
            outline("night-not-in-stay", StatusCode::UNPROCESSABLE_ENTITY, "No night of the stay to come")
        }
        RoomRefusal::NoRoomBefore => outline("no-room-before", StatusCode::CONFLICT, "No room yet before that night"),
        RoomRefusal::Split { .. } => outline("stay-is-split", StatusCode::CONFLICT, "The stay is in several rooms"),
        RoomRefusal::NoMoveDue => outline("no-move-due", StatusCode::CONFLICT, "The guest is where he should be"),
        RoomRefusal::NumberTaken(_) => outline("room-number-taken", StatusCode::CONFLICT, "The number is taken"),
        RoomRefusal::TooMany { .. } => outline("too-many-rooms", StatusCode::CONFLICT, "Too many rooms"),
    }
}
