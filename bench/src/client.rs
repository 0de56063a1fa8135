//! The load client: one thread, one epoll, buffers made before the clock starts.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};
use rustix::fd::OwnedFd;

use crate::sse::Reader;
use crate::{Failure, http};

/// The key under which a poll reports the publisher.
pub const PUBLISHER: usize = usize::MAX;

pub struct Poll {
    epoll: OwnedFd,
    events: Vec<epoll::Event>,
}

impl Poll {
    pub fn new() -> io::Result<Self> {
        Ok(Self { epoll: epoll::create(CreateFlags::CLOEXEC)?, events: Vec::with_capacity(1024) })
    }

    pub fn add(&self, socket: &TcpStream, key: usize) -> io::Result<()> {
        Ok(epoll::add(&self.epoll, socket, EventData::new_u64(key as u64), EventFlags::IN)?)
    }

    /// Waits for news and appends the keys of those who have some to `ready`.
    pub fn wait(&mut self, patience: Duration, ready: &mut Vec<usize>) -> io::Result<()> {
        ready.clear();
        self.events.clear();
        let timeout = Timespec { tv_sec: patience.as_secs().cast_signed(), tv_nsec: patience.subsec_nanos().into() };
        match epoll::wait(&self.epoll, spare_capacity(&mut self.events), Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let key = |event: &epoll::Event| usize::try_from(event.data.u64()).unwrap_or(PUBLISHER);
        ready.extend(self.events.iter().map(key));
        Ok(())
    }
}

/// One open stream of events.
#[derive(Debug)]
pub struct Stream {
    socket: TcpStream,
    pub reader: Reader,
    pub bytes: u64,
    pub closed: bool,
}

impl Stream {
    /// Connects and sends the request. On the same machine the kernel accepts at once while the backlog has room.
    pub fn open(addr: SocketAddr, request: &[u8], poll: &Poll, key: usize) -> Result<Self, Failure> {
        let mut socket = TcpStream::connect(addr)?;
        socket.write_all(request)?;
        socket.set_nonblocking(true)?;
        poll.add(&socket, key)?;
        Ok(Self { socket, reader: Reader::default(), bytes: 0, closed: false })
    }

    /// Reads once what is there; `event` hears the number of each event that is complete.
    pub fn read(&mut self, buffer: &mut [u8], event: impl FnMut(u64)) {
        match self.socket.read(buffer) {
            Ok(0) => self.closed = true,
            Ok(length) => {
                self.bytes += length as u64;
                self.reader.take_in(&buffer[..length], event);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => self.closed = true,
        }
    }

    pub fn failed(&self) -> bool {
        self.closed || self.reader.refused
    }
}

/// Opens `count` streams and waits until each has begun. Not all at once: how a backlog overflows is another question.
pub fn open_streams(addr: SocketAddr, request: &[u8], count: usize, poll: &mut Poll) -> Result<Vec<Stream>, Failure> {
    const AT_ONCE: usize = 100;
    let mut streams: Vec<Stream> = Vec::with_capacity(count);
    let (mut buffer, mut ready) = (vec![0; 64 * 1024], Vec::with_capacity(1024));
    let deadline = Instant::now() + Duration::from_mins(1);
    let mut begun = 0;
    while begun < count {
        while streams.len() < count && streams.len() - begun < AT_ONCE {
            streams.push(Stream::open(addr, request, poll, streams.len())?);
        }
        poll.wait(Duration::from_millis(100), &mut ready)?;
        for key in &ready {
            let Some(stream) = streams.get_mut(*key) else { continue };
            let had_begun = stream.reader.position.is_some();
            stream.read(&mut buffer, |_| {});
            if stream.failed() {
                return Err(format!("stream {key} of {count} was refused or cut").into());
            }
            begun += usize::from(!had_begun && stream.reader.position.is_some());
        }
        if Instant::now() > deadline {
            return Err(format!("{begun} of {count} streams began within a minute").into());
        }
    }
    Ok(streams)
}

/// A kept connection that sends requests and counts answers.
#[derive(Debug)]
pub struct Requester {
    socket: TcpStream,
    unread: Vec<u8>,
}

impl Requester {
    pub fn connect(addr: SocketAddr, poll: &Poll, key: usize) -> Result<Self, Failure> {
        let socket = TcpStream::connect(addr)?;
        socket.set_nodelay(true)?;
        socket.set_nonblocking(true)?;
        poll.add(&socket, key)?;
        Ok(Self { socket, unread: Vec::with_capacity(8 * 1024) })
    }

    /// Requests are far smaller than the socket's buffer.
    pub fn send(&mut self, request: &[u8]) -> Result<(), Failure> {
        Ok(self.socket.write_all(request)?)
    }

    /// Reads what is there and tells the status of each answer that is complete.
    pub fn read(&mut self, buffer: &mut [u8], mut answer: impl FnMut(u16)) -> Result<(), Failure> {
        match self.socket.read(buffer) {
            Ok(0) => return Err("the server closed a kept connection".into()),
            Ok(length) => self.unread.extend_from_slice(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        while let Some((status, whole)) = http::measure(&self.unread)
            && self.unread.len() >= whole
        {
            self.unread.drain(..whole);
            answer(status);
        }
        Ok(())
    }
}
