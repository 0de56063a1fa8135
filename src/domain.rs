//! Pure rules of the house: no I/O, no clock, no randomness, no Leptos.
//!
//! Each type can only hold a good value (parse, don't validate), and the only way to change a reservation's state is a
//! transition of [`state`]. Times and random bytes come in as arguments.

pub mod amendment;
pub mod availability;
pub mod cancellation;
pub mod changed;
pub mod code;
pub mod date;
pub mod day;
pub mod fact;
pub mod folio;
pub mod guest;
pub mod hotel;
pub mod money;
pub mod rate;
pub mod reservation;
pub mod room_type;
pub mod rooms;
pub mod slug;
pub mod state;
pub mod stay;
pub mod timestamp;
pub mod unslept;

pub use amendment::{Amended, Amendment, AmendmentError};
pub use availability::{NightCount, SoldOut};
pub use cancellation::CancellationPolicy;
pub use changed::changed_fields;
pub use code::{CodeError, ReservationCode};
pub use date::{Date, DateError, Weekday};
pub use day::{DayRule, HotelDay};
pub use fact::{Actor, AlertKind, CountChange, DayFact, Fact, LoggedFact, ReservationFact, RoomFact, StaffFact};
pub use folio::{
    EntryKind, EntryText, Folio, FolioEntry, FolioEntryId, FolioError, FolioRefusal, PaymentMethod, Posting,
};
pub use guest::{Email, Guest, GuestError, GuestName, Note, NudgeMessage, Party, PartyError, Phone};
pub use hotel::{CivilTime, Hotel, HotelId, HotelTerms};
pub use money::{Currency, Money, MoneyError};
pub use rate::{PriceTable, Quote};
pub use reservation::{CountDelta, Draft, ExtendError, HoldId, MOST_EXTENSIONS, Reservation};
pub use room_type::{RoomType, RoomTypeCode};
pub use rooms::{Block, BlockId, BlockKind, BlockReason, Condition, Floor, LaterRoom, Nights, Piece, Room, RoomNumber};
pub use slug::{HotelSlug, SlugError};
pub use state::{Action, State, Status, TransitionNotAllowed};
pub use stay::{MAX_NIGHTS, Stay, StayError};
pub use timestamp::Timestamp;
pub use unslept::unslept;
