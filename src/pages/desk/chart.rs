//! The tape chart as the server draws it: a table whose columns are half days, so that a bar from midday to midday is a
//! cell, and no style is needed to put it in its place. On a phone the rooms of one day take its place.

use std::sync::Arc;

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use crate::components::{Erase, Erased, Field, FieldKind, LinkButton, PageHeader, SelectField};
use crate::domain::{Date, Weekday};
use crate::islands::chart::LiveChart;
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Bar, Line, Plan};
use crate::islands::chart::words::of_bar;
use crate::islands::desk_row::DeskScene;
use crate::islands::in_the_way::Reason;
use crate::messages::desk::{chart, rooms};
use crate::messages::{Locale, format};
use crate::pages::desk::chart_days::DayList;
use crate::pages::desk::chart_form::{MoveForm, MovePrice, MoveTyped};

#[derive(Clone, Debug)]
pub struct ChartProps {
    pub book: ChartBook,
    /// The day that a phone shows.
    pub day: Date,
    /// What comes before the chart: what was done, or what cannot be.
    pub told: Option<ChartTold>,
    /// The form as it was typed, what that would come to, and whether it is in use.
    pub typed: MoveTyped,
    pub price: Option<MovePrice>,
    pub is_open: bool,
}

/// What came of a form of this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartTold {
    pub is_good: bool,
    pub reason: Reason,
}

#[component]
pub fn ChartPage(site: DeskSite, props: ChartProps) -> impl IntoView {
    let scene = Arc::new(site.scene.clone());
    let as_of = site.as_of.clone();
    let locale = scene.locale;
    let ChartProps { book, day, told, typed, price, is_open } = props;
    let book = Arc::new(book);
    let (from, days) = (book.from, book.days);
    let path = format!("/desk/{}/chart", scene.hotel);
    let told = told.map(|told| {
        let tone = if told.is_good { "good" } else { "bad" };
        view! { <div class="notice" data-tone=tone role="status">{told.reason.told(&scene)}</div> }
    });
    view! {
        <DeskFrame site tab=DeskTab::Chart>
            <PageHeader title=chart::title(locale) />
            {told}
            <ChartNav locale path=path.clone() from days today=book.today />
            <div class="chart-wide">
                <LiveChart scene=(*scene).clone() as_of from days />
                <ChartTable scene=Arc::clone(&scene) book=Arc::clone(&book) />
                <Legend locale />
            </div>
            <DayList scene=Arc::clone(&scene) book=Arc::clone(&book) path day />
            <MoveForm scene book typed price is_open />
        </DeskFrame>
    }
}

/// To other days.
#[component]
fn ChartNav(locale: Locale, path: String, from: Date, days: i32, today: Date) -> impl IntoView {
    let to = |day: Date| format!("{path}?from={day}&days={days}");
    let step = (days - 3).max(1);
    let lengths = [7, 14, 21, 31, 62].map(|days: i32| (days.to_string(), days.to_string()));
    let mut lengths = lengths.to_vec();
    if !lengths.iter().any(|(value, _)| *value == days.to_string()) {
        lengths.push((days.to_string(), days.to_string()));
    }
    view! {
        <div class="chart-nav">
            <div class="row">
                <LinkButton href=to(from.add_days(-step))>"← "{chart::earlier(locale)}</LinkButton>
                <LinkButton href=to(today.add_days(-3))>{chart::today(locale)}</LinkButton>
                <LinkButton href=to(from.add_days(step))>{chart::later(locale)}" →"</LinkButton>
            </div>
            <form class="chart-nav__form" method="get" action=path.clone()>
                <Field name="from" label=chart::from(locale) kind=FieldKind::Date value=from.to_string() />
                <SelectField name="days" label=chart::days(locale) options=lengths value=days.to_string() />
                <button class="button" type="submit">{chart::show(locale)}</button>
            </form>
        </div>
    }
}

pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[component]
fn ChartTable(scene: Arc<DeskScene>, book: Arc<ChartBook>) -> impl IntoView {
    let locale = scene.locale;
    let plan = book.plan(false);
    let halves = (0..2 * book.days).map(|_| view! { <col class="chart__half" /> }).collect_view();
    let heads = (0..book.days)
        .map(|day| {
            let date = book.day(day);
            let is_today = date == book.today;
            view! {
                <th scope="col" colspan="2" class="chart__day" data-today=is_today.then_some("true") data-weekend=is_weekend(date).then_some("true")>
                    <abbr title=format::date_long(locale, date)>
                        <span>{format::weekday_short(locale, date.weekday())}</span>
                        <span class="chart__date">{short(date, day == 0)}</span>
                    </abbr>
                </th>
            }
        })
        .collect_view();
    let lines = (0..plan.lines.len()).map(|line| view_line(&scene, &book, &plan, line)).collect_view();
    view! {
        <div class="chart-scroll" id="chart-table" tabindex="0" role="region" aria-label=chart::title(locale)>
            <table class="chart">
                <caption class="visually-hidden">{chart::lead(locale)}</caption>
                <colgroup><col class="chart__names" />{halves}</colgroup>
                <thead>
                    <tr><th scope="col" class="chart__corner">{chart::room_column(locale)}</th>{heads}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
}

/// "5", and "1.6." where a month begins or is not known yet.
pub(crate) fn short(date: Date, is_first: bool) -> String {
    if is_first || date.day() == 1 { format!("{}/{}", date.day(), date.month()) } else { date.day().to_string() }
}

fn view_line(scene: &DeskScene, book: &ChartBook, plan: &Plan, line: usize) -> Erased {
    let locale = scene.locale;
    let what = plan.lines[line];
    match what {
        Line::Group { kind } => {
            let of = &book.types[kind];
            let counts = (0..book.days)
                .map(|day| {
                    let left = usize::try_from(day).ok().and_then(|day| of.left.get(day).copied().flatten());
                    let level = level(left);
                    view! { <td colspan="2" class="chart__left" data-level=level>{left}</td> }
                })
                .collect_view();
            view! {
                <tr class="chart__group">
                    <th scope="row">{of.name.clone()}</th>
                    {counts}
                </tr>
            }
            .erased()
        }
        Line::Unassigned { lane, .. } if lane == 0 || !plan.on(line).is_empty() => {
            let name = if lane == 0 { chart::unassigned(locale) } else { "" };
            let bars = bars(scene, book, plan, line);
            view! {
                <tr class="chart__line" data-kind="unassigned">
                    <th scope="row">{name}</th>
                    {bars}
                </tr>
            }
            .erased()
        }
        Line::Room { kind, room } => {
            let room = &book.types[kind].rooms[room];
            let dirty = (room.condition == "dirty")
                .then(|| view! { <span class="chart__dirty" title=chart::dirty(locale)><span class="visually-hidden">{chart::dirty(locale)}</span></span> });
            let bars = bars(scene, book, plan, line);
            view! {
                <tr class="chart__line">
                    <th scope="row">{room.number.to_string()}{dirty}</th>
                    {bars}
                </tr>
            }
            .erased()
        }
        Line::Parking { .. } | Line::Unassigned { .. } => ().erased(),
    }
}

/// How little is left, for the looks.
pub(crate) const fn level(left: Option<i32>) -> Option<&'static str> {
    match left {
        None => None,
        Some(left) if left <= 0 => Some("none"),
        Some(1..=2) => Some("few"),
        Some(_) => Some("some"),
    }
}

/// A line's cells: bars, and what is empty between them.
fn bars(scene: &DeskScene, book: &ChartBook, plan: &Plan, line: usize) -> Erased {
    let mut cells: Vec<Erased> = Vec::new();
    let mut reached = 0;
    for bar in plan.on(line) {
        let Some(seen) = bar.span.seen(book.days) else { continue };
        // Nights that were slept twice in one room are an error of the books; the first is drawn.
        let start = seen.start.max(reached);
        if start >= seen.end {
            continue;
        }
        if start > reached {
            gaps(book, reached, start, &mut cells);
        }
        cells.push(bar_cell(scene, book, bar, plan.lines[line], seen.end - start));
        reached = seen.end;
    }
    if reached < 2 * book.days {
        gaps(book, reached, 2 * book.days, &mut cells);
    }
    cells.into_iter().collect_view().erased()
}

/// The looks of a day that stands out.
fn day_kind(book: &ChartBook, day: i32) -> Option<&'static str> {
    let date = book.day(day);
    if date == book.today { Some("today") } else { is_weekend(date).then_some("weekend") }
}

/// What is empty from one half day to another: a cell as long as its days look alike.
fn gaps(book: &ChartBook, mut start: i32, end: i32, cells: &mut Vec<Erased>) {
    while start < end {
        let kind = day_kind(book, start / 2);
        let length = (start..end).take_while(|half| day_kind(book, half / 2) == kind).count();
        let halves = i32::try_from(length).unwrap_or(1);
        cells.push(view! { <td colspan=halves data-day=kind></td> }.erased());
        start += halves;
    }
}

fn bar_cell(scene: &DeskScene, book: &ChartBook, bar: &Bar, line: Line, halves: i32) -> Erased {
    let words = of_bar(scene, book, &bar.of, line).unwrap_or_default();
    let cut = |is_cut: bool| is_cut.then_some("true");
    let (cut_start, cut_end) = (cut(bar.span.start < 0), cut(bar.span.end > 2 * book.days));
    let (pinned, note) = (cut(words.is_pinned), cut(words.has_note));
    let inside = match words.href {
        Some(href) => view! {
            <a
                class="bar"
                href=href
                title=words.label.clone()
                aria-label=words.label
                data-state=words.state
                data-joins=words.joins
                data-pinned=pinned
                data-note=note
                data-cut-start=cut_start
                data-cut-end=cut_end
            >
                <span class="bar__text">{words.text}</span>
            </a>
        }
        .erased(),
        None => view! {
            <span class="bar" title=words.label data-state=words.state data-cut-start=cut_start data-cut-end=cut_end>
                <span class="bar__text">{words.text}</span>
            </span>
        }
        .erased(),
    };
    view! { <td colspan=halves class="chart__cell">{inside}</td> }.erased()
}

#[component]
fn Legend(locale: Locale) -> impl IntoView {
    use crate::domain::Status;
    let states = [
        ("held", chart::state(locale, Status::Held)),
        ("confirmed", chart::state(locale, Status::Confirmed)),
        ("in_house", chart::state(locale, Status::InHouse)),
        ("checked_out", chart::state(locale, Status::CheckedOut)),
        ("overdue", chart::overdue(locale)),
        ("out_of_order", rooms::out_of_order(locale)),
        ("out_of_service", rooms::out_of_service(locale)),
    ];
    let items = states
        .map(|(state, words)| view! { <li><span class="bar" data-state=state><span class="bar__text">{words}</span></span></li> })
        .collect_view();
    view! {
        <details class="chart-legend">
            <summary>{chart::legend(locale)}</summary>
            <ul>{items}</ul>
        </details>
    }
}
