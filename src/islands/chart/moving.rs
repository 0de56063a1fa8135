//! A bar in the hand: where it may go, and what is asked of the server when it is let go. The same by pointer and by key.

use crate::domain::{Date, ReservationCode, RoomNumber, RoomTypeCode, Status};
use crate::islands::chart::book::ChartBook;
use crate::islands::chart::plan::{Line, Of, Plan, Span};
use crate::wire::chart::{ChartPiece, ChartStay};

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
    /// The room that was taken hold of, and where it is not the first of its stay, the first night in it.
    room: Option<RoomNumber>,
    room_from: Option<Date>,
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
    /// The first night in that room; all nights where it is not said.
    pub room_from: Option<Date>,
    pub keep_price: bool,
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
        let Of::Stay(code, number) = of else { return None };
        let stay = book.stays.get(code)?;
        if !matches!(stay.status, Status::Confirmed | Status::InHouse) {
            return None;
        }
        // What is taken hold of is the stay from this room on.
        let piece = stay.pieces.get(*number);
        let room_from = piece.filter(|_| *number > 0).map(|piece| piece.from);
        let span = Span::of(book.from, room_from.unwrap_or(stay.arrival), stay.departure);
        Some(Self {
            code: *code,
            from_line: line,
            from_span: span,
            line,
            span,
            keeps_arrival: stay.status == Status::InHouse,
            keeps_dates: stay.pieces.len() > 1,
            room: piece.map(|piece| piece.room.clone()).or_else(|| stay.room.clone()),
            room_from,
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
                // A stay is split within its type.
                (_, false) if held.room_from.is_some() => Fit::No,
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
            let room = (held.room.as_ref() != Some(&room.number)).then(|| room.number.clone());
            let room_type = (kind.code != stay.room_type).then(|| kind.code.clone());
            let room_from = held.room_from.filter(|_| room.is_some());
            match (is_same_time, &room, &room_type) {
                (true, None, _) => Drop::Nothing,
                (_, _, Some(_)) if room_from.is_some() => Drop::No,
                _ => Drop::Change(Wanted { arrival, departure, room_type, room, room_from, keep_price: false }),
            }
        }
        _ => Drop::No,
    }
}

fn changed_days(book: &ChartBook, held: &Held, stay: &ChartStay) -> (Option<Date>, Option<Date>) {
    if held.keeps_dates {
        return (None, None);
    }
    let (first, end) = held.span.days();
    let (arrival, departure) = (book.day(first), book.day(end));
    ((arrival != stay.arrival).then_some(arrival), (departure != stay.departure).then_some(departure))
}

impl Wanted {
    /// What puts a stay back to how it was before this; none where that takes more than one step.
    pub fn undo(&self, stay: &ChartStay, today: Date) -> Option<Self> {
        let ahead: Vec<&ChartPiece> = stay.pieces.iter().filter(|piece| piece.to > today).collect();
        let (room, room_from) = match (&self.room, ahead.as_slice()) {
            (None, _) => (None, None),
            (Some(_), []) => (stay.room.clone(), None),
            (Some(_), [only]) => (Some(only.room.clone()), None),
            (Some(room), [first, last])
                if self.room_from == Some(last.from) || (self.room_from.is_none() && *room == first.room) =>
            {
                (Some(last.room.clone()), Some(last.from))
            }
            _ => return None,
        };
        Some(Self {
            arrival: self.arrival.map(|_| stay.arrival),
            departure: self.departure.map(|_| stay.departure),
            room_type: self.room_type.as_ref().map(|_| stay.room_type.clone()),
            room,
            room_from,
            keep_price: self.keep_price,
        })
    }

    /// Whether nothing but the room is to be another one, and that within its type: then the price stays.
    pub fn is_room_alone(&self) -> bool {
        self.room.is_some() && self.room_type.is_none() && self.arrival.is_none() && self.departure.is_none()
    }
}

/// The one other stay that is in the room to which a stay shall go, when nothing but the room changes: they could swap.
pub fn swaps_with(plan: &Plan, book: &ChartBook, held: &Held, wanted: &Wanted) -> Option<ReservationCode> {
    if !wanted.is_room_alone() || held.keeps_dates || book.stays.get(&held.code)?.room.is_none() {
        return None;
    }
    let others = plan.on(held.line).iter().filter(|bar| bar.span.overlaps(held.span));
    let mut codes = others.map(|bar| match &bar.of {
        Of::Stay(code, _) if *code != held.code => Some(*code),
        _ => None,
    });
    let only = codes.next()??;
    codes.all(|code| code == Some(only)).then_some(only)
}

#[cfg(test)]
#[path = "moving_tests.rs"]
mod tests;
