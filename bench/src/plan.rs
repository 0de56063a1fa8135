//! What is asked for on the command line.

use std::path::PathBuf;

use crate::Failure;

pub const USAGE: &str = "\
Usage: bench [--quick] [--only SHAPES] [--rounds N] [--write FILE] [--curve]
  --quick          small loads, three rounds, ours against the floor and the twin alone; fails when a ratio is far off
  --only SHAPES    some of fan-out,topics,saturated,burst,idle,storm,stalled,bookings,pages,replay, with commas
  --subscribers N  one size of fan-out instead of all
  --peers NAMES    some of the servers, such as floor,vacancy,nchan
  --rounds N       how many rounds; medians are given [default: 5, quick: 3]
  --stall SECONDS  how long the readers of `stalled` stop [default: 8, quick: 1]
  --curve          instead: reads and start-up with ever more reservations and hotels
  --most N         the most reservations of the curve [default: 100000]
  --reservations N one size of the curve instead of all, as a table of its own
  --bookings FILE  hotel_bookings.csv.gz for `replay` [or VACANCY_BOOKINGS; without one it is skipped]
  --program FILE   the server [or VACANCY_PROGRAM; default: target/release/vacancy]
  --write FILE     puts what this and earlier runs have kept under target/bench together as a page, charts beside it";

/// How much is measured. What is particular to a shape stands in its own file.
#[derive(Clone, Debug)]
pub struct Plan {
    pub quick: bool,
    pub curve: bool,
    pub rounds: usize,
    pub subscribers: Option<usize>,
    pub stall_seconds: Option<u64>,
    pub most_reservations: usize,
    pub reservations: Option<usize>,
    pub bookings: Option<PathBuf>,
    pub program: PathBuf,
    pub command: String,
    pub write: Option<PathBuf>,
    only: Option<String>,
    peers: Option<String>,
}

impl Plan {
    pub fn read(arguments: &[String]) -> Result<Self, Failure> {
        let quick = arguments.iter().any(|argument| argument == "--quick");
        let from_environment = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let mut plan = Self {
            quick,
            curve: false,
            rounds: if quick { 3 } else { 5 },
            subscribers: None,
            stall_seconds: None,
            most_reservations: 100_000,
            reservations: None,
            bookings: from_environment("VACANCY_BOOKINGS"),
            program: from_environment("VACANCY_PROGRAM").unwrap_or_else(|| "target/release/vacancy".into()),
            command: format!("make bench BENCH=\"{}\"", arguments.join(" ")).replace(" BENCH=\"\"", ""),
            write: None,
            only: None,
            peers: None,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or_else(|| Failure::from(format!("{argument} needs a value\n{USAGE}")));
            match argument.as_str() {
                "--quick" => {}
                "--curve" => plan.curve = true,
                "--only" => plan.only = Some(value()?.clone()),
                "--peers" => plan.peers = Some(value()?.clone()),
                "--rounds" => plan.rounds = value()?.parse::<usize>()?.max(1),
                "--subscribers" => plan.subscribers = Some(value()?.parse::<usize>()?.max(1)),
                "--stall" => plan.stall_seconds = Some(value()?.parse()?),
                "--most" => plan.most_reservations = value()?.parse()?,
                "--reservations" => plan.reservations = Some(value()?.parse()?),
                "--bookings" => plan.bookings = Some(PathBuf::from(value()?)),
                "--write" => plan.write = Some(PathBuf::from(value()?)),
                "--program" => plan.program = PathBuf::from(value()?),
                _ => return Err(format!("{argument} is not known\n{USAGE}").into()),
            }
        }
        Ok(plan)
    }

    pub fn wants(&self, shape: &str) -> bool {
        named(self.only.as_deref(), shape)
    }

    pub fn wants_peer(&self, word: &str) -> bool {
        named(self.peers.as_deref(), word)
    }

    /// How it was asked for, for below a table.
    pub fn settings(&self) -> String {
        format!("`{}`", self.command)
    }

    /// A size of the short form or of the whole one.
    pub fn either<T>(&self, quick: T, whole: T) -> T {
        if self.quick { quick } else { whole }
    }
}

fn named(list: Option<&str>, word: &str) -> bool {
    list.is_none_or(|list| list.split(',').any(|wanted| wanted == word))
}
