//! The desk between midnight and the day close, what is decided there, and rooms taken out of sale from their page.

use std::sync::Arc;

use reqwest::Method;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::{Answer, Desk, Guest, booking, send};
use super::pages::texts;

/// The day the house is on; by the calendar it is the next one already.
const EVE: &str = "2027-05-10";

fn eve() -> Date {
    EVE.parse().unwrap()
}

/// A house at twenty to one in the morning, whose day nobody has closed.
async fn after_midnight() -> (TestApp, Desk, Guest) {
    let clock = Arc::new(ManualClock::at("2027-05-10T12:00:00Z".parse().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let manager = Desk::sign_in(&app.url, "harbour", "manager@harbour.example", "harbour-demo-manager").await;
    manager.post("day/rule", &json!({"rule": "hand"})).await.expect(200);
    // In Lisbon it is an hour later.
    clock.advance_seconds(11 * 3600 + 40 * 60);
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    (app, desk, browser)
}

fn values(body: &str, of: &str) -> Vec<String> {
    let (document, selector) = (Html::parse_document(body), Selector::parse(of).unwrap());
    document.select(&selector).map(|found| found.value().attr("value").unwrap_or_default().to_owned()).collect()
}

/// The fields of the form whose address ends so, and its address.
fn form(body: &str, ending: &str) -> (String, Vec<(String, String)>) {
    let (document, forms) = (Html::parse_document(body), Selector::parse("form[method=post]").unwrap());
    let inputs = Selector::parse("input[name]").unwrap();
    let of = |element: &scraper::ElementRef<'_>, name: &str| element.value().attr(name).unwrap_or_default().to_owned();
    let found = document.select(&forms).find(|form| of(form, "action").ends_with(ending));
    let found = found.unwrap_or_else(|| panic!("no form to {ending} in {body}"));
    let fields = found.select(&inputs).map(|input| (of(&input, "name"), of(&input, "value")));
    (of(&found, "action"), fields.collect())
}

async fn press(browser: &Guest, body: &str, ending: &str) -> Answer {
    let (path, fields) = form(body, ending);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send(browser, &path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_walks_in_after_midnight_gets_the_night_the_house_is_on() {
    let (app, desk, browser) = after_midnight().await;
    let page = browser.get("/desk/harbour/new").await.expect(200).body;
    assert_eq!(values(&page, "[name=arrival]"), [EVE]);
    let departure = eve().add_days(1).to_string();
    let fields = [
        ("name", "Night Owl"),
        ("arrival", EVE),
        ("departure", &*departure),
        ("room_type", "double"),
        ("check_in", "yes"),
    ];
    let there = send(&browser, "/desk/harbour/new", &fields).await.expect(303);
    let page = browser.get(there.header("location")).await.expect(200).body;
    assert!(page.contains("data-status=\"in_house\""), "{page}");
    let house: Value = desk.get("house").await.json();
    let owl = house["in_house"].as_array().unwrap().iter().find(|stay| stay["guest"]["name"] == "Night Owl").unwrap();
    assert_eq!((&owl["arrival"], owl["room"].is_string()), (&json!(EVE), true));
    // Over the API too; a guest's day is the calendar's.
    let request = booking("double", eve(), eve().add_days(1));
    desk.post("reservations", &request).await.expect(201);
    let refused = app.guest().book("harbour", "k", &request).await.problem(422, "invalid-fields");
    assert!(refused.errors.contains_key("arrival"));
    // And the day before that has gone for everybody.
    let gone = booking("double", eve().add_days(-1), eve());
    desk.post("reservations", &gone).await.problem(422, "invalid-fields");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_taken_out_of_sale_for_the_night_the_house_is_on() {
    let (app, desk, _) = after_midnight().await;
    let rooms: Value = desk.get("rooms").await.json();
    let is_free = |room: &&Value| room.get("in_house").is_none() && room.get("due_in").is_none();
    let free = rooms["rooms"].as_array().unwrap().iter().filter(is_free);
    let numbers: Vec<&str> = free.map(|room| room["number"].as_str().unwrap()).collect();
    let block = json!({"kind": "out_of_order", "reason": "Leak", "from": EVE, "to": eve().add_days(1).to_string()});
    let mut is_blocked = false;
    for number in numbers {
        let answer = desk.post(&format!("rooms/{number}/blocks"), &block).await;
        // Rooms that tonight's stays need are refused; the day is not.
        assert!([201, 409].contains(&answer.status.as_u16()), "{}", answer.body);
        is_blocked |= answer.status == 201;
    }
    assert!(is_blocked);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_his_day_of_arrival_by_the_calendar_a_guest_changes_nothing() {
    let (app, desk, _) = after_midnight().await;
    let next = eve().add_days(1);
    let booked = app.guest().booked("double", next, next.add_days(2)).await;
    let path = format!("/api/v1/reservations/{}/change", booked.code);
    let later = json!({"departure": next.add_days(3).to_string()});
    let change = app.guest().request(Method::POST, &path).bearer_auth(&booked.manage_token).json(&later);
    Answer::of(change).await.problem(409, "arrival-day");
    desk.post(&format!("reservations/{}/change", booked.code), &later).await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_the_day_open_is_decided_on_its_page() {
    let (app, desk, browser) = after_midnight().await;
    let tonight = booking("double", eve(), eve().add_days(1));
    let late: Value = desk.post("reservations", &tonight).await.expect(201).json();
    let late = late["code"].as_str().unwrap().to_owned();
    let page = browser.get("/desk/harbour/day").await.expect(200).body;
    let line = |body: &str, code: &str| texts(body, &format!("[data-code=\"{code}\"]")).concat();
    assert!(line(&page, &late).contains("Comes on Tue 11 May · same price"), "{}", line(&page, &late));
    let there = press(&browser, &page, &format!("/{late}/change")).await.expect(303).header("location").to_owned();
    assert!(there.starts_with("/desk/harbour/day?"), "{there}");
    let page = browser.get(&there).await.expect(200).body;
    assert!(texts(&page, ".notice").concat().contains("Ana Silva"), "{page}");
    assert!(line(&page, &late).is_empty(), "it is decided");
    let moved: Value = desk.get(&format!("reservations/{late}")).await.json();
    assert_eq!((&moved["arrival"], &moved["departure"]), (&json!("2027-05-11"), &json!("2027-05-12")));
    // Who has not left stays a night more, at its price.
    let view: Value = desk.get("day").await.json();
    let stays = view["departures"].as_array().unwrap();
    let stays_on = stays.iter().find(|stay| line(&page, stay["code"].as_str().unwrap()).contains("Stays until"));
    let stay = stays_on.unwrap_or_else(|| panic!("nobody can stay on: {page}"));
    let code = stay["code"].as_str().unwrap();
    assert!(line(&page, code).contains("Stays until Tue 11 May · +€"), "{}", line(&page, code));
    press(&browser, &page, &format!("/{code}/change")).await.expect(303);
    let after: Value = desk.get(&format!("reservations/{code}")).await.json();
    assert_eq!(after["departure"], "2027-05-11");
    assert!(after["total"]["minor"].as_i64() > stay["total"]["minor"].as_i64());
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_taken_out_of_sale_from_the_page_can_be_put_back_at_once() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let (from, to) = (app.day(0).to_string(), app.day(3).to_string());
    let fields = [
        ("kind", "out_of_order"),
        ("reason", "New carpet"),
        ("from", &*from),
        ("to", &*to),
        ("back", "?floor=2&condition=clean"),
    ];
    let there = send(&browser, "/desk/harbour/rooms/201/blocks", &fields).await.expect(303);
    let there = there.header("location").to_owned();
    assert!(there.starts_with("/desk/harbour/rooms?floor=2&condition=clean&blocked="), "{there}");
    let page = browser.get(&there).await.expect(200).body;
    assert!(texts(&page, ".told .notice").concat().contains("Room 201 is out of sale"), "{page}");
    let there = press(&browser, &page, "/remove").await.expect(303).header("location").to_owned();
    assert!(there.starts_with("/desk/harbour/rooms?floor=2&condition=clean&unblocked="), "{there}");
    let page = browser.get(&there).await.expect(200).body;
    assert!(texts(&page, ".told .notice").concat().contains("Room 201 is back on sale"), "{page}");
    let (path, fields) = form(&page, "/201/blocks");
    assert!(fields.contains(&("reason".to_owned(), "New carpet".to_owned())), "{fields:?}");
    press(&browser, &page, "/201/blocks").await.expect(303);
    let rooms: Value = app.desk().await.get("rooms").await.json();
    let room = rooms["rooms"].as_array().unwrap().iter().find(|room| room["number"] == "201").unwrap();
    assert_eq!((&room["blocks"][0]["from"], &room["blocks"][0]["to"]), (&json!(from), &json!(to)), "{path}");
    // What is not so any more is not told, and offers nothing.
    let page = browser.get(&there).await.expect(200).body;
    assert!(texts(&page, ".told .notice").is_empty(), "{page}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_early_is_asked_about_and_a_client_can_ask_for_it() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    desk.act(booked.code, "check-in?due=true").await.problem(409, "stay-is-ahead");
    let path = format!("/desk/harbour/reservations/{}/check-in", booked.code);
    let asked = send(&browser, &path, &[("version", "2")]).await.expect(409).body;
    assert!(asked.contains("Let the stay begin today") && asked.contains("/change?arrival="), "{asked}");
    // The picture of a reservation's life knows no dates: who insists is let in.
    desk.act(booked.code, "check-in").await.expect(200);
    app.stop().await;
}
