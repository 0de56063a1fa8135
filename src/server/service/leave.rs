//! What checking a guest out would come to, before it is done: the price stays, whenever he leaves.

use crate::domain::unslept::{Unslept, unslept};
use crate::domain::{Action, Date, Money};
use crate::server::service::folio::{balance, folio};
use crate::server::service::{IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::House;

#[derive(Debug)]
pub struct Leaving {
    /// Why it would be refused.
    pub refusal: Option<ServiceError>,
    pub business_date: Date,
    /// As it was booked.
    pub departure: Date,
    pub total: Money,
    /// Charged all the same, unless the departure is changed first.
    pub unslept: Option<Unslept>,
    /// What is still to be paid.
    pub balance: Money,
}

pub async fn leaving(app: &App, house: &House, code: &str, seen: &IfMatch) -> Result<Leaving, ServiceError> {
    let (reservation, folio) = folio(app, house, code).await?;
    seen.pick(reservation.version)?;
    let business_date = app.business_date(&house.hotel);
    let refusal = reservation.state().after(Action::CheckOut, app.now()).err();
    Ok(Leaving {
        refusal: refusal.map(ServiceError::TransitionNotAllowed),
        business_date,
        departure: reservation.stay.departure(),
        total: reservation.total,
        unslept: unslept(&reservation, business_date),
        balance: balance(&folio)?,
    })
}
