//! A hotel as plain lists: what each operation must answer and leave behind, written a second time from the words and
//! pictures of the product and from nothing in the program.

use std::collections::BTreeMap;
use std::ops::Range;

use vacancy::domain::{Action, ReservationCode, Status};

/// How far the days of a history reach.
pub const DAYS: i32 = 14;

/// Room types by place: three doubles, one single.
pub const ROOMS: [(&str, u16); 2] = [("double", 3), ("single", 1)];

pub const NUDGE_INTERVAL_SECONDS: i64 = 300;

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
}

/// Something done at the hotel.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    Hold {
        code: ReservationCode,
        room_type: usize,
        arrival: i32,
        departure: i32,
        seconds: i64,
    },
    Book {
        code: ReservationCode,
        room_type: usize,
        arrival: i32,
        departure: i32,
        key: Option<Key>,
    },
    BookHold {
        code: ReservationCode,
        key: Option<Key>,
    },
    Act {
        code: ReservationCode,
        action: Action,
        version: Option<u32>,
        by_guest: bool,
    },
    Amend {
        code: ReservationCode,
        arrival: Option<i32>,
        departure: Option<i32>,
        room_type: Option<usize>,
        by_guest: bool,
    },
    Extend {
        code: ReservationCode,
        seconds: i64,
    },
    Release {
        code: ReservationCode,
    },
    Lapse,
    Nudge {
        code: ReservationCode,
    },
}

/// An idempotency key, and what is asked with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: u8,
    pub body: u8,
}

/// What an operation must be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The reservation as it is now.
    Is(ReservationCode, Line),
    /// The first answer to a key, and whether it is given again.
    Booked {
        code: ReservationCode,
        line: Line,
        replayed: bool,
    },
    Lapsed(u32),
    Nudged,
    /// Refused by this name.
    Refused(&'static str),
    /// Refused: these days are gone.
    SoldOut(Vec<i32>),
}

/// What is logged: the kind of a reservation's change or of an alert, and whose.
pub type Told = (&'static str, ReservationCode);

#[derive(Debug, Default)]
pub struct Plain {
    pub now: i64,
    /// The hotel's.
    pub today: i32,
    pub lines: BTreeMap<ReservationCode, Line>,
    keys: BTreeMap<u8, (u8, ReservationCode, Line)>,
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

const fn consumes(status: Status) -> bool {
    matches!(status, Status::Held | Status::Confirmed | Status::InHouse)
}

impl Line {
    fn is_over(&self, now: i64) -> bool {
        self.status == Status::Held && self.until <= now
    }

    /// The days that count.
    fn days(&self) -> Range<i32> {
        self.arrival.max(self.counted_from.unwrap_or(self.arrival))..self.departure
    }

    fn is_in(&self, room_type: usize, day: i32) -> bool {
        self.room_type == room_type && self.days().contains(&day)
    }
}

impl Plain {
    pub fn at(now: i64, today: i32) -> Self {
        Self { now, today, ..Self::default() }
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
    fn gone(&self, stay: &Line, except: ReservationCode) -> Vec<i32> {
        let taken = |day: &i32| {
            let lives = |line: &Line| consumes(line.status) && !line.is_over(self.now);
            let others = self.lines.iter().filter(|(code, line)| **code != except && lives(line));
            others.filter(|(_, line)| line.is_in(stay.room_type, *day)).count()
        };
        let rooms = usize::from(ROOMS[stay.room_type].1);
        stay.days().filter(|day| taken(day) >= rooms).collect()
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

    /// What must be answered and logged; the lists are then as the hotel must be.
    pub fn carry_out(&mut self, operation: Operation) -> (Answer, Vec<Told>) {
        match operation {
            Operation::Hold { code, room_type, arrival, departure, seconds } => {
                let until = self.now + seconds;
                let line = Line { until, ..fresh(room_type, arrival, departure) };
                self.enter(code, line, &["placed"])
            }
            Operation::Book { code, room_type, arrival, departure, key } => {
                if let Some(first) = self.first_answer(key) {
                    return (first, Vec::new());
                }
                let line = Line { status: Status::Confirmed, version: 2, ..fresh(room_type, arrival, departure) };
                let entered = self.enter(code, line, &["placed", "confirmed", "new_reservation"]);
                self.booked(entered, key)
            }
            Operation::BookHold { code, key } => {
                if let Some(first) = self.first_answer(key) {
                    return (first, Vec::new());
                }
                if !self.lines.contains_key(&code) {
                    return (Answer::Refused("HoldNotFound"), Vec::new());
                }
                let (answer, mut facts) = self.act(code, Action::Confirm);
                if !facts.is_empty() {
                    facts.push(("new_reservation", code));
                }
                self.booked((answer, facts), key)
            }
            Operation::Act { code, action, version, by_guest } => {
                let Some(line) = self.lines.get(&code) else {
                    return (Answer::Refused("ReservationNotFound"), Vec::new());
                };
                if version.is_some_and(|seen| seen != line.version) {
                    return (Answer::Refused("VersionConflict"), Vec::new());
                }
                let (answer, mut facts) = self.act(code, action);
                if by_guest && action == Action::Cancel && !facts.is_empty() {
                    facts.push(("cancellation", code));
                }
                (answer, facts)
            }
            Operation::Amend { code, arrival, departure, room_type, by_guest } => {
                let Some(before) = self.lines.get(&code).cloned() else {
                    return (Answer::Refused("ReservationNotFound"), Vec::new());
                };
                let after = Line {
                    arrival: arrival.unwrap_or(before.arrival),
                    departure: departure.unwrap_or(before.departure),
                    room_type: room_type.unwrap_or(before.room_type),
                    ..before.clone()
                };
                self.amend(code, &before, after, by_guest)
            }
            Operation::Extend { code, seconds } => self.extend(code, self.now + seconds),
            Operation::Release { code } => match self.act(code, Action::Release) {
                (Answer::Refused(_), _) => (Answer::Refused("HoldNotFound"), Vec::new()),
                done => done,
            },
            Operation::Lapse => (Answer::Lapsed(u32::try_from(self.overdue().len()).unwrap()), Vec::new()),
            Operation::Nudge { code } => self.nudge(code),
        }
    }

    fn enter(&mut self, code: ReservationCode, line: Line, kinds: &[&'static str]) -> (Answer, Vec<Told>) {
        let gone = self.gone(&line, code);
        if !gone.is_empty() {
            return (Answer::SoldOut(gone), Vec::new());
        }
        self.lines.insert(code, line.clone());
        (Answer::Is(code, line), kinds.iter().map(|kind| (*kind, code)).collect())
    }

    fn act(&mut self, code: ReservationCode, action: Action) -> (Answer, Vec<Told>) {
        let Some(line) = self.lines.get(&code).cloned() else {
            return (Answer::Refused("ReservationNotFound"), Vec::new());
        };
        let judged = if line.is_over(self.now) { Status::Lapsed } else { line.status };
        let next = match action {
            Action::Lapse => line.is_over(self.now).then_some(Status::Lapsed),
            _ => after(judged, action),
        };
        let Some(next) = next else { return (Answer::Refused("TransitionNotAllowed"), Vec::new()) };
        if consumes(next) && !consumes(line.status) {
            let gone = self.gone(&line, code);
            if !gone.is_empty() {
                return (Answer::SoldOut(gone), Vec::new());
            }
        }
        let line = Line { status: next, version: line.version + 1, ..line };
        self.lines.insert(code, line.clone());
        (Answer::Is(code, line), vec![(told(action), code)])
    }

    /// Before a guest has come all can change, by himself until the day before; in house the desk may change how long he
    /// stays, and where from today on.
    fn amend(&mut self, code: ReservationCode, before: &Line, mut after: Line, by_guest: bool) -> (Answer, Vec<Told>) {
        let is_in_house = before.status == Status::InHouse;
        let may = match before.status {
            Status::Confirmed => !by_guest || before.arrival > self.today,
            Status::InHouse => !by_guest,
            _ => false,
        };
        let arrives_anew = after.arrival != before.arrival;
        let earliest = if is_in_house { self.today } else { self.today + 1 };
        let is_possible = after.arrival < after.departure
            && !(arrives_anew && (is_in_house || after.arrival < self.today))
            && (after.departure == before.departure || after.departure >= earliest);
        if !may || !is_possible {
            return (Answer::Refused("Amendment"), Vec::new());
        }
        if after == *before {
            return (Answer::Is(code, after), Vec::new());
        }
        if after.room_type != before.room_type {
            after.counted_from = (is_in_house && after.arrival < self.today).then_some(self.today);
        }
        let gone = self.gone(&after, code);
        if !gone.is_empty() {
            return (Answer::SoldOut(gone), Vec::new());
        }
        after.version += 1;
        self.lines.insert(code, after.clone());
        (Answer::Is(code, after), vec![("changed", code)])
    }

    /// A running hold can be made longer twenty times; it never becomes shorter.
    fn extend(&mut self, code: ReservationCode, until: i64) -> (Answer, Vec<Told>) {
        let now = self.now;
        let running = |line: &&mut Line| line.status == Status::Held && !line.is_over(now);
        let Some(line) = self.lines.get_mut(&code).filter(running) else {
            return (Answer::Refused("HoldNotFound"), Vec::new());
        };
        if line.extensions == 20 {
            return (Answer::Refused("ExtensionsUsedUp"), Vec::new());
        }
        line.until = line.until.max(until);
        line.extensions += 1;
        line.version += 1;
        (Answer::Is(code, line.clone()), vec![("extended", code)])
    }

    fn nudge(&mut self, code: ReservationCode) -> (Answer, Vec<Told>) {
        let now = self.now;
        let Some(line) = self.lines.get_mut(&code) else {
            return (Answer::Refused("ReservationNotFound"), Vec::new());
        };
        if line.nudged_at.is_some_and(|last| now < last + NUDGE_INTERVAL_SECONDS) {
            return (Answer::Refused("TooSoon"), Vec::new());
        }
        line.nudged_at = Some(now);
        (Answer::Nudged, vec![("nudge", code)])
    }

    /// One key, one effect, one answer.
    fn first_answer(&self, key: Option<Key>) -> Option<Answer> {
        let Key { name, body } = key?;
        let (first, code, line) = self.keys.get(&name)?;
        Some(if *first == body {
            Answer::Booked { code: *code, line: line.clone(), replayed: true }
        } else {
            Answer::Refused("IdempotencyKeyReused")
        })
    }

    /// A sale is remembered under its key; a refusal is not.
    fn booked(&mut self, (answer, facts): (Answer, Vec<Told>), key: Option<Key>) -> (Answer, Vec<Told>) {
        let Answer::Is(code, line) = answer else { return (answer, facts) };
        if let Some(Key { name, body }) = key {
            self.keys.insert(name, (body, code, line.clone()));
        }
        (Answer::Booked { code, line, replayed: false }, facts)
    }
}

const fn fresh(room_type: usize, arrival: i32, departure: i32) -> Line {
    Line {
        room_type,
        arrival,
        departure,
        status: Status::Held,
        until: 0,
        version: 1,
        nudged_at: None,
        extensions: 0,
        counted_from: None,
    }
}
