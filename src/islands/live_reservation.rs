//! Where a reservation stands, alive: its guest sees each step as the desk takes it.

use leptos::prelude::*;

use crate::components::{LiveBadge, ReservationStatus};
use crate::domain::{Date, Money, ReservationCode, Status};
use crate::islands::stream::{data, follow};
use crate::messages::Locale;
use crate::messages::guest::change;
use crate::wire::reservation::ReservationView;

/// `here` is the page's own address; `as_of` is where the stream goes on from `status` as it was rendered.
#[island]
pub fn LiveReservation(
    locale: Locale,
    code: ReservationCode,
    as_of: String,
    here: String,
    status: Status,
    room_ready: bool,
    /// The stay and its price as the page around shows them.
    shown: (Date, Date, Money),
) -> impl IntoView {
    let is_another = RwSignal::new(false);
    let as_it_is = here.clone();
    let (status, room_ready) = (RwSignal::new(status), RwSignal::new(room_ready));
    let path = format!("/api/v1/reservations/{code}/events");
    let state = follow(path, as_of, &["reservation"], data, move |changes: Vec<ReservationView>| {
        let Some(reservation) = changes.last() else { return };
        status.maybe_update(|shown| core::mem::replace(shown, reservation.status) != reservation.status);
        is_another.set((reservation.arrival, reservation.departure, reservation.total) != shown);
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
