//! Moving a stay by a form: the same as dragging its bar. First the price is shown, then it is changed.

use std::sync::Arc;

use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Field, FieldKind, SelectField};
use crate::domain::{Money, Status};
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::words::name;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{chart, rooms as room_words};
use crate::messages::format;
use crate::wire::chart::{ChartPiece, ChartStay};
use crate::wire::reservation::LaterRoomView;

/// The form as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct MoveTyped {
    pub code: String,
    /// As it was when the price was shown.
    pub version: String,
    pub room: String,
    /// The first night in that room; blank for all.
    pub room_from: String,
    pub arrival: String,
    pub departure: String,
    pub keep_price: Option<String>,
    /// In minor units: what was shown for what is sent.
    pub shown_total: String,
    /// The days of the chart that it was sent from.
    pub from: String,
    pub days: String,
    /// Show what it would come to, and change nothing.
    pub look: Option<String>,
}

/// What the change would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovePrice {
    pub before: Money,
    pub after: Money,
    pub difference: Money,
}

#[component]
pub(super) fn MoveForm(
    scene: Arc<DeskScene>,
    book: Arc<ChartBook>,
    typed: MoveTyped,
    price: Option<MovePrice>,
    is_open: bool,
) -> impl IntoView {
    let locale = scene.locale;
    let mut stays = vec![(String::new(), chart::choose_stay(locale).to_owned())];
    let can_move = |stay: &&ChartStay| matches!(stay.status, Status::Confirmed | Status::InHouse);
    let mut movable: Vec<&ChartStay> = book.stays.values().filter(can_move).collect();
    movable.sort_by_key(|stay| (name(stay, locale), stay.arrival));
    for stay in movable {
        let room = match stay.pieces.as_slice() {
            [first, later @ ..] => room_words::one_after_another(locale, &first.room, &later_rooms(later)),
            [] => stay.room.as_ref().map_or_else(|| chart::unassigned(locale).to_owned(), ToString::to_string),
        };
        let when = format::date_span(locale, stay.arrival, stay.departure);
        stays.push((stay.code.to_string(), format!("{} · {room} · {when}", name(stay, locale))));
    }
    let mut rooms = vec![(String::new(), chart::same_room(locale).to_owned())];
    for kind in &book.types {
        rooms.extend(
            kind.rooms.iter().map(|room| (room.number.to_string(), format!("{} · {}", room.number, kind.name))),
        );
    }
    let sum = |price: &MovePrice| {
        if price.difference.minor == 0 {
            return format!("{} {}", chart::price_same(locale), format::money(locale, price.after));
        }
        let sign = if price.difference.minor > 0 { "+" } else { "" };
        let difference = format!("{sign}{}", format::money(locale, price.difference));
        chart::price_change(
            locale,
            &format::money(locale, price.before),
            &format::money(locale, price.after),
            &difference,
        )
    };
    let shown =
        price.as_ref().map(|price| view! { <p class="chart-price chart-ask__price" role="status">{sum(price)}</p> });
    let total = price.as_ref().map(|price| price.after.minor.to_string()).unwrap_or_default();
    let version = if price.is_some() { typed.version } else { String::new() };
    let apply = price.is_some().then(|| {
        view! { <button class="button button--main" type="submit">{chart::apply(locale)}</button> }
    });
    view! {
        <details class="card chart-move" open=is_open>
            <summary id="chart-form-title"><strong>{chart::form_title(locale)}</strong></summary>
            <p class="muted small">{chart::form_lead(locale)}</p>
            <form class="chart-form" method="post" action=format!("/desk/{}/chart", scene.hotel)>
                <input type="hidden" name="from" value=book.from.to_string() />
                <input type="hidden" name="days" value=book.days.to_string() />
                <input type="hidden" name="shown_total" value=total />
                <input type="hidden" name="version" value=version />
                <SelectField name="code" label=chart::stay(locale) options=stays value=typed.code />
                <SelectField name="room" label=chart::new_room(locale) options=rooms value=typed.room />
                <Field
                    name="room_from"
                    label=room_words::from_night(locale)
                    kind=FieldKind::Date
                    value=typed.room_from
                    hint=chart::room_from_hint(locale).to_owned()
                />
                <Field name="arrival" label=crate::messages::guest::arrival(locale) kind=FieldKind::Date value=typed.arrival />
                <Field
                    name="departure"
                    label=crate::messages::guest::departure(locale)
                    kind=FieldKind::Date
                    value=typed.departure
                />
                <label class="check">
                    <input type="checkbox" name="keep_price" value="yes" checked=typed.keep_price.is_some() />
                    <span>{chart::keep_price(locale)}</span>
                </label>
                {shown}
                <div class="actions">
                    {apply}
                    <button class="button" type="submit" name="look" value="1">{chart::preview(locale)}</button>
                </div>
            </form>
        </details>
    }
}

fn later_rooms(pieces: &[ChartPiece]) -> Vec<LaterRoomView> {
    pieces.iter().map(|piece| LaterRoomView { from: piece.from, room: piece.room.clone() }).collect()
}
