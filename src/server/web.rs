//! What browsers ask for: pages, forms, files, and the headers they come with.

pub mod assets;
pub mod cookies;
pub mod desk;
pub mod error_page;
pub mod guest;
pub mod headers;
pub mod query;
#[cfg(debug_assertions)]
pub mod reload;
pub mod render;
pub mod session;
