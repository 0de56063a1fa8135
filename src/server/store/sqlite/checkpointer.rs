//! Copies what the log holds into the file, beside the writer and not in its way: a commit waits for one write to the
//! log, not for pages all over the file. What this leaves behind under load, the writer copies when the log is full.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{JoinHandle, Thread, park, park_timeout};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::server::store::StoreError;

/// How long commits are gathered, so that a page that many of them write is copied once.
const GATHERED_FOR: Duration = Duration::from_millis(250);

/// Runs until it is dropped.
pub(super) struct Checkpointer {
    shared: Arc<Shared>,
    running: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    has_news: AtomicBool,
    ends: AtomicBool,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // Both files are made durable in their order, so that no crash finds a page that is in neither.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let shared = Arc::<Shared>::default();
        let of_thread = Arc::clone(&shared);
        let running = std::thread::Builder::new()
            .name("checkpointer".to_owned())
            .spawn(move || of_thread.run(&connection))
            .map_err(|error| StoreError::Database(format!("cannot start the checkpointer: {error}")))?;
        Ok(Self { shared, running: Some(running) })
    }

    /// Something was committed.
    pub(super) fn notice(&self) {
        if !self.shared.has_news.swap(true, Ordering::AcqRel) {
            self.thread().map(Thread::unpark);
        }
    }

    fn thread(&self) -> Option<&Thread> {
        self.running.as_ref().map(JoinHandle::thread)
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::Release);
        if let Some(running) = self.running.take() {
            running.thread().unpark();
            // Should it have panicked, the writer copies the log itself.
            let _ = running.join();
        }
    }
}

impl Shared {
    fn run(&self, connection: &Connection) {
        loop {
            while !self.has_news.load(Ordering::Acquire) {
                if self.ends.load(Ordering::Acquire) {
                    return;
                }
                park();
            }
            let until = Instant::now() + GATHERED_FOR;
            while Instant::now() < until {
                if self.ends.load(Ordering::Acquire) {
                    return;
                }
                park_timeout(until.saturating_duration_since(Instant::now()));
            }
            self.has_news.store(false, Ordering::Release);
            // Passive: it waits for nobody, and nobody waits for it. Its first column says whether another is at it.
            let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(0));
            if let Err(error) = copied {
                tracing::warn!(%error, "the log could not be copied into the file; the writer will");
            }
        }
    }
}
