//! A bar in the hand: where it may go, and what is asked of the server when it is let go. The same by pointer and by key.

use crate::domain::{Date, ReservationCode, RoomNumber, RoomTypeCode, Status};
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Line, Of, Plan, Span};
use crate::wire::chart::ChartStay;

/// Where a bar is taken hold of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    Whole,
    Start,
    End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub code: ReservationCode,
    /// Where it was.
    pub from_line: usize,
    pub from_span: Span,
    /// Where it is now.
    pub line: usize,
    pub span: Span,
    /// Guests who are here have arrived when they arrived.
    keeps_arrival: bool,
    /// In several rooms: its dates are changed on its page.
    keeps_dates: bool,
    /// Before this day nobody arrives.
    today: i32,
}

/// How a line suits a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Free,
    /// Somebody or something is there; who is not fixed may be moved by the program.
    Taken,
    /// A room of another type, free.
    OtherType,
    No,
}

impl Fit {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Taken => "taken",
            Self::OtherType => "other",
            Self::No => "no",
        }
    }
}

/// What is asked of the server; what is not there stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub arrival: Option<Date>,
    pub departure: Option<Date>,
    pub room_type: Option<RoomTypeCode>,
    pub room: Option<RoomNumber>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drop {
    Nothing,
    Park,
    /// Back to the stays without a room.
    Unassign,
    Change(Wanted),
    /// Not a place for a bar.
    No,
}

impl Held {
    /// A stay that can be moved at all: to come, or in house.
    pub fn take(book: &ChartBook, of: &Of, line: usize) -> Option<Self> {
        let Of::Stay(code, _) = of else { return None };
        let stay = book.stays.get(code)?;
        if !matches!(stay.status, Status::Confirmed | Status::InHouse) {
            return None;
        }
        let span = Span::of(book.from, stay.arrival, stay.departure);
        Some(Self {
            code: *code,
            from_line: line,
            from_span: span,
            line,
            span,
            keeps_arrival: stay.status == Status::InHouse,
            keeps_dates: stay.pieces.len() > 1,
            today: book.from.days_until(book.today),
        })
    }

    pub fn has_moved(&self) -> bool {
        (self.line, self.span) != (self.from_line, self.from_span)
    }

    /// Puts it on a line, so many days from where it was.
    pub fn put(&mut self, grip: Grip, line: usize, days: i32) {
        let (from, days) = (self.from_span, if self.keeps_dates { 0 } else { days });
        let first = 2 * self.today + 1;
        let whole_days = if self.keeps_arrival { 0 } else { days };
        match grip {
            Grip::Whole => {
                let moved = from.moved(whole_days);
                // Nobody can arrive on a day that is over; who is overdue may stay where he is.
                let is_past = moved.start < first && whole_days != 0;
                self.span = if is_past { from.moved(((first - from.start) / 2).min(0)) } else { moved };
                self.line = line;
            }
            Grip::Start => {
                let start = (from.start + 2 * whole_days).min(from.end - 2);
                self.span = Span { start: if whole_days == 0 { from.start } else { start.max(first) }, end: from.end };
            }
            Grip::End => {
                let least = (from.start + 2).max(if self.keeps_arrival { first } else { i32::MIN });
                self.span = Span { start: from.start, end: (from.end + 2 * days).max(least) };
            }
        }
    }

    /// One step with a key, from where it is now.
    pub fn step(&mut self, grip: Grip, lines: isize, days: i32, plan: &Plan) {
        let line = next_place(plan, self.line, lines).unwrap_or(self.line);
        let so_far = match grip {
            Grip::End => (self.span.end - self.from_span.end) / 2,
            _ => (self.span.start - self.from_span.start) / 2,
        };
        // A change of length made before is kept while the whole is moved.
        let longer = self.span.nights() - self.from_span.nights();
        match grip {
            Grip::Whole => {
                self.put(Grip::Whole, line, so_far + days);
                self.span.end = (self.span.end + 2 * longer).max(self.span.start + 2);
            }
            Grip::Start => self.put(Grip::Start, line, so_far + days),
            Grip::End => {
                let start = self.span.start;
                self.put(Grip::End, line, so_far + days);
                self.span = Span { start, end: self.span.end.max(start + 2) };
            }
        }
    }
}

/// The next line on which a bar can lie.
pub fn next_place(plan: &Plan, line: usize, by: isize) -> Option<usize> {
    let mut place = line;
    for _ in 0..by.unsigned_abs() {
        loop {
            place = place.checked_add_signed(by.signum())?;
            match plan.lines.get(place)? {
                Line::Group { .. } => {}
                _ => break,
            }
        }
    }
    Some(place)
}

pub fn fit(plan: &Plan, book: &ChartBook, line: usize, held: &Held) -> Fit {
    let Some(stay) = book.stays.get(&held.code) else { return Fit::No };
    let own_kind = |kind: usize| book.types.get(kind).is_some_and(|kind| kind.code == stay.room_type);
    match plan.lines.get(line) {
        Some(Line::Parking { .. }) => Fit::Free,
        Some(Line::Unassigned { kind, .. }) if own_kind(*kind) && stay.status != Status::InHouse => Fit::Free,
        Some(Line::Room { kind, .. }) => {
            let is_free = plan.in_the_way(line, held.span, held.code).is_none();
            match (is_free, own_kind(*kind)) {
                (false, _) => Fit::Taken,
                (true, true) => Fit::Free,
                (true, false) => Fit::OtherType,
            }
        }
        _ => Fit::No,
    }
}

pub fn dropped(plan: &Plan, book: &ChartBook, held: &Held) -> Drop {
    let Some(stay) = book.stays.get(&held.code) else { return Drop::No };
    let (arrival, departure) = changed_days(book, held, stay);
    let is_same_time = arrival.is_none() && departure.is_none();
    match plan.lines.get(held.line) {
        Some(Line::Parking { .. }) => Drop::Park,
        Some(Line::Unassigned { .. }) if fit(plan, book, held.line, held) == Fit::Free => {
            match (is_same_time, &stay.room) {
                (true, None) => Drop::Nothing,
                (true, Some(_)) => Drop::Unassign,
                (false, _) => Drop::Change(Wanted { arrival, departure, ..Wanted::default() }),
            }
        }
        Some(Line::Room { kind, room }) => {
            let Some(kind) = book.types.get(*kind) else { return Drop::No };
            let Some(room) = kind.rooms.get(*room) else { return Drop::No };
            let room = (stay.room.as_ref() != Some(&room.number)).then(|| room.number.clone());
            let room_type = (kind.code != stay.room_type).then(|| kind.code.clone());
            if is_same_time && room.is_none() {
                return Drop::Nothing;
            }
            Drop::Change(Wanted { arrival, departure, room_type, room })
        }
        _ => Drop::No,
    }
}

fn changed_days(book: &ChartBook, held: &Held, stay: &ChartStay) -> (Option<Date>, Option<Date>) {
    let (first, end) = held.span.days();
    let (arrival, departure) = (book.day(first), book.day(end));
    ((arrival != stay.arrival).then_some(arrival), (departure != stay.departure).then_some(departure))
}

impl Wanted {
    /// What puts a stay back to how it was before this.
    #[must_use]
    pub fn undo(&self, stay: &ChartStay) -> Self {
        Self {
            arrival: self.arrival.map(|_| stay.arrival),
            departure: self.departure.map(|_| stay.departure),
            room_type: self.room_type.as_ref().map(|_| stay.room_type.clone()),
            room: self.room.as_ref().and(stay.room.clone()),
        }
    }
}

#[cfg(test)]
#[path = "moving_tests.rs"]
mod tests;
