//! What is wrong is named: the field, the reason, and never the inside of the server.

use reqwest::Method;
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::Answer;

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_field_of_a_booking_is_named() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let good = json!({
        "room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 2, "children": 0,
        "guest": { "name": "Ana Silva", "email": "ana@example.org" },
    });
    guest.book("harbour", "good", &good).await.expect(201);
    let long_after = app.day(61).to_string();
    let cases: [(&str, Value, &str); 11] = [
        ("/room_type", json!("castle"), "room_type"),
        ("/arrival", json!("2020-01-01"), "arrival"),
        ("/arrival", json!("2027-02-30"), "arrival"),
        ("/arrival", json!("soon"), "arrival"),
        ("/departure", json!(app.day(0)), "departure"),
        ("/departure", json!(long_after), "departure"),
        ("/adults", json!(0), "adults"),
        ("/adults", json!(3), "adults"),
        ("/guest/name", json!("  "), "guest.name"),
        ("/guest/email", json!("ana"), "guest.email"),
        ("/guest/phone", json!("call me"), "guest.phone"),
    ];
    for (number, (pointer, value, field)) in cases.into_iter().enumerate() {
        let mut body = good.clone();
        if pointer == "/guest/phone" {
            body["guest"]["phone"] = value.clone();
        } else {
            *body.pointer_mut(pointer).unwrap() = value.clone();
        }
        let answer = guest.book("harbour", &format!("bad-{number}"), &body).await.expect(422);
        let problem: Value = answer.json();
        assert!(problem["errors"].get(field).is_some(), "{pointer} {value}: {}", answer.body);
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_404_and_what_cannot_be_read_says_so() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let body = super::client::booking("double", app.day(0), app.day(1));
    guest.book("nowhere", "k", &body).await.expect(404);
    guest.book("nowhere", "k", &json!({"colour": "red"})).await.problem(404, "hotel-not-found");
    guest.post("/api/v1/hotels/nowhere/holds", &json!({})).await.problem(404, "hotel-not-found");
    guest.get("/api/v1/hotels/nowhere/offers?adults=1&adults=2").await.problem(404, "hotel-not-found");
    guest.get("/api/v1/hotels/nowhere").await.expect(404);
    guest.get("/api/v1/nothing").await.problem(404, "not-found");
    let path = "/api/v1/hotels/harbour/reservations";
    let request = |body: &'static str| guest.request(Method::POST, path).header("idempotency-key", "x").body(body);
    Answer::of(request("{")).await.expect(415);
    Answer::of(request("{").header("content-type", "application/json")).await.expect(400);
    let unknown =
        Answer::of(request(r#"{"guest":{"name":"A"},"colour":"red"}"#).header("content-type", "application/json"))
            .await;
    assert!(unknown.body.contains("colour"), "{}", unknown.body);
    unknown.expect(422);
    Answer::of(guest.request(Method::POST, path).json(&body)).await.expect(400);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn availability_is_asked_for_a_sensible_range() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let path =
        |from: i32, to: i32| format!("/api/v1/hotels/harbour/availability?from={}&to={}", app.day(from), app.day(to));
    let view = guest.availability("harbour", app.day(0), app.day(3)).await;
    assert!(view.room_types.iter().all(|of_type| of_type.nights.len() == 3));
    assert!(view.room_types.iter().flat_map(|of_type| &of_type.nights).all(|night| night.left <= 5));
    guest.get(&path(0, 400)).await.expect(200);
    guest.get(&path(0, 401)).await.expect(422);
    guest.get(&path(1, 0)).await.expect(422);
    guest.get("/api/v1/hotels/harbour/availability?from=today").await.expect(422);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_cannot_be_read_names_its_field() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let twice = "availability?from=2030-01-01&from=2030-01-02&to=2030-01-03";
    let problem = guest.get(&format!("/api/v1/hotels/harbour/{twice}")).await.problem(422, "invalid-fields");
    assert!(problem.errors.contains_key("from"), "{problem:?}");
    let manager = app.signed_in("manager").await;
    let problem = manager.get("/api/v1/desk/harbour/log?before=x").await.problem(422, "invalid-fields");
    assert!(problem.errors.contains_key("before"), "{problem:?}");
    let booked = guest.booked("double", app.day(0), app.day(1)).await;
    let problem = desk.act(booked.code, "check-in?settled=1").await.problem(422, "invalid-fields");
    assert!(problem.errors.contains_key("settled"), "{problem:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let body = super::client::booking("double", app.day(0), app.day(1));
    let request =
        guest.request(Method::POST, "/api/v1/hotels/harbour/reservations").header("idempotency-key", "x").json(&body);
    Answer::of(request.header("sec-fetch-site", "cross-site")).await.expect(403);
    assert_eq!(guest.left("harbour", "double", app.day(0)).await, 5);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_that_it_lives_and_that_it_is_ready() {
    let app = TestApp::start().await;
    let guest = app.guest();
    guest.get("/healthz").await.expect(200);
    guest.get("/readyz").await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_can_be_read_by_who_takes_packed_answers() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let twice = "arrival=2030-01-01&arrival=2030-01-02";
    for (path, status) in [
        ("/api/v1/hotels/%ff".to_owned(), 404),
        ("/api/v1/hotels/nowhere".to_owned(), 404),
        (format!("/api/v1/hotels/harbour/offers?{twice}"), 422),
        ("/api/v1/reservations/%ff".to_owned(), 404),
        ("/hotels/%ff".to_owned(), 404),
        (format!("/hotels/harbour?{twice}"), 400),
    ] {
        let answer = Answer::of(guest.request(Method::GET, &path).header("accept-encoding", "gzip")).await;
        assert_eq!(answer.header("content-encoding"), "", "{path}: the words of a refusal are not packed");
        if path.starts_with("/api/") {
            answer.expect(status).json::<Value>();
        } else {
            assert!(answer.expect(status).body.ends_with("</html>"), "{path}");
        }
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_by_place_and_not_by_name_is_refused() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let (arrival, departure) = (app.day(0), app.day(1));
    let hold = json!(["double", "standard", arrival, departure, 1, 0]);
    let refused = guest.post("/api/v1/hotels/harbour/holds", &hold).await.problem(422, "invalid-fields");
    assert!(refused.errors.contains_key("body"), "{refused:?}");
    let mut booking = json!(super::client::booking("double", arrival, departure));
    booking["guest"] = json!(["Ana", "ana@example.org", null]);
    let refused = guest.book("harbour", "by-place", &booking).await.problem(422, "invalid-fields");
    assert!(refused.errors.contains_key("guest"), "{refused:?}");
    assert_eq!(guest.left("harbour", "double", arrival).await, 5);
    booking["guest"] = json!({ "name": "\u{200b}" });
    let refused = guest.book("harbour", "unseen", &booking).await.problem(422, "invalid-fields");
    assert!(refused.errors.contains_key("guest.name"), "{refused:?}");
    let nothing = json!({ "hold": "", "guest": { "name": "Ana" } });
    let refused = guest.book("harbour", "nothing", &nothing).await.problem(422, "invalid-fields");
    assert!(refused.errors.contains_key("hold"), "{refused:?}");
    app.stop().await;
}
