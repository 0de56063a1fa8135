//! The servers that take turns. Each round gets a fresh process on the server's core; the real one a fresh database too.

use std::fmt;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::date;
use crate::http::{exchange, get, post};
use crate::machine::SERVER_CORE;
use crate::{Failure, Plan};

/// Whose turn it is, and which of its streams is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Floor,
    Twin,
    /// The desk's stream, alerts of new reservations: one event of the usual size a booking.
    Desk,
    /// The public stream of what is left.
    Availability,
}

impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Floor => "floor (epoll)",
            Self::Twin => "axum `Sse` + broadcast",
            Self::Desk => "**vacancy**, desk",
            Self::Availability => "**vacancy**, availability",
        })
    }
}

/// A running server; ended when dropped.
#[derive(Debug)]
pub struct Server {
    pub peer: Peer,
    pub addr: SocketAddr,
    child: Child,
    folder: Option<PathBuf>,
    cookie: String,
    first_day: u64,
}

/// Under `target`, so that it is on the disk of the working copy and not in memory.
pub fn scratch() -> Result<PathBuf, Failure> {
    let folder = PathBuf::from(format!("target/bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Server {
    pub fn start(plan: &Plan, peer: Peer) -> Result<Self, Failure> {
        let mut command = Command::new("taskset");
        command.args(["-c", &SERVER_CORE.to_string()]).stdout(Stdio::piped()).stderr(Stdio::null());
        let own = std::env::current_exe()?;
        let folder = match peer {
            Peer::Floor => {
                command.arg(own).arg("serve-floor");
                None
            }
            Peer::Twin => {
                command.arg(own).arg("serve-twin");
                None
            }
            Peer::Desk | Peer::Availability => {
                let folder = scratch()?;
                let database = format!("sqlite:{}", folder.join("house.db").display());
                let settings = ["serve", "--demo", "--limits", "off", "--addr", "127.0.0.1:0", "--database", &database];
                command.arg(&plan.program).args(settings);
                Some(folder)
            }
        };
        let child = command.spawn().map_err(|error| format!("taskset cannot be started: {error}"))?;
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        // First, so that whatever goes wrong from here on ends the process and takes its folder away.
        let mut server = Self { peer, addr: nowhere, child, folder, cookie: String::new(), first_day: 0 };
        server.addr = listening_at(&mut server.child)?;
        if matches!(peer, Peer::Desk | Peer::Availability) {
            // The demo's stays are near; a stay may be five years ahead.
            server.first_day = server.today()? + 40;
        }
        if peer == Peer::Desk {
            server.cookie = server.sign_in()?;
        }
        Ok(server)
    }

    fn sign_in(&self) -> Result<String, Failure> {
        let body = r#"{"email":"desk@harbour.example","password":"harbour-demo-desk"}"#;
        let answer = exchange(self.addr, &post("/api/v1/session", "", body))?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        Ok(cookie.ok_or_else(|| format!("signing in: {} {}", answer.status, answer.body))?.to_owned())
    }

    fn today(&self) -> Result<u64, Failure> {
        let answer = exchange(self.addr, &get("/api/v1/hotels", ""))?;
        let today = answer.body.split("\"today\":\"").nth(1).and_then(|rest| date::day_number(rest.get(..10)?));
        Ok(today.ok_or_else(|| format!("no hotels: {} {}", answer.status, answer.body))?)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The request that opens the stream; `after` resumes it.
    pub fn subscribe(&self, after: Option<&str>) -> Vec<u8> {
        let resume = after.map(|id| format!("last-event-id: {id}\r\n")).unwrap_or_default();
        match self.peer {
            Peer::Floor | Peer::Twin => get("/events", &resume),
            Peer::Desk => {
                let cookie = &self.cookie;
                get("/api/v1/desk/harbour/events?kinds=new_reservation", &format!("cookie: {cookie}\r\n{resume}"))
            }
            Peer::Availability => get("/api/v1/hotels/harbour/events", &resume),
        }
    }

    /// The request that makes event number `count`.
    pub fn publish(&self, count: usize) -> Vec<u8> {
        match self.peer {
            Peer::Floor | Peer::Twin => post("/publish", "", ""),
            Peer::Desk | Peer::Availability => booking(self.first_day, count),
        }
    }

    /// By how much each publishing moves the stream's numbers: a booking is three facts.
    pub fn step(&self) -> u64 {
        if matches!(self.peer, Peer::Floor | Peer::Twin) { 1 } else { 3 }
    }

    /// Whether one event may bring several changes.
    pub fn merges(&self) -> bool {
        self.peer == Peer::Availability
    }

    /// Where the hotel stands.
    pub fn position(&self) -> Result<String, Failure> {
        let (from, to) = (date::written(self.first_day), date::written(self.first_day + 1));
        let path = format!("/api/v1/hotels/harbour/availability?from={from}&to={to}");
        let answer = exchange(self.addr, &get(&path, ""))?;
        let as_of = answer.body.split("\"as_of\":\"").nth(1).and_then(|rest| rest.split('"').next());
        Ok(as_of.ok_or_else(|| format!("no as_of: {} {}", answer.status, answer.body))?.to_owned())
    }
}

/// One night for one guest. Each night is taken once before any is taken twice; there are rooms for 57,800.
fn booking(first_day: u64, count: usize) -> Vec<u8> {
    const NIGHTS: usize = 1_700;
    let room_type = match count / NIGHTS % 34 {
        0..20 => "double",
        20..28 => "single",
        _ => "family",
    };
    let arrival = first_day + (count % NIGHTS) as u64;
    let (arrival, departure) = (date::written(arrival), date::written(arrival + 1));
    let body = format!(
        "{{\"room_type\":\"{room_type}\",\"arrival\":\"{arrival}\",\"departure\":\"{departure}\",\"adults\":1,\
         \"guest\":{{\"name\":\"Ana Silva\",\"email\":\"ana@example.org\"}}}}"
    );
    let key = format!("idempotency-key: bench-{count}\r\n");
    post("/api/v1/hotels/harbour/reservations", &key, &body)
}

fn listening_at(child: &mut Child) -> Result<SocketAddr, Failure> {
    let out = child.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let addr = line.trim().rsplit('/').next().and_then(|addr| addr.parse().ok());
    Ok(addr.ok_or_else(|| format!("the server did not say where it listens, but: {line:?}"))?)
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
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
