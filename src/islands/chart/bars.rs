//! What lies over the lines: the bar in the hand, marked nights, and the cursor.

use leptos::prelude::*;

use super::draw::{index, px};
use super::live::{Chart, Cursor, DAY_PX, HEAD_PX, LINE_PX, Mark, NAMES_PX};
use super::moving::fit;
use super::plan::Span;
use crate::messages::desk::chart;
use crate::messages::format;

/// From the left edge of the days.
pub(super) fn left(span: Span) -> i32 {
    span.start * DAY_PX / 2
}

pub(super) fn width(span: Span) -> i32 {
    (span.end - span.start) * DAY_PX / 2
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
