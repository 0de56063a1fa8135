//! The server: HTTP, use cases, store, hub.

pub mod clock;
pub mod hub;
pub mod net;
pub mod random;
pub mod service;
pub mod store;
pub mod token;
pub mod web;
