//! Who is fixed in which room, and whether everybody can be housed: tried out, one way after another.

use std::collections::BTreeMap;
use std::ops::Range;

use vacancy::domain::{Condition, ReservationCode, Status};

use super::{Answer, DAYS, Line, Plain, ROOMS, Told, consumes};

/// The doors with their room types; those of a type are together.
pub const DOORS: [(&str, usize); 4] = [("101", 0), ("102", 0), ("103", 0), ("201", 1)];

/// Days of a room out of sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub door: usize,
    pub days: Range<i32>,
}

/// What the program may choose by itself.
#[derive(Debug, Default)]
pub struct Choice {
    /// Stays of this type that were given their room by the program may get another one.
    pub shuffles: Option<usize>,
    /// Who gets one of these rooms; none where there is no room to give.
    pub newcomer: Option<(ReservationCode, Vec<usize>)>,
}

/// Who has a room for a day: a stay, or else a block.
pub type Holder = Result<ReservationCode, u64>;

/// Days as bits, the first of a history lowest.
pub type Days = u32;

pub fn bits(days: Range<i32>) -> Days {
    (days.start.max(0)..days.end.min(DAYS)).map(|day| 1_u32 << day).sum()
}

/// The rooms of a type, each with the days on which it is somebody's for good; and the stays that need one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub rooms: Vec<Days>,
    pub loose: Vec<Days>,
}

impl Picture {
    /// Whether each stay can have a room for all its days.
    pub fn houses_all(&self) -> bool {
        let mut loose = self.loose.clone();
        loose.sort_by_key(|days| days.trailing_zeros());
        house(&self.rooms, &loose)
    }

    pub fn houses_with(&self, one: Days) -> bool {
        let mut with_it = self.clone();
        with_it.loose.push(one);
        with_it.houses_all()
    }
}

/// Of rooms with the same days to come one is tried.
fn house(rooms: &[Days], stays: &[Days]) -> bool {
    let Some((one, others)) = stays.split_first() else { return true };
    let to_come = |room: usize| rooms[room] >> one.trailing_zeros();
    (0..rooms.len()).filter(|room| rooms[*room] & one == 0).any(|room| {
        let is_new = (0..room).all(|earlier| to_come(earlier) != to_come(room));
        let mut rooms = rooms.to_vec();
        rooms[room] |= one;
        is_new && house(&rooms, others)
    })
}

/// Whether everybody can have a room with at most so many going to another one than theirs.
fn house_with_moves(rooms: &[Days], seats: &[(Days, usize)], moves: usize) -> bool {
    let Some(((days, own), others)) = seats.split_first() else { return true };
    (0..rooms.len()).any(|room| {
        let cost = usize::from(room != *own);
        let mut with_it = rooms.to_vec();
        with_it[room] |= days;
        rooms[room] & days == 0 && cost <= moves && house_with_moves(&with_it, others, moves - cost)
    })
}

fn is_fixed(line: &Line) -> bool {
    line.room.is_some() && (line.pinned || line.status == Status::InHouse)
}

impl Plain {
    /// None where the doors have no numbers.
    pub fn doors_of(&self, room_type: usize) -> Vec<usize> {
        (0..self.conditions.len()).filter(|door| DOORS[*door].1 == room_type).collect()
    }

    /// The days on which a stay still needs a room.
    pub fn ahead(&self, line: &Line) -> Days {
        bits(self.days_ahead(line))
    }

    pub fn days_ahead(&self, line: &Line) -> Range<i32> {
        line.arrival.max(self.today)..line.departure
    }

    /// The days ahead on which a stay is behind a door.
    fn days_behind(&self, line: &Line, door: usize) -> Days {
        self.days_ahead(line).filter(|day| line.door_on(*day) == Some(door)).map(|day| bits(day..day + 1)).sum()
    }

    pub fn blocks_on(&self, room_type: usize, day: i32) -> u16 {
        let is_on = |block: &&Block| DOORS[block.door].1 == room_type && block.days.contains(&day);
        u16::try_from(self.blocks.values().filter(is_on).count()).unwrap()
    }

    fn block_days(&self, block: &Block) -> Days {
        bits(block.days.start.max(self.today)..block.days.end)
    }

    /// The stays of a type that need a room, but for some; a hold that is over needs none, though it stands in the books.
    fn lodgers(&self, room_type: usize, except: &[ReservationCode]) -> impl Iterator<Item = (ReservationCode, &Line)> {
        let lodges = move |line: &Line| {
            line.room_type == room_type && consumes(line.status) && !line.is_over(self.now) && self.ahead(line) != 0
        };
        let all = self.lines.iter().filter(move |(code, line)| lodges(line) && !except.contains(code));
        all.map(|(code, line)| (*code, line))
    }

    pub fn picture(&self, room_type: usize, except: &[ReservationCode]) -> Picture {
        let first = DOORS.iter().position(|(_, of)| *of == room_type).unwrap();
        let mut picture = Picture { rooms: vec![0; usize::from(ROOMS[room_type].1)], loose: Vec::new() };
        for block in self.blocks.values().filter(|block| DOORS[block.door].1 == room_type) {
            picture.rooms[block.door - first] |= self.block_days(block);
        }
        for (_, line) in self.lodgers(room_type, except) {
            if is_fixed(line) {
                let rooms = picture.rooms.iter_mut().zip(first..);
                rooms.for_each(|(days, door)| *days |= self.days_behind(line, door));
            } else {
                picture.loose.push(self.ahead(line));
            }
        }
        picture
    }

    /// Gives days of rooms away for good, if nobody else has them and everybody is still housed.
    pub fn promise(&self, given: &[(usize, Days)], except: &[ReservationCode]) -> Result<(), Answer> {
        let room_type = DOORS[given[0].0].1;
        let touches = |door: usize, days: Days| given.iter().any(|(room, of)| *room == door && of & days != 0);
        let fixed = self.lodgers(room_type, except).filter(|(_, line)| is_fixed(line));
        let is_touched = |line: &Line| (0..DOORS.len()).any(|door| touches(door, self.days_behind(line, door)));
        let stays: Vec<ReservationCode> = fixed.filter(|(_, line)| is_touched(line)).map(|(code, _)| code).collect();
        let blocks = self.blocks.iter().filter(|(_, block)| touches(block.door, self.block_days(block)));
        let blocks: Vec<u64> = blocks.map(|(id, _)| *id).collect();
        if !stays.is_empty() || !blocks.is_empty() {
            return Err(Answer::Taken(stays, blocks));
        }
        let first = DOORS.iter().position(|(_, of)| *of == room_type).unwrap();
        let mut picture = self.picture(room_type, except);
        for (door, days) in given {
            picture.rooms[door - first] |= days;
        }
        if picture.houses_all() {
            return Ok(());
        }
        let days = given.iter().fold(0, |all, (_, days)| all | days);
        let loose = self.lodgers(room_type, except).filter(|(_, line)| !is_fixed(line) && self.ahead(line) & days != 0);
        Err(Answer::Promised(loose.map(|(code, _)| code).collect()))
    }

    /// Whether nobody else, moved or not, has a room on these days.
    pub fn is_empty(&self, door: usize, days: Days, except: ReservationCode) -> bool {
        let except = [except];
        let others = self.lodgers(DOORS[door].1, &except);
        let blocks = self.blocks.values().filter(|block| block.door == door).map(|block| self.block_days(block));
        others.map(|(_, line)| self.days_behind(line, door)).chain(blocks).all(|of| of & days == 0)
    }

    /// Takes over the rooms that the program has given to the stays it told of, if it may: gives who was moved.
    pub fn adopt(
        &mut self,
        choice: &Choice,
        found: &BTreeMap<ReservationCode, Option<usize>>,
    ) -> Result<Vec<(ReservationCode, usize, usize)>, String> {
        let mut given = None;
        if let Some((code, rooms)) = &choice.newcomer {
            let room = found.get(code).copied().flatten();
            if room.map_or(!rooms.is_empty(), |room| !rooms.contains(&room)) {
                return Err(format!("{code} was given {room:?}, not one of {rooms:?}"));
            }
            self.lines.get_mut(code).ok_or("a newcomer is in the books")?.room = room;
            given = room.map(|room| (*code, room));
        }
        let mut moved = Vec::new();
        for (code, room) in found {
            let Some(line) = self.lines.get(code).filter(|line| line.room != *room) else { continue };
            let may_move = choice.shuffles == Some(line.room_type) && consumes(line.status) && !is_fixed(line);
            match (line.room, room) {
                (Some(from), Some(to)) if may_move && self.ahead(line) != 0 => moved.push((*code, from, *to)),
                (from, to) => return Err(format!("{code} was moved from {from:?} to {to:?}")),
            }
        }
        if let (Some(room_type), Some(fewer)) = (choice.shuffles, moved.len().checked_sub(1))
            && self.can_move(room_type, given, fewer)
        {
            return Err(format!("{} were moved, and {fewer} would have done", moved.len()));
        }
        for (code, _, to) in &moved {
            let line = self.lines.get_mut(code).unwrap();
            (line.room, line.version, line.ready) = (Some(*to), line.version + 1, false);
        }
        Ok(moved)
    }

    /// Whether all that have a room can keep one with so many moves, the newcomer where it was put.
    fn can_move(&self, room_type: usize, given: Option<(ReservationCode, usize)>, moves: usize) -> bool {
        let first = DOORS.iter().position(|(_, of)| *of == room_type).unwrap();
        let mut rooms = self.picture(room_type, &[]).rooms;
        let mut seats = Vec::new();
        for (code, line) in self.lodgers(room_type, &[]).filter(|(_, line)| !is_fixed(line)) {
            match (line.room, given) {
                (Some(door), Some((newcomer, _))) if newcomer == code => rooms[door - first] |= self.ahead(line),
                (Some(door), _) => seats.push((self.ahead(line), door - first)),
                (None, _) => {}
            }
        }
        house_with_moves(&rooms, &seats, moves)
    }

    /// Who comes today hears when the room is clean and empty, and when it is so no more.
    pub fn tell_readiness(&mut self) -> Vec<Told> {
        let mut told = Vec::new();
        let due = |line: &Line| line.status == Status::Confirmed && line.arrival <= self.today && self.ahead(line) != 0;
        for (code, line) in self.lines.iter().filter(|(_, line)| due(line)) {
            let Some(door) = line.door_on(self.today) else { continue };
            let in_it = self.lines.values().any(|other| other.status == Status::InHouse && other.room == Some(door));
            let is_ready = self.conditions[door] != Condition::Dirty && !in_it;
            if line.ready != is_ready {
                told.push((if is_ready { "room_ready" } else { "room_not_ready" }, *code));
            }
        }
        for (kind, code) in &told {
            self.lines.get_mut(code).unwrap().ready = *kind == "room_ready";
        }
        told
    }

    /// Everybody's days of each room from today on; an error where somebody else has one already.
    pub fn room_days(&self) -> Result<BTreeMap<(usize, i32), Holder>, String> {
        let mut taken = BTreeMap::new();
        let stays = self.lines.iter().filter(|(_, line)| consumes(line.status));
        let stays = stays.flat_map(|(code, line)| self.way(line).into_iter().map(|night| (night, Ok(*code))));
        let blocks = self.blocks.iter().flat_map(|(id, block)| {
            let days = block.days.clone().filter(|day| *day >= self.today);
            days.map(|day| ((day, block.door), Err(*id)))
        });
        for ((day, door), by) in stays.chain(blocks) {
            if let Some(other) = taken.insert((door, day), by) {
                return Err(format!("{other:?} and {by:?} both have {} on day {day}", DOORS[door].0));
            }
        }
        Ok(taken)
    }

    /// Whether somebody who could buy could not be housed, with no hold that is over and nothing closed.
    pub fn must_close_without_holds(&self) -> bool {
        (0..ROOMS.len()).any(|room_type| {
            let is_open = |day: &i32| {
                let days = bits(*day..day + 1);
                let stays = self.lodgers(room_type, &[]).filter(|(_, line)| self.ahead(line) & days != 0).count();
                stays + usize::from(self.blocks_on(room_type, *day)) < usize::from(ROOMS[room_type].1)
            };
            let open = (self.today.max(0)..DAYS).filter(is_open).map(|day| bits(day..day + 1)).sum();
            let picture = self.picture(room_type, &[]);
            runs(open).any(|stay| !picture.houses_with(stay))
        })
    }

    /// Takes over what the counters say is out of sale, if it is right: every block, and beside them so much that all
    /// who can still buy can be housed with all who have; nothing beside them where that is so without.
    pub fn adopt_blocked(&mut self, room_type: usize, stored: &[u16]) -> Result<(), String> {
        // Holds that are over count until they are tidied: so they do in the counters.
        let now = std::mem::replace(&mut self.now, i64::MIN);
        let picture = self.picture(room_type, &[]);
        self.now = now;
        let kept = std::mem::replace(&mut self.judged[room_type], (picture.clone(), stored.to_vec(), self.today));
        if kept == self.judged[room_type] {
            return Ok(());
        }
        if !picture.houses_all() {
            return Err(format!("some {} that is sold cannot be housed: {picture:?}", ROOMS[room_type].0));
        }
        let (mut open, mut open_but_for_closing) = (0, 0);
        for (day, blocked) in (0..DAYS).zip(stored) {
            let (before, blocks) = (self.blocked.insert((room_type, day), *blocked), self.blocks_on(room_type, day));
            if day < self.today {
                if before.unwrap_or_default() != *blocked {
                    return Err(format!("day {day} is past, and its blocks were counted anew"));
                }
                continue;
            }
            let (sold, held) = self.written(room_type, day);
            let left = |blocked: u16| ROOMS[room_type].1.checked_sub(sold + held + blocked);
            let is_right = *blocked >= blocks && (left(*blocked).is_some() || self.heeds_no_closing);
            if !is_right {
                return Err(format!("{sold} sold, {held} held, {blocked} blocked on day {day}, where {blocks} are"));
            }
            open |= Days::from(left(*blocked).is_some_and(|left| left > 0)) << day;
            open_but_for_closing |= Days::from(left(blocks).is_some_and(|left| left > 0)) << day;
        }
        if let Some(stay) = runs(open).find(|stay| !picture.houses_with(*stay)) {
            return Err(format!("a stay on {stay:b} can be sold and cannot be housed: {picture:?}"));
        }
        if open != open_but_for_closing && runs(open_but_for_closing).all(|stay| picture.houses_with(stay)) {
            return Err(format!("of {open_but_for_closing:b} only {open:b} are sold, without need: {picture:?}"));
        }
        Ok(())
    }
}

/// Days that follow one another, as long as they do.
fn runs(days: Days) -> impl Iterator<Item = Days> {
    let mut left = days;
    std::iter::from_fn(move || {
        let first = left & left.wrapping_neg();
        let run = left & !(left.wrapping_add(first));
        left &= !run;
        (run != 0).then_some(run)
    })
}
