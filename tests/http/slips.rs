//! Slips of the hand and wrong turns at the desk: each is told in the desk's words, and nothing is done by it.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::{Answer, Guest, booking, send};
use super::pages::texts;

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_of_more_than_is_open_is_asked_about_and_a_double_click_is_not() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let path = format!("/desk/harbour/reservations/{}/folio", booked.code);
    let pay = |amount: &'static str, key: &'static str| {
        [("kind", "payment"), ("key", key), ("payment_amount", amount), ("method", "card"), ("payment_text", "Visa")]
    };
    let balance = async || {
        let folio: Value = desk.get(&format!("reservations/{}/folio", booked.code)).await.expect(200).json();
        folio["balance"]["minor"].as_i64().unwrap()
    };
    let asked = send(&browser, &path, &pay("1190", "slip-p")).await.expect(409).body;
    let told = texts(&asked, "main .notice").concat();
    assert!(told.contains("€1,071.00 would have to be paid back"), "{told}");
    assert!(asked.contains("name=\"payment_amount\" value=\"1190\""), "what was typed is in the form: {asked}");
    assert_eq!(balance().await, 11_900, "nothing is posted before the answer");
    for _ in 0..2 {
        send(&browser, &path, &pay("119", "slip-p")).await.expect(303);
        assert_eq!(balance().await, 0, "the second click is answered like the first, though nothing is open any more");
    }
    // Who means it, gets it; and so does who posts over the API.
    send(&browser, &path, &pay("5", "tip-p")).await.expect(409);
    let meant: Vec<_> = pay("5", "tip-p").into_iter().chain([("anyway", "yes")]).collect();
    send(&browser, &path, &meant).await.expect(303);
    let more = json!({"kind": "payment", "method": "cash", "amount": {"minor": 500, "currency": "EUR"}});
    desk.post(&format!("reservations/{}/folio", booked.code), &more).await.expect(201);
    assert_eq!(balance().await, -1_000);
    let asked = send(&browser, &path, &pay("5", "more-p")).await.expect(409).body;
    assert!(texts(&asked, "main .notice").concat().contains("€15.00 would have"), "with what he has to get already");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_old_page_has_taken_back_in_vain_the_same_payment_can_be_made_again() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let page = format!("/desk/harbour/reservations/{}/folio", booked.code);
    let pay = async |key: &str| {
        let form =
            [("kind", "payment"), ("key", key), ("payment_amount", "50"), ("method", "cash"), ("payment_text", "")];
        send(&browser, &page, &form).await.expect(303);
    };
    pay("old-p").await;
    let folio: Value = desk.get(&format!("reservations/{}/folio", booked.code)).await.expect(200).json();
    let entry = folio["entries"][0]["id"].to_string();
    let take_back =
        async |key: &str| send(&browser, &page, &[("kind", "reversal"), ("entry", &entry), ("key", key)]).await;
    take_back(&format!("another-{entry}")).await.expect(303);
    let refused = take_back(&format!("old-{entry}")).await.expect(409).body;
    let (_, key) = refused.split_once("name=\"kind\" value=\"payment\"").unwrap();
    let key = key.split_once("name=\"key\" value=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    pay(key).await;
    let folio: Value = desk.get(&format!("reservations/{}/folio", booked.code)).await.expect(200).json();
    assert_eq!(folio["balance"]["minor"], 11_900 - 5_000, "under {key}: {folio}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_named_wins_over_the_type_that_nobody_chose() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let (arrival, departure) = (app.day(60).to_string(), app.day(61).to_string());
    let fields = |room_type: &'static str, suggested: &'static str, key: &'static str| {
        [("name", "Ana"), ("room", "501"), ("room_type", room_type), ("suggested", suggested), ("key", key)]
    };
    let stay = [("arrival", &*arrival), ("departure", &*departure)];
    let form =
        browser.get(&format!("/desk/harbour/new?arrival={arrival}&departure={departure}")).await.expect(200).body;
    assert!(form.contains("name=\"suggested\" value=\"single\""), "the form says what it began with: {form}");
    // Chosen by hand: the desk said both, and is asked which.
    let chosen: Vec<_> = fields("double", "single", "slip-1").into_iter().chain(stay).collect();
    let refused = send(&browser, "/desk/harbour/new", &chosen).await.expect(409).body;
    assert!(refused.contains("of another type"), "{refused}");
    let left: Vec<_> = fields("single", "single", "slip-2").into_iter().chain(stay).collect();
    let asked = send(&browser, "/desk/harbour/new", &left).await.expect(409).body;
    assert!(asked.contains("Nothing is booked yet") && asked.contains("value=\"Ana\""), "its price first: {asked}");
    assert!(asked.contains("name=\"suggested\" value=\"suite\""), "what a room implied is no choice: {asked}");
    let seen: Vec<_> = fields("suite", "suite", "slip-2").into_iter().chain(stay).collect();
    let there = send(&browser, "/desk/harbour/new", &seen).await.expect(303).header("location").to_owned();
    let code = there.split(['?', '/']).find(|part| part.len() == 9 && part.contains('-')).unwrap().to_owned();
    let made: Value = desk.get(&format!("reservations/{code}")).await.expect(200).json();
    assert_eq!((&made["room"], &made["room_type"]), (&json!("501"), &json!("suite")));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_that_is_too_long_is_not_sent_to_the_desk_by_the_desk() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let (arrival, departure) = (app.day(0), app.day(61));
    let told = async |browser: &Guest, path: &str| {
        browser.get(&format!("{path}?arrival={arrival}&departure={departure}")).await.body
    };
    assert!(told(&browser, "/desk/harbour/new").await.contains("Make another one for the nights after"));
    assert!(told(&app.browser(), "/hotels/harbour").await.contains("please write to the hotel"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_no_night_says_so() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let list =
        async |from: Date, to: Date| browser.get(&format!("/desk/harbour/reservations?from={from}&to={to}")).await;
    for to in [1, 3] {
        let refused = list(app.day(3), app.day(to)).await.expect(422).body;
        assert!(refused.contains("The end must be after the beginning"), "{refused}");
        assert!(refused.contains(&format!("value=\"{}\"", app.day(3))), "what was typed is there");
    }
    list(app.day(1), app.day(3)).await.expect(200);
    let (from, to) = (app.day(3), app.day(1));
    let refused = app.desk().await.get(&format!("reservations?from={from}&to={to}")).await;
    assert!(refused.problem(422, "invalid-fields").errors.contains_key("to"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_turn_at_the_desk_ends_at_the_desk() {
    let app = TestApp::start().await;
    let (browser, housekeeper) = (app.signed_in("desk").await, app.signed_in("rooms").await);
    let mut request = booking("double", app.day(0), app.day(1));
    request.guest.name = "Nora Alert".to_owned();
    app.guest().book("harbour", "an-alert", &request).await.expect(201);
    let unknown = browser.get("/desk/harbour/reservations/AAAA-AAAA").await.expect(404).body;
    assert!(
        unknown.contains("desk-nav") && unknown.contains("No reservation of this hotel has this code"),
        "{unknown}"
    );
    assert!(!unknown.contains("/find"), "the desk does not look for it by code and e-mail: {unknown}");
    let missing = browser.get("/desk/harbour/nowhere").await.expect(404).body;
    assert!(missing.contains("desk-nav") && missing.contains("href=\"/desk/harbour\""), "{missing}");
    let form = send(&browser, "/desk/harbour/reservations/AAAA-AAAA/check-in", &[]).await.expect(404).body;
    assert!(form.contains("desk-nav"), "{form}");
    let refused = housekeeper.get("/desk/harbour/reservations").await.expect(403).body;
    assert!(refused.contains("Your account cannot open this") && refused.contains("desk-nav"), "{refused}");
    assert!(refused.contains("href=\"/desk/harbour/rooms\"") && !refused.contains("desk-search"), "{refused}");
    let other = browser.get("/desk/westlake/rooms").await.expect(403).body;
    assert!(other.contains("desk-nav") && other.contains("href=\"/desk/harbour\""), "his own desk: {other}");
    // The housekeeper's language switch leads where he may go.
    let form =
        send(&housekeeper, "/desk/harbour/rooms/999/condition", &[("condition", "clean")]).await.expect(404).body;
    assert!(form.contains("name=\"return_to\" value=\"/desk\"") && !form.contains("Nora Alert"), "{form}");
    // At the guests' addresses the staff are guests, and nobody else is shown a desk.
    let guest = browser.get("/reservations/AAAA-AAAA").await.expect(404).body;
    assert!(!guest.contains("desk-nav") && guest.contains("/find"), "{guest}");
    for stranger in [app.browser(), browser] {
        send(&stranger, "/desk/sign-out", &[]).await.expect(303);
        let shown = stranger.get("/desk/harbour/nowhere").await.expect(404).body;
        assert!(!shown.contains("desk-nav"), "{shown}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_asked_whether_to_go_into_a_dirty_room_that_somebody_is_in() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let (app, today) = (TestApp::start_at(Arc::clone(&clock)).await, "2027-05-10".parse::<Date>().unwrap());
    let leaving = app.guest().booked("suite", today, today.add_days(1)).await;
    let came: Value = app.desk().await.act(leaving.code, "check-in").await.expect(200).json();
    let room = came["room"].as_str().unwrap().to_owned();
    clock.advance_seconds(86_400);
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let coming = app.guest().booked("suite", today.add_days(1), today.add_days(2)).await;
    desk.post(&format!("reservations/{}/assign", coming.code), &json!({ "room": room })).await.expect(200);
    let dirty = async || {
        desk.post(&format!("rooms/{room}/condition"), &json!({ "condition": "dirty" })).await.expect(200);
    };
    dirty().await;
    let path = format!("/desk/harbour/reservations/{}/check-in", coming.code);
    let refused = send(&browser, &path, &[]).await.expect(409).body;
    let told = texts(&refused, "main .notice").concat();
    assert!(!told.contains("Dirty") && told.contains(&leaving.code.to_string()), "who is in it: {told}");
    assert!(!refused.contains("data-asks=\"yes\""), "{refused}");
    desk.act(leaving.code, "check-out").await.expect(200);
    dirty().await;
    let asked = send(&browser, &path, &[]).await.expect(409).body;
    assert!(texts(&asked, "main .notice").concat().contains(&format!("Room {room}: Dirty")), "{asked}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_early_to_a_dirty_room_is_asked_about_the_dirt_though_somebody_is_in_it() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let here = app.guest().booked("suite", app.day(0), app.day(1)).await;
    let came: Value = desk.act(here.code, "check-in").await.expect(200).json();
    let room = came["room"].as_str().unwrap().to_owned();
    let early = app.guest().booked("suite", app.day(1), app.day(2)).await;
    desk.post(&format!("reservations/{}/assign", early.code), &json!({ "room": room })).await.expect(200);
    desk.post(&format!("rooms/{room}/condition"), &json!({ "condition": "dirty" })).await.expect(200);
    desk.act(early.code, "check-in?ready=true").await.problem(409, "room-dirty");
    let asked = send(&browser, &format!("/desk/harbour/reservations/{}/check-in", early.code), &[]).await.expect(409);
    let told = texts(&asked.body, "main .notice").concat();
    assert!(told.contains("begins later") && told.contains(&format!("Room {room}: Dirty")), "{told}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_to_be_put_into_another_room_because_his_is_not_left_is_asked_about_that_one() {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let (app, today) = (TestApp::start_at(Arc::clone(&clock)).await, "2027-05-10".parse::<Date>().unwrap());
    let (tomorrow, end) = (today.add_days(1), today.add_days(2));
    let leaving = app.guest().booked("suite", today, tomorrow).await;
    let came: Value = app.desk().await.act(leaving.code, "check-in").await.expect(200).json();
    let his = came["room"].as_str().unwrap().to_owned();
    clock.advance_seconds(86_400);
    let desk = app.desk().await;
    let rooms: Value = desk.get("rooms").await.expect(200).json();
    let suites = rooms["rooms"].as_array().unwrap().iter().filter(|room| room["room_type"] == "suite");
    let others: Vec<&Value> = suites.filter(|room| room["number"] != *his).collect();
    for guest in others.iter().filter_map(|room| room["in_house"]["code"].as_str()) {
        desk.act(guest, "check-out").await.expect(200);
    }
    let others: Vec<&str> = others.iter().filter_map(|room| room["number"].as_str()).collect();
    // Only his is left to give; then the others are on sale again, and dirty.
    let block = json!({ "kind": "out_of_order", "reason": "Paint", "from": tomorrow, "to": end });
    let mut blocks = Vec::new();
    for room in &others {
        let made: Value = desk.post(&format!("rooms/{room}/blocks"), &block).await.expect(201).json();
        blocks.push(format!("rooms/{room}/blocks/{}", made["blocks"][0]["id"]));
    }
    let coming = app.guest().booked("suite", tomorrow, end).await;
    let given: Value = desk.act(coming.code, "assign").await.expect(200).json();
    assert_eq!((&given["room"], given.get("pinned")), (&json!(his), None));
    for (room, block) in others.iter().zip(blocks) {
        Answer::of(desk.request(Method::DELETE, &block)).await.expect(200);
        desk.post(&format!("rooms/{room}/condition"), &json!({ "condition": "dirty" })).await.expect(200);
    }
    desk.act(coming.code, "check-in?ready=true").await.problem(409, "room-dirty");
    let came: Value = desk.act(coming.code, "check-in").await.expect(200).json();
    assert!(others.iter().any(|room| came["room"] == *room), "{came}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_cancelled_or_left_can_still_ask_the_desk() {
    let app = TestApp::start().await;
    let (desk, guest, browser) = (app.desk().await, app.guest(), app.browser());
    let mut heard = desk.stream("events?kinds=alert").await.begun().await;
    let booked = guest.booked("double", app.day(5), app.day(6)).await;
    browser.get(&format!("/r/{}/{}", booked.code, booked.manage_token)).await.expect(303);
    desk.act(booked.code, "cancel").await.expect(200);
    let page = format!("/reservations/{}", booked.code);
    let shown = browser.get(&page).await.expect(200).body;
    assert!(shown.contains("Ask the desk") && shown.contains("Book another stay"), "{shown}");
    let message = [("message", "That was a slip of my finger")];
    let there = send(&browser, &format!("{page}/nudge"), &message).await.expect(303).header("location").to_owned();
    assert!(browser.get(&there).await.expect(200).body.contains("The desk has it"));
    let told = heard.until(|event| event.data["kind"] == "nudge").await.pop().unwrap();
    assert_eq!(told.data["text"], message[0].1);
    app.stop().await;
}
