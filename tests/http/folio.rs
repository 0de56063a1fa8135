//! The folio, the history, two of the staff at once, and the day close, from outside.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;
use vacancy::server::service::day::close_by_itself;

use super::app::TestApp;
use super::client::{Answer, Desk, booking, send};

async fn manager(app: &TestApp) -> Desk {
    Desk::sign_in(&app.url, "harbour", "manager@harbour.example", "harbour-demo-manager").await
}

fn minor(folio: &Value, of: &str) -> i64 {
    folio[of]["minor"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folio_is_posted_to_once_a_key_and_told_to_the_desk_alone() {
    let app = TestApp::start().await;
    let (guest, desk) = (app.guest(), app.desk().await);
    let booked = guest.booked("double", app.day(0), app.day(3)).await;
    let path = format!("reservations/{}/folio", booked.code);
    let empty: Value = desk.get(&path).await.expect(200).json();
    assert_eq!((minor(&empty, "balance"), empty["lines"].as_array().unwrap().len()), (35_700, 3));
    let pay = json!({"kind": "payment", "method": "card", "amount": {"minor": 35_700, "currency": "EUR"}});
    let post = async || Answer::of(desk.request(Method::POST, &path).header("idempotency-key", "k").json(&pay)).await;
    let first = post().await.expect(201);
    let again = post().await.expect(201);
    assert_eq!((first.body, again.header("idempotent-replayed")), (again.body.clone(), "true"));
    let entry: Value = again.json();
    let charge = json!({"kind": "charge", "text": "Minibar", "amount": {"minor": 750, "currency": "EUR"}});
    desk.post(&path, &charge).await.expect(201);
    desk.post(&path, &json!({"kind": "reversal", "entry": entry["id"]})).await.expect(201);
    desk.post(&path, &json!({"kind": "reversal", "entry": entry["id"]})).await.problem(409, "entry-reversed");
    assert_eq!(minor(&desk.get(&path).await.json(), "balance"), 36_450);
    let yuan = json!({"kind": "charge", "text": "Tea", "amount": {"minor": 1, "currency": "CNY"}});
    desk.post(&path, &yuan).await.problem(422, "other-currency");
    for (wrong, field) in [
        (json!({"kind": "charge", "amount": {"minor": 5, "currency": "EUR"}}), "text"),
        (json!({"kind": "charge", "text": "x", "amount": {"minor": -5, "currency": "EUR"}}), "amount"),
        (json!({"kind": "payment", "method": "shells", "amount": {"minor": 5, "currency": "EUR"}}), "method"),
    ] {
        let problem = desk.post(&path, &wrong).await.problem(422, "invalid-fields");
        assert!(problem.errors.contains_key(field), "{:?}", problem.errors);
    }
    // The guest sees his reservation as it was.
    let seen = guest.reservation(&booked).await.expect(200);
    assert!(!seen.body.contains("entry"), "{}", seen.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_says_who_changed_what() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let path = format!("reservations/{}/details", booked.code);
    let details = json!({"name": "Ana Maria Silva", "email": "ana@example.org", "note": "By train"});
    let etag = desk.get(&format!("reservations/{}", booked.code)).await.header("etag").to_owned();
    let set = async || Answer::of(desk.request(Method::POST, &path).header("if-match", &etag).json(&details)).await;
    set().await.expect(200);
    set().await.problem(412, "version-conflict");
    let history: Value = desk.get(&format!("reservations/{}/history", booked.code)).await.expect(200).json();
    let newest = &history["entries"][0];
    assert_eq!((&newest["by"], &newest["type"]), (&json!("desk@harbour.example"), &json!("changed")));
    let changes = json!([
        {"field": "name", "before": "Ana Silva", "after": "Ana Maria Silva"},
        {"field": "note", "before": "", "after": "By train"},
    ]);
    assert_eq!(newest["changes"], changes);
    // The whole house's log is the manager's.
    desk.get("log").await.problem(403, "forbidden");
    let manager = manager(&app).await;
    let log: Value = manager.get("log?by=Desk@harbour.example").await.expect(200).json();
    assert_eq!(log["entries"][0]["changes"], changes);
    for night in 5..12 {
        app.guest().booked("double", app.day(night), app.day(night + 1)).await;
    }
    let first: Value = manager.get("log").await.expect(200).json();
    let older: Value = manager.get(&format!("log?before={}", first["next"])).await.expect(200).json();
    assert!(older["entries"][0]["seq"].as_u64() < first["entries"][0]["seq"].as_u64());
    manager.get("log?day=yesterday").await.problem(422, "invalid-fields");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_slower_is_shown_the_change_and_asked() {
    let app = TestApp::start().await;
    let (desk, other) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let page = format!("/desk/harbour/reservations/{}", booked.code);
    desk.post(&format!("reservations/{}/details", booked.code), &json!({"name": "Ana Silva", "note": "Cot"})).await;
    // A step that is still possible is offered again; what the colleague did stands beside it.
    let asked = send(&other, &format!("{page}/cancel"), &[("version", "2")]).await.expect(412);
    assert!(asked.body.contains("Cot") && asked.body.contains("Somebody was faster"), "{}", asked.body);
    assert!(asked.body.contains("Cancel all the same"));
    // What was typed is kept, and nothing is overwritten until it is sent again.
    let typed = [("version", "2"), ("name", "Ana S."), ("note", "Typed by me")];
    let kept = send(&other, &format!("{page}/details"), &typed).await.expect(412);
    assert!(kept.body.contains("Typed by me") && kept.body.contains("Cot"), "{}", kept.body);
    assert!(desk.get(&format!("reservations/{}", booked.code)).await.body.contains("Cot"));
    let typed = [("version", "3"), ("name", "Ana S."), ("note", "Typed by me")];
    send(&other, &format!("{page}/details"), &typed).await.expect(303);
    desk.act(booked.code, "cancel").await.expect(200);
    let gone = send(&other, &format!("{page}/check-in"), &[("version", "4")]).await.expect(412);
    assert!(gone.body.contains("not possible any more"), "{}", gone.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_of_a_folio_keep_what_was_typed_and_a_double_click_posts_once() {
    let app = TestApp::start().await;
    let (desk, other) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let path = format!("/desk/harbour/reservations/{}/folio", booked.code);
    let wrong = [("kind", "charge"), ("key", "k-c"), ("charge_text", "Minibar"), ("charge_amount", "1.234,50")];
    let page = send(&other, &path, &wrong).await.expect(422);
    assert!(page.body.contains("value=\"1.234,50\"") && page.body.contains("value=\"Minibar\""), "{}", page.body);
    assert!(page.body.contains("value=\"k-c\""), "the form keeps its key");
    let right = [("kind", "charge"), ("key", "k-c"), ("charge_text", "Minibar"), ("charge_amount", "7,50")];
    for _ in 0..2 {
        send(&other, &path, &right).await.expect(303);
    }
    let folio: Value = desk.get(&format!("reservations/{}/folio", booked.code)).await.json();
    assert_eq!((minor(&folio, "balance"), folio["entries"].as_array().unwrap().len()), (12_650, 1));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_with_an_open_folio_is_asked_about_first() {
    let app = TestApp::start().await;
    let (desk, other) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let page = format!("/desk/harbour/reservations/{}", booked.code);
    let early = send(&other, &format!("{page}/check-in"), &[("version", "2")]).await.expect(409);
    assert!(early.body.contains("This stay begins later"), "{}", early.body);
    send(&other, &format!("{page}/check-in"), &[("version", "2"), ("anyway", "yes")]).await.expect(303);
    let asked = send(&other, &format!("{page}/check-out"), &[("version", "3")]).await.expect(409);
    assert!(asked.body.contains("€119.00 are still to be paid"), "{}", asked.body);
    desk.act(booked.code, "check-out?settled=true").await.problem(409, "balance-open");
    send(&other, &format!("{page}/check-out"), &[("version", "3"), ("anyway", "yes")]).await.expect(303);
    // Paid in full, nothing is asked.
    desk.act(booked.code, "undo-check-out").await.expect(200);
    let pay = json!({"kind": "payment", "method": "cash", "amount": {"minor": 11_900, "currency": "EUR"}});
    desk.post(&format!("reservations/{}/folio", booked.code), &pay).await.expect(201);
    send(&other, &format!("{page}/check-out"), &[("version", "5")]).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_closed_when_it_is_over_and_decided() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let (desk, manager) = (app.desk().await, manager(&app).await);
    let view: Value = desk.get("day").await.expect(200).json();
    assert_eq!((&view["rule"], &view["business_date"]), (&json!("clock"), &json!("2027-05-10")));
    desk.post("day", &json!({"day": "2027-05-10"})).await.problem(409, "day-ends-by-clock");
    desk.post("day/rule", &json!({"rule": "hand"})).await.problem(403, "forbidden");
    manager.post("day/rule", &json!({"rule": "sometimes"})).await.problem(422, "invalid-fields");
    manager.post("day/rule", &json!({"rule": "hand"})).await.expect(200);
    desk.post("day", &json!({"day": "2027-05-10"})).await.problem(409, "day-not-over");
    clock.advance_seconds(13 * 3600);
    let (desk, manager) = (app.desk().await, self::manager(&app).await);
    // The desk is on the day before; guests book by the calendar.
    let house: Value = desk.get("house").await.expect(200).json();
    assert_eq!(house["business_date"], "2027-05-10");
    let hotels: Value = app.guest().get("/api/v1/hotels").await.json();
    assert_eq!(hotels["hotels"][0]["today"], "2027-05-11");
    let refused = desk.post("day", &json!({"day": "2027-05-10"})).await.problem(409, "day-undecided");
    assert!(!refused.stays.is_empty());
    let keep: Vec<String> = refused.stays.iter().map(ToString::to_string).collect();
    let closed: Value = desk.post("day", &json!({"day": "2027-05-10", "keep": keep})).await.expect(200).json();
    assert_eq!((&closed["business_date"], &closed["is_over"]), (&json!("2027-05-11"), &json!(false)));
    desk.post("day", &json!({"day": "2027-05-10", "keep": keep})).await.problem(409, "another-day");
    let house: Value = desk.get("house").await.json();
    assert!(house["numbers"]["overdue"].as_u64().unwrap() >= keep.len() as u64, "{}", house["numbers"]);
    let log: Value = manager.get("log").await.json();
    let closing = log["entries"].as_array().unwrap().iter().find(|entry| entry["event"] == "day").unwrap();
    assert_eq!((&closing["by"], &closing["type"]), (&json!("desk@harbour.example"), &json!("closed")));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_ends_by_itself_waits_for_what_is_undecided_and_tells_the_desk_once() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    manager(&app).await.post("day/rule", &json!({"rule": "3"})).await.expect(200);
    let look = async || {
        let catalog = app.inside().store.catalog();
        let house = catalog.houses().iter().find(|house| house.hotel.slug.as_str() == "harbour").unwrap();
        close_by_itself(app.inside(), house).await.unwrap();
    };
    let business_date = async || -> Date {
        let house: Value = app.desk().await.get("house").await.json();
        house["business_date"].as_str().unwrap().parse().unwrap()
    };
    let today: Date = "2027-05-10".parse().unwrap();
    clock.advance_seconds(13 * 3600);
    look().await;
    assert_eq!(business_date().await, today, "it is one in the morning");
    clock.advance_seconds(3 * 3600);
    look().await;
    look().await;
    assert_eq!(business_date().await, today);
    let (desk, manager) = (app.desk().await, manager(&app).await);
    let log: Value = manager.get("log").await.json();
    let warned = log["entries"].as_array().unwrap().iter().filter(|entry| entry["type"] == "day_open");
    assert_eq!(warned.count(), 1);
    let view: Value = desk.get("day").await.json();
    for stay in view["arrivals"].as_array().unwrap() {
        desk.act(stay["code"].as_str().unwrap(), "no-show").await.expect(200);
    }
    for stay in view["departures"].as_array().unwrap() {
        desk.act(stay["code"].as_str().unwrap(), "check-out").await.expect(200);
    }
    look().await;
    assert_eq!(business_date().await, today.add_days(1));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_whose_nights_have_gone_is_not_brought_back_nor_let_in() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let today: Date = "2027-05-10".parse().unwrap();
    let request = booking("double", today, today.add_days(1));
    let booked: Value = app.guest().book("harbour", "k", &request).await.expect(201).json();
    let code = booked["code"].as_str().unwrap();
    app.desk().await.act(code, "cancel").await.expect(200);
    app.desk().await.act(code, "reinstate").await.expect(200);
    app.desk().await.act(code, "cancel").await.expect(200);
    let never_came = app.guest().booked("double", today, today.add_days(1)).await;
    let late = app.guest().booked("double", today, today.add_days(1)).await;
    let given: Value =
        app.desk().await.post(&format!("reservations/{}/assign", late.code), &json!({})).await.expect(200).json();
    clock.advance_seconds(2 * 86_400);
    let desk = app.desk().await;
    desk.act(code, "reinstate").await.problem(409, "stay-is-over");
    // Whose room was kept for him goes there, however late.
    let came: Value = desk.act(late.code, "check-in").await.expect(200).json();
    assert_eq!(came["room"], given["room"]);
    // There is no night left to give this one a room for; with more of them there is.
    desk.act(never_came.code, "check-in").await.problem(409, "stay-is-over");
    let longer = json!({ "departure": today.add_days(3) });
    desk.post(&format!("reservations/{}/change", never_came.code), &longer).await.expect(200);
    let came: Value = desk.act(never_came.code, "check-in").await.expect(200).json();
    assert!(came["room"].is_string(), "{came}");
    app.stop().await;
}
