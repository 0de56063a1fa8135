//! The small design system: parts that pages and islands share, each with the class of the same name in `style/`.
//! A part takes words that are already in the reader's language, or the `Locale` where it has words of its own.

pub mod alert;
pub mod badge;
pub mod button;
pub mod dialog;
pub mod empty_state;
pub mod erased;
pub mod field;
pub mod language_switch;
pub mod live_badge;
pub mod price;
pub mod progress;
pub mod reservation_status;
pub mod room_card;
pub mod room_picture;
pub mod shell;
pub mod table;
pub mod toast;

pub use alert::{ErrorSummary, FieldError, Notice, Tone};
pub use badge::{Badge, StatusBadge};
pub use button::{Button, ButtonKind, LinkButton};
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use erased::{Erase, Erased, Inner};
pub use field::{Field, FieldKind, SelectField, TextArea};
pub use language_switch::LanguageSwitch;
pub use live_badge::{LiveBadge, LiveState};
pub use price::{DateText, Price};
pub use progress::Progress;
pub use reservation_status::ReservationStatus;
pub use room_card::{RoomCard, RoomRow};
pub use room_picture::RoomPicture;
pub use shell::{Footer, HorizonPicture, PageHeader, SiteHeader, SkipLink};
pub use table::{Cell, DataTable, Fact, Facts};
pub use toast::ToastRegion;
