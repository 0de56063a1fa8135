//! The tape chart without a browser: what the API tells, and that the page is complete without a script.

use scraper::{Html, Selector};
use serde_json::json;
use vacancy::wire::chart::ChartView;
use vacancy::wire::reservation::ReservationView;

use super::app::TestApp;
use super::client::Answer;

async fn page(app: &TestApp, path: &str) -> Answer {
    let browser = app.browser();
    let fields = [("email", "desk@harbour.example"), ("password", "harbour-demo-desk")];
    Answer::of(browser.request(reqwest::Method::POST, "/desk/sign-in").form(&fields)).await.expect(303);
    browser.get(path).await.expect(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_tells_rooms_stays_blocks_and_what_is_left() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let (from, to) = (app.day(0), app.day(5));
    let stay = app.guest().booked("double", app.day(1), app.day(3)).await;
    let lodged: ReservationView =
        desk.post(&format!("reservations/{}/assign", stay.code), &json!({})).await.expect(200).json();
    let without = app.guest().booked("double", app.day(4), app.day(6)).await;
    let block = json!({ "kind": "out_of_order", "reason": "Leak", "from": app.day(2), "to": app.day(9) });
    let path = format!("chart?from={from}&to={to}");
    let rooms: ChartView = desk.get(&path).await.expect(200).json();
    let room =
        &rooms.room_types[1].rooms.iter().find(|room| Some(&room.number) != lodged.room.as_ref()).unwrap().number;
    desk.post(&format!("rooms/{room}/blocks"), &block).await.expect(201);
    let view: ChartView = desk.get(&path).await.expect(200).json();
    assert_eq!((view.from, view.to), (from, to));
    let double = &view.room_types[1];
    assert_eq!(double.left, [20, 19, 18, 19, 18].map(Some));
    assert_eq!(double.rooms.len(), 20);
    let blocked = double.rooms.iter().find(|of| of.number == *room).unwrap();
    assert_eq!(blocked.blocks[0].reason, "Leak");
    let of = |code| view.stays.iter().find(|stay| stay.code == code).unwrap();
    assert_eq!(of(stay.code).room, lodged.room);
    assert_eq!(of(without.code).room, None);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_has_days_and_not_too_many() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    desk.get("chart").await.problem(422, "invalid-fields");
    desk.get(&format!("chart?from={}&to={}", app.day(3), app.day(3))).await.problem(422, "invalid-fields");
    desk.get(&format!("chart?from={}&to={}", app.day(0), app.day(93))).await.problem(422, "invalid-fields");
    desk.get(&format!("chart?from={}&to={}", app.day(0), app.day(92))).await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_draws_every_stay_in_its_room_without_a_script() {
    let app = TestApp::start().await;
    let desk = app.desk().await;
    let stay = app.guest().booked("suite", app.day(1), app.day(3)).await;
    let lodged: ReservationView =
        desk.post(&format!("reservations/{}/assign", stay.code), &json!({})).await.expect(200).json();
    let page = page(&app, &format!("/desk/harbour/chart?from={}&days=5", app.day(0))).await;
    let document = Html::parse_document(&page.body);
    let selector = |text: &str| Selector::parse(text).unwrap();
    let (lines, names, cells) = (selector(".chart tbody tr"), selector("th"), selector("td"));
    let number = lodged.room.unwrap().to_string();
    let line = document
        .select(&lines)
        .find(|line| line.select(&names).any(|name| name.text().collect::<String>() == number))
        .expect("each room has a line");
    let cells: Vec<(u32, bool)> = line
        .select(&cells)
        .map(|cell| {
            let halves = cell.attr("colspan").unwrap().parse().unwrap();
            (halves, cell.select(&selector("a.bar")).next().is_some())
        })
        .collect();
    // From midday of the second day to midday of the fourth, on a chart of ten half days.
    let before: u32 = cells.iter().take_while(|(_, is_bar)| !is_bar).map(|(halves, _)| halves).sum();
    let bars: Vec<u32> = cells.iter().filter(|(_, is_bar)| *is_bar).map(|(halves, _)| *halves).collect();
    let all: u32 = cells.iter().map(|(halves, _)| halves).sum();
    assert_eq!((before, bars, all), (3, vec![4], 10));
    let href = format!("/desk/harbour/reservations/{}", stay.code);
    let bar = line.select(&selector("a.bar")).next().unwrap();
    assert_eq!(bar.attr("href"), Some(&*href));
    assert!(!page.body.contains(" style="), "the content policy allows no inline style");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_a_form_shows_the_price_and_then_moves_a_stay() {
    let app = TestApp::start().await;
    let browser = app.browser();
    let fields = [("email", "desk@harbour.example"), ("password", "harbour-demo-desk")];
    Answer::of(browser.request(reqwest::Method::POST, "/desk/sign-in").form(&fields)).await.expect(303);
    let code = app.guest().booked("single", app.day(1), app.day(3)).await.code.to_string();
    let (from, departure) = (app.day(0).to_string(), app.day(4).to_string());
    let send = async |fields: &[(&str, &str)]| {
        Answer::of(browser.request(reqwest::Method::POST, "/desk/harbour/chart").form(fields)).await
    };
    let look =
        [("code", &*code), ("departure", &*departure), ("from", &*from), ("days", "7"), ("version", ""), ("look", "1")];
    let page = send(&look).await.expect(200);
    let document = Html::parse_document(&page.body);
    let value = |name: &str| {
        let selector = Selector::parse(&format!(".chart-form [name={name}]")).unwrap();
        document.select(&selector).next().unwrap().attr("value").unwrap_or_default().to_owned()
    };
    let (total, version) = (value("shown_total"), value("version"));
    assert_eq!((&*total, &*version), ("23700", "2"), "three nights at 79");
    let sure = [
        ("code", &*code),
        ("departure", &*departure),
        ("from", &*from),
        ("days", "7"),
        ("shown_total", &*total),
        ("version", &*version),
    ];
    let there = send(&sure).await.expect(303).header("location").to_owned();
    assert!(browser.get(&there).await.expect(200).body.contains(&code));
    // The page is old now.
    let refused = send(&sure).await.expect(412);
    assert!(refused.body.contains("colleague"), "{}", refused.body);
    send(&[("code", "AAAA-AAAA"), ("look", "1")]).await.expect(422);
    app.stop().await;
}
