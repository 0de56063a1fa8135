//! Opening the file: one server at a time, a sound SQLite, the newest schema.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use crate::server::store::StoreError;
use crate::server::store::sqlite::{Guard, SqliteOptions};

mod embedded {
    refinery::embed_migrations!("migrations/sqlite");
}

/// The first SQLite without the WAL-reset corruption of 3.7.0 to 3.51.2 (release notes of SQLite 3.51.3).
const OLDEST_SOUND_SQLITE: i32 = 3_051_003;

/// What the writer may keep of the file in memory. Not more: SQLite walks through all of it with each commit.
const WRITER_CACHE_KIB: i64 = 16 * 1024;

/// How long the log grows before the writer itself copies it into the file: 128 MiB. The checkpointer sees to it that it
/// never gets that long, unless it has failed.
const WAL_PAGES: i64 = 32 * 1024;

pub(super) struct Opened {
    pub(super) connection: Connection,
    /// Held for as long as the store is open.
    pub(super) lock: File,
    pub(super) epoch: String,
}

pub(super) fn open(path: &Path, options: &SqliteOptions) -> Result<Opened, StoreError> {
    check_sqlite_version(rusqlite::version_number())?;
    let lock = lock(path)?;
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "ignore_check_constraints", options.guard == Guard::Off)?;
    // What a savepoint must remember stays in memory.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    // A checkpoint copies each page once, however often it was written since the last one.
    connection.pragma_update(None, "wal_autocheckpoint", WAL_PAGES)?;
    connection.set_prepared_statement_cache_capacity(64);
    embedded::migrations::runner()
        .run(&mut connection)
        .map_err(|error| StoreError::Database(format!("cannot bring the schema up to date: {error}")))?;
    let epoch = epoch(&connection, &options.new_epoch)?;
    Ok(Opened { connection, lock, epoch })
}

/// Refuses a SQLite that can lose data, given as `major * 1000000 + minor * 1000 + patch`.
pub fn check_sqlite_version(version: i32) -> Result<(), StoreError> {
    if version < OLDEST_SOUND_SQLITE {
        return Err(StoreError::Refused(format!(
            "SQLite {}.{}.{} can corrupt a database (fixed in 3.51.3); refusing to start",
            version / 1_000_000,
            version / 1000 % 1000,
            version % 1000
        )));
    }
    Ok(())
}

fn lock(database: &Path) -> Result<File, StoreError> {
    let path = lock_path(database);
    let failed = |error: std::io::Error| StoreError::Refused(format!("cannot open {}: {error}", path.display()));
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Refused(format!(
            "another program has {} open; one server a file, or the house could be sold twice",
            database.display()
        ))),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

fn epoch(connection: &Connection, new_epoch: &str) -> Result<String, StoreError> {
    let known = connection.query_row("SELECT value FROM meta WHERE name = 'epoch'", [], |row| row.get(0)).optional()?;
    if let Some(epoch) = known {
        return Ok(epoch);
    }
    connection.execute("INSERT INTO meta (name, value) VALUES ('epoch', ?1)", [new_epoch])?;
    Ok(new_epoch.to_owned())
}
