//! Booking, and what a booking can do afterwards.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;
use vacancy::wire::booking::BookingAnswer;

use super::app::TestApp;
use super::client::booking;

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_takes_its_nights_and_no_other() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let (arrival, departure) = (app.day(0), app.day(2));
    let booked = guest.booked("suite", arrival, departure).await;
    assert_eq!(booked.status.as_str(), "confirmed");
    assert_eq!(booked.total.minor, 2 * 28_900);
    let mut lefts = Vec::new();
    for offset in -1..=2 {
        lefts.push(guest.left("harbour", "suite", app.day(offset)).await);
    }
    assert_eq!(lefts, [2, 1, 1, 2]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_is_there_after_a_restart() {
    let app = TestApp::start().await;
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let app = app.restart().await;
    let found: Value = app.guest().reservation(&booked).await.expect(200).json();
    assert_eq!(found["status"], "confirmed");
    assert_eq!(found["guest"]["name"], "Ana Silva");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_answer_and_takes_nothing_more() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let body = booking("suite", app.day(0), app.day(1));
    let first = guest.book("harbour", "one-key", &body).await.expect(201);
    let second = guest.book("harbour", "one-key", &body).await.expect(201);
    assert_eq!(first.body, second.body);
    assert_eq!(first.header("idempotent-replayed"), "");
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);

    // The first answer stays the answer, whatever has become of the reservation.
    let booked: BookingAnswer = first.json();
    guest
        .with_token(Method::POST, &format!("/api/v1/reservations/{}/cancel", booked.code), &booked.manage_token)
        .await
        .expect(200);
    let third = guest.book("harbour", "one-key", &body).await.expect(201);
    assert_eq!(first.body, third.body);

    let other = booking("double", app.day(0), app.day(1));
    guest.book("harbour", "one-key", &other).await.problem(422, "idempotency-key-reused");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_after_midnight_still_gets_the_first_answer() {
    let clock = Arc::new(ManualClock::at("2027-03-01T22:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let guest = app.guest();
    let today = "2027-03-01".parse().unwrap();
    let tonight = booking("family", today, today.add_days(1));
    let first = guest.book("harbour", "late-evening", &tonight).await.expect(201);
    clock.advance_seconds(4 * 3600);
    let second = guest.book("harbour", "late-evening", &tonight).await.expect(201);
    assert_eq!(first.body, second.body);
    guest.book("harbour", "early-morning", &tonight).await.problem(422, "invalid-fields");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_one_effect_however_many_send_it_at_once() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let body = booking("suite", app.day(0), app.day(1));
    let answers = futures_util::future::join_all((0..40).map(|_| guest.book("harbour", "crowd", &body))).await;
    let bodies: std::collections::HashSet<String> = answers.into_iter().map(|answer| answer.expect(201).body).collect();
    assert_eq!(bodies.len(), 1);
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_late_is_told_which_nights_are_gone() {
    let app = TestApp::start().await;
    let guest = app.guest();
    guest.booked("suite", app.day(1), app.day(2)).await;
    guest.booked("suite", app.day(1), app.day(3)).await;
    let refused =
        guest.book("harbour", "late", &booking("suite", app.day(0), app.day(4))).await.problem(409, "sold-out");
    assert_eq!(refused.nights, [app.day(1)]);
    // A refusal changes nothing and is not remembered.
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 2);
    guest.book("harbour", "late", &booking("suite", app.day(2), app.day(4))).await.expect(201);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_say_what_a_stay_costs_and_why_a_room_is_not_offered() {
    let app = TestApp::start().await;
    let guest = app.guest();
    for _ in 0..2 {
        guest.booked("suite", app.day(0), app.day(1)).await;
    }
    let path =
        format!("/api/v1/hotels/harbour/offers?arrival={}&departure={}&adults=2&children=0", app.day(0), app.day(2));
    let found: Value = guest.get(&path).await.expect(200).json();
    assert_eq!(found["nights"], 2);
    let offered: Vec<&str> =
        found["offers"].as_array().unwrap().iter().map(|offer| offer["room_type"].as_str().unwrap()).collect();
    assert_eq!(offered, ["double", "family"]);
    assert_eq!(found["offers"][0]["total"], json!({ "minor": 23_800, "currency": "EUR" }));
    assert_eq!(found["offers"][0]["left"], 5);
    assert_eq!(found["offers"][0]["nightly"].as_array().unwrap().len(), 2);
    let reasons: Vec<(&str, &str)> = found["unavailable"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| (found["room_type"].as_str().unwrap(), found["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(reasons, [("single", "too_many_guests"), ("suite", "sold_out")]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_cancels_once_and_the_nights_are_free_again() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("suite", app.day(0), app.day(2)).await;
    let path = format!("/api/v1/reservations/{}/cancel", booked.code);
    guest.with_token(Method::POST, &path, "not-the-token").await.problem(404, "reservation-not-found");
    let cancelled: Value = guest.with_token(Method::POST, &path, &booked.manage_token).await.expect(200).json();
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 2);
    guest.with_token(Method::POST, &path, &booked.manage_token).await.problem(409, "transition-not-allowed");
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 2);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_tell_a_reservation_from_none() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("single", app.day(0), app.day(1)).await;
    let path = format!("/api/v1/reservations/{}", booked.code);
    let wrong = guest.with_token(Method::GET, &path, "wrong").await.problem(404, "reservation-not-found");
    let none = guest.get(&path).await.problem(404, "reservation-not-found");
    let unknown = guest.get("/api/v1/reservations/AAAA-AAAA").await.problem(404, "reservation-not-found");
    assert_eq!((&wrong.detail, &wrong.title), (&none.detail, &none.title));
    assert_eq!((&wrong.detail, &wrong.title), (&unknown.detail, &unknown.title));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_is_asked_once_a_minute() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("single", app.day(0), app.day(1)).await;
    let ask = |code: String, token: String| {
        let request = guest.request(Method::POST, &format!("/api/v1/reservations/{code}/nudge"));
        let request = request.bearer_auth(token).json(&json!({ "message": "May we arrive at ten?" }));
        super::client::Answer::of(request)
    };
    ask(booked.code.to_string(), booked.manage_token.clone()).await.expect(202);
    let again = ask(booked.code.to_string(), booked.manage_token.clone()).await;
    let wait_seconds: u64 = again.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait_seconds));
    again.expect(429);
    ask("AAAA-AAAA".to_owned(), booked.manage_token.clone()).await.problem(404, "reservation-not-found");
    app.stop().await;
}
