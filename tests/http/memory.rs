//! What is answered from memory: searches, and a crowd that comes back. And that nothing remembered outlives its end.

use std::sync::Arc;

use reqwest::Method;
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::sse::{Stream, seq};

/// How often the database was read.
fn reads(app: &TestApp) -> u64 {
    app.inside().store.metrics().reads.read()
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_and_pages_do_not_read_the_database() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let (from, to) = (app.day(0), app.day(30));
    let before = reads(&app);
    for path in [
        "/".to_owned(),
        "/api/v1/hotels".to_owned(),
        "/api/v1/hotels/harbour".to_owned(),
        format!("/api/v1/hotels/harbour/availability?from={from}&to={to}"),
        format!("/api/v1/hotels/harbour/offers?arrival={from}&departure={to}&adults=2"),
        "/hotels/harbour".to_owned(),
        format!("/hotels/harbour?arrival={from}&departure={to}&adults=2"),
        format!(
            "/hotels/harbour/book?room_type=double&arrival={from}&departure={to}&adults=2&children=0&key=00112233445566778899aabbccddeeff"
        ),
    ] {
        guest.get(&path).await.expect(200);
        assert_eq!(reads(&app), before, "{path}");
    }
    let stream = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    assert_eq!(reads(&app), before, "a stream of {}", stream.last_id);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_that_comes_back_is_let_in_and_caught_up_from_memory() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let booked = guest.booked("double", app.day(0), app.day(1)).await;
    let place = guest.availability("harbour", app.day(0), app.day(1)).await.as_of;
    let cancelled = format!("/api/v1/reservations/{}/cancel", booked.code);
    guest.with_token(Method::POST, &cancelled, &booked.manage_token).await.expect(200);
    let followed = format!("/api/v1/reservations/{}/events", booked.code);
    let come_back = async || {
        let of_guest = guest.request(Method::GET, &followed).bearer_auth(&booked.manage_token);
        for request in [desk.request(Method::GET, "events"), of_guest] {
            let event = Stream::open(request.header("last-event-id", &place)).await.expect_next().await;
            assert_eq!((event.seq(), &event.data["kind"]), (seq(&place) + 1, &serde_json::Value::Null));
        }
    };
    come_back().await;
    let before = reads(&app);
    for _ in 0..30 {
        come_back().await;
    }
    assert_eq!(reads(&app), before);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_log_is_read_once_for_the_whole_crowd() {
    let app = TestApp::start().await;
    let place = app.guest().availability("harbour", app.day(0), app.day(1)).await.as_of;
    for offset in 0..20 {
        app.guest().booked("double", app.day(offset), app.day(offset + 1)).await;
    }
    let app = app.restart().await;
    let desk = app.desk().await;
    desk.get("house").await.expect(200);
    let before = reads(&app);
    let crowd = (0..30).map(async |_| {
        let mut stream = Stream::open(desk.request(Method::GET, "events").header("last-event-id", &place)).await;
        for number in 1..=60 {
            assert_eq!(stream.expect_next().await.seq(), seq(&place) + number);
        }
    });
    futures_util::future::join_all(crowd).await;
    assert_eq!(reads(&app) - before, 1);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_end_with_their_session_and_only_those() {
    let app = TestApp::start().await;
    let (desk, other) = (app.desk().await, app.desk().await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let followed = desk.followed(&booked.code.to_string());
    let mut streams = [desk.stream("events").await.begun().await, Stream::open(followed).await.begun().await];
    streams[1].expect_next().await;
    let mut others = other.stream("events").await.begun().await;
    desk.sign_out().await.expect(204);
    for stream in &mut streams {
        assert_eq!(stream.next().await, None, "signed out");
    }
    desk.stream("events").await.expect_status(401);
    app.guest().booked("double", app.day(0), app.day(1)).await;
    others.expect_next().await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_watches_stays_signed_in_until_the_session_is_over_for_good() {
    let start: Timestamp = "2026-12-24T08:00:00Z".parse().unwrap();
    let clock = Arc::new(ManualClock::at(start));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let desk = app.desk().await;
    let mut stream = desk.stream("events").await.begun().await;
    // Left alone for half an hour a session is over; this one has a board open, and is looked at.
    for _ in 0..12 * 4 - 1 {
        clock.advance_seconds(15 * 60);
        app.inside().staff.end_streams_of_ended_sessions().await;
        desk.get("house").await.expect(200);
    }
    app.guest().booked("double", app.day(0), app.day(1)).await;
    stream.expect_next().await;
    clock.advance_seconds(15 * 60);
    app.inside().staff.end_streams_of_ended_sessions().await;
    while stream.next().await.is_some() {}
    desk.get("house").await.expect(401);
    app.stop().await;
}
