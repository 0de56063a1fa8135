//! The guarantee, on random histories of a small room type, with the two controls that show what it needs.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::*;

const DAYS: i32 = 10;

fn day(offset: i32) -> Date {
    "2030-06-03".parse::<Date>().unwrap().add_days(offset)
}

fn nights(first: i32, count: i32) -> Nights {
    Nights::new(day(first), day(first + count)).unwrap()
}

fn any_nights() -> impl Strategy<Value = Nights> {
    (0..DAYS, 1_i32..6).prop_map(|(first, count)| nights(first, count))
}

/// A room type as a hotel keeps it: stays with the rooms they are pinned to one after another, and blocks.
#[derive(Clone, Debug)]
struct Book {
    rooms: usize,
    stays: Vec<(Nights, Vec<(Nights, usize)>)>,
    blocks: Vec<(Nights, usize)>,
    /// Off for the control: nights are sold as long as the counters have some.
    closes_nights: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Sell(Nights),
    Cancel(usize),
    Pin(usize, usize),
    /// From so many nights after its first on in another room.
    Split(usize, i32, usize),
    Unpin(usize),
    Block(usize, Nights),
    Unblock(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => any_nights().prop_map(Step::Sell),
        1 => (0_usize..20).prop_map(Step::Cancel),
        2 => (0_usize..20, 0_usize..4).prop_map(|(stay, room)| Step::Pin(stay, room)),
        2 => (0_usize..20, 1_i32..4, 0_usize..4).prop_map(|(stay, night, room)| Step::Split(stay, night, room)),
        1 => (0_usize..20).prop_map(Step::Unpin),
        1 => (0_usize..4, any_nights()).prop_map(|(room, nights)| Step::Block(room, nights)),
        1 => (0_usize..5).prop_map(Step::Unblock),
    ];
    prop::collection::vec(step, 1..60)
}

impl Book {
    fn new(rooms: usize) -> Self {
        Self { rooms, stays: Vec::new(), blocks: Vec::new(), closes_nights: true }
    }

    /// None where a pin or a block lies on another.
    fn plan(&self) -> Option<Plan> {
        let mut plan = Plan::new(self.rooms);
        let pinned = self.stays.iter().flat_map(|(_, pieces)| pieces.iter().copied());
        for (nights, room) in pinned.chain(self.blocks.iter().copied()) {
            if !plan.fix(room, nights) {
                return None;
            }
        }
        for (nights, _) in self.stays.iter().filter(|(_, pieces)| pieces.is_empty()) {
            plan.add_loose(*nights);
        }
        Some(plan)
    }

    fn is_kept(&self) -> bool {
        self.plan().is_some_and(|plan| plan.houses_all())
    }

    fn counted(&self, night: Date) -> u16 {
        let taken = self.stays.iter().filter(|(nights, _)| nights.contains(night)).count()
            + self.blocks.iter().filter(|(nights, _)| nights.contains(night)).count();
        u16::try_from(self.rooms - taken).unwrap()
    }

    fn left(&self) -> impl Fn(Date) -> u16 {
        let closed = if self.closes_nights {
            self.plan().unwrap().nights_to_close(|night| self.counted(night))
        } else {
            Vec::new()
        };
        move |night| if closed.contains(&night) { 0 } else { self.counted(night) }
    }

    /// Whether the stay was sold; asks nothing but what is left.
    fn sell(&mut self, nights: Nights) -> bool {
        let is_there = {
            let left = self.left();
            nights.iter().all(|night| left(night) > 0)
        };
        if is_there {
            self.stays.push((nights, Vec::new()));
        }
        is_there
    }

    fn take(&mut self, step: &Step) {
        let before = self.clone();
        match step {
            Step::Sell(nights) => {
                self.sell(*nights);
                return;
            }
            Step::Cancel(stay) if *stay < self.stays.len() => drop(self.stays.remove(*stay)),
            Step::Unpin(stay) if *stay < self.stays.len() => self.stays[*stay].1 = Vec::new(),
            Step::Unblock(block) if *block < self.blocks.len() => drop(self.blocks.remove(*block)),
            Step::Pin(stay, room) if *stay < self.stays.len() => {
                let (nights, pieces) = &mut self.stays[*stay];
                *pieces = vec![(*nights, room % self.rooms)];
            }
            Step::Split(stay, night, room) if *stay < self.stays.len() => {
                let (nights, pieces) = &mut self.stays[*stay];
                let from = nights.first().add_days(*night);
                let kept = pieces.iter().filter_map(|(piece, at)| Some((piece.before(from)?, *at)));
                let Some(moved) = nights.since(from).filter(|_| !pieces.is_empty()) else { return };
                *pieces = kept.chain([(moved, room % self.rooms)]).collect();
            }
            Step::Block(room, nights) => self.blocks.push((*nights, room % self.rooms)),
            _ => return,
        }
        // Whoever gives several rooms back needs one for all the nights.
        let is_promise_at_stake = matches!(step, Step::Pin(..) | Step::Split(..) | Step::Unpin(_) | Step::Block(..));
        if is_promise_at_stake && !self.is_kept() {
            *self = before;
        }
    }
}

/// Every way to put the stays into rooms.
fn is_housed_by_brute_force(fixed: &[Vec<Nights>], loose: &[Nights]) -> bool {
    let Some((one, others)) = loose.split_first() else { return true };
    (0..fixed.len()).any(|room| {
        if fixed[room].iter().any(|other| other.overlaps(*one)) {
            return false;
        }
        let mut fixed = fixed.to_vec();
        fixed[room].push(*one);
        is_housed_by_brute_force(&fixed, others)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sold_can_be_housed(rooms in 1_usize..5, history in steps()) {
        let mut book = Book::new(rooms);
        for step in &history {
            book.take(step);
            prop_assert!(book.is_kept(), "after {step:?}: {book:?}");
        }
        // And whatever is still left can be sold.
        for first in 0..DAYS {
            for count in 1..7 {
                let mut after = book.clone();
                if after.sell(nights(first, count)) {
                    prop_assert!(after.is_kept(), "{first} for {count} in {book:?}");
                }
            }
        }
    }

    #[test]
    fn no_night_is_closed_while_nothing_is_fixed(rooms in 1_usize..5, stays in prop::collection::vec(any_nights(), 0..20)) {
        let mut book = Book::new(rooms);
        for stay in stays {
            let is_there = stay.iter().all(|night| book.counted(night) > 0);
            prop_assert_eq!(book.sell(stay), is_there);
        }
        prop_assert!(book.is_kept());
    }

    #[test]
    fn guests_in_house_close_no_night(lengths in prop::collection::vec(1_i32..5, 4), stays in prop::collection::vec(any_nights(), 0..20)) {
        let mut book = Book::new(lengths.len() + 1);
        let in_room = |(room, length): (usize, &i32)| (nights(0, *length), vec![(nights(0, *length), room)]);
        book.stays = lengths.iter().enumerate().map(in_room).collect();
        for stay in stays {
            let is_there = stay.iter().all(|night| book.counted(night) > 0);
            prop_assert_eq!(book.sell(stay), is_there);
        }
        prop_assert!(book.is_kept());
    }

    #[test]
    fn the_search_finds_what_brute_force_finds(
        rooms in 1_usize..4,
        fixed in prop::collection::vec((0_usize..3, any_nights()), 0..5),
        loose in prop::collection::vec(any_nights(), 0..7),
    ) {
        let mut plan = Plan::new(rooms);
        for (room, nights) in fixed {
            let _ = plan.fix(room % rooms, nights);
        }
        for nights in &loose {
            plan.add_loose(*nights);
        }
        prop_assert_eq!(plan.houses_all(), is_housed_by_brute_force(&plan.fixed, &loose));
    }
}

/// Rooms are given out when they are sold, the first that is free, and nobody is moved. How many sales fail for it that
/// the counters would have let through?
fn lost_without_a_shuffle(rooms: usize, history: &[Step]) -> usize {
    let mut book = Book::new(rooms);
    let mut given: Vec<Vec<Nights>> = vec![Vec::new(); rooms];
    let mut lost = 0;
    for step in history {
        let Step::Sell(nights) = step else { continue };
        if !book.sell(*nights) {
            continue;
        }
        match given.iter_mut().find(|room| room.iter().all(|other| !other.overlaps(*nights))) {
            Some(room) => room.push(*nights),
            None => lost += 1,
        }
    }
    lost
}

/// The control: histories as above, first come, first fixed.
#[test]
fn without_a_shuffle_some_of_what_is_sold_has_no_room() {
    let mut runner = TestRunner::deterministic();
    let lost: usize =
        (0..200).map(|_| lost_without_a_shuffle(3, &steps().new_tree(&mut runner).unwrap().current())).sum();
    assert!(lost > 0);
}

/// The other control: with pins and blocks, counters alone sell what cannot be housed.
#[test]
fn without_closed_nights_some_of_what_is_sold_has_no_room() {
    let mut runner = TestRunner::deterministic();
    let broken = (0..400).filter(|_| {
        let mut book = Book { closes_nights: false, ..Book::new(3) };
        steps().new_tree(&mut runner).unwrap().current().iter().any(|step| {
            book.take(step);
            !book.is_kept()
        })
    });
    assert!(broken.count() > 0);
}

/// The control for splits: who gives several rooms back may find no room for all the nights.
#[test]
fn a_split_stay_cannot_always_be_whole_again() {
    let mut book = Book::new(2);
    let pieces = vec![(nights(0, 1), 0), (nights(1, 1), 1)];
    book.stays =
        vec![(nights(0, 2), pieces), (nights(0, 1), vec![(nights(0, 1), 1)]), (nights(1, 1), vec![(nights(1, 1), 0)])];
    assert!(book.is_kept());
    book.stays[0].1 = Vec::new();
    assert!(!book.is_kept());
}

/// The smallest house that shows it: one of two rooms is blocked on the first and the third night.
#[test]
fn a_night_between_two_blocks_is_closed_when_its_last_room_leads_nowhere() {
    let mut book = Book::new(2);
    book.blocks = vec![(nights(0, 1), 0), (nights(2, 1), 0)];
    assert_eq!([0, 1, 2].map(|night| book.left()(day(night))), [1, 2, 1]);
    assert!(book.sell(nights(0, 2)), "it takes the room without blocks");
    assert_eq!([0, 1, 2].map(|night| book.counted(day(night))), [0, 1, 1]);
    assert!(!book.sell(nights(1, 2)), "no room is free for both nights");
    assert!(book.sell(nights(1, 1)) || book.sell(nights(2, 1)), "one of them can still be had");
    assert!(book.is_kept());
}
