//! The use cases, one a file. They know the store and the clock; of HTTP they know nothing.

pub mod password;
pub mod sign_in_delay;
pub mod staff;
