//! A bar in words: what stands on it, what a screen reader says of it, and the state that its looks follow.

use crate::domain::Status;
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Line, Of, Span};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, chart};
use crate::messages::{Locale, format};
use crate::wire::chart::ChartStay;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarWords {
    /// What colour, pattern and mark follow.
    pub state: &'static str,
    pub text: String,
    pub label: String,
    pub is_pinned: bool,
    pub has_note: bool,
    /// Where it leads; a block leads nowhere.
    pub href: Option<String>,
}

/// Who should have come or gone by now stands out.
fn is_overdue(stay: &ChartStay, book: &ChartBook) -> bool {
    match stay.status {
        Status::Confirmed => stay.arrival < book.today,
        Status::InHouse => stay.departure < book.today,
        _ => false,
    }
}

pub fn name(stay: &ChartStay, locale: Locale) -> String {
    stay.name.clone().unwrap_or_else(|| desk::no_name(locale).to_owned())
}

/// The words of a bar; none for one that is not there any more.
pub fn of_bar(scene: &DeskScene, book: &ChartBook, of: &Of, line: Line) -> Option<BarWords> {
    let locale = scene.locale;
    match of {
        Of::Stay(code, _) => {
            let stay = book.stays.get(code)?;
            let is_overdue = is_overdue(stay, book);
            let state = if is_overdue { "overdue" } else { stay.status.as_str() };
            let mut words = vec![chart::state(locale, stay.status)];
            words.extend(is_overdue.then(|| chart::overdue(locale)));
            words.extend(stay.pinned.then(|| chart::pinned(locale)));
            words.extend(stay.has_note.then(|| chart::has_note(locale)));
            let guests = format::guests(locale, stay.adults.into(), stay.children.into());
            let who = name(stay, locale);
            let (place, when) = (line_name(scene, book, line), scene.stay(stay.arrival, stay.departure));
            Some(BarWords {
                state,
                label: format!("{}, {guests}", chart::bar(locale, &who, &place, &when, &words.join(", "))),
                text: who,
                is_pinned: stay.pinned,
                has_note: stay.has_note,
                href: Some(scene.reservation_path(*code)),
            })
        }
        Of::Block(number, id) => {
            let rooms = book.types.iter().flat_map(|kind| &kind.rooms);
            let room = rooms.into_iter().find(|room| room.number == *number)?;
            let block = room.blocks.iter().find(|block| block.id == *id)?;
            let is_out_of_order = block.kind == "out_of_order";
            let (state, words) = if is_out_of_order {
                ("out_of_order", chart::out_of_order(locale))
            } else {
                ("out_of_service", chart::out_of_service(locale))
            };
            let when = scene.stay(block.from, block.to);
            let label = chart::bar(locale, &block.reason, &chart::room(locale, number.as_str()), &when, words);
            Some(BarWords { state, text: format!("{words}: {}", block.reason), label, ..BarWords::default() })
        }
    }
}

pub fn line_name(scene: &DeskScene, book: &ChartBook, line: Line) -> String {
    let locale = scene.locale;
    let kind = |kind: usize| book.types.get(kind).map(|kind| kind.name.clone()).unwrap_or_default();
    match line {
        Line::Parking { .. } => chart::parking(locale).to_owned(),
        Line::Group { kind: of } => kind(of),
        Line::Unassigned { kind: of, .. } => format!("{}, {}", chart::unassigned(locale), kind(of)),
        Line::Room { kind: of, room } => {
            let number = book.types.get(of).and_then(|kind| kind.rooms.get(room)).map(|room| room.number.to_string());
            chart::room(locale, &number.unwrap_or_default())
        }
    }
}

/// "5 – 8 June · 3 nights" of a place on the chart.
pub fn when(scene: &DeskScene, book: &ChartBook, span: Span) -> String {
    let (first, end) = span.days();
    scene.stay(book.day(first), book.day(end))
}
