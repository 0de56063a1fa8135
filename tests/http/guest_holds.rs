//! Holds on the guest's site, without a script: a form that is chosen holds, stays held, and lapses with all that was typed.

use std::sync::Arc;

use reqwest::Method;
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;
use vacancy::wire::hold::HoldClock;

use super::app::TestApp;
use super::client::Answer;
use super::pages::{Browser, fields, filled, set, texts};

const QUARTER: i64 = 15 * 60;

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at("2027-03-01T12:00:00Z".parse::<Timestamp>().unwrap()))
}

/// The stay from the first day for so many nights, in the words of an address.
fn asked(app: &TestApp, what: &str, room_type: &str, nights: i32) -> String {
    let (arrival, departure) = (app.day(0), app.day(nights));
    format!("/hotels/harbour/{what}?room_type={room_type}&arrival={arrival}&departure={departure}&adults=2&children=0")
}

async fn choose(browser: &Browser, app: &TestApp, room_type: &str, nights: i32) -> Answer {
    browser.post(&asked(app, "hold", room_type, nights), &[]).await
}

/// Chooses, and opens the form it leads to.
async fn chosen(browser: &Browser, app: &TestApp, room_type: &str, nights: i32) -> (String, Answer) {
    let address = choose(browser, app, room_type, nights).await.expect(303).header("location").to_owned();
    let form = browser.get(&address).await.expect(200);
    (address, form)
}

/// Sends the form by another of its buttons.
async fn press(browser: &Browser, what: &str, form: &[(String, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("/hotels/harbour/{what}"), &form).await
}

/// What the page's script asks.
async fn ask(browser: &Browser, path: &str) -> Answer {
    Answer::of(browser.0.request(Method::GET, path).header("accept", "application/json")).await
}

async fn suites_left(app: &TestApp) -> u16 {
    app.guest().left("harbour", "suite", app.day(0)).await
}

/// How many the desk sees held.
async fn holds_seen(app: &TestApp) -> usize {
    let house: serde_json::Value = app.desk().await.get("house").await.expect(200).json();
    house["holds"].as_array().unwrap().len()
}

fn state(page: &Answer) -> String {
    let page = scraper::Html::parse_document(&page.body);
    let bar = scraper::Selector::parse(".hold-bar").unwrap();
    page.select(&bar).next().and_then(|bar| bar.value().attr("data-state")).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn choosing_holds_and_looking_does_not() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let browser = Browser::of(&app);
    let looked = browser.get(&asked(&app, "book", "suite", 2)).await.expect(303).header("location").to_owned();
    assert_eq!(state(&browser.get(&looked).await.expect(200)), "free");
    browser.get(&asked(&app, "hold", "suite", 2)).await.expect(303);
    assert_eq!(suites_left(&app).await, 2);

    let seen = holds_seen(&app).await;
    let (address, form) = chosen(&browser, &app, "suite", 2).await;
    assert_eq!(suites_left(&app).await, 1);
    assert_eq!(state(&form), "held");
    assert!(texts(&form.body, "#hold-until")[0].ends_with("until 12:15"), "{}", form.body);
    assert_eq!(holds_seen(&app).await, seen + 1, "the desk sees it");

    // A reload, another tab, the link of a search and choosing again all lead to the same hold.
    clock.advance_seconds(60);
    assert!(texts(&browser.get(&address).await.body, "#hold-until")[0].ends_with("until 12:15"));
    assert_eq!(choose(&browser, &app, "suite", 2).await.expect(303).header("location"), address);
    assert_eq!(browser.get(&asked(&app, "book", "suite", 2)).await.expect(303).header("location"), address);
    assert_eq!(suites_left(&app).await, 1);

    // To somebody else the address is a form like any other.
    assert_eq!(state(&Browser::of(&app).get(&address).await.expect(200)), "free");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hold_becomes_the_booking_once() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let seen = holds_seen(&app).await;
    let (_, form) = chosen(&browser, &app, "suite", 2).await;
    let form = filled(fields(&form.body));
    let (first, again) = tokio::join!(browser.submit(&form), browser.submit(&form));
    let confirmation = first.expect(303).header("location").to_owned();
    assert_eq!(again.expect(303).header("location"), confirmation);
    assert_eq!(suites_left(&app).await, 1);
    assert_eq!(holds_seen(&app).await, seen);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_room_is_booked_by_who_holds_it() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    app.guest().booked("suite", app.day(0), app.day(1)).await;
    let (address, form) = chosen(&browser, &app, "suite", 2).await;
    assert_eq!(suites_left(&app).await, 0);
    let other = Browser::of(&app);
    let gone = choose(&other, &app, "suite", 2).await.expect(200);
    assert_eq!(texts(&gone.body, ".gone li").len(), 1);
    // His own form is not sold out, whichever way he comes to it.
    assert_eq!(state(&browser.get(&address).await.expect(200)), "held");
    let elsewhere = format!("{}&key=another", asked(&app, "book", "suite", 2));
    assert_eq!(browser.get(&elsewhere).await.expect(303).header("location"), address);
    // Even a form that was opened before, without a hold, books what this browser holds.
    let mut form = filled(fields(&form.body));
    set(&mut form, "key", "another");
    browser.submit(&form).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_is_renewed_ten_times_and_nothing_else_renews_it() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let browser = Browser::of(&app);
    let (address, form) = chosen(&browser, &app, "suite", 2).await;
    let typed = filled(fields(&form.body));
    for _ in 0..10 {
        clock.advance_seconds(QUARTER - 1);
        // Looking, and a mistake in the form, do not.
        browser.get(&address).await.expect(200);
        let mut wrong = typed.clone();
        set(&mut wrong, "email", "ana");
        assert_eq!(state(&browser.submit(&wrong).await.expect(422)), "warn", "a second before its end");
        let page = press(&browser, "hold/extend", &typed).await.expect(200);
        assert_eq!(state(&page), "held");
        assert_eq!(fields(&page.body), typed);
    }
    clock.advance_seconds(QUARTER);
    assert_eq!(state(&press(&browser, "hold/extend", &typed).await.expect(200)), "over");
    assert_eq!(suites_left(&app).await, 2);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asks_how_long_it_is_held_and_renews_without_being_left() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let browser = Browser::of(&app);
    let (_, form) = chosen(&browser, &app, "suite", 2).await;
    let key = fields(&form.body).into_iter().find(|(name, _)| name == "key").unwrap().1;
    let path = format!("/hotels/harbour/hold?key={key}");
    clock.advance_seconds(600);
    let told: HoldClock = ask(&browser, &path).await.expect(200).json();
    assert_eq!((told.seconds_left, told.until.as_str()), (300, "12:15"));
    let extend = browser.0.request(Method::POST, "/hotels/harbour/hold/extend").header("accept", "application/json");
    let told: HoldClock = Answer::of(extend.form(&[("key", &key)])).await.expect(200).json();
    assert_eq!((told.seconds_left, told.until.as_str()), (900, "12:25"));
    let answer = ask(&Browser::of(&app), &path).await.expect(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.json::<HoldClock>().seconds_left, 0, "a stranger learns nothing");
    clock.advance_seconds(900);
    assert_eq!(ask(&browser, &path).await.expect(200).json::<HoldClock>().seconds_left, 0);
    // Nobody reads that in a window.
    assert!(browser.get(&path).await.expect(303).header("location").starts_with("/hotels/harbour"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_outlives_the_hold_and_one_press_takes_the_nights_again() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let browser = Browser::of(&app);
    let (address, form) = chosen(&browser, &app, "suite", 2).await;
    let typed = filled(fields(&form.body));
    clock.advance_seconds(QUARTER);
    assert_eq!(state(&browser.get(&address).await.expect(200)), "over");
    let again = press(&browser, "hold", &typed).await.expect(200);
    assert_eq!(state(&again), "held");
    let kept = fields(&again.body);
    for (name, value) in typed.iter().filter(|(name, _)| name != "key") {
        assert!(kept.contains(&(name.clone(), value.clone())), "{name} in {kept:?}");
    }

    // Over once more, and sold in between: the page of the lost race has it all.
    clock.advance_seconds(QUARTER);
    for _ in 0..2 {
        app.guest().booked("suite", app.day(1), app.day(2)).await;
    }
    let lost = press(&browser, "hold", &kept).await.expect(409);
    assert_eq!(texts(&lost.body, ".gone li").len(), 1);
    assert!(fields(&lost.body).contains(&("note".into(), "Late, after 22:00".into())));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_too_late_still_books_what_is_free() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let (late, later) = (Browser::of(&app), Browser::of(&app));
    let (_, form) = chosen(&late, &app, "suite", 2).await;
    let (_, other) = chosen(&later, &app, "suite", 2).await;
    clock.advance_seconds(QUARTER);
    late.submit(&filled(fields(&form.body))).await.expect(303);
    assert_eq!(suites_left(&app).await, 1);
    app.guest().booked("suite", app.day(0), app.day(1)).await;
    let lost = later.submit(&filled(fields(&other.body))).await.expect(409);
    assert_eq!(texts(&lost.body, ".gone li").len(), 1);
    assert!(fields(&lost.body).contains(&("name".into(), "Ana María Sousa".into())));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_browser_holds_three_stays_and_can_give_one_back() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    for nights in 1..=3 {
        choose(&browser, &app, "double", nights).await.expect(303);
    }
    let refused = choose(&browser, &app, "double", 4).await.expect(429);
    assert!(texts(&refused.body, ".notice").concat().contains("3 rooms"), "{}", refused.body);
    assert_eq!(state(&refused), "free");
    // It can be booked all the same.
    browser.submit(&filled(fields(&refused.body))).await.expect(303);

    let hotel = browser.get("/hotels/harbour").await.expect(200);
    assert_eq!(texts(&hotel.body, ".held-stay").len(), 3);
    assert!(texts(&Browser::of(&app).get("/hotels/harbour").await.body, ".held-stay").is_empty());
    let page = scraper::Html::parse_document(&hotel.body);
    let keys = scraper::Selector::parse(".held-stay input[name=key]").unwrap();
    let key = page.select(&keys).next().unwrap().value().attr("value").unwrap().to_owned();
    let free = app.guest().left("harbour", "double", app.day(0)).await;
    browser.post("/hotels/harbour/hold/release", &[("key", &key)]).await.expect(303);
    assert_eq!(texts(&browser.get("/hotels/harbour").await.body, ".held-stay").len(), 2);
    assert!(app.guest().left("harbour", "double", app.day(0)).await >= free);
    choose(&browser, &app, "double", 4).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_holds_too_many_can_still_book() {
    let app = TestApp::start_limited_at(clock()).await;
    let mut refused = None;
    for _ in 0..=vacancy::server::limits::held::HOLDS_PER_ADDRESS {
        let browser = Browser::of(&app);
        let answer = choose(&browser, &app, "double", 1).await;
        if answer.status == 429 {
            refused = Some((browser, answer));
        }
    }
    let (browser, page) = refused.expect("the last one is refused");
    assert!(!page.header("retry-after").is_empty() && !texts(&page.body, ".notice").concat().is_empty());
    browser.submit(&filled(fields(&page.body))).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_hears_a_hold_come_go_on_and_lapse() {
    let clock = clock();
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let desk = app.desk().await;
    let mut stream = desk.stream("events?kinds=reservation").await.begun().await;
    let browser = Browser::of(&app);
    let (_, form) = chosen(&browser, &app, "suite", 2).await;
    let placed = stream.expect_next().await;
    assert_eq!((&placed.data["type"], &placed.data["by"]), (&"placed".into(), &"guest".into()));
    clock.advance_seconds(60);
    press(&browser, "hold/extend", &fields(&form.body)).await.expect(200);
    let extended = stream.expect_next().await;
    assert_eq!(extended.data["type"], "extended");
    assert_eq!(extended.data["reservation"]["held_until"], "2027-03-01T12:16:00.000Z");
    // Nobody does anything: the clock takes it back, and the desk hears of it.
    clock.advance_seconds(QUARTER);
    let code = &placed.data["reservation"]["code"];
    let lapsed = stream.until(|event| &event.data["reservation"]["code"] == code).await.pop().unwrap();
    assert_eq!((&lapsed.data["type"], &lapsed.data["by"]), (&"lapsed".into(), &"system".into()));
    app.stop().await;
}

/// The code of the one hold that the desk sees of this room type.
async fn held_code(app: &TestApp, room_type: &str) -> String {
    let house: serde_json::Value = app.desk().await.get("house").await.expect(200).json();
    let mut holds = house["holds"].as_array().unwrap().iter().filter(|hold| hold["room_type"] == room_type);
    holds.next_back().unwrap()["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_the_desk_confirms_without_a_name_is_the_guests_when_he_sends_his_form() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (address, form) = chosen(&browser, &app, "suite", 2).await;
    let code = held_code(&app, "suite").await;
    let desk = app.desk().await;
    desk.act(&code, "confirm?named=true").await.problem(409, "name-missing");
    desk.act(&code, "confirm").await.expect(200);
    assert_eq!(suites_left(&app).await, 1);
    // Whatever he does now, he is told, and nothing is held or booked a second time.
    let told = "The front desk has confirmed this stay for you";
    let page = browser.get(&address).await.expect(200);
    assert!(page.body.contains(told) && state(&page).is_empty(), "{}", page.body);
    let typed = filled(fields(&form.body));
    assert!(press(&browser, "hold", &typed).await.expect(200).body.contains(told));
    let confirmation = browser.submit(&typed).await.expect(303).header("location").to_owned();
    assert_eq!(confirmation, format!("/reservations/{code}/confirmation"));
    assert_eq!(browser.submit(&typed).await.expect(303).header("location"), confirmation);
    assert_eq!(suites_left(&app).await, 1);
    browser.get(&confirmation).await.expect(200);
    let stay: serde_json::Value = desk.get(&format!("reservations/{code}")).await.json();
    assert_eq!(stay["guest"]["name"], "Ana María Sousa");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_desk_has_booked_for_somebody_is_not_booked_twice_in_silence() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, form) = chosen(&browser, &app, "suite", 2).await;
    let code = held_code(&app, "suite").await;
    let desk = app.desk().await;
    desk.post(&format!("reservations/{code}/details"), &serde_json::json!({ "name": "By Telephone" }))
        .await
        .expect(200);
    desk.act(&code, "confirm?named=true").await.expect(200);
    let typed = filled(fields(&form.body));
    let refused = browser.submit(&typed).await.expect(409);
    assert!(refused.body.contains("nothing has been booked here"), "{}", refused.body);
    assert!(!refused.body.contains("By Telephone") && !refused.body.contains(&code), "it may be a stranger's");
    assert_eq!(suites_left(&app).await, 1);
    // The form has a key of its own now: who sends it once more wants one more room.
    let again = fields(&refused.body);
    assert_eq!(again.iter().find(|(name, _)| name == "name").unwrap().1, "Ana María Sousa");
    let other = browser.submit(&again).await.expect(303).header("location").to_owned();
    assert!(!other.contains(&code));
    assert_eq!(suites_left(&app).await, 0);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_is_asked_before_it_confirms_what_is_nobodys() {
    let app = TestApp::start().await;
    chosen(&Browser::of(&app), &app, "suite", 2).await;
    let code = held_code(&app, "suite").await;
    let at_desk = Browser::of(&app);
    let account = [("email", "desk@harbour.example"), ("password", "harbour-demo-desk")];
    at_desk.post("/desk/sign-in", &account).await.expect(303);
    let path = format!("/desk/harbour/reservations/{code}");
    let asked = at_desk.post(&format!("{path}/confirm"), &[("version", "1")]).await.expect(409);
    assert!(asked.body.contains("Enter the name first") && asked.body.contains(&format!("{path}/details")));
    at_desk.post(&format!("{path}/confirm"), &[("version", "1"), ("anyway", "yes")]).await.expect(303);
    app.stop().await;
}
