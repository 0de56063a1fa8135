//! Vacancy: a live hotel reservation app. Guests book in a browser, the front desk sees it happen, no room-night is
//! ever sold twice.
//!
//! Three faces, by Cargo feature: none (`domain` alone, pure rules), `hydrate` (what goes to the browser) and `ssr`
//! (the server). Dependencies point one way: domain, then wire and messages, then islands and pages, then the server.

// The types of a page's view nest as deep as its HTML.
#![recursion_limit = "256"]

pub mod domain;

#[cfg(feature = "ui")]
pub mod components;
#[cfg(feature = "ui")]
pub mod islands;
#[cfg(feature = "ui")]
pub mod messages;
#[cfg(feature = "ui")]
pub mod wire;

#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod server;

/// Called by `public/boot.js` before it wakes the islands of a page one by one: gives them an executor and a root owner.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
