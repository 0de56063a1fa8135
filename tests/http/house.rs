//! The house page's numbers lead to their lists; the log knows who came to the door; a manager sets what holds for every
//! stay; the board says what changed.

use std::time::Duration;

use scraper::{Html, Selector};
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::{Desk, send};
use super::pages::texts;

/// How often a test looks again for what is written beside an answer.
const LOOKS: u32 = 200;

async fn manager(app: &TestApp) -> Desk {
    Desk::sign_in(&app.url, "harbour", "manager@harbour.example", "harbour-demo-manager").await
}

fn attributes(body: &str, of: &str, name: &str) -> Vec<String> {
    let (document, selector) = (Html::parse_document(body), Selector::parse(of).unwrap());
    document.select(&selector).map(|found| found.value().attr(name).unwrap_or_default().to_owned()).collect()
}

fn number(body: &str, of: &str) -> u32 {
    texts(body, &format!("[data-number={of}] .tile__number")).concat().trim_end_matches(" %").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_of_the_house_leads_to_its_list() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let house = browser.get("/desk/harbour").await.expect(200).body;
    let tiles = attributes(&house, ".tiles > *", "href");
    assert!(tiles.len() >= 7 && tiles.iter().all(|href| !href.is_empty()), "{tiles:?}");
    for href in tiles {
        match href.strip_prefix('#') {
            Some(id) => assert_eq!(attributes(&house, &format!("[id={id}]"), "id").len(), 1, "{href}"),
            None => drop(browser.get(&href).await.expect(200)),
        }
    }
    let free = browser.get("/desk/harbour/lists/free").await.expect(200).body;
    let left = attributes(&free, "section[data-left]", "data-left");
    assert_eq!(left.iter().map(|left| left.parse::<u32>().unwrap()).sum::<u32>(), number(&house, "free"));
    let tonight = browser.get("/desk/harbour/lists/tonight").await.expect(200).body;
    let view: Value = app.desk().await.get("house").await.expect(200).json();
    let today = view["business_date"].as_str().unwrap();
    let stays = ["arrivals", "in_house"].into_iter().flat_map(|list| view[list].as_array().unwrap());
    let sleepers = stays.filter(|stay| stay["departure"].as_str().unwrap() > today).count();
    assert_eq!(texts(&tonight, "tbody tr").len(), sleepers);
    assert!(sleepers > 0 && number(&house, "occupancy") > 0);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_free_room_is_sold_from_its_list() {
    let app = TestApp::start().await;
    let browser = app.signed_in("desk").await;
    let free = browser.get("/desk/harbour/lists/free").await.expect(200).body;
    let sell = attributes(&free, "#free-double .free__room a", "href");
    let room = sell[0].rsplit('=').next().unwrap().to_owned();
    let form = browser.get(&sell[0]).await.expect(200).body;
    assert_eq!(attributes(&form, "select[name=room] option[selected]", "value"), std::slice::from_ref(&room));
    assert_eq!(attributes(&form, "[name=room_type][checked]", "value"), ["double"]);
    let of = |name: &str| attributes(&form, &format!("form.new-stay [name={name}]"), "value").concat();
    let (arrival, departure) = (of("arrival"), of("departure"));
    let fields = [("name", "Walk In"), ("arrival", &*arrival), ("departure", &*departure), ("room", &*room)];
    send(&browser, "/desk/harbour/new", &fields).await.expect(303);
    let after = browser.get("/desk/harbour/lists/free").await.expect(200).body;
    assert!(!attributes(&after, ".free__room a", "href").contains(&sell[0]), "nobody gets it twice");
    let tonight = browser.get("/desk/harbour/lists/tonight").await.expect(200).body;
    assert!(tonight.contains("Walk In") && tonight.contains("not here yet"), "{tonight}");
    app.stop().await;
}

async fn staff_lines(manager: &Desk) -> Vec<(String, String)> {
    let log: Value = manager.get("log?of=staff").await.expect(200).json();
    let lines = log["entries"].as_array().unwrap().iter();
    lines.map(|line| (line["type"].as_str().unwrap().to_owned(), line["by"].as_str().unwrap().to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_knows_who_came_to_the_door_and_who_tried_in_vain() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    desk.sign_out().await.expect(204);
    for email in ["desk@harbour.example", "nobody@harbour.example"] {
        let account = json!({ "email": email, "password": "guessed-by-a-stranger" });
        app.guest().post("/api/v1/session", &account).await.expect(401);
    }
    let manager = manager(&app).await;
    let of = |kind: &str, by: &str| (kind.to_owned(), format!("{by}@harbour.example"));
    let expected = [of("signed_in", "desk"), of("signed_out", "desk"), of("sign_in_failed", "desk")];
    let mut lines = Vec::new();
    for _ in 0..LOOKS {
        lines = staff_lines(&manager).await;
        if expected.iter().all(|line| lines.contains(line)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(expected.iter().all(|line| lines.contains(line)), "{lines:?}");
    assert!(!lines.iter().any(|(_, by)| by.contains("nobody")), "{lines:?}");
    let page = app.signed_in("manager").await.get("/desk/harbour/log?of=staff").await.expect(200).body;
    assert!(page.contains("Somebody gave a wrong password for this account, from 127.0.0.*"), "{page}");
    assert!(!page.contains("guessed-by-a-stranger"));
    manager.get("log?of=everything").await.problem(422, "invalid-fields");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_hears_who_comes_and_goes_without_a_gap_and_not_from_where() {
    let app = TestApp::start().await;
    let mut stream = app.desk().await.stream("events").await.begun().await;
    app.guest().booked("double", app.day(0), app.day(1)).await;
    manager(&app).await.sign_out().await.expect(204);
    let heard = stream.until(|event| event.data["type"] == "signed_out").await;
    let (first, last) = (heard.first().unwrap(), heard.last().unwrap());
    assert_eq!(last.seq() - first.seq() + 1, heard.len() as u64, "no number is left out");
    assert_eq!((last.name.as_str(), &last.data["by"]), ("staff", &json!("manager@harbour.example")));
    assert!(heard.iter().all(|event| event.data.get("from").is_none()), "{last:?}");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sets_what_giving_a_stay_up_costs() {
    let app = TestApp::start().await;
    let boss = app.signed_in("manager").await;
    app.signed_in("desk").await.get("/desk/harbour/settings").await.expect(403);
    let path = "/desk/harbour/settings";
    let form = boss.get(path).await.expect(200).body;
    assert_eq!(attributes(&form, "[name=free_hours]", "value"), ["24"]);
    let typed = |version: &'static str, hours: &'static str, from: &'static str| {
        [
            ("version", version),
            ("check_in_from", from),
            ("check_out_until", "10:30"),
            ("free_hours", hours),
            ("fee_nights", "2"),
            ("no_show_nights", "3"),
        ]
    };
    let wrong = send(&boss, path, &typed("1", "soon", "25:00")).await.expect(422).body;
    assert_eq!(texts(&wrong, ".field__error").len(), 2, "{wrong}");
    assert_eq!(attributes(&wrong, "[name=free_hours]", "value"), ["soon"], "what was typed is kept");
    let saved = send(&boss, path, &typed("1", "48", "16:00")).await.expect(303);
    assert!(boss.get(saved.header("location")).await.expect(200).body.contains("Saved."));
    // Guests are told at once, and pay by it.
    let hotel: Value = app.guest().get("/api/v1/hotels/harbour").await.json();
    assert_eq!((&hotel["check_in_from"], &hotel["cancellation"]["free_hours"]), (&json!("16:00"), &json!(48)));
    let desk = app.desk().await;
    let booked = app.guest().booked("double", app.day(0), app.day(4)).await;
    let no_show: Value = desk.act(booked.code, "no-show").await.expect(200).json();
    assert_eq!(no_show["fee"]["minor"], 3 * 11_900);
    // Who has not seen that overwrites nothing.
    let late = send(&boss, path, &typed("1", "12", "16:00")).await.expect(412).body;
    assert!(late.contains("Somebody was faster") && late.contains("48 → 12"), "{late}");
    assert_eq!(attributes(&late, "[name=version]", "value"), ["2"]);
    let manager = manager(&app).await;
    let terms: Value = manager.get("terms").await.expect(200).json();
    assert_eq!((&terms["free_hours"], &terms["version"]), (&json!(48), &json!(2)));
    let log: Value = manager.get("log?of=house").await.json();
    let newest = &log["entries"][0];
    assert_eq!((&newest["event"], &newest["by"]), (&json!("hotel"), &json!("manager@harbour.example")));
    assert!(newest["changes"].as_array().unwrap().iter().any(|change| change["field"] == "free_hours"), "{newest}");
    desk.get("terms").await.problem(403, "forbidden");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_says_what_was_changed() {
    let app = TestApp::start().await;
    let (desk, browser) = (app.desk().await, app.signed_in("desk").await);
    let booked = app.guest().booked("double", app.day(0), app.day(2)).await;
    let mut stream = desk.stream("events?kinds=changed").await.begun().await;
    let path = format!("reservations/{}", booked.code);
    desk.post(&format!("{path}/change"), &json!({ "departure": app.day(3).to_string() })).await.expect(200);
    let told = async || {
        let page = browser.get("/desk/harbour").await.expect(200).body;
        texts(&page, ".board__item .board__what strong")[0].clone()
    };
    assert_eq!(told().await, "Changed: dates");
    assert_eq!(stream.expect_next().await.data["reservation"]["changed"], json!(["departure", "total"]));
    desk.post(&format!("{path}/assign"), &json!({})).await.expect(200);
    assert_eq!(told().await, "Changed: room");
    desk.post(&format!("{path}/details"), &json!({ "name": "Ana S.", "note": "Cot" })).await.expect(200);
    assert_eq!(told().await, "Changed: guest, note");
    // The guest hears of it, and not which fields of the desk's are different.
    let seen = app.guest().reservation(&booked).await.expect(200);
    assert!(!seen.body.contains("\"changed\""), "{}", seen.body);
    app.stop().await;
}
