//! Holds: nights kept for a while.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;
use vacancy::server::limits::held::HOLDS_PER_ADDRESS;
use vacancy::wire::booking::{BookingRequest, GuestInput, HoldAnswer};

use super::app::TestApp;
use super::client::{Answer, Guest};

async fn hold(guest: &Guest, app: &TestApp) -> Answer {
    let body = json!({ "room_type": "suite", "arrival": app.day(0), "departure": app.day(1), "adults": 1 });
    guest.post("/api/v1/hotels/harbour/holds", &body).await
}

fn booking_of(hold: &HoldAnswer) -> BookingRequest {
    let guest = GuestInput { name: "Bo Li".to_owned(), ..GuestInput::default() };
    BookingRequest { hold: Some(hold.hold.clone()), guest, ..BookingRequest::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_keeps_its_night_until_it_is_booked() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let answer = hold(&guest, &app).await.expect(201);
    let held: HoldAnswer = answer.json();
    assert!(answer.header("location").ends_with(&format!("/api/v1/holds/{}", held.hold)));
    assert_eq!(held.total.minor, 28_900);
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);
    let booked: Value = guest.book("harbour", "from-hold", &booking_of(&held)).await.expect(201).json();
    assert_eq!(booked["status"], "confirmed");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);
    // A hold is booked once.
    guest.book("harbour", "from-hold-again", &booking_of(&held)).await.expect(409);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_the_desk_has_confirmed_is_still_its_holders() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let held: HoldAnswer = hold(&guest, &app).await.expect(201).json();
    let found: Value = desk.get(&format!("reservations?state=held&from={}", app.day(0))).await.expect(200).json();
    let code = found["reservations"][0]["code"].as_str().unwrap();
    desk.act(code, "confirm").await.expect(200);
    let booked: Value = guest.book("harbour", "late", &booking_of(&held)).await.expect(201).json();
    assert_eq!((booked["code"].as_str(), booked["status"].as_str()), (Some(code), Some("confirmed")));
    let named: Value = desk.get(&format!("reservations/{code}")).await.expect(200).json();
    assert_eq!(named["guest"]["name"], "Bo Li");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1, "the nights of one room");
    let again: Value = guest.book("harbour", "late", &booking_of(&held)).await.expect(201).json();
    assert_eq!(again["code"], booked["code"]);
    guest.book("harbour", "another", &booking_of(&held)).await.problem(409, "transition-not-allowed");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_given_back_is_free_at_once() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let held: HoldAnswer = hold(&guest, &app).await.expect(201).json();
    let path = format!("/api/v1/holds/{}", held.hold);
    Answer::of(guest.request(Method::DELETE, &path)).await.expect(204);
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 2);
    Answer::of(guest.request(Method::DELETE, "/api/v1/holds/0000")).await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_takes_a_hold_back_and_its_night_can_be_sold() {
    let clock = Arc::new(ManualClock::at("2027-03-01T12:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let guest = app.guest();
    let first: HoldAnswer = hold(&guest, &app).await.expect(201).json();
    assert_eq!(first.expires_at, clock_now(&clock).plus_seconds(15 * 60));
    hold(&guest, &app).await.expect(201);
    hold(&guest, &app).await.problem(409, "sold-out");
    clock.advance_seconds(15 * 60);
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 2);
    guest.book("harbour", "too-late", &booking_of(&first)).await.expect(409);
    hold(&guest, &app).await.expect(201);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_extended_ten_times_and_more_and_not_for_ever() {
    let clock = Arc::new(ManualClock::at("2027-03-01T12:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let guest = app.guest();
    let held: HoldAnswer = hold(&guest, &app).await.expect(201).json();
    let path = format!("/api/v1/holds/{}/extend", held.hold);
    for time in (0..held.extensions_left).rev() {
        clock.advance_seconds(14 * 60);
        let extended: HoldAnswer = guest.post(&path, &json!({})).await.expect(200).json();
        assert_eq!(extended.expires_at, clock_now(&clock).plus_seconds(15 * 60));
        assert_eq!((extended.extensions_left, extended.total), (time, held.total));
    }
    assert!(held.extensions_left >= 10, "WCAG 2.2.1");
    guest.post(&path, &json!({})).await.problem(409, "extensions-used-up");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);
    clock.advance_seconds(15 * 60);
    guest.post(&path, &json!({})).await.problem(404, "hold-not-found");
    guest.post("/api/v1/holds/nobody/extend", &json!({})).await.problem(404, "hold-not-found");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_holds_so_many_at_once_and_what_ends_makes_room() {
    let clock = Arc::new(ManualClock::at("2027-03-01T12:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_limited_at(Arc::clone(&clock)).await;
    let guest = app.guest();
    let double = json!({ "room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 1 });
    let place = || guest.post("/api/v1/hotels/harbour/holds", &double);
    let first: HoldAnswer = place().await.expect(201).json();
    for _ in 1..HOLDS_PER_ADDRESS {
        place().await.expect(201);
    }
    let refused = place().await;
    assert_eq!(refused.header("retry-after"), "900");
    refused.problem(429, "too-many-requests");
    Answer::of(guest.request(Method::DELETE, &format!("/api/v1/holds/{}", first.hold))).await.expect(204);
    place().await.expect(201);
    place().await.expect(429);
    clock.advance_seconds(15 * 60);
    place().await.expect(201);
    app.stop().await;
}

fn clock_now(clock: &ManualClock) -> Timestamp {
    vacancy::server::clock::Clock::now(clock)
}
