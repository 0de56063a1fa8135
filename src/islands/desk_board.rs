//! The house, alive: today's numbers, who comes, who goes, who is in, what is held, and what has just happened.
//!
//! `news` is the right-hand column, `steps` what a tap on a line does without leaving the page.

pub mod news;
mod steps;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use leptos::prelude::*;

use crate::components::{DataTable, LiveBadge};
use crate::domain::{Date, ReservationCode};
use crate::islands::desk_board::news::{News, NewsLine, add_news, news_of};
use crate::islands::desk_board::steps::{DoneNotice, submitted};
use crate::islands::desk_feed::{Heard, What, join};
use crate::islands::desk_row::{DeskRow, DeskScene, StayRow};
use crate::islands::house_book::{HouseBook, HouseList};
use crate::islands::slices::{self, Gradual};
use crate::messages::{desk, guest};
use crate::wire::desk::HouseNumbers;
use crate::wire::reservation::ReservationView;

/// The most lines of a list that are drawn; who is further down is found in the list of reservations.
const MOST_DRAWN: usize = 80;

/// So many lines are drawn in one piece of work, of the hundreds that a hot house may bring.
const LINES_AT_ONCE: usize = 4;

/// Of what comes at once, the news are made of the last so many; those before would be pushed out of view.
const MOST_TOLD_AT_ONCE: usize = 100;

/// Who stands in a list: how many, and those who are drawn.
#[derive(Clone, Copy)]
struct Stays {
    list: HouseList,
    count: RwSignal<usize>,
    lines: Gradual<ReservationCode>,
}

impl Stays {
    fn new(book: &HouseBook, list: HouseList) -> Self {
        let mut codes = book.list(list);
        let count = RwSignal::new(codes.len());
        codes.truncate(MOST_DRAWN);
        Self { list, count, lines: Gradual::new(codes, LINES_AT_ONCE) }
    }

    fn draw(self, book: &HouseBook) {
        let mut codes = book.list(self.list);
        self.count.maybe_update(|count| core::mem::replace(count, codes.len()) != codes.len());
        codes.truncate(MOST_DRAWN);
        self.lines.change(|lines| *lines = codes);
    }
}

/// The house book with a signal for each thing that is drawn of it. Cheap to copy.
#[derive(Clone, Copy)]
struct Book {
    entries: StoredValue<HouseBook>,
    lines: StoredValue<HashMap<ReservationCode, ArcRwSignal<DeskRow>>>,
    lists: StoredValue<[Stays; 4]>,
    numbers: RwSignal<HouseNumbers>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "steps are taken in the browser"))]
    today: Date,
}

impl Book {
    fn new(scene: &DeskScene, numbers: HouseNumbers, rows: Vec<DeskRow>) -> Self {
        let lines = rows.iter().map(|row| (row.code, ArcRwSignal::new(row.clone()))).collect();
        let book = HouseBook::new(scene.today, numbers, rows);
        Self {
            lines: StoredValue::new(lines),
            lists: StoredValue::new(HouseList::ALL.map(|list| Stays::new(&book, list))),
            numbers: RwSignal::new(book.numbers()),
            entries: StoredValue::new(book),
            today: scene.today,
        }
    }

    /// Draws once, however many there are, and in slices that fit a frame.
    fn take_in<'a>(self, reservations: impl IntoIterator<Item = &'a ReservationView>) {
        let rows = reservations.into_iter().map(DeskRow::from);
        let take_in = |book: &mut HouseBook| {
            rows.filter_map(|row| {
                let code = row.code;
                book.take_in(row).then_some(code)
            })
            .collect::<BTreeSet<_>>()
        };
        let news = self.entries.try_update_value(take_in).unwrap_or_default();
        if news.is_empty() {
            return;
        }
        let mut changed = Vec::new();
        self.entries.with_value(|book| {
            self.lines.update_value(|lines| {
                for code in news {
                    match (book.row(code), lines.get(&code)) {
                        (Some(row), Some(line)) => changed.push((line.clone(), row.clone())),
                        (Some(row), None) => {
                            lines.insert(code, ArcRwSignal::new(row.clone()));
                        }
                        (None, _) => {
                            lines.remove(&code);
                        }
                    }
                }
            });
        });
        for lines in changed.chunks(LINES_AT_ONCE) {
            let lines = lines.to_vec();
            slices::draw(move || lines.into_iter().for_each(|(line, row)| line.set(row)));
        }
        slices::draw(move || {
            let numbers = self.entries.with_value(HouseBook::numbers);
            self.numbers.maybe_update(|shown| core::mem::replace(shown, numbers) != numbers);
        });
        for stays in self.lists.get_value() {
            slices::draw(move || self.entries.with_value(|book| stays.draw(book)));
        }
    }

    fn line(self, code: ReservationCode) -> Option<Signal<DeskRow>> {
        self.lines.with_value(|lines| lines.get(&code).cloned()).map(Signal::from)
    }
}

/// `rows` are all reservations of today's lists, `numbers` what the server counted of them, both as of `as_of`.
#[island]
pub fn DeskBoard(
    scene: DeskScene,
    as_of: String,
    numbers: HouseNumbers,
    rows: Vec<DeskRow>,
    news: Vec<NewsLine>,
    seconds_left_today: u32,
) -> impl IntoView {
    let scene = Arc::new(scene);
    let locale = scene.locale;
    let book = Book::new(&scene, numbers, rows);
    let news = Gradual::new(news, LINES_AT_ONCE);
    let done = RwSignal::new(None);
    let told = Arc::clone(&scene);
    let is_over = new_day_after(seconds_left_today);
    let today = scene.today;
    let state = join(&scene.hotel, &as_of, move |heard| {
        book.take_in(heard.iter().filter_map(|heard| match &heard.what {
            What::Reservation(event) => Some(&event.reservation),
            What::Room(_) | What::Nights(_) | What::Alert(_) | What::Day(_) => None,
        }));
        let is_later = |heard: &Heard| matches!(&heard.what, What::Day(day) if day.business_date > today);
        if heard.iter().any(is_later) {
            is_over.set(true);
        }
    });
    // Apart, so that the lists are drawn first.
    let _ = join(&scene.hotel, &as_of, move |heard| {
        let shown = heard.len().saturating_sub(MOST_TOLD_AT_ONCE);
        let lines: Vec<NewsLine> = heard[shown..].iter().filter_map(|heard| news_of(&told, heard)).collect();
        if !lines.is_empty() {
            news.change(|news| lines.into_iter().for_each(|line| add_news(news, line)));
        }
    });
    let sections =
        book.lists.get_value().map(|stays| view! { <List scene=Arc::clone(&scene) stays book /> }).collect_view();
    view! {
        <div class="live-line">
            <LiveBadge locale state href=scene.here.clone() />
            <p class="notice" data-tone="warn" hidden=move || !is_over.get()>
                {desk::new_day(locale)}" "<a href=scene.here.clone()>{guest::refresh(locale)}</a>
            </p>
        </div>
        <Numbers scene=Arc::clone(&scene) numbers=book.numbers />
        <div class="desk-grid">
            <div class="stack stack--l" on:submit=move |event| submitted(event, book, done)>{sections}</div>
            <News scene=Arc::clone(&scene) news=news.drawn />
        </div>
        <DoneNotice scene book done />
    }
}

/// Turns true when the hotel's day is over: the lists are of a day that has gone.
pub fn new_day_after(seconds: u32) -> RwSignal<bool> {
    let is_over = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        set_timeout(move || is_over.set(true), std::time::Duration::from_secs(u64::from(seconds)));
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = seconds;
    is_over
}

#[component]
fn Numbers(scene: Arc<DeskScene>, numbers: RwSignal<HouseNumbers>) -> impl IntoView {
    let locale = scene.locale;
    let list = move |list: HouseList, label: &'static str, note: &'static str, count: fn(&HouseNumbers) -> u32| {
        view! {
            <a class="tile" href=format!("#{}", list.as_str()) data-number=list.as_str()>
                <span class="tile__number">{move || numbers.with(count)}</span>
                <span class="tile__label">{label}</span>
                <span class="tile__note">{note}</span>
            </a>
        }
    };
    let free_of = move || numbers.with(|numbers| desk::of_total(locale, numbers.free_tonight, numbers.rooms));
    let lists = format!("/desk/{}/lists", scene.hotel);
    let overdue = move || numbers.with(|numbers| numbers.overdue);
    let occupancy = move || numbers.with(|numbers| desk::percent(locale, (numbers.occupancy_basis_points + 50) / 100));
    view! {
        <nav class="tiles" aria-label=desk::today(locale)>
            {list(HouseList::Arrivals, desk::arrivals(locale), desk::arrivals_left(locale), |numbers| numbers.arrivals)}
            {list(
                HouseList::Departures,
                desk::departures(locale),
                desk::departures_left(locale),
                |numbers| numbers.departures,
            )}
            {list(HouseList::InHouse, desk::in_house(locale), "", |numbers| numbers.in_house)}
            {list(HouseList::Holds, desk::held_now(locale), "", |numbers| numbers.holds)}
            <a class="tile" href="#arrivals" data-number="unassigned">
                <span class="tile__number">{move || numbers.with(|numbers| numbers.unassigned)}</span>
                <span class="tile__label">{desk::chart::unassigned(locale)}</span>
                <span class="tile__note">{desk::arrivals(locale)}</span>
            </a>
            <a class="tile" href=format!("{lists}/free") data-number="free">
                <span class="tile__number">{move || numbers.with(|numbers| numbers.free_tonight)}</span>
                <span class="tile__label">{desk::free_tonight(locale)}</span>
                <span class="tile__note">{free_of}</span>
            </a>
            <a class="tile" href=format!("{lists}/tonight") data-number="occupancy">
                <span class="tile__number">{occupancy}</span>
                <span class="tile__label">{desk::occupancy(locale)}</span>
            </a>
        </nav>
        <p class="overdue-line" data-number="overdue" hidden=move || overdue() == 0>
            <a href=format!("/desk/{}/day", scene.hotel)>{move || desk::day::overdue(locale, overdue())}</a>
        </p>
    }
}

fn words(scene: &DeskScene, list: HouseList) -> (&'static str, &'static str) {
    let locale = scene.locale;
    match list {
        HouseList::Arrivals => (desk::arrivals(locale), desk::arrivals_empty(locale)),
        HouseList::Departures => (desk::departures(locale), desk::departures_empty(locale)),
        HouseList::InHouse => (desk::in_house(locale), desk::in_house_empty(locale)),
        HouseList::Holds => (desk::holds(locale), desk::holds_empty(locale)),
    }
}

#[component]
fn List(scene: Arc<DeskScene>, stays: Stays, book: Book) -> impl IntoView {
    let locale = scene.locale;
    let Stays { list, count, lines } = stays;
    let (title, nobody) = words(&scene, list);
    let count = move || count.get();
    let more = move || count().saturating_sub(MOST_DRAWN);
    let more_words = move || desk::count_more(locale, u32::try_from(more()).unwrap_or(u32::MAX));
    let columns = vec![
        desk::column_guest(locale),
        desk::column_room(locale),
        desk::column_stay(locale),
        desk::column_guests(locale),
        desk::column_actions(locale),
    ];
    let heading = format!("{}-title", list.as_str());
    let labelled_by = heading.clone();
    let all = format!("/desk/{}/reservations", scene.hotel);
    let row = move |code: ReservationCode| {
        book.line(code).map(|row| view! { <StayRow scene=Arc::clone(&scene) row list=Some(list) /> })
    };
    view! {
        <section class="house-list" id=list.as_str() aria-labelledby=labelled_by>
            <h2 id=heading tabindex="-1">{title}" "<span class="count">{count}</span></h2>
            <p class="muted" hidden=move || count() != 0>{nobody}</p>
            <div hidden=move || count() == 0>
                <DataTable caption=title columns>
                    <For each=move || lines.drawn.get() key=|code| *code children=row />
                </DataTable>
            </div>
            <p class="muted small" hidden=move || more() == 0>
                {more_words}" · "<a href=all>{desk::reservations(locale)}</a>
            </p>
        </section>
    }
}
