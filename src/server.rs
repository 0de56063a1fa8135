//! The server: HTTP, use cases, store, hub.

pub mod admin;
pub mod api_v1;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod error;
pub mod hub;
pub mod jobs;
pub mod limits;
pub mod live;
pub mod measure;
pub mod metrics;
pub mod net;
pub mod projections;
pub mod random;
mod request_id;
mod router;
pub mod run;
pub mod service;
pub mod state;
pub mod store;
pub mod token;
pub mod web;
