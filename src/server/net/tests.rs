//! Real sockets, real clients.
