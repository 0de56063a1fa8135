//! The house today: numbers, lists and what has just happened, as the desk sees it first thing in the morning.

use leptos::prelude::*;

use super::frame::{DeskFrame, DeskSite, DeskTab};
use super::outcome::{Outcome, OutcomeNotice};
use super::sheet::ListLinks;
use crate::components::{Notice, PageHeader, Tone};
use crate::islands::desk_board::DeskBoard;
use crate::islands::desk_board::news::NewsLine;
use crate::islands::desk_row::DeskRow;
use crate::messages::desk::{self, alerts};
use crate::messages::format;
use crate::wire::desk::HouseNumbers;

#[derive(Clone, Debug)]
pub struct HouseToday {
    pub numbers: HouseNumbers,
    /// Every reservation of today's lists, once.
    pub rows: Vec<DeskRow>,
    pub news: Vec<NewsLine>,
    pub seconds_left_today: u32,
    /// By the calendar a new day has begun.
    pub is_behind: bool,
    pub is_manager: bool,
    /// What came of the last action, and the list it was taken from.
    pub outcome: Option<(Outcome, String)>,
}

#[component]
pub fn HousePage(site: DeskSite, house: HouseToday) -> impl IntoView {
    let scene = site.scene.clone();
    let as_of = site.as_of.clone();
    let locale = scene.locale;
    let home = format!("/desk/{}", scene.hotel);
    let HouseToday { numbers, rows, news, seconds_left_today, is_behind, is_manager, outcome } = house;
    let day = format::date_long(locale, scene.today);
    let told = outcome.map(|(outcome, list)| view! { <OutcomeNotice scene=scene.clone() outcome list=Some(list) /> });
    view! {
        <DeskFrame site tab=DeskTab::House>
            <div class="row row--apart">
                <PageHeader title=day eyebrow=desk::today(locale).to_owned() />
                <ListLinks scene=scene.clone() sees_guests=true />
            </div>
            <nav class="house-links" aria-label=desk::day::title(locale)>
                <a href=format!("{home}/day")>{desk::day::link(locale)}</a>
                {is_manager
                    .then(|| {
                        view! {
                            <a href=format!("{home}/log")>{desk::day::log_link(locale)}</a>
                            <a href=format!("{home}/settings")>{desk::settings::title(locale)}</a>
                        }
                    })}
            </nav>
            {is_behind
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>
                                {desk::day::behind(locale)}" "
                                <a href=format!("{home}/day")>{desk::day::close_now(locale)}</a>
                            </p>
                        </Notice>
                    }
                })}
            {told}
            <DeskBoard scene as_of numbers rows news seconds_left_today />
            <noscript>
                <p class="notice">{alerts::needs_script(locale)}</p>
            </noscript>
        </DeskFrame>
    }
}
