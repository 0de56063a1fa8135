//! What a bar in the hand may do, and what a drop asks for.

use super::*;
use crate::islands::chart::sample::{day, kind, stay};
use crate::wire::chart::ChartView;

/// Lines: 0 parking, 1 group, 2 unassigned, 3 room 201, 4 room 202, 5 group, 6 unassigned, 7 room 301.
fn book() -> ChartBook {
    ChartBook::new(ChartView {
        as_of: "e1-1".to_owned(),
        business_date: day(3),
        from: day(0),
        to: day(10),
        room_types: vec![kind("double", &["201", "202"]), kind("suite", &["301"])],
        stays: vec![
            stay("AAAAAAAA", Status::Confirmed, 4, 6, Some("201")),
            stay("BBBBBBBB", Status::InHouse, 2, 5, Some("202")),
            stay("CCCCCCCC", Status::CheckedOut, 1, 2, Some("202")),
        ],
    })
}

fn held(book: &ChartBook, code: &str, line: usize) -> Option<Held> {
    Held::take(book, &Of::Stay(code.parse().unwrap(), 0), line)
}

#[test]
fn a_bar_goes_to_another_room_and_another_day_and_asks_for_just_that() {
    let book = book();
    let plan = book.plan(true);
    let mut held = held(&book, "AAAAAAAA", 3).unwrap();
    assert_eq!(dropped(&plan, &book, &held), Drop::Nothing);
    held.put(Grip::Whole, 4, 1);
    assert_eq!(held.span.days(), (5, 7));
    assert_eq!(fit(&plan, &book, 4, &held), Fit::Free);
    let wanted = Wanted {
        arrival: Some(day(5)),
        departure: Some(day(7)),
        room: Some("202".parse().unwrap()),
        ..Wanted::default()
    };
    assert_eq!(dropped(&plan, &book, &held), Drop::Change(wanted.clone()));
    let undo = wanted.undo(&book.stays[&held.code], day(3)).unwrap();
    assert_eq!((undo.arrival, undo.departure, undo.room), (Some(day(4)), Some(day(6)), Some("201".parse().unwrap())));
    held.put(Grip::Whole, 7, 0);
    assert_eq!(fit(&plan, &book, 7, &held), Fit::OtherType);
    assert!(matches!(dropped(&plan, &book, &held), Drop::Change(Wanted { room_type: Some(_), .. })));
    held.put(Grip::Whole, 4, 0);
    assert_eq!(fit(&plan, &book, 4, &held), Fit::Taken, "somebody is there until the fifth");
    held.put(Grip::Whole, 0, 0);
    assert_eq!(dropped(&plan, &book, &held), Drop::Park);
    held.put(Grip::Whole, 2, 0);
    assert_eq!(dropped(&plan, &book, &held), Drop::Unassign);
    held.put(Grip::Whole, 6, 0);
    assert_eq!(dropped(&plan, &book, &held), Drop::No, "without a room of another type");
}

#[test]
fn nobody_arrives_in_the_past_and_no_stay_is_without_a_night() {
    let book = book();
    let mut held = held(&book, "AAAAAAAA", 3).unwrap();
    held.put(Grip::Whole, 3, -4);
    assert_eq!(held.span.days(), (3, 5));
    held.put(Grip::Start, 3, -9);
    assert_eq!(held.span.days(), (3, 6));
    held.put(Grip::Start, 3, 9);
    assert_eq!(held.span.days(), (5, 6));
    held.put(Grip::End, 3, -9);
    assert_eq!(held.span.days(), (4, 5));
}

#[test]
fn who_is_in_house_keeps_his_arrival() {
    let book = book();
    let mut held = held(&book, "BBBBBBBB", 4).unwrap();
    held.put(Grip::Whole, 3, 2);
    assert_eq!((held.line, held.span.days()), (3, (2, 5)));
    held.put(Grip::Start, 4, 1);
    assert_eq!(held.span.days(), (2, 5));
    held.put(Grip::End, 4, -9);
    assert_eq!(held.span.days(), (2, 3), "he may leave today, not yesterday");
}

#[test]
fn what_is_over_and_what_is_blocked_cannot_be_picked_up() {
    let book = book();
    assert!(held(&book, "CCCCCCCC", 4).is_none());
    assert!(Held::take(&book, &Of::Block("201".parse().unwrap(), 1), 3).is_none());
}

#[test]
fn the_later_room_of_a_split_stay_is_moved_by_itself_and_joined_on_its_first_row() {
    let mut book = book();
    let piece = |room: &str, from, to| ChartPiece { room: room.parse().unwrap(), from: day(from), to: day(to) };
    let mut split = stay("AAAAAAAA", Status::Confirmed, 4, 8, Some("201"));
    split.pieces = vec![piece("201", 4, 6), piece("202", 6, 8)];
    let code = split.code;
    book.stays.insert(code, split.clone());
    let plan = book.plan(true);
    let mut later = Held::take(&book, &Of::Stay(code, 1), 4).unwrap();
    assert_eq!(later.span.days(), (6, 8));
    later.put(Grip::Whole, 3, 2);
    let joined = Wanted { room: Some("201".parse().unwrap()), room_from: Some(day(6)), ..Wanted::default() };
    assert_eq!(dropped(&plan, &book, &later), Drop::Change(joined.clone()), "its dates are changed on its page");
    let undo = joined.undo(&split, day(3)).unwrap();
    assert_eq!((undo.room, undo.room_from), (Some("202".parse().unwrap()), Some(day(6))));
    later.put(Grip::Whole, 7, 0);
    assert_eq!((fit(&plan, &book, 7, &later), dropped(&plan, &book, &later)), (Fit::No, Drop::No));
    let mut first = Held::take(&book, &Of::Stay(code, 0), 3).unwrap();
    first.put(Grip::Whole, 4, 0);
    let whole = Wanted { room: Some("202".parse().unwrap()), ..Wanted::default() };
    assert_eq!(dropped(&plan, &book, &first), Drop::Change(whole.clone()));
    assert_eq!(whole.undo(&split, day(3)), None, "two steps are no undo");
}

#[test]
fn a_bar_on_a_taken_row_of_its_type_could_swap_with_the_one_that_is_there() {
    let mut book = book();
    book.stays.get_mut(&"BBBBBBBB".parse().unwrap()).unwrap().departure = day(6);
    let swaps = |book: &ChartBook, line, days| {
        let plan = book.plan(true);
        let mut held = held(book, "AAAAAAAA", 3).unwrap();
        held.put(Grip::Whole, line, days);
        let Drop::Change(wanted) = dropped(&plan, book, &held) else { panic!("not a change") };
        swaps_with(&plan, book, &held, &wanted).map(|code| code.to_string())
    };
    assert_eq!(swaps(&book, 4, 0).as_deref(), Some("BBBB-BBBB"));
    assert_eq!(swaps(&book, 4, 1), None, "other dates are no swap");
    assert_eq!(swaps(&book, 7, 0), None, "nor is another type");
    book.stays.insert("DDDDDDDD".parse().unwrap(), stay("DDDDDDDD", Status::Confirmed, 5, 7, Some("202")));
    book.stays.get_mut(&"BBBBBBBB".parse().unwrap()).unwrap().departure = day(5);
    assert_eq!(swaps(&book, 4, 0), None, "with two it cannot");
}

#[test]
fn keys_step_over_group_lines_and_keep_a_changed_length() {
    let book = book();
    let plan = book.plan(true);
    let mut held = held(&book, "AAAAAAAA", 3).unwrap();
    held.step(Grip::End, 0, 2, &plan);
    held.step(Grip::Whole, 0, 1, &plan);
    assert_eq!(held.span.days(), (5, 9));
    held.step(Grip::End, 0, -1, &plan);
    assert_eq!(held.span.days(), (5, 8));
    held.step(Grip::Whole, 2, 0, &plan);
    assert_eq!((held.line, held.span.days()), (6, (5, 8)), "from 201 over 202 and the group's line");
    assert_eq!(next_place(&plan, 0, 1), Some(2));
    assert_eq!(next_place(&plan, 0, -1), None);
}
