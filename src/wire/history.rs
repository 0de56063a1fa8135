//! What happened, read back from the log: for the reservation's history and for the audit log.

use serde::{Deserialize, Serialize};

use crate::domain::{HotelTerms, ReservationCode, Timestamp};
use crate::wire::folio::FolioEntryView;
use crate::wire::reservation::ReservationView;
use crate::wire::room::BlockView;

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
    /// `reservation`, `room`, `alert`, `day`, `hotel`, `staff`
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
    /// Of a room: the block that was made, which has the number of this entry, or the one that was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<BlockView>,
    /// A guest's words, a room's condition or its note, the day that ended, the network somebody signed in from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// A field before and after, each as on the wire; money as `11900 EUR`. Empty where there was nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// Of a reservation `arrival departure room_type room pinned adults children total name email phone note`, of a
    /// hotel `check_in_from check_out_until free_hours fee_nights no_show_nights`
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
    differing(fields(before), fields(after))
}

/// What is different between two sets of a hotel's terms.
pub fn terms_changes(before: HotelTerms, after: HotelTerms) -> Vec<FieldChange> {
    let fields = |terms: HotelTerms| {
        [
            ("check_in_from", terms.check_in_from.to_string()),
            ("check_out_until", terms.check_out_until.to_string()),
            ("free_hours", terms.cancellation.free_hours.to_string()),
            ("fee_nights", terms.cancellation.fee_nights.to_string()),
            ("no_show_nights", terms.cancellation.no_show_nights.to_string()),
        ]
    };
    differing(fields(before), fields(after))
}

fn differing<const COUNT: usize>(
    before: [(&'static str, String); COUNT],
    after: [(&'static str, String); COUNT],
) -> Vec<FieldChange> {
    let pairs = before.into_iter().zip(after).filter(|((_, before), (_, after))| before != after);
    pairs.map(|((field, before), (_, after))| FieldChange { field: field.to_owned(), before, after }).collect()
}
