//! The desk's site without a browser: signing in, the house, a step and its way back, a refusal that is a page.

use reqwest::Method;
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};
use vacancy::wire::booking::BookingAnswer;

use super::app::TestApp;
use super::client::{Answer, Guest, booking};

/// A browser without JavaScript at the front desk.
struct Browser(Guest);

impl Browser {
    async fn signed_in(app: &TestApp) -> Self {
        let browser = Self(app.browser());
        browser.sign_in("desk@harbour.example", "harbour-demo-desk", "").await.expect(303);
        browser
    }

    async fn sign_in(&self, email: &str, password: &str, next: &str) -> Answer {
        self.post("/desk/sign-in", &[("email", email), ("password", password), ("next", next)]).await
    }

    async fn sign_in_on(&self, page: &Answer, email: &str, password: &str) -> Answer {
        let next = Html::parse_document(&page.body)
            .select(&selector("input[name=next]"))
            .next()
            .map(|input| attribute(&input, "value"))
            .unwrap_or_default();
        self.sign_in(email, password, &next).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.0.get(path).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.0.request(Method::POST, path).form(fields)).await
    }

    /// Sends the first form of a page whose address ends so, as it stands.
    async fn send_form(&self, page: &Answer, ending: &str) -> Answer {
        let document = Html::parse_document(&page.body);
        let form =
            document.select(&selector("form[method=post]")).find(|form| attribute(form, "action").ends_with(ending));
        let form = form.unwrap_or_else(|| panic!("no form to {ending} in {}", page.body));
        let inputs = selector("input[name]");
        let fields: Vec<(String, String)> =
            form.select(&inputs).map(|input| (attribute(&input, "name"), attribute(&input, "value"))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let path = attribute(&form, "action");
        drop(document);
        self.post(&path, &fields).await
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn attribute(element: &ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

fn texts(body: &str, of: &str) -> Vec<String> {
    Html::parse_document(body).select(&selector(of)).map(|found| found.text().collect::<String>()).collect()
}

/// The number on a tile of the house page.
fn number(body: &str, of: &str) -> u32 {
    texts(body, &format!("[data-number={of}] .tile__number")).concat().trim_end_matches(" %").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_is_asked_to_and_comes_back_to_where_he_was() {
    let app = TestApp::start().await;
    let browser = Browser(app.browser());
    let wanted = "/desk/harbour/reservations?q=Ana&state=confirmed";
    let door = browser.get(wanted).await.expect(303).header("location").to_owned();
    let page = browser.get(&door).await.expect(200);
    let there = browser.sign_in_on(&page, "desk@harbour.example", "harbour-demo-desk").await.expect(303);
    assert_eq!(there.header("location"), wanted);
    browser.get(wanted).await.expect(200);
    // Signed in already: the door leads on.
    assert_eq!(browser.get(&door).await.expect(303).header("location"), wanted);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_leads_to_the_desk_and_to_no_other_site() {
    let app = TestApp::start().await;
    for evil in ["https://evil.example/desk", "//evil.example", "/desk//evil.example", "/hotels/harbour", "/desk\\evil"]
    {
        let browser = Browser(app.browser());
        let there = browser.sign_in("desk@harbour.example", "harbour-demo-desk", evil).await.expect(303);
        assert_eq!(there.header("location"), "/desk", "{evil}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_says_one_thing_and_keeps_the_address_only() {
    let app = TestApp::start().await;
    let browser = Browser(app.browser());
    let mut answers = Vec::new();
    for email in ["desk@harbour.example", "nobody@harbour.example"] {
        let page = browser.sign_in(email, "a-wrong-password", "").await.expect(422);
        assert!(page.body.contains(&format!("value=\"{email}\"")), "{}", page.body);
        assert!(!page.body.contains("a-wrong-password"));
        assert_eq!(page.header("cache-control"), "private, no-store");
        answers.push(texts(&page.body, ".notice").concat());
    }
    assert_eq!(answers[0], answers[1]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_gets_slower_and_the_right_password_still_opens() {
    let app = TestApp::start().await;
    let browser = Browser(app.browser());
    let mut slowed = None;
    for _ in 0..8 {
        let answer = browser.sign_in("desk@harbour.example", "a-wrong-password", "").await;
        if answer.status == 429 {
            slowed = Some(answer);
            break;
        }
    }
    let wait: u64 = slowed.expect("a guesser is slowed").header("retry-after").parse().unwrap();
    assert!(wait <= 30, "{wait}");
    // Somebody else's account is not slowed.
    browser.sign_in("manager@harbour.example", "harbour-demo-manager", "").await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_with_its_sign_out_everywhere() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    let house = browser.get("/desk/harbour").await.expect(200);
    assert_eq!(house.header("cache-control"), "private, no-store");
    let stolen = app.guest();
    let cookie = browser.sign_in("desk@harbour.example", "harbour-demo-desk", "").await.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let with_cookie = || Answer::of(stolen.request(Method::GET, "/desk/harbour").header("cookie", &pair));
    with_cookie().await.expect(200);
    let out = browser.post("/desk/sign-out", &[]).await.expect(303);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    with_cookie().await.expect(303);
    browser.get("/desk/harbour").await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_staff_of_another_house_are_told_that_this_one_is_not_theirs() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    browser.get("/desk/westlake").await.expect(403);
    browser.get("/desk/nowhere").await.expect(404);
    let page = browser.get("/desk/westlake/reservations").await.expect(403);
    assert!(!page.body.contains("who__name"), "{}", page.body);
    assert_eq!(browser.get("/desk").await.expect(303).header("location"), "/desk/harbour");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_checked_in_from_the_house_page_and_it_can_be_undone() {
    let app = TestApp::start().await;
    let (browser, desk) = (Browser::signed_in(&app).await, app.desk().await);
    // Into a clean room nobody is asked about.
    let house: Value = desk.get("house").await.json();
    for room in house["arrivals"].as_array().unwrap().iter().filter_map(|stay| stay["room"].as_str()) {
        desk.post(&format!("rooms/{room}/condition"), &json!({ "condition": "clean" })).await.expect(200);
    }
    let before = browser.get("/desk/harbour").await.expect(200);
    let there = browser.send_form(&before, "/check-in").await.expect(303).header("location").to_owned();
    let after = browser.get(&there).await.expect(200);
    assert_eq!(number(&after.body, "arrivals") + 1, number(&before.body, "arrivals"));
    assert_eq!(number(&after.body, "in-house"), number(&before.body, "in-house") + 1);
    assert_eq!(number(&after.body, "free"), number(&before.body, "free"));
    let told = texts(&after.body, ".notice").concat();
    assert!(told.contains("Checked in.") && told.contains(" · Room "), "the key is wanted next: {told}");
    assert!(texts(&after.body, ".board").concat().contains("desk@harbour.example"), "who did it is told");
    let there = browser.send_form(&after, "/undo-check-in").await.expect(303).header("location").to_owned();
    let undone = browser.get(&there).await.expect(200);
    assert_eq!(number(&undone.body, "arrivals"), number(&before.body, "arrivals"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_is_no_longer_possible_shows_how_the_reservation_stands_now() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    let code = app.guest().booked("double", app.day(0), app.day(2)).await.code;
    let path = format!("/desk/harbour/reservations/{code}");
    let seen = browser.get(&path).await.expect(200);
    browser.send_form(&seen, "/cancel").await.expect(303);
    // The page is old now: the same form carries a version that is gone.
    let refused = browser.send_form(&seen, "/cancel").await.expect(412);
    assert!(texts(&refused.body, ".notice").concat().contains("Somebody was faster"), "{}", refused.body);
    assert_eq!(texts(&refused.body, ".standing-row .badge--status"), ["Cancelled"]);
    let refused = browser.post(&format!("{path}/check-out"), &[]).await.expect(409);
    assert!(texts(&refused.body, ".notice").concat().contains("not possible"), "{}", refused.body);
    browser.post(&format!("{path}/dance"), &[]).await.expect(404);
    browser.get("/desk/harbour/reservations/AAAA-AAAA").await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_steps_that_are_possible_are_offered() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    let code = app.guest().booked("double", app.day(0), app.day(2)).await.code;
    let page = browser.get(&format!("/desk/harbour/reservations/{code}")).await.expect(200);
    let document = Html::parse_document(&page.body);
    let forms: Vec<String> =
        document.select(&selector(".steps-card form:not(.room-form)")).map(|form| attribute(&form, "action")).collect();
    assert_eq!(forms, [format!("/desk/harbour/reservations/{code}/cancel")], "an arrival in weeks");
    assert!(page.body.contains("ana@example.org"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_what_its_address_says() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    let code = app.guest().booked("double", app.day(0), app.day(2)).await.code.to_string();
    let listed = async |query: &str| browser.get(&format!("/desk/harbour/reservations{query}")).await;
    // The header of the page knows of the booking's alert, whatever is listed.
    let codes = async |query: &str| texts(&listed(query).await.expect(200).body, ".who .code");
    for query in ["", "?q=Silva", &format!("?q={code}"), &format!("?state=confirmed&from={}", app.day(1))] {
        assert!(codes(query).await.contains(&code), "{query}");
    }
    for query in ["?q=Nobody", "?q=Silva&state=cancelled", &format!("?q=Silva&to={}", app.day(0))] {
        assert!(!codes(query).await.contains(&code), "{query}");
    }
    let refused = listed("?state=dancing&from=2026-02-30").await.expect(422);
    assert_eq!(texts(&refused.body, ".field__error").len(), 2, "{}", refused.body);
    assert!(refused.body.contains("value=\"2026-02-30\""), "what was typed is kept");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_speaks_the_language_that_is_asked_for() {
    let app = TestApp::start().await;
    let browser = Browser::signed_in(&app).await;
    let page = Answer::of(browser.0.request(Method::GET, "/desk/harbour").header("accept-language", "zh-CN")).await;
    assert!(page.body.contains("lang=\"zh-CN\"") && page.body.contains("预抵"), "{}", page.body);
    app.stop().await;
}

/// The text of a field is no markup, whatever a guest wrote: the desk's page is not his to write.
#[tokio::test(flavor = "multi_thread")]
async fn a_note_cannot_end_the_field_it_stands_in() {
    let app = TestApp::start().await;
    let note = "</textarea><form action=\"/desk/sign-out\"><button>Save</button></form> & <b>&amp;</b>";
    let mut body = booking("double", app.day(0), app.day(1));
    body.note = Some(note.to_owned());
    let booked: BookingAnswer = app.guest().book("harbour", "a-note", &body).await.expect(201).json();
    let browser = Browser::signed_in(&app).await;
    let texts = |page: &Answer| {
        let document = Html::parse_document(&page.body);
        document.select(&selector("textarea[name=note]")).map(|field| field.text().collect()).collect::<Vec<String>>()
    };
    let details = browser.get(&format!("/desk/harbour/reservations/{}/details", booked.code)).await.expect(200);
    assert_eq!(texts(&details), [note]);
    // The same where a refused form keeps what was typed.
    let refused = browser.post("/desk/harbour/new", &[("name", ""), ("note", note), ("room_type", "double")]).await;
    assert_eq!(texts(&refused.expect(422)), [note]);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_form_of_the_desk_can_type_at_once() {
    let app = TestApp::start().await;
    let first = |page: &Answer| {
        let document = Html::parse_document(&page.body);
        document.select(&selector("[autofocus]")).map(|it| attribute(&it, "id")).collect::<Vec<_>>()
    };
    let door = app.browser().get("/desk/sign-in").await.expect(200);
    assert_eq!(first(&door), ["email"]);
    let browser = Browser::signed_in(&app).await;
    assert_eq!(first(&browser.get("/desk/harbour/new").await.expect(200)), ["name"]);
    app.stop().await;
}
