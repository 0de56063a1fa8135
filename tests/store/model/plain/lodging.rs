//! What is asked about rooms: who gets one by hand or from the program, who must wait, and what is out of sale.

use std::ops::Range;

use vacancy::domain::{Condition, ReservationCode, Status};

use super::rooms::{Choice, DOORS, Days};
use super::{Answer, Line, Plain, Verdict};

impl Plain {
    /// What a new state means for the stay's room.
    pub(super) fn lodge(&mut self, code: ReservationCode, line: &mut Line, next: Status) -> Result<Choice, Answer> {
        match next {
            Status::InHouse => {
                let rooms = self.rooms_on_arrival(code, line)?;
                Ok(Choice { shuffles: Some(line.room_type), newcomer: Some((code, rooms)) })
            }
            Status::CheckedOut => {
                line.pinned = false;
                self.leave_dirty(line.room);
                Ok(Choice::default())
            }
            Status::Cancelled | Status::NoShow | Status::Lapsed => {
                (line.room, line.pinned) = (None, false);
                Ok(Choice::default())
            }
            Status::Held | Status::Confirmed => Ok(Choice::default()),
        }
    }

    /// The room that was given by hand; else the stay's own; else one that is ready before one that is dirty. One that its
    /// guest should have left is none before he has.
    fn rooms_on_arrival(&self, code: ReservationCode, line: &Line) -> Result<Vec<usize>, Answer> {
        let (days, doors) = (self.ahead(line), self.doors_of(line.room_type));
        if days == 0 || doors.is_empty() {
            return Ok(line.room.into_iter().collect());
        }
        let comes_now = line.arrival <= self.today;
        if let Some(own) = line.room.filter(|_| line.pinned) {
            self.promise(&[(own, days)], &[code])?;
            return match self.still_in(&[own], &[code]) {
                others if comes_now && !others.is_empty() => Err(Answer::Taken(others, Vec::new())),
                _ => Ok(vec![own]),
            };
        }
        let rank = |door: &usize| match self.conditions[*door] {
            _ if line.room == Some(*door) => 0,
            _ if !comes_now => 1,
            Condition::Dirty => 2,
            Condition::Clean | Condition::Inspected => 1,
        };
        let possible = self.possible(code, line.room_type, days, comes_now)?;
        let best = possible.iter().map(rank).min();
        Ok(possible.into_iter().filter(|door| Some(rank(door)) == best).collect())
    }

    /// The rooms in which a guest can be fixed, and which he can go to where he goes there now.
    fn possible(
        &self,
        code: ReservationCode,
        room_type: usize,
        days: Days,
        goes_now: bool,
    ) -> Result<Vec<usize>, Answer> {
        let (doors, who) = (self.doors_of(room_type), [code]);
        let not_left = if goes_now { self.still_in(&doors, &who) } else { Vec::new() };
        let is_left = |door: &usize| !goes_now || self.still_in(&[*door], &who).is_empty();
        let is_promised = |door: &usize| self.promise(&[(*door, days)], &who).is_err();
        let possible: Vec<usize> = doors.into_iter().filter(|door| is_left(door) && !is_promised(door)).collect();
        match possible.is_empty() {
            false => Ok(possible),
            true if not_left.is_empty() => Err(Answer::Refused("NoneFree")),
            true => Err(Answer::Taken(not_left, Vec::new())),
        }
    }

    /// Who is in some rooms though they are not his tonight, in order.
    fn still_in(&self, doors: &[usize], who: &[ReservationCode]) -> Vec<ReservationCode> {
        let is_in = |other: &Line| {
            let is_there = other.room.is_some_and(|room| doors.contains(&room));
            other.status == Status::InHouse && is_there && other.departure <= self.today
        };
        let others = self.lines.iter().filter(|(other, line)| is_in(line) && !who.contains(other));
        others.map(|(other, _)| *other).collect()
    }

    /// Who is in the house goes to no room that others than `who` have not left.
    fn check_left(&self, goes: &[(&Line, usize)], who: &[ReservationCode]) -> Result<(), Answer> {
        let goes_now = |line: &Line, door: usize| {
            line.status == Status::InHouse && line.arrival <= self.today && line.room != Some(door)
        };
        let doors: Vec<usize> =
            goes.iter().filter(|(line, door)| goes_now(line, *door)).map(|(_, door)| *door).collect();
        let others = self.still_in(&doors, who);
        if others.is_empty() { Ok(()) } else { Err(Answer::Taken(others, Vec::new())) }
    }

    /// Gives a stay this room for good.
    pub(super) fn by_hand(&self, code: ReservationCode, line: &mut Line, door: usize) -> Result<Choice, Answer> {
        self.check_needs_room(line)?;
        self.check_door(line, door)?;
        self.promise(&[(door, self.ahead(line))], &[code])?;
        self.check_left(&[(line, door)], &[code])?;
        (line.room, line.pinned) = (Some(door), true);
        Ok(Choice { shuffles: Some(line.room_type), newcomer: None })
    }

    fn check_needs_room(&self, line: &Line) -> Result<(), Answer> {
        let needs_one = matches!(line.status, Status::Confirmed | Status::InHouse) && self.ahead(line) != 0;
        if needs_one { Ok(()) } else { Err(Answer::Refused("State")) }
    }

    fn check_door(&self, line: &Line, door: usize) -> Result<(), Answer> {
        if door >= self.conditions.len() {
            return Err(Answer::Refused("RoomNotFound"));
        }
        if DOORS[door].1 == line.room_type { Ok(()) } else { Err(Answer::Refused("AnotherType")) }
    }

    fn leave_dirty(&mut self, door: Option<usize>) {
        if let Some(door) = door {
            self.conditions[door] = Condition::Dirty;
        }
    }

    pub(super) fn assign(
        &mut self,
        code: ReservationCode,
        door: Option<usize>,
        version: Option<u32>,
    ) -> Result<Verdict, Answer> {
        let mut line = self.seen(code, version)?;
        self.check_needs_room(&line)?;
        let has_it = door.map_or(line.room.is_some(), |door| line.pinned && line.room == Some(door));
        if has_it {
            return Ok(Answer::Is(code, line).into());
        }
        let before = line.room.filter(|_| line.status == Status::InHouse);
        let choice = match door {
            Some(door) => self.by_hand(code, &mut line, door)?,
            // Whatever is sold can be housed.
            None => match self.doors_of(line.room_type) {
                doors if doors.is_empty() => return Err(Answer::Refused("NoneFree")),
                doors => Choice { shuffles: Some(line.room_type), newcomer: Some((code, doors)) },
            },
        };
        self.leave_dirty(before.filter(|left| line.room != Some(*left)));
        (line.version, line.ready) = (line.version + 1, false);
        Ok(Verdict { choice, ..self.write(code, line, &["changed"]) })
    }

    pub(super) fn unassign(&mut self, code: ReservationCode, version: Option<u32>) -> Result<Verdict, Answer> {
        let mut line = self.seen(code, version)?;
        if line.status != Status::Confirmed {
            return Err(Answer::Refused("State"));
        }
        if line.room.take().is_none() {
            return Ok(Answer::Is(code, line).into());
        }
        (line.pinned, line.version, line.ready) = (false, line.version + 1, false);
        Ok(self.write(code, line, &["changed"]))
    }

    /// Two stays get each other's rooms, for good.
    pub(super) fn swap(
        &mut self,
        code: ReservationCode,
        with: ReservationCode,
        version: Option<u32>,
    ) -> Result<Verdict, Answer> {
        let (mut one, mut other) = (self.seen(code, version)?, self.seen(with, None)?);
        self.check_needs_room(&one)?;
        self.check_needs_room(&other)?;
        if one.room_type != other.room_type {
            return Err(Answer::Refused("AnotherType"));
        }
        let (Some(room), Some(other_room)) = (one.room, other.room) else {
            return Err(Answer::Refused("RoomNotFound"));
        };
        self.promise(&[(other_room, self.ahead(&one)), (room, self.ahead(&other))], &[code, with])?;
        self.check_left(&[(&one, other_room), (&other, room)], &[code, with])?;
        for (line, to) in [(&mut one, other_room), (&mut other, room)] {
            if line.status == Status::InHouse && line.room != Some(to) {
                self.leave_dirty(line.room);
            }
            (line.room, line.pinned, line.version, line.ready) = (Some(to), true, line.version + 1, false);
        }
        let choice = Choice { shuffles: Some(one.room_type), newcomer: None };
        self.write(with, other, &[]);
        let swapped = self.write(code, one, &["changed"]);
        Ok(Verdict { choice, facts: vec![("changed", code), ("changed", with)], ..swapped })
    }

    /// Where a changed stay goes: to the room that is named; it stays in the one it is fixed in; otherwise it keeps its
    /// own where that is empty, or gets another.
    pub(super) fn lodge_anew(
        &mut self,
        code: ReservationCode,
        before: &Line,
        after: &mut Line,
        door: Option<usize>,
    ) -> Result<Choice, Answer> {
        let (days, except) = (self.ahead(after), [code]);
        let is_same_type = before.room_type == after.room_type;
        let is_in_a_room = before.status == Status::InHouse && before.room.is_some();
        if days == 0 {
            return Ok(Choice::default());
        }
        if let Some(door) = door {
            let choice = self.by_hand(code, after, door)?;
            self.leave_dirty(before.room.filter(|left| is_in_a_room && *left != door));
            return Ok(choice);
        }
        let shuffles = Some(after.room_type);
        if let Some(own) = before.room.filter(|_| is_same_type && (before.pinned || is_in_a_room)) {
            self.promise(&[(own, days)], &except)?;
            return Ok(Choice { shuffles, newcomer: None });
        }
        let doors = self.doors_of(after.room_type);
        let rooms = if is_in_a_room {
            self.possible(code, after.room_type, days, before.arrival <= self.today)?
        } else {
            let mut picture = self.picture(after.room_type, &except);
            picture.loose.push(days);
            if !picture.houses_all() {
                return Err(Answer::Refused("NoneFree"));
            }
            // Who has none of this type yet is given one later.
            match before.room.filter(|_| is_same_type) {
                Some(own) if self.is_empty(own, days, code) => vec![own],
                Some(_) => doors,
                None => Vec::new(),
            }
        };
        (after.room, after.pinned) = (None, false);
        self.leave_dirty(before.room.filter(|_| is_in_a_room));
        Ok(Choice { shuffles, newcomer: Some((code, rooms)) })
    }

    /// Takes days of a room out of sale; whoever may be moved out of it is.
    pub(super) fn block(&mut self, door: usize, days: Range<i32>) -> Result<Verdict, Answer> {
        if door >= self.conditions.len() {
            return Err(Answer::Refused("RoomNotFound"));
        }
        self.promise(&[(door, super::rooms::bits(days))], &[])?;
        let choice = Choice { shuffles: Some(DOORS[door].1), newcomer: None };
        Ok(Verdict { choice, ..Answer::Room.into() })
    }

    pub(super) fn unblock(&mut self, door: usize, id: u64) -> Result<Verdict, Answer> {
        if door >= self.conditions.len() {
            return Err(Answer::Refused("RoomNotFound"));
        }
        let today = self.today;
        let is_there = self.blocks.get(&id).is_some_and(|block| block.door == door && block.days.end > today);
        if !is_there {
            return Err(Answer::Refused("BlockNotFound"));
        }
        self.blocks.remove(&id);
        Ok(Answer::Room.into())
    }
}
