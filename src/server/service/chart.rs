//! The tape chart's data for a range of days: rooms with their blocks, what is left a night, and who sleeps where.

use std::collections::HashMap;

use crate::domain::{Date, ReservationCode};
use crate::server::service::list_reservations::as_of;
use crate::server::service::{FieldError, FieldErrors, ServiceError};
use crate::server::state::App;
use crate::server::store::rooms::{HotelRooms, Occupant};
use crate::server::store::{House, ReservationFilter};
use crate::wire::chart::{ChartPiece, ChartRoom, ChartStay, ChartType, ChartView};
use crate::wire::room::RoomView;

/// The most days of one chart.
pub const MOST_DAYS: i32 = 92;

/// A house has no more stays in so many days.
const MOST_STAYS: u32 = 50_000;

/// Days as they were sent; `to` is the day after the last night.
pub async fn chart_of(
    app: &App,
    house: &House,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<ChartView, ServiceError> {
    let mut errors = FieldErrors::default();
    let (from, to) = (errors.require::<Date>("from", from), errors.require::<Date>("to", to));
    if let (Some(from), Some(to)) = (from, to) {
        if to <= from {
            errors.refuse("to", FieldError::EmptyRange);
        } else if from.days_until(to) > MOST_DAYS {
            errors.refuse("to", FieldError::LongRange { most: MOST_DAYS });
        }
    }
    let (from, to) = errors.finish(from.zip(to))?;
    chart(app, house, from, to).await
}

/// At least one day, at most [`MOST_DAYS`].
pub async fn chart(app: &App, house: &House, from: Date, to: Date) -> Result<ChartView, ServiceError> {
    // Read before the rows: what changes in between is streamed after this point.
    let as_of = as_of(app, house)?;
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    let mut found = app.store.rooms(house.hotel.id, from).await?;
    found.rooms.sort_by(|one, other| one.order().cmp(&other.order()));
    let filter =
        ReservationFilter { from: Some(from), to: Some(to), limit: MOST_STAYS, ..ReservationFilter::default() };
    let reservations = app.store.reservations(house.hotel.id, filter).await?;
    let mut pieces = pieces(&found);
    let stays = reservations.iter().filter_map(|reservation| {
        let mut stay = ChartStay::from(&app.view(house, reservation));
        let lain = pieces.remove(&stay.code).unwrap_or_default();
        let is_split = lain.iter().any(|piece| stay.room.as_ref() != Some(&piece.room));
        stay.pieces = if is_split { lain } else { Vec::new() };
        ChartStay::is_drawn(stay.status).then_some(stay)
    });
    let stays = stays.collect();
    let (business_date, room_types) = board.look(|look| {
        let kinds = look.room_types().map(|kind| {
            let count = look.counts(kind);
            let left = |night: Date| (night >= look.today()).then(|| i32::from(count(night).left()));
            let rooms = found.rooms.iter().filter(|room| room.room_type == kind.code).map(|room| {
                let RoomView { number, condition, mut blocks, .. } = RoomView::new(room, &found.blocks);
                blocks.retain(|block| block.from < to);
                ChartRoom { number, condition, blocks }
            });
            ChartType {
                code: kind.code.clone(),
                name: kind.name.clone(),
                left: (0..from.days_until(to)).map(|day| left(from.add_days(day))).collect(),
                rooms: rooms.collect(),
            }
        });
        (house.hotel.day.business_date(look.today()), kinds.collect())
    });
    Ok(ChartView { as_of, business_date, from, to, room_types, stays })
}

/// The rooms that each stay is in, one after another, those after the chart's last day too. Room nights come by room and
/// night.
fn pieces(found: &HotelRooms) -> HashMap<ReservationCode, Vec<ChartPiece>> {
    let mut all: HashMap<ReservationCode, Vec<ChartPiece>> = HashMap::new();
    for taken in &found.nights {
        let Occupant::Stay(code) = taken.taken_by else { continue };
        let pieces = all.entry(code).or_default();
        let next = taken.night.add_days(1);
        match pieces.last_mut() {
            Some(last) if last.room == taken.room && last.to == taken.night => last.to = next,
            _ => pieces.push(ChartPiece { room: taken.room.clone(), from: taken.night, to: next }),
        }
    }
    for pieces in all.values_mut() {
        pieces.sort_by_key(|piece| piece.from);
    }
    all
}
