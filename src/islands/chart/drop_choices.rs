//! What can be chosen of a dropped bar before it is certain: from which night on, whether the price is kept, another room
//! for the last nights, or a swap with whoever is there.

use leptos::prelude::*;

use super::ask::{Question, Swap};
use super::live::Chart;
use crate::domain::Date;
use crate::messages::desk::{chart as texts, rooms};
use crate::messages::format;

fn of<T>(chart: Chart, read: impl FnOnce(&Question) -> Option<T>) -> Option<T> {
    chart.question.with(|question| question.as_ref().and_then(read))
}

/// A room for all the nights to come, or from a later one on; the stay is where it is until then.
#[component]
pub(super) fn FromNight(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    // Of a stay in one room, whose room alone shall be another.
    let nights = Memo::new(move |_| {
        let today = chart.with_book(|book| book.today)?;
        of(chart, |question| {
            let stay = &question.before;
            let is_plain = stay.pieces.is_empty() && stay.room.is_some() && question.wanted.is_room_alone();
            let first = stay.arrival.max(today);
            let nights: Vec<Date> = (1..first.days_until(stay.departure)).map(|night| first.add_days(night)).collect();
            (is_plain && !nights.is_empty()).then_some(nights)
        })
    });
    let choose = move |event: leptos::ev::Event| {
        let from = event_target_value(&event).parse::<Date>().ok();
        chart.ask_otherwise(|wanted| wanted.room_from = from);
    };
    let field = move || {
        let nights = nights.get()?;
        let chosen = chart.question.with_untracked(|question| question.as_ref()?.wanted.room_from);
        let options = nights
            .into_iter()
            .map(|night| {
                let words = format::date_short(locale, night);
                view! { <option value=night.to_string() selected=chosen == Some(night)>{words}</option> }
            })
            .collect_view();
        Some(view! {
            <div class="field">
                <label class="field__label" for="chart-from">{rooms::from_night(locale)}</label>
                <select class="input" id="chart-from" on:change=choose>
                    <option value="" selected=chosen.is_none()>{texts::from_all(locale)}</option>
                    {options}
                </select>
            </div>
        })
    };
    view! { {field} }
}

/// The total stays what was agreed; offered where it would change.
#[component]
pub(super) fn KeepPrice(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let is_kept = Memo::new(move |_| of(chart, |question| Some(question.wanted.keep_price)).unwrap_or(false));
    let is_offered = Memo::new(move |is_offered: Option<&bool>| {
        let changes = of(chart, |question| {
            let preview = question.preview.as_ref()?;
            Some(preview.allowed && (preview.difference.minor != 0 || question.wanted.keep_price))
        });
        // While the server is asked, what was there stays.
        changes.unwrap_or_else(|| is_offered.copied().unwrap_or(false) && chart.question.with(Option::is_some))
    });
    let choose = move |event: leptos::ev::Event| {
        let keeps = event_target_checked(&event);
        chart.ask_otherwise(|wanted| wanted.keep_price = keeps);
    };
    view! {
        <label class="check" hidden=move || !is_offered.get()>
            <input type="checkbox" id="chart-keep-price" prop:checked=move || is_kept.get() on:change=choose />
            <span>{texts::keep_price(locale)}</span>
        </label>
    }
}

/// Where its own room is taken on the nights that were added: the room that it could go on in.
#[component]
pub(super) fn SplitChoice(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let offer = move || of(chart, |question| question.preview.as_ref()?.split.clone());
    let choices = move || {
        let offer = offer()?;
        let date = format::date_short(locale, offer.from);
        let buttons = offer
            .rooms
            .into_iter()
            .take(6)
            .map(|room| {
                let words = texts::split_from(locale, room.as_str(), &date);
                let choose = move |_| {
                    let room = room.clone();
                    chart.ask_otherwise(|wanted| (wanted.room, wanted.room_from) = (Some(room), Some(offer.from)));
                };
                view! { <button type="button" class="button button--small" on:click=choose>{words}</button> }
            })
            .collect_view();
        Some(view! { <div class="row" data-choice="split">{buttons}</div> })
    };
    view! { {choices} }
}

/// Somebody is in that room: the two could swap, or why they cannot.
#[component]
pub(super) fn SwapChoice(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    Effect::new(move || {
        chart.revision.track();
        chart.find_swap();
    });
    let choice = move || {
        let (Swap { who, answer, .. }, room) = of(chart, |question| {
            // From a later night on it would be no swap.
            let room = question.wanted.room.clone().filter(|_| question.wanted.room_from.is_none());
            Some((question.swap.clone()?, room?))
        })?;
        let taken = texts::is_taken_by(locale, room.as_str(), &who);
        let may = answer == Some(Ok(()));
        let words = match answer {
            None => texts::asking(locale).to_owned(),
            Some(Ok(())) => texts::swap_price(locale).to_owned(),
            Some(Err(reason)) => reason,
        };
        Some(view! {
            <div class="chart-ask__swap" data-choice="swap">
                <p>{taken}" "<span role="status">{words}</span></p>
                <button
                    type="button"
                    class="button"
                    aria-disabled=(!may).then_some("true")
                    on:click=move |_| if may { chart.swap() }
                >
                    {texts::swap(locale)}
                </button>
            </div>
        })
    };
    view! { {choice} }
}
