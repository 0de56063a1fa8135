//! A running server on its core. Each round gets a fresh one; ours gets a fresh database too.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::floor;
use crate::follower::Counting;
use crate::house::House;
use crate::http::{get, post};
use crate::peers::Peer;
use crate::reader::Protocol;
use crate::{Failure, Plan, house, peers, websocket};

/// A server; ended when dropped, by its id.
#[derive(Debug)]
pub struct Server {
    pub peer: Peer,
    pub addr: SocketAddr,
    child: Child,
    folder: PathBuf,
    /// Whether the folder stays when the server ends.
    keeps_folder: bool,
    /// How many events it was asked to publish.
    published: u64,
    house: Option<House>,
}

/// Under `target`, so that it is on the disk of the working copy and not in memory.
pub fn scratch() -> Result<PathBuf, Failure> {
    let folder = PathBuf::from(format!("target/bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Server {
    pub fn start(plan: &Plan, peer: Peer) -> Result<Self, Failure> {
        let mut server = Self::start_prepared(plan, peer, |_| Ok(()))?;
        if peer.is_vacancy() {
            server.house = Some(House::enter(server.addr)?);
        }
        Ok(server)
    }

    /// Starts it after something was done to its database, whose address is given. There is no demo house in it then.
    pub fn start_prepared(
        plan: &Plan,
        peer: Peer,
        prepare: impl FnOnce(&str) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let folder = scratch()?;
        prepare(&peers::database(&folder))?;
        Self::start_in(plan, peer, folder)
    }

    /// Starts it on the database in a folder, and leaves that there.
    pub fn start_again(plan: &Plan, folder: &Path) -> Result<Self, Failure> {
        let mut server = Self::start_in(plan, Peer::Availability, folder.to_owned())?;
        server.keeps_folder = true;
        Ok(server)
    }

    fn start_in(plan: &Plan, peer: Peer, folder: PathBuf) -> Result<Self, Failure> {
        let (mut command, told) = peer.command(plan, &folder)?;
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let child = child.map_err(|error| format!("taskset cannot be started: {error}"))?;
        let addr = told.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
        // First, so that whatever goes wrong from here on ends the process and takes its folder away.
        let mut server = Self { peer, addr, child, folder, keeps_folder: false, published: 0, house: None };
        match told {
            Some(addr) => answers_at(addr)?,
            None => server.addr = listening_at(&mut server.child)?,
        }
        Ok(server)
    }

    /// Ends it as a power cut would end it.
    pub fn crash(mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Where the database is, and what else it keeps.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn protocol(&self) -> Protocol {
        self.peer.protocol()
    }

    /// What only Vacancy has.
    pub fn house(&mut self) -> Result<&mut House, Failure> {
        self.house.as_mut().ok_or_else(|| format!("{} has no rooms", self.peer).into())
    }

    /// The request that opens a stream of a topic; `after` resumes it.
    pub fn subscribe(&self, topic: usize, after: Option<&str>) -> Vec<u8> {
        let resume = after.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        match (self.peer, &self.house) {
            (Peer::SocketIo, _) => websocket::upgrade(topic),
            (Peer::Desk, Some(house)) => house.follow_desk(&resume),
            (Peer::Availability, _) => get("/api/v1/hotels/harbour/events", &resume),
            (Peer::Guest, Some(house)) => house.follow_reservation(topic, &resume),
            _ => get(&format!("/events/{topic}"), &resume),
        }
    }

    /// The request that makes the next event of a topic.
    pub fn publish(&mut self, topic: usize) -> Vec<u8> {
        self.published += 1;
        match (self.peer, &mut self.house) {
            (Peer::Guest, Some(house)) => house.change_reservation(topic),
            (_, Some(house)) => house.book(),
            (Peer::Nchan, _) => {
                post(&format!("/publish/{topic}"), "x-eventsource-event: alert\r\n", &floor::data(self.published))
            }
            _ => post(&format!("/publish/{topic}"), "", ""),
        }
    }

    /// Whether events are numbered by the server, in the order in which it takes them; nchan passes on what it is given.
    pub fn numbers_events(&self) -> bool {
        self.peer != Peer::Nchan
    }

    /// How many events a stream begins with by itself.
    pub fn opening_events(&self) -> usize {
        usize::from(self.peer == Peer::Guest)
    }

    /// The request of one more booking; where there is no house, one that is taken down in memory.
    pub fn book(&mut self) -> Vec<u8> {
        self.published += 1;
        match &mut self.house {
            Some(house) => house.book(),
            None => post("/reservations", "", &house::booking(0, self.published)),
        }
    }

    /// How a listener of the only topic counts that came in when its stream stood at `position`. A booking is three
    /// facts.
    pub fn counting(&self, position: u64) -> Counting {
        match self.peer {
            Peer::Desk => Counting::Steps { base: position, step: 3 },
            Peer::Availability => Counting::Merged { base: position, step: 3 },
            Peer::Guest => Counting::Growing,
            _ => Counting::Steps { base: self.published, step: 1 },
        }
    }
}

fn listening_at(child: &mut Child) -> Result<SocketAddr, Failure> {
    let out = child.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let addr = line.trim().rsplit('/').next().and_then(|addr| addr.parse().ok());
    Ok(addr.ok_or_else(|| format!("the server did not say where it listens, but: {line:?}"))?)
}

fn answers_at(addr: SocketAddr) -> Result<(), Failure> {
    for _ in 0..500 {
        if TcpStream::connect(addr).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Err(format!("nothing listens at {addr} after five seconds").into())
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.child.id())
            && let Some(pid) = Pid::from_raw(id)
        {
            let _ = kill_process(pid, Signal::TERM);
        }
        for _ in 0..600 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !self.keeps_folder {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
