//! What is asked about rooms: who gets one by hand or from the program, who must wait, and what is out of sale.

use std::ops::Range;

use vacancy::domain::{Condition, ReservationCode, Status};

use super::rooms::{Choice, DOORS, Days, bits};
use super::{Answer, Line, Plain, Verdict};

/// A door that is asked for, and the first day behind it; before that day the stay is where it was.
pub(super) type Wanted = (usize, Option<i32>);

/// Each day with its door.
type Way = Vec<(i32, usize)>;

/// The days behind each door.
fn by_door(way: &[(i32, usize)]) -> Vec<(usize, Days)> {
    let mut doors: Vec<(usize, Days)> = Vec::new();
    for (day, door) in way {
        match doors.last_mut() {
            Some((last, days)) if last == door => *days |= bits(*day..day + 1),
            _ => doors.push((*door, bits(*day..day + 1))),
        }
    }
    doors
}

impl Plain {
    /// What a new state means for the stay's room.
    pub(super) fn lodge(&mut self, code: ReservationCode, line: &mut Line, next: Status) -> Result<Choice, Answer> {
        match next {
            Status::InHouse => {
                let rooms = self.rooms_on_arrival(code, line)?;
                let way = self.way(line);
                if line.pinned && !way.is_empty() {
                    line.lie(&way, true);
                }
                Ok(Choice { shuffles: Some(line.room_type), newcomer: Some((code, rooms)) })
            }
            Status::CheckedOut => {
                (line.later, line.pinned) = (Vec::new(), false);
                self.leave_dirty(line.room);
                Ok(Choice::default())
            }
            Status::Cancelled | Status::NoShow | Status::Lapsed => {
                (line.room, line.later, line.pinned) = (None, Vec::new(), false);
                Ok(Choice::default())
            }
            Status::Held | Status::Confirmed => Ok(Choice::default()),
        }
    }

    /// The room that was given by hand; else the stay's own; else one that is ready before one that is dirty. One that its
    /// guest should have left is none before he has. Who comes for no night any more comes to no room that somebody is in.
    fn rooms_on_arrival(&self, code: ReservationCode, line: &Line) -> Result<Vec<usize>, Answer> {
        let (days, doors) = (self.ahead(line), self.doors_of(line.room_type));
        if days == 0 || doors.is_empty() {
            let is_in = |other: &Line| other.status == Status::InHouse && other.room == line.room;
            let others = self.lines.iter().filter(|(other, line)| is_in(line) && **other != code);
            let others: Vec<ReservationCode> = others.map(|(other, _)| *other).collect();
            return match line.room {
                Some(_) if !others.is_empty() => Err(Answer::Taken(others, Vec::new())),
                room => Ok(room.into_iter().collect()),
            };
        }
        let comes_now = line.arrival <= self.today;
        if let Some((_, own)) = self.way(line).first().copied().filter(|_| line.pinned) {
            self.promise(&by_door(&self.way(line)), &[code])?;
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
            let tonight = self.way(other).first().map(|(_, door)| *door);
            other.status == Status::InHouse && is_there && tonight != other.room
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

    /// Gives a stay this room for good, for all the days ahead or from one of them on; before it, it is on its way.
    pub(super) fn by_hand(
        &self,
        code: ReservationCode,
        line: &mut Line,
        wanted: Wanted,
        way: &[(i32, usize)],
    ) -> Result<Choice, Answer> {
        self.check_needs_room(line)?;
        self.check_door(line, wanted.0)?;
        let (way, at_once) = self.way_to(line, wanted, way)?;
        self.promise(&by_door(&way), &[code])?;
        if at_once {
            self.check_left(&[(line, wanted.0)], &[code])?;
        }
        line.lie(&way, at_once);
        line.pinned = true;
        Ok(Choice { shuffles: Some(line.room_type), newcomer: None })
    }

    /// The days ahead with their doors; none where the stay has no room.
    pub(super) fn way(&self, line: &Line) -> Way {
        self.days_ahead(line).filter_map(|day| Some((day, line.door_on(day)?))).collect()
    }

    /// Whether its guest is in another room than tonight's.
    pub fn is_to_move(&self, line: &Line) -> bool {
        self.way(line).first().is_some_and(|(_, door)| line.room != Some(*door))
    }

    /// The way of a stay that is given another door, and whether it begins with it.
    fn way_to(&self, line: &Line, (door, from): Wanted, way: &[(i32, usize)]) -> Result<(Way, bool), Answer> {
        let days = self.days_ahead(line);
        match from.filter(|from| *from > days.start) {
            None => Ok((days.map(|day| (day, door)).collect(), true)),
            Some(from) if from >= days.end => Err(Answer::Refused("NotItsNight")),
            Some(_) if way.is_empty() => Err(Answer::Refused("NoRoomBefore")),
            Some(from) => {
                let lies = |(day, before): &(i32, usize)| (*day, if *day < from { *before } else { door });
                Ok((way.iter().map(lies).collect(), false))
            }
        }
    }

    /// Whether a stay was given that door already, and its guest is not somewhere else.
    pub(super) fn has(&self, line: &Line, wanted: Wanted) -> bool {
        let way = self.way(line);
        let is_there = line.room == Some(wanted.0);
        let is_so = |(new, at_once): (Way, bool)| new == way && (is_there || !at_once);
        match self.ahead(line) {
            0 => line.pinned && is_there,
            _ => line.pinned && self.way_to(line, wanted, &way).is_ok_and(is_so),
        }
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
        wanted: Option<Wanted>,
        version: Option<u32>,
    ) -> Result<Verdict, Answer> {
        let mut line = self.seen(code, version)?;
        self.check_needs_room(&line)?;
        let has_it = wanted.map_or(line.room.is_some(), |wanted| self.has(&line, wanted));
        if has_it {
            return Ok(Answer::Is(code, line).into());
        }
        let before = line.room.filter(|_| line.status == Status::InHouse);
        let way = self.way(&line);
        let choice = match wanted {
            Some(wanted) => self.by_hand(code, &mut line, wanted, &way)?,
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
        if line.room.is_none() {
            return Ok(Answer::Is(code, line).into());
        }
        // Each of its days has a room, and all of them may have none.
        if !line.later.is_empty() && !self.picture(line.room_type, &[code]).houses_with(self.ahead(&line)) {
            return Err(Answer::Refused("NoneFree"));
        }
        (line.room, line.later) = (None, Vec::new());
        (line.pinned, line.version, line.ready) = (false, line.version + 1, false);
        Ok(self.write(code, line, &["changed"]))
    }

    /// The guest is in the room that is his today; the one he was in is dirty.
    pub(super) fn has_moved(&mut self, code: ReservationCode, version: Option<u32>) -> Result<Verdict, Answer> {
        let mut line = self.seen(code, version)?;
        if line.status != Status::InHouse || self.ahead(&line) == 0 {
            return Err(Answer::Refused("State"));
        }
        let way = self.way(&line);
        let to = way.first().map(|(_, door)| *door).filter(|to| line.room != Some(*to));
        let to = to.ok_or(Answer::Refused("NoMoveDue"))?;
        let others = self.still_in(&[to], &[code]);
        if !others.is_empty() {
            return Err(Answer::Taken(others, Vec::new()));
        }
        self.leave_dirty(line.room);
        line.lie(&way, true);
        (line.version, line.ready) = (line.version + 1, false);
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
        if !one.later.is_empty() || !other.later.is_empty() {
            return Err(Answer::Refused("Split"));
        }
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
        wanted: Option<Wanted>,
    ) -> Result<Choice, Answer> {
        let (days, except) = (self.ahead(after), [code]);
        let is_same_type = before.room_type == after.room_type;
        let is_in_a_room = before.status == Status::InHouse && before.room.is_some();
        if days == 0 {
            after.later.clear();
            return Ok(Choice::default());
        }
        let kept = if is_same_type { self.way(after) } else { Vec::new() };
        if let Some(wanted) = wanted {
            let choice = self.by_hand(code, after, wanted, &kept)?;
            self.leave_dirty(before.room.filter(|left| is_in_a_room && after.room != Some(*left)));
            return Ok(choice);
        }
        let shuffles = Some(after.room_type);
        if is_same_type && before.room.is_some() && (before.pinned || is_in_a_room) {
            self.promise(&by_door(&kept), &except)?;
            after.lie(&kept, false);
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
        (after.room, after.later, after.pinned) = (None, Vec::new(), false);
        self.leave_dirty(before.room.filter(|_| is_in_a_room));
        Ok(Choice { shuffles, newcomer: Some((code, rooms)) })
    }

    /// Takes days of a room out of sale; whoever may be moved out of it is.
    pub(super) fn block(&mut self, door: usize, days: Range<i32>) -> Result<Verdict, Answer> {
        if door >= self.conditions.len() {
            return Err(Answer::Refused("RoomNotFound"));
        }
        self.promise(&[(door, bits(days))], &[])?;
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
