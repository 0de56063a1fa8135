//! Connections that only read. They never wait for the writer, nor it for them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use crate::server::store::StoreError;

/// How many reads run at once.
const READERS: usize = 8;

pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::default(), permits: Arc::new(Semaphore::new(READERS)) }
    }

    pub(super) async fn run<T: Send + 'static>(
        readers: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&readers.permits).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let readers = Arc::clone(readers);
        let read = move || {
            // Moved in, so that the place is free only when the work is really done.
            let _permit = permit;
            let connection = readers.take()?;
            let found = work(&connection);
            readers.idle().push(connection);
            found
        };
        tokio::task::spawn_blocking(read).await.map_err(|error| StoreError::Database(error.to_string()))?
    }

    /// The last to close the file takes its log away.
    pub(super) fn close_idle(&self) {
        self.idle().clear();
    }

    fn take(&self) -> Result<Connection, StoreError> {
        if let Some(connection) = self.idle().pop() {
            return Ok(connection);
        }
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(connection)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
