//! Runs the program on a database of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use tempfile::TempDir;
use vacancy::domain::LoggedFact;
use vacancy::server::store::sqlite::{SqliteOptions, SqliteStore};
use vacancy::server::store::{Catalog, CommitListener, LogEntry};

pub struct Program {
    dir: TempDir,
}

/// What one run left behind.
#[derive(Debug)]
pub struct Ran {
    pub succeeded: bool,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn last_line(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }

    /// Its lines, where it succeeded.
    #[track_caller]
    pub fn ok(self) -> String {
        assert!(self.succeeded, "{self:?}");
        self.out
    }

    /// What it said in refusing.
    #[track_caller]
    pub fn refused(self) -> String {
        assert!(!self.succeeded, "{self:?}");
        self.err
    }
}

struct Nobody;

impl CommitListener for Nobody {
    fn committed(&self, _: &[LoggedFact], _: Vec<LogEntry>) {}
    fn catalog_changed(&self, _: &Arc<Catalog>) {}
}

impl Program {
    pub fn new() -> Self {
        Self { dir: TempDir::new().unwrap() }
    }

    /// The path of a file with this text, beside the database.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[], "")
    }

    /// What the log of a server says until it can be reached.
    pub fn log_of_start(&self) -> String {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vacancy"))
            .args(["serve", "--addr", "127.0.0.1:0"])
            .env("VACANCY_DATABASE", format!("sqlite:{}", self.database().display()))
            .env_remove("RUST_LOG")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first_line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first_line).unwrap();
        child.kill().unwrap();
        let log = child.wait_with_output().unwrap().stderr;
        assert!(first_line.contains("is served at"), "{first_line}");
        String::from_utf8(log).unwrap()
    }

    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vacancy"))
            .args(arguments)
            .env("VACANCY_DATABASE", format!("sqlite:{}", self.database().display()))
            .env_remove("VACANCY_NEW_PASSWORD")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that reads no input may have gone before it is written.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { succeeded: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The database, opened as a server would.
    pub fn store(&self) -> Arc<SqliteStore> {
        SqliteStore::open(&self.database(), SqliteOptions::default(), Arc::new(Nobody)).unwrap()
    }

    fn database(&self) -> PathBuf {
        self.dir.path().join("new folder").join("house.db")
    }
}
