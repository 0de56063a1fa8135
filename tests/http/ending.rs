//! How a stay ends, and what that costs, from outside: leaving before the booked day.

use std::sync::Arc;

use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::booking;

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
