//! The desk corrects who the guest is and what is noted.

use crate::domain::{Actor, Email, Guest, GuestName, Note, Phone, Reservation};
use crate::server::service::access::reservation_at;
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::details::Details;
use crate::server::store::{Command, House, Reply};
use crate::wire::desk::DetailsRequest;

/// A hold may have no guest yet; whoever has one keeps a name.
pub fn read(request: &DetailsRequest, may_be_nobody: bool) -> Result<Details, FieldErrors> {
    let mut errors = FieldErrors::default();
    let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let (name, email, phone) = (request.name.as_deref(), request.email.as_deref(), request.phone.as_deref());
    let note = errors.allow::<Note>("note", request.note.as_deref()).unwrap_or_default();
    if may_be_nobody && is_blank(name) && is_blank(email) && is_blank(phone) {
        return errors.finish(Some(Details { guest: None, note }));
    }
    let name = errors.require::<GuestName>("name", name);
    let (email, phone) = (errors.allow::<Email>("email", email), errors.allow::<Phone>("phone", phone));
    errors.finish(name.map(|name| Details { guest: Some(Guest { name, email, phone }), note }))
}

pub async fn set_details(
    app: &App,
    house: &House,
    code: &str,
    request: &DetailsRequest,
    seen: &IfMatch,
    actor: Actor,
) -> Result<Reservation, ServiceError> {
    let reservation = reservation_at(app, house.hotel.id, code).await?;
    let details = Box::new(read(request, reservation.guest.is_none())?);
    let version = seen.pick(reservation.version)?;
    let change = Change::SetDetails { code: reservation.code, details, version };
    match app.store.execute(house.hotel.id, Command { at: app.now(), actor, change }).await? {
        Reply::Changed(reservation) => Ok(reservation),
        _ => Err(unexpected()),
    }
}
