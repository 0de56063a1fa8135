//! What came of bookings, counted for whoever watches the server.

use crate::server::measure::Counter;
use crate::server::service::ServiceError;
use crate::server::service::book::Booked;
use crate::server::store::StoreError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingOutcome {
    Booked,
    /// The first answer once more.
    Replayed,
    SoldOut,
    /// The request cannot be carried out as it stands.
    Refused,
    /// Too much to do; worth another try.
    Busy,
    Failed,
}

impl BookingOutcome {
    pub const ALL: [Self; 6] = [Self::Booked, Self::Replayed, Self::SoldOut, Self::Refused, Self::Busy, Self::Failed];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Replayed => "replayed",
            Self::SoldOut => "sold_out",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Failed => "failed",
        }
    }

    fn of(result: &Result<Booked, ServiceError>) -> Self {
        match result {
            Ok(booked) if booked.replayed => Self::Replayed,
            Ok(_) => Self::Booked,
            Err(ServiceError::SoldOut(_)) => Self::SoldOut,
            Err(ServiceError::Store(StoreError::Busy)) => Self::Busy,
            Err(ServiceError::Store(_)) => Self::Failed,
            Err(_) => Self::Refused,
        }
    }
}

/// How often each has come about since the start of the process.
#[derive(Debug, Default)]
pub struct BookingCounts([Counter; BookingOutcome::ALL.len()]);

impl BookingCounts {
    pub fn read(&self, outcome: BookingOutcome) -> u64 {
        self.0[outcome as usize].read()
    }

    pub(super) fn count(&self, result: &Result<Booked, ServiceError>) {
        self.0[BookingOutcome::of(result) as usize].add(1);
    }
}
