//! What the desk does to a reservation: confirm, check in, check out and the ways back.

use crate::domain::{Action, Actor, Condition, Date, Reservation, RoomNumber, Status};
use crate::server::clock::today;
use crate::server::service::access::reservation_at;
use crate::server::service::cancel::cancelling;
use crate::server::service::folio::{balance, folio};
use crate::server::service::hold::unexpected;
use crate::server::service::rooms::free_for;
use crate::server::service::tonight::occupied;
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, House, Reply};

/// A button of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskAction {
    Confirm,
    /// A hold is given back by it.
    Cancel,
    /// Also the late arrival of a guest who was given up.
    CheckIn,
    UndoCheckIn,
    CheckOut,
    UndoCheckOut,
    NoShow,
    Reinstate,
}

impl DeskAction {
    pub const ALL: [Self; 8] = [
        Self::Confirm,
        Self::Cancel,
        Self::CheckIn,
        Self::UndoCheckIn,
        Self::CheckOut,
        Self::UndoCheckOut,
        Self::NoShow,
        Self::Reinstate,
    ];

    /// The action of an address.
    pub fn from_path(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => Action::Confirm.as_str(),
            Self::Cancel => Action::Cancel.as_str(),
            Self::CheckIn => Action::CheckIn.as_str(),
            Self::UndoCheckIn => Action::UndoCheckIn.as_str(),
            Self::CheckOut => Action::CheckOut.as_str(),
            Self::UndoCheckOut => Action::UndoCheckOut.as_str(),
            Self::NoShow => Action::NoShow.as_str(),
            Self::Reinstate => Action::Reinstate.as_str(),
        }
    }

    /// The transition it means for a reservation as it stands.
    pub fn on(self, reservation: &Reservation) -> Action {
        match self {
            Self::Confirm => Action::Confirm,
            Self::Cancel => cancelling(reservation),
            Self::CheckIn if reservation.state().status() == Status::NoShow => Action::LateArrival,
            Self::CheckIn => Action::CheckIn,
            Self::UndoCheckIn => Action::UndoCheckIn,
            Self::CheckOut => Action::CheckOut,
            Self::UndoCheckOut => Action::UndoCheckOut,
            Self::NoShow => Action::NoShow,
            Self::Reinstate => Action::Reinstate,
        }
    }
}

/// A reservation of this hotel, for its desk.
pub async fn reservation(app: &App, house: &House, code: &str) -> Result<Reservation, ServiceError> {
    reservation_at(app, house.hotel.id, code).await
}

/// Refused where a guest who is in house still owes something, or is owed it.
pub async fn ask_for_balance(app: &App, house: &House, code: &str) -> Result<(), ServiceError> {
    let (reservation, folio) = folio(app, house, code).await?;
    let balance = balance(&folio)?;
    let is_in_house = reservation.state().status() == Status::InHouse;
    if is_in_house && balance.minor != 0 { Err(ServiceError::BalanceOpen { balance }) } else { Ok(()) }
}

/// Refused before the day of arrival by the hotel's calendar: until then the room is not the guest's in the books.
pub async fn ask_for_day(app: &App, house: &House, code: &str) -> Result<(), ServiceError> {
    let reservation = reservation(app, house, code).await?;
    match is_ahead(app, house, &reservation) {
        Some(arrival) => Err(ServiceError::StayIsAhead { arrival }),
        None => Ok(()),
    }
}

/// Refused where the guest would come into a dirty room.
pub async fn ask_for_room(app: &App, house: &House, code: &str) -> Result<(), ServiceError> {
    let reservation = reservation(app, house, code).await?;
    match unready(app, house, &reservation).await? {
        Some(_) => Err(ServiceError::RoomDirty),
        None => Ok(()),
    }
}

/// Refused while nobody has said whose the hold is: somebody may be writing his name at this moment.
pub async fn ask_for_name(app: &App, house: &House, code: &str) -> Result<(), ServiceError> {
    let reservation = reservation(app, house, code).await?;
    if is_nobodys(app, &reservation) { Err(ServiceError::NameMissing) } else { Ok(()) }
}

/// The arrival of a guest who would be early.
pub fn is_ahead(app: &App, house: &House, reservation: &Reservation) -> Option<Date> {
    let (arrival, calendar) = (reservation.stay.arrival(), today(app.now(), &house.hotel.time_zone));
    Some(arrival).filter(|arrival| *arrival > calendar && reservation.state().status() == Status::Confirmed)
}

/// Why the room of a guest who comes now is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unready {
    /// His own.
    Dirty(RoomNumber),
    /// He has none yet, and none that he could be given is clean.
    NoneClean,
}

/// None where his room is clean, and where somebody is still in the room that is his alone: he will be refused.
pub async fn unready(app: &App, house: &House, reservation: &Reservation) -> Result<Option<Unready>, ServiceError> {
    let occupied = occupied(app, house).await?;
    let today = app.business_date(&house.hotel);
    let is_not_left = |number: &RoomNumber| reservation.stay.arrival() <= today && occupied.contains(number);
    // A room that nobody chose for him is changed for another when its guest has not left.
    let own = reservation.room.as_ref().filter(|number| reservation.pinned || !is_not_left(number));
    let Some(number) = own else {
        let mut free = free_for(app, house, reservation).await?;
        free.retain(|(number, _)| !occupied.contains(number));
        let is_dirty = !free.is_empty() && free.iter().all(|(_, condition)| *condition == Condition::Dirty);
        return Ok(is_dirty.then_some(Unready::NoneClean));
    };
    let rooms = app.store.rooms(house.hotel.id, today).await?.rooms;
    let his = rooms.into_iter().find(|room| room.number == *number);
    let dirty = his.filter(|room| room.condition == Condition::Dirty && !is_not_left(&room.number));
    Ok(dirty.map(|room| Unready::Dirty(room.number)))
}

/// A hold that runs and has no name.
pub fn is_nobodys(app: &App, reservation: &Reservation) -> bool {
    reservation.guest.is_none() && reservation.state().at(app.now()).status() == Status::Held
}

/// Whether a step gives a room, which takes nights to come. Who comes long after midnight to the room that was kept for
/// him, or to a house whose doors have no numbers, only goes to bed late.
async fn needs_nights(
    app: &App,
    house: &House,
    reservation: &Reservation,
    action: Action,
) -> Result<bool, ServiceError> {
    match action {
        Action::Reinstate | Action::LateArrival => Ok(true),
        Action::CheckIn if reservation.room.is_none() => {
            let rooms = app.store.rooms(house.hotel.id, app.business_date(&house.hotel)).await?.rooms;
            Ok(rooms.iter().any(|room| room.room_type == reservation.room_type))
        }
        _ => Ok(false),
    }
}

pub async fn act(
    app: &App,
    house: &House,
    code: &str,
    action: DeskAction,
    seen: &IfMatch,
    actor: Actor,
) -> Result<Reservation, ServiceError> {
    let reservation = reservation_at(app, house.hotel.id, code).await?;
    let version = seen.pick(reservation.version)?;
    let action = action.on(&reservation);
    let departure = reservation.stay.departure();
    let is_over = departure <= app.business_date(&house.hotel);
    if is_over
        && reservation.state().after(action, app.now()).is_ok()
        && needs_nights(app, house, &reservation, action).await?
    {
        return Err(ServiceError::StayIsOver { departure });
    }
    let change = Change::Act { code: reservation.code, action, version, shown_fee: None };
    match app.store.execute(house.hotel.id, Command { at: app.now(), actor, change }).await? {
        Reply::Changed(reservation) => Ok(reservation),
        _ => Err(unexpected()),
    }
}
