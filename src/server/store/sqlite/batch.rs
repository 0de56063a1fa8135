//! Jobs that share one transaction: each is carried out whole or leaves nothing behind, then all are durable at once.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Connection;

use crate::domain::{HotelId, LoggedFact};
use crate::server::store::sqlite::ledger::SqliteLedger;
use crate::server::store::sqlite::writer::Job;
use crate::server::store::sqlite::{Guard, directory, rows};
use crate::server::store::{Catalog, Command, CommandError, LogEntry, Reply, StoreError, commands};

/// How a job that fails is undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    /// By beginning the whole batch anew; nearly every job that fails does so before it has written anything.
    Batch,
    /// By a savepoint, which costs each job a copy of every page that it changes.
    Savepoint,
}

/// What became of a job, once the batch is on disk.
#[allow(clippy::large_enum_variant, reason = "nearly all are commands")]
pub(super) enum Outcome {
    Command(Result<Reply, CommandError>),
    Directory(Result<(), StoreError>),
}

/// What one transaction has gathered.
pub(super) struct Batch<'a> {
    connection: &'a Connection,
    guard: Guard,
    undo: Undo,
    catalog: Arc<Catalog>,
    /// The head sequence of each hotel that was asked to change, and what it was before the batch.
    heads: HashMap<HotelId, Head>,
    pub(super) done: Done,
}

#[derive(Default)]
pub(super) struct Done {
    /// One for each job, in order.
    pub(super) outcomes: Vec<Outcome>,
    pub(super) facts: Vec<LoggedFact>,
    pub(super) entries: Vec<LogEntry>,
    /// Where hotels, room types or prices have changed: as they are now.
    pub(super) new_catalog: Option<Arc<Catalog>>,
}

#[derive(Clone, Copy)]
struct Head {
    stored: u64,
    now: u64,
}

/// Carries the jobs out in one transaction and commits it.
pub(super) fn commit(
    connection: &Connection,
    guard: Guard,
    catalog: &Arc<Catalog>,
    jobs: &[Job],
) -> Result<Done, StoreError> {
    for undo in [Undo::Batch, Undo::Savepoint] {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        let mut batch = Batch {
            connection,
            guard,
            undo,
            catalog: Arc::clone(catalog),
            heads: HashMap::new(),
            done: Done::default(),
        };
        if batch.carry_out(jobs)? {
            connection.prepare_cached("COMMIT")?.execute([])?;
            return Ok(batch.done);
        }
        connection.prepare_cached("ROLLBACK")?.execute([])?;
    }
    Err(StoreError::Corrupt("a job could not be undone by its savepoint".to_owned()))
}

impl Batch<'_> {
    /// False when a job has failed and left something behind: the batch must be rolled back.
    fn carry_out(&mut self, jobs: &[Job]) -> Result<bool, StoreError> {
        for job in jobs {
            if !self.carry_out_one(job)? {
                return Ok(false);
            }
        }
        for (hotel, Head { stored, now }) in &self.heads {
            if now != stored {
                let sql = "UPDATE hotels SET seq = ?2 WHERE id = ?1";
                self.connection.prepare_cached(sql)?.execute((hotel.0, now.cast_signed()))?;
            }
        }
        Ok(true)
    }

    fn carry_out_one(&mut self, job: &Job) -> Result<bool, StoreError> {
        let by_savepoint = self.undo == Undo::Savepoint;
        if by_savepoint {
            self.connection.prepare_cached("SAVEPOINT job")?.execute([])?;
        }
        let written_before = self.connection.total_changes();
        let (outcome, succeeded) = match job {
            Job::Command { hotel, command, .. } => {
                let result = self.command(*hotel, command);
                let succeeded = result.is_ok();
                (Outcome::Command(result), succeeded)
            }
            Job::Directory { change, .. } => {
                let result = directory::change(self.connection, change);
                let succeeded = result.is_ok();
                if succeeded && change.touches_catalog() {
                    self.catalog = Arc::new(directory::load_catalog(self.connection)?);
                    self.done.new_catalog = Some(Arc::clone(&self.catalog));
                }
                (Outcome::Directory(result), succeeded)
            }
            Job::Probe { .. } | Job::Close { .. } => return Ok(true),
        };
        self.done.outcomes.push(outcome);
        if by_savepoint {
            if !succeeded {
                self.connection.prepare_cached("ROLLBACK TO job")?.execute([])?;
            }
            self.connection.prepare_cached("RELEASE job")?.execute([])?;
            return Ok(true);
        }
        if !succeeded && self.connection.is_autocommit() {
            // A full disk, say: SQLite has rolled everything back, and what came next would be committed by itself.
            return Err(StoreError::Database("the transaction was rolled back".to_owned()));
        }
        Ok(succeeded || self.connection.total_changes() == written_before)
    }

    fn command(&mut self, hotel: HotelId, command: &Command) -> Result<Reply, CommandError> {
        let catalog = Arc::clone(&self.catalog);
        let house = catalog.house(hotel).ok_or(CommandError::HotelNotFound)?;
        let head = self.head(hotel)?;
        let mut ledger = SqliteLedger::new(self.connection, &catalog, house, self.guard, head.now);
        let reply = commands::carry_out(&mut ledger, command)?;
        let SqliteLedger { seq: now, facts, new_hotel, .. } = ledger;
        if let Some(hotel) = new_hotel {
            self.catalog = Arc::new(self.catalog.with_hotel(hotel));
            self.done.new_catalog = Some(Arc::clone(&self.catalog));
        }
        self.heads.insert(hotel, Head { now, ..head });
        for (fact, entry) in facts {
            self.done.facts.push(fact);
            self.done.entries.push(entry);
        }
        Ok(reply)
    }

    fn head(&self, hotel: HotelId) -> Result<Head, StoreError> {
        if let Some(known) = self.heads.get(&hotel) {
            return Ok(*known);
        }
        let sql = "SELECT seq FROM hotels WHERE id = ?1";
        let stored = self.connection.prepare_cached(sql)?.query_row([hotel.0], |row| rows::Columns::of(row).seq())?;
        Ok(Head { stored, now: stored })
    }
}
