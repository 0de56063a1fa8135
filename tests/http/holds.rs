//! Holds: nights kept for a while.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;
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

fn clock_now(clock: &ManualClock) -> Timestamp {
    vacancy::server::clock::Clock::now(clock)
}
