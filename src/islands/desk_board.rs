//! The house, alive: today's numbers, who comes, who goes, who is in, what is held, and what has just happened.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::components::{DataTable, LiveBadge, StatusBadge};
use crate::domain::{ReservationCode, Status};
use crate::islands::desk_feed::{Heard, What, join};
use crate::islands::desk_row::{DeskRow, DeskScene, StayRow};
use crate::islands::house_book::{HouseBook, HouseList};
use crate::messages::desk::{self, facts};
use crate::wire::desk::HouseNumbers;

/// The most lines of a list that are drawn; who is further down is found in the list of reservations.
const MOST_DRAWN: usize = 80;
/// The most news that are kept in view.
const MOST_NEWS: usize = 25;

/// Every line by its code, each with a signal of its own.
type Lines = StoredValue<HashMap<ReservationCode, ArcRwSignal<DeskRow>>>;

/// Something that happened, as a line of the live board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsLine {
    pub seq: u64,
    /// The type of a reservation's change, or `nudge`.
    pub kind: String,
    /// When, by the hotel's clock, in words.
    pub when: String,
    /// `guest`, `system`, or the e-mail of a member of staff.
    pub by: String,
    pub code: ReservationCode,
    pub status: Option<Status>,
    pub name: Option<String>,
    pub text: String,
}

/// Newest first; a hold that was confirmed in the same breath is one piece of news.
pub fn add_news(news: &mut Vec<NewsLine>, line: NewsLine) {
    if news.iter().any(|known| known.seq == line.seq) {
        return;
    }
    if line.kind == "confirmed" {
        news.retain(|known| !(known.kind == "placed" && known.code == line.code && known.seq + 1 == line.seq));
    }
    let place = news.partition_point(|known| known.seq > line.seq);
    news.insert(place, line);
    news.truncate(MOST_NEWS);
}

/// The line for an event of the stream; none for what the board does not tell.
pub fn news_of(scene: &DeskScene, heard: &Heard) -> Option<NewsLine> {
    match &heard.what {
        What::Reservation(event) => {
            let view = &event.reservation;
            let text = scene.stay_in_short(view);
            Some(NewsLine {
                seq: heard.seq,
                kind: event.kind.clone(),
                when: scene.moment(event.at),
                by: event.by.clone(),
                code: view.code,
                status: Some(view.status),
                name: view.guest.as_ref().map(|guest| guest.name.clone()),
                text,
            })
        }
        What::Alert(alert) if alert.kind == "nudge" => Some(NewsLine {
            seq: heard.seq,
            kind: alert.kind.clone(),
            when: scene.moment(alert.at),
            by: "guest".to_owned(),
            code: alert.code,
            status: None,
            name: None,
            text: alert.text.clone(),
        }),
        What::Alert(_) => None,
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
    let signals: HashMap<ReservationCode, ArcRwSignal<DeskRow>> =
        rows.iter().map(|row| (row.code, ArcRwSignal::new(row.clone()))).collect();
    let signals = StoredValue::new(signals);
    let book = StoredValue::new(HouseBook::new(scene.today, numbers, rows));
    let numbers = RwSignal::new(book.with_value(HouseBook::numbers));
    let lists = HouseList::ALL.map(|list| (list, RwSignal::new(book.with_value(|book| book.list(list)))));
    let news = RwSignal::new(news);

    let told = Arc::clone(&scene);
    let state = join(&scene.hotel, &as_of, move |heard| {
        if let What::Reservation(event) = &heard.what {
            let row = DeskRow::from(&event.reservation);
            if book.try_update_value(|book| book.take_in(row.clone())).unwrap_or(false) {
                signals.update_value(|signals| match signals.get(&row.code) {
                    Some(signal) => signal.set(row),
                    None => {
                        signals.insert(row.code, ArcRwSignal::new(row));
                    }
                });
                book.with_value(|book| {
                    numbers.maybe_update(|shown| core::mem::replace(shown, book.numbers()) != book.numbers());
                    for (list, codes) in lists {
                        let now = book.list(list);
                        codes.maybe_update(|shown| {
                            *shown != now && {
                                *shown = now;
                                true
                            }
                        });
                    }
                });
            }
        }
        if let Some(line) = news_of(&told, heard) {
            news.update(|news| add_news(news, line));
        }
    });
    let is_over = new_day_after(seconds_left_today);

    let sections = lists
        .map(|(list, codes)| {
            let scene = Arc::clone(&scene);
            view! { <Stays scene list codes signals /> }
        })
        .collect_view();
    view! {
        <div class="live-line">
            <LiveBadge locale state href=scene.here.clone() />
            <p class="notice" data-tone="warn" hidden=move || !is_over.get()>
                {desk::new_day(locale)}" "<a href=scene.here.clone()>{crate::messages::guest::refresh(locale)}</a>
            </p>
        </div>
        <Numbers scene=Arc::clone(&scene) numbers />
        <div class="desk-grid">
            <div class="stack stack--l">{sections}</div>
            <News scene news />
        </div>
    }
}

/// Turns true when the hotel's day is over: the lists are of a day that has gone.
fn new_day_after(seconds: u32) -> RwSignal<bool> {
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
    let occupancy = move || numbers.with(|numbers| desk::percent(locale, (numbers.occupancy_basis_points + 50) / 100));
    view! {
        <nav class="tiles" aria-label=desk::today(locale)>
            {list(HouseList::Arrivals, desk::arrivals(locale), desk::arrivals_left(locale), |numbers| numbers.arrivals)}
            {list(HouseList::Departures, desk::departures(locale), desk::departures_left(locale), |numbers| numbers.departures)}
            {list(HouseList::InHouse, desk::in_house(locale), "", |numbers| numbers.in_house)}
            {list(HouseList::Holds, desk::held_now(locale), "", |numbers| numbers.holds)}
            <div class="tile" data-number="free">
                <span class="tile__number">{move || numbers.with(|numbers| numbers.free_tonight)}</span>
                <span class="tile__label">{desk::free_tonight(locale)}</span>
                <span class="tile__note">{free_of}</span>
            </div>
            <div class="tile" data-number="occupancy">
                <span class="tile__number">{occupancy}</span>
                <span class="tile__label">{desk::occupancy(locale)}</span>
            </div>
        </nav>
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
fn Stays(
    scene: Arc<DeskScene>,
    list: HouseList,
    codes: RwSignal<Vec<ReservationCode>>,
    signals: Lines,
) -> impl IntoView {
    let locale = scene.locale;
    let (title, nobody) = words(&scene, list);
    let count = move || codes.with(Vec::len);
    let drawn = move || codes.with(|codes| codes.iter().take(MOST_DRAWN).copied().collect::<Vec<_>>());
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
    let rows = move |code: ReservationCode| {
        let signal = signals.with_value(|signals| signals.get(&code).cloned());
        signal.map(|row| view! { <StayRow scene=Arc::clone(&scene) row=Signal::from(row) list=Some(list) /> })
    };
    view! {
        <section class="house-list" id=list.as_str() aria-labelledby=labelled_by>
            <h2 id=heading>{title}" "<span class="count">{count}</span></h2>
            <p class="muted" hidden=move || count() != 0>{nobody}</p>
            <div hidden=move || count() == 0>
                <DataTable caption=title columns>
                    <For each=drawn key=|code| *code children=rows />
                </DataTable>
            </div>
            <p class="muted small" hidden=move || more() == 0>
                {more_words}" · "<a href=all>{desk::reservations(locale)}</a>
            </p>
        </section>
    }
}

#[component]
fn News(scene: Arc<DeskScene>, news: RwSignal<Vec<NewsLine>>) -> impl IntoView {
    let locale = scene.locale;
    let is_empty = move || news.with(Vec::is_empty);
    let line = move |line: NewsLine| {
        let href = scene.reservation_path(line.code);
        let who = line.name.clone().unwrap_or_else(|| line.code.to_string());
        view! {
            <li class="board__item" data-kind=line.kind.clone()>
                <span class="board__time">{line.when.clone()}</span>
                <span class="board__what">
                    <strong>{facts::fact(locale, &line.kind)}</strong>" "<a href=href>{who}</a>
                </span>
                {line.status.map(|status| view! { <StatusBadge locale status /> })}
                <span class="board__line">{format!("{} · {}", line.text, facts::by(locale, &line.by))}</span>
            </li>
        }
    };
    view! {
        <section class="card board-card" id="board" aria-labelledby="board-title">
            <h2 id="board-title">{desk::board_title(locale)}</h2>
            <div class="empty" hidden=move || !is_empty()>
                <p class="empty__title">{desk::board_empty_title(locale)}</p>
                <p class="empty__text">{desk::board_empty_text(locale)}</p>
            </div>
            <ol class="board">
                <For each=move || news.get() key=|line| line.seq children=line />
            </ol>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(seq: u64, kind: &str, code: &str) -> NewsLine {
        NewsLine {
            seq,
            kind: kind.to_owned(),
            when: "14:05".to_owned(),
            by: "guest".to_owned(),
            code: code.parse().unwrap(),
            status: None,
            name: None,
            text: String::new(),
        }
    }

    fn seqs(news: &[NewsLine]) -> Vec<u64> {
        news.iter().map(|line| line.seq).collect()
    }

    #[test]
    fn news_stand_newest_first_and_once() {
        let mut news = Vec::new();
        for seq in [4, 9, 6, 9] {
            add_news(&mut news, line(seq, "cancelled", "AAAA-AAAA"));
        }
        assert_eq!(seqs(&news), [9, 6, 4]);
    }

    #[test]
    fn a_direct_booking_is_one_piece_of_news() {
        let mut news = Vec::new();
        add_news(&mut news, line(4, "placed", "AAAA-AAAA"));
        add_news(&mut news, line(5, "placed", "BBBB-BBBB"));
        add_news(&mut news, line(6, "confirmed", "BBBB-BBBB"));
        assert_eq!(seqs(&news), [6, 4]);
    }
}
