//! The program as it is run: arguments in, lines and an exit code out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod admin;
mod import_bookings;
mod program;
