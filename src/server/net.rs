//! The way in: own accept loop, HTTP/1.1 and HTTP/2 connections, an end that comes in time.
//! Own, since a deep backlog, `TCP_NODELAY`, a header timeout and a handle on each connection are wanted.

mod connection;
mod direct;
mod http2;
mod listener;
mod serve;
#[cfg(test)]
mod tests;

pub use self::connection::Connection;
pub use self::listener::Listener;
pub use self::serve::{ServeOptions, serve};
