//! What happened, read back from the log: for the reservation's history and for the audit log.

use serde::{Deserialize, Serialize};

use crate::domain::{ReservationCode, Timestamp};
use crate::wire::folio::FolioEntryView;
use crate::wire::reservation::ReservationView;

/// Entries of the log, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LogPage {
    pub entries: Vec<LogLine>,
    /// Ask for entries before this number to go on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct LogLine {
    pub seq: u64,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `guest`, `system`, or the e-mail of a member of staff.
    pub by: String,
    /// `reservation`, `room`, `alert`, `day`
    pub event: String,
    /// The event's type or kind.
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>))]
    pub code: Option<ReservationCode>,
    /// The reservation's version after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<String>,
    /// What is different, where that is not said by the type alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<FieldChange>,
    /// Of a `folio` entry: what was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<FolioEntryView>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// A guest's words, a room's condition, the day that ended.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A field of a reservation before and after, each as on the wire; money as `11900 EUR`. Empty where there was nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// `arrival departure room_type room pinned adults children total name email phone note`
    pub field: String,
    pub before: String,
    pub after: String,
}

/// `101`, or `101, 204 from 2026-12-03`.
fn rooms(view: &ReservationView) -> String {
    let first = view.room.iter().map(ToString::to_string);
    let later = view.later_rooms.iter().map(|later| format!("{} from {}", later.room, later.from));
    first.chain(later).collect::<Vec<_>>().join(", ")
}

/// What is different between two views of one reservation.
pub fn changes(before: &ReservationView, after: &ReservationView) -> Vec<FieldChange> {
    let fields = |view: &ReservationView| {
        let guest = |field: fn(&crate::wire::reservation::GuestView) -> Option<String>| {
            view.guest.as_ref().and_then(field).unwrap_or_default()
        };
        [
            ("arrival", view.arrival.to_string()),
            ("departure", view.departure.to_string()),
            ("room_type", view.room_type.to_string()),
            ("room", rooms(view)),
            ("pinned", view.pinned.to_string()),
            ("adults", view.adults.to_string()),
            ("children", view.children.to_string()),
            ("total", format!("{} {}", view.total.minor, view.total.currency)),
            ("name", guest(|guest| Some(guest.name.clone()))),
            ("email", guest(|guest| guest.email.clone())),
            ("phone", guest(|guest| guest.phone.clone())),
            ("note", view.note.clone()),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    let differ = pairs.filter(|((_, before), (_, after))| before != after);
    differ.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
}
