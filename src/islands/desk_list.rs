//! The list of reservations, alive: a line that changes shows it at once; that others may now belong here is said, and
//! the list stays as it was until it is asked for again.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{DataTable, LiveBadge};
use crate::domain::ReservationCode;
use crate::islands::desk_feed::{What, join};
use crate::islands::desk_row::{DeskRow, DeskScene, StayRow};
use crate::messages::{desk, guest};

#[island]
pub fn DeskList(scene: DeskScene, as_of: String, rows: Vec<DeskRow>, summary: String) -> impl IntoView {
    let scene = Arc::new(scene);
    let locale = scene.locale;
    let rows: Vec<(ReservationCode, ArcRwSignal<DeskRow>)> =
        rows.into_iter().map(|row| (row.code, ArcRwSignal::new(row))).collect();
    let known: HashMap<ReservationCode, ArcRwSignal<DeskRow>> = rows.iter().cloned().collect();
    let has_changed = RwSignal::new(false);
    let state = join(&scene.hotel, &as_of, move |heard| {
        for heard in heard {
            let What::Reservation(event) = &heard.what else { continue };
            let row = DeskRow::from(&event.reservation);
            match known.get(&row.code) {
                Some(shown) => shown.maybe_update(|shown| {
                    let is_newer = shown.version < row.version;
                    if is_newer {
                        *shown = row;
                    }
                    is_newer
                }),
                None => has_changed.maybe_update(|has_changed| !core::mem::replace(has_changed, true)),
            }
        }
    });
    let columns = vec![
        desk::column_guest(locale),
        desk::column_room(locale),
        desk::column_stay(locale),
        desk::column_guests(locale),
        desk::column_state(locale),
    ];
    let here = scene.here.clone();
    view! {
        <div class="live-line" role="status">
            <p class="muted small live-line__count">{summary}</p>
            <LiveBadge locale state href=here.clone() />
            <p class="small" hidden=move || !has_changed.get()>
                {move || if has_changed.get() { desk::list_changed(locale) } else { "" }}" "
                <a href=here>{guest::refresh(locale)}</a>
            </p>
        </div>
        <DataTable caption=desk::reservations(locale) columns>
            {rows
                .into_iter()
                .map(|(_, row)| view! { <StayRow scene=Arc::clone(&scene) row=Signal::from(row) list=None /> })
                .collect_view()}
        </DataTable>
    }
}
