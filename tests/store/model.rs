//! A hundred thousand operations of random histories, each compared with a plain model of the hotel: the answer, the
//! facts in the log, the reservation, the counters of every night, and who is in which room. Where the program may
//! choose, the model asks whether it might choose so. Seeds are fixed; a failure names its own.

mod asking;
mod comparing;
mod dice;
mod plain;

use std::collections::BTreeMap;

use vacancy::domain::{Fact, Reservation, ReservationCode, Status};
use vacancy::server::store::{CommandError, Guard, Reply, RoomReply};

use self::comparing::{refusal, same};
use self::dice::Dice;
use self::plain::{Answer, Block, DAYS, Operation, Plain, Told, Verdict};
use crate::house::{House, Kind, day};

const OPERATIONS_A_HISTORY: usize = 250;

/// With [`OPERATIONS_A_HISTORY`], 100,000 on both stores; `histories` shows that they tell the same.
const fn histories(kind: Kind) -> u64 {
    match kind {
        Kind::Memory => 360,
        Kind::Sqlite => 40,
    }
}

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// The clock stops here, so that there are nights left to ask for.
const LAST_DAY: i32 = DAYS - 3;

/// What must have happened in 10,000 operations, and how often at least: else little of it was compared.
const MUST_HAPPEN: [(&str, u32); 5] =
    [("split", 100), ("joined again", 30), ("moved on", 3), ("kept waiting", 20), ("changed with a later room", 15)];

/// What happened, and how often.
type Tally = BTreeMap<&'static str, u32>;

/// What is wrong with the house, so that the model is seen to find it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    /// Sells what is sold.
    Oversells,
    /// Sells nights that are closed because of how stays lie in rooms, and the model lets it.
    SellsWhatIsClosed,
    /// Lets guests into rooms that others have not left.
    LetsIn,
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
    tally: Tally,
}

/// A stay that was moved: from this door to that one.
type Moved = (ReservationCode, usize, usize);

impl History {
    async fn open(kind: Kind, fault: Fault, seed: u64) -> Self {
        let guard = match fault {
            Fault::None => Guard::On,
            Fault::Oversells | Fault::SellsWhatIsClosed => Guard::Off,
            Fault::LetsIn => Guard::LetsIn,
        };
        let house = House::with_guard(kind, guard).await;
        // One house in four has no numbers on its doors.
        let has_numbers = !seed.is_multiple_of(4);
        if has_numbers {
            house.furnish().await;
        }
        let mut plain = Plain::at(house.now().unix_ms() / 1000, day(0).days_until(house.today()), has_numbers);
        plain.heeds_no_closing = fault == Fault::SellsWhatIsClosed;
        Self {
            house,
            plain,
            dice: Dice(seed),
            codes: Vec::new(),
            heard: 0,
            tokens: BTreeMap::new(),
            tally: Tally::new(),
        }
    }

    /// Some time goes by, a day begins when it must, and something is done.
    async fn step(&mut self) -> Result<(), String> {
        if self.dice.one_in(8) && self.plain.today < LAST_DAY {
            let most = if self.dice.one_in(2) { DAY_SECONDS } else { 400 };
            let seconds = 1 + self.dice.small::<i64>(most);
            self.house.advance_seconds(seconds);
            self.plain.now += seconds;
            let today = day(0).days_until(self.house.today());
            if std::mem::replace(&mut self.plain.today, today) != today {
                self.carry_out(Operation::BeginDay).await?;
            }
        }
        // A store without its guard never finds that it needs the nights of a hold that is over.
        if self.plain.heeds_no_closing {
            self.carry_out(Operation::Lapse).await?;
        }
        let operation = self.operation();
        let whole = self.whole(operation);
        self.carry_out(operation).await?;
        match whole {
            Some((code, door)) if self.dice.one_in(2) => self.join_again(code, door).await,
            _ => Ok(()),
        }
    }

    /// A stay that is fixed in one room and shall be in another from a day on, with the room.
    fn whole(&self, operation: Operation) -> Option<(ReservationCode, usize)> {
        let Operation::Assign { code, from: Some(_), .. } = operation else { return None };
        let line = self.plain.lines.get(&code)?;
        let is_whole = line.later.is_empty() && (line.pinned || line.status == Status::InHouse);
        line.room.filter(|_| is_whole).map(|door| (code, door))
    }

    /// Who was split can be given his room for all his days again, as nobody else has it yet.
    async fn join_again(&mut self, code: ReservationCode, door: usize) -> Result<(), String> {
        if self.plain.lines[&code].later.is_empty() {
            return Ok(());
        }
        self.carry_out(Operation::Assign { code, door: Some(door), from: None, version: None }).await?;
        *self.tally.entry("joined again").or_default() += 1;
        let joined = &self.plain.lines[&code];
        same(&format!("{code} split and joined again"), &(joined.room, joined.later.len()), &(Some(door), 0))
    }

    /// Carries out one operation on both, and compares.
    async fn carry_out(&mut self, operation: Operation) -> Result<(), String> {
        let overdue = self.plain.overdue();
        let before = (!overdue.is_empty()).then(|| self.plain.clone());
        let mut verdict = self.plain.carry_out(operation);
        if self.plain.heeds_no_closing && matches!(verdict.answer, Answer::SoldOut(_)) {
            return Ok(());
        }
        let (actor, change) = self.command(operation);
        let answer = self.house.execute(actor, change).await;
        if let Some(before) = before {
            verdict = self.judge_anew(operation, before, &answer, verdict);
        }
        let log = self.heard;
        let told = self.told();
        // Whoever needs the nights may tidy away holds that are over; nobody else is tidied.
        let (tidied, rest): (Vec<Told>, Vec<Told>) =
            told.into_iter().partition(|(kind, code)| *kind == "lapsed" && overdue.contains(code));
        verdict.facts.retain(|(kind, code)| *kind != "lapsed" || !overdue.contains(code));
        for (_, code) in &tidied {
            if self.plain.lines[code].status == Status::Held {
                self.plain.tidied(*code)?;
            }
        }
        if answer.is_err() && !tidied.is_empty() {
            return Err(format!("{operation:?} was refused and changed something"));
        }
        if answer.is_err() || verdict.answer.is_refusal() {
            self.compare_answer(operation, &verdict.answer, &answer, &[])?;
        }
        self.count(operation, &verdict.answer);
        self.note_block(operation, &answer)?;
        let codes = rest.iter().chain(&tidied).map(|(_, code)| *code).chain(operation.codes());
        let stored = self.stored(codes.collect()).await?;
        let rooms = stored.iter().map(|(code, stored)| (*code, self.line_of(stored).room)).collect();
        let moved = self.plain.adopt(&verdict.choice, &rooms).map_err(|fault| format!("{operation:?}: {fault}"))?;
        let ready = self.plain.tell_readiness();
        Self::compare_facts(operation, rest, &verdict.facts, &moved, ready)?;
        self.compare_answer(operation, &verdict.answer, &answer, &moved)?;
        self.compare_reservations(operation, &stored)?;
        self.compare_counters(operation).await?;
        // What is not in the log has not happened.
        if self.heard == log { Ok(()) } else { self.compare_rooms(operation).await }
    }

    /// Where a sale takes back holds that are over, other nights are closed than before; which, the program says. Whether
    /// it closed too few or too many is asked afterwards, as always.
    fn judge_anew(
        &mut self,
        operation: Operation,
        before: Plain,
        answer: &Result<Reply, CommandError>,
        verdict: Verdict,
    ) -> Verdict {
        match (answer, &verdict.answer) {
            (Ok(_), Answer::SoldOut(_)) => {
                let heeds_no_closing = std::mem::replace(&mut self.plain, before).heeds_no_closing;
                self.plain.heeds_no_closing = true;
                let verdict = self.plain.carry_out(operation);
                self.plain.heeds_no_closing = heeds_no_closing;
                verdict
            }
            (Err(error @ CommandError::SoldOut(_)), _) if before.must_close_without_holds() => {
                self.plain = before;
                refusal(error).into()
            }
            (Err(error @ CommandError::SoldOut(found)), Answer::SoldOut(expected))
                if found.nights.len() < expected.len() =>
            {
                refusal(error).into()
            }
            _ => verdict,
        }
    }

    fn count(&mut self, operation: Operation, answer: &Answer) {
        let what = match (operation, answer) {
            (Operation::Assign { from: Some(_), .. }, Answer::Is(_, line)) if !line.later.is_empty() => "split",
            (Operation::Amend { door: Some(_), from: Some(_), .. }, Answer::Is(_, line)) if !line.later.is_empty() => {
                "changed with a later room"
            }
            (Operation::Moved { .. }, Answer::Is(..)) => "moved on",
            (Operation::Act { .. } | Operation::Moved { .. }, Answer::Taken(..)) => "kept waiting",
            _ => return,
        };
        *self.tally.entry(what).or_default() += 1;
    }

    /// The number of a block is the store's to give.
    fn note_block(&mut self, operation: Operation, answer: &Result<Reply, CommandError>) -> Result<(), String> {
        let (Operation::Block { door, first, end, .. }, Ok(Reply::Room(RoomReply::Room { blocks, .. }))) =
            (operation, answer)
        else {
            return Ok(());
        };
        let id = blocks.iter().map(|block| block.id.0).max().ok_or("a block is told of")?;
        let earlier = self.plain.blocks.insert(id, Block { door, days: first..end });
        same("a block under this number", &earlier, &None)
    }

    async fn stored(&self, codes: Vec<ReservationCode>) -> Result<BTreeMap<ReservationCode, Reservation>, String> {
        let mut found = BTreeMap::new();
        for code in codes {
            if !found.contains_key(&code) {
                let stored = self.house.store.reservation(code).await.map_err(|error| error.to_string())?;
                found.extend(stored.map(|stored| (code, stored)));
            }
        }
        Ok(found)
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
}

async fn walk(kind: Kind, fault: Fault, seed: u64) -> Result<Tally, String> {
    let mut history = History::open(kind, fault, seed).await;
    for place in 0..OPERATIONS_A_HISTORY {
        history.step().await.map_err(|fault| format!("{kind:?}, seed {seed}, operation {place}: {fault}"))?;
    }
    if fault == Fault::None {
        history.house.check_books().await;
    }
    Ok(history.tally)
}

async fn walk_all(kind: Kind, fault: Fault) -> Result<Tally, String> {
    let mut tally = Tally::new();
    for seed in 0..histories(kind) {
        for (what, times) in walk(kind, fault, seed).await? {
            *tally.entry(what).or_default() += times;
        }
    }
    Ok(tally)
}

async fn random_histories_are_as_the_plain_model_says(kind: Kind) {
    let tally = walk_all(kind, Fault::None).await.unwrap();
    let ten_thousands = u32::try_from(histories(kind)).unwrap() / 40;
    for (what, times) in MUST_HAPPEN {
        assert!(tally.get(what).is_some_and(|found| *found >= times * ten_thousands), "{what}: {tally:?}");
    }
}

/// The control: a house that may be sold twice is found out.
async fn a_store_without_its_guard_is_found_out(kind: Kind) {
    assert!(walk_all(kind, Fault::Oversells).await.is_err());
}

/// The control of the rooms: with something left on every night a stay may still find no room for all of them.
async fn a_store_that_sells_closed_nights_is_found_out(kind: Kind) {
    let fault = walk_all(kind, Fault::SellsWhatIsClosed).await.unwrap_err();
    assert!(fault.contains("cannot be housed"), "{fault}");
}

/// The control of the rule that nobody goes to a room before its last guest has left it.
async fn a_store_that_lets_guests_in_is_found_out(kind: Kind) {
    let fault = walk_all(kind, Fault::LetsIn).await.unwrap_err();
    assert!(fault.contains("expected Taken"), "{fault}");
}

crate::for_every_store!(
    random_histories_are_as_the_plain_model_says,
    a_store_without_its_guard_is_found_out,
    a_store_that_sells_closed_nights_is_found_out,
    a_store_that_lets_guests_in_is_found_out,
);
