//! Read models held in memory: the log applied in order. They answer without touching the database.

pub mod availability;
mod board;
