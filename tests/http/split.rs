//! A stay split over rooms: by the API, by the forms, and on every page that names the room.

use std::sync::Arc;

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::{Date, Timestamp};
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::Answer;

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_split_from_a_night_on_told_to_the_desk_and_joined_again() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let booked = guest.booked("suite", app.day(0), app.day(4)).await;
    let path = format!("reservations/{}", booked.code);
    let assign = format!("{path}/assign");
    let from = app.day(2).to_string();
    desk.post(&assign, &json!({ "room": "502", "from": from })).await.problem(409, "no-room-before");
    desk.post(&assign, &json!({ "from": from })).await.problem(422, "invalid-fields");
    desk.post(&assign, &json!({ "room": "501" })).await.expect(200);
    desk.post(&assign, &json!({ "room": "502", "from": app.day(4).to_string() }))
        .await
        .problem(422, "night-not-in-stay");
    let asked = json!({ "room": "502", "from": from });
    let preview: Value = desk.post(&format!("{assign}/preview"), &asked).await.expect(200).json();
    assert_eq!((&preview["allowed"], &preview["moves"]), (&json!(true), &json!([])));
    assert_eq!((&preview["difference"]["minor"], &preview["total_after"]), (&json!(0), &preview["total_before"]));
    let mut events = desk.stream("events?kinds=changed").await.begun().await;
    let split: Value = desk.post(&format!("{path}/move"), &asked).await.expect(200).json();
    let later = json!([{ "from": from, "room": "502" }]);
    assert_eq!((&split["room"], &split["later_rooms"]), (&json!("501"), &later));
    assert_eq!(events.expect_next().await.data["reservation"]["later_rooms"], later);
    let chart: Value = desk.get(&format!("chart?from={}&to={}", app.day(-1), app.day(2))).await.expect(200).json();
    let stays = chart["stays"].as_array().unwrap();
    let drawn = stays.iter().find(|stay| stay["code"] == json!(booked.code)).unwrap();
    let rooms: Vec<&Value> = drawn["pieces"].as_array().unwrap().iter().map(|piece| &piece["room"]).collect();
    assert_eq!(rooms, ["501", "502"], "the chart knows of the second room before it shows it");
    let found: Value = desk.get("reservations?q=502").await.expect(200).json();
    assert!(found["reservations"].as_array().unwrap().iter().any(|stay| stay["code"] == json!(booked.code)), "{found}");
    let for_guest: Value = guest.reservation(&booked).await.expect(200).json();
    assert!(for_guest.get("later_rooms").is_none(), "{for_guest}");
    desk.act(booked.code, "moved").await.problem(409, "transition-not-allowed");
    desk.act(booked.code, "check-in").await.expect(200);
    desk.act(booked.code, "moved").await.problem(409, "no-move-due");
    let joined: Value = desk.post(&format!("{path}/move"), &json!({ "room": "501" })).await.expect(200).json();
    assert!(joined.get("later_rooms").is_none(), "{joined}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_swap_is_looked_at_first_and_a_longer_stay_is_offered_a_second_room() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let one = guest.booked("suite", app.day(0), app.day(2)).await.code;
    let next = guest.booked("suite", app.day(2), app.day(4)).await.code;
    for code in [one, next] {
        desk.post(&format!("reservations/{code}/assign"), &json!({ "room": "501" })).await.expect(200);
    }
    let change = format!("reservations/{one}/change");
    let longer = json!({ "departure": app.day(4).to_string() });
    desk.post(&change, &longer).await.problem(409, "room-taken");
    let preview: Value = desk.post(&format!("{change}/preview"), &longer).await.expect(200).json();
    assert_eq!((&preview["allowed"], &preview["reason"]), (&json!(false), &json!("room-taken")));
    assert_eq!(preview["split"], json!({ "from": app.day(2).to_string(), "rooms": ["502"] }));
    let split = json!({ "departure": app.day(4).to_string(), "room": "502", "room_from": app.day(2).to_string(),
                        "shown_total": preview["total_after"] });
    let changed: Value = desk.post(&change, &split).await.expect(200).json();
    assert_eq!((&changed["room"], &changed["later_rooms"][0]["room"]), (&json!("501"), &json!("502")));
    let swap = format!("reservations/{next}/swap/preview");
    let refused: Value = desk.post(&swap, &json!({ "with": one })).await.expect(200).json();
    assert_eq!((&refused["reason"], &refused["stays"]), (&json!("stay-is-split"), &json!([one])));
    desk.post(&change, &json!({ "departure": app.day(2).to_string() })).await.expect(200);
    let fourth = guest.booked("suite", app.day(2), app.day(4)).await.code;
    desk.post(&format!("reservations/{fourth}/assign"), &json!({ "room": "502" })).await.expect(200);
    let allowed: Value = desk.post(&swap, &json!({ "with": fourth })).await.expect(200).json();
    assert_eq!((&allowed["allowed"], &allowed["difference"]["minor"]), (&json!(true), &json!(0)));
    let still: Value = desk.get(&format!("reservations/{next}")).await.expect(200).json();
    assert_eq!(still["room"], "501", "who only looks changes nothing");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_splits_and_joins_a_stay_by_forms_and_sees_it_wherever_the_room_is_named() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let code = app.guest().booked("suite", app.day(0), app.day(4)).await.code;
    let page = format!("/desk/harbour/reservations/{code}");
    let send = |path: String, fields: Vec<(&'static str, String)>| {
        Answer::of(browser.request(Method::POST, &path).form(&fields))
    };
    let give = |room: &str, from: String| {
        let fields = vec![("room", room.to_owned()), ("from", from), ("how", "room".to_owned())];
        send(format!("{page}/assign"), fields)
    };
    give("501", String::new()).await.expect(303);
    let shown = browser.get(&page).await.expect(200).body;
    assert!(shown.contains("Price stays: ") && shown.contains("name=\"from\""), "{shown}");
    give("502", app.day(2).to_string()).await.expect(303);
    let shown = browser.get(&page).await.expect(200).body;
    assert!(shown.contains("501 until ") && shown.contains(", then 502"), "{shown}");
    assert!(shown.contains("All nights in 501"), "the way back is offered");
    for path in [
        format!("{page}/card"),
        "/desk/harbour/reservations?q=502".to_owned(),
        format!("/desk/harbour/chart?from={}&days=14", app.day(-1)),
    ] {
        let shown = browser.get(&path).await.expect(200).body;
        assert!(shown.contains(", then 502"), "{path}");
    }
    let chart = browser.get(&format!("/desk/harbour/chart?from={}&days=14", app.day(-1))).await.body;
    assert!(chart.contains("data-joins=\"end\"") && chart.contains("data-joins=\"start\""), "two bars, joined");
    assert!(chart.contains("moves to room 502 on ") && chart.contains("comes from room 501"));
    // A room of another type has another price, and leads to it.
    let there = give("101", String::new()).await.expect(303).header("location").to_owned();
    assert!(there.contains("/change?") && there.contains("room_type=single"), "{there}");
    give("101", app.day(2).to_string()).await.expect(409);
    give("501", String::new()).await.expect(303);
    let joined: Value = desk.get(&format!("reservations/{code}")).await.expect(200).json();
    assert!(joined.get("later_rooms").is_none());
    // The chart's form: the price first, then the split.
    let fields = |more: Vec<(&'static str, String)>| {
        let mut fields = vec![
            ("code", code.to_string()),
            ("room", "502".to_owned()),
            ("room_from", app.day(3).to_string()),
            ("from", app.day(-1).to_string()),
            ("days", "14".to_owned()),
        ];
        fields.extend(more);
        fields
    };
    let looked = send("/desk/harbour/chart".to_owned(), fields(vec![("look", "1".to_owned())])).await.expect(200).body;
    assert!(looked.contains("The price stays the same."), "{looked}");
    let total = joined["total"]["minor"].to_string();
    send("/desk/harbour/chart".to_owned(), fields(vec![("shown_total", total)])).await.expect(303);
    let split: Value = desk.get(&format!("reservations/{code}")).await.expect(200).json();
    assert_eq!(split["later_rooms"][0]["from"], json!(app.day(3).to_string()));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_change_page_offers_a_second_room_with_its_price() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let one = app.guest().booked("suite", app.day(0), app.day(2)).await.code;
    let next = app.guest().booked("suite", app.day(2), app.day(4)).await.code;
    for code in [one, next] {
        desk.post(&format!("reservations/{code}/assign"), &json!({ "room": "501" })).await.expect(200);
    }
    let page = format!("/desk/harbour/reservations/{one}/change");
    let asked = format!("arrival={}&departure={}&room_type=suite&adults=1&children=0", app.day(0), app.day(4));
    let refused = browser.get(&format!("{page}?{asked}")).await.expect(409).body;
    assert!(refused.contains("data-split=\"true\"") && refused.contains(&next.to_string()), "{refused}");
    let offered = format!("room=502&amp;room_from={}", app.day(2));
    assert!(refused.contains(&offered), "{refused}");
    let price = browser.get(&format!("{page}?{asked}&room=502&room_from={}", app.day(2))).await.expect(200).body;
    assert!(price.contains("name=\"room_from\"") && price.contains("name=\"shown_total\""), "{price}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_day_of_the_move_housekeepers_see_it_and_the_desk_says_that_it_is_done() {
    let clock = Arc::new(ManualClock::at("2027-03-01T10:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let (desk, today) = (app.desk().await, "2027-03-01".parse::<Date>().unwrap());
    let code = app.guest().booked("double", today, today.add_days(3)).await.code;
    let path = format!("reservations/{code}");
    let preview: Value = desk.post(&format!("{path}/change/preview"), &json!({})).await.expect(200).json();
    let mut free: Vec<String> = serde_json::from_value(preview["rooms_free"].clone()).unwrap();
    let list: Value = desk.get("rooms").await.expect(200).json();
    let rooms = list["rooms"].as_array().unwrap();
    free.retain(|number| rooms.iter().any(|room| room["number"] == **number && room.get("in_house").is_none()));
    let (first, second) = (&free[0], &free[1]);
    desk.post(&format!("{path}/assign"), &json!({ "room": first })).await.expect(200);
    let later = json!({ "room": second, "from": today.add_days(1).to_string() });
    desk.post(&format!("{path}/move"), &later).await.expect(200);
    desk.act(code, "check-in").await.expect(200);
    clock.advance_seconds(24 * 3600);
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let room = async |number: &String| {
        let list: Value = desk.get("rooms").await.expect(200).json();
        list["rooms"].as_array().unwrap().iter().find(|room| room["number"] == *number).unwrap().clone()
    };
    let (old, new) = (room(first).await, room(second).await);
    assert_eq!(
        (&old["in_house"]["moves"], &old["in_house"]["departure"]),
        (&json!(true), &json!("2027-03-02")),
        "{old}"
    );
    assert_eq!((&new["due_in"]["moves"], &new["due_in"]["departure"]), (&json!(true), &json!("2027-03-04")), "{new}");
    let board = browser.get("/desk/harbour/rooms").await.expect(200).body;
    assert!(board.contains("Moves today") && board.contains("Moving in"), "{board}");
    let page = format!("/desk/harbour/reservations/{code}");
    let shown = browser.get(&page).await.expect(200).body;
    assert!(shown.contains(&format!("The guest has moved to {second}")), "{shown}");
    let version = desk.get(&path).await.expect(200).json::<Value>()["version"].to_string();
    let form = browser.request(Method::POST, &format!("{page}/moved")).form(&[("version", version)]);
    Answer::of(form).await.expect(303);
    let (old, new) = (room(first).await, room(second).await);
    assert_eq!((&old["condition"], old.get("in_house")), (&json!("dirty"), None));
    assert_eq!((&new["in_house"]["code"], new.get("due_in")), (&json!(code), None));
    app.stop().await;
}
