//! Changing a stay that was sold: what it would come to, and the change itself, for its guest and for the desk.

use crate::domain::{
    Actor, Amendment, AmendmentError, Date, Money, Party, Reservation, RoomNumber, RoomTypeCode, Stay,
};
use crate::server::service::draft::{party_field, stay_field};
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, House, Outlook, Reply, SplitOffer};
use crate::wire::change::ChangeRequest;

/// What a change would come to, as things are now.
#[derive(Debug)]
pub struct Preview {
    /// Why it would be refused.
    pub refusal: Option<ServiceError>,
    pub total_before: Money,
    pub room_type: RoomTypeCode,
    pub stay: Stay,
    pub party: Party,
    pub nightly: Vec<(Date, Money)>,
    pub total_after: Money,
    /// The rooms of the type that could be given by hand for all the nights.
    pub rooms_free: Vec<RoomNumber>,
    /// How it could be had all the same, where its own room is in the way.
    pub split: Option<SplitOffer>,
}

/// Nothing is changed. What cannot be read is refused; what cannot be had is told in the preview.
pub async fn preview(
    app: &App,
    house: &House,
    reservation: &Reservation,
    request: &ChangeRequest,
    seen: &IfMatch,
    by: Actor,
) -> Result<Preview, ServiceError> {
    seen.pick(reservation.version)?;
    let amendment = Amendment { shown_total: None, ..amendment(house, request)? };
    match app.store.outlook(house.hotel.id, (app.now(), by), reservation.code, amendment).await {
        Ok(Outlook { before, after, refusal, rooms_free, split }) => Ok(Preview {
            refusal: refusal.map(ServiceError::from),
            total_before: before.total,
            room_type: after.room_type,
            stay: after.stay,
            party: after.party,
            nightly: after.nightly,
            total_after: after.total,
            rooms_free,
            split,
        }),
        Err(CommandError::Amendment(error @ (AmendmentError::State(_) | AmendmentError::ArrivalDay))) => {
            Ok(Preview::unchanged(reservation, error.into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the new nights, then gives back the old ones; when it is refused, everything is as it was.
pub async fn change(
    app: &App,
    house: &House,
    reservation: &Reservation,
    request: &ChangeRequest,
    seen: &IfMatch,
    by: Actor,
) -> Result<Reservation, ServiceError> {
    let version = seen.pick(reservation.version)?;
    let amendment = Box::new(amendment(house, request)?);
    let change = Change::Amend { code: reservation.code, amendment, version };
    match app.store.execute(house.hotel.id, Command { at: app.now(), actor: by, change }).await? {
        Reply::Changed(reservation) => Ok(reservation),
        _ => Err(unexpected()),
    }
}

/// Whether its guest may change it, and why not.
pub fn check_guest_may(app: &App, house: &House, reservation: &Reservation) -> Result<(), AmendmentError> {
    let today = crate::server::clock::today(app.now(), &house.hotel.time_zone);
    Amendment::check_may(reservation, &Actor::Guest, today)
}

fn amendment(house: &House, request: &ChangeRequest) -> Result<Amendment, FieldErrors> {
    let mut errors = FieldErrors::default();
    let asked = request.room_type.as_deref().map(str::trim).filter(|asked| !asked.is_empty());
    let room_type = asked.and_then(|asked| {
        let known = asked.parse().ok().filter(|code| house.room_type(code).is_some());
        errors.take("room_type", known.ok_or(FieldError::RoomType))
    });
    let amendment = Amendment {
        arrival: errors.allow("arrival", request.arrival.as_deref()),
        departure: errors.allow("departure", request.departure.as_deref()),
        room_type,
        adults: request.adults,
        children: request.children,
        room: errors.allow("room", request.room.as_deref()),
        room_from: errors.allow("room_from", request.room_from.as_deref()),
        keep_price: request.keep_price,
        shown_total: request.shown_total,
    };
    if amendment.room_from.is_some() && amendment.room.is_none() {
        errors.refuse("room", FieldError::Missing);
    }
    errors.finish(Some(amendment))
}

impl Preview {
    fn unchanged(reservation: &Reservation, refusal: ServiceError) -> Self {
        Self {
            refusal: Some(refusal),
            total_before: reservation.total,
            room_type: reservation.room_type.clone(),
            stay: reservation.stay,
            party: reservation.party,
            nightly: reservation.nightly.clone(),
            total_after: reservation.total,
            rooms_free: Vec::new(),
            split: None,
        }
    }

    /// Whether the stay would be as it is.
    pub fn is_unchanged(&self, reservation: &Reservation) -> bool {
        (&self.room_type, self.stay, self.party) == (&reservation.room_type, reservation.stay, reservation.party)
            && self.nightly == reservation.nightly
    }

    /// What is to be paid more, or less where it is negative.
    pub const fn difference(&self) -> Money {
        Money::new(self.total_after.minor - self.total_before.minor, self.total_after.currency)
    }
}

impl From<AmendmentError> for ServiceError {
    fn from(error: AmendmentError) -> Self {
        let at = |field: &str, error: FieldError| Self::Invalid(FieldErrors::one(field, error));
        match error {
            AmendmentError::State(_) | AmendmentError::ArrivalDay => Self::NotChangeable(error),
            AmendmentError::PriceChanged { shown, current } => Self::PriceChanged { shown, current },
            AmendmentError::ArrivalIsPast => at("arrival", FieldError::Amendment(error)),
            AmendmentError::DepartureIsPast => at("departure", FieldError::Amendment(error)),
            AmendmentError::Stay(error) => at(stay_field(error), error.into()),
            AmendmentError::Party(error) => at(party_field(error), error.into()),
            AmendmentError::PartyTooLarge { sleeps } => at("adults", FieldError::PartyTooLarge { sleeps }),
            AmendmentError::Money(error) => at("departure", FieldError::Other(error.to_string())),
        }
    }
}
