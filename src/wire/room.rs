//! Rooms as the desk and the housekeepers see them.

use serde::{Deserialize, Serialize};

use crate::domain::rooms::{Occupancy, Sleeper};
use crate::domain::{Block, Date, Money, ReservationCode, Room, RoomNumber, RoomTypeCode, Timestamp};
use crate::wire::reservation::ReservationView;
#[cfg(feature = "ssr")]
use crate::wire::scalars::MoneySchema;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomView {
    #[cfg_attr(feature = "ssr", schema(value_type = String, example = "204"))]
    pub number: RoomNumber,
    /// 0 is the floor with the front door.
    pub floor: i8,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
    /// `dirty clean inspected`
    pub condition: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Those that are not over.
    pub blocks: Vec<BlockView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BlockView {
    pub id: u64,
    /// `out_of_order out_of_service`
    pub kind: String,
    pub reason: String,
    /// The first night.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The morning after the last night.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub to: Date,
}

/// All rooms of a hotel, by floor and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomList {
    /// `EPOCH-SEQ`: where the desk's stream goes on from here.
    pub as_of: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub business_date: Date,
    pub rooms: Vec<RoomToday>,
}

/// A room with who is in it and who comes today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomToday {
    #[serde(flatten)]
    pub room: RoomView,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_house: Option<RoomStay>,
    /// Who is to have it from today, and has not come yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_in: Option<RoomStay>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomStay {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: ReservationCode,
    /// For the desk; housekeepers are not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<String>,
    /// When it came, or comes, into this room.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub arrival: Date,
    /// When it leaves this room.
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = Date))]
    pub departure: Date,
    /// It comes from another room of the house, or goes on to one.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub moves: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConditionRequest {
    /// `dirty clean inspected`
    pub condition: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteRequest {
    /// One line of at most 200 characters; empty takes the note away.
    pub note: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlockRequest {
    /// `out_of_order out_of_service`
    pub kind: String,
    pub reason: String,
    /// The first night.
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub from: String,
    /// The morning after the last night.
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub to: String,
}

/// Which room; the program chooses where none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignRequest {
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(example = "204"))]
    pub room: Option<String>,
    /// The night from which on it is in that room; before it, it is where it was. Without it: all the nights to come.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(format = Date))]
    pub from: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwapRequest {
    /// The code of the other reservation.
    pub with: String,
}

/// The reservation, and whoever was moved to make room: as few as could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AssignAnswer {
    #[serde(flatten)]
    pub reservation: ReservationView,
    pub moves: Vec<MoveView>,
}

/// What giving a room, or swapping it, would come to as things are now. The rooms are of one type, so the price stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct AssignPreview {
    pub allowed: bool,
    /// The name of the problem that it would be refused with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ssr", schema(example = "room-taken"))]
    pub reason: Option<String>,
    /// The stays that are in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ssr", schema(value_type = Vec<String>))]
    pub stays: Vec<ReservationCode>,
    /// The blocks that are in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<u64>,
    /// Who would be moved to make room.
    pub moves: Vec<MoveView>,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total_before: Money,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub total_after: Money,
    #[cfg_attr(feature = "ssr", schema(value_type = MoneySchema))]
    pub difference: Money,
}

/// The room, and whoever was moved out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct BlockAnswer {
    #[serde(flatten)]
    pub room: RoomView,
    pub moves: Vec<MoveView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct MoveView {
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub code: ReservationCode,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub from: RoomNumber,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub to: RoomNumber,
}

/// The data of a `room` event about one room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct RoomEvent {
    /// `condition block note stays`
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// `system`, or the e-mail of a member of staff.
    pub by: String,
    /// As it is now, with who is in it today; no guest is named.
    pub room: RoomToday,
    /// Of `block`: the one that was made, which has the number of this event, or the one that was taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<BlockView>,
}

/// The data of a `room` event about the nights of a type: some are blocked that were not, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct NightsEvent {
    /// `nights`
    #[serde(rename = "type")]
    pub kind: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    pub by: String,
    #[cfg_attr(feature = "ssr", schema(value_type = String))]
    pub room_type: RoomTypeCode,
}

impl RoomView {
    pub fn new(room: &Room, blocks: &[Block]) -> Self {
        let of_room = blocks.iter().filter(|block| block.room == room.number);
        Self {
            number: room.number.clone(),
            floor: room.floor.0,
            room_type: room.room_type.clone(),
            condition: room.condition.as_str().to_owned(),
            note: room.note.to_string(),
            blocks: of_room.map(BlockView::new).collect(),
        }
    }
}

impl RoomToday {
    /// As every member of staff may hear it: guests by their codes.
    pub fn new(room: RoomView, occupancy: &Occupancy) -> Self {
        let stay = |sleeper: &Sleeper| RoomStay {
            code: sleeper.code,
            guest: None,
            arrival: sleeper.nights.first(),
            departure: sleeper.nights.end(),
            moves: sleeper.moves,
        };
        Self { room, in_house: occupancy.in_house.as_ref().map(stay), due_in: occupancy.due_in.as_ref().map(stay) }
    }
}

impl BlockView {
    pub fn new(block: &Block) -> Self {
        Self {
            id: block.id.0,
            kind: block.kind.as_str().to_owned(),
            reason: block.reason.to_string(),
            from: block.nights.first(),
            to: block.nights.end(),
        }
    }
}
