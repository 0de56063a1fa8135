//! The servers that take turns: what each is, how it is started, and what it takes to have it.

use std::fmt;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;

use crate::reader::Protocol;
use crate::sse::Numbers;
use crate::{Failure, Plan};

const NODE_MODULES: &str = "bench/peers/node_modules/express";
const PYTHON: &str = "target/peers/bin/python";
const NCHAN: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";

/// Whose turn it is; for Vacancy, which of its streams is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Floor,
    Twin,
    Nchan,
    Node,
    Express,
    SocketIo,
    Flask,
    /// The desk's stream, alerts of new reservations: one event of the usual size a booking.
    Desk,
    /// The public stream of what is left.
    Availability,
    /// A guest's stream of one reservation.
    Guest,
}

impl Peer {
    pub const OTHERS: [Self; 5] = [Self::Nchan, Self::Node, Self::Express, Self::SocketIo, Self::Flask];

    /// What it is called on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Twin => "twin",
            Self::Nchan => "nchan",
            Self::Node => "node",
            Self::Express => "express",
            Self::SocketIo => "socketio",
            Self::Flask => "flask",
            Self::Desk | Self::Availability | Self::Guest => "vacancy",
        }
    }

    pub fn is_vacancy(self) -> bool {
        matches!(self, Self::Desk | Self::Availability | Self::Guest)
    }

    /// Whether it needs nothing but this repository.
    pub fn is_own(self) -> bool {
        !Self::OTHERS.contains(&self)
    }

    /// Those of `all` that were asked for. The short form goes without what has to be installed.
    pub fn wanted(plan: &Plan, all: &[Self]) -> Vec<Self> {
        let wanted = |peer: &&Self| plan.wants_peer(peer.word()) && (peer.is_own() || !plan.quick);
        all.iter().filter(wanted).copied().collect()
    }

    /// What is missing to start it.
    pub fn missing(self) -> Option<&'static str> {
        let is_there = |path: &str| Path::new(path).exists();
        match self {
            Self::Nchan if !is_there(NCHAN) => Some("not installed: apt-get install nginx-light libnginx-mod-nchan"),
            Self::Node | Self::Express | Self::SocketIo if !is_there(NODE_MODULES) => {
                Some("not installed: make bench-peers, with Node 20 or later")
            }
            Self::Flask if !is_there(PYTHON) => Some("not installed: make bench-peers, with Python 3.11 or later"),
            _ => None,
        }
    }

    pub fn protocol(self) -> Protocol {
        match self {
            Self::SocketIo => Protocol::SocketIo,
            _ if self.is_vacancy() => Protocol::Sse(Numbers::InId),
            _ => Protocol::Sse(Numbers::InData),
        }
    }

    /// The program with its arguments. nginx cannot choose a port and say which: it is told one, which is returned too.
    pub fn command(self, plan: &Plan, folder: &Path) -> Result<(Command, Option<SocketAddr>), Failure> {
        let own = std::env::current_exe()?;
        let program = |program: &Path, arguments: &[&str]| {
            let mut command = Command::new("taskset");
            command.args(["-c", &crate::machine::SERVER_CORE.to_string()]).arg(program).args(arguments);
            command
        };
        let node = |file: &str| program(Path::new("node"), &[&format!("bench/peers/{file}")]);
        let command = match self {
            Self::Floor => program(&own, &["serve-floor"]),
            Self::Twin => program(&own, &["serve-twin"]),
            Self::Node => node("node.js"),
            Self::Express => node("express.js"),
            Self::SocketIo => node("socketio.js"),
            Self::Flask => program(Path::new(PYTHON), &["bench/peers/flask_gevent.py"]),
            Self::Nchan => {
                let addr = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
                let folder = folder.canonicalize()?;
                let settings = fs::read_to_string("bench/peers/nchan.conf")?
                    .replace("PORT", &addr.port().to_string())
                    .replace("FOLDER", &folder.display().to_string());
                let file = folder.join("nginx.conf");
                fs::write(&file, settings)?;
                let (file, folder) = (file.display().to_string(), folder.display().to_string());
                return Ok((program(Path::new("nginx"), &["-p", &folder, "-c", &file]), Some(addr)));
            }
            Self::Desk | Self::Availability | Self::Guest => {
                let database = database(folder);
                let settings = ["serve", "--demo", "--limits", "off", "--addr", "127.0.0.1:0", "--database", &database];
                program(&plan.program, &settings)
            }
        };
        Ok((command, None))
    }
}

/// The address of the database in a folder.
pub fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("house.db").display())
}

impl fmt::Display for Peer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Floor => "floor (epoll)",
            Self::Twin => "axum `Sse` + broadcast",
            Self::Nchan => "nchan",
            Self::Node => "Node http",
            Self::Express => "Express + better-sse",
            Self::SocketIo => "Socket.IO",
            Self::Flask => "Flask + gevent",
            Self::Desk => "**vacancy**, desk",
            Self::Availability => "**vacancy**, availability",
            Self::Guest => "**vacancy**, reservations",
        })
    }
}
