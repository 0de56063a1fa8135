//! The rooms of one day as a list: what a phone shows in place of the chart.

use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{Erase, LinkButton};
use crate::domain::Date;
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Line, Plan};
use crate::islands::chart::words::of_bar;
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::chart;
use crate::messages::format;

#[component]
pub(super) fn DayList(scene: Arc<DeskScene>, book: Arc<ChartBook>, path: String, day: Date) -> impl IntoView {
    let locale = scene.locale;
    let plan = book.plan(false);
    let night = book.from.days_until(day);
    let link = |day: Date| format!("{path}?from={}&days={}&day={day}", day.add_days(-3), book.days);
    let lines = (0..plan.lines.len())
        .map(|line| match plan.lines[line] {
            Line::Group { kind } => {
                let of = &book.types[kind];
                let left = usize::try_from(night).ok().and_then(|night| of.left.get(night).copied().flatten());
                let left = left.map(|left| chart::free_on(locale, left, &format::date_short(locale, day)));
                view! { <li class="day-list__type"><strong>{of.name.clone()}</strong>" "<span class="muted small">{left}</span></li> }
                    .erased()
            }
            Line::Unassigned { .. } if plan.at(line, night).is_none() => ().erased(),
            _ => entry(&scene, &book, &plan, line, night),
        })
        .collect_view();
    view! {
        <section class="chart-phone" aria-labelledby="day-list-title">
            <h2 id="day-list-title">{format::date_long(locale, day)}</h2>
            <div class="row row--apart">
                <LinkButton href=link(day.add_days(-1))>"← "{chart::day_before(locale)}</LinkButton>
                <LinkButton href=link(day.add_days(1))>{chart::day_after(locale)}" →"</LinkButton>
            </div>
            <ul class="day-list">{lines}</ul>
        </section>
    }
}

/// A room: who leaves it on the day, and who has it the night after.
fn entry(scene: &DeskScene, book: &ChartBook, plan: &Plan, line: usize, night: i32) -> crate::components::Erased {
    let locale = scene.locale;
    let what = plan.lines[line];
    let name = match what {
        Line::Room { kind, room } => book.types[kind].rooms[room].number.to_string(),
        _ => chart::unassigned(locale).to_owned(),
    };
    let midday = 2 * night + 1;
    let leaves = plan.on(line).iter().find(|bar| bar.span.end == midday && bar.span.start < midday);
    let leaves = leaves.and_then(|bar| of_bar(scene, book, &bar.of, what)).map(|words| {
        view! { <span class="day-list__leaves">{words.text}" · "{chart::leaves(locale)}</span> }
    });
    let has = plan.at(line, night).and_then(|bar| of_bar(scene, book, &bar.of, what));
    let has = if let Some(words) = has {
        let text = view! { <span class="bar__text">{words.text}</span> };
        match words.href {
            Some(href) => {
                view! { <a class="bar" href=href data-state=words.state aria-label=words.label>{text}</a> }.erased()
            }
            None => view! { <span class="bar" data-state=words.state>{text}</span> }.erased(),
        }
    } else {
        let room = if let Line::Room { .. } = what { name.clone() } else { String::new() };
        let arrival = book.day(night);
        if arrival < book.today {
            view! { <span class="muted">{chart::empty(locale)}</span> }.erased()
        } else {
            let href = format!("/desk/{}/new?arrival={arrival}&room={room}", scene.hotel);
            view! { <a class="day-list__free" href=href>{chart::empty(locale)}</a> }.erased()
        }
    };
    view! {
        <li class="day-list__room">
            <span class="day-list__number">{name}</span>
            <span class="day-list__what">{leaves}{has}</span>
        </li>
    }
    .erased()
}
