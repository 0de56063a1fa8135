//! Housekeeping over HTTP: who cleans tells the house, and a guest hears that his room is ready.

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;

use super::app::TestApp;
use super::client::{Answer, Desk};

async fn housekeeper(app: &TestApp) -> Desk {
    Desk::sign_in(&app.url, "harbour", "rooms@harbour.example", "harbour-demo-rooms").await
}

async fn today(desk: &Desk) -> Date {
    desk.get("rooms").await.expect(200).json::<Value>()["business_date"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_hears_that_his_room_is_ready_and_not_which() {
    let app = TestApp::start().await;
    let (desk, housekeeper, guest) = (app.desk().await, housekeeper(&app).await, app.guest());
    let today = today(&desk).await;
    let booked = guest.booked("suite", today, today.add_days(1)).await;
    let path = format!("/api/v1/reservations/{}/events", booked.code);
    let own = guest.request(Method::GET, &path).bearer_auth(&booked.manage_token);
    let mut own = super::sse::Stream::open(own).await;
    let mut at_desk = desk.stream("events?kinds=room_ready").await.begun().await;
    own.expect_next().await;
    let assigned: Value = desk.act(booked.code, "assign").await.expect(200).json();
    let room = assigned["room"].as_str().unwrap().to_owned();
    let condition = format!("rooms/{room}/condition");
    housekeeper.post(&condition, &json!({ "condition": "dirty" })).await.expect(200);
    housekeeper.post(&condition, &json!({ "condition": "inspected" })).await.expect(200);
    own.until(|event| event.data["room_ready"] == true).await;
    assert!(!own.raw.contains("\"room\":") && !own.raw.contains(&room), "{}", own.raw);
    let heard = at_desk.expect_next().await;
    assert_eq!((heard.name.as_str(), &heard.data["type"]), ("reservation", &json!("room_ready")));
    let seen: Value = guest.reservation(&booked).await.expect(200).json();
    assert_eq!((&seen["room_ready"], seen.get("room")), (&json!(true), None));
    let browser = app.browser();
    let opened = browser.get(&format!("/r/{}/{}", booked.code, booked.manage_token)).await.expect(303);
    let page = browser.get(opened.header("location")).await.expect(200).body;
    assert!(page.contains("Your room is ready"), "{page}");
    desk.act(booked.code, "check-in").await.expect(200);
    let last = own.until(|event| event.data["status"] == "in_house").await.pop().unwrap();
    assert!(last.data.get("room_ready").is_none(), "{}", last.data);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_left_by_a_form_and_heard_by_the_others() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("rooms").await);
    let mut heard = desk.stream("events?kinds=note").await.begun().await;
    let send = |room: &str, note: &str| {
        let fields = [("note", note.to_owned()), ("back", "?floor=2&condition=dirty".to_owned())];
        Answer::of(browser.request(Method::POST, &format!("/desk/harbour/rooms/{room}/note")).form(&fields))
    };
    let saved = send("201", "Towels are missing").await.expect(303);
    assert_eq!(saved.header("location"), "/desk/harbour/rooms?floor=2&condition=dirty#room-201");
    assert_eq!(heard.expect_next().await.data["room"]["note"], "Towels are missing");
    assert!(browser.get("/desk/harbour/rooms").await.expect(200).body.contains("Towels are missing"));
    let refused = send("201", &"x".repeat(201)).await.expect(422).body;
    assert!(refused.contains("id=\"note-201-error\"") && refused.contains(&"x".repeat(201)), "{refused}");
    send("999", "No such door").await.expect(404);
    desk.post("rooms/201/note", &json!({ "note": "a\nb" })).await.problem(422, "invalid-fields");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_shown_by_floor_and_condition() {
    let app = TestApp::start().await;
    let browser = app.signed_in("rooms").await;
    let page = browser.get("/desk/harbour/rooms?floor=5").await.expect(200).body;
    assert!(page.contains("id=\"room-501\"") && !page.contains("id=\"room-201\""), "{page}");
    let sent = browser.request(Method::POST, "/desk/harbour/rooms/501/condition");
    let sent = sent.form(&[("condition", "dirty"), ("back", "?floor=5")]);
    assert_eq!(Answer::of(sent).await.expect(303).header("location"), "/desk/harbour/rooms?floor=5#room-501");
    let page = browser.get("/desk/harbour/rooms?condition=dirty&floor=5").await.expect(200).body;
    assert!(page.contains("id=\"room-501\"") && !page.contains("id=\"room-502\""), "{page}");
    browser.get("/desk/harbour/rooms?condition=%3Cb%3E&floor=high").await.expect(200);
    app.stop().await;
}
