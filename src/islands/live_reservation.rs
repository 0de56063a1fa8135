//! Where a reservation stands, alive: its guest sees each step as the desk takes it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{LiveBadge, ReservationStatus};
use crate::domain::{Date, Money, ReservationCode, Status};
use crate::islands::stream::{data, follow};
use crate::messages::Locale;
use crate::messages::guest::change;
use crate::wire::reservation::ReservationView;

/// A stay as it can be looked at beside its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub arrival: Date,
    pub departure: Date,
    pub room_type: String,
    pub adults: u8,
    pub children: u8,
    pub total: Money,
}

impl Shown {
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser hears of changes"))]
    fn of(reservation: &ReservationView) -> Self {
        Self {
            arrival: reservation.arrival,
            departure: reservation.departure,
            room_type: reservation.room_type.to_string(),
            adults: reservation.adults,
            children: reservation.children,
            total: reservation.total,
        }
    }
}

/// `here` is the page's own address; `as_of` is where the stream goes on from `status` as it was rendered.
#[island]
pub fn LiveReservation(
    locale: Locale,
    code: ReservationCode,
    as_of: String,
    here: String,
    status: Status,
    room_ready: bool,
    /// What the page around shows.
    shown: Shown,
) -> impl IntoView {
    let is_another = RwSignal::new(false);
    let as_it_is = here.clone();
    let offered = status;
    let (status, room_ready) = (RwSignal::new(status), RwSignal::new(room_ready));
    let path = format!("/api/v1/reservations/{code}/events");
    let state = follow(path, as_of, &["reservation"], data, move |changes: Vec<ReservationView>| {
        let Some(reservation) = changes.last() else { return };
        status.maybe_update(|shown| core::mem::replace(shown, reservation.status) != reservation.status);
        // With another state the guest may do other things than the page around offers.
        is_another.set(Shown::of(reservation) != shown || reservation.status != offered);
        room_ready.maybe_update(|shown| core::mem::replace(shown, reservation.room_ready) != reservation.room_ready);
    });
    view! {
        <div role="status">
            <ReservationStatus locale code=code.to_string() status room_ready />
        </div>
        <div role="status">
            {move || {
                is_another
                    .get()
                    .then(|| {
                        view! {
                            <p class="changed">
                                <a href=as_it_is.clone()>{change::changed_elsewhere(locale)}</a>
                            </p>
                        }
                    })
            }}
        </div>
        <LiveBadge locale state href=here />
    }
}
