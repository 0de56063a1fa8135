//! The house today: who comes, who goes, who is in, what is free tonight.

use crate::domain::{NightCount, Status};
use crate::server::service::ServiceError;
use crate::server::service::list_reservations::as_of;
use crate::server::state::App;
use crate::server::store::{House, ReservationFilter};
use crate::wire::desk::{HouseNumbers, HouseView};
use crate::wire::reservation::ReservationView;

/// A house is not larger than this; a list that is longer is cut, and so are its numbers.
const MOST_ROWS: u32 = 2_000;

pub async fn house(app: &App, house: &House) -> Result<HouseView, ServiceError> {
    let as_of = as_of(app, house)?;
    let board = app.nights(house.hotel.id).ok_or(ServiceError::HotelNotFound)?;
    let (today, tonight) = board.look(|look| {
        let today = house.hotel.day.business_date(look.today());
        let counts: Vec<NightCount> = look.room_types().map(|room_type| look.counts(room_type)(today)).collect();
        (today, counts)
    });
    let arrivals = list(
        app,
        house,
        ReservationFilter {
            status: Some(Status::Confirmed),
            to: Some(today.add_days(1)),
            ..ReservationFilter::default()
        },
    )
    .await?;
    let in_house =
        list(app, house, ReservationFilter { status: Some(Status::InHouse), ..ReservationFilter::default() }).await?;
    let holds =
        list(app, house, ReservationFilter { status: Some(Status::Held), ..ReservationFilter::default() }).await?;
    let departures: Vec<ReservationView> = in_house.iter().filter(|stay| stay.departure <= today).cloned().collect();
    let numbers = HouseNumbers {
        arrivals: count(&arrivals),
        departures: count(&departures),
        in_house: count(&in_house),
        holds: count(&holds),
        unassigned: count_of(&arrivals, |stay| stay.room.is_none()),
        overdue: count_of(&arrivals, |stay| stay.arrival < today)
            + count_of(&departures, |stay| stay.departure < today),
        rooms: house.room_count(),
        free_tonight: tonight.iter().map(|night| u32::from(night.left())).sum(),
        occupancy_basis_points: occupancy_basis_points(&tonight),
    };
    Ok(HouseView { as_of, business_date: today, numbers, arrivals, departures, in_house, holds })
}

async fn list(app: &App, house: &House, filter: ReservationFilter) -> Result<Vec<ReservationView>, ServiceError> {
    let status = filter.status;
    let rows = app.store.reservations(house.hotel.id, ReservationFilter { limit: MOST_ROWS, ..filter }).await?;
    let views = rows.iter().map(|reservation| app.view(house, reservation));
    Ok(views.filter(|view| status.is_none_or(|status| status == view.status)).collect())
}

fn count(reservations: &[ReservationView]) -> u32 {
    u32::try_from(reservations.len()).unwrap_or(u32::MAX)
}

fn count_of(reservations: &[ReservationView], is_meant: impl Fn(&ReservationView) -> bool) -> u32 {
    let count = reservations.iter().filter(|stay| is_meant(stay)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Nights sold of nights for sale: rooms that are not blocked.
fn occupancy_basis_points(tonight: &[NightCount]) -> u32 {
    let sold: u32 = tonight.iter().map(|night| u32::from(night.sold)).sum();
    let for_sale: u32 = tonight.iter().map(|night| u32::from(night.rooms.saturating_sub(night.blocked))).sum();
    (sold * 10_000).checked_div(for_sale).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occupancy_is_nights_sold_of_nights_for_sale() {
        let night = |rooms, sold, blocked| NightCount { rooms, sold, blocked, ..NightCount::default() };
        assert_eq!(occupancy_basis_points(&[night(20, 9, 2), night(2, 1, 0)]), 5_000);
        assert_eq!(occupancy_basis_points(&[night(2, 0, 2)]), 0);
        assert_eq!(occupancy_basis_points(&[]), 0);
    }
}
