//! Room for the log before it is needed. A commit that makes the file longer must write down its new length too, which is
//! a second write to the disk for everybody to wait for; one that overwrites what is there already need not.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// Fills the log up with zeros to so many bytes, on disk. SQLite reads a log up to the first frame whose salts or checksum
/// are not those of its header (file format, 4.1); zeros are never such a frame, and a log of zeros alone is an empty one.
///
/// For whoever has the database to himself: a frame that is written meanwhile would be lost. Without space on the disk
/// the log stays as it is, and works.
pub(super) fn reserve(database: &Path, bytes: u64) -> io::Result<()> {
    let mut log = OpenOptions::new().write(true).open(path_of(database))?;
    let length = log.seek(SeekFrom::End(0))?;
    let filled = fill(&mut log, bytes.saturating_sub(length));
    if filled.is_err() {
        log.set_len(length)?;
    }
    filled
}

fn fill(log: &mut File, mut missing: u64) -> io::Result<()> {
    static ZEROS: [u8; 64 * 1024] = [0; 64 * 1024];
    while missing > 0 {
        let part = missing.min(ZEROS.len() as u64);
        #[allow(clippy::cast_possible_truncation, reason = "at most as long as the array")]
        log.write_all(&ZEROS[..part as usize])?;
        missing -= part;
    }
    log.sync_data()
}

fn path_of(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    const RESERVED: u64 = 1 << 20;

    fn open(path: &Path) -> Connection {
        let connection = Connection::open(path).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        connection.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
        connection.execute_batch("CREATE TABLE IF NOT EXISTS pages (body BLOB)").unwrap();
        connection
    }

    fn insert(connection: &Connection) {
        connection.execute("INSERT INTO pages VALUES (randomblob(5000))", []).unwrap();
    }

    fn count(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM pages", [], |row| row.get(0)).unwrap()
    }

    fn log_bytes(path: &Path) -> u64 {
        path_of(path).metadata().unwrap().len()
    }

    #[test]
    fn commits_overwrite_what_was_reserved_and_a_crash_finds_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let writer = open(&path);
        insert(&writer);
        reserve(&path, RESERVED).unwrap();
        for _ in 0..20 {
            insert(&writer);
        }
        assert_eq!(log_bytes(&path), RESERVED, "no commit has made it longer");
        // As a crash leaves the two files.
        let crashed = folder.path().join("b.db");
        for (from, to) in [(path.clone(), crashed.clone()), (path_of(&path), path_of(&crashed))] {
            std::fs::copy(from, to).unwrap();
        }
        let after = open(&crashed);
        assert_eq!(count(&after), 21);
        reserve(&crashed, 2 * RESERVED).unwrap();
        insert(&after);
        assert_eq!((count(&after), log_bytes(&crashed)), (22, 2 * RESERVED));
        let sound: String = after.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }

    #[test]
    fn a_log_of_zeros_alone_is_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        insert(&open(&path));
        // The last connection has taken the log away.
        File::create(path_of(&path)).unwrap();
        reserve(&path, RESERVED).unwrap();
        let again = open(&path);
        insert(&again);
        assert_eq!((count(&again), log_bytes(&path)), (2, RESERVED));
    }
}
