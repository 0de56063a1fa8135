//! The server from outside: the real program in this process on a port of its own, a real database file, typed clients.

mod http {
    pub mod app;
    pub mod booking;
    pub mod client;
    pub mod desk;
    pub mod errors;
    pub mod holds;
    pub mod race;
    pub mod sse;
    pub mod streams;
}
