//! The chart's questions: what a dropped bar would cost, the name for marked nights; and what was done, with its undo.

use leptos::html::{Dialog as DialogElement, Input};
use leptos::prelude::*;

use super::ask::{Question, price_words, reason_words};
use super::drop_choices::{FromNight, KeepPrice, SplitChoice, SwapChoice};
use super::live::{Chart, focus_cursor};
use crate::domain::Money;
use crate::messages::desk::{self, chart};
use crate::messages::format;

/// Shows a dialog while there is something to ask; its closing by any way is a no.
fn modal(element: NodeRef<DialogElement>, is_open: impl Fn() -> bool + 'static) {
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        match (is_open(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
}

/// "Room 101 until Thu 3 Dec, then 204", where the stay is to go on in another room.
fn split_rooms(chart: Chart) -> Option<String> {
    let locale = chart.scene().locale;
    let (before, from, after) = chart.question.with(|question| {
        let Question { before, wanted, .. } = question.as_ref()?;
        Some((before.room.clone()?, wanted.room_from.filter(|_| before.pieces.is_empty())?, wanted.room.clone()?))
    })?;
    let date = format::date_short(locale, from);
    Some(chart::room(locale, &desk::rooms::until_then(locale, before.as_str(), &date, after.as_str())))
}

#[component]
pub(super) fn DropDialog(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let element = NodeRef::<DialogElement>::new();
    let is_open = Memo::new(move |_| chart.question.with(Option::is_some));
    modal(element, move || is_open.get());
    let who = move || {
        let code = chart.question.with(|question| question.as_ref().map(|question| question.held.code))?;
        chart.with_book(|book| book.stays.get(&code).map(|stay| super::words::name(stay, locale))).flatten()
    };
    let place = move |is_after: bool| {
        let held = chart.question.with(|question| question.as_ref().map(|question| question.held.clone()))?;
        let (line, span) = if is_after { (held.line, held.span) } else { (held.from_line, held.from_span) };
        let (line, when) = chart.place_in_words(line, span);
        let rooms = if is_after { split_rooms(chart) } else { None };
        Some(format!("{} · {when}", rooms.unwrap_or(line)))
    };
    let preview =
        move || chart.question.with(|question| question.as_ref().and_then(|question| question.preview.clone()));
    let price = move || match preview() {
        None => chart::asking(locale).to_owned(),
        Some(preview) if preview.allowed => price_words(locale, &preview),
        Some(preview) => {
            let reason = reason_words(locale, preview.reason.as_deref().unwrap_or_default());
            let nights: Vec<String> =
                preview.nights_gone.iter().map(|night| format::date_short(locale, *night)).collect();
            if nights.is_empty() {
                reason.to_owned()
            } else {
                format!("{reason} {}", chart::nights_gone(locale, &nights.join(", ")))
            }
        }
    };
    let may = move || preview().is_some_and(|preview| preview.allowed);
    // Whoever may be moved is, when somebody is given the room he is in.
    let makes_way = move || {
        let is_taken = chart.question.with(|question| {
            let held = question.as_ref().map(|question| question.held.clone())?;
            let plan = chart.plan();
            Some(plan.in_the_way(held.line, held.span, held.code).is_some())
        });
        (may() && is_taken == Some(true)).then(|| chart::makes_way(locale))
    };
    let put_back = move || {
        if chart.question.with_untracked(Option::is_some) {
            chart.question.set(None);
            chart.say(chart::put_back(locale));
            focus_cursor();
        }
    };
    view! {
        <dialog class="dialog chart-ask" id="chart-drop" aria-labelledby="chart-drop-title" node_ref=element on:close=move |_| put_back()>
            <h2 class="dialog__title" id="chart-drop-title">{chart::drop_title(locale)}</h2>
            <div class="dialog__body">
                <p><strong>{who}</strong></p>
                <dl class="facts">
                    <div class="facts__row"><dt>{chart::before(locale)}</dt><dd>{move || place(false)}</dd></div>
                    <div class="facts__row"><dt>{chart::after(locale)}</dt><dd>{move || place(true)}</dd></div>
                </dl>
                <FromNight chart />
                <p class="chart-ask__price" role="status">{price}</p>
                <p class="muted small">{makes_way}</p>
                <KeepPrice chart />
                <SplitChoice chart />
                <SwapChoice chart />
                <div class="actions">
                    <button
                        type="button"
                        class="button button--main"
                        autofocus=true
                        aria-disabled=move || (!may()).then_some("true")
                        on:click=move |_| if may() { chart.confirm() }
                    >
                        {chart::confirm(locale)}
                    </button>
                    <button type="button" class="button" on:click=move |_| put_back()>{chart::cancel(locale)}</button>
                </div>
            </div>
        </dialog>
    }
}

#[component]
pub(super) fn NewDialog(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let (element, name) = (NodeRef::<DialogElement>::new(), NodeRef::<Input>::new());
    let is_open = Memo::new(move |_| chart.making.with(Option::is_some));
    modal(element, move || is_open.get());
    let price = RwSignal::new(None::<Money>);
    Effect::new(move || {
        let Some(mark) = chart.making.get() else { return };
        price.set(None);
        wasm_bindgen_futures::spawn_local(async move { price.set(chart.price_of(mark).await) });
    });
    let place = move || {
        chart.making.get().map(|mark| {
            let (line, when) = chart.place_in_words(mark.line, mark.span());
            format!("{line} · {when}")
        })
    };
    let close = move || {
        if chart.making.with_untracked(Option::is_some) {
            chart.making.set(None);
            chart.mark.set(None);
            focus_cursor();
        }
    };
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().map(|input| input.value()).unwrap_or_default();
        if let (Some(mark), false) = (chart.making.get_untracked(), typed.trim().is_empty()) {
            chart.make(mark, typed);
            if let Some(input) = name.get_untracked() {
                input.set_value("");
            }
        }
    };
    view! {
        <dialog class="dialog chart-ask" id="chart-new" aria-labelledby="chart-new-title" node_ref=element on:close=move |_| close()>
            <h2 class="dialog__title" id="chart-new-title">{chart::new_title(locale)}</h2>
            <form class="dialog__body" on:submit=make>
                <p>{place}</p>
                <p class="chart-ask__price" role="status">{move || price.get().map(|amount| format::money(locale, amount))}</p>
                <p class="muted small">{move || chart.said.get()}</p>
                <div class="field">
                    <label class="field__label" for="chart-name">{chart::guest_name(locale)}</label>
                    <input class="input" id="chart-name" maxlength="120" autocomplete="off" required autofocus node_ref=name />
                </div>
                <div class="actions">
                    <button type="submit" class="button button--main">{chart::make(locale)}</button>
                    <a class="button" href=move || chart.making.get().map(|mark| chart.address_of(mark))>
                        {chart::more_fields(locale)}
                    </a>
                    <button type="button" class="button" on:click=move |_| close()>{desk::close(locale)}</button>
                </div>
            </form>
        </dialog>
    }
}

/// What was done last, with its way back.
#[component]
pub(super) fn DoneNotice(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let told = move || {
        let done = chart.done.get()?;
        let path = chart.scene().reservation_path(done.code);
        let can_undo = done.undo.is_some();
        let is_done = [chart::undone(locale), chart::done(locale)].contains(&done.words);
        let tone = if can_undo || is_done { "good" } else { "warn" };
        Some(view! {
            <div class="notice" data-tone=tone>
                <p><strong>{done.words}</strong>" "<a href=path>{done.who}</a></p>
                {can_undo
                    .then(|| {
                        view! {
                            <button type="button" class="button button--small" data-undo="true" on:click=move |_| chart.take_back()>
                                {chart::undo(locale)}
                            </button>
                        }
                    })}
                <button type="button" class="button button--small" on:click=move |_| chart.done.set(None)>
                    {desk::close(locale)}
                </button>
            </div>
        })
    };
    view! { <div class="done chart-done">{told}</div> }
}
