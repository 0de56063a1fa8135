//! A reservation made at the desk without a browser: a name is enough, a room is kept, errors keep what was typed; and
//! the search that finds it again.

use reqwest::Method;
use scraper::{Html, Selector};
use serde_json::json;
use vacancy::wire::reservation::ReservationView;

use super::app::TestApp;
use super::client::{Answer, Guest};

async fn desk(app: &TestApp) -> Guest {
    let browser = app.browser();
    let fields = [("email", "desk@harbour.example"), ("password", "harbour-demo-desk")];
    Answer::of(browser.request(Method::POST, "/desk/sign-in").form(&fields)).await.expect(303);
    browser
}

async fn send(browser: &Guest, fields: &[(&str, &str)]) -> Answer {
    Answer::of(browser.request(Method::POST, "/desk/harbour/new").form(fields)).await
}

fn values(body: &str, of: &str) -> Vec<String> {
    let (document, selector) = (Html::parse_document(body), Selector::parse(of).unwrap());
    document.select(&selector).map(|found| found.attr("value").unwrap_or_default().to_owned()).collect()
}

/// The code in the address that a form led to.
fn code(answer: &Answer) -> String {
    let path = answer.header("location").split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_enough_for_tonight_and_the_guest_can_go_up_at_once() {
    let app = TestApp::start().await;
    let browser = desk(&app).await;
    let page = browser.get("/desk/harbour/new").await.expect(200);
    let of = |name: &str| values(&page.body, &format!("form.new-stay [name={name}]")).concat();
    let (arrival, departure, key) = (of("arrival"), of("departure"), of("key"));
    let kind = values(&page.body, "[name=room_type][checked]").concat();
    let fields = [
        ("name", "Walk In"),
        ("arrival", &*arrival),
        ("departure", &departure),
        ("room_type", &kind),
        ("key", &key),
        ("check_in", "yes"),
    ];
    let there = send(&browser, &fields).await.expect(303);
    let page = browser.get(there.header("location")).await.expect(200);
    assert!(page.body.contains("Walk In") && page.body.contains("data-status=\"in_house\""), "{}", page.body);
    // The same form once more is the same reservation.
    assert_eq!(code(&send(&browser, &fields[..5]).await.expect(303)), code(&there));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_that_are_not_left_yet_are_marked_and_stand_last() {
    let app = TestApp::start().await;
    let body = desk(&app).await.get("/desk/harbour/new").await.expect(200).body;
    let (document, option) = (Html::parse_document(&body), Selector::parse("[name=room] option").unwrap());
    let doubles: Vec<bool> = document
        .select(&option)
        .map(|room| room.text().collect::<String>())
        .filter(|words| words.contains("Double room"))
        .map(|words| words.contains("not left yet"))
        .collect();
    assert!(doubles.contains(&true) && doubles.contains(&false), "the demo house has both: {doubles:?}");
    assert!(doubles.is_sorted(), "{doubles:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_that_is_asked_for_is_given_and_kept_and_not_given_twice() {
    let app = TestApp::start().await;
    let browser = desk(&app).await;
    let (arrival, departure) = (app.day(0).to_string(), app.day(3).to_string());
    let there = format!("/desk/harbour/new?arrival={arrival}&departure={departure}");
    let page = browser.get(&there).await.expect(200);
    assert!(values(&page.body, "input[name=return_to]").contains(&there), "the other language has the same stay");
    let rooms = values(&page.body, "select[name=room] option");
    let room = rooms.iter().find(|room| !room.is_empty()).unwrap().clone();
    let fields = [("name", "Kept Room"), ("arrival", &*arrival), ("departure", &*departure), ("room", &*room)];
    let there = send(&browser, &fields).await.expect(303);
    let desk = app.desk().await;
    let stay: ReservationView = desk.get(&format!("reservations/{}", code(&there))).await.expect(200).json();
    assert_eq!((stay.room.map(|room| room.to_string()), stay.pinned), (Some(room.clone()), true));
    let page = browser.get(&format!("/desk/harbour/new?arrival={arrival}&departure={departure}")).await.expect(200);
    assert!(!values(&page.body, "select[name=room] option").contains(&room), "it is free no more");
    // Nothing is booked where the room cannot be given.
    let again = [
        ("name", "Second Guest"),
        ("arrival", &*arrival),
        ("departure", &*departure),
        ("room", &*room),
        ("room_type", stay.room_type.as_str()),
    ];
    let refused = send(&browser, &again).await.expect(409);
    assert!(refused.body.contains("room-error") && refused.body.contains("value=\"Second Guest\""), "{}", refused.body);
    let found = browser.get("/desk/harbour/reservations?q=Second+Guest").await.expect(200);
    assert!(!found.body.contains("who__name"), "{}", found.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_kept_and_what_is_wrong_is_said() {
    let app = TestApp::start().await;
    let browser = desk(&app).await;
    let (arrival, departure) = (app.day(3).to_string(), app.day(1).to_string());
    let fields = [
        ("name", " "),
        ("arrival", &*arrival),
        ("departure", &departure),
        ("phone", "+351 21 000 0000"),
        ("note", "Late"),
    ];
    let page = send(&browser, &fields).await.expect(422);
    for field in ["name", "departure"] {
        assert!(page.body.contains(&format!("id=\"{field}-error\"")), "{field}: {}", page.body);
    }
    assert!(page.body.contains("value=\"+351 21 000 0000\"") && page.body.contains(">Late<"), "{}", page.body);
    // To look again books nothing, and asks for no name yet.
    let fields = [("name", ""), ("arrival", &*departure), ("departure", &arrival), ("look", "1")];
    let page = send(&browser, &fields).await.expect(200);
    assert!(page.body.contains("20 free"), "{}", page.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_cannot_choose_a_room_over_the_public_api() {
    let app = TestApp::start().await;
    let body = json!({
        "room_type": "double", "arrival": app.day(0), "departure": app.day(1), "adults": 1, "room": "201",
        "guest": { "name": "Ana Silva" },
    });
    let problem = app.guest().book("harbour", "wants-a-room", &body).await.problem(422, "invalid-fields");
    assert!(problem.errors.contains_key("room"), "{problem:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_opens_a_code_and_lists_all_else() {
    let app = TestApp::start().await;
    let browser = desk(&app).await;
    let code = app.guest().booked("double", app.day(0), app.day(2)).await.code.to_string();
    let there = async |text: &str| {
        let answer = browser.get(&format!("/desk/harbour/search?q={text}")).await.expect(303);
        answer.header("location").to_owned()
    };
    let page = format!("/desk/harbour/reservations/{code}");
    assert_eq!(there(&code).await, page);
    assert_eq!(there(&code.replace('-', "").to_lowercase()).await, page);
    assert_eq!(there("Ana+Silva").await, "/desk/harbour/reservations?q=Ana%20Silva");
    assert_eq!(there("AAAA-AAAA").await, "/desk/harbour/reservations?q=AAAA-AAAA");
    let desk = app.desk().await;
    let stay: ReservationView = desk.post(&format!("reservations/{code}/assign"), &json!({})).await.expect(200).json();
    let room = stay.room.unwrap().to_string();
    let list = browser.get(&there(&room).await).await.expect(200);
    assert!(list.body.contains(&code), "who has room {room}: {}", list.body);
    app.stop().await;
}
