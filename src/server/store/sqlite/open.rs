//! Opening the file: one server at a time, a sound SQLite, the newest schema.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension};

use crate::server::store::StoreError;
use crate::server::store::sqlite::{Guard, SqliteOptions, log_space};

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
    if options.reserved_log_bytes > 0
        && let Err(error) = log_space::reserve(path, options.reserved_log_bytes)
    {
        tracing::warn!(%error, "no room is reserved for the log; each commit writes a little more");
    }
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

#[cfg(test)]
mod tests {
    use refinery::Target;

    use super::*;

    /// Two bookings with keys, one of which was a hold and has become ready since.
    const BEFORE: &str = r#"
        INSERT INTO hotels (id, slug, name, time_zone, currency, language, check_in_from, check_out_until, seq) VALUES
          (1, 'one', 'One', 'Europe/Lisbon', 'EUR', 'en', '15:00', '11:00', 1),
          (7, 'two', 'Two', 'Europe/Lisbon', 'EUR', 'en', '15:00', '11:00', 4);
        INSERT INTO room_types VALUES (7, 'double', 0, 'Double', 2, 2, 0, '[1,1,1,1,1,1,1]');
        INSERT INTO reservations (hotel_id, code, hold, status, room_type, rate_plan, arrival, departure, adults, children,
          nightly, total_minor, created_at, version, last_seq) VALUES
          (7, 'AAAA-AAAA', 'h1', 'confirmed', 'double', 'standard', '2026-06-01', '2026-06-02', 1, 0, '[1]', 1, 0, 2, 3),
          (7, 'BBBB-BBBB', NULL, 'confirmed', 'double', 'standard', '2026-06-01', '2026-06-02', 1, 0, '[1]', 1, 0, 2, 4),
          (7, 'CCCC-CCCC', NULL, 'cancelled', 'double', 'standard', '2026-06-01', '2026-06-02', 1, 0, '[1]', 1, 0, 3, 4);
        INSERT INTO log (hotel_id, seq, at, actor, event, kind, code, body, counts) VALUES
          (1, 1, 0, 'system', 'day', 'rule', NULL, '{}', '[]'),
          (7, 1, 0, 'guest', 'reservation', 'placed', 'AAAA-AAAA', '{"code":"AAAA-AAAA","version":1}', '[]'),
          (7, 2, 0, 'guest', 'reservation', 'confirmed', 'AAAA-AAAA', '{"code":"AAAA-AAAA","version":2}', '[]'),
          (7, 3, 0, 'system', 'reservation', 'room_ready', 'AAAA-AAAA', '{"code":"AAAA-AAAA","version":2}', '[]'),
          (7, 4, 0, 'guest', 'reservation', 'confirmed', 'BBBB-BBBB', '{"code":"BBBB-BBBB","version":2}', '[]');
        INSERT INTO answers (hotel_id, key, request_hash, reservation, manage_token, created_at) VALUES
          (7, 'first', zeroblob(32), '{"code":"AAAA-AAAA","version":2}', 'token', 5),
          (7, 'second', zeroblob(32), '{"code":"BBBB-BBBB","version":2}', 'token', 6);
    "#;

    fn column<T: rusqlite::types::FromSql>(connection: &Connection, sql: &str) -> Vec<T> {
        let mut statement = connection.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_database_of_before_keeps_its_log_its_answers_and_its_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut before = Connection::open(&path).unwrap();
        embedded::migrations::runner().set_target(Target::Version(9)).run(&mut before).unwrap();
        before.execute_batch(BEFORE).unwrap();
        drop(before);

        let now = open(&path, &SqliteOptions::default()).unwrap().connection;
        assert_eq!(column::<String>(&now, "PRAGMA integrity_check"), ["ok"]);
        assert_eq!(column::<String>(&now, "PRAGMA foreign_key_check"), [""; 0]);
        let facts =
            column::<String>(&now, "SELECT hotel_id || ' ' || seq || ' ' || kind FROM log ORDER BY hotel_id, seq");
        assert_eq!(facts, ["1 1 rule", "7 1 placed", "7 2 confirmed", "7 3 room_ready", "7 4 confirmed"]);
        let answers = column::<String>(&now, "SELECT key || ' ' || seq FROM answers ORDER BY key");
        assert_eq!(answers, ["first 2", "second 4"], "each is the booking's own fact");
        let same_hold = now.execute("UPDATE reservations SET hold = 'h1' WHERE code = 'BBBB-BBBB'", []);
        assert!(same_hold.unwrap_err().to_string().contains("UNIQUE"), "a hold is one reservation's");
        let shortened = now.execute("DELETE FROM log", []).unwrap_err();
        assert!(shortened.to_string().contains("only ever added to"), "{shortened}");
    }
}
