//! Real rooms: their numbers and conditions, what takes them out, and who sleeps in which.
//!
//! Rooms are sold by type and given out later. A stay may be given a room by the program, and then it may be moved to
//! another one of its type; or by hand, and then it is pinned and stays there, as does who has checked in. What is pinned
//! and what is blocked is *fixed*, the rest is *loose*.
//!
//! A stay may lie in one room after another ([`split`]), where somebody wants it so. Such a split is always pinned, each of
//! its pieces by itself. The program never splits a stay: it need not, since whatever is sold fits in whole.
//!
//! The guarantee: whatever is sold can be housed. Without anything fixed, a night's counter is enough (an interval graph
//! needs as many colours as its fullest night), and so it is while all that is fixed shares a night, as the guests in
//! house tonight do. When fixed nights lie apart, a counter is no longer enough: a stay may find a room free on each of
//! its nights, and no room free on all of them. Then [`Plan::nights_to_close`] names the few nights that must not be
//! sold, so that every stay that the counters still admit has a room; and what would leave a sold stay without one, a
//! pin or a block, is refused. A sale never is.

pub mod block;
pub mod moves;
pub mod nights;
pub mod plan;
pub mod room;
mod seating;
pub mod split;

pub use block::{Block, BlockId, BlockKind, BlockReason, MAX_BLOCK_NIGHTS};
pub use moves::{Newcomer, Seat, Shuffle, fewest_moves};
pub use nights::Nights;
pub use plan::Plan;
pub use room::{Condition, Floor, Occupancy, Room, RoomNote, RoomNumber, Sleeper};
pub use split::{LaterRoom, Piece, Today, later_rooms, moved_from, on_day, pieces, should_be_gone};
