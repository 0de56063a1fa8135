//! One file a page, rendered on the server and complete without JavaScript. A page takes plain data and writes HTML;
//! where the data comes from is the handlers' matter.

pub mod book;
pub mod cancel;
pub mod change;
pub mod confirmation;
pub mod desk;
pub mod find;
pub mod frame;
pub mod held_stays;
pub mod hold_bar;
pub mod home;
pub mod hotel;
pub mod lost_race;
pub mod problem;
pub mod reservation;
pub mod search;
mod stay_inputs;
pub mod summary;
