//! The server from outside: the real program in this process on a port of its own, a real database file, typed clients.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod app;
mod booking;
mod changes;
mod chart;
mod client;
mod desk;
mod desk_day;
mod desk_pages;
mod ending;
mod errors;
mod folio;
mod guest_holds;
mod holds;
mod house;
mod housekeeping;
mod memory;
mod metrics;
mod new_stay;
mod pages;
mod race;
mod rooms;
mod sheets;
mod slips;
mod split;
mod sse;
mod stays;
mod streams;
mod stumbles;
