//! A server of the demo house for one test, and the days it is tested on.

use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;
use vacancy::domain::{Date, Timestamp};
use vacancy::server::clock::{Clock, ManualClock, SystemClock};
use vacancy::server::config::{Config, Database};
use vacancy::server::random::SystemRandom;
use vacancy::server::run::{self, Running};
use vacancy::server::state::AppState;

use super::client::{Desk, Guest};

pub struct TestApp {
    running: Running,
    folder: TempDir,
    clock: Arc<dyn Clock>,
    pub url: String,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), Arc::new(SystemClock), change).await
    }

    /// A server whose clock only the test moves.
    pub async fn start_at(clock: Arc<ManualClock>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), clock, |_| {}).await
    }

    /// The same, with the limits on what one address may do.
    pub async fn start_limited_at(clock: Arc<ManualClock>) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), clock, |config| config.address_limits = true).await
    }

    async fn start_in(folder: TempDir, clock: Arc<dyn Clock>, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config {
            addr: "127.0.0.1:0".parse().unwrap(),
            database: Database::Sqlite(folder.path().join("house.db")),
            demo: true,
            address_limits: false,
            ..Config::default()
        };
        change(&mut config);
        let running = run::start(config, Arc::clone(&clock), Arc::new(SystemRandom)).await.unwrap();
        let url = running.url();
        Self { running, folder, clock, url }
    }

    /// Ends the server and starts another on the same file.
    pub async fn restart(self) -> Self {
        let Self { running, folder, clock, .. } = self;
        running.stop().await;
        Self::start_in(folder, clock, |_| {}).await
    }

    pub async fn stop(self) {
        self.running.stop().await;
    }

    /// The server's inside, for what cannot be seen from outside.
    pub fn inside(&self) -> &AppState {
        &self.running.app
    }

    pub fn metrics_addr(&self) -> Option<std::net::SocketAddr> {
        self.running.metrics_addr
    }

    /// What its second listener tells.
    pub async fn metrics(&self) -> String {
        let addr = self.running.metrics_addr.expect("metrics were asked for");
        reqwest::get(format!("http://{addr}/metrics")).await.unwrap().text().await.unwrap()
    }

    pub fn guest(&self) -> Guest {
        Guest::new(&self.url)
    }

    /// A guest whose browser keeps cookies.
    pub fn browser(&self) -> Guest {
        Guest::with_cookies(&self.url)
    }

    /// A browser at the harbour house's desk, signed in as `desk`, `manager` or, to the rooms, `rooms`.
    pub async fn signed_in(&self, who: &str) -> Guest {
        let browser = self.browser();
        let account = json!({ "email": format!("{who}@harbour.example"), "password": format!("harbour-demo-{who}") });
        browser.post("/api/v1/session", &account).await.expect(204);
        browser
    }

    /// The front desk of the harbour house, signed in.
    pub async fn desk(&self) -> Desk {
        Desk::sign_in(&self.url, "harbour", "desk@harbour.example", "harbour-demo-desk").await
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A day far enough ahead that the demo's stays do not touch it.
    pub fn day(&self, offset: i32) -> Date {
        let ms_a_day = 86_400_000;
        let today = Date::from_day_number(i32::try_from(self.now().unix_ms() / ms_a_day).unwrap()).unwrap();
        today.add_days(60 + offset)
    }
}
