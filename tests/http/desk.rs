//! The desk over the API: who may, what is on the house list, and each step of a stay.

use reqwest::Method;
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::{Answer, Desk};

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_of_the_house_see_the_house() {
    let app = TestApp::start().await;
    app.guest().get("/api/v1/desk/harbour/house").await.expect(401);
    let westlake = Desk::sign_in(&app.url, "harbour", "desk@westlake.example", "westlake-demo-desk").await;
    let status = westlake.get("house").await.status.as_u16();
    assert!([403, 404].contains(&status), "{status}");
    let desk = app.desk().await;
    let house: Value = desk.get("house").await.expect(200).json();
    assert!(house["numbers"]["in_house"].as_u64().unwrap() > 0, "the demo house is not empty: {house}");
    desk.sign_out().await.expect(204);
    desk.get("house").await.expect(401);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let try_with = |email: &'static str| {
        guest.request(Method::POST, "/api/v1/session").json(&json!({ "email": email, "password": "wrong-password" }))
    };
    let known = Answer::of(try_with("desk@harbour.example")).await;
    let unknown = Answer::of(try_with("nobody@harbour.example")).await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.json::<Value>()["detail"], unknown.json::<Value>()["detail"]);
    known.expect(401);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_goes_through_its_life_step_by_step_and_back() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let code = app.guest().booked("family", app.day(0), app.day(2)).await.code;
    let steps = [
        ("check-in", "in_house"),
        ("undo-check-in", "confirmed"),
        ("no-show", "no_show"),
        ("check-in", "in_house"),
        ("check-out", "checked_out"),
        ("undo-check-out", "in_house"),
        ("undo-check-in", "confirmed"),
        ("cancel", "cancelled"),
        ("reinstate", "confirmed"),
    ];
    for (action, status) in steps {
        let reservation: Value = desk.act(code, action).await.expect(200).json();
        assert_eq!(reservation["status"], status, "after {action}");
    }
    desk.act(code, "check-out").await.problem(409, "transition-not-allowed");
    desk.act("AAAA-AAAA", "check-in").await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_back_and_sold_cannot_be_taken_back() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let first = guest.booked("suite", app.day(0), app.day(2)).await;
    desk.act(first.code, "cancel").await.expect(200);
    guest.booked("suite", app.day(1), app.day(2)).await;
    guest.booked("suite", app.day(1), app.day(3)).await;
    let refused = desk.act(first.code, "reinstate").await.problem(409, "sold-out");
    assert_eq!(refused.nights, [app.day(1)]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_what_has_changed_meanwhile_is_refused() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let code = app.guest().booked("family", app.day(0), app.day(1)).await.code;
    let act = |action: &str, version: &str| {
        Answer::of(
            desk.request(Method::POST, &format!("reservations/{code}/{action}")).header("if-match", version.to_owned()),
        )
    };
    let seen = desk.get(&format!("reservations/{code}")).await.expect(200);
    let etag = seen.header("etag").to_owned();
    act("check-in", &etag).await.expect(200);
    act("check-out", &etag).await.expect(412);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_needs_a_name_only() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let body = json!({
        "room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 1, "guest": { "name": "Walk In" },
    });
    let request = desk.request(Method::POST, "reservations").header("idempotency-key", "walk-in").json(&body);
    let booked: Value = Answer::of(request).await.expect(201).json();
    let code = booked["code"].as_str().unwrap();
    let found: Value = desk.get("reservations?q=Walk%20In").await.expect(200).json();
    assert_eq!(found["reservations"][0]["code"], code);
    let by_code: Value = desk.get(&format!("reservations?q={code}")).await.expect(200).json();
    assert_eq!(by_code["reservations"].as_array().unwrap().len(), 1);
    app.stop().await;
}
