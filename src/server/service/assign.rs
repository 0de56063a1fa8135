//! The desk gives a stay its room, another one, none, or another stay's.

use crate::domain::{Actor, ReservationCode, RoomNumber};
use crate::server::service::access::reservation_at;
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, House, Reply, RoomChange, RoomReply};
use crate::wire::room::{AssignAnswer, MoveView};

/// What the desk wants with a stay's room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lodging {
    /// This room, kept until the desk gives another one.
    Room(RoomNumber),
    /// Whichever suits best; one that has a room keeps it.
    Any,
    None,
    SwapWith(ReservationCode),
}

impl Lodging {
    /// A room as it was typed; blank is any.
    pub fn of(room: Option<&str>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let room = errors.allow("room", room);
        errors.finish(Some(room.map_or(Self::Any, Self::Room)))
    }

    /// A room as it was typed, which must be there.
    pub fn room(room: Option<&str>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let room = errors.require("room", room);
        errors.finish(room.map(Self::Room))
    }
}

pub async fn assign(
    app: &App,
    house: &House,
    code: &str,
    lodging: Lodging,
    seen: &IfMatch,
    actor: Actor,
) -> Result<AssignAnswer, ServiceError> {
    let reservation = reservation_at(app, house.hotel.id, code).await?;
    let (code, version) = (reservation.code, seen.pick(reservation.version)?);
    let change = match lodging {
        Lodging::Room(room) => RoomChange::Assign { code, room: Some(room), version },
        Lodging::Any => RoomChange::Assign { code, room: None, version },
        Lodging::None => RoomChange::Unassign { code, version },
        Lodging::SwapWith(with) => RoomChange::Swap { code, with, version },
    };
    let command = Command { at: app.now(), actor, change: Change::Room(change) };
    match app.store.execute(house.hotel.id, command).await? {
        Reply::Room(RoomReply::Lodged { reservation, moves }) => Ok(AssignAnswer {
            reservation: app.view(house, &reservation),
            moves: moves.into_iter().map(MoveView::from).collect(),
        }),
        _ => Err(unexpected()),
    }
}
