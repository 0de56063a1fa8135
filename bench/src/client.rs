//! The load client: one thread, one epoll, buffers made before the clock starts.

mod audience;
mod requester;
mod stream;

use std::io;
use std::net::TcpStream;
use std::time::Duration;

use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::fd::OwnedFd;

pub use audience::Audience;
pub use requester::Requester;
pub use stream::Stream;

/// Keys from here on are requesters; those below are streams.
pub const REQUESTERS: usize = 1 << 32;

/// One epoll and what it reports.
pub struct Poll {
    epoll: OwnedFd,
    events: Vec<epoll::Event>,
    /// The keys of those who have news.
    pub ready: Vec<usize>,
    /// Where everybody reads into.
    pub buffer: Vec<u8>,
}

impl Poll {
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            events: Vec::with_capacity(1024),
            ready: Vec::with_capacity(1024),
            buffer: vec![0; 64 * 1024],
        })
    }

    pub fn add(&self, socket: &TcpStream, key: usize) -> io::Result<()> {
        Ok(epoll::add(&self.epoll, socket, EventData::new_u64(key as u64), EventFlags::IN)?)
    }

    /// Until its connection stands, a socket is ready when it can be written to.
    pub fn add_connecting(&self, socket: &TcpStream, key: usize) -> io::Result<()> {
        Ok(epoll::add(&self.epoll, socket, EventData::new_u64(key as u64), EventFlags::OUT)?)
    }

    pub fn connected(&self, socket: &TcpStream, key: usize) -> io::Result<()> {
        Ok(epoll::modify(&self.epoll, socket, EventData::new_u64(key as u64), EventFlags::IN)?)
    }

    /// Hears no more of a socket, which stays open.
    pub fn leave(&self, socket: &TcpStream) -> io::Result<()> {
        Ok(epoll::delete(&self.epoll, socket)?)
    }

    /// Waits for news, at most so long.
    pub fn wait(&mut self, patience: Duration) -> io::Result<()> {
        self.ready.clear();
        self.events.clear();
        let timeout = Timespec { tv_sec: patience.as_secs().cast_signed(), tv_nsec: patience.subsec_nanos().into() };
        match epoll::wait(&self.epoll, spare_capacity(&mut self.events), Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let key = |event: &epoll::Event| usize::try_from(event.data.u64()).unwrap_or(usize::MAX);
        self.ready.extend(self.events.iter().map(key));
        Ok(())
    }
}
