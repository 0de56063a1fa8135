//! An event stream as a client library reads it (WHATWG HTML, "Server-sent events").

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use reqwest::RequestBuilder;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// How long a test waits for what must come before it says that it did not. Never what is measured.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub id: String,
    pub name: String,
    pub data: Value,
}

impl Event {
    pub fn seq(&self) -> u64 {
        seq(&self.id)
    }
}

/// The number of an `EPOCH-SEQ`.
pub fn seq(id: &str) -> u64 {
    id.split_once('-').and_then(|(_, seq)| seq.parse().ok()).unwrap_or_else(|| panic!("not EPOCH-SEQ: {id}"))
}

pub struct Stream {
    pub status: u16,
    pub headers: HeaderMap,
    pub last_id: String,
    pub retry_ms: Option<u64>,
    /// Everything that came, byte for byte.
    pub raw: String,
    chunks: BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    pending: String,
}

impl Stream {
    pub async fn open(request: RequestBuilder) -> Self {
        let response = request.header("accept", "text/event-stream").send().await.expect("the server answers");
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            last_id: String::new(),
            retry_ms: None,
            raw: String::new(),
            chunks: response.bytes_stream().boxed(),
            pending: String::new(),
        }
    }

    #[track_caller]
    pub fn expect_status(&self, status: u16) {
        assert_eq!(self.status, status);
    }

    /// Waits for the first block, which says where the stream begins.
    pub async fn begun(mut self) -> Self {
        while self.retry_ms.is_none() {
            assert!(self.read().await, "the stream ended before it began");
            if let Some(end) = self.pending.find("\n\n") {
                let block: String = self.pending.drain(..end + 2).collect();
                assert_eq!(self.event_of(&block), None, "the first block dispatches nothing");
            }
        }
        self
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(end) = self.pending.find("\n\n") {
                let block: String = self.pending.drain(..end + 2).collect();
                if let Some(event) = self.event_of(&block) {
                    return Some(event);
                }
            }
            if !self.read().await {
                return None;
            }
        }
    }

    pub async fn expect_next(&mut self) -> Event {
        self.next().await.expect("the stream goes on")
    }

    /// The first event that `is_it`, and everything before it.
    pub async fn until(&mut self, is_it: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut events = Vec::new();
        loop {
            let event = self.expect_next().await;
            let found = is_it(&event);
            events.push(event);
            if found {
                return events;
            }
        }
    }

    async fn read(&mut self) -> bool {
        let chunk = tokio::time::timeout(PATIENCE, self.chunks.next()).await.expect("something comes in good time");
        let Some(Ok(chunk)) = chunk else { return false };
        let text = std::str::from_utf8(&chunk).expect("frames are not cut inside a character here");
        self.raw.push_str(text);
        self.pending.push_str(text);
        true
    }

    fn event_of(&mut self, block: &str) -> Option<Event> {
        let (mut name, mut data) = ("message".to_owned(), String::new());
        for line in block.lines() {
            match line.split_once(':') {
                Some(("id", value)) => value.trim_start().clone_into(&mut self.last_id),
                Some(("event", value)) => value.trim_start().clone_into(&mut name),
                Some(("data", value)) => data.push_str(value.trim_start()),
                Some(("retry", value)) => self.retry_ms = value.trim().parse().ok(),
                _ => {}
            }
        }
        let data = if data.is_empty() { return None } else { serde_json::from_str(&data).expect("data is JSON") };
        Some(Event { id: self.last_id.clone(), name, data })
    }
}
