//! The real program, killed while it works: what was answered is there afterwards, once.
//!
//! Killing a process shows that answers wait for the commit; that commits survive a power cut is SQLite's
//! `synchronous=FULL`, which this cannot show.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt as _;
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use vacancy::domain::Date;
use vacancy::server::store::sqlite::SERVER_LOG_BYTES;

const KILLS: u32 = 20;
const CLIENTS: usize = 8;
/// How long a client waits for an answer before it says that there is none. Never what is measured.
const PATIENCE: Duration = Duration::from_secs(30);

struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the program and waits for its line.
    fn start(database: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_vacancy"))
            .args(["serve", "--addr", "127.0.0.1:0", "--demo", "--limits", "off", "--database"])
            .arg(format!("sqlite:{}", database.display()))
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://"), "the program says where it serves: {line:?}");
        Self { process, url }
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn terminate(mut self) -> std::process::ExitStatus {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap()
    }
}

/// What the world outside knows: keys that were sent, and codes that were answered. On disk before anything else happens.
struct Journal {
    file: Mutex<std::fs::File>,
    answered: Mutex<HashMap<String, String>>,
    sent: AtomicU32,
    /// Told of each answer.
    news: Notify,
}

impl Journal {
    fn note(&self, line: &str) {
        let mut file = self.file.lock().unwrap();
        writeln!(file, "{line}").unwrap();
        file.sync_data().unwrap();
    }

    fn answered(&self, key: &str, code: &str) {
        self.note(&format!("ok {key} {code}"));
        let before = self.answered.lock().unwrap().insert(key.to_owned(), code.to_owned());
        assert!(before.is_none_or(|before| before == code), "{key} was answered twice, differently");
        self.news.notify_one();
    }
}

fn request(url: &str, number: u32) -> (String, Value) {
    let night = "2029-01-01".parse::<Date>().unwrap().add_days(i32::try_from(number % 400).unwrap());
    let body = json!({
        "room_type": "double", "arrival": night, "departure": night.add_days(1), "adults": 1,
        "guest": { "name": format!("Crash {number}") },
    });
    (format!("{url}/api/v1/hotels/harbour/reservations"), body)
}

async fn book(http: &reqwest::Client, url: &str, number: u32, key: &str) -> Option<String> {
    let (address, body) = request(url, number);
    let answer = http.post(address).header("idempotency-key", key).json(&body).send().await.ok()?;
    if answer.status() != 201 {
        // Going down, it may still say 503; a yes is what counts.
        assert!(answer.status().is_server_error(), "{}", answer.status());
        return None;
    }
    let answer: Value = answer.json().await.ok()?;
    answer["code"].as_str().map(ToOwned::to_owned)
}

/// Sends bookings until told to stop; keys without an answer are sent again by the next round.
async fn client(url: String, journal: Arc<Journal>, stopped: Arc<AtomicBool>, unknown: Arc<Mutex<Vec<(u32, String)>>>) {
    let http = reqwest::Client::builder().timeout(PATIENCE).build().unwrap();
    while !stopped.load(Ordering::SeqCst) {
        let (number, key) = unknown.lock().unwrap().pop().unwrap_or_else(|| {
            let number = journal.sent.fetch_add(1, Ordering::SeqCst);
            (number, format!("crash-{number}"))
        });
        journal.note(&format!("sent {key}"));
        let Some(code) = book(&http, &url, number, &key).await else {
            unknown.lock().unwrap().push((number, key));
            break;
        };
        journal.answered(&key, &code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_kills_lose_no_answered_booking_and_double_none() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("house.db");
    let seed = RandomState::new().hash_one("crash");
    println!("seed {seed}");
    let journal = Arc::new(Journal {
        file: Mutex::new(std::fs::File::create(folder.path().join("journal")).unwrap()),
        answered: Mutex::default(),
        sent: AtomicU32::new(0),
        news: Notify::new(),
    });
    let unknown = Arc::new(Mutex::new(Vec::new()));
    for round in 0..KILLS {
        let server = Server::start(&database);
        let stopped = Arc::new(AtomicBool::new(false));
        let until = journal.answered.lock().unwrap().len() + usize::try_from((seed >> (round % 32)) % 40).unwrap();
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            let (journal, stopped, unknown) = (Arc::clone(&journal), Arc::clone(&stopped), Arc::clone(&unknown));
            clients.spawn(client(server.url.clone(), journal, stopped, unknown));
        }
        while journal.answered.lock().unwrap().len() < until {
            tokio::select! {
                () = journal.news.notified() => {}
                ended = clients.join_next() => match ended {
                    Some(ended) => ended.unwrap(),
                    None => panic!("every client gave up though nobody has killed the server in round {round}"),
                },
            }
        }
        server.kill();
        stopped.store(true, Ordering::SeqCst);
        while let Some(ended) = clients.join_next().await {
            ended.unwrap();
        }
    }

    // The last server answers every key that was ever sent: the answered ones as they were, the unknown ones once.
    let server = Server::start(&database);
    let http = reqwest::Client::new();
    let sent = journal.sent.load(Ordering::SeqCst);
    futures_util::stream::iter(0..sent)
        .for_each_concurrent(16, |number| {
            let (http, url, journal) = (&http, &server.url, &journal);
            async move {
                let key = format!("crash-{number}");
                let code = book(http, url, number, &key).await.expect("a sound server answers");
                journal.answered(&key, &code);
            }
        })
        .await;
    assert!(server.terminate().success());

    let connection = Connection::open(&database).unwrap();
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(number("SELECT count(*) FROM reservations WHERE guest_name LIKE 'Crash %'"), i64::from(sent));
    assert_eq!(
        number("SELECT count(DISTINCT guest_name) FROM reservations WHERE guest_name LIKE 'Crash %'"),
        i64::from(sent)
    );
    let answered = journal.answered.lock().unwrap();
    assert_eq!(answered.len(), usize::try_from(sent).unwrap());
    for (key, code) in answered.iter() {
        let name: String = connection
            .query_row("SELECT guest_name FROM reservations WHERE code = ?1", [code], |row| row.get(0))
            .unwrap_or_else(|error| panic!("{key} was answered with {code} and is lost: {error}"));
        assert_eq!(name.replace("Crash ", "crash-"), *key);
    }
    let recount = "SELECT count(*) FROM nights WHERE sold <> (SELECT count(*) FROM reservations \
         WHERE reservations.hotel_id = nights.hotel_id AND reservations.room_type = nights.room_type \
         AND status IN ('confirmed', 'in_house') AND arrival <= night AND departure > night)";
    assert_eq!(number(recount), 0, "the counters are what the reservations say");
    let gaps = "SELECT count(*) FROM hotels WHERE seq <> (SELECT count(*) FROM log WHERE hotel_id = hotels.id) \
         OR seq <> (SELECT max(seq) FROM log WHERE hotel_id = hotels.id)";
    assert_eq!(number(gaps), 0, "the log has no gap");
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_end_it_ends_well_with_streams_open() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&folder.path().join("house.db"));
    let url = format!("{}/api/v1/hotels/harbour/events", server.url);
    let mut stream = reqwest::get(url).await.unwrap().bytes_stream();
    assert!(stream.next().await.is_some());
    let ended = tokio::task::spawn_blocking(|| server.terminate()).await.unwrap();
    assert!(ended.success(), "{ended}");
    while let Some(Ok(_)) = stream.next().await {}
}

#[test]
fn the_log_has_its_length_from_the_start_and_again_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("house.db");
    let log_bytes = || folder.path().join("house.db-wal").metadata().unwrap().len();
    for _ in 0..2 {
        let server = Server::start(&database);
        assert_eq!(log_bytes(), SERVER_LOG_BYTES, "the demo house is made without making it longer");
        server.kill();
        assert_eq!(log_bytes(), SERVER_LOG_BYTES);
    }
}

/// As the backup is made: the server is stopped, the file copied, and nothing else.
#[test]
fn a_server_that_ended_in_order_leaves_the_whole_house_in_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("house.db");
    let server = Server::start(&database);
    assert!(server.terminate().success());
    let copy = folder.path().join("copy.db");
    std::fs::copy(&database, &copy).unwrap();
    let copy = Connection::open(copy).unwrap();
    let number = |sql: &str| copy.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(number("SELECT count(*) FROM reservations") > 0);
    assert_eq!(number("SELECT sum(seq) FROM hotels"), number("SELECT count(*) FROM log"));
}

#[test]
fn a_second_server_on_the_same_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("house.db");
    let first = Server::start(&database);
    let second = Command::new(env!("CARGO_BIN_EXE_vacancy"))
        .args(["serve", "--addr", "127.0.0.1:0", "--database", &format!("sqlite:{}", database.display())])
        .output()
        .unwrap();
    assert!(!second.status.success());
    let reason = String::from_utf8_lossy(&second.stderr);
    assert!(reason.contains("another program has"), "{reason}");
    first.kill();
}
