//! Rooms taken out of sale and given back, and how they are: what housekeepers and the desk say of a room.

use crate::domain::rooms::block::BlockError;
use crate::domain::rooms::{BlockId, MAX_BLOCK_NIGHTS, RoomNote};
use crate::domain::{Actor, BlockKind, BlockReason, Condition, Date, Nights, RoomNumber};
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, House, Reply, RoomChange, RoomRefusal, RoomReply};
use crate::wire::room::{BlockAnswer, BlockRequest, MoveView, RoomView};

pub async fn set_condition(
    app: &App,
    house: &House,
    room: &str,
    condition: &str,
    actor: Actor,
) -> Result<RoomView, ServiceError> {
    let mut errors = FieldErrors::default();
    let condition = errors.require::<Condition>("condition", Some(condition));
    let condition = errors.finish(condition)?;
    let change = RoomChange::SetCondition { room: number(room)?, condition };
    Ok(change_room(app, house, change, actor).await?.room)
}

/// What who cleans the room should know.
pub async fn set_note(
    app: &App,
    house: &House,
    room: &str,
    note: &str,
    actor: Actor,
) -> Result<RoomView, ServiceError> {
    let note = note.parse::<RoomNote>();
    let note = note.map_err(|error| FieldErrors::one("note", FieldError::Other(error.to_string())))?;
    let change = RoomChange::SetNote { room: number(room)?, note };
    Ok(change_room(app, house, change, actor).await?.room)
}

pub async fn block(
    app: &App,
    house: &House,
    room: &str,
    request: &BlockRequest,
    actor: Actor,
) -> Result<BlockAnswer, ServiceError> {
    let mut errors = FieldErrors::default();
    let kind = errors.require::<BlockKind>("kind", Some(&request.kind));
    let reason = errors.require::<BlockReason>("reason", Some(&request.reason));
    let from = errors.require::<Date>("from", Some(&request.from));
    let to = errors.require::<Date>("to", Some(&request.to));
    let mut nights = None;
    if let (Some(from), Some(to)) = (from, to) {
        nights = errors.take("to", Nights::new(from, to).ok_or(BlockError::NoNight));
        if from < app.business_date(&house.hotel) {
            errors.refuse("from", BlockError::InThePast);
        }
        if nights.is_some_and(|nights| nights.count() > MAX_BLOCK_NIGHTS) {
            errors.refuse("to", BlockError::TooLong);
        }
    }
    let parsed = kind.zip(reason).zip(nights);
    let ((kind, reason), nights) = errors.finish(parsed)?;
    change_room(app, house, RoomChange::Block { room: number(room)?, kind, reason, nights }, actor).await
}

pub async fn unblock(app: &App, house: &House, room: &str, id: &str, actor: Actor) -> Result<RoomView, ServiceError> {
    let id = id.parse().map(BlockId).map_err(|_| ServiceError::Room(RoomRefusal::BlockNotFound))?;
    Ok(change_room(app, house, RoomChange::Unblock { room: number(room)?, id }, actor).await?.room)
}

/// A number that cannot be read is on no door.
fn number(room: &str) -> Result<RoomNumber, ServiceError> {
    room.parse().map_err(|_| ServiceError::Room(RoomRefusal::NotFound))
}

async fn change_room(app: &App, house: &House, change: RoomChange, actor: Actor) -> Result<BlockAnswer, ServiceError> {
    let command = Command { at: app.now(), actor, change: Change::Room(change) };
    match app.store.execute(house.hotel.id, command).await? {
        Reply::Room(RoomReply::Room { room, blocks, moves }) => Ok(BlockAnswer {
            room: RoomView::new(&room, &blocks),
            moves: moves.into_iter().map(MoveView::from).collect(),
        }),
        _ => Err(unexpected()),
    }
}
