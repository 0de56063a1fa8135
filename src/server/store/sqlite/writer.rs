//! The one thread that writes.

use std::fs::File;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::domain::HotelId;
use crate::server::store::sqlite::Guard;
use crate::server::store::sqlite::batch::{self, Done, Outcome};
use crate::server::store::sqlite::checkpointer::{Checkpointer, finish_for_good};
use crate::server::store::sqlite::sessions::Sessions;
use crate::server::store::{
    Catalog, Command, CommandError, CommitListener, DirectoryChange, Reply, StoreError, StoreMetrics,
};

/// The most commands that share one commit, so that the first of them does not wait without end.
const MOST_IN_A_BATCH: usize = 512;

pub(super) enum Job {
    Command {
        hotel: HotelId,
        command: Box<Command>,
        answer: oneshot::Sender<Result<Reply, CommandError>>,
    },
    Directory {
        change: Box<DirectoryChange>,
        answer: oneshot::Sender<Result<(), StoreError>>,
    },
    /// Whether the file can be written to.
    Probe {
        answer: oneshot::Sender<bool>,
    },
    Close {
        answer: oneshot::Sender<()>,
    },
}

pub(super) struct Writer {
    pub(super) connection: Connection,
    pub(super) checkpointer: Checkpointer,
    /// Keeps other servers out until the connection is closed.
    pub(super) _lock: File,
    pub(super) guard: Guard,
    pub(super) catalog: Arc<RwLock<Arc<Catalog>>>,
    pub(super) sessions: Arc<Sessions>,
    pub(super) metrics: Arc<StoreMetrics>,
    pub(super) listener: Arc<dyn CommitListener>,
}

impl Writer {
    pub(super) fn run(self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(MOST_IN_A_BATCH);
        // What queued up while the last batch was made durable is the next batch: nobody waits for company.
        while queue.blocking_recv_many(&mut jobs, MOST_IN_A_BATCH) > 0 {
            let mut closing = None;
            let mut probes = Vec::new();
            let mut batch = Vec::with_capacity(jobs.len());
            for job in jobs.drain(..) {
                match job {
                    Job::Close { answer } => closing = Some(answer),
                    Job::Probe { answer } => probes.push(answer),
                    job => batch.push(job),
                }
            }
            if !batch.is_empty() {
                self.write(batch);
            }
            if !probes.is_empty() {
                let can_write = self.connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok();
                for answer in probes {
                    // Whoever asked may have gone.
                    let _ = answer.send(can_write);
                }
            }
            if let Some(answer) = closing {
                queue.close();
                finish_for_good(&self.connection);
                drop(self);
                // Whoever asked may have gone; the file is closed all the same.
                let _ = answer.send(());
                return;
            }
        }
    }

    fn write(&self, jobs: Vec<Job>) {
        let began = Instant::now();
        match batch::commit(&self.connection, self.guard, &self.catalog(), &jobs) {
            Ok(done) => {
                self.metrics.commit.observe_time(began.elapsed());
                self.metrics.batch.observe(jobs.len() as u64);
                self.checkpointer.notice();
                self.tell(jobs, done);
                self.checkpointer.finish(&self.connection);
            }
            Err(error) => {
                tracing::error!(%error, "a batch could not be made durable");
                if !self.connection.is_autocommit() {
                    let _ = self.connection.execute_batch("ROLLBACK");
                }
                refuse(jobs, &error);
            }
        }
    }

    /// After the commit, in this order: memory, listeners, answers.
    fn tell(&self, jobs: Vec<Job>, done: Done) {
        if let Some(catalog) = done.new_catalog {
            *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&catalog);
            self.listener.catalog_changed(&catalog);
        }
        if !done.facts.is_empty() {
            self.listener.committed(&done.facts, done.entries);
        }
        for (job, outcome) in jobs.into_iter().zip(done.outcomes) {
            // Whoever asked may have gone; what was done stays done.
            match (job, outcome) {
                (Job::Command { answer, .. }, Outcome::Command(result)) => drop(answer.send(result)),
                (Job::Directory { change, answer }, Outcome::Directory(result)) => {
                    if result.is_ok() {
                        self.sessions.committed(&change);
                    }
                    drop(answer.send(result));
                }
                _ => {}
            }
        }
    }

    fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn refuse(jobs: Vec<Job>, error: &StoreError) {
    let reason = || match error {
        StoreError::Busy => StoreError::Busy,
        _ => StoreError::Database(error.to_string()),
    };
    for job in jobs {
        match job {
            Job::Command { answer, .. } => drop(answer.send(Err(reason().into()))),
            Job::Directory { answer, .. } => drop(answer.send(Err(reason()))),
            Job::Probe { .. } | Job::Close { .. } => {}
        }
    }
}
