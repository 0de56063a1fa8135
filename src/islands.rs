//! The only interactive code: each island comes alive in the browser on top of finished HTML.
//!
//! What an island shows first comes in its props; what changes comes over a stream. Guest and desk are two bundles, so
//! that no guest downloads the desk.

#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod alerts;
#[cfg(any(feature = "ssr", feature = "guest"))]
pub mod booking_watch;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod chart;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_board;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_feed;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_keys;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_list;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_row;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod desk_step;
#[cfg(any(feature = "ssr", feature = "guest"))]
pub mod hold_watch;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod house_book;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod in_the_way;
#[cfg(any(feature = "ssr", feature = "guest"))]
pub mod live_reservation;
#[cfg(any(feature = "ssr", feature = "guest"))]
pub mod live_rooms;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod print_button;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod reservation_watch;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod room_board;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod signed_out;
#[cfg(any(feature = "ssr", feature = "desk"))]
pub mod slices;
pub mod stream;
#[cfg(feature = "hydrate")]
mod tab_lock;
