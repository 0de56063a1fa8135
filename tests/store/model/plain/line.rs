//! A stay on paper, and behind which doors it lies.

use std::ops::Range;

use vacancy::domain::Status;

/// A stay on paper. Days count from the first of the history, instants are seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub room_type: usize,
    pub arrival: i32,
    pub departure: i32,
    pub status: Status,
    /// The end of a hold.
    pub until: i64,
    pub version: u32,
    pub nudged_at: Option<i64>,
    /// How often its hold was extended.
    pub extensions: u8,
    /// Where a guest in house was given another type: the first day that counts in it.
    pub counted_from: Option<i32>,
    /// Its door, by place; the first of them, or the one that its guest is in.
    pub room: Option<usize>,
    /// The doors it goes on to, each with its first day, in order.
    pub later: Vec<(i32, usize)>,
    /// Given by hand.
    pub pinned: bool,
    /// The guest was told that the room is ready.
    pub ready: bool,
}

pub(super) const fn consumes(status: Status) -> bool {
    matches!(status, Status::Held | Status::Confirmed | Status::InHouse)
}

impl Line {
    pub(super) fn new(room_type: usize, days: Range<i32>, status: Status) -> Self {
        Self {
            room_type,
            arrival: days.start,
            departure: days.end,
            status,
            until: 0,
            version: 1,
            nudged_at: None,
            extensions: 0,
            counted_from: None,
            room: None,
            later: Vec::new(),
            pinned: false,
            ready: false,
        }
    }

    pub(super) fn is_over(&self, now: i64) -> bool {
        self.status == Status::Held && self.until <= now
    }

    /// Whose door it is on a day.
    pub(super) fn door_on(&self, day: i32) -> Option<usize> {
        let since = self.later.iter().rev().find(|(from, _)| *from <= day);
        self.room.map(|first| since.map_or(first, |(_, door)| *door))
    }

    /// Lies on these days behind these doors; a guest in house is where he is until he moves.
    pub(super) fn lie(&mut self, way: &[(i32, usize)], moves_now: bool) {
        let mut pieces = way.to_vec();
        pieces.dedup_by_key(|(_, door)| *door);
        let first = pieces.first().map(|(_, door)| *door);
        let is_elsewhere = self.status == Status::InHouse && self.room.is_some() && self.room != first;
        if is_elsewhere && !moves_now && first.is_some() {
            self.later = pieces;
        } else {
            self.room = first;
            self.later = pieces.into_iter().skip(1).collect();
        }
    }

    /// The days that count.
    pub(super) fn days(&self) -> Range<i32> {
        self.arrival.max(self.counted_from.unwrap_or(self.arrival))..self.departure
    }

    pub(super) fn is_in(&self, room_type: usize, day: i32) -> bool {
        self.room_type == room_type && self.days().contains(&day)
    }
}
