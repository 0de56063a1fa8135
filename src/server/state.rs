//! What every request can reach: made once at start, shared by all.

use std::fmt;
use std::sync::Arc;

use axum::extract::FromRef;
use tokio_util::sync::CancellationToken;

use crate::domain::{Date, Hotel, HotelId, Reservation, ReservationCode, Timestamp};
use crate::server::clock::{Clock, today};
use crate::server::config::Config;
use crate::server::hub::{ConnectionLimits, Hub};
use crate::server::limits::Limits;
use crate::server::projections::availability::{Availability, HotelAvailability};
use crate::server::random::Random;
use crate::server::service::book::BookingCounts;
use crate::server::service::day::DayWatch;
use crate::server::service::staff::StaffAccess;
use crate::server::store::{House, Store};
use crate::server::web::cookies::Cookies;
use crate::wire::reservation::ReservationView;

pub struct App {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub config: Config,
    /// What guests' links begin with, without a slash at its end.
    pub public_url: String,
    pub hub: Arc<Hub>,
    pub availability: Arc<Availability>,
    pub limits: Limits,
    pub bookings: BookingCounts,
    pub days: DayWatch,
    pub staff: StaffAccess,
    pub cookies: Cookies,
    pub stream_limits: ConnectionLimits,
    /// Cancelled when the server is to end.
    pub shutdown: CancellationToken,
}

/// The state of every router.
pub type AppState = Arc<App>;

impl App {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The day the house is on; never ahead of its calendar.
    pub fn business_date(&self, hotel: &Hotel) -> Date {
        hotel.day.business_date(today(self.now(), &hotel.time_zone))
    }

    /// The board of a hotel of the catalogue. None for the blink between a hotel's creation and its first board.
    pub fn nights(&self, hotel: HotelId) -> Option<Arc<HotelAvailability>> {
        self.availability.hotel(hotel)
    }

    /// The link that opens a reservation in a browser.
    pub fn manage_url(&self, code: ReservationCode, token: &str) -> String {
        format!("{}/r/{code}/{token}", self.public_url)
    }

    /// A reservation as it stands now.
    pub fn view(&self, house: &House, reservation: &Reservation) -> ReservationView {
        ReservationView::new(reservation, &house.hotel.slug, self.now())
    }
}

impl FromRef<AppState> for StaffAccess {
    fn from_ref(app: &AppState) -> Self {
        app.staff.clone()
    }
}

impl FromRef<AppState> for Cookies {
    fn from_ref(app: &AppState) -> Self {
        app.cookies
    }
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("App").field("config", &self.config).finish_non_exhaustive()
    }
}
