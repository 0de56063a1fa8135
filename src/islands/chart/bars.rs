//! The bars of the chart, the one in the hand, marked nights, and the cursor: what lies over the lines.

use leptos::prelude::*;

use super::draw::{index, px};
use super::live::{Chart, Cursor, DAY_PX, HEAD_PX, LINE_PX, Mark, NAMES_PX, Shown};
use super::moving::{Held, fit};
use super::plan::{Of, Span};
use crate::messages::desk::chart;
use crate::messages::format;

/// From the left edge of the days.
fn left(span: Span) -> i32 {
    span.start * DAY_PX / 2
}

fn width(span: Span) -> i32 {
    (span.end - span.start) * DAY_PX / 2
}

/// The id of a bar's element.
pub(super) fn id(of: &Of) -> String {
    match of {
        Of::Stay(code, piece) => format!("bar-{code}-{piece}"),
        Of::Block(room, block) => format!("bar-{room}-{block}"),
    }
}

pub(super) fn bar(chart: Chart, of: Of) -> Option<impl IntoView> {
    let shown = chart.bars.with_value(|bars| bars.get(&of).cloned())?;
    let days = chart.with_book(|book| book.days).unwrap_or(0);
    let code = match &of {
        Of::Stay(code, _) => Some(code.to_string()),
        Of::Block(..) => None,
    };
    let place = {
        let shown = shown.clone();
        move || {
            shown.with(|shown| {
                format!("translate({}px, {}px)", NAMES_PX + left(shown.seen), HEAD_PX + index(shown.line) * LINE_PX)
            })
        }
    };
    let is_at_cursor = {
        let shown = shown.clone();
        move || {
            let Cursor { line, night } = chart.cursor.get();
            shown.with(|shown| shown.line == line && shown.whole.contains(2 * night + 1))
        }
    };
    let is_at_cursor = Memo::new(move |_| is_at_cursor());
    let is_held = {
        let of = of.clone();
        move || {
            chart.held.with(|held| {
                let is_ours = |held: &Held| matches!(&of, Of::Stay(code, _) if *code == held.code);
                held.as_ref().is_some_and(is_ours)
            })
        }
    };
    let with = move |read: fn(&Shown) -> Option<&'static str>| {
        let shown = shown.clone();
        move || shown.with(read)
    };
    let shown = chart.bars.with_value(|bars| bars.get(&of).cloned())?;
    let (wide, cut_start, cut_end, label, href, text, column) =
        (shown.clone(), shown.clone(), shown.clone(), shown.clone(), shown.clone(), shown.clone(), shown.clone());
    let (title, focused) = (shown.clone(), shown.clone());
    let yes = |is_so: bool| is_so.then_some("true");
    Some(view! {
        <a
            class="bar grid__bar"
            role="gridcell"
            id=id(&of)
            draggable="false"
            tabindex=move || if is_at_cursor.get() { "0" } else { "-1" }
            aria-colindex=move || column.with(|shown| (shown.seen.start / 2).max(0) + 2)
            aria-label=move || label.with(|shown| shown.words.label.clone())
            title=move || title.with(|shown| shown.words.label.clone())
            href=move || href.with(|shown| shown.words.href.clone())
            data-code=code
            data-state=with(|shown| Some(shown.words.state))
            data-joins=with(|shown| shown.words.joins)
            data-pinned=with(|shown| shown.words.is_pinned.then_some("true"))
            data-note=with(|shown| shown.words.has_note.then_some("true"))
            data-cut-start=move || yes(cut_start.with(|shown| shown.whole.start < 0))
            data-cut-end=move || yes(cut_end.with(|shown| shown.whole.end > 2 * days))
            data-cursor=move || yes(is_at_cursor.get())
            data-held=move || yes(is_held())
            style:transform=place
            style:width=move || wide.with(|shown| px(width(shown.seen) - 4))
            on:focus=move |_| focused.with_untracked(|shown| chart.go_to(shown))
        >
            <span class="bar__text">{move || text.with(|shown| shown.words.text.clone())}</span>
        </a>
    })
}

/// The bar in the hand, where it would lie.
#[component]
pub(super) fn Ghost(chart: Chart) -> impl IntoView {
    let place = Memo::new(move |_| {
        let from_question = chart.question.with(|question| question.as_ref().map(|question| question.held.clone()));
        let held = chart.held.get().or(from_question)?;
        let days = chart.with_book(|book| book.days)?;
        let suits = chart.with_book(|book| fit(&chart.plan(), book, held.line, &held).as_str())?;
        let seen = held.span.seen(days).unwrap_or(Span { start: 0, end: 1 });
        Some((held.line, seen, suits))
    });
    let at = move || {
        place.get().map(|(line, seen, _)| {
            format!("translate({}px, {}px)", NAMES_PX + left(seen), HEAD_PX + index(line) * LINE_PX)
        })
    };
    view! {
        <div
            class="grid__ghost"
            aria-hidden="true"
            hidden=move || place.with(Option::is_none)
            data-fit=move || place.get().map(|(_, _, suits)| suits)
            style:transform=at
            style:width=move || place.get().map(|(_, seen, _)| px(width(seen) - 4))
        ></div>
    }
}

/// Nights that are marked for a new stay.
#[component]
pub(super) fn Marked(chart: Chart) -> impl IntoView {
    let mark = move || chart.mark.get().or(chart.making.get());
    let at = move || {
        mark().map(|mark: Mark| {
            format!("translate({}px, {}px)", NAMES_PX + left(mark.span()), HEAD_PX + index(mark.line) * LINE_PX)
        })
    };
    view! {
        <div
            class="grid__mark"
            aria-hidden="true"
            hidden=move || mark().is_none()
            style:transform=at
            style:width=move || mark().map(|mark| px(width(mark.span()) - 4))
        ></div>
    }
}

/// The cursor where no bar is: a cell of its own.
#[component]
pub(super) fn CellCursor(chart: Chart) -> impl IntoView {
    let cell = Memo::new(move |_| {
        chart.revision.track();
        let cursor = chart.cursor.get();
        let is_line = chart.plan().lines.get(cursor.line).is_some();
        (is_line && chart.under(cursor).is_none()).then_some(cursor)
    });
    let label = move || {
        let cursor = cell.get()?;
        let span = Span { start: 2 * cursor.night + 1, end: 2 * cursor.night + 3 };
        let (line, _) = chart.place_in_words(cursor.line, span);
        let locale = chart.scene().locale;
        let night = chart.with_book(|book| format::date_short(locale, book.day(cursor.night)))?;
        Some(chart::cell(locale, &line, &night))
    };
    let at = move || {
        cell.get().map(|Cursor { line, night }| {
            format!("translate({}px, {}px)", NAMES_PX + night * DAY_PX + DAY_PX / 2, HEAD_PX + index(line) * LINE_PX)
        })
    };
    view! {
        <div
            class="grid__cell"
            role="gridcell"
            tabindex="0"
            aria-label=label
            hidden=move || cell.with(Option::is_none)
            data-cursor=move || cell.with(|cell| cell.is_some().then_some("true"))
            style:transform=at
        ></div>
    }
}
