//! Beside one reservation at the desk: says at once when a colleague or the guest has changed it, so that nobody works
//! on what is no longer so.

use leptos::prelude::*;

use crate::components::{LiveBadge, StatusBadge};
use crate::domain::{ReservationCode, Status};
use crate::islands::desk_feed::{What, join};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, facts};
use crate::messages::guest;

#[island]
pub fn ReservationWatch(scene: DeskScene, as_of: String, code: ReservationCode, version: u32) -> impl IntoView {
    let locale = scene.locale;
    let changed: RwSignal<Option<(Status, String)>> = RwSignal::new(None);
    let state = join(&scene.hotel, &as_of, move |heard| {
        for heard in heard {
            if let What::Reservation(event) = &heard.what
                && event.reservation.code == code
                && (event.reservation.version > version || event.kind == "folio")
            {
                changed.set(Some((event.reservation.status, event.by.clone())));
            }
        }
    });
    let here = scene.here;
    let refresh = here.clone();
    view! {
        <LiveBadge locale state href=here />
        <div role="status">
            {move || {
                changed.get().map(|(status, by)| {
                    view! {
                        <div class="notice row" data-tone="warn">
                            <p>{desk::just_changed(locale, &facts::by(locale, &by))}</p>
                            <StatusBadge locale status />
                            <a href=refresh.clone()>{guest::refresh(locale)}</a>
                        </div>
                    }
                })
            }}
        </div>
    }
}
