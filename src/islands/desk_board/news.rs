//! What has just happened, newest first: the right-hand column of the house page.

use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::domain::ReservationCode;
use crate::islands::desk_feed::{Heard, What};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, facts};

/// The most news that are kept in view.
const MOST_NEWS: usize = 25;

/// Something that happened.
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
    pub name: Option<String>,
    pub text: String,
    /// Of a change: the fields that are different.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
}

/// Newest first; a hold that was confirmed in the same breath is one piece of news. Who asks the desk is named as the
/// news before named them.
pub fn add_news(news: &mut Vec<NewsLine>, mut line: NewsLine) {
    if news.iter().any(|known| known.seq == line.seq) {
        return;
    }
    if line.kind == "confirmed" {
        news.retain(|known| !(known.kind == "placed" && known.code == line.code && known.seq + 1 == line.seq));
    }
    // How long it is held now is the news; how long it was before is none.
    if line.kind == "extended" {
        news.retain(|known| !(known.kind == "extended" && known.code == line.code && known.seq < line.seq));
    }
    if line.name.is_none() {
        line.name = news.iter().filter(|known| known.code == line.code).find_map(|known| known.name.clone());
    }
    let place = news.partition_point(|known| known.seq > line.seq);
    news.insert(place, line);
    news.truncate(MOST_NEWS);
}

/// The line for an event of the stream; none for what the board does not tell.
pub(super) fn news_of(scene: &DeskScene, heard: &Heard) -> Option<NewsLine> {
    match &heard.what {
        What::Reservation(event) => {
            let view = &event.reservation;
            Some(NewsLine {
                seq: heard.seq,
                kind: event.kind.clone(),
                when: scene.moment(event.at),
                by: event.by.clone(),
                code: view.code,
                name: view.guest.as_ref().map(|guest| guest.name.clone()),
                text: scene.stay_and_hold(view),
                changed: view.changed.clone(),
            })
        }
        What::Alert(alert) if alert.kind == "nudge" => Some(NewsLine {
            seq: heard.seq,
            kind: alert.kind.clone(),
            when: scene.moment(alert.at),
            by: String::new(),
            code: alert.code,
            name: None,
            text: alert.text.clone(),
            changed: Vec::new(),
        }),
        What::Alert(_) | What::Room(_) | What::Nights(_) | What::Day(_) => None,
    }
}

#[component]
pub(super) fn News(scene: Arc<DeskScene>, news: RwSignal<Vec<NewsLine>>) -> impl IntoView {
    let locale = scene.locale;
    let is_empty = move || news.with(Vec::is_empty);
    let line = move |line: NewsLine| {
        let NewsLine { kind, when, by, code, name, text, changed, .. } = line;
        let by = if kind == "nudge" { String::new() } else { format!(" · {}", facts::by(locale, &by)) };
        view! {
            <li class="board__item" data-kind=kind.clone()>
                <span class="board__what">
                    <strong>{facts::told(locale, &kind, &changed)}</strong>
                    " "
                    <a href=scene.reservation_path(code)>{name.unwrap_or_else(|| code.to_string())}</a>
                </span>
                <span class="board__time">{when}</span>
                <span class="board__line">{text}{by}</span>
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
            name: (kind != "nudge").then(|| format!("Guest of {code}")),
            text: String::new(),
            changed: Vec::new(),
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

    #[test]
    fn a_hold_that_is_extended_again_and_again_is_one_piece_of_news() {
        let mut news = Vec::new();
        add_news(&mut news, line(4, "placed", "AAAA-AAAA"));
        for seq in [5, 6, 7] {
            add_news(&mut news, line(seq, "extended", "AAAA-AAAA"));
        }
        assert_eq!(seqs(&news), [7, 4]);
    }

    #[test]
    fn who_asks_the_desk_has_the_name_of_the_booking() {
        let mut news = Vec::new();
        add_news(&mut news, line(4, "confirmed", "AAAA-AAAA"));
        add_news(&mut news, line(5, "nudge", "AAAA-AAAA"));
        assert_eq!(news[0].name.as_deref(), Some("Guest of AAAA-AAAA"));
    }
}
