//! The streams: nothing lost, nothing twice, nothing that a stranger should not hear.

use std::collections::HashMap;

use proptest::prelude::*;
use reqwest::Method;
use serde_json::{Value, json};
use vacancy::wire::availability::AvailabilityEvent;

use super::app::TestApp;
use super::client::{Answer, Desk, Guest};
use super::sse::{Stream, seq};

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_begins_with_its_retry_and_its_place() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let as_of = guest.availability("harbour", app.day(0), app.day(1)).await.as_of;
    let stream = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    assert_eq!(stream.status, 200);
    assert_eq!(stream.headers["content-type"], "text/event-stream");
    assert_eq!(stream.headers["x-accel-buffering"], "no");
    assert!(stream.raw.starts_with("retry:"), "{}", stream.raw);
    assert_eq!(stream.last_id, as_of);
    assert!((1000..=5000).contains(&stream.retry_ms.unwrap()));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_hears_that_a_room_goes_and_nobody_hears_whose_it_is() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let mut stream = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    let booked = guest.booked("suite", app.day(0), app.day(2)).await;
    let event = stream.expect_next().await;
    assert_eq!(event.name, "availability");
    let event: AvailabilityEvent = serde_json::from_value(event.data).unwrap();
    let mut cells: Vec<_> = event.cells.iter().map(|cell| (cell.room_type.as_str(), cell.date, cell.left)).collect();
    cells.sort_unstable();
    assert_eq!(cells, [("suite", app.day(0), 1), ("suite", app.day(1), 1)]);
    let code = booked.code.to_string();
    for secret in ["Ana", "Silva", "ana@example.org", code.as_str(), booked.manage_token.as_str()] {
        assert!(!stream.raw.contains(secret), "{secret} is on the public stream: {}", stream.raw);
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_availability_stream_goes_on_from_any_place_of_its_epoch() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let before = guest.availability("harbour", app.day(0), app.day(3)).await.as_of;
    for offset in 0..3 {
        guest.booked("suite", app.day(offset), app.day(offset + 1)).await;
    }
    let path = format!("/api/v1/hotels/harbour/events?after={before}");
    let event: AvailabilityEvent = serde_json::from_value(guest.stream(&path).await.expect_next().await.data).unwrap();
    assert_eq!(event.cells.len(), 3, "one catch-up with what changed and nothing else");

    let app = app.restart().await;
    let guest = app.guest();
    let event: AvailabilityEvent = serde_json::from_value(guest.stream(&path).await.expect_next().await.data).unwrap();
    assert!(event.cells.len() >= 3, "a restart forgets nothing: {event:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_resumed_is_reset_and_never_a_silent_gap() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let as_of = guest.availability("harbour", app.day(0), app.day(1)).await.as_of;
    let (epoch, _) = as_of.split_once('-').unwrap();
    let future = format!("{epoch}-{}", seq(&as_of) + 1000);
    for place in ["otherepoch-1", future.as_str(), "nonsense", "-", "1-2-3"] {
        let mut streams = [
            Stream::open(guest.request(Method::GET, "/api/v1/hotels/harbour/events").header("last-event-id", place))
                .await,
            Stream::open(desk.request(Method::GET, "events").header("last-event-id", place)).await,
        ];
        for stream in &mut streams {
            let event = stream.expect_next().await;
            assert_eq!((event.name.as_str(), &event.data), ("reset", &json!({ "as_of": as_of })), "{place}");
        }
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_hears_each_fact_once_in_order() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let mut stream = desk.stream("events").await.begun().await;
    let booked = guest.booked("single", app.day(0), app.day(1)).await;
    desk.act(booked.code, "check-in").await.expect(200);
    let events = stream.until(|event| event.data["type"] == "checked_in").await;
    let told: Vec<String> = events
        .iter()
        .map(|event| format!("{} {}{}", event.name, text(&event.data["type"]), text(&event.data["kind"])))
        .collect();
    assert_eq!(
        told,
        ["reservation placed", "reservation confirmed", "alert new_reservation", "reservation checked_in"]
    );
    assert!(
        events.windows(2).all(|pair| pair[1].seq() == pair[0].seq() + 1),
        "two facts never share an id: {events:?}"
    );
    assert_eq!(events[2].data["code"], booked.code.to_string());
    app.stop().await;
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_desk_hears_the_kinds_it_chose() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let mut nudges = desk.stream("events?kinds=nudge").await.begun().await;
    let mut cancelled = desk.stream("events?kinds=cancelled,alert").await.begun().await;
    let booked = guest.booked("single", app.day(0), app.day(1)).await;
    let ask = guest.request(Method::POST, &format!("/api/v1/reservations/{}/nudge", booked.code));
    Answer::of(ask.bearer_auth(&booked.manage_token).json(&json!({ "message": "Towels, please" }))).await.expect(202);
    desk.act(booked.code, "cancel").await.expect(200);
    let nudge = nudges.expect_next().await;
    let heard = [&nudge.data["kind"], &nudge.data["code"], &nudge.data["text"]];
    assert_eq!(heard, [&json!("nudge"), &json!(booked.code), &json!("Towels, please")]);
    let told = cancelled.until(|event| event.data["type"] == "cancelled").await;
    let told: Vec<&str> = told
        .iter()
        .map(|event| text(if event.name == "alert" { &event.data["kind"] } else { &event.data["type"] }))
        .collect();
    assert_eq!(told, ["new_reservation", "nudge", "cancelled"]);
    desk.get("events?kinds=gossip").await.expect(422);
    app.guest().get("/api/v1/desk/harbour/events").await.expect(401);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reservation_is_followed_by_its_own_and_by_no_other() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let mine = guest.booked("double", app.day(0), app.day(1)).await;
    let other = guest.booked("double", app.day(0), app.day(1)).await;
    let path = format!("/api/v1/reservations/{}/events", mine.code);
    guest.get(&path).await.problem(404, "reservation-not-found");
    guest.with_token(Method::GET, &path, &other.manage_token).await.problem(404, "reservation-not-found");
    let mut stream = Stream::open(guest.request(Method::GET, &path).bearer_auth(&mine.manage_token)).await;
    assert_eq!(stream.expect_next().await.data["status"], "confirmed", "the present one first");
    desk.act(other.code, "check-in").await.expect(200);
    desk.act(mine.code, "check-in").await.expect(200);
    let event = stream.expect_next().await;
    assert_eq!(
        (event.name.as_str(), &event.data["code"], &event.data["status"]),
        ("reservation", &json!(mine.code), &json!("in_house"))
    );
    assert!(!stream.raw.contains(&other.code.to_string()));

    // Whoever has seen the last change is not told it again; whoever has not, is.
    let resumed = |id: String| {
        Stream::open(guest.request(Method::GET, &path).bearer_auth(&mine.manage_token).header("last-event-id", id))
    };
    let mut seen = resumed(stream.last_id.clone()).await.begun().await;
    desk.act(mine.code, "check-out").await.expect(200);
    assert_eq!(seen.expect_next().await.data["status"], "checked_out");
    let mut missed = resumed(stream.last_id.clone()).await;
    assert_eq!(missed.expect_next().await.data["status"], "checked_out");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_stream_ends_when_the_server_does() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let mut streams = [
        app.guest().stream("/api/v1/hotels/harbour/events").await.begun().await,
        desk.stream("events").await.begun().await,
    ];
    app.stop().await;
    for stream in &mut streams {
        assert_eq!(stream.next().await, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_origins_may_listen_only_where_they_are_named() {
    let app = TestApp::start_with(|config| config.cors_origins = vec!["https://hotel.example".parse().unwrap()]).await;
    let guest = app.guest();
    for (origin, allowed) in [("https://hotel.example", "https://hotel.example"), ("https://other.example", "")] {
        let stream =
            Stream::open(guest.request(Method::GET, "/api/v1/hotels/harbour/events").header("origin", origin)).await;
        let found = stream.headers.get("access-control-allow-origin").map_or("", |value| value.to_str().unwrap());
        assert_eq!(found, allowed);
    }
    let private =
        Answer::of(app.desk().await.request(Method::GET, "house").header("origin", "https://hotel.example")).await;
    assert_eq!(private.header("access-control-allow-origin"), "");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_may_open_only_so_many_streams() {
    let app = TestApp::start_with(|config| config.address_limits = true).await;
    let guest = app.guest();
    let mut open = Vec::new();
    let refused = loop {
        let stream = guest.stream("/api/v1/hotels/harbour/events").await;
        if stream.status != 200 {
            break stream;
        }
        open.push(stream);
        assert!(open.len() < 1000, "there is a limit");
    };
    assert_eq!(refused.status, 429);
    assert!(refused.headers.contains_key("retry-after"));
    app.stop().await;
}

/// Follows a stream with cuts after so many events each, resuming by the last id, until `last` was heard.
async fn with_cuts(desk: &Desk, cuts: &[usize], after: &str, last: u64) -> Vec<u64> {
    let (mut heard, mut place, mut cuts) = (Vec::new(), after.to_owned(), cuts.iter());
    loop {
        let mut stream = Stream::open(desk.request(Method::GET, "events").header("last-event-id", &place)).await;
        let until_cut = cuts.next().copied().unwrap_or(usize::MAX);
        for _ in 0..until_cut {
            let event = stream.expect_next().await;
            assert_ne!(event.name, "reset");
            heard.push(event.seq());
            if event.seq() >= last {
                return heard;
            }
        }
        // A cut before the first block leaves the client where it was.
        if !stream.last_id.is_empty() {
            stream.last_id.clone_into(&mut place);
        }
    }
}

/// The nights as a listener of the public stream knows them, after cuts.
async fn nights_heard(guest: &Guest, cuts: &[usize], after: &str, last: u64) -> HashMap<(String, String), u16> {
    let (mut known, mut place, mut cuts) = (HashMap::new(), after.to_owned(), cuts.iter());
    while seq(&place) < last {
        let mut stream =
            Stream::open(guest.request(Method::GET, "/api/v1/hotels/harbour/events").header("last-event-id", &place))
                .await;
        let until_cut = cuts.next().copied().unwrap_or(usize::MAX);
        for _ in 0..until_cut {
            let event = stream.expect_next().await;
            assert!(event.seq() > seq(&place), "nothing comes twice");
            event.id.clone_into(&mut place);
            let event: AvailabilityEvent = serde_json::from_value(event.data).unwrap();
            known.extend(
                event.cells.into_iter().map(|cell| ((cell.room_type.to_string(), cell.date.to_string()), cell.left)),
            );
            if seq(&place) >= last {
                break;
            }
        }
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, ..ProptestConfig::default() })]

    #[test]
    fn streams_that_are_cut_at_random_lose_nothing_and_repeat_nothing(
        cuts in prop::collection::vec(0_usize..6, 0..25), bookings in 5_i32..25,
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let app = TestApp::start().await;
            let (guest, desk) = (app.guest(), app.desk().await);
            let before = guest.availability("harbour", app.day(0), app.day(1)).await.as_of;
            let last = seq(&before) + 3 * u64::try_from(bookings).unwrap();
            let work = async {
                for number in 0..bookings {
                    guest.booked("double", app.day(number % 5), app.day(number % 5 + 2)).await;
                }
            };
            let (heard, known, ()) = tokio::join!(with_cuts(&desk, &cuts, &before, last), nights_heard(&guest, &cuts, &before, last), work);
            let expected: Vec<u64> = (seq(&before) + 1..=last).collect();
            assert_eq!(heard, expected);
            let now = guest.availability("harbour", app.day(0), app.day(7)).await;
            let of_type = now.room_types.iter().find(|of_type| of_type.code.as_str() == "double").unwrap();
            for night in of_type.nights.iter().filter(|night| night.left < 5) {
                assert_eq!(known.get(&("double".to_owned(), night.date.to_string())), Some(&night.left));
            }
            app.stop().await;
        });
    }
}
