//! The server: HTTP, use cases, store, hub.

pub mod web;
