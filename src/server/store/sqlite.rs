//! The store in SQLite: the default, a file beside the program.
//!
//! One writer thread owns the only connection that writes. It takes what has queued up and makes all of it durable with
//! a single `synchronous=FULL` commit; only then are facts told and answers given.

mod batch;
mod checkpointer;
mod directory;
mod folio_ledger;
mod ledger;
mod log_reader;
mod log_space;
mod open;
mod readers;
mod room_ledger;
mod rows;
mod sessions;
mod writer;

use std::path::Path;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::domain::{Actor, Amendment, Date, FolioEntry, HotelId, Reservation, ReservationCode, Timestamp};
use crate::server::random::{Random, SystemRandom};
use crate::server::store::ledger::Ledger;
use crate::server::store::{
    Answer, Catalog, Command, CommandError, CommitListener, DirectoryChange, Guard, HotelRooms, LogEntry, LogFilter,
    Move, NightRow, Opening, Outlook, Reply, ReservationFilter, RoomChange, Session, Staff, Store, StoreError,
    StoreMetrics, commands,
};
use checkpointer::Checkpointer;
use readers::Readers;
use sessions::{Grants, Sessions};
use writer::{Job, Writer};

pub use open::check_sqlite_version;

/// How many commands may wait; one more is told that the store is busy.
const QUEUE_LENGTH: usize = 4096;

/// A writer that is stuck for so long cannot take a booking.
const READY_WITHIN: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct SqliteOptions {
    pub guard: Guard,
    /// The epoch of a database that is made now.
    pub new_epoch: String,
    /// How long the log is made beforehand. None of it is needed, but commits are quicker; see [`SERVER_LOG_BYTES`].
    pub reserved_log_bytes: u64,
}

/// For a server: as long as the log ever gets under load, before it begins anew.
pub const SERVER_LOG_BYTES: u64 = 36 << 20;

impl Default for SqliteOptions {
    fn default() -> Self {
        let random: &dyn Random = &SystemRandom;
        Self { guard: Guard::On, new_epoch: random.text::<5>(), reserved_log_bytes: 0 }
    }
}

pub struct SqliteStore {
    epoch: String,
    catalog: Arc<RwLock<Arc<Catalog>>>,
    jobs: mpsc::Sender<Job>,
    readers: Arc<Readers>,
    sessions: Arc<Sessions>,
    grants: Grants,
    metrics: Arc<StoreMetrics>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SqliteStore").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the file, made and brought up to date where needed. Refused while another program has it open, and with a
    /// SQLite older than 3.51.3.
    pub fn open(
        path: &Path,
        options: SqliteOptions,
        listener: Arc<dyn CommitListener>,
    ) -> Result<Arc<Self>, StoreError> {
        let open::Opened { connection, lock, epoch } = open::open(path, &options)?;
        let catalog = Arc::new(RwLock::new(Arc::new(directory::load_catalog(&connection)?)));
        let (jobs, queue) = mpsc::channel(QUEUE_LENGTH);
        let (sessions, metrics) = (Arc::<Sessions>::default(), Arc::<StoreMetrics>::default());
        let writer = Writer {
            connection,
            checkpointer: Checkpointer::start(path)?,
            _lock: lock,
            guard: options.guard,
            catalog: Arc::clone(&catalog),
            sessions: Arc::clone(&sessions),
            metrics: Arc::clone(&metrics),
            listener,
        };
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(queue))
            .map_err(|error| StoreError::Database(format!("cannot start the writer: {error}")))?;
        let readers = Arc::new(Readers::new(path));
        Ok(Arc::new(Self { epoch, catalog, jobs, readers, sessions, grants: Grants::default(), metrics }))
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection, &Catalog) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.metrics.reads.add(1);
        let catalog = self.catalog();
        Readers::run(&self.readers, move |connection| work(connection, &catalog)).await
    }

    /// What a command would come to, asked of its own code on a connection that only reads.
    async fn foresee<T: Send + 'static>(
        &self,
        hotel: HotelId,
        work: impl FnOnce(&mut dyn Ledger) -> Result<T, CommandError> + Send + 'static,
    ) -> Result<T, CommandError> {
        self.read(move |connection, catalog| {
            let Some(house) = catalog.house(hotel) else { return Ok(Err(CommandError::HotelNotFound)) };
            // One read transaction, so that everything is of one moment.
            let _moment = connection.unchecked_transaction()?;
            Ok(work(&mut ledger::SqliteLedger::new(connection, catalog, house, Guard::On, 0)))
        })
        .await?
    }
}

impl Store for SqliteStore {
    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn execute(&self, hotel: HotelId, command: Command) -> Answer<'_, Result<Reply, CommandError>> {
        let (answer, reply) = oneshot::channel();
        // Queued at once, not when first polled: a caller who goes away has still asked.
        let queued = self.jobs.try_send(Job::Command { hotel, command: Box::new(command), answer });
        Box::pin(async move {
            queued.map_err(|error| refused(&error))?;
            reply.await.map_err(|_| CommandError::Store(StoreError::Closed))?
        })
    }

    fn change_directory(&self, change: DirectoryChange) -> Answer<'_, Result<(), StoreError>> {
        let (answer, reply) = oneshot::channel();
        let queued = self.jobs.try_send(Job::Directory { change: Box::new(change), answer });
        Box::pin(async move {
            queued.map_err(|error| refused(&error))?;
            reply.await.map_err(|_| StoreError::Closed)?
        })
    }

    fn reservation(&self, code: ReservationCode) -> Answer<'_, Result<Option<Reservation>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| rows::reservation(connection, catalog, code)))
    }

    fn reservation_by_hold(&self, hold: String) -> Answer<'_, Result<Option<Reservation>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| rows::reservation_by_hold(connection, catalog, &hold)))
    }

    fn reservations(
        &self,
        hotel: HotelId,
        filter: ReservationFilter,
    ) -> Answer<'_, Result<Vec<Reservation>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| rows::reservations(connection, catalog, hotel, &filter)))
    }

    fn granted_at(
        &self,
        code: ReservationCode,
        token_hash: [u8; 32],
    ) -> Answer<'_, Result<Option<HotelId>, StoreError>> {
        Box::pin(async move {
            if let Some(hotel) = self.grants.get(&(code, token_hash)) {
                return Ok(Some(hotel));
            }
            let hotel = self.read(move |connection, _| rows::granted_at(connection, code, &token_hash)).await?;
            if let Some(hotel) = hotel {
                self.grants.keep((code, token_hash), hotel);
            }
            Ok(hotel)
        })
    }

    fn log(&self, hotel: HotelId, after: u64, upto: u64, limit: u32) -> Answer<'_, Result<Vec<LogEntry>, StoreError>> {
        Box::pin(self.read(move |connection, _| log_reader::log(connection, hotel, after, upto, limit)))
    }

    fn audit(&self, hotel: HotelId, filter: LogFilter) -> Answer<'_, Result<Vec<LogEntry>, StoreError>> {
        Box::pin(self.read(move |connection, _| log_reader::audit(connection, hotel, &filter)))
    }

    fn folio(&self, code: ReservationCode) -> Answer<'_, Result<Vec<FolioEntry>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| folio_ledger::folio(connection, catalog, code)))
    }

    fn nights(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<(u64, Vec<NightRow>), StoreError>> {
        Box::pin(self.read(move |connection, _| rows::nights(connection, hotel, from)))
    }

    fn holds(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Reservation>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| rows::holds(connection, catalog, hotel)))
    }

    fn openings(&self, from: Vec<(HotelId, Date)>) -> Answer<'_, Result<Vec<Opening>, StoreError>> {
        Box::pin(self.read(move |connection, catalog| rows::openings(connection, catalog, &from)))
    }

    fn rooms(&self, hotel: HotelId, from: Date) -> Answer<'_, Result<HotelRooms, StoreError>> {
        Box::pin(self.read(move |connection, _| room_ledger::hotel_rooms(connection, hotel, from)))
    }

    fn outlook(
        &self,
        hotel: HotelId,
        (at, by): (Timestamp, Actor),
        code: ReservationCode,
        amendment: Amendment,
    ) -> Answer<'_, Result<Outlook, CommandError>> {
        Box::pin(self.foresee(hotel, move |ledger| commands::outlook(ledger, at, &by, code, &amendment)))
    }

    fn room_outlook(
        &self,
        hotel: HotelId,
        (at, by): (Timestamp, Actor),
        change: RoomChange,
    ) -> Answer<'_, Result<Vec<Move>, CommandError>> {
        Box::pin(self.foresee(hotel, move |ledger| commands::room_outlook(ledger, at, &by, &change)))
    }

    fn staff(&self, hotel: HotelId) -> Answer<'_, Result<Vec<Staff>, StoreError>> {
        Box::pin(self.read(move |connection, _| directory::staff(connection, hotel)))
    }

    fn staff_by_email(&self, email: String) -> Answer<'_, Result<Option<Staff>, StoreError>> {
        Box::pin(self.read(move |connection, _| directory::staff_by_email(connection, &email)))
    }

    fn session(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Answer<'_, Result<Option<(Session, Staff)>, StoreError>> {
        Box::pin(async move {
            let missing = match self.sessions.get(&token_hash, now) {
                Ok(known) => return Ok(Some(known)),
                Err(missing) => missing,
            };
            let found = self.read(move |connection, _| directory::session(connection, &token_hash, now)).await?;
            if let Some(found) = &found {
                self.sessions.keep(found, missing);
            }
            Ok(found)
        })
    }

    fn metrics(&self) -> &StoreMetrics {
        &self.metrics
    }

    fn queue_depth(&self) -> usize {
        self.jobs.max_capacity() - self.jobs.capacity()
    }

    fn is_ready(&self) -> Answer<'_, bool> {
        Box::pin(async {
            // Asked of the writer itself: it may wait for another program that holds the file.
            let (answer, can_write) = oneshot::channel();
            let is_asked = self.jobs.try_send(Job::Probe { answer }).is_ok();
            is_asked
                && self.read(|connection, _| rows::probe(connection)).await.is_ok()
                && matches!(tokio::time::timeout(READY_WITHIN, can_write).await, Ok(Ok(true)))
        })
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async {
            self.readers.close_idle();
            let (answer, closed) = oneshot::channel();
            if self.jobs.send(Job::Close { answer }).await.is_ok() {
                // The writer drops the sender when it has closed the file, and may do so without a word.
                let _ = closed.await;
            }
        })
    }
}

fn refused(error: &mpsc::error::TrySendError<Job>) -> StoreError {
    match error {
        mpsc::error::TrySendError::Full(_) => StoreError::Busy,
        mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            // Another program holds the file: a backup, say. It lets go of it sooner or later.
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Database(error.to_string()),
        }
    }
}
