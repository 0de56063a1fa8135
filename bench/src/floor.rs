//! The floor: what delivering costs when there is nothing else. One thread accepts, sends a fixed head, and writes one
//! prebuilt event to every socket. It has no timers, no routes, no bounds, and drops whoever does not take a write whole.

use std::collections::HashMap;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, EventData, EventFlags};

use crate::Failure;

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n\
    connection: close\r\n\r\nretry: 3000\nid: floor-0\n\n";
const DONE: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";
const LISTENER: u64 = u64::MAX;
/// As deep as the server's own.
const BACKLOG: i32 = 8192;

/// How many events a client that resumes has missed: all after the first. All clients do so at once, so the answer is
/// built before.
pub const REPLAYED: u64 = 100;

/// As long as an alert of a new reservation.
pub fn data(number: u64) -> String {
    format!(
        "{{\"kind\":\"new_reservation\",\"code\":\"K7QM-2XNP\",\"text\":\"2031-01-01 2031-01-02 double {number:07}\"}}"
    )
}

fn event(number: u64) -> String {
    format!("id: floor-{number}\nevent: alert\ndata: {}\n\n", data(number))
}

#[derive(Debug, Default)]
struct Floor {
    sockets: HashMap<u64, TcpStream>,
    /// By topic, which is the end of the path.
    subscribers: HashMap<String, Vec<u64>>,
    topics: HashMap<u64, String>,
    published: u64,
    replay: Vec<u8>,
}

pub fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    // The standard library's backlog of 128 overflows in a storm, and each connect beyond it waits a second.
    rustix::net::listen(&listener, BACKLOG)?;
    listener.set_nonblocking(true)?;
    writeln!(io::stdout(), "listening at http://{}", listener.local_addr()?)?;
    let poll = epoll::create(CreateFlags::CLOEXEC)?;
    epoll::add(&poll, &listener, EventData::new_u64(LISTENER), EventFlags::IN)?;
    let mut replay = HEAD.to_vec();
    (2..=REPLAYED + 1).for_each(|number| replay.extend_from_slice(event(number).as_bytes()));
    let mut floor = Floor { replay, ..Floor::default() };
    let mut next = 0;
    let mut events = Vec::with_capacity(1024);
    loop {
        events.clear();
        epoll::wait(&poll, spare_capacity(&mut events), None)?;
        for event in &events {
            let key = event.data.u64();
            if key != LISTENER {
                floor.read(key);
                continue;
            }
            while let Ok((socket, _)) = listener.accept() {
                socket.set_nonblocking(true)?;
                socket.set_nodelay(true)?;
                epoll::add(&poll, &socket, EventData::new_u64(next), EventFlags::IN)?;
                floor.sockets.insert(next, socket);
                next += 1;
            }
        }
    }
}

impl Floor {
    /// Requests are small enough to come whole.
    fn read(&mut self, key: u64) {
        let mut request = [0; 2048];
        let Some(socket) = self.sockets.get_mut(&key) else { return };
        match socket.read(&mut request) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Ok(0) | Err(_) => {
                self.sockets.remove(&key);
                if let Some(others) = self.topics.remove(&key).and_then(|topic| self.subscribers.get_mut(&topic)) {
                    others.retain(|other| *other != key);
                }
            }
            Ok(length) => {
                // A client may send several requests without waiting.
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                for request in text.split_inclusive("\r\n\r\n") {
                    self.answer(key, request);
                }
            }
        }
    }

    fn answer(&mut self, key: u64, request: &str) {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let topic = path.rsplit('/').next().unwrap_or_default();
        if request.starts_with("POST") {
            self.publish(topic);
            if let Some(socket) = self.sockets.get_mut(&key) {
                let _ = socket.write_all(DONE);
            }
            return;
        }
        let resumes = request.contains("last-event-id:");
        if let Some(socket) = self.sockets.get_mut(&key) {
            let _ = socket.write_all(if resumes { &self.replay } else { HEAD });
        }
        self.subscribers.entry(topic.to_owned()).or_default().push(key);
        self.topics.insert(key, topic.to_owned());
    }

    fn publish(&mut self, topic: &str) {
        self.published += 1;
        let event = event(self.published);
        let sockets = &mut self.sockets;
        let Some(subscribers) = self.subscribers.get_mut(topic) else { return };
        subscribers.retain(|key| {
            let written = sockets.get_mut(key).is_some_and(|socket| socket.write_all(event.as_bytes()).is_ok());
            if !written {
                sockets.remove(key);
            }
            written
        });
    }
}
