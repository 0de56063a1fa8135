//! One open stream as the hub's tasks see it: what it follows, whether something is due, when it last moved. A few words
//! of atomics and a waker, and under a lock its place in the order.

use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::task::Waker;
use std::time::Instant;
use std::{fmt, io};

use futures_util::task::AtomicWaker;

use super::cursor::{Cursor, Pushed};
use super::frame::Audience;
use super::hotel::HotelHub;
use super::locks::try_lock;

const KEEP_ALIVE: u8 = 1;
const EVICTED: u8 = 2;
const CLOSING: u8 = 4;

/// The connection below a stream. A stream whose client does not read is not polled, so it cannot end itself: the hub
/// ends the connection under it.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Ends the connection at once, dropping what was not sent.
    fn cut(&self);

    /// Bounds what the kernel holds for a client that reads slowly. Called once when a stream begins.
    fn bound_send_buffer(&self);

    /// Gives the kernel as many bytes as it takes now, without waiting.
    fn try_send(&self, bytes: &[u8]) -> io::Result<usize>;
}

/// What a stream carries.
#[derive(Debug)]
pub(crate) enum Followed {
    Facts(Audience),
    Availability,
}

#[derive(Debug)]
pub(crate) struct Subscriber {
    pub(crate) hotel: Arc<HotelHub>,
    pub(crate) shard: usize,
    pub(crate) followed: Followed,
    pub(crate) cursor: Mutex<Cursor>,
    waker: AtomicWaker,
    /// The oldest number that may hold something for this stream and was not taken yet; 0 if there is none.
    due: AtomicU64,
    /// When `due` was set, and when the stream last took something, in sweeps of the shard.
    due_at: AtomicU32,
    wrote_at: AtomicU32,
    flags: AtomicU8,
    transport: OnceLock<Arc<dyn Transport>>,
}

/// Bounds in sweeps of the shard.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    pub(crate) silence: u32,
    pub(crate) stall: u32,
}

/// What a sweep finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Fine,
    Silent,
    Stalled,
}

impl Subscriber {
    pub(crate) fn new(hotel: Arc<HotelHub>, shard: usize, followed: Followed, cursor: Cursor) -> Self {
        let now = hotel.core.shards[shard].now();
        Self {
            hotel,
            shard,
            followed,
            cursor: Mutex::new(cursor),
            waker: AtomicWaker::new(),
            due: AtomicU64::new(0),
            due_at: AtomicU32::new(now),
            wrote_at: AtomicU32::new(now),
            flags: AtomicU8::new(0),
            transport: OnceLock::new(),
        }
    }

    pub(crate) fn attach(&self, transport: Arc<dyn Transport>) {
        // A second transport for one stream cannot be; the first stays.
        let _ = self.transport.set(transport);
    }

    pub(crate) fn transport(&self) -> Option<&Arc<dyn Transport>> {
        self.transport.get()
    }

    pub(crate) fn listen(&self, waker: &Waker) {
        self.waker.register(waker);
    }

    /// Something from number `seq` on concerns this stream. True if it must be told ([`push`](Self::push)): it was not
    /// called before, or has looked since.
    pub(crate) fn call(&self, seq: u64, now: u32) -> bool {
        let is_first = self.due.compare_exchange(0, seq, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        if is_first {
            self.due_at.store(now, Ordering::Relaxed);
        }
        is_first
    }

    /// Writes what is due where the socket takes it at once; the stream's task is woken for everything else. `now` may be
    /// a few writes old.
    pub(crate) fn push(&self, now: Instant) {
        let pushed = match (try_lock(&self.cursor), self.transport()) {
            (Some(mut cursor), Some(transport)) => cursor.push(self, now, |bytes| transport.try_send(bytes)),
            // Without a transport only the task can write. Where the task is at the cursor now, it may have looked before
            // this came; it listens before it looks.
            _ => Pushed::WakeTask,
        };
        if pushed == Pushed::WakeTask {
            self.waker.wake();
        }
    }

    /// The stream itself knows that it must look from `seq` on.
    pub(crate) fn owe(&self, seq: u64) {
        self.due_at.store(self.now(), Ordering::Relaxed);
        self.due.store(seq, Ordering::Release);
    }

    pub(crate) fn take_due(&self) -> Option<u64> {
        if !self.is_due() {
            return None;
        }
        match self.due.swap(0, Ordering::AcqRel) {
            0 => None,
            seq => Some(seq),
        }
    }

    /// Nothing is due and nothing was asked of it.
    pub(crate) fn is_at_rest(&self) -> bool {
        !self.is_due() && self.flags.load(Ordering::Acquire) == 0
    }

    pub(crate) fn is_due(&self) -> bool {
        self.due.load(Ordering::Acquire) != 0
    }

    pub(crate) fn wrote(&self) {
        self.wrote_at.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u32 {
        self.hotel.core.shards[self.shard].now()
    }

    pub(crate) fn take_keep_alive(&self) -> bool {
        self.flags.load(Ordering::Acquire) & KEEP_ALIVE != 0
            && self.flags.fetch_and(!KEEP_ALIVE, Ordering::AcqRel) & KEEP_ALIVE != 0
    }

    pub(crate) fn is_evicted(&self) -> bool {
        self.flags.load(Ordering::Acquire) & EVICTED != 0
    }

    /// Asks for a comment; it must be told then.
    pub(crate) fn ask_keep_alive(&self) {
        self.flags.fetch_or(KEEP_ALIVE, Ordering::AcqRel);
    }

    /// Lets the stream end with a word of when to come back; gives the waker to wake.
    pub(crate) fn close(&self) -> Option<Waker> {
        self.flags.fetch_or(CLOSING, Ordering::AcqRel);
        self.waker.take()
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.flags.load(Ordering::Acquire) & CLOSING != 0
    }

    /// Ends the stream; gives the waker to wake. True the first time.
    pub(crate) fn evict(&self) -> (bool, Option<Waker>) {
        let first = self.flags.fetch_or(EVICTED, Ordering::AcqRel) & EVICTED == 0;
        (first, self.waker.take())
    }

    pub(crate) fn health(&self, now: u32, patience: Patience) -> Health {
        let idle = now.wrapping_sub(self.wrote_at.load(Ordering::Relaxed));
        if self.is_due() {
            let waited = now.wrapping_sub(self.due_at.load(Ordering::Relaxed)).min(idle);
            return if waited > patience.stall { Health::Stalled } else { Health::Fine };
        }
        if idle < patience.silence {
            return Health::Fine;
        }
        // A comment that was asked for and not taken for so long: the client does not read.
        let asked = self.flags.load(Ordering::Acquire) & KEEP_ALIVE != 0;
        if asked && idle > patience.silence + patience.stall { Health::Stalled } else { Health::Silent }
    }
}
