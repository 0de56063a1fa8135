//! Copies what the log holds into the file, beside the writer and not in its way: a commit waits for one write to the
//! log, not for pages all over the file. The log begins anew only when all of it is copied, and under load something is
//! always new: so when it has grown long, the writer is asked to copy the little that is left, between two commits.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{JoinHandle, Thread, park, park_timeout};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::server::store::StoreError;

/// How long commits are gathered at least, so that a page that many of them write is copied once.
const GATHERED_FOR: Duration = Duration::from_millis(250);
/// Few commits are gathered so many times longer.
const GATHERED_AT_MOST: u32 = 16;
const FEW_COMMITS: usize = 32;

/// How long the log grows before it begins anew: 32 MiB, read back within a tenth of a second after a crash.
const LOG_PAGES: i64 = 8192;

/// How long the end waits for who still reads; all of it has five seconds.
const LAST_COPY_WITHIN: Duration = Duration::from_secs(2);

/// Passive: it waits for nobody, and nobody waits for it.
const COPY: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// Runs until it is dropped.
pub(super) struct Checkpointer {
    shared: Arc<Shared>,
    running: Option<JoinHandle<()>>,
    /// Closing any handle of a file gives up the locks that SQLite holds on it in this process, so this one is kept until
    /// the writer has closed its own.
    _file: Arc<File>,
}

#[derive(Default)]
struct Shared {
    /// Since the last copying began.
    commits: AtomicUsize,
    /// The log is long, and nearly all of it is in the file and on disk.
    is_nearly_done: AtomicBool,
    ends: AtomicBool,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // Both files are made durable in their order, so that no crash finds a page that is in neither.
        connection.pragma_update(None, "synchronous", "FULL")?;
        let failed = |error| StoreError::Database(format!("cannot start the checkpointer: {error}"));
        let file = Arc::new(File::options().write(true).open(path).map_err(failed)?);
        let shared = Arc::<Shared>::default();
        let (of_thread, its_file) = (Arc::clone(&shared), Arc::clone(&file));
        let running = std::thread::Builder::new()
            .name("checkpointer".to_owned())
            .spawn(move || of_thread.run(&connection, &its_file))
            .map_err(failed)?;
        Ok(Self { shared, running: Some(running), _file: file })
    }

    /// Something was committed.
    pub(super) fn notice(&self) {
        if self.shared.commits.fetch_add(1, Ordering::AcqRel) == 0 {
            self.thread().map(Thread::unpark);
        }
    }

    /// The writer's part, when nobody waits for an answer: copies what is left, if that is little and the log is long.
    /// The next commit then writes from the log's beginning.
    pub(super) fn finish(&self, writer: &Connection) {
        if self.shared.is_nearly_done.swap(false, Ordering::AcqRel)
            && let Err(error) = copy(writer)
        {
            tracing::warn!(%error, "the rest of the log could not be copied into the file; it grows on");
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
    fn run(&self, connection: &Connection, file: &File) {
        while self.gather() {
            self.commits.store(0, Ordering::Release);
            match copy(connection) {
                Ok(log_pages) => {
                    // SQLite makes the file durable before the log begins anew. What is on disk by then costs the writer
                    // nothing: a dozen milliseconds under load, and nobody is answered meanwhile. Should it fail, SQLite
                    // meets the same error.
                    let is_synced = file.sync_data().is_ok();
                    self.is_nearly_done.store(is_synced && log_pages >= LOG_PAGES, Ordering::Release);
                }
                Err(error) => tracing::warn!(%error, "the log could not be copied into the file; the writer will"),
            }
        }
    }

    /// Waits for commits, then for more of them. False at the end.
    fn gather(&self) -> bool {
        while self.commits.load(Ordering::Acquire) == 0 {
            if self.ends.load(Ordering::Acquire) {
                return false;
            }
            park();
        }
        for _ in 0..GATHERED_AT_MOST {
            let until = Instant::now() + GATHERED_FOR;
            while Instant::now() < until {
                if self.ends.load(Ordering::Acquire) {
                    return false;
                }
                park_timeout(until.saturating_duration_since(Instant::now()));
            }
            if self.commits.load(Ordering::Acquire) > FEW_COMMITS {
                break;
            }
        }
        true
    }
}

/// At the end: all of it, so that the file by itself is the whole house, and can be copied.
pub(super) fn finish_for_good(writer: &Connection) {
    let all = writer.busy_timeout(LAST_COPY_WITHIN).and_then(|()| {
        // The first column says whether somebody was in the way.
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0))
    });
    match all {
        Ok(false) => {}
        Ok(true) => tracing::warn!("somebody still reads: part of the house is in the log beside the file"),
        Err(error) => tracing::warn!(%error, "the log could not be copied into the file; it stays beside it"),
    }
}

/// Copies what is not copied yet and nobody reads the older version of. Gives the log's length in pages.
fn copy(connection: &Connection) -> rusqlite::Result<i64> {
    // The first column says whether another is at it, the third how much is copied.
    connection.prepare_cached(COPY)?.query_row([], |row| row.get(1))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// What a log that begins anew is told apart by (SQLite's file format, 4.1: the salts of the header).
    fn salts(path: &Path) -> [u8; 8] {
        let mut header = [0; 32];
        let mut log = File::open(path.with_extension("db-wal")).unwrap();
        log.read_exact(&mut header).unwrap();
        header[16..24].try_into().unwrap()
    }

    #[test]
    fn the_log_begins_anew_though_commits_never_pause() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let writer = Connection::open(&path).unwrap();
        writer.pragma_update(None, "journal_mode", "WAL").unwrap();
        writer.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
        // Not what is tested here, and the test writes much.
        writer.pragma_update(None, "synchronous", "OFF").unwrap();
        writer.execute_batch("CREATE TABLE pages (id INTEGER PRIMARY KEY, body BLOB)").unwrap();
        let checkpointer = Checkpointer::start(&path).unwrap();
        let first = salts(&path);
        let mut rows = 0;
        while salts(&path) == first {
            writer.execute("INSERT INTO pages (body) VALUES (zeroblob(200000))", []).unwrap();
            rows += 1;
            checkpointer.notice();
            checkpointer.finish(&writer);
        }
        let log_pages: i64 = rows * 200_000 / 4096;
        assert!(log_pages >= LOG_PAGES, "not before it is long");
        drop(checkpointer);
        let counted: i64 = writer.query_row("SELECT count(*) FROM pages", [], |row| row.get(0)).unwrap();
        assert_eq!(counted, rows);
        let sound: String = writer.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
}
