//! The use cases, one a file. They know the store, the projections, the hub, the clock and the random source; of HTTP
//! they know nothing. What they take are the wire's requests, field by field; what they refuse is a [`ServiceError`].

mod access;
pub mod act;
pub mod assign;
pub mod availability;
pub mod block;
pub mod book;
pub mod cancel;
pub mod change;
pub mod chart;
pub mod day;
pub mod details;
mod draft;
mod error;
mod fields;
pub mod find_reservation;
pub mod folio;
pub mod follow;
pub mod history;
pub mod hold;
pub mod hotels;
pub mod house;
pub mod leave;
pub mod list_reservations;
pub mod new_stay;
pub mod nudge;
pub mod open_reservation;
pub mod password;
pub mod recent;
pub mod rights;
pub mod rooms;
pub mod search;
mod session_streams;
pub mod sign_in_delay;
pub mod staff;
pub mod swap;
pub mod terms;
pub mod tonight;

pub use access::IfMatch;
pub use error::ServiceError;
pub use fields::{FieldError, FieldErrors};
