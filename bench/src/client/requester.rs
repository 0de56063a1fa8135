//! A kept connection that sends requests and hears the answers in order.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use crate::client::Poll;
use crate::{Failure, http};

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
        Ok(Self { socket, unread: Vec::with_capacity(16 * 1024) })
    }

    /// Requests are far smaller than the socket's buffer.
    pub fn send(&mut self, request: &[u8]) -> Result<(), Failure> {
        Ok(self.socket.write_all(request)?)
    }

    /// Reads what is there and tells the status and body of each answer that is complete.
    pub fn read(&mut self, poll: &mut Poll, mut answer: impl FnMut(u16, &[u8])) -> Result<(), Failure> {
        match self.socket.read(&mut poll.buffer) {
            Ok(0) => return Err("the server closed a kept connection".into()),
            Ok(length) => self.unread.extend_from_slice(&poll.buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        while let Some(extent) = http::measure(&self.unread)
            && self.unread.len() >= extent.whole
        {
            answer(extent.status, &self.unread[extent.head..extent.whole]);
            self.unread.drain(..extent.whole);
        }
        Ok(())
    }
}
