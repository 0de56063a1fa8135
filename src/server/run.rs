//! From a configuration to a running server, and to its end in good time.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::server::admin::demo::{self, DemoError};
use crate::server::clock::Clock;
use crate::server::config::{Config, Database};
use crate::server::hub::{ConnectionLimits, Hub, HubConfig};
use crate::server::jobs;
use crate::server::limits::{Limits, STREAMS_PER_ADDRESS};
use crate::server::live::Live;
use crate::server::metrics;
use crate::server::net::{self, Listener};
use crate::server::projections::availability::Availability;
use crate::server::random::Random;
use crate::server::router::router;
use crate::server::service::book::BookingCounts;
use crate::server::service::day::DayWatch;
use crate::server::service::staff::StaffAccess;
use crate::server::state::{App, AppState};
use crate::server::store::sqlite::{SERVER_LOG_BYTES, SqliteOptions, SqliteStore};
use crate::server::store::{CommitListener, Store, StoreError};
use crate::server::web::cookies::Cookies;

/// A server that is running.
#[derive(Debug)]
pub struct Running {
    /// Where it listens; the real port where 0 was asked for.
    pub addr: SocketAddr,
    /// Where its metrics are read, if anywhere.
    pub metrics_addr: Option<SocketAddr>,
    pub app: AppState,
    serving: JoinHandle<()>,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the folder {0} cannot be made: {1}")]
    Folder(String, io::Error),
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("--public-url: {0}")]
    PublicUrl(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Demo(#[from] DemoError),
}

/// Opens the store, builds what is held in memory, and serves. Needs a tokio runtime.
pub async fn start(config: Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Running, StartError> {
    // First, so that a port that is taken is known before anything is touched.
    let (listener, addr) = listen(config.addr)?;
    let metrics_listener = config.metrics_addr.map(listen).transpose()?;
    let shutdown = CancellationToken::new();
    let hub = Arc::new(Hub::start(HubConfig { seed: seed(random.as_ref()), ..HubConfig::default() }, &shutdown));
    let availability = Arc::new(Availability::default());
    let live = Arc::new(Live::new(Arc::clone(&hub), Arc::clone(&availability), Arc::clone(&clock)));
    let options =
        SqliteOptions { guard: config.guard, reserved_log_bytes: SERVER_LOG_BYTES, ..SqliteOptions::default() };
    let store = open_store(config.database.clone(), options, Arc::clone(&live) as Arc<dyn CommitListener>).await?;
    if config.demo {
        demo::seed(store.as_ref(), clock.now(), random.as_ref()).await?;
    }
    live.attach(store.as_ref()).await?;

    let public_url = config.public_url.as_ref().map_or_else(|| own_url(addr), |url| url.as_str().to_owned());
    let app = Arc::new(App {
        staff: StaffAccess::new(Arc::clone(&store), Arc::clone(&clock), Arc::clone(&random)),
        cookies: Cookies::for_public_url(&public_url),
        limits: Limits::new(config.address_limits),
        bookings: BookingCounts::default(),
        days: DayWatch::default(),
        stream_limits: ConnectionLimits::new(config.address_limits.then_some(STREAMS_PER_ADDRESS)),
        store,
        clock,
        random,
        config,
        public_url,
        hub,
        availability,
        shutdown: shutdown.clone(),
    });
    let router = router(&app).map_err(|error| StartError::PublicUrl(error.to_string()))?;
    jobs::start(&app);
    let metrics_addr = metrics_listener.map(|(listener, addr)| {
        tokio::spawn(net::serve(listener, metrics::router(&app), shutdown.clone(), net::ServeOptions::default()));
        addr
    });
    let serving = tokio::spawn(net::serve(listener, router, shutdown, net::ServeOptions::default()));
    Ok(Running { addr, metrics_addr, app, serving })
}

/// The real port where 0 was asked for.
fn listen(addr: SocketAddr) -> Result<(Listener, SocketAddr), StartError> {
    let failed = |error| StartError::Listen(addr, error);
    let listener = Listener::bind(addr).map_err(failed)?;
    let addr = listener.local_addr().map_err(failed)?;
    Ok((listener, addr))
}

impl Running {
    /// Ends the server: no new connections, streams told to come back, what is under way finished, the store closed.
    /// It is over within five seconds, whatever clients do.
    pub async fn stop(self) {
        self.app.shutdown.cancel();
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "serving ended badly");
        }
        self.app.store.close().await;
    }

    /// Serves until the process is asked to end; it listens for that from this call on.
    pub fn until_signalled(self) -> io::Result<impl Future<Output = ()>> {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::info!("ending");
            self.stop().await;
        })
    }

    /// Where a browser on this machine finds it.
    pub fn url(&self) -> String {
        own_url(self.addr)
    }
}

/// Opens the database file; its folder is made where it is missing. On a thread of its own, since it may migrate.
pub(super) async fn open_store(
    database: Database,
    options: SqliteOptions,
    listener: Arc<dyn CommitListener>,
) -> Result<Arc<dyn Store>, StartError> {
    let Database::Sqlite(path) = database;
    let opening = tokio::task::spawn_blocking(move || {
        make_folder(&path)?;
        Ok(SqliteStore::open(&path, options, listener)? as Arc<dyn Store>)
    });
    opening.await.map_err(|error| StoreError::Database(error.to_string()))?
}

fn make_folder(file: &Path) -> Result<(), StartError> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|error| StartError::Folder(folder.display().to_string(), error))
}

/// The address that is listened on, as a browser on this machine writes it.
fn own_url(addr: SocketAddr) -> String {
    let mut addr = addr;
    if addr.ip().is_unspecified() {
        let loopback = if addr.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
        addr.set_ip(loopback);
    }
    format!("http://{addr}")
}

fn seed(random: &dyn Random) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    u64::from_le_bytes(bytes)
}
