//! `vacancy import-bookings`: real reservations from a file, each written down once.
//!
//! The file is read twice, row by row: `survey` learns which room types it takes to house every real stay, then each
//! row becomes one command. Many commands are under way at once, so that they share commits; answers are told in the
//! order of the file. `columns` opens the file, `row` says what a row means.

mod columns;
mod house;
mod row;
mod survey;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use futures_util::{StreamExt, stream};

use crate::domain::{Actor, HotelSlug, Timestamp};
use crate::server::admin::import_bookings::columns::{Bookings, Record};
use crate::server::admin::import_bookings::row::{Refusal, Stayed};
use crate::server::admin::import_bookings::survey::Survey;
use crate::server::admin::{AdminError, database};
use crate::server::clock::Clock;
use crate::server::config::DatabaseOption;
use crate::server::random::Random;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, House, Reply, Store, StoreError};

/// How many commands are under way at once.
const AT_ONCE: usize = 256;
const ROWS_A_PROGRESS_LINE: u64 = 1000;
const MOST_CODES_DRAWN: usize = 8;

/// What `vacancy import-bookings` takes.
#[derive(Args, Clone, Debug)]
pub struct ImportOptions {
    /// A CSV file, as it is or compressed with gzip.
    pub file: PathBuf,
    /// The hotel to import into; made (Europe/Lisbon, EUR) when it is missing, its room types too.
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    /// Which rows: those with this in their `hotel` column, such as "City Hotel".
    #[arg(long, value_name = "NAME")]
    pub source: String,
    #[command(flatten)]
    pub database: DatabaseOption,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{}: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error("no row's hotel column is {source_name:?}; there are {}", known.join(", "))]
    NoSuchSource { source_name: String, known: Vec<String> },
    #[error("{0} takes {1}, and the file's rates are in EUR")]
    Currency(HotelSlug, crate::domain::Currency),
    #[error(transparent)]
    Admin(#[from] AdminError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the answer cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub imported: u64,
    pub already_there: u64,
    pub refused: u64,
}

/// Imports the rows; what it has to say goes to `out`, the sum in the last line.
pub async fn run(
    options: &ImportOptions,
    clock: &dyn Clock,
    random: &dyn Random,
    out: &mut dyn Write,
) -> Result<Tally, ImportError> {
    let survey = Survey::of(&options.file, &options.source)?;
    let store = database::open(options.database.clone()).await?;
    let imported = import(options, &survey, store.as_ref(), clock.now(), random, out).await;
    store.close().await;
    imported
}

async fn import(
    options: &ImportOptions,
    survey: &Survey,
    store: &dyn Store,
    now: Timestamp,
    random: &dyn Random,
    out: &mut dyn Write,
) -> Result<Tally, ImportError> {
    let house = house::furnished(store, options, survey, out).await?;
    let desk = Desk { store, house: &house, source: &options.source, now, random };
    let rows = Bookings::open(&options.file)?.of(&options.source);
    let mut answers = stream::iter(rows).map(|record| desk.take(record)).buffered(AT_ONCE);
    let mut tally = Tally::default();
    let mut seen = 0;
    while let Some(answer) = answers.next().await {
        match answer? {
            Answer::Imported => tally.imported += 1,
            Answer::AlreadyThere => tally.already_there += 1,
            Answer::Refused { place, why } => {
                tally.refused += 1;
                writeln!(out, "row {place} refused: {why}")?;
            }
        }
        seen += 1;
        if seen % ROWS_A_PROGRESS_LINE == 0 {
            writeln!(out, "{seen} of {} rows", survey.rows)?;
            out.flush()?;
        }
    }
    let Tally { imported, already_there, refused } = tally;
    writeln!(out, "imported {imported}, already there {already_there}, refused {refused}")?;
    out.flush()?;
    Ok(tally)
}

enum Answer {
    Imported,
    AlreadyThere,
    Refused { place: u64, why: String },
}

/// Writes rows down, one command each.
struct Desk<'a> {
    store: &'a dyn Store,
    house: &'a House,
    source: &'a str,
    now: Timestamp,
    random: &'a dyn Random,
}

impl Desk<'_> {
    async fn take(&self, record: Result<Record, ImportError>) -> Result<Answer, ImportError> {
        let record = record?;
        let place = record.place;
        let refused = |why: String| Ok(Answer::Refused { place, why });
        match Stayed::read(&record) {
            Err(Refusal(why)) => refused(why),
            Ok(stayed) => match self.write_down(place, &stayed).await {
                Ok(true) => Ok(Answer::AlreadyThere),
                Ok(false) => Ok(Answer::Imported),
                Err(CommandError::Store(error)) => Err(error.into()),
                Err(CommandError::SoldOut(sold_out)) => {
                    let nights: Vec<String> = sold_out.nights.iter().map(ToString::to_string).collect();
                    refused(format!("no room of type {} is left on {}", stayed.room_type, nights.join(", ")))
                }
                Err(error) => refused(error.to_string()),
            },
        }
    }

    /// Whether it was there already.
    async fn write_down(&self, place: u64, stayed: &Stayed) -> Result<bool, CommandError> {
        for _ in 0..MOST_CODES_DRAWN {
            let code = self.random.reservation_code();
            let import = stayed.import(self.house, self.source, place, code, self.now);
            let command = Command { at: self.now, actor: Actor::System, change: Change::Import(Box::new(import)) };
            match self.store.execute(self.house.hotel.id, command).await {
                Ok(Reply::Imported { already_there }) => return Ok(already_there),
                Ok(other) => return Err(StoreError::Corrupt(format!("an import was answered with {other:?}")).into()),
                Err(CommandError::CodeTaken) => {}
                Err(error) => return Err(error),
            }
        }
        Err(CommandError::CodeTaken)
    }
}
