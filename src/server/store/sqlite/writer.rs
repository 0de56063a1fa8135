//! The one thread that writes.

use std::fs::File;
use std::sync::{Arc, PoisonError, RwLock};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::domain::{HotelId, LoggedFact};
use crate::server::store::sqlite::ledger::SqliteLedger;
use crate::server::store::sqlite::{Guard, directory, rows};
use crate::server::store::{
    Catalog, Command, CommandError, CommitListener, DirectoryChange, LogEntry, Reply, StoreError, commands,
};

/// The most commands that share one commit, so that the first of them does not wait without end.
const MOST_IN_A_BATCH: usize = 512;

pub(super) enum Job {
    Command { hotel: HotelId, command: Box<Command>, answer: oneshot::Sender<Result<Reply, CommandError>> },
    Directory { change: Box<DirectoryChange>, answer: oneshot::Sender<Result<(), StoreError>> },
    Close { answer: oneshot::Sender<()> },
}

/// A job that was carried out and waits for its commit.
#[allow(clippy::large_enum_variant, reason = "nearly all are commands")]
enum Done {
    Command { answer: oneshot::Sender<Result<Reply, CommandError>>, result: Result<Reply, CommandError> },
    Directory { answer: oneshot::Sender<Result<(), StoreError>>, result: Result<(), StoreError> },
}

pub(super) struct Writer {
    connection: Connection,
    /// Keeps other servers out until the connection is closed.
    _lock: File,
    guard: Guard,
    catalog: Arc<RwLock<Arc<Catalog>>>,
    listener: Arc<dyn CommitListener>,
}

/// What one transaction has gathered.
#[derive(Default)]
struct Batch {
    done: Vec<Done>,
    facts: Vec<LoggedFact>,
    entries: Vec<LogEntry>,
    catalog_changed: bool,
}

impl Writer {
    pub(super) fn new(
        connection: Connection,
        lock: File,
        guard: Guard,
        catalog: Arc<RwLock<Arc<Catalog>>>,
        listener: Arc<dyn CommitListener>,
    ) -> Self {
        Self { connection, _lock: lock, guard, catalog, listener }
    }

    pub(super) fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(MOST_IN_A_BATCH);
        // What queued up while the last batch was made durable is the next batch: nobody waits for company.
        while queue.blocking_recv_many(&mut jobs, MOST_IN_A_BATCH) > 0 {
            let mut closing = None;
            let mut batch = Vec::with_capacity(jobs.len());
            for job in jobs.drain(..) {
                match job {
                    Job::Close { answer } => closing = Some(answer),
                    job => batch.push(job),
                }
            }
            self.write(batch);
            if let Some(answer) = closing {
                queue.close();
                drop(self);
                // Whoever asked may have gone; the file is closed all the same.
                let _ = answer.send(());
                return;
            }
        }
    }

    fn write(&mut self, jobs: Vec<Job>) {
        if jobs.is_empty() {
            return;
        }
        let mut batch = Batch::default();
        let committed = self
            .connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(StoreError::from)
            .and_then(|()| self.carry_out(jobs, &mut batch))
            .and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        match committed {
            Ok(()) => self.tell(batch),
            Err(error) => {
                tracing::error!(%error, "a batch could not be made durable");
                if !self.connection.is_autocommit() {
                    let _ = self.connection.execute_batch("ROLLBACK");
                }
                refuse(batch.done, &error);
            }
        }
    }

    /// Carries out each job in a savepoint of its own: one that fails leaves nothing behind.
    fn carry_out(&self, jobs: Vec<Job>, batch: &mut Batch) -> Result<(), StoreError> {
        let mut catalog = self.catalog();
        for job in jobs {
            self.connection.prepare_cached("SAVEPOINT command")?.execute([])?;
            let succeeded = match job {
                Job::Command { hotel, command, answer } => {
                    let result = self.command(&catalog, hotel, &command, batch);
                    let succeeded = result.is_ok();
                    batch.done.push(Done::Command { answer, result });
                    succeeded
                }
                Job::Directory { change, answer } => {
                    let result = directory::change(&self.connection, &change);
                    let succeeded = result.is_ok();
                    if succeeded && change.touches_catalog() {
                        catalog = Arc::new(directory::load_catalog(&self.connection)?);
                        batch.catalog_changed = true;
                    }
                    batch.done.push(Done::Directory { answer, result });
                    succeeded
                }
                Job::Close { .. } => true,
            };
            if !succeeded {
                self.connection.prepare_cached("ROLLBACK TO command")?.execute([])?;
            }
            self.connection.prepare_cached("RELEASE command")?.execute([])?;
        }
        Ok(())
    }

    fn command(
        &self,
        catalog: &Catalog,
        hotel: HotelId,
        command: &Command,
        batch: &mut Batch,
    ) -> Result<Reply, CommandError> {
        let house = catalog.house(hotel).ok_or(CommandError::HotelNotFound)?;
        let seq = self
            .connection
            .prepare_cached("SELECT seq FROM hotels WHERE id = ?1")
            .and_then(|mut statement| statement.query_row([hotel.0], |row| rows::seq(row, "seq")))
            .map_err(StoreError::from)?;
        let mut ledger =
            SqliteLedger { connection: &self.connection, catalog, house, guard: self.guard, seq, facts: Vec::new() };
        let reply = commands::carry_out(&mut ledger, command)?;
        let SqliteLedger { seq: head, facts, .. } = ledger;
        if head != seq {
            self.connection
                .prepare_cached("UPDATE hotels SET seq = ?2 WHERE id = ?1")
                .and_then(|mut statement| statement.execute((hotel.0, head.cast_signed())))
                .map_err(StoreError::from)?;
        }
        for (fact, entry) in facts {
            batch.facts.push(fact);
            batch.entries.push(entry);
        }
        Ok(reply)
    }

    /// After the commit, in this order: memory, listeners, answers.
    fn tell(&self, batch: Batch) {
        if batch.catalog_changed {
            match directory::load_catalog(&self.connection) {
                Ok(catalog) => {
                    let catalog = Arc::new(catalog);
                    *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&catalog);
                    self.listener.catalog_changed(&catalog);
                }
                Err(error) => tracing::error!(%error, "the catalog cannot be read"),
            }
        }
        if !batch.facts.is_empty() {
            self.listener.committed(&batch.facts, &batch.entries);
        }
        for done in batch.done {
            // Whoever asked may have gone; what was done stays done.
            match done {
                Done::Command { answer, result } => drop(answer.send(result)),
                Done::Directory { answer, result } => drop(answer.send(result)),
            }
        }
    }

    fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn refuse(done: Vec<Done>, error: &StoreError) {
    let reason = || StoreError::Database(error.to_string());
    for done in done {
        match done {
            Done::Command { answer, .. } => drop(answer.send(Err(reason().into()))),
            Done::Directory { answer, .. } => drop(answer.send(Err(reason()))),
        }
    }
}
