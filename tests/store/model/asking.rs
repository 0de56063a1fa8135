//! What is asked for next, by the dice; and how the store is asked for it.

use vacancy::domain::rooms::BlockId;
use vacancy::domain::{
    Action, Actor, Amendment, BlockKind, Condition, HoldId, Nights, NudgeMessage, ReservationCode, RoomNumber, Status,
};
use vacancy::server::store::command::{BookingOf, Change};
use vacancy::server::store::{Idempotency, RoomChange};

use super::History;
use super::plain::{DAYS, DOORS, Key, Line, NUDGE_INTERVAL_SECONDS, Operation, ROOMS};
use crate::house::{code_of, day, stay};

/// A number that is on no door.
const NO_DOOR: usize = DOORS.len();

pub fn number(door: usize) -> RoomNumber {
    DOORS.get(door).map_or("999", |(number, _)| *number).parse().unwrap()
}

impl History {
    /// A code that was asked for before, mostly one of the last; at times one that never was.
    fn code(&mut self) -> ReservationCode {
        let recent = self.codes.len().saturating_sub(if self.dice.one_in(4) { 200 } else { 24 });
        if self.codes.is_empty() || self.dice.one_in(40) {
            return ReservationCode::from_random([0xff; 5]);
        }
        let codes = self.codes[recent..].to_vec();
        self.dice.pick(&codes)
    }

    /// Mostly a stay that can have a room.
    fn sold(&mut self) -> ReservationCode {
        let is_sold = |status: Status| matches!(status, Status::Confirmed | Status::InHouse);
        let sold: Vec<ReservationCode> =
            self.plain.lines.iter().filter(|(_, line)| is_sold(line.status)).map(|(code, _)| *code).collect();
        if sold.is_empty() || self.dice.one_in(8) { self.code() } else { self.dice.pick(&sold) }
    }

    fn new_code(&mut self) -> ReservationCode {
        let code = self.house.new_code();
        self.codes.push(code);
        code
    }

    fn key(&mut self) -> Option<Key> {
        let (name, body) = (self.dice.small(24), u8::from(self.dice.one_in(5)));
        self.dice.one_in(3).then_some(Key { name, body })
    }

    fn version(&mut self) -> Option<u32> {
        self.dice.one_in(5).then(|| 1 + self.dice.small::<u32>(4))
    }

    fn door(&mut self) -> usize {
        if self.dice.one_in(20) { NO_DOOR } else { self.dice.small(DOORS.len() as u64) }
    }

    /// Mostly one that the stay could have.
    fn door_for(&mut self, code: ReservationCode) -> usize {
        let room_type = self.plain.lines.get(&code).map(|line| line.room_type);
        let doors: Vec<usize> = (0..DOORS.len()).filter(|door| Some(DOORS[*door].1) == room_type).collect();
        if doors.is_empty() || self.dice.one_in(8) { self.door() } else { self.dice.pick(&doors) }
    }

    /// What the desk does all day: who comes is let in, and who should go is seen off.
    fn due(&mut self) -> (ReservationCode, Action) {
        let today = self.plain.today;
        let comes = |line: &Line| line.status == Status::Confirmed && line.arrival <= today && today < line.departure;
        let goes = |line: &Line| line.status == Status::InHouse && line.departure <= today;
        let of = |line: &Line| match line {
            line if comes(line) => Some(Action::CheckIn),
            line if goes(line) => Some(Action::CheckOut),
            _ => None,
        };
        let due: Vec<_> = self.plain.lines.iter().filter_map(|(code, line)| Some((*code, of(line)?))).collect();
        if due.is_empty() { (self.code(), Action::CheckIn) } else { self.dice.pick(&due) }
    }

    /// From which day on a stay shall be in another room; for all of them where it is none.
    fn from(&mut self, code: ReservationCode) -> Option<i32> {
        let line = self.plain.lines.get(&code);
        let (first, end) = line.map_or((0, 1), |line| (line.arrival, line.departure));
        self.dice.one_in(2).then(|| first + self.dice.small::<i32>(u64::from(first.abs_diff(end)) + 1))
    }

    /// Mostly a stay that can be in another room from a day on, with the day.
    fn split(&mut self) -> (ReservationCode, Option<i32>) {
        let today = self.plain.today;
        let can = |line: &Line| {
            let first = line.arrival.max(today);
            let is_sold = matches!(line.status, Status::Confirmed | Status::InHouse);
            (is_sold && line.room.is_some() && line.departure - first > 1).then_some((first, line.departure))
        };
        let all: Vec<_> = self.plain.lines.iter().filter_map(|(code, line)| Some((*code, can(line)?))).collect();
        if all.is_empty() || self.dice.one_in(8) {
            let code = self.sold();
            return (code, self.from(code));
        }
        let (code, (first, end)) = self.dice.pick(&all);
        (code, Some(first + 1 + self.dice.small::<i32>(u64::from(first.abs_diff(end)) - 1)))
    }

    /// Mostly a guest who is to go to another room today.
    fn on_the_move(&mut self) -> ReservationCode {
        let is_due = |line: &Line| line.status == Status::InHouse && self.plain.is_to_move(line);
        let due: Vec<_> = self.plain.lines.iter().filter(|(_, line)| is_due(line)).map(|(code, _)| *code).collect();
        if due.is_empty() || self.dice.one_in(6) { self.sold() } else { self.dice.pick(&due) }
    }

    pub fn operation(&mut self) -> Operation {
        if self.dice.one_in(3) { self.of_rooms() } else { self.of_stays() }
    }

    fn of_stays(&mut self) -> Operation {
        // Mostly days that are near, so that guests come and go in a history.
        let first = if self.dice.one_in(3) { 0 } else { self.plain.today.clamp(0, DAYS - 2) };
        let days = u64::try_from(DAYS - 1 - first).unwrap();
        let arrival = first + self.dice.small::<i32>(if first == 0 { days } else { days.min(4) });
        let departure = (arrival + 1 + self.dice.small::<i32>(4)).min(DAYS);
        let room_type = usize::from(self.dice.one_in(4));
        match self.dice.below(20) {
            0..=3 => {
                let seconds = 60 + self.dice.small::<i64>(900);
                Operation::Hold { code: self.new_code(), room_type, arrival, departure, seconds }
            }
            4..=7 => {
                let door = self.dice.one_in(6).then(|| self.door());
                Operation::Book { key: self.key(), code: self.new_code(), room_type, arrival, departure, door }
            }
            8..=9 => Operation::BookHold { key: self.key(), code: self.code() },
            10 => {
                let code = self.sold();
                Operation::Amend {
                    code,
                    arrival: self.dice.one_in(2).then_some(arrival),
                    departure: self.dice.one_in(2).then_some(departure),
                    room_type: self.dice.one_in(3).then_some(room_type),
                    door: self.dice.one_in(4).then(|| self.door_for(code)),
                    from: self.from(code),
                    by_guest: self.dice.one_in(3),
                }
            }
            11..=12 => {
                let (code, action) = self.due();
                Operation::Act { code, action, version: None, by_guest: false }
            }
            13..=16 => Operation::Act {
                code: if self.dice.one_in(3) { self.sold() } else { self.code() },
                action: self.dice.pick(&Action::ALL),
                version: self.version(),
                by_guest: self.dice.one_in(3),
            },
            17 if self.dice.one_in(2) => Operation::Release { code: self.code() },
            17 => Operation::Extend { code: self.code(), seconds: 60 + self.dice.small::<i64>(900) },
            18 => Operation::Lapse,
            _ => Operation::Nudge { code: self.code() },
        }
    }

    fn of_rooms(&mut self) -> Operation {
        match self.dice.below(24) {
            0..=3 => {
                let code = self.sold();
                let (door, from) = (Some(self.door_for(code)), self.from(code));
                Operation::Assign { code, door, from, version: self.version() }
            }
            4..=6 => Operation::Assign { code: self.sold(), door: None, from: None, version: self.version() },
            7 => Operation::Unassign { code: self.sold(), version: self.version() },
            8..=9 => match (self.sold(), self.sold()) {
                (code, with) if code == with => Operation::Unassign { code, version: None },
                (code, with) => Operation::Swap { code, with, version: self.version() },
            },
            10..=11 => {
                let first = (self.plain.today.max(0) + self.dice.small::<i32>(8)).min(DAYS - 1);
                let end = (first + 1 + self.dice.small::<i32>(3)).min(DAYS);
                Operation::Block { door: self.door(), first, end, out_of_order: self.dice.one_in(2) }
            }
            12..=13 => {
                let blocks: Vec<(u64, usize)> = self.plain.blocks.iter().map(|(id, block)| (*id, block.door)).collect();
                let (id, door) = if blocks.is_empty() { (0, 0) } else { self.dice.pick(&blocks) };
                Operation::Unblock { door: if self.dice.one_in(6) { self.door() } else { door }, id }
            }
            14..=15 => Operation::Clean { door: self.door(), condition: self.dice.pick(&Condition::ALL) },
            16..=20 => {
                let (code, from) = self.split();
                Operation::Assign { code, door: Some(self.door_for(code)), from, version: None }
            }
            21 => {
                let (code, from) = self.split();
                let door = (!self.dice.one_in(4)).then(|| self.door_for(code));
                let departure = self.plain.lines.get(&code).map(|line| (line.departure + 1).min(DAYS));
                let departure = departure.filter(|_| self.dice.one_in(2));
                Operation::Amend { code, arrival: None, departure, room_type: None, door, from, by_guest: false }
            }
            _ => Operation::Moved { code: self.on_the_move(), version: self.version() },
        }
    }

    pub fn command(&self, operation: Operation) -> (Actor, Change) {
        let house = &self.house;
        let desk = || Actor::Staff("desk@test.example".to_owned());
        let by = |guest: bool| if guest { Actor::Guest } else { desk() };
        let hold = |code: ReservationCode| HoldId(format!("hold-{code}"));
        let key = |key: Option<Key>| {
            key.map(|Key { name, body }| Idempotency { key: format!("key-{name}"), request_hash: [body; 32] })
        };
        let draft = |code: ReservationCode, room_type: usize, arrival: i32, departure: i32| {
            let mut draft = house.draft(ROOMS[room_type].0, stay(arrival, departure - arrival));
            (draft.code, draft.hold) = (code, Some(hold(code)));
            draft
        };
        let rooms = |change: RoomChange| (desk(), Change::Room(change));
        match operation {
            Operation::Hold { code, room_type, arrival, departure, seconds } => {
                let until = house.now().plus_seconds(seconds);
                (Actor::Guest, Change::PlaceHold { draft: draft(code, room_type, arrival, departure), until })
            }
            Operation::Book { code, room_type, arrival, departure, door, key: with } => {
                let what = BookingOf::Draft(draft(code, room_type, arrival, departure));
                let mut change = house.booking(what, key(with));
                if let Change::Book(booking) = &mut change {
                    booking.room = door.map(number);
                }
                (Actor::Guest, change)
            }
            Operation::BookHold { code, key: with } => {
                (Actor::Guest, house.booking(BookingOf::Hold(hold(code)), key(with)))
            }
            Operation::Act { code, action, version, by_guest } => {
                (by(by_guest), Change::Act { code, action, version, shown_fee: None })
            }
            Operation::Amend { code, arrival, departure, room_type, door, from, by_guest } => {
                let amendment = Amendment {
                    arrival: arrival.map(day),
                    departure: departure.map(day),
                    room_type: room_type.map(|place| code_of(ROOMS[place].0)),
                    room: door.map(number),
                    room_from: from.map(day),
                    ..Amendment::default()
                };
                (by(by_guest), Change::Amend { code, amendment: Box::new(amendment), version: None })
            }
            Operation::Extend { code, seconds } => {
                let until = house.now().plus_seconds(seconds);
                (Actor::Guest, Change::ExtendHold { hold: hold(code), until })
            }
            Operation::Release { code } => (Actor::Guest, Change::ReleaseHold { hold: hold(code) }),
            Operation::Lapse => (Actor::System, Change::LapseHolds),
            Operation::Nudge { code } => {
                let message: NudgeMessage = "Is the kitchen open?".parse().unwrap();
                let interval_seconds = u32::try_from(NUDGE_INTERVAL_SECONDS).unwrap();
                (Actor::Guest, Change::Nudge { code, message, interval_seconds })
            }
            Operation::Assign { code, door, from, version } => {
                rooms(RoomChange::Assign { code, room: door.map(number), from: from.map(day), version })
            }
            Operation::Moved { code, version } => rooms(RoomChange::Moved { code, version }),
            Operation::Unassign { code, version } => rooms(RoomChange::Unassign { code, version }),
            Operation::Swap { code, with, version } => rooms(RoomChange::Swap { code, with, version }),
            Operation::Block { door, first, end, out_of_order } => {
                let kind = if out_of_order { BlockKind::OutOfOrder } else { BlockKind::OutOfService };
                let nights = Nights::new(day(first), day(end)).unwrap();
                rooms(RoomChange::Block { room: number(door), kind, reason: "Painting".parse().unwrap(), nights })
            }
            Operation::Unblock { door, id } => rooms(RoomChange::Unblock { room: number(door), id: BlockId(id) }),
            Operation::Clean { door, condition } => rooms(RoomChange::SetCondition { room: number(door), condition }),
            Operation::BeginDay => (Actor::System, Change::Room(RoomChange::BeginDay)),
        }
    }
}

impl Operation {
    /// The stays that are meant.
    pub fn codes(self) -> Vec<ReservationCode> {
        match self {
            Self::Hold { code, .. }
            | Self::Book { code, .. }
            | Self::BookHold { code, .. }
            | Self::Act { code, .. }
            | Self::Amend { code, .. }
            | Self::Extend { code, .. }
            | Self::Release { code }
            | Self::Nudge { code }
            | Self::Assign { code, .. }
            | Self::Moved { code, .. }
            | Self::Unassign { code, .. } => vec![code],
            Self::Swap { code, with, .. } => vec![code, with],
            Self::Lapse | Self::Block { .. } | Self::Unblock { .. } | Self::Clean { .. } | Self::BeginDay => Vec::new(),
        }
    }
}
