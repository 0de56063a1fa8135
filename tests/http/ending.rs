//! How a stay ends, and what that costs, from outside: leaving before the booked day, and giving the stay up.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::{Answer, booking};

const DAY_SECONDS: i64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_early_pays_the_nights_he_has_not_slept_unless_the_departure_is_changed_first() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let today: Date = "2027-05-10".parse().unwrap();
    let tomorrow = today.add_days(1);
    let mut codes = Vec::new();
    for key in ["one", "other"] {
        let booked: Value =
            app.guest().book("harbour", key, &booking("double", today, today.add_days(3))).await.expect(201).json();
        codes.push(booked["code"].as_str().unwrap().to_owned());
    }
    let desk = app.desk().await;
    for code in &codes {
        desk.act(code, "check-in").await.expect(200);
    }
    let [one, other] = [&codes[0], &codes[1]];
    let preview = async |code: &str| -> Value { desk.act(code, "check-out/preview").await.expect(200).json() };
    let unslept = json!({"nights": 2, "amount": {"minor": 23_800, "currency": "EUR"}, "departure": tomorrow});
    assert_eq!(preview(one).await["unslept"], unslept, "the first night is owed");
    clock.advance_seconds(DAY_SECONDS);
    let desk = app.desk().await;
    let preview = async |code: &str| -> Value { desk.act(code, "check-out/preview").await.expect(200).json() };
    let told = preview(one).await;
    assert_eq!((&told["allowed"], &told["business_date"]), (&json!(true), &json!(tomorrow)));
    assert_eq!((&told["unslept"], &told["balance"]["minor"]), (&unslept, &json!(35_700)));
    // As booked: the answer says what was charged for nothing.
    let left: Value = desk.act(one, "check-out").await.expect(200).json();
    assert_eq!((&left["status"], &left["unslept"]), (&json!("checked_out"), &unslept));
    let folio: Value = desk.get(&format!("reservations/{one}/folio")).await.expect(200).json();
    assert_eq!(folio["balance"]["minor"], 35_700);
    assert_eq!(preview(one).await["reason"], "transition-not-allowed");
    // With the departure changed to today, as the preview of the change has said.
    let shorter = json!({"departure": unslept["departure"], "shown_total": {"minor": 11_900, "currency": "EUR"}});
    let change: Value = desk.post(&format!("reservations/{other}/change/preview"), &shorter).await.expect(200).json();
    assert_eq!((&change["allowed"], &change["difference"]["minor"]), (&json!(true), &json!(-23_800)));
    desk.post(&format!("reservations/{other}/change"), &shorter).await.expect(200);
    assert_eq!(preview(other).await.get("unslept"), None);
    let left: Value = desk.act(other, "check-out").await.expect(200).json();
    assert_eq!((&left["total"]["minor"], left.get("unslept")), (&json!(11_900), None));
    app.stop().await;
}

fn euros(minor: i64) -> Value {
    json!({"minor": minor, "currency": "EUR"})
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cancels_sees_the_fee_first_and_pays_no_other() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let (guest, day) = (app.guest(), |offset| "2027-05-12".parse::<Date>().unwrap().add_days(offset));
    let (booked, other) = (guest.booked("double", day(0), day(2)).await, guest.booked("double", day(0), day(2)).await);
    let ask = async |step: &str, body: Value| {
        let path = format!("/api/v1/reservations/{}/{step}", booked.code);
        Answer::of(guest.request(Method::POST, &path).bearer_auth(&booked.manage_token).json(&body)).await
    };
    let free: Value = ask("cancel/preview", json!({})).await.expect(200).json();
    assert_eq!((&free["allowed"], &free["fee"], &free["refund"]), (&json!(true), &euros(0), &euros(0)));
    // Check-in is at 15:00 in Lisbon, an hour ahead of UTC.
    assert_eq!(free["free_until"], "2027-05-11T14:00:00.000Z");
    // Paid in full, and then it is too late to cancel for nothing.
    let desk = app.desk().await;
    let pay = json!({"kind": "payment", "method": "card", "amount": euros(23_800)});
    desk.post(&format!("reservations/{}/folio", booked.code), &pay).await.expect(201);
    clock.advance_seconds(27 * 3600);
    ask("cancel", json!({"shown_fee": free["fee"]})).await.problem(409, "price-changed");
    ask("cancel", json!({"fee": 0})).await.problem(422, "invalid-fields");
    let late: Value = ask("cancel/preview", json!({})).await.expect(200).json();
    assert_eq!((&late["fee"], &late["refund"]), (&euros(11_900), &euros(11_900)));
    let cancelled: Value = ask("cancel", json!({"shown_fee": late["fee"]})).await.expect(200).json();
    assert_eq!((&cancelled["status"], &cancelled["fee"]), (&json!("cancelled"), &late["fee"]));
    let again: Value = ask("cancel/preview", json!({})).await.expect(200).json();
    assert_eq!((&again["allowed"], &again["reason"]), (&json!(false), &json!("transition-not-allowed")));
    ask("cancel", json!({"shown_fee": late["fee"]})).await.problem(409, "transition-not-allowed");
    let stranger = format!("/api/v1/reservations/{}/cancel/preview", booked.code);
    guest.post(&stranger, &json!({})).await.problem(404, "reservation-not-found");
    // And the desk.
    let desk = app.desk().await;
    let path = format!("reservations/{}/cancel", other.code);
    let told: Value = desk.act(&other.code, "cancel/preview").await.expect(200).json();
    assert_eq!((&told["fee"], &told["refund"]), (&euros(11_900), &euros(0)));
    desk.post(&path, &json!({"shown_fee": euros(0)})).await.problem(409, "price-changed");
    let cancelled: Value = desk.post(&path, &json!({"shown_fee": told["fee"]})).await.expect(200).json();
    assert_eq!((&cancelled["status"], &cancelled["fee"]), (&json!("cancelled"), &told["fee"]));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_given_back_for_nothing() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let hold = json!({"room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 1});
    guest.post("/api/v1/hotels/harbour/holds", &hold).await.expect(201);
    let found: Value = desk.get(&format!("reservations?state=held&from={}", app.day(0))).await.expect(200).json();
    let code = found["reservations"][0]["code"].as_str().unwrap();
    let told: Value = desk.act(code, "cancel/preview").await.expect(200).json();
    assert_eq!((&told["fee"], told.get("free_until")), (&euros(0), None));
    let given: Value =
        desk.post(&format!("reservations/{code}/cancel"), &json!({"shown_fee": euros(0)})).await.expect(200).json();
    assert_eq!(given["status"], "lapsed");
    let lapsed = desk.act(code, "confirm").await.problem(409, "transition-not-allowed");
    assert!(lapsed.detail.contains("lapsed"), "{}", lapsed.detail);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_a_no_show_before_the_day_where_a_client_asks_for_that() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    desk.act(booked.code, "no-show?due=true").await.problem(409, "stay-is-ahead");
    desk.act(booked.code, "no-show").await.expect(200);
    app.stop().await;
}
