//! All that listen to one server.

use std::time::{Duration, Instant};

use crate::client::{Poll, REQUESTERS, Stream};
use crate::follower::{Counting, Follower};
use crate::server::Server;
use crate::{Failure, figures};

/// How long everybody may take to connect.
const PATIENCE: Duration = Duration::from_mins(1);
/// Not all at once: how a backlog overflows is the storm's question.
const AT_ONCE: usize = 100;

#[derive(Debug, Default)]
pub struct Audience {
    pub streams: Vec<Stream>,
    pub followers: Vec<Follower>,
    topics: usize,
}

/// What arrived at a listener: which of its topic's events, and which of them all are new by it.
#[derive(Debug)]
pub struct Arrival {
    pub listener: usize,
    pub topic: usize,
    pub new: std::ops::RangeInclusive<u64>,
}

impl Audience {
    /// Opens `each` streams for each topic and waits until all have begun.
    pub fn gather(server: &Server, topics: usize, each: usize, poll: &mut Poll) -> Result<Self, Failure> {
        let count = topics * each;
        let mut audience = Self { streams: Vec::with_capacity(count), followers: Vec::with_capacity(count), topics };
        let deadline = Instant::now() + PATIENCE;
        let (mut begun, mut heard) = (0, vec![0; count]);
        // A reservation's stream says first how it stands.
        let opening = server.opening_events();
        while begun < count {
            while audience.streams.len() < count && audience.streams.len() - begun < AT_ONCE {
                let key = audience.streams.len();
                let request = server.subscribe(key % topics, None);
                audience.streams.push(Stream::open(server.addr, request, server.protocol(), poll, key)?);
            }
            poll.wait(Duration::from_millis(100))?;
            for at in 0..poll.ready.len() {
                let key = poll.ready[at];
                let Some(stream) = audience.streams.get_mut(key) else { continue };
                let stands = |stream: &Stream, heard: usize| stream.reader.begun() && heard >= opening;
                let stood = stands(stream, heard[key]);
                stream.read(poll, |_| heard[key] += 1)?;
                if stream.failed() {
                    return Err(format!("stream {key} of {count} was refused or cut").into());
                }
                begun += usize::from(!stood && stands(stream, heard[key]));
            }
            if Instant::now() > deadline {
                return Err(format!("{begun} of {count} streams began within a minute").into());
            }
        }
        let counting = |stream: &Stream| match topics {
            1 => server.counting(stream.reader.position()),
            _ => Counting::Growing,
        };
        audience.followers = audience.streams.iter().map(|stream| Follower::new(counting(stream))).collect();
        Ok(audience)
    }

    pub fn topic_of(&self, listener: usize) -> usize {
        listener % self.topics.max(1)
    }

    /// Reads from everyone who has news. A cut stream is an error unless `may_leave` says that its listener may go.
    pub fn read(
        &mut self,
        poll: &mut Poll,
        may_leave: impl Fn(usize) -> bool,
        mut arrived: impl FnMut(Arrival),
    ) -> Result<(), Failure> {
        for at in 0..poll.ready.len() {
            let listener = poll.ready[at];
            if listener >= REQUESTERS {
                continue;
            }
            let topic = self.topic_of(listener);
            let (stream, follower) = (&mut self.streams[listener], &mut self.followers[listener]);
            stream.read(poll, |told| arrived(Arrival { listener, topic, new: follower.take_in(told) }))?;
            if stream.failed() && !may_leave(listener) {
                return Err(format!("stream {listener} was cut").into());
            }
        }
        Ok(())
    }

    pub fn bytes(&self) -> u64 {
        self.streams.iter().map(|stream| stream.bytes).sum()
    }

    /// Events lost and events that came twice.
    pub fn wrong(&self) -> figures::Wrong {
        let lost = self.followers.iter().map(|follower| follower.lost).sum();
        let twice = self.followers.iter().map(|follower| follower.twice).sum();
        figures::Wrong { lost, twice }
    }
}
