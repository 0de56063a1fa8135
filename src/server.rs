//! The server: HTTP, use cases, store, hub.
