//! What a receptionist would stumble over: steps that are asked about first, refusals that name who is in the way, and
//! what the log tells of rooms.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::{Answer, Desk, Guest, booking, send, unique};
use super::pages::texts;

const TODAY: &str = "2027-05-10";
const DAY_SECONDS: i64 = 86_400;

async fn opened() -> (TestApp, Arc<ManualClock>, Date) {
    let clock = Arc::new(ManualClock::at(format!("{TODAY}T12:00:00Z").parse().unwrap()));
    (TestApp::start_at(Arc::clone(&clock)).await, clock, TODAY.parse().unwrap())
}

/// Books for a guest of this name; the code.
async fn booked(app: &TestApp, name: &str, room_type: &str, from: Date, to: Date) -> String {
    let mut request = booking(room_type, from, to);
    request.guest.name = name.to_owned();
    let key = format!("stumbles-{}", unique());
    let booked: Value = app.guest().book("harbour", &key, &request).await.expect(201).json();
    booked["code"].as_str().unwrap().to_owned()
}

async fn give(desk: &Desk, code: &str, room: &str) {
    desk.post(&format!("reservations/{code}/assign"), &json!({ "room": room })).await.expect(200);
}

async fn page(browser: &Guest, path: &str, chinese: bool) -> String {
    let language = if chinese { "zh-CN" } else { "en" };
    Answer::of(browser.request(Method::GET, path).header("accept-language", language)).await.expect(200).body
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_says_who_made_it_and_is_marked_on_his_own_screen_alone() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let mut heard = desk.stream("events?kinds=alert").await.begun().await;
    let walk_in = json!({
        "room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 1,
        "guest": { "name": "Own Guest" },
    });
    desk.post("reservations", &walk_in).await.expect(201);
    assert_eq!(heard.expect_next().await.data["by"], "desk@harbour.example");
    let own = |body: &str| body.contains("&quot;is_own&quot;:true") || body.contains("\"is_own\":true");
    assert!(own(&page(&app.signed_in("desk").await, "/desk/harbour", false).await));
    assert!(
        !own(&page(&app.signed_in("manager").await, "/desk/harbour", false).await),
        "a colleague's screen tells it"
    );
    app.guest().booked("double", app.day(0), app.day(1)).await;
    assert_eq!(heard.expect_next().await.data["by"], "guest");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_early_is_asked_about_with_what_stays_charged() {
    let (app, clock, today) = opened().await;
    let code = booked(&app, "Early Leaver", "double", today, today.add_days(4)).await;
    app.desk().await.act(&code, "check-in").await.expect(200);
    clock.advance_seconds(DAY_SECONDS);
    let browser = app.signed_in("desk").await;
    let path = format!("/desk/harbour/reservations/{code}/check-out");
    let asked = send(&browser, &path, &[]).await.expect(409).body;
    let told = texts(&asked, "main .notice").concat();
    assert!(
        told.contains("The guest leaves early") && told.contains("3 nights not slept, €357.00 stay charged."),
        "{told}"
    );
    assert!(told.contains("are still to be paid"), "the open folio is told with it: {told}");
    let there = format!(
        "/desk/harbour/reservations/{code}/change?arrival={today}&departure={}&room_type=double&adults=1&children=0",
        today.add_days(1)
    );
    assert!(asked.contains(&there.replace('&', "&amp;")), "{asked}");
    let changed = page(&browser, &there, false).await;
    assert_eq!(texts(&changed, "#difference"), ["The guest pays €357.00 less"]);
    let chinese = browser.request(Method::POST, &path).header("accept-language", "zh-CN").form(&[("list", "")]);
    assert!(Answer::of(chinese).await.expect(409).body.contains("3 晚未入住"));
    send(&browser, &path, &[("anyway", "yes")]).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_checked_in_to_a_dirty_room_unasked() {
    let (app, _, today) = opened().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let dirty = async |room: &str| {
        desk.post(&format!("rooms/{room}/condition"), &json!({ "condition": "dirty" })).await.expect(200);
    };
    let rooms: Value = desk.get("rooms").await.json();
    let is_free =
        |room: &&Value| room["room_type"] == "suite" && room.get("in_house").is_none() && room.get("due_in").is_none();
    let free = rooms["rooms"].as_array().unwrap().iter().find(is_free).unwrap()["number"].as_str().unwrap().to_owned();
    let code = booked(&app, "Dusty Guest", "suite", today, today.add_days(1)).await;
    for room in ["501", "502"] {
        dirty(room).await;
    }
    let path = format!("/desk/harbour/reservations/{code}/check-in");
    desk.act(&code, "check-in?ready=true").await.problem(409, "room-dirty");
    let asked = send(&browser, &path, &[]).await.expect(409).body;
    assert!(texts(&asked, "main .notice").concat().contains("No clean room of this type is free"), "{asked}");
    give(&desk, &code, &free).await;
    let asked = send(&browser, &path, &[("from_list", "arrivals")]).await.expect(409).body;
    let told = texts(&asked, "main .notice").concat();
    assert!(told.contains(&format!("Room {free}: Dirty.")) && told.contains("Check in all the same"), "{told}");
    assert!(asked.contains("data-asks=\"yes\"") && asked.contains("value=\"arrivals\""), "{asked}");
    send(&browser, &path, &[("from_list", "arrivals"), ("anyway", "yes")]).await.expect(303);
    // Over the API nobody is asked who does not want to be.
    desk.act(&code, "undo-check-in").await.expect(200);
    desk.act(&code, "check-in").await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_is_not_put_into_a_dirty_room_unasked() {
    let (app, _, today) = opened().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    desk.post("rooms/310/condition", &json!({ "condition": "dirty" })).await.expect(200);
    let (arrival, departure) = (today.to_string(), today.add_days(1).to_string());
    let fields = [
        ("name", "Walk In"),
        ("arrival", &*arrival),
        ("departure", &*departure),
        ("room", "310"),
        ("check_in", "yes"),
        ("key", "a-walk-in"),
    ];
    let asked = send(&browser, "/desk/harbour/new", &fields).await.expect(409).body;
    let told = texts(&asked, "main .notice").concat();
    assert!(told.contains("Booked, but not checked in. Room 310: Dirty."), "{told}");
    assert_eq!(texts(&asked, ".standing-row .badge--status"), ["Confirmed"]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_the_way_of_a_room_is_named_and_a_link() {
    let (app, _, today) = opened().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let (first, end) = (today.add_days(60), today.add_days(62));
    let one = booked(&app, "Řehoř Pinned", "suite", first, end).await;
    let other = booked(&app, "Second Guest", "suite", first, end).await;
    give(&desk, &one, "501").await;
    let link = format!("<a href=\"/desk/harbour/reservations/{one}\">Řehoř Pinned · {one}</a>");
    let stay = format!("/desk/harbour/reservations/{other}");
    let refused = send(&browser, &format!("{stay}/assign"), &[("room", "501"), ("how", "room")]).await.expect(409).body;
    assert!(refused.contains(&link), "{refused}");
    let (arrival, departure) = (first.to_string(), end.to_string());
    let query = format!("arrival={arrival}&departure={departure}&room_type=suite&adults=1&children=0&room=501");
    let refused = browser.get(&format!("{stay}/change?{query}")).await.expect(409).body;
    assert!(refused.contains(&link), "{refused}");
    let fields = [("code", &*other), ("room", "501"), ("look", "1")];
    let refused = send(&browser, "/desk/harbour/chart", &fields).await.expect(409).body;
    assert!(refused.contains(&link), "{refused}");
    let block = [("kind", "out_of_order"), ("reason", "Water"), ("from", &*arrival), ("to", &*departure)];
    let refused = send(&browser, "/desk/harbour/rooms/501/blocks", &block).await.expect(409).body;
    assert!(refused.contains(&link), "{refused}");
    // What takes a room out of sale is told too.
    desk.act(&other, "cancel").await.expect(200);
    send(&browser, "/desk/harbour/rooms/502/blocks", &block).await.expect(303);
    let path = format!("/desk/harbour/reservations/{one}/assign");
    let refused = send(&browser, &path, &[("room", "502"), ("how", "room")]).await.expect(409).body;
    assert!(texts(&refused, "main .notice").concat().contains(": Water"), "{refused}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_swapped_by_their_numbers_too() {
    let (app, _, today) = opened().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let day = |offset: i32| today.add_days(60 + offset);
    let one = booked(&app, "First Guest", "suite", day(0), day(4)).await;
    let other = booked(&app, "Other Guest", "suite", day(1), day(2)).await;
    give(&desk, &one, "501").await;
    let path = format!("/desk/harbour/reservations/{one}");
    let refused = send(&browser, &format!("{path}/swap"), &[("with", "502")]).await.expect(422).body;
    assert!(texts(&refused, "main .notice").concat().contains("nobody to swap with"), "{refused}");
    give(&desk, &other, "502").await;
    let form = browser.get(&format!("{path}/change")).await.expect(200).body;
    assert!(texts(&form, "#swap-with option").concat().contains("Room 502 · Other Guest"), "{form}");
    assert!(form.contains("<option value=\"502\">"), "{form}");
    send(&browser, &format!("{path}/swap"), &[("with", " 502 ")]).await.expect(303);
    let room = async |code: &str| desk.get(&format!("reservations/{code}")).await.json::<Value>()["room"].clone();
    assert_eq!((room(&one).await, room(&other).await), (json!("502"), json!("501")));
    // Its own room and code, a room of another type, one that is not there.
    for (with, words) in [
        ("502", "this stay itself"),
        (one.as_str(), "this stay itself"),
        ("201", "another type"),
        ("999", "no such room"),
        ("?", "204"),
    ] {
        let refused = send(&browser, &format!("{path}/swap"), &[("with", with)]).await.expect(422).body;
        assert!(refused.contains(&format!("value=\"{with}\"")), "what was typed is there: {refused}");
        assert!(texts(&refused, "main .notice").concat().contains(words), "{with}: {refused}");
    }
    // Two one after another: which of them is asked.
    let third = booked(&app, "Third Guest", "suite", day(2), day(3)).await;
    give(&desk, &third, "501").await;
    let refused = send(&browser, &format!("{path}/swap"), &[("with", "501")]).await.expect(422).body;
    for code in [&other, &third] {
        assert!(refused.contains(&format!("<option value=\"{code}\">")), "{refused}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_a_blocks_reason_and_nights_and_a_rooms_note() {
    let (app, _, today) = opened().await;
    let (desk, manager) = (app.desk().await, app.signed_in("manager").await);
    let block = json!({ "kind": "out_of_order", "reason": "Water damage",
                        "from": today.add_days(60), "to": today.add_days(62) });
    let made: Value = desk.post("rooms/501/blocks", &block).await.expect(201).json();
    let id = made["blocks"][0]["id"].clone();
    Answer::of(desk.request(Method::DELETE, &format!("rooms/501/blocks/{id}"))).await.expect(200);
    for note in ["Cot is in", ""] {
        desk.post("rooms/501/note", &json!({ "note": note })).await.expect(200);
    }
    desk.post("rooms/501/condition", &json!({ "condition": "dirty" })).await.expect(200);
    let log = page(&manager, "/desk/harbour/log?of=rooms", false).await;
    let told = texts(&log, ".log .history__what");
    assert_eq!(
        told[..5],
        [
            "Room 501: Dirty",
            "Room 501: its note was taken away",
            "Room 501, note: Cot is in",
            "Room 501 back on sale: Out of order, 9 – 11 July: Water damage",
            "Room 501 out of sale: Out of order, 9 – 11 July: Water damage",
        ]
    );
    // The same words as on the page of the rooms.
    let log = page(&manager, "/desk/harbour/log?of=rooms", true).await;
    let told = texts(&log, ".log .history__what");
    assert!(told[0] == "501 房：脏房" && told[4].starts_with("501 房停用：维修房，"), "{told:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_today_is_told_why_no_room_is_offered_and_the_overdue_since_when() {
    let (app, clock, today) = opened().await;
    let code = booked(&app, "Last Day", "double", today, today.add_days(1)).await;
    let checked_in: Value = app.desk().await.act(&code, "check-in").await.expect(200).json();
    let room = checked_in["room"].as_str().unwrap().to_owned();
    let path = format!("/desk/harbour/reservations/{code}");
    clock.advance_seconds(DAY_SECONDS);
    let shown = page(&app.signed_in("desk").await, &path, false).await;
    assert!(shown.contains("Leaves today: no night left to move.") && !shown.contains("rooms-free"), "{shown}");
    clock.advance_seconds(DAY_SECONDS);
    let browser = app.signed_in("desk").await;
    let shown = page(&browser, &path, false).await;
    assert!(shown.contains("Should have left on Tue 11 May"), "{shown}");
    let rooms = page(&browser, "/desk/harbour/rooms", false).await;
    let card = texts(&rooms, &format!("[id=room-{room}] .door__stay")).concat();
    assert!(card.contains("Overdue") && card.contains("was due Tue 11 May") && !card.contains("today"), "{card}");
    let sheet = page(&browser, "/desk/harbour/rooms/list", true).await;
    assert!(sheet.contains("逾期 · 应于5月11日"), "{sheet}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_to_choose_from_stand_by_type_and_number() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let (arrival, departure) = (app.day(0), app.day(1));
    let form = page(&browser, &format!("/desk/harbour/new?arrival={arrival}&departure={departure}"), false).await;
    let rooms = texts(&form, "select[name=room] option");
    assert!(rooms.len() > 30 && rooms[1..].is_sorted(), "{rooms:?}");
    let chart = page(&browser, "/desk/harbour/chart", false).await;
    let stays = texts(&chart, "select[name=code] option");
    assert!(stays.len() > 10 && stays[1..].is_sorted(), "{stays:?}");
    app.stop().await;
}
