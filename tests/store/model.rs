//! A hundred thousand operations of random histories, each compared with a plain model of the hotel: the answer, the
//! facts in the log, the reservation, and the counters of every night. Seeds are fixed; a failure names its own.

mod plain;

use std::collections::BTreeMap;

use vacancy::domain::{
    Action, Actor, Amendment, Fact, HoldId, NudgeMessage, Reservation, ReservationCode, State, Status,
};
use vacancy::server::store::command::{BookingOf, Change};
use vacancy::server::store::{CommandError, Guard, Idempotency, Reply};

use self::plain::{Answer, DAYS, Key, Line, NUDGE_INTERVAL_SECONDS, Operation, Plain, ROOMS, Told};
use crate::house::{House, Kind, code_of, day, stay};

const OPERATIONS_A_HISTORY: usize = 250;

/// With [`OPERATIONS_A_HISTORY`], 100,000 on both stores; `histories` shows that they tell the same.
const fn histories(kind: Kind) -> u64 {
    match kind {
        Kind::Memory => 320,
        Kind::Sqlite => 80,
    }
}

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// `SplitMix64` (Steele, Lea, Flood 2014): as random as a test needs, the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }
}

/// One history: the store, the model, and what was asked for so far.
struct History {
    house: House,
    plain: Plain,
    dice: Dice,
    codes: Vec<ReservationCode>,
    heard: usize,
    /// The manage token that each sale was answered with.
    tokens: BTreeMap<ReservationCode, String>,
}

impl History {
    async fn open(kind: Kind, guard: Guard, seed: u64) -> Self {
        let house = House::with_guard(kind, guard).await;
        let plain = Plain::at(house.now().unix_ms() / 1000, day(0).days_until(house.today()));
        Self { house, plain, dice: Dice(seed), codes: Vec::new(), heard: 0, tokens: BTreeMap::new() }
    }

    /// A code that was asked for before, mostly one of the last; at times one that never was.
    fn code(&mut self) -> ReservationCode {
        let recent = self.codes.len().saturating_sub(if self.dice.one_in(4) { 200 } else { 24 });
        if self.codes.is_empty() || self.dice.one_in(40) {
            return ReservationCode::from_random([0xff; 5]);
        }
        let codes = self.codes[recent..].to_vec();
        self.dice.pick(&codes)
    }

    fn new_code(&mut self) -> ReservationCode {
        let code = self.house.new_code();
        self.codes.push(code);
        code
    }

    fn key(&mut self) -> Option<Key> {
        let name = u8::try_from(self.dice.below(24)).unwrap();
        let body = u8::from(self.dice.one_in(5));
        self.dice.one_in(3).then_some(Key { name, body })
    }

    fn operation(&mut self) -> Operation {
        let arrival = i32::try_from(self.dice.below(DAYS as u64 - 1)).unwrap();
        let departure = (arrival + 1 + i32::try_from(self.dice.below(4)).unwrap()).min(DAYS);
        let room_type = usize::from(self.dice.one_in(4));
        match self.dice.below(20) {
            0..=3 => {
                let seconds = 60 + i64::try_from(self.dice.below(900)).unwrap();
                Operation::Hold { code: self.new_code(), room_type, arrival, departure, seconds }
            }
            4..=7 => Operation::Book { key: self.key(), code: self.new_code(), room_type, arrival, departure },
            8..=9 => Operation::BookHold { key: self.key(), code: self.code() },
            10 => Operation::Amend {
                code: self.code(),
                arrival: self.dice.one_in(2).then_some(arrival),
                departure: self.dice.one_in(2).then_some(departure),
                room_type: self.dice.one_in(3).then_some(room_type),
                by_guest: self.dice.one_in(3),
            },
            11..=16 => Operation::Act {
                code: self.code(),
                action: self.dice.pick(&Action::ALL),
                version: self.dice.one_in(5).then(|| 1 + u32::try_from(self.dice.below(4)).unwrap()),
                by_guest: self.dice.one_in(3),
            },
            17 if self.dice.one_in(2) => Operation::Release { code: self.code() },
            17 => Operation::Extend { code: self.code(), seconds: 60 + i64::try_from(self.dice.below(900)).unwrap() },
            18 => Operation::Lapse,
            _ => Operation::Nudge { code: self.code() },
        }
    }

    fn command(&self, operation: Operation) -> (Actor, Change) {
        let house = &self.house;
        let hold = |code: ReservationCode| HoldId(format!("hold-{code}"));
        let key = |key: Option<Key>| {
            key.map(|Key { name, body }| Idempotency { key: format!("key-{name}"), request_hash: [body; 32] })
        };
        let draft = |code: ReservationCode, room_type: usize, arrival: i32, departure: i32| {
            let mut draft = house.draft(ROOMS[room_type].0, stay(arrival, departure - arrival));
            (draft.code, draft.hold) = (code, Some(hold(code)));
            draft
        };
        match operation {
            Operation::Hold { code, room_type, arrival, departure, seconds } => {
                let until = house.now().plus_seconds(seconds);
                (Actor::Guest, Change::PlaceHold { draft: draft(code, room_type, arrival, departure), until })
            }
            Operation::Book { code, room_type, arrival, departure, key: with } => {
                let what = BookingOf::Draft(draft(code, room_type, arrival, departure));
                (Actor::Guest, house.booking(what, key(with)))
            }
            Operation::BookHold { code, key: with } => {
                (Actor::Guest, house.booking(BookingOf::Hold(hold(code)), key(with)))
            }
            Operation::Act { code, action, version, by_guest } => {
                let actor = if by_guest { Actor::Guest } else { Actor::Staff("desk@test.example".to_owned()) };
                (actor, Change::Act { code, action, version })
            }
            Operation::Amend { code, arrival, departure, room_type, by_guest } => {
                let actor = if by_guest { Actor::Guest } else { Actor::Staff("desk@test.example".to_owned()) };
                let amendment = Amendment {
                    arrival: arrival.map(day),
                    departure: departure.map(day),
                    room_type: room_type.map(|place| code_of(ROOMS[place].0)),
                    ..Amendment::default()
                };
                (actor, Change::Amend { code, amendment: Box::new(amendment), version: None })
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
        }
    }

    /// Carries out one operation on both, and compares.
    async fn step(&mut self) -> Result<(), String> {
        if self.dice.one_in(8) {
            let most = if self.dice.one_in(10) { DAY_SECONDS } else { 400 };
            let seconds = 1 + i64::try_from(self.dice.below(most)).unwrap();
            self.house.advance_seconds(seconds);
            self.plain.now += seconds;
            self.plain.today = day(0).days_until(self.house.today());
        }
        let operation = self.operation();
        let overdue = self.plain.overdue();
        let (expected, mut facts) = self.plain.carry_out(operation);
        let (actor, change) = self.command(operation);
        let answer = self.house.execute(actor, change).await;
        let told = self.told();
        // Whoever needs the nights may tidy away holds that are over; nobody else is tidied.
        let (tidied, rest): (Vec<Told>, Vec<Told>) =
            told.into_iter().partition(|(kind, code)| *kind == "lapsed" && overdue.contains(code));
        facts.retain(|(kind, code)| *kind != "lapsed" || !overdue.contains(code));
        for (_, code) in &tidied {
            if self.plain.lines[code].status == Status::Held {
                self.plain.tidied(*code)?;
            }
        }
        if answer.is_err() && !tidied.is_empty() {
            return Err(format!("{operation:?} was refused and changed something"));
        }
        same(&format!("the facts of {operation:?}"), &rest, &facts)?;
        self.compare_answer(operation, &expected, &answer)?;
        self.compare_reservations(operation, &rest, &tidied).await?;
        self.compare_counters(operation).await
    }

    /// What was logged since the last operation.
    fn told(&mut self) -> Vec<Told> {
        let journal = self.house.journal.heard.lock().unwrap();
        let new = &journal[self.heard..];
        let told = new.iter().filter_map(|(logged, _)| match &logged.fact {
            Fact::Reservation { kind, reservation, .. } => Some((kind.as_str(), reservation.code)),
            Fact::Alert { kind, code, .. } => Some((kind.as_str(), *code)),
            Fact::Room { .. }
            | Fact::Nights { .. }
            | Fact::Folio { .. }
            | Fact::Day { .. }
            | Fact::Terms { .. }
            | Fact::Staff { .. } => None,
        });
        let told = told.collect();
        self.heard = journal.len();
        told
    }

    fn compare_answer(
        &mut self,
        operation: Operation,
        expected: &Answer,
        answer: &Result<Reply, CommandError>,
    ) -> Result<(), String> {
        let found = match answer {
            Ok(Reply::Held(reservation) | Reply::Changed(reservation)) => {
                Answer::Is(reservation.code, self.line_of(reservation))
            }
            Ok(Reply::Booked { reservation, manage_token, replayed }) => {
                let first = self.tokens.entry(reservation.code).or_insert_with(|| manage_token.clone());
                same("the token of the first answer", manage_token, first)?;
                Answer::Booked { code: reservation.code, line: self.line_of(reservation), replayed: *replayed }
            }
            Ok(Reply::Lapsed(count)) => Answer::Lapsed(*count),
            Ok(Reply::Nudged) => Answer::Nudged,
            Ok(other) => return Err(format!("{operation:?} was answered with {other:?}")),
            Err(CommandError::SoldOut(sold_out)) => {
                Answer::SoldOut(sold_out.nights.iter().map(|night| day(0).days_until(*night)).collect())
            }
            Err(error) => Answer::Refused(name(error)),
        };
        // Nudges are no part of an answer, and a booking's does not tell how its hold was renewed.
        let strip = |answer: &Answer| match answer.clone() {
            Answer::Is(code, line) => Answer::Is(code, Line { nudged_at: None, ..line }),
            Answer::Booked { code, line, replayed } => {
                let line = Line { nudged_at: None, extensions: 0, counted_from: None, ..line };
                Answer::Booked { code, line, replayed }
            }
            other => other,
        };
        same(&format!("the answer to {operation:?}"), &strip(&found), &strip(expected))
    }

    fn line_of(&self, reservation: &Reservation) -> Line {
        let until = match reservation.state() {
            State::Held { until } => until.unix_ms() / 1000,
            _ => self.plain.lines.get(&reservation.code).map_or(0, |line| line.until),
        };
        Line {
            room_type: ROOMS.iter().position(|(code, _)| *code == reservation.room_type.as_str()).unwrap(),
            arrival: day(0).days_until(reservation.stay.arrival()),
            departure: day(0).days_until(reservation.stay.departure()),
            status: reservation.state().status(),
            until,
            version: reservation.version,
            nudged_at: reservation.last_nudge_at.map(|at| at.unix_ms() / 1000),
            extensions: reservation.extensions,
            counted_from: reservation.counted_from.map(|from| day(0).days_until(from)),
        }
    }

    /// The reservation that was meant, and every one with a fact, is stored as the model has it.
    async fn compare_reservations(&self, operation: Operation, facts: &[Told], tidied: &[Told]) -> Result<(), String> {
        let meant = match operation {
            Operation::Hold { code, .. }
            | Operation::Book { code, .. }
            | Operation::BookHold { code, .. }
            | Operation::Act { code, .. }
            | Operation::Amend { code, .. }
            | Operation::Extend { code, .. }
            | Operation::Release { code }
            | Operation::Nudge { code } => Some(code),
            Operation::Lapse => None,
        };
        for code in facts.iter().chain(tidied).map(|(_, code)| *code).chain(meant) {
            let stored = self.house.store.reservation(code).await.map_err(|error| error.to_string())?;
            let found = stored.as_ref().map(|stored| self.line_of(stored));
            same(&format!("{code} after {operation:?}"), &found, &self.plain.lines.get(&code).cloned())?;
            if let Some(stored) = stored {
                let total: i64 = stored.nightly.iter().map(|(_, price)| price.minor).sum();
                same("the total is the sum of the nights", &stored.total.minor, &total)?;
            }
        }
        Ok(())
    }

    /// Every night counts what the model counts, and never more than there is.
    async fn compare_counters(&self, operation: Operation) -> Result<(), String> {
        let counters = self.house.counters().await;
        for (room_type, (code, rooms)) in ROOMS.iter().enumerate() {
            for offset in 0..DAYS {
                let stored = counters.get(&(code_of(code), day(offset))).copied().unwrap_or_default();
                let (sold, held) = self.plain.written(room_type, offset);
                same(&format!("{code} on day {offset} after {operation:?}"), &stored, &(sold, held, 0))?;
                if sold + held > *rooms {
                    return Err(format!("{code} is sold twice on day {offset} after {operation:?}"));
                }
            }
        }
        Ok(())
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: found {found:?}, expected {expected:?}")) }
}

const fn name(error: &CommandError) -> &'static str {
    match error {
        CommandError::SoldOut(_) => "SoldOut",
        CommandError::ReservationNotFound => "ReservationNotFound",
        CommandError::HoldNotFound => "HoldNotFound",
        CommandError::TransitionNotAllowed(_) => "TransitionNotAllowed",
        CommandError::IdempotencyKeyReused => "IdempotencyKeyReused",
        CommandError::VersionConflict { .. } => "VersionConflict",
        CommandError::TooSoon { .. } => "TooSoon",
        CommandError::CodeTaken => "CodeTaken",
        CommandError::Amendment(_) => "Amendment",
        CommandError::ExtensionsUsedUp => "ExtensionsUsedUp",
        _ => "another",
    }
}

async fn walk(kind: Kind, guard: Guard, seed: u64) -> Result<(), String> {
    let mut history = History::open(kind, guard, seed).await;
    for place in 0..OPERATIONS_A_HISTORY {
        history.step().await.map_err(|fault| format!("{kind:?}, seed {seed}, operation {place}: {fault}"))?;
    }
    if guard == Guard::On {
        history.house.check_books().await;
    }
    Ok(())
}

async fn walk_all(kind: Kind, guard: Guard, seeds: std::ops::Range<u64>) -> Result<(), String> {
    for seed in seeds {
        walk(kind, guard, seed).await?;
    }
    Ok(())
}

async fn random_histories_are_as_the_plain_model_says(kind: Kind) {
    walk_all(kind, Guard::On, 0..histories(kind)).await.unwrap();
}

/// The control: a house that may be sold twice is found out.
async fn a_store_without_its_guard_is_found_out(kind: Kind) {
    let found = walk_all(kind, Guard::Off, 0..histories(kind)).await;
    assert!(found.is_err());
}

crate::for_every_store!(random_histories_are_as_the_plain_model_says, a_store_without_its_guard_is_found_out);
