//! The desk gives a stay its room, another one, none, or another stay's.

use crate::domain::{Actor, Date, Money, ReservationCode, RoomNumber};
use crate::server::service::access::reservation_at;
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, House, Reply, RoomChange, RoomReply};
use crate::wire::room::{AssignAnswer, MoveView};

/// What the desk wants with a stay's room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lodging {
    /// This room, kept until the desk gives another one; where a night is named, from it on.
    Room(RoomNumber, Option<Date>),
    /// Whichever suits best; one that has a room keeps it.
    Any,
    None,
    SwapWith(ReservationCode),
    /// None of it is new: the guest has gone to the room that was planned.
    Moved,
}

impl Lodging {
    /// A room as it was typed; blank is any, and any is for all the nights.
    pub fn of(room: Option<&str>, from: Option<&str>) -> Result<Self, FieldErrors> {
        let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
        if is_blank(room) && is_blank(from) { Ok(Self::Any) } else { Self::room(room, from) }
    }

    /// A room as it was typed, which must be there, and the first night in it.
    pub fn room(room: Option<&str>, from: Option<&str>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (room, from) = (errors.require("room", room), errors.allow("from", from));
        errors.finish(room.map(|room| Self::Room(room, from)))
    }

    fn change(self, code: ReservationCode, version: Option<u32>) -> RoomChange {
        match self {
            Self::Room(room, from) => RoomChange::Assign { code, room: Some(room), from, version },
            Self::Any => RoomChange::Assign { code, room: None, from: None, version },
            Self::None => RoomChange::Unassign { code, version },
            Self::SwapWith(with) => RoomChange::Swap { code, with, version },
            Self::Moved => RoomChange::Moved { code, version },
        }
    }
}

/// What it would come to; nothing is changed.
#[derive(Debug)]
pub struct Foreseen {
    /// Why it would be refused.
    pub refusal: Option<ServiceError>,
    /// Who would be moved to make room.
    pub moves: Vec<MoveView>,
    /// Before and after: a room is given within its type.
    pub total: Money,
}

/// What is asked of the store, and what the stay costs.
async fn asked(
    app: &App,
    house: &House,
    code: &str,
    lodging: Lodging,
    seen: &IfMatch,
) -> Result<(Money, RoomChange), ServiceError> {
    let reservation = reservation_at(app, house.hotel.id, code).await?;
    if lodging == Lodging::SwapWith(reservation.code) {
        return Err(ServiceError::Invalid(FieldErrors::one("with", FieldError::Itself)));
    }
    let version = seen.pick(reservation.version)?;
    Ok((reservation.total, lodging.change(reservation.code, version)))
}

/// As [`assign`], but only looks. What is not there is an error; what cannot be had is told.
pub async fn preview(
    app: &App,
    house: &House,
    code: &str,
    lodging: Lodging,
    seen: &IfMatch,
    actor: Actor,
) -> Result<Foreseen, ServiceError> {
    let (total, change) = asked(app, house, code, lodging, seen).await?;
    match app.store.room_outlook(house.hotel.id, (app.now(), actor), change).await {
        Ok(moves) => Ok(Foreseen { refusal: None, moves: moves.into_iter().map(MoveView::from).collect(), total }),
        Err(error @ CommandError::Room(_)) => Ok(Foreseen { refusal: Some(error.into()), moves: Vec::new(), total }),
        Err(error) => Err(error.into()),
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
    let (_, change) = asked(app, house, code, lodging, seen).await?;
    let command = Command { at: app.now(), actor, change: Change::Room(change) };
    match app.store.execute(house.hotel.id, command).await? {
        Reply::Room(RoomReply::Lodged { reservation, moves }) => Ok(AssignAnswer {
            reservation: app.view(house, &reservation),
            moves: moves.into_iter().map(MoveView::from).collect(),
        }),
        _ => Err(unexpected()),
    }
}
