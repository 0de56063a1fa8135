//! Every text a person reads, in every language, checked by the compiler: one function a text, files by area.
//! A text that takes values is a function with typed arguments; plurals are chosen here, never by a caller.

#[macro_use]
mod texts;

pub mod desk;
pub mod format;
pub mod guest;
pub mod locale;
pub mod problem;
pub mod room;

pub use locale::Locale;
