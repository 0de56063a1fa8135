//! The live hub: every committed fact goes from here to the streams that follow it. Frames are rendered once and
//! shared; a stream is a cursor in its hotel's order, not a queue. It knows nothing of what a fact says, reads no database.

mod availability;
mod body;
mod cursor;
mod frame;
mod hotel;
mod kinds;
mod limits;
mod locks;
mod metrics;
mod position;
mod ring;
mod shard;
mod spread;
mod subscriber;
mod subscription;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

pub use self::availability::AvailabilitySource;
pub use self::body::StreamBody;
pub(crate) use self::body::StreamOffer;
pub use self::frame::{Audience, Blocks, Frame, event_block};
pub use self::hotel::{HotelHub, LogRange, SubscribeOutcome};
pub use self::kinds::{FactKind, KindSet, UnknownKind, Vocabulary};
pub(crate) use self::limits::counted_address;
pub use self::limits::{ConnectionLimits, StreamPermit, TooManyStreams};
pub use self::metrics::{HubMetrics, HubReading};
pub use self::position::{InvalidPosition, Resume, Start, StreamPosition};
pub use self::ring::RingLimits;
pub use self::subscriber::Transport;
pub use self::subscription::{StreamEnd, Subscription};

use self::availability::Ticker;
pub(crate) use self::locks::lock;
use self::locks::{read, write};
use self::shard::Shard;
use self::spread::Spread;
use self::subscriber::Patience;
use crate::domain::HotelId;

/// How a hub behaves. The defaults are what a server runs with.
#[derive(Clone, Copy, Debug)]
pub struct HubConfig {
    /// Tasks that wake followers; one a core.
    pub shards: usize,
    /// What each hotel holds in memory.
    pub ring: RingLimits,
    /// How long changes of availability are collected.
    pub tick: Duration,
    pub sweep_every: Duration,
    /// Silence after which a comment is sent; a sweep may add a fifth of 20 seconds to it.
    pub keep_alive_after: Duration,
    /// How long a client may refuse what is waiting for it.
    pub stall_after: Duration,
    /// For the spread of `retry`; a server gives a random one.
    pub seed: u64,
}

impl Default for HubConfig {
    fn default() -> Self {
        Self {
            shards: std::thread::available_parallelism().map_or(1, usize::from),
            ring: RingLimits { facts: 8 * 1024, bytes: 8 * 1024 * 1024 },
            tick: Duration::from_millis(25),
            sweep_every: Duration::from_millis(250),
            keep_alive_after: Duration::from_secs(14),
            stall_after: Duration::from_secs(5),
            seed: 0,
        }
    }
}

/// The hub of a process. Its tasks end, and with them every stream, when the token it was started with is cancelled or
/// the hub is dropped.
#[derive(Debug)]
pub struct Hub {
    core: Arc<Core>,
    hotels: RwLock<HashMap<HotelId, Arc<HotelHub>>>,
}

/// What the hub's parts share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) config: HubConfig,
    pub(crate) patience: Patience,
    pub(crate) shards: Box<[Shard]>,
    pub(crate) next_shard: AtomicUsize,
    pub(crate) ticker: Ticker,
    pub(crate) spread: Spread,
    pub(crate) metrics: HubMetrics,
    pub(crate) stop: CancellationToken,
    closing: AtomicBool,
}

impl Core {
    pub(crate) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Release);
    }
}

impl Hub {
    /// Starts the hub's tasks on the current tokio runtime.
    pub fn start(config: HubConfig, shutdown: &CancellationToken) -> Self {
        let sweeps = |time: Duration| {
            let count = time.as_millis() / config.sweep_every.as_millis().max(1);
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let core = Arc::new(Core {
            patience: Patience { silence: sweeps(config.keep_alive_after), stall: sweeps(config.stall_after) },
            shards: (0..config.shards.max(1)).map(|_| Shard::default()).collect(),
            next_shard: AtomicUsize::new(0),
            ticker: Ticker::default(),
            spread: Spread::seeded(config.seed),
            metrics: HubMetrics::default(),
            stop: shutdown.child_token(),
            closing: AtomicBool::new(false),
            config,
        });
        for index in 0..core.shards.len() {
            tokio::spawn(Shard::run(Arc::clone(&core), index));
        }
        tokio::spawn(Ticker::run(Arc::clone(&core), config.tick));
        Self { core, hotels: RwLock::default() }
    }

    /// Adds a hotel whose log stands at `head`. Facts published from `head + 1` on are held; older ones are the log's.
    /// A server that starts opens its hotels some facts before the log's end and publishes those at once, so that the
    /// clients of the one before it resume from memory. A hotel that is already open is given back as it is.
    pub fn open_hotel(
        &self,
        hotel: HotelId,
        epoch: &str,
        head: u64,
        availability: Arc<dyn AvailabilitySource>,
    ) -> Arc<HotelHub> {
        let mut hotels = write(&self.hotels);
        let open = hotels
            .entry(hotel)
            .or_insert_with(|| Arc::new(HotelHub::new(Arc::clone(&self.core), epoch.into(), head, availability)));
        Arc::clone(open)
    }

    pub fn hotel(&self, hotel: HotelId) -> Option<Arc<HotelHub>> {
        read(&self.hotels).get(&hotel).cloned()
    }

    pub fn metrics(&self) -> &HubMetrics {
        &self.core.metrics
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.core.stop.cancel();
    }
}
