//! A hotel as plain lists: what each operation must answer and leave behind, written a second time from the words and
//! pictures of the product and from nothing in the program. Here is the life of a stay; `rooms` has who is in which.

mod line;
mod lodging;
mod rooms;
mod words;

use std::collections::BTreeMap;

use vacancy::domain::{Action, Condition, ReservationCode, Status};

pub use line::Line;
use line::consumes;
use lodging::Wanted;
use rooms::Picture;
pub use rooms::{Block, Choice, DOORS};
pub use words::{Answer, Key, Operation, Told, Verdict};

/// How far the days of a history reach.
pub const DAYS: i32 = 14;

/// Room types by place: three doubles, one single.
pub const ROOMS: [(&str, u16); 2] = [("double", 3), ("single", 1)];

pub const NUDGE_INTERVAL_SECONDS: i64 = 300;

#[derive(Clone, Debug, Default)]
pub struct Plain {
    pub now: i64,
    /// The hotel's.
    pub today: i32,
    pub lines: BTreeMap<ReservationCode, Line>,
    /// By number.
    pub blocks: BTreeMap<u64, Block>,
    /// Of each door; none where the doors have no numbers.
    pub conditions: Vec<Condition>,
    /// How many rooms are out of sale, by room type and day: blocks, and what must not be sold beside them.
    pub blocked: BTreeMap<(usize, i32), u16>,
    /// Sells what is closed, for the control.
    pub heeds_no_closing: bool,
    keys: BTreeMap<u8, (u8, ReservationCode, Line)>,
    /// What was found right before: rooms, what is out of sale, the day.
    judged: [(Picture, Vec<u16>, i32); ROOMS.len()],
}

/// product.md's picture as plain pairs.
fn after(from: Status, action: Action) -> Option<Status> {
    Some(match (from, action) {
        (Status::Held, Action::Confirm)
        | (Status::InHouse, Action::UndoCheckIn)
        | (Status::Cancelled, Action::Reinstate) => Status::Confirmed,
        (Status::Held, Action::Release) => Status::Lapsed,
        (Status::Confirmed, Action::CheckIn)
        | (Status::NoShow, Action::LateArrival)
        | (Status::CheckedOut, Action::UndoCheckOut) => Status::InHouse,
        (Status::InHouse, Action::CheckOut) => Status::CheckedOut,
        (Status::Confirmed, Action::Cancel) => Status::Cancelled,
        (Status::Confirmed, Action::NoShow) => Status::NoShow,
        _ => return None,
    })
}

const fn told(action: Action) -> &'static str {
    match action {
        Action::Confirm => "confirmed",
        Action::Release => "released",
        Action::Lapse => "lapsed",
        Action::Cancel => "cancelled",
        Action::CheckIn => "checked_in",
        Action::UndoCheckIn => "check_in_undone",
        Action::CheckOut => "checked_out",
        Action::UndoCheckOut => "check_out_undone",
        Action::NoShow => "no_show",
        Action::LateArrival => "late_arrival",
        Action::Reinstate => "reinstated",
    }
}

impl Plain {
    pub fn at(now: i64, today: i32, has_numbers: bool) -> Self {
        let conditions = if has_numbers { vec![Condition::Clean; DOORS.len()] } else { Vec::new() };
        Self { now, today, conditions, ..Self::default() }
    }

    /// Sold and held of a type on a day, as they are written down: a hold that is over stands there until it is tidied.
    pub fn written(&self, room_type: usize, day: i32) -> (u16, u16) {
        let mut counts = (0, 0);
        for line in self.lines.values().filter(|line| consumes(line.status) && line.is_in(room_type, day)) {
            if line.status == Status::Held { counts.1 += 1 } else { counts.0 += 1 }
        }
        counts
    }

    /// The days of a stay on which nothing is left, but for `except`.
    fn gone(&self, stay: &Line, except: ReservationCode) -> Result<(), Answer> {
        let lives = |line: &Line| consumes(line.status) && !line.is_over(self.now);
        let taken = |day: i32| {
            let others = self.lines.iter().filter(|(code, line)| **code != except && lives(line));
            let stays = others.filter(|(_, line)| line.is_in(stay.room_type, day)).count();
            let blocked = self.blocked.get(&(stay.room_type, day)).copied().unwrap_or_default();
            let blocked = if self.heeds_no_closing { self.blocks_on(stay.room_type, day) } else { blocked };
            stays + usize::from(blocked)
        };
        let rooms = usize::from(ROOMS[stay.room_type].1);
        let gone: Vec<i32> = stay.days().filter(|day| taken(*day) >= rooms).collect();
        if gone.is_empty() { Ok(()) } else { Err(Answer::SoldOut(gone)) }
    }

    /// The holds that are over and still written down.
    pub fn overdue(&self) -> Vec<ReservationCode> {
        self.lines.iter().filter(|(_, line)| line.is_over(self.now)).map(|(code, _)| *code).collect()
    }

    /// The store has tidied a hold away.
    pub fn tidied(&mut self, code: ReservationCode) -> Result<(), String> {
        let now = self.now;
        let line = self.lines.get_mut(&code).filter(|line| line.is_over(now)).ok_or("lapsed before its end")?;
        (line.status, line.version) = (Status::Lapsed, line.version + 1);
        Ok(())
    }

    /// What must be answered and logged; the lists are then as the hotel must be, but for what the program may choose.
    pub fn carry_out(&mut self, operation: Operation) -> Verdict {
        self.judge(operation).unwrap_or_else(Verdict::from)
    }

    fn judge(&mut self, operation: Operation) -> Result<Verdict, Answer> {
        match operation {
            Operation::Hold { code, room_type, arrival, departure, seconds } => {
                let until = self.now + seconds;
                let line = Line { until, ..Line::new(room_type, arrival..departure, Status::Held) };
                self.gone(&line, code)?;
                Ok(self.write(code, line, &["placed"]))
            }
            Operation::Book { code, room_type, arrival, departure, door, key } => {
                self.first_answer(key)?;
                let mut line = Line::new(room_type, arrival..departure, Status::Confirmed);
                self.gone(&line, code)?;
                line.version = 2;
                let mut facts = vec!["placed", "confirmed"];
                let mut choice = Choice::default();
                if let Some(door) = door {
                    choice = self.by_hand(code, &mut line, (door, None), &[])?;
                    line.version += 1;
                    facts.push("changed");
                }
                facts.push("new_reservation");
                let sold = self.write(code, line, &facts);
                Ok(self.booked(Verdict { choice, ..sold }, key))
            }
            Operation::BookHold { code, key } => {
                self.first_answer(key)?;
                if !self.lines.contains_key(&code) {
                    return Err(Answer::Refused("HoldNotFound"));
                }
                let mut sold = self.act(code, Action::Confirm)?;
                sold.facts.push(("new_reservation", code));
                Ok(self.booked(sold, key))
            }
            Operation::Act { code, action, version, by_guest } => {
                self.seen(code, version)?;
                let mut done = self.act(code, action)?;
                if by_guest && action == Action::Cancel {
                    done.facts.push(("cancellation", code));
                }
                Ok(done)
            }
            Operation::Amend { code, arrival, departure, room_type, door, from, by_guest } => {
                let before = self.seen(code, None)?;
                let after = Line {
                    arrival: arrival.unwrap_or(before.arrival),
                    departure: departure.unwrap_or(before.departure),
                    room_type: room_type.unwrap_or(before.room_type),
                    ..before.clone()
                };
                self.amend(code, &before, after, door.map(|door| (door, from)), by_guest)
            }
            Operation::Extend { code, seconds } => self.extend(code, self.now + seconds),
            Operation::Release { code } => match self.act(code, Action::Release) {
                Err(Answer::Refused(_)) => Err(Answer::Refused("HoldNotFound")),
                done => done,
            },
            Operation::Lapse => Ok(Answer::Lapsed(u32::try_from(self.overdue().len()).unwrap()).into()),
            Operation::Nudge { code } => self.nudge(code),
            Operation::Assign { code, door, from, version } => {
                self.assign(code, door.map(|door| (door, from)), version)
            }
            Operation::Moved { code, version } => self.has_moved(code, version),
            Operation::Unassign { code, version } => self.unassign(code, version),
            Operation::Swap { code, with, version } => self.swap(code, with, version),
            Operation::Block { door, first, end, .. } => self.block(door, first..end),
            Operation::Unblock { door, id } => self.unblock(door, id),
            Operation::Clean { door, condition } => {
                *self.conditions.get_mut(door).ok_or(Answer::Refused("RoomNotFound"))? = condition;
                Ok(Answer::Room.into())
            }
            Operation::BeginDay => Ok(Answer::Room.into()),
        }
    }

    /// A stay, if it is still as the desk has seen it.
    fn seen(&self, code: ReservationCode, version: Option<u32>) -> Result<Line, Answer> {
        let line = self.lines.get(&code).ok_or(Answer::Refused("ReservationNotFound"))?;
        let is_same = version.is_none_or(|seen| seen == line.version);
        if is_same { Ok(line.clone()) } else { Err(Answer::Refused("VersionConflict")) }
    }

    fn write(&mut self, code: ReservationCode, line: Line, kinds: &[&'static str]) -> Verdict {
        self.lines.insert(code, line.clone());
        let facts = kinds.iter().map(|kind| (*kind, code)).collect();
        Verdict { facts, ..Answer::Is(code, line).into() }
    }

    fn act(&mut self, code: ReservationCode, action: Action) -> Result<Verdict, Answer> {
        let mut line = self.seen(code, None)?;
        let judged = if line.is_over(self.now) { Status::Lapsed } else { line.status };
        let next = match action {
            Action::Lapse => line.is_over(self.now).then_some(Status::Lapsed),
            _ => after(judged, action),
        };
        let next = next.ok_or(Answer::Refused("TransitionNotAllowed"))?;
        if consumes(next) && !consumes(line.status) {
            self.gone(&line, code)?;
        }
        let choice = self.lodge(code, &mut line, next)?;
        (line.status, line.version, line.ready) = (next, line.version + 1, false);
        Ok(Verdict { choice, ..self.write(code, line, &[told(action)]) })
    }

    /// Before a guest has come all can change, by himself until the day before; in house the desk may change how long he
    /// stays, and where from today on.
    fn amend(
        &mut self,
        code: ReservationCode,
        before: &Line,
        mut after: Line,
        wanted: Option<Wanted>,
        by_guest: bool,
    ) -> Result<Verdict, Answer> {
        let is_in_house = before.status == Status::InHouse;
        let may = match before.status {
            Status::Confirmed => !by_guest || before.arrival > self.today,
            Status::InHouse => !by_guest,
            _ => false,
        };
        let arrives_anew = after.arrival != before.arrival;
        let is_same_type = after.room_type == before.room_type;
        // Who is in house may leave today, but nobody gets another kind of room for no night.
        let earliest = if is_in_house && is_same_type { self.today } else { self.today + 1 };
        let is_possible = after.arrival < after.departure
            && !(arrives_anew && (is_in_house || after.arrival < self.today))
            && ((after.departure == before.departure && is_same_type) || after.departure >= earliest);
        if !may || !is_possible {
            return Err(Answer::Refused("Amendment"));
        }
        if after == *before && wanted.is_none_or(|wanted| self.has(before, wanted)) {
            return Ok(Answer::Is(code, after).into());
        }
        if !is_same_type {
            after.counted_from = (is_in_house && after.arrival < self.today).then_some(self.today);
        }
        self.gone(&after, code)?;
        let choice = self.lodge_anew(code, before, &mut after, wanted)?;
        (after.version, after.ready) = (after.version + 1, false);
        Ok(Verdict { choice, ..self.write(code, after, &["changed"]) })
    }

    /// A running hold can be made longer twenty times; it never becomes shorter.
    fn extend(&mut self, code: ReservationCode, until: i64) -> Result<Verdict, Answer> {
        let now = self.now;
        let running = |line: &Line| line.status == Status::Held && !line.is_over(now);
        let mut line = self.lines.get(&code).cloned().filter(running).ok_or(Answer::Refused("HoldNotFound"))?;
        if line.extensions == 20 {
            return Err(Answer::Refused("ExtensionsUsedUp"));
        }
        line.until = line.until.max(until);
        line.extensions += 1;
        line.version += 1;
        Ok(self.write(code, line, &["extended"]))
    }

    fn nudge(&mut self, code: ReservationCode) -> Result<Verdict, Answer> {
        let now = self.now;
        let line = self.lines.get_mut(&code).ok_or(Answer::Refused("ReservationNotFound"))?;
        if line.nudged_at.is_some_and(|last| now < last + NUDGE_INTERVAL_SECONDS) {
            return Err(Answer::Refused("TooSoon"));
        }
        line.nudged_at = Some(now);
        Ok(Verdict { facts: vec![("nudge", code)], ..Answer::Nudged.into() })
    }

    /// One key, one effect, one answer: it ends what is asked here, as a refusal does.
    fn first_answer(&self, key: Option<Key>) -> Result<(), Answer> {
        let Some((Key { body, .. }, (first, code, line))) = key.and_then(|key| Some((key, self.keys.get(&key.name)?)))
        else {
            return Ok(());
        };
        Err(if *first == body {
            Answer::Booked { code: *code, line: line.clone(), replayed: true }
        } else {
            Answer::Refused("IdempotencyKeyReused")
        })
    }

    /// A sale is remembered under its key; a refusal is not.
    fn booked(&mut self, sold: Verdict, key: Option<Key>) -> Verdict {
        let Answer::Is(code, line) = sold.answer else { return sold };
        if let Some(Key { name, body }) = key {
            self.keys.insert(name, (body, code, line.clone()));
        }
        Verdict { answer: Answer::Booked { code, line, replayed: false }, ..sold }
    }
}
