//! Where everything lies on the tape chart: lines from top to bottom, bars from midday to midday. Pure arithmetic, the same
//! on the server and in the browser. Across, one counts in half days from the chart's first midnight.

use std::collections::BTreeMap;

use crate::domain::{Date, ReservationCode, RoomNumber, Status};
use crate::wire::chart::{ChartStay, ChartType};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Line {
    /// A place of this screen alone, to put bars while others are moved.
    Parking {
        lane: usize,
    },
    /// A room type, with what is left of it.
    Group {
        kind: usize,
    },
    /// Stays of the type without a room.
    Unassigned {
        kind: usize,
        lane: usize,
    },
    Room {
        kind: usize,
        room: usize,
    },
}

impl Line {
    pub const fn kind(self) -> Option<usize> {
        match self {
            Self::Parking { .. } => None,
            Self::Group { kind } | Self::Unassigned { kind, .. } | Self::Room { kind, .. } => Some(kind),
        }
    }
}

/// `[start, end)` in half days; a bar of three nights is six long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: i32,
    pub end: i32,
}

impl Span {
    /// From the midday of arrival to the midday of departure.
    pub const fn of(from: Date, arrival: Date, departure: Date) -> Self {
        Self { start: 2 * from.days_until(arrival) + 1, end: 2 * from.days_until(departure) + 1 }
    }

    /// What can be seen of it on a chart of so many days.
    pub fn seen(self, days: i32) -> Option<Self> {
        let seen = Self { start: self.start.max(0), end: self.end.min(2 * days) };
        (seen.start < seen.end).then_some(seen)
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub const fn contains(self, half: i32) -> bool {
        self.start <= half && half < self.end
    }

    /// The same, so many days later.
    #[must_use]
    pub const fn moved(self, days: i32) -> Self {
        Self { start: self.start + 2 * days, end: self.end + 2 * days }
    }

    pub const fn nights(self) -> i32 {
        (self.end - self.start) / 2
    }

    /// The first night and the day after the last one, as days of the chart.
    pub const fn days(self) -> (i32, i32) {
        ((self.start - 1).div_euclid(2), (self.end - 1).div_euclid(2))
    }
}

/// The night that is under a place across: it begins at midday.
pub const fn night_at(half: i32) -> i32 {
    (half - 1).div_euclid(2)
}

/// What a bar stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Of {
    /// The number of its piece, where it is in several rooms.
    Stay(ReservationCode, usize),
    Block(RoomNumber, u64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub of: Of,
    /// Of [`Plan::lines`].
    pub line: usize,
    pub span: Span,
}

/// Everything in its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub lines: Vec<Line>,
    /// By line, and from left to right.
    pub bars: Vec<Bar>,
    /// Where each line's bars begin in `bars`; one more than there are lines.
    starts: Vec<usize>,
}

/// What is to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    pub from: Date,
    pub days: i32,
    pub today: Date,
    pub types: &'a [ChartType],
    pub stays: &'a BTreeMap<ReservationCode, ChartStay>,
    pub parked: &'a [ReservationCode],
    /// Whether there is a parking line.
    pub parks: bool,
}

impl Plan {
    pub fn new(matter: Matter<'_>) -> Self {
        let places: BTreeMap<&RoomNumber, (usize, usize)> = matter
            .types
            .iter()
            .enumerate()
            .flat_map(|(kind, of)| of.rooms.iter().enumerate().map(move |(room, door)| (&door.number, (kind, room))))
            .collect();
        let mut in_rooms: BTreeMap<(usize, usize), Vec<(Span, Of)>> = BTreeMap::new();
        let mut without: Vec<Vec<(Span, Of)>> = vec![Vec::new(); matter.types.len()];
        let mut parked: Vec<(Span, Of)> = Vec::new();
        for stay in matter.stays.values() {
            for (number, room, span) in pieces(matter, stay) {
                let Some(_) = span.seen(matter.days) else { continue };
                let place = room.and_then(|room| places.get(room));
                let bar = (span, Of::Stay(stay.code, number));
                if matter.parked.contains(&stay.code) {
                    parked.push(bar);
                } else if let Some(place) = place {
                    in_rooms.entry(*place).or_default().push(bar);
                } else if stay.status == Status::CheckedOut {
                    // Nobody will give it a room any more.
                } else if let Some(kind) = matter.types.iter().position(|kind| kind.code == stay.room_type) {
                    without[kind].push(bar);
                }
            }
        }
        for (kind, of) in matter.types.iter().enumerate() {
            for (room, door) in of.rooms.iter().enumerate() {
                for block in &door.blocks {
                    let span = Span::of(matter.from, block.from, block.to);
                    if span.seen(matter.days).is_some() {
                        let bar = (span, Of::Block(door.number.clone(), block.id));
                        in_rooms.entry((kind, room)).or_default().push(bar);
                    }
                }
            }
        }
        let mut plan = Self { starts: vec![0], ..Self::default() };
        if matter.parks {
            let lanes = lanes(parked);
            // One is there even while nothing is parked: it is where bars are put.
            for lane in 0..lanes.len().max(1) {
                plan.add(Line::Parking { lane }, lanes.get(lane).cloned().unwrap_or_default());
            }
        }
        for (kind, of) in matter.types.iter().enumerate() {
            plan.add(Line::Group { kind }, Vec::new());
            let lanes = lanes(core::mem::take(&mut without[kind]));
            for lane in 0..lanes.len().max(1) {
                plan.add(Line::Unassigned { kind, lane }, lanes.get(lane).cloned().unwrap_or_default());
            }
            for room in 0..of.rooms.len() {
                plan.add(Line::Room { kind, room }, in_rooms.remove(&(kind, room)).unwrap_or_default());
            }
        }
        plan
    }

    fn add(&mut self, line: Line, mut bars: Vec<(Span, Of)>) {
        bars.sort();
        let place = self.lines.len();
        self.lines.push(line);
        self.bars.extend(bars.into_iter().map(|(span, of)| Bar { of, line: place, span }));
        self.starts.push(self.bars.len());
    }

    /// The bars of a line, from left to right.
    pub fn on(&self, line: usize) -> &[Bar] {
        match (self.starts.get(line), self.starts.get(line + 1)) {
            (Some(start), Some(end)) => &self.bars[*start..*end],
            _ => &[],
        }
    }

    /// The bar on a night of a line.
    pub fn at(&self, line: usize, night: i32) -> Option<&Bar> {
        self.on(line).iter().find(|bar| bar.span.contains(2 * night + 1))
    }

    /// What overlaps these nights on a line, but for one stay.
    pub fn in_the_way(&self, line: usize, span: Span, except: ReservationCode) -> Option<&Bar> {
        let is_other = |bar: &&Bar| !matches!(bar.of, Of::Stay(code, _) if code == except);
        self.on(line).iter().filter(is_other).find(|bar| bar.span.overlaps(span))
    }

    /// The line of a room.
    pub fn line_of(&self, kind: usize, room: usize) -> Option<usize> {
        self.lines.iter().position(|line| *line == Line::Room { kind, room })
    }
}

/// A stay's bars: number, room, span. Who has left is drawn for the nights that were slept.
fn pieces<'a>(matter: Matter<'_>, stay: &'a ChartStay) -> Vec<(usize, Option<&'a RoomNumber>, Span)> {
    let is_over = stay.status == Status::CheckedOut;
    let departure = if is_over { stay.departure.min(matter.today).max(stay.arrival) } else { stay.departure };
    if departure == stay.arrival {
        return Vec::new();
    }
    if stay.pieces.is_empty() {
        return vec![(0, stay.room.as_ref(), Span::of(matter.from, stay.arrival, departure))];
    }
    let mut bars: Vec<(usize, Option<&RoomNumber>, Span)> = stay
        .pieces
        .iter()
        .enumerate()
        .map(|(number, piece)| (number, Some(&piece.room), Span::of(matter.from, piece.from, piece.to)))
        .collect();
    // What lies before the chart, and nights that nobody has given a room.
    if let Some((_, _, first)) = bars.first_mut() {
        first.start = first.start.min(Span::of(matter.from, stay.arrival, departure).start);
    }
    bars
}

/// Puts bars that overlap into lanes, as few as can be.
fn lanes(mut bars: Vec<(Span, Of)>) -> Vec<Vec<(Span, Of)>> {
    bars.sort();
    let mut lanes: Vec<Vec<(Span, Of)>> = Vec::new();
    for bar in bars {
        let free = lanes.iter_mut().find(|lane| lane.last().is_none_or(|(last, _)| last.end <= bar.0.start));
        match free {
            Some(lane) => lane.push(bar),
            None => lanes.push(vec![bar]),
        }
    }
    lanes
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
