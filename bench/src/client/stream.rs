//! One open stream of events.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use rustix::net::{AddressFamily, SocketFlags, SocketType, connect, socket_with, sockopt};

use crate::Failure;
use crate::client::Poll;
use crate::reader::{Protocol, Reader, Told};

#[derive(Debug)]
pub struct Stream {
    socket: TcpStream,
    key: usize,
    /// The request, until it is sent.
    unsent: Option<Vec<u8>>,
    pub reader: Reader,
    pub bytes: u64,
    pub closed: bool,
}

impl Stream {
    /// Connects without waiting. The request goes out as soon as the connection stands, which on one machine is at once
    /// while the server's backlog has room.
    pub fn open(
        addr: SocketAddr,
        request: Vec<u8>,
        protocol: Protocol,
        poll: &Poll,
        key: usize,
    ) -> Result<Self, Failure> {
        let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
        let socket = TcpStream::from(socket_with(AddressFamily::INET, SocketType::STREAM, flags, None)?);
        match connect(&socket, &addr) {
            Ok(()) | Err(rustix::io::Errno::INPROGRESS) => {}
            Err(error) => return Err(format!("a connection was refused: {error}").into()),
        }
        poll.add_connecting(&socket, key)?;
        let reader = Reader::new(protocol);
        let mut stream = Self { socket, key, unsent: Some(request), reader, bytes: 0, closed: false };
        stream.send(poll)?;
        Ok(stream)
    }

    /// Requests are far smaller than the socket's buffer.
    fn send(&mut self, poll: &Poll) -> Result<(), Failure> {
        let Some(request) = self.unsent.take() else { return Ok(()) };
        match self.socket.write_all(&request) {
            Ok(()) => Ok(poll.connected(&self.socket, self.key)?),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::NotConnected) => {
                self.unsent = Some(request);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Reads once what is there and passes on what it tells.
    pub fn read(&mut self, poll: &mut Poll, told: impl FnMut(Told)) -> Result<(), Failure> {
        if self.unsent.is_some() {
            return self.send(poll);
        }
        match self.socket.read(&mut poll.buffer) {
            Ok(0) => self.closed = true,
            Ok(length) => {
                self.bytes += length as u64;
                self.reader.take_in(&poll.buffer[..length], told);
                let reply = self.reader.reply();
                if !reply.is_empty() {
                    self.socket.write_all(&reply)?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => self.closed = true,
        }
        if self.closed {
            poll.leave(&self.socket)?;
        }
        Ok(())
    }

    pub fn failed(&self) -> bool {
        self.closed || self.reader.refused()
    }

    /// Stops reading, as a client that was put to sleep.
    pub fn stop(&self, poll: &Poll) -> Result<(), Failure> {
        Ok(poll.leave(&self.socket)?)
    }

    pub fn go_on(&self, poll: &Poll) -> Result<(), Failure> {
        Ok(poll.add(&self.socket, self.key)?)
    }

    /// Lets the kernel take in little that was not read, so that a stop is felt by the server.
    pub fn narrow(&self) -> Result<(), Failure> {
        Ok(sockopt::set_socket_recv_buffer_size(&self.socket, 4096)?)
    }
}
