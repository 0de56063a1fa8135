//! What crosses the network: serde types for the API, the forms and the streams.
//!
//! Values of the domain keep their types here; `scalars` says how each is written. Inputs refuse unknown fields.

pub mod availability;
pub mod booking;
pub mod change;
pub mod chart;
pub mod day;
pub mod desk;
pub mod ending;
pub mod folio;
pub mod history;
pub mod hold;
pub mod hotel;
pub mod object;
pub mod offer;
pub mod problem;
pub mod reservation;
pub mod room;
mod scalars;
pub mod terms;
