//! The chart as it is drawn in the browser: lines, days and bars in their places, by styles that the script sets.

use leptos::prelude::*;

use super::bars::{CellCursor, Ghost, Marked};
use super::dialogs::{DoneNotice, DropDialog, NewDialog};
use super::hand::clicked;
use super::layer::id;
use super::live::{Chart, DAY_PX, HEAD_PX, LINE_PX, NAMES_PX};
use super::moving::fit;
use super::plan::{Line, Span};
use super::window::Window;
use crate::components::{Erase, Erased, LiveBadge};
use crate::domain::{Date, Weekday};
use crate::messages::desk::chart;
use crate::messages::format;

pub(super) fn px(pixels: i32) -> String {
    format!("{pixels}px")
}

pub(super) fn index(line: usize) -> i32 {
    i32::try_from(line).unwrap_or(i32::MAX)
}

pub(super) fn inside(chart: Chart) -> Erased {
    let scene = chart.scene();
    let locale = scene.locale;
    let days = chart.with_book(|book| book.days).unwrap_or(0);
    let count = move || {
        chart.revision.track();
        chart.plan().lines.len()
    };
    let resized = window_event_listener(leptos::ev::resize, move |_| chart.look());
    on_cleanup(move || resized.remove());
    view! {
        <div class="live-line">
            <p class="muted small live-line__count">{chart::lead(locale)}</p>
            <LiveBadge locale state=chart.state href=scene.here.clone() />
        </div>
        <div
            class="chart-scroll grid"
            role="grid"
            aria-label=chart::grid(locale)
            aria-describedby="chart-help"
            aria-rowcount=count
            aria-colcount=days + 1
            node_ref=chart.scroller
            data-held=move || chart.held.with(Option::is_some).then_some("true")
            on:scroll=move |_| chart.look()
            on:pointerdown=move |event| chart.pressed(&event)
            on:pointermove=move |event| chart.dragged(&event)
            on:pointerup=move |event| chart.released(&event)
            on:pointercancel=move |_| chart.let_go()
            on:click=move |event| clicked(&event)
            on:focusin=move |event| chart.focused(&event)
            on:focusout=move |event| chart.unfocused(&event)
            on:dragstart=move |event| event.prevent_default()
            on:keydown=move |event| chart.key(&event)
        >
            <div
                class="grid__space"
                role="presentation"
                style:width=px(NAMES_PX + days * DAY_PX)
                style:height=move || px(HEAD_PX + index(count()) * LINE_PX)
            >
                <Days chart />
                <Lines chart />
                <div class="grid__bars" role="presentation">
                    <div role="presentation" node_ref=chart.layer></div>
                    <Ghost chart />
                    <Marked chart />
                    <CellCursor chart />
                </div>
            </div>
        </div>
        <p class="muted small" id="chart-help">{chart::help(locale)}</p>
        <p class="visually-hidden" role="status" aria-live="assertive" id="chart-said">{move || chart.said.get()}</p>
        <DoneNotice chart />
        <DropDialog chart />
        <NewDialog chart />
    }
    .erased()
}

/// The days that can be seen.
fn seen_days(chart: Chart) -> core::ops::Range<i32> {
    let across = chart.window.with(|window| window.across).unwrap_or(Span { start: 0, end: 0 });
    across.start / 2..across.end / 2
}

#[component]
fn Days(chart: Chart) -> impl IntoView {
    let locale = chart.scene().locale;
    let days = Memo::new(move |_| seen_days(chart));
    let day = move |day: i32| {
        let (date, is_today) =
            chart.with_book(|book| (book.day(day), book.day(day) == book.today)).unwrap_or((Date::MIN, false));
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let number = if date.day() == 1 || day == 0 {
            format!("{}/{}", date.day(), date.month())
        } else {
            date.day().to_string()
        };
        view! {
            <div
                class="grid__day chart__day"
                role="columnheader"
                aria-colindex=day + 2
                title=format::date_long(locale, date)
                data-today=is_today.then_some("true")
                data-weekend=is_weekend.then_some("true")
                style:left=px(NAMES_PX + day * DAY_PX)
            >
                <span>{format::weekday_short(locale, date.weekday())}</span>
                <span class="chart__date">{number}</span>
            </div>
        }
    };
    // Behind the lines: weekends and today, as tall as the chart.
    let shade = move |day: i32| {
        let (date, is_today) =
            chart.with_book(|book| (book.day(day), book.day(day) == book.today)).unwrap_or((Date::MIN, false));
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let kind = if is_today { Some("today") } else { is_weekend.then_some("weekend") };
        kind.map(|kind| view! { <div class="grid__shade" data-kind=kind style:left=px(NAMES_PX + day * DAY_PX)></div> })
    };
    view! {
        <div class="grid__days" role="row" aria-rowindex="1">
            <div class="grid__corner" role="columnheader" aria-colindex="1">{chart::room_column(locale)}</div>
            <For each=move || days.get() key=|day| *day children=day />
        </div>
        <div class="grid__shades" aria-hidden="true">
            <For each=move || days.get() key=|day| *day children=shade />
        </div>
    }
}

#[component]
fn Lines(chart: Chart) -> impl IntoView {
    let lines = move || {
        chart.revision.track();
        let Window { first_line, end_line, .. } = chart.window.get();
        let plan = chart.plan();
        (first_line..end_line.min(plan.lines.len())).map(|line| (line, plan.lines[line])).collect::<Vec<_>>()
    };
    view! {
        <div role="rowgroup">
            <For each=lines key=|line| *line children=move |(place, line)| view_line(chart, place, line) />
        </div>
    }
}

fn view_line(chart: Chart, place: usize, line: Line) -> impl IntoView {
    let locale = chart.scene().locale;
    let (name, kind) = match line {
        Line::Parking { lane } => (if lane == 0 { chart::parking(locale) } else { "" }.to_owned(), "parking"),
        Line::Unassigned { lane, .. } => {
            (if lane == 0 { chart::unassigned(locale) } else { "" }.to_owned(), "unassigned")
        }
        Line::Group { kind } => (chart.with_book(|book| book.types[kind].name.clone()).unwrap_or_default(), "group"),
        Line::Room { kind, room } => {
            (chart.with_book(|book| book.types[kind].rooms[room].number.to_string()).unwrap_or_default(), "room")
        }
    };
    let hint = matches!(line, Line::Parking { .. }).then(|| chart::parking_hint(locale));
    let is_dirty = move || {
        chart.revision.track();
        let Line::Room { kind, room } = line else { return false };
        chart
            .with_book(|book| {
                book.types.get(kind).and_then(|kind| kind.rooms.get(room)).is_some_and(|room| room.condition == "dirty")
            })
            .unwrap_or(false)
    };
    let suits = move || {
        chart.held.with(|held| {
            let held = held.as_ref()?;
            let plan = chart.plan();
            chart.with_book(|book| fit(&plan, book, place, held).as_str())
        })
    };
    let counts = matches!(line, Line::Group { .. }).then(|| view! { <Counts chart line /> });
    // The bars lie in a layer of their own, so that they can glide from line to line.
    let owns = move || {
        chart.revision.track();
        let ids: Vec<String> = chart.plan().on(place).iter().map(|bar| id(&bar.of)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    view! {
        <div
            class="grid__line"
            role="row"
            aria-rowindex=place + 2
            aria-owns=owns
            data-kind=kind
            data-fit=suits
            style:top=px(HEAD_PX + index(place) * LINE_PX)
        >
            <div class="grid__name" role="rowheader" aria-colindex="1" title=hint>
                {name}
                <span class="chart__dirty" hidden=move || !is_dirty() title=chart::dirty(locale)></span>
            </div>
            {counts}
        </div>
    }
}

/// What is left of a type, a night.
#[component]
fn Counts(chart: Chart, line: Line) -> impl IntoView {
    let days = Memo::new(move |_| seen_days(chart));
    let cell = move |day: i32| {
        let left = Memo::new(move |_| {
            chart.revision.track();
            let kind = line.kind()?;
            chart.with_book(|book| *book.types.get(kind)?.left.get(usize::try_from(day).ok()?)?).flatten()
        });
        let level = move || match left.get() {
            None => None,
            Some(left) if left <= 0 => Some("none"),
            Some(1..=2) => Some("few"),
            Some(_) => Some("some"),
        };
        view! {
            <div
                class="grid__left chart__left"
                role="gridcell"
                aria-colindex=day + 2
                data-level=level
                style:left=px(NAMES_PX + day * DAY_PX)
            >
                {move || left.get()}
            </div>
        }
    };
    view! { <For each=move || days.get() key=|day| *day children=cell /> }
}
