//! The promises of the hub, kept. Time is paused wherever a timer takes part: it jumps when everyone waits.

mod availability;
mod keep_alive;
mod order;
mod pushing;
mod races;
mod rendering;
mod reset;
mod shutdown;
mod slow_readers;
mod support;
mod wakes;
