//! Where bars lie: from midday to midday, on lines of their own, in as few lanes as can be.

use super::*;
use crate::domain::Status;
use crate::islands::chart::sample::{self, day, kind};
use crate::wire::chart::ChartPiece;
use crate::wire::room::BlockView;
use proptest::prelude::*;

fn code(number: usize) -> ReservationCode {
    format!(
        "AAAAAA{}{}",
        char::from(b'A' + u8::try_from(number / 8).unwrap()),
        char::from(b'A' + u8::try_from(number % 8).unwrap())
    )
    .parse()
    .unwrap()
}

fn stay(number: usize, arrival: i32, departure: i32, room: Option<&str>) -> ChartStay {
    ChartStay { code: code(number), ..sample::stay("AAAAAAAA", Status::Confirmed, arrival, departure, room) }
}

fn types() -> Vec<ChartType> {
    vec![kind("double", &["201", "202"])]
}

fn plan(types: &[ChartType], stays: Vec<ChartStay>, parked: &[ReservationCode]) -> Plan {
    let stays = stays.into_iter().map(|stay| (stay.code, stay)).collect();
    Plan::new(Matter { from: day(0), days: 10, today: day(3), types, stays: &stays, parked, parks: true })
}

#[test]
fn a_bar_goes_from_midday_to_midday_and_is_cut_at_the_edge() {
    let span = Span::of(day(0), day(2), day(5));
    assert_eq!((span, span.nights(), span.days()), (Span { start: 5, end: 11 }, 3, (2, 5)));
    assert_eq!(Span::of(day(0), day(-2), day(1)).seen(10), Some(Span { start: 0, end: 3 }));
    assert_eq!(Span::of(day(0), day(8), day(15)).seen(10), Some(Span { start: 17, end: 20 }));
    assert_eq!(Span::of(day(0), day(10), day(12)).seen(10), None);
    assert_eq!(Span::of(day(0), day(-2), day(0)).seen(10), Some(Span { start: 0, end: 1 }), "who leaves that day");
    assert_eq!([0, 1, 2, 3, 4].map(night_at), [-1, 0, 0, 1, 1]);
}

#[test]
fn who_leaves_and_who_comes_on_one_day_do_not_overlap() {
    let (one, other) = (Span::of(day(0), day(1), day(3)), Span::of(day(0), day(3), day(4)));
    assert!(!one.overlaps(other) && one.overlaps(other.moved(-1)));
}

#[test]
fn who_has_left_lies_in_the_room_of_the_stay_and_waits_for_none() {
    let types = types();
    let left = |number, room| ChartStay { status: Status::CheckedOut, ..stay(number, 0, 2, room) };
    let plan = plan(&types, vec![left(0, Some("202")), left(1, None), stay(2, 4, 5, None)], &[]);
    let told: Vec<_> = plan.bars.iter().map(|bar| (plan.lines[bar.line], bar.of.clone())).collect();
    let unassigned = (Line::Unassigned { kind: 0, lane: 0 }, Of::Stay(code(2), 0));
    assert_eq!(told, [unassigned, (Line::Room { kind: 0, room: 1 }, Of::Stay(code(0), 0))]);
}

#[test]
fn each_line_has_its_own_bars() {
    let mut types = types();
    types[0].rooms[1].blocks =
        vec![BlockView { id: 7, kind: "out_of_order".to_owned(), reason: "Leak".to_owned(), from: day(4), to: day(6) }];
    let stays = vec![
        stay(0, 1, 3, Some("201")),
        stay(1, 3, 4, Some("201")),
        stay(2, 0, 2, None),
        stay(3, 1, 4, None),
        stay(4, 2, 3, None),
    ];
    let plan = plan(&types, stays, &[code(1)]);
    let kind = 0;
    assert_eq!(
        plan.lines,
        [
            Line::Parking { lane: 0 },
            Line::Group { kind },
            Line::Unassigned { kind, lane: 0 },
            Line::Unassigned { kind, lane: 1 },
            Line::Room { kind, room: 0 },
            Line::Room { kind, room: 1 },
        ]
    );
    let on = |line: usize| plan.on(line).iter().map(|bar| bar.of.clone()).collect::<Vec<_>>();
    let one = |number| Of::Stay(code(number), 0);
    assert_eq!(on(0), [one(1)]);
    assert_eq!((on(2), on(3)), (vec![one(2), one(4)], vec![one(3)]));
    assert_eq!(on(4), [one(0)]);
    assert_eq!(on(5), [Of::Block("202".parse().unwrap(), 7)]);
    assert_eq!(plan.line_of(0, 1), Some(5));
    assert_eq!(plan.at(4, 2).map(|bar| &bar.of), Some(&one(0)));
    assert_eq!(plan.at(4, 3), None);
    assert!(plan.in_the_way(5, Span::of(day(0), day(5), day(9)), code(0)).is_some());
    assert!(plan.in_the_way(4, Span::of(day(0), day(1), day(9)), code(0)).is_none(), "not in its own way");
}

#[test]
fn a_stay_in_two_rooms_has_two_bars_and_one_that_is_over_ends_when_it_ended() {
    let piece = |room: &str, from, to| ChartPiece { room: room.parse().unwrap(), from: day(from), to: day(to) };
    let moved = ChartStay { pieces: vec![piece("201", 0, 2), piece("202", 2, 5)], ..stay(0, -1, 5, Some("202")) };
    let over = ChartStay { status: Status::CheckedOut, ..stay(1, 2, 8, Some("201")) };
    let plan = plan(&types(), vec![moved, over], &[]);
    assert_eq!(
        plan.on(3).iter().map(|bar| bar.span).collect::<Vec<_>>(),
        [Span { start: -1, end: 5 }, Span { start: 5, end: 7 }]
    );
    assert_eq!(plan.on(4)[0].of, Of::Stay(code(0), 1));
}

proptest! {
    #[test]
    fn no_two_bars_of_a_lane_overlap(spans in prop::collection::vec((0_i32..30, 1_i32..9), 0..40)) {
        let bars: Vec<(Span, Of)> = spans.iter().enumerate().map(|(number, (start, nights))| {
            (Span::of(day(0), day(*start), day(start + nights)), Of::Block("1".parse().unwrap(), number as u64))
        }).collect();
        let fullest = (0..90).map(|half| bars.iter().filter(|(span, _)| span.contains(half)).count()).max().unwrap_or(0);
        let lanes = lanes(bars.clone());
        prop_assert_eq!(lanes.len(), fullest);
        prop_assert_eq!(lanes.iter().map(Vec::len).sum::<usize>(), bars.len());
        for lane in lanes {
            prop_assert!(lane.windows(2).all(|pair| !pair[0].0.overlaps(pair[1].0)));
        }
    }
}
