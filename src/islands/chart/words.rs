//! A bar in words: what stands on it, what a screen reader says of it, and the state that its looks follow.

use crate::domain::{Date, RoomNumber, Status};
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Line, Of, Span};
use crate::islands::desk_row::DeskScene;
use crate::messages::desk::{self, chart, rooms};
use crate::messages::format::isolated;
use crate::messages::{Locale, format};
use crate::wire::chart::ChartStay;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BarWords {
    /// What colour, pattern and mark follow.
    pub state: &'static str,
    pub text: String,
    pub label: String,
    /// At which ends it goes on in another room: `start`, `end` or `both`.
    pub joins: Option<&'static str>,
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
    stay.name.as_deref().map_or_else(|| desk::no_name(locale).to_owned(), |name| isolated(name).into_owned())
}

/// Where a piece of a stay comes from and goes on to, and its own nights.
struct Joints<'a> {
    from: Option<&'a RoomNumber>,
    to: Option<&'a RoomNumber>,
    nights: (Date, Date),
}

fn joints(stay: &ChartStay, number: usize) -> Joints<'_> {
    let of = |number: usize| stay.pieces.get(number).map(|piece| &piece.room);
    let nights = stay.pieces.get(number).map_or((stay.arrival, stay.departure), |piece| (piece.from, piece.to));
    Joints { from: number.checked_sub(1).and_then(of), to: of(number + 1), nights }
}

/// The words of a bar; none for one that is not there any more.
pub fn of_bar(scene: &DeskScene, book: &ChartBook, of: &Of, line: Line) -> Option<BarWords> {
    let locale = scene.locale;
    match of {
        Of::Stay(code, number) => {
            let stay = book.stays.get(code)?;
            let is_overdue = is_overdue(stay, book);
            let state = if is_overdue { "overdue" } else { stay.status.as_str() };
            let mut words = vec![chart::state(locale, stay.status).to_owned()];
            words.extend(is_overdue.then(|| chart::overdue(locale).to_owned()));
            words.extend(stay.pinned.then(|| chart::pinned(locale).to_owned()));
            words.extend(stay.has_note.then(|| chart::has_note(locale).to_owned()));
            let guests = format::guests(locale, stay.adults.into(), stay.children.into());
            let who = name(stay, locale);
            let place = line_name(scene, book, line);
            let Joints { from, to, nights: (first, end) } = joints(stay, *number);
            words.extend(from.map(|from| chart::comes_from(locale, from.as_str())));
            words.extend(to.map(|to| chart::goes_on(locale, to.as_str(), &format::date_short(locale, end))));
            let when = scene.stay(first, end);
            let before = from.map(|from| format!(" ← {from}")).unwrap_or_default();
            let after = to.map(|to| format!(" → {to}")).unwrap_or_default();
            Some(BarWords {
                state,
                label: format!("{}, {guests}", chart::bar(locale, &who, &place, &when, &words.join(", "))),
                text: format!("{who}{before}{after}"),
                joins: match (from, to) {
                    (Some(_), Some(_)) => Some("both"),
                    (Some(_), None) => Some("start"),
                    (None, Some(_)) => Some("end"),
                    (None, None) => None,
                },
                is_pinned: stay.pinned,
                has_note: stay.has_note,
                href: Some(scene.reservation_path(*code)),
            })
        }
        Of::Block(number, id) => {
            let rooms = book.types.iter().flat_map(|kind| &kind.rooms);
            let room = rooms.into_iter().find(|room| room.number == *number)?;
            let block = room.blocks.iter().find(|block| block.id == *id)?;
            let state = if block.kind == "out_of_order" { "out_of_order" } else { "out_of_service" };
            let words = rooms::block_kind(locale, state);
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
