//! A hotel whose facts are known in full, and a client that reads a stream as a browser does.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tokio_util::sync::CancellationToken;

use crate::domain::HotelId;
use crate::server::hub::subscriber::Subscriber;
use crate::server::hub::{
    Audience, AvailabilitySource, FactKind, Frame, HotelHub, Hub, HubConfig, KindSet, LogRange, Resume, RingLimits,
    Subscription, Vocabulary, event_block,
};

pub(super) const EPOCH: &str = "e1";
const WORDS: Vocabulary =
    Vocabulary::new(&[("reservation", "placed"), ("reservation", "cancelled"), ("alert", "nudge")]);

pub(super) fn kind(name: &str) -> FactKind {
    ["reservation", "alert"].iter().find_map(|event| WORDS.kind(event, name)).unwrap()
}

pub(super) fn kinds(tokens: &str) -> KindSet {
    WORDS.parse(tokens).unwrap()
}

pub(super) fn desk() -> Audience {
    Audience::Desk(KindSet::ALL)
}

pub(super) fn follower(code: &str) -> Audience {
    Audience::Reservation(code.parse().unwrap())
}

/// Cells with the number that last changed them.
#[derive(Default)]
pub(super) struct Cells(Mutex<(u64, BTreeMap<u32, u64>)>);

impl Cells {
    pub(super) fn change(&self, seq: u64, cells: &[u32]) {
        let mut state = self.0.lock().unwrap();
        state.0 = seq;
        state.1.extend(cells.iter().map(|cell| (*cell, seq)));
    }
}

impl AvailabilitySource for Cells {
    fn head(&self) -> u64 {
        self.0.lock().unwrap().0
    }

    fn frame_since(&self, after: u64) -> Option<(u64, Bytes)> {
        let state = self.0.lock().unwrap();
        let changed: Vec<String> =
            state.1.iter().filter(|(_, seq)| **seq > after).map(|(cell, seq)| format!("\"{cell}\":{seq}")).collect();
        (!changed.is_empty()).then(|| (state.0, Bytes::from(format!("{{{}}}", changed.join(",")))))
    }
}

pub(super) struct House {
    pub(super) hub: Hub,
    pub(super) hotel: Arc<HotelHub>,
    pub(super) cells: Arc<Cells>,
    pub(super) log: Vec<Frame>,
    pub(super) shutdown: CancellationToken,
}

impl House {
    pub(super) fn new() -> Self {
        Self::with_ring(1000)
    }

    pub(super) fn with_ring(facts: usize) -> Self {
        let ring = RingLimits { facts, bytes: 1 << 24 };
        let shutdown = CancellationToken::new();
        let hub = Hub::start(HubConfig { shards: 2, ring, ..HubConfig::default() }, &shutdown);
        let cells = Arc::new(Cells::default());
        let hotel = hub.open_hotel(HotelId(1), EPOCH, 0, Arc::clone(&cells) as Arc<dyn AvailabilitySource>);
        Self { hub, hotel, cells, log: Vec::new(), shutdown }
    }

    pub(super) fn head(&self) -> u64 {
        self.log.len() as u64
    }

    /// Publishes facts, each a kind and a reservation's code, as one batch.
    pub(super) fn publish(&mut self, facts: &[(&str, &str)]) {
        let batch = self.commit(facts);
        self.hotel.publish(batch);
    }

    /// As [`publish`](Self::publish), with the facts in a log that others read, before they are published.
    pub(super) fn publish_logged(&mut self, facts: &[(&str, &str)], log: &Mutex<Vec<Frame>>) {
        let batch = self.commit(facts);
        log.lock().unwrap().extend(batch.iter().cloned());
        self.hotel.publish(batch);
    }

    fn commit(&mut self, facts: &[(&str, &str)]) -> Vec<Frame> {
        let mut batch = Vec::new();
        for (name, code) in facts {
            let seq = self.head() + 1;
            let desk = event_block(EPOCH, seq, "reservation", format!("\"{name} {code}\"").as_bytes());
            let guest = event_block(EPOCH, seq, "reservation", format!("\"{code}\"").as_bytes());
            let guest = if *name == "nudge" { Bytes::new() } else { guest };
            let frame = Frame::ready(seq, kind(name), Some(code.parse().unwrap()), desk, guest);
            self.log.push(frame.clone());
            batch.push(frame);
        }
        self.cells.change(self.head(), &[]);
        batch
    }

    /// Publishes one fact that changes cells.
    pub(super) fn publish_cells(&mut self, cells: &[u32]) {
        self.cells.change(self.head() + 1, cells);
        self.publish(&[("placed", "CELL-CELL")]);
    }

    pub(super) async fn subscribe(&self, audience: &Audience, resume: &Resume) -> Subscription {
        let read = |range: LogRange| {
            let rows: Vec<Frame> =
                self.log.iter().filter(|fact| fact.seq > range.after && fact.seq <= range.upto).cloned().collect();
            async move { Ok::<_, std::convert::Infallible>(Some(rows)) }
        };
        match self.hotel.subscribe_with_log(*audience, resume, read).await {
            Ok(subscription) => subscription,
            Err(never) => match never {},
        }
    }
}

/// Reads a stream as the HTML standard says: only complete blocks count, an id is kept, a block without data is no event.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) buffer: String,
    pub(super) last_id: Option<String>,
    pub(super) events: Vec<Event>,
    pub(super) comments: usize,
    pub(super) retries: Vec<u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) data: String,
}

impl Reader {
    pub(super) fn resume(&self) -> Resume {
        Resume::from_request(self.last_id.as_deref().map(str::as_bytes), None)
    }

    /// What was read of an unfinished block is lost with the connection.
    pub(super) fn cut(&mut self) {
        self.buffer.clear();
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.push_str(std::str::from_utf8(bytes).unwrap());
        while let Some(end) = self.buffer.find("\n\n") {
            let block: String = self.buffer.drain(..end + 2).collect();
            let mut event = Event::default();
            for line in block.trim_end().lines() {
                match line.split_once(':').unwrap() {
                    ("", _) => self.comments += 1,
                    ("id", id) => self.last_id = Some(id.trim().to_owned()),
                    ("event", name) => name.trim().clone_into(&mut event.name),
                    ("data", data) => data.trim().clone_into(&mut event.data),
                    ("retry", ms) => self.retries.push(ms.trim().parse().unwrap()),
                    (field, _) => panic!("unknown field {field}"),
                }
            }
            if !event.data.is_empty() {
                event.id = self.last_id.clone().unwrap();
                self.events.push(event);
            }
        }
    }

    /// Reads until the event with this number has come, or the stream ended (false).
    pub(super) async fn read_upto(&mut self, stream: &mut Subscription, seq: u64) -> bool {
        let id = format!("{EPOCH}-{seq}");
        while self.events.last().is_none_or(|event| event.id != id) {
            match stream.next_chunk().await {
                Some(chunk) => self.feed(&chunk),
                None => return false,
            }
        }
        true
    }
}

/// What an audience must have received of a log after a number.
pub(super) fn expected(log: &[Frame], audience: &Audience, after: u64) -> Vec<Event> {
    let mut reader = Reader::default();
    for frame in log.iter().filter(|frame| frame.seq > after) {
        if let Some(bytes) = audience.bytes_of(frame) {
            reader.feed(bytes);
        }
    }
    reader.events
}

/// A runtime on which time jumps to the next timer when everyone waits.
pub(super) fn on_paused_time<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap().block_on(test)
}

/// Calls everybody whom what was published concerns.
pub(super) fn call_all(hotel: &HotelHub) -> Vec<Arc<Subscriber>> {
    let mut called = Vec::new();
    for table in &hotel.tables {
        assert!(!table.call_some(&mut table.begin_round(&hotel.ring), 0, usize::MAX, &mut called));
    }
    called
}
