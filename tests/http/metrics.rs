//! What an operator is told: true numbers, under the names that docs/monitoring.md explains.

use std::collections::HashMap;

use super::app::TestApp;
use super::client::booking;

/// Each sample as it is written.
struct Samples(HashMap<String, String>);

impl Samples {
    fn of(page: &str) -> Self {
        let lines = page.lines().filter(|line| !line.starts_with('#'));
        let sample = |line: &str| line.rsplit_once(' ').map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self(lines.map(|line| sample(line).unwrap_or_else(|| panic!("not a sample: {line}"))).collect())
    }

    fn number(&self, name: &str) -> u64 {
        self.0[name].parse().unwrap_or_else(|_| panic!("{name} is {}", self.0[name]))
    }
}

async fn start() -> TestApp {
    TestApp::start_with(|config| config.metrics_addr = Some("127.0.0.1:0".parse().unwrap())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_commits_and_bookings_are_counted() {
    let app = start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let before = Samples::of(&app.metrics().await);
    let mut desk_stream = desk.stream("events?kinds=new_reservation").await.begun().await;
    let _public_stream = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    let mut lost = guest.stream("/api/v1/hotels/harbour/events?after=nonsense-1").await;
    lost.expect_next().await;
    let order = booking("suite", app.day(0), app.day(1));
    guest.book("harbour", "a", &order).await.expect(201);
    guest.book("harbour", "a", &order).await.expect(201);
    guest.book("harbour", "b", &order).await.expect(201);
    guest.book("harbour", "c", &order).await.expect(409);
    guest.book("harbour", "d", &booking("palace", app.day(0), app.day(1))).await.expect(422);
    desk_stream.expect_next().await;
    desk_stream.expect_next().await;

    let grown = |now: &Samples, name: &str| now.number(name) - before.number(name);
    let now = loop {
        let now = Samples::of(&app.metrics().await);
        // A delivery is measured when it has left, which the test may see before the server notes it.
        if grown(&now, "vacancy_delivery_lag_seconds_count") >= 2 {
            break now;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(now.number("vacancy_streams{kind=\"desk\"}"), 1);
    assert_eq!(now.number("vacancy_streams{kind=\"availability\"}"), 2);
    assert_eq!(grown(&now, "vacancy_streams_opened_total"), 3);
    assert_eq!(grown(&now, "vacancy_resets_total"), 1);
    assert_eq!(grown(&now, "vacancy_facts_published_total"), 6);
    assert!(grown(&now, "vacancy_deliveries_total") >= 2);
    for (outcome, count) in [("booked", 2), ("replayed", 1), ("sold_out", 1), ("refused", 1), ("failed", 0)] {
        assert_eq!(grown(&now, &format!("vacancy_bookings_total{{outcome=\"{outcome}\"}}")), count, "{outcome}");
    }
    // The refused one as well: its key was looked up, for it might have been answered before.
    assert_eq!(grown(&now, "vacancy_commit_seconds_count"), 5);
    assert_eq!(grown(&now, "vacancy_commit_commands_sum"), 5);
    assert_ne!(now.0["vacancy_commit_seconds_sum"], "0");
    assert_eq!(now.number("vacancy_queue_commands"), 0);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_is_counted_by_what_he_asked() {
    let app = TestApp::start_with(|config| {
        config.metrics_addr = Some("127.0.0.1:0".parse().unwrap());
        config.address_limits = true;
    })
    .await;
    let guest = app.guest();
    let mut refused = 0;
    for number in 0..40 {
        let answer =
            guest.book("harbour", &number.to_string(), &serde_json::json!({ "guest": { "name": "Ana" } })).await;
        refused += u64::from(answer.status == 429);
    }
    assert!(refused > 0);
    let now = Samples::of(&app.metrics().await);
    assert_eq!(now.number("vacancy_refused_total{limit=\"bookings\"}"), refused);
    assert_eq!(now.number("vacancy_refused_total{limit=\"holds\"}"), 0);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_name_is_explained_and_none_is_told_to_guests() {
    let app = start().await;
    let page = app.metrics().await;
    let names: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    assert!(names.len() > 15, "{names:?}");
    let explained = include_str!("../../docs/monitoring.md");
    for name in names {
        assert!(explained.contains(&format!("`{name}`")), "{name} is not explained in docs/monitoring.md");
    }
    app.guest().get("/metrics").await.expect(404);
    app.stop().await;
    let quiet = TestApp::start().await;
    assert!(quiet.metrics_addr().is_none(), "off unless asked for");
    quiet.stop().await;
}
