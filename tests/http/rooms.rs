//! Rooms over the API: given, moved, taken out, cleaned; and who may.

use reqwest::Method;
use serde_json::{Value, json};
use vacancy::domain::Date;

use super::app::TestApp;
use super::client::{Answer, Desk};

async fn housekeeper(app: &TestApp) -> Desk {
    Desk::sign_in(&app.url, "harbour", "rooms@harbour.example", "harbour-demo-rooms").await
}

async fn room(desk: &Desk, number: &str) -> Value {
    let list: Value = desk.get("rooms").await.expect(200).json();
    list["rooms"].as_array().unwrap().iter().find(|room| room["number"] == number).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_of_the_demo_has_a_number_and_guests_in_house_have_rooms() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let list: Value = desk.get("rooms").await.expect(200).json();
    let rooms = list["rooms"].as_array().unwrap();
    assert_eq!(rooms.len(), 36);
    let house: Value = desk.get("house").await.expect(200).json();
    let in_house = house["in_house"].as_array().unwrap();
    assert!(in_house.iter().all(|stay| stay["room"].is_string()), "{in_house:?}");
    assert_eq!(rooms.iter().filter(|room| room["in_house"].is_object()).count(), in_house.len());
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_sees_the_room_and_the_guest_and_the_public_do_not() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let mut public = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    let booked = guest.booked("double", app.day(0), app.day(2)).await;
    let path = format!("/api/v1/reservations/{}/events", booked.code);
    let own = guest.request(Method::GET, &path).bearer_auth(&booked.manage_token);
    let mut own = super::sse::Stream::open(own).await;
    own.expect_next().await;
    let path = format!("reservations/{}/assign", booked.code);
    let assigned: Value = desk.post(&path, &json!({ "room": "305" })).await.expect(200).json();
    assert_eq!((&assigned["room"], &assigned["pinned"], &assigned["moves"]), (&json!("305"), &json!(true), &json!([])));
    let at_desk: Value = desk.get(&format!("reservations/{}", booked.code)).await.expect(200).json();
    assert_eq!(at_desk["room"], "305");
    let for_guest: Value = guest.reservation(&booked).await.expect(200).json();
    assert!(for_guest.get("room").is_none() && for_guest.get("pinned").is_none(), "{for_guest}");
    let heard = own.expect_next().await;
    assert_eq!(heard.data["version"], at_desk["version"]);
    assert!(heard.data.get("room").is_none(), "{}", own.raw);
    guest.booked("suite", app.day(0), app.day(1)).await;
    public.expect_next().await;
    assert!(!public.raw.contains("\"305\""), "{}", public.raw);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_chosen_moved_given_back_and_swapped() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let (one, other) = (
        guest.booked("suite", app.day(0), app.day(3)).await.code,
        guest.booked("suite", app.day(1), app.day(4)).await.code,
    );
    let chosen: Value = desk.act(one, "assign").await.expect(200).json();
    assert_eq!(chosen["room"], "501");
    let (assign_other, move_one) = (format!("reservations/{other}/assign"), format!("reservations/{one}/move"));
    let pushed: Value = desk.post(&assign_other, &json!({ "room": "501" })).await.expect(200).json();
    assert_eq!(pushed["moves"], json!([{ "code": one, "from": "501", "to": "502" }]));
    let problem = desk.post(&move_one, &json!({ "room": "501" })).await.problem(409, "room-taken");
    assert_eq!(problem.stays, [other]);
    desk.post(&move_one, &json!({ "room": "502" })).await.expect(200);
    let swap = format!("reservations/{one}/swap");
    let problem = desk.post(&swap, &json!({ "with": one })).await.problem(422, "invalid-fields");
    assert_eq!(problem.errors["with"], "a stay cannot be swapped with itself");
    let swapped: Value = desk.post(&swap, &json!({ "with": other })).await.expect(200).json();
    assert_eq!(swapped["room"], "501");
    desk.post(&move_one, &json!({ "room": "201" })).await.problem(409, "room-of-another-type");
    desk.post(&move_one, &json!({ "room": "999" })).await.problem(404, "room-not-found");
    desk.post(&move_one, &json!({})).await.problem(422, "invalid-fields");
    let stale = desk.request(Method::POST, &format!("reservations/{one}/unassign")).header("if-match", "\"1\"");
    Answer::of(stale).await.problem(412, "version-conflict");
    let given_back: Value = desk.act(one, "unassign").await.expect(200).json();
    assert!(given_back.get("room").is_none());
    let checked_in: Value = desk.act(one, "check-in").await.expect(200).json();
    assert_eq!(checked_in["room"], "501");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_takes_nights_from_sale_and_is_refused_where_it_breaks_a_promise() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let sold = guest.booked("suite", app.day(0), app.day(2)).await.code;
    let block = |from: i32, to: i32| {
        json!({ "kind": "out_of_order", "reason": "Water damage",
                "from": app.day(from).to_string(), "to": app.day(to).to_string() })
    };
    let blocked: Value = desk.post("rooms/501/blocks", &block(0, 4)).await.expect(201).json();
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 0);
    assert_eq!(guest.left("harbour", "suite", app.day(3)).await, 1);
    let problem = desk.post("rooms/502/blocks", &block(1, 2)).await.problem(409, "promise-broken");
    assert_eq!(problem.stays, [sold]);
    let problem = desk.post("rooms/501/blocks", &block(3, 6)).await.problem(409, "room-taken");
    assert_eq!(problem.blocks, [blocked["blocks"][0]["id"].as_u64().unwrap()]);
    desk.post("rooms/501/blocks", &block(-63, 1)).await.problem(422, "invalid-fields");
    desk.post("rooms/999/blocks", &block(0, 1)).await.problem(404, "room-not-found");
    let id = &blocked["blocks"][0]["id"];
    assert_eq!(room(&desk, "501").await["blocks"][0]["reason"], "Water damage");
    let unblock = || desk.request(Method::DELETE, &format!("rooms/501/blocks/{id}"));
    Answer::of(unblock()).await.expect(200);
    assert_eq!(guest.left("harbour", "suite", app.day(0)).await, 1);
    Answer::of(unblock()).await.problem(404, "block-not-found");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_hears_of_a_cleaned_room_and_housekeepers_hear_of_rooms_alone() {
    let app = TestApp::start().await;
    let (desk, housekeeper) = (app.desk().await, housekeeper(&app).await);
    let mut at_desk = desk.stream("events?kinds=condition").await.begun().await;
    let mut own = housekeeper.stream("events").await.begun().await;
    app.guest().booked("double", app.day(0), app.day(1)).await;
    housekeeper.post("rooms/502/condition", &json!({ "condition": "dirty" })).await.expect(200);
    for stream in [&mut at_desk, &mut own] {
        let event = stream.expect_next().await;
        assert_eq!((event.name.as_str(), &event.data["type"]), ("room", &json!("condition")));
        assert_eq!(event.data["room"]["condition"], "dirty");
        assert_eq!(event.data["by"], "rooms@harbour.example");
    }
    housekeeper.post("rooms/502/condition", &json!({ "condition": "spotless" })).await.problem(422, "invalid-fields");
    let stay = room(&housekeeper, "201").await["in_house"].clone();
    assert!(stay["code"].is_string() && stay.get("guest").is_none(), "{stay}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn housekeepers_may_not_do_the_desks_work() {
    let app = TestApp::start().await;
    let housekeeper = housekeeper(&app).await;
    let code = app.guest().booked("double", app.day(0), app.day(1)).await.code;
    for rest in ["house", "reservations", &format!("reservations/{code}")] {
        housekeeper.get(rest).await.problem(403, "forbidden");
    }
    for step in ["check-in", "assign", "unassign"] {
        housekeeper.act(code, step).await.problem(403, "forbidden");
    }
    housekeeper.post("rooms/501/blocks", &json!({})).await.problem(403, "forbidden");
    let manager = Desk::sign_in(&app.url, "harbour", "manager@harbour.example", "harbour-demo-manager").await;
    manager.act(code, "assign").await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_housekeeper_says_by_a_form_how_a_room_is_and_sees_no_guest() {
    let app = TestApp::start().await;
    let browser = app.signed_in("rooms").await;
    assert_eq!(browser.get("/desk").await.expect(303).header("location"), "/desk/harbour/rooms");
    let page = browser.get("/desk/harbour/rooms").await.expect(200).body;
    assert!(page.contains("id=\"room-201\"") && !page.contains("Carvalho") && !page.contains("/blocks"), "{page}");
    let form = browser.request(Method::POST, "/desk/harbour/rooms/502/condition").form(&[("condition", "dirty")]);
    assert_eq!(Answer::of(form).await.expect(303).header("location"), "/desk/harbour/rooms#room-502");
    assert!(browser.get("/desk/harbour/rooms").await.body.contains("id=\"room-502\" data-condition=\"dirty\""));
    browser.get("/desk/harbour").await.expect(403);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_gives_rooms_and_blocks_them_by_forms() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let code = app.guest().booked("suite", app.day(0), app.day(2)).await.code;
    let page = format!("/desk/harbour/reservations/{code}");
    let send = |path: String, fields: &[(&str, String)]| {
        Answer::of(browser.request(Method::POST, &path).form(&fields.to_vec()))
    };
    let given = send(format!("{page}/assign"), &[("room", "501".to_owned()), ("how", "room".to_owned())]).await;
    assert_eq!(given.expect(303).header("location"), format!("{page}?done=changed"));
    assert!(browser.get(&page).await.expect(200).body.contains("501 · Kept"));
    let block = |room: &str| {
        let fields = [
            ("kind", "out_of_order".to_owned()),
            ("reason", "New carpet".to_owned()),
            ("from", app.day(0).to_string()),
            ("to", app.day(1).to_string()),
        ];
        send(format!("/desk/harbour/rooms/{room}/blocks"), &fields)
    };
    let refused = block("501").await.expect(409).body;
    assert!(refused.contains(&code.to_string()), "the stay in the way is named");
    assert!(refused.contains("value=\"New carpet\""), "what was typed is kept");
    let fields = [
        ("kind", "out_of_service".to_owned()),
        ("reason", String::new()),
        ("from", app.day(-63).to_string()),
        ("to", app.day(3).to_string()),
    ];
    let refused = send("/desk/harbour/rooms/502/blocks".to_owned(), &fields).await.expect(422).body;
    assert!(refused.contains("id=\"reason-502-error\"") && refused.contains("id=\"from-502-error\""), "{refused}");
    assert!(refused.contains(&format!("value=\"{}\"", app.day(3))) && !refused.contains("id=\"to-502-error\""));
    let refused = send(format!("{page}/assign"), &[("room", "2x4!".to_owned()), ("how", "room".to_owned())]).await;
    let refused = refused.expect(422).body;
    assert!(refused.contains("value=\"2x4!\"") && refused.contains("id=\"room-error\""), "{refused}");
    block("502").await.expect(303);
    assert!(browser.get("/desk/harbour/rooms").await.body.contains("New carpet"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_does_not_move_into_a_room_that_another_has_not_left() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let house: Value = desk.get("house").await.expect(200).json();
    let today = house["business_date"].as_str().unwrap();
    let tomorrow = today.parse::<Date>().unwrap().add_days(1).to_string();
    // The demo has somebody in a double who leaves today.
    let leaves = house["departures"].as_array().unwrap().iter().find(|stay| stay["room_type"] == "double").unwrap();
    let (leaves, room) = (leaves["code"].as_str().unwrap(), leaves["room"].as_str().unwrap());
    let walk_in = json!({"room_type": "double", "arrival": today, "departure": tomorrow,
        "adults": 1, "guest": {"name": "Max"}});
    let booked: Value = desk.post("reservations", &walk_in).await.expect(201).json();
    let code = booked["code"].as_str().unwrap();
    desk.act(code, "check-in").await.expect(200);
    let there = json!({ "room": room });
    for step in ["assign", "move", "change"] {
        let refused = desk.post(&format!("reservations/{code}/{step}"), &there).await.problem(409, "room-taken");
        assert_eq!(refused.stays, [leaves.parse().unwrap()], "{step}");
    }
    let preview: Value = desk.post(&format!("reservations/{code}/change/preview"), &there).await.expect(200).json();
    assert_eq!((&preview["allowed"], &preview["reason"]), (&json!(false), &json!("room-taken")));
    assert!(!preview["rooms_free"].as_array().unwrap().contains(&json!(room)), "{preview}");
    desk.act(leaves, "check-out").await.expect(200);
    let moved: Value = desk.post(&format!("reservations/{code}/move"), &there).await.expect(200).json();
    assert_eq!(moved["room"], room);
    app.stop().await;
}
