//! The streams of one hotel: its ring of facts, its followers by shard, its availability.
//! Publishing is the writer's part; subscribing gives a [`Subscription`].

use std::future::Future;
use std::sync::atomic::Ordering;
use std::sync::{Arc, RwLock};

use super::Core;
use super::availability::{AvailabilitySource, Watch};
use super::frame::{Audience, Frame};
use super::locks::{read, write};
use super::position::{Resume, Start, StreamPosition};
use super::ring::Ring;
use super::subscription::Subscription;
use super::table::{NEW_FACTS, Table};

/// How often a reader of the log may find that the ring has moved on again before it is told to start anew.
const LOG_READS_MAX: usize = 4;

/// One hotel's live side.
#[derive(Debug)]
pub struct HotelHub {
    pub(crate) core: Arc<Core>,
    epoch: Arc<str>,
    pub(crate) ring: RwLock<Ring>,
    /// One for each shard.
    pub(crate) tables: Box<[Table]>,
    /// Whose turn it is to read the log into the ring.
    filling: tokio::sync::Mutex<()>,
    pub(crate) watch: Watch,
}

/// Facts that are no longer in memory: those with `after < seq <= upto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogRange {
    pub after: u64,
    pub upto: u64,
}

/// What became of a subscription.
#[derive(Debug)]
pub enum SubscribeOutcome {
    Live(Subscription),
    /// The position is older than the ring: read the log, then go on with [`HotelHub::subscribe_with_log`].
    NeedsLog(LogRange),
}

impl HotelHub {
    pub(crate) fn new(core: Arc<Core>, epoch: Arc<str>, head: u64, availability: Arc<dyn AvailabilitySource>) -> Self {
        let tables = core.shards.iter().map(|_| Table::default()).collect();
        let ring = RwLock::new(Ring::new(head, core.config.ring));
        Self { core, epoch, ring, tables, filling: tokio::sync::Mutex::default(), watch: Watch::new(availability) }
    }

    pub fn epoch(&self) -> &Arc<str> {
        &self.epoch
    }

    /// The newest published fact. A page that is rendered from state read after this call may open its streams here.
    pub fn position(&self) -> StreamPosition {
        StreamPosition::new(Arc::clone(&self.epoch), read(&self.ring).head())
    }

    /// Takes committed facts in, in the order of their numbers, after the projections have. Short, without I/O, and
    /// renders nothing; called by the writer.
    pub fn publish(self: &Arc<Self>, frames: Vec<Frame>) {
        if frames.is_empty() {
            return;
        }
        self.core.metrics.published.add(frames.len() as u64);
        {
            let mut ring = write(&self.ring);
            for frame in frames {
                ring.push(frame);
            }
        }
        self.mark(NEW_FACTS);
        self.availability_changed();
    }

    /// For changes of availability that are no fact, such as a new business date. Publishing does this too.
    pub fn availability_changed(self: &Arc<Self>) {
        if self.watch.schedule() {
            self.core.ticker.queue(Arc::clone(self));
        }
    }

    /// Opens a stream of facts from memory.
    pub fn subscribe_facts(self: &Arc<Self>, audience: Audience, resume: &Resume) -> SubscribeOutcome {
        let start = self.start(resume);
        match Subscription::facts(self, audience, start, start.seq()) {
            Ok(live) => SubscribeOutcome::Live(live),
            Err(range) => SubscribeOutcome::NeedsLog(range),
        }
    }

    /// Opens a stream of facts, reading what memory no longer holds with `read_log`, which gives the range's frames in
    /// order, or `None` if there are too many: then the stream starts with a reset. What was read stays in memory where
    /// there is room, so that one reading serves a crowd. Nothing falls between the log and the live part.
    pub async fn subscribe_with_log<Read, Reading, E>(
        self: &Arc<Self>,
        audience: Audience,
        resume: &Resume,
        mut read_log: Read,
    ) -> Result<Subscription, E>
    where
        Read: FnMut(LogRange) -> Reading,
        Reading: Future<Output = Result<Option<Vec<Frame>>, E>>,
    {
        let start = self.start(resume);
        let mut replay = Vec::new();
        let mut seen = start.seq();
        for _ in 0..=LOG_READS_MAX {
            let range = match Subscription::facts(self, audience, start, seen) {
                Ok(live) => return Ok(live.with_initial(replay)),
                Err(range) => range,
            };
            let fits = {
                let ring = read(&self.ring);
                ring.can_fill(ring.first().saturating_sub(range.after + 1))
            };
            let turn = if fits { Some(self.filling.lock().await) } else { None };
            if read(&self.ring).first() <= range.after + 1 {
                // Another has read it meanwhile.
                continue;
            }
            let Some(frames) = read_log(range).await? else { break };
            if turn.is_some() && self.fill(range, &frames) {
                continue;
            }
            let inside = |frame: &&Frame| frame.seq > range.after && frame.seq <= range.upto;
            let rendered = |frame: &Frame| Some((frame.seq, audience.bytes_of(frame)?.clone()));
            replay.extend(frames.iter().filter(inside).filter_map(rendered));
            seen = range.upto;
        }
        Ok(Subscription::reset(self, audience))
    }

    /// Takes what was read of the log into the ring.
    fn fill(&self, range: LogRange, frames: &[Frame]) -> bool {
        let mut ring = write(&self.ring);
        let first = ring.first();
        let from = frames.partition_point(|frame| frame.seq <= range.after);
        let upto = frames.partition_point(|frame| frame.seq < first);
        from < upto && ring.fill(&frames[from..upto])
    }

    /// Opens a stream of availability. Any point of the epoch can be resumed.
    pub fn watch_availability(self: &Arc<Self>, resume: &Resume) -> Subscription {
        Subscription::availability(self, resume)
    }

    fn start(&self, resume: &Resume) -> Start {
        resume.resolve(&self.epoch, read(&self.ring).head())
    }

    pub(crate) fn mark(self: &Arc<Self>, mark: u8) {
        for (shard, table) in self.core.shards.iter().zip(&self.tables) {
            if table.mark(mark) {
                shard.tell(Arc::clone(self));
            }
        }
    }

    pub(crate) fn next_shard(&self) -> usize {
        self.core.next_shard.fetch_add(1, Ordering::Relaxed) % self.core.shards.len()
    }
}
