//! The hotel's day: what is undecided, closing it by hand, and what the server closes by itself.

use std::collections::HashMap;

use tokio::sync::Mutex;

use crate::domain::{Actor, Date, DayRule, Hotel, HotelId, Money, Reservation, ReservationCode, Status, Stay};
use crate::server::clock::{hour_of_day, today};
use crate::server::service::access::reservation_at;
use crate::server::service::change::preview;
use crate::server::service::folio::{balance, folio_of};
use crate::server::service::hold::unexpected;
use crate::server::service::{FieldErrors, IfMatch, ServiceError};
use crate::server::state::App;
use crate::server::store::command::Change;
use crate::server::store::day::{DayChange, DayRefusal};
use crate::server::store::{Command, House, Reply, ReservationFilter};
use crate::wire::change::ChangeRequest;
use crate::wire::day::{CloseRequest, DayView, Unpaid};

/// A house is not larger than this.
const MOST_STAYS: u32 = 2_000;

pub async fn day(app: &App, house: &House) -> Result<DayView, ServiceError> {
    let hotel = &house.hotel;
    let (business_date, clock) = (app.business_date(hotel), today(app.now(), &hotel.time_zone));
    let of = async |status, from, to| {
        let filter = ReservationFilter { status: Some(status), from, to, limit: MOST_STAYS, ..Default::default() };
        app.store.reservations(hotel.id, filter).await
    };
    let views = |stays: &[Reservation]| stays.iter().map(|stay| app.view(house, stay)).collect();
    let arrivals = of(Status::Confirmed, None, Some(business_date.add_days(1))).await?;
    let mut departures = of(Status::InHouse, None, None).await?;
    departures.retain(|stay| stay.stay.departure() <= business_date);
    let mut left = of(Status::CheckedOut, Some(business_date.add_days(-1)), None).await?;
    left.retain(|stay| stay.stay.departure() == business_date);
    let mut unpaid = Vec::new();
    for stay in left {
        let open = balance(&folio_of(app, &stay).await?)?;
        if open.minor != 0 {
            unpaid.push(Unpaid { reservation: app.view(house, &stay), balance: open });
        }
    }
    Ok(DayView {
        business_date,
        today: clock,
        rule: hotel.day.rule.to_string(),
        is_over: hotel.day.rule != DayRule::ByClock && business_date < clock,
        arrivals: views(&arrivals),
        departures: views(&departures),
        unpaid,
    })
}

/// An undecided stay as it could be instead, a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    pub code: ReservationCode,
    pub stay: Stay,
    pub total: Money,
    /// What is to be paid more, or less where it is negative.
    pub difference: Money,
}

/// The most stays for which another day is looked for; who is further down is decided on his own page.
const MOST_LOOKED_AT: usize = 60;

/// Each undecided stay that can be moved on by a day, with what that costs: who has not come comes the day after, who has
/// not left stays one night more. None for a stay that cannot.
pub async fn later(app: &App, house: &House, view: &DayView, by: Actor) -> Result<Vec<Later>, ServiceError> {
    let next = view.business_date.add_days(1);
    let stays = view.arrivals.iter().chain(&view.departures).take(MOST_LOOKED_AT);
    let mut found = Vec::new();
    for stay in stays {
        let is_coming = stay.status == Status::Confirmed;
        let (arrival, departure) =
            if is_coming { (next, stay.departure.max(next.add_days(1))) } else { (stay.arrival, next) };
        let request = ChangeRequest {
            arrival: Some(arrival.to_string()).filter(|_| is_coming),
            departure: Some(departure.to_string()),
            ..ChangeRequest::default()
        };
        let reservation = reservation_at(app, house.hotel.id, &stay.code.to_string()).await?;
        match preview(app, house, &reservation, &request, &IfMatch::Any, by.clone()).await {
            Ok(after) if after.refusal.is_none() => found.push(Later {
                code: stay.code,
                stay: after.stay,
                total: after.total_after,
                difference: after.difference(),
            }),
            // Sold out, or longer than a stay can be.
            Ok(_) | Err(ServiceError::Invalid(_) | ServiceError::NotChangeable(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

pub async fn close(app: &App, house: &House, request: &CloseRequest, actor: Actor) -> Result<Hotel, ServiceError> {
    let mut errors = FieldErrors::default();
    let day = errors.require::<Date>("day", Some(&request.day));
    let kept = request.keep.iter().map(|code| code.parse::<ReservationCode>()).collect::<Result<Vec<_>, _>>();
    let kept = errors.take("keep", kept);
    let (day, kept) = errors.finish(day.zip(kept))?;
    change(app, house, actor, DayChange::Close { day, kept }).await
}

pub async fn set_rule(app: &App, house: &House, rule: &str, actor: Actor) -> Result<Hotel, ServiceError> {
    let mut errors = FieldErrors::default();
    let rule = errors.require::<DayRule>("rule", Some(rule));
    change(app, house, actor, DayChange::Rule(errors.finish(rule)?)).await
}

async fn change(app: &App, house: &House, actor: Actor, change: DayChange) -> Result<Hotel, ServiceError> {
    let command = Command { at: app.now(), actor, change: Change::Day(change) };
    match app.store.execute(house.hotel.id, command).await? {
        Reply::Day(hotel) => Ok(*hotel),
        _ => Err(unexpected()),
    }
}

/// What the server knows of each hotel's day between two looks at it.
#[derive(Debug, Default)]
pub struct DayWatch(Mutex<HashMap<HotelId, Watched>>);

#[derive(Clone, Copy, Debug)]
struct Watched {
    /// The day that has begun, where days begin with the clock's.
    turned: Date,
    /// The day that the desk was told could not be closed.
    warned: Option<Date>,
}

/// Ends the day of a hotel whose time has come. Call it now and then.
pub async fn close_by_itself(app: &App, house: &House) -> Result<(), ServiceError> {
    let hotel = &house.hotel;
    let clock = today(app.now(), &hotel.time_zone);
    // Held throughout, so that no day is ended by two.
    let mut days = app.days.0.lock().await;
    // A house that has never ended a day begins with the one that it is.
    let watched = days.entry(hotel.id).or_insert(Watched { turned: hotel.day.date.unwrap_or(clock), warned: None });
    match hotel.day.rule {
        DayRule::ByClock if watched.turned < clock => {
            // Without numbers on its doors a house has no room that could be left dirty.
            if !app.store.rooms(hotel.id, clock).await?.rooms.is_empty() {
                change(app, house, Actor::System, DayChange::Turn).await?;
            }
            watched.turned = clock;
        }
        DayRule::ByHand | DayRule::ByClock => {}
        DayRule::AtHour(hour) => {
            let mut day = hotel.day.business_date(clock);
            while is_time(day, clock, hour_of_day(app.now(), &hotel.time_zone), hour) {
                match change(app, house, Actor::System, DayChange::Close { day, kept: Vec::new() }).await {
                    Ok(_) => day = day.add_days(1),
                    Err(ServiceError::Day(DayRefusal::Undecided { .. })) => {
                        if watched.warned != Some(day) {
                            change(app, house, Actor::System, DayChange::Warn { day }).await?;
                            watched.warned = Some(day);
                        }
                        break;
                    }
                    // Somebody was faster.
                    Err(ServiceError::Day(_)) => break,
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(())
}

/// Whether a day that ends at an hour of the next morning is to be closed.
fn is_time(day: Date, clock: Date, hour_now: u8, hour: u8) -> bool {
    match day.days_until(clock) {
        ..=0 => false,
        1 => hour_now >= hour,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_by_itself_at_its_hour_of_the_next_morning() {
        let day: Date = "2026-12-24".parse().unwrap();
        assert!(!is_time(day, day, 23, 4));
        assert!(!is_time(day, day.add_days(1), 3, 4));
        assert!(is_time(day, day.add_days(1), 4, 4));
        assert!(is_time(day, day.add_days(2), 0, 4));
    }
}
