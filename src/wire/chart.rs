//! The tape chart: rooms down, days across, stays as bars.

use serde::{Deserialize, Serialize};

use crate::domain::{Date, Piece, ReservationCode, RoomNumber, RoomTypeCode, Status};
use crate::wire::reservation::ReservationView;
use crate::wire::room::BlockView;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChartView {
    /// `EPOCH-SEQ`: where the desk's stream goes on from here.
    pub as_of: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    /// The first night.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The day after the last night.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub to: Date,
    /// In the order in which they are sold.
    pub room_types: Vec<ChartType>,
    /// Those that are held, confirmed, in house or over and touch a night, by arrival.
    pub stays: Vec<ChartStay>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChartType {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: RoomTypeCode,
    pub name: String,
    /// What is left to sell on each night from `from` on; null for nights that are over.
    pub left: Vec<Option<i32>>,
    /// By floor and number.
    pub rooms: Vec<ChartRoom>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChartRoom {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "204"))]
    pub number: RoomNumber,
    /// `dirty clean inspected`
    pub condition: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChartStay {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "K7QM-2XNP"))]
    pub code: ReservationCode,
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "confirmed"))]
    pub status: Status,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub arrival: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(value_type = Option<String>, example = "204"))]
    pub room: Option<RoomNumber>,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub pinned: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub adults: u8,
    pub children: u8,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub has_note: bool,
    pub version: u32,
    /// The rooms it is in one after another, where it is in more than one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<ChartPiece>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct ChartPiece {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "204"))]
    pub room: RoomNumber,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub to: Date,
}

impl ChartStay {
    /// Whether a stay in this state is drawn.
    pub const fn is_drawn(status: Status) -> bool {
        matches!(status, Status::Held | Status::Confirmed | Status::InHouse | Status::CheckedOut)
    }

    /// Whether it takes its nights from what is left.
    pub const fn consumes(&self) -> bool {
        matches!(self.status, Status::Held | Status::Confirmed | Status::InHouse)
    }
}

impl From<&ReservationView> for ChartStay {
    fn from(view: &ReservationView) -> Self {
        Self {
            code: view.code,
            status: view.status,
            arrival: view.arrival,
            departure: view.departure,
            room_type: view.room_type.clone(),
            room: view.room.clone(),
            pinned: view.pinned,
            name: view.guest.as_ref().map(|guest| guest.name.clone()),
            adults: view.adults,
            children: view.children,
            has_note: !view.note.is_empty(),
            version: view.version,
            pieces: ChartPiece::of(view),
        }
    }
}

impl ChartPiece {
    /// The rooms that a stay is to be in one after another; nothing for one room. Where it was before, the nights tell.
    fn of(view: &ReservationView) -> Vec<Self> {
        if view.later_rooms.is_empty() {
            return Vec::new();
        }
        let pieces = view.pieces().into_iter();
        pieces.map(|Piece { room, nights }| Self { room, from: nights.first(), to: nights.end() }).collect()
    }
}
