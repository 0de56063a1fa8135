//! The desk's pages. Dense but calm: the same parts as the guest's, closer together. Everything works by forms and
//! links; the islands on top keep it alive.

pub mod card;
pub mod change;
pub mod chart;
mod chart_days;
pub mod chart_form;
pub mod day;
pub mod details;
pub mod folio;
pub mod frame;
pub mod free;
pub mod history;
pub mod house;
pub mod new_stay;
pub mod outcome;
pub mod problem;
pub mod question;
pub mod reservation;
pub mod reservations;
pub mod room_form;
pub mod rooms;
pub mod settings;
pub mod sheet;
pub mod sign_in;
