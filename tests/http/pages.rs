//! The guest's site without a browser: forms, what becomes of them, languages, and what a stranger is told.

use reqwest::Method;
use scraper::{Html, Selector};

use super::app::TestApp;
use super::client::{Answer, Guest};

/// A browser without JavaScript: cookies, forms, one page after the other.
pub struct Browser(pub Guest);

impl Browser {
    pub fn of(app: &TestApp) -> Self {
        Self(app.browser())
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.0.get(path).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.0.request(Method::POST, path).form(fields)).await
    }

    /// Opens a booking form: its address with its key, and the fields as they stand.
    pub async fn booking_form(&self, app: &TestApp, room_type: &str, adults: u8) -> (String, Vec<(String, String)>) {
        let (arrival, departure) = (app.day(0), app.day(2));
        let path = format!(
            "/hotels/harbour/book?room_type={room_type}&arrival={arrival}&departure={departure}&adults={adults}&children=0"
        );
        let address = self.get(&path).await.expect(303).header("location").to_owned();
        let fields = fields(&self.get(&address).await.expect(200).body);
        (address, fields)
    }

    pub async fn submit(&self, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post("/hotels/harbour/book", &fields).await
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The fields of the booking form, hidden ones included.
pub fn fields(body: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(body);
    let fields = selector("#booking input[name], #booking textarea[name]");
    let value = |field: scraper::ElementRef<'_>| match field.value().name() {
        "textarea" => field.text().collect(),
        _ => field.value().attr("value").unwrap_or_default().to_owned(),
    };
    page.select(&fields).map(|field| (field.value().attr("name").unwrap().to_owned(), value(field))).collect()
}

pub fn texts(body: &str, of: &str) -> Vec<String> {
    Html::parse_document(body).select(&selector(of)).map(|found| found.text().collect::<String>()).collect()
}

pub fn set(fields: &mut [(String, String)], name: &str, value: &str) {
    value.clone_into(&mut fields.iter_mut().find(|(field, _)| field == name).unwrap().1);
}

pub fn filled(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    set(&mut fields, "name", "Ana María Sousa");
    set(&mut fields, "email", "ana@example.org");
    set(&mut fields, "note", "Late, after 22:00");
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_books_by_plain_forms_and_lands_on_his_reservation() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, fields) = browser.booking_form(&app, "double", 2).await;
    let landed = browser.submit(&filled(fields)).await.expect(303);
    let confirmation = landed.header("location").to_owned();
    let page = browser.get(&confirmation).await.expect(200);
    assert_eq!(page.header("cache-control"), "private, no-store");
    let code = texts(&page.body, ".ticket__code").concat();
    assert!(confirmation.contains(&code) && !code.is_empty(), "{confirmation} {code}");
    assert!(page.body.contains("€238.00") && page.body.contains("2 nights"));
    let link = texts(&page.body, ".secret").concat();
    let path = link.strip_prefix(&app.url).unwrap();

    // Another device has only the link: it is traded for a cookie and a clean address.
    let other = Browser::of(&app);
    other.get(&format!("/reservations/{code}")).await.expect(404);
    let traded = other.get(path).await.expect(303);
    assert_eq!(traded.header("location"), format!("/reservations/{code}"));
    other.get(&format!("/reservations/{code}")).await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_books_once_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let before = app.guest().left("harbour", "suite", app.day(0)).await;
    let (address, fields) = browser.booking_form(&app, "suite", 2).await;
    let fields = filled(fields);
    let (first, again) = tokio::join!(browser.submit(&fields), browser.submit(&fields));
    assert_eq!(first.expect(303).header("location"), again.expect(303).header("location"));
    // Back, and sent once more: the form of the same address has the same key.
    let same = self::fields(&browser.get(&address).await.expect(200).body);
    browser.submit(&filled(same)).await.expect(303);
    assert_eq!(app.guest().left("harbour", "suite", app.day(0)).await, before - 1);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_a_mistake_and_each_field_says_what_is_wrong() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, fields) = browser.booking_form(&app, "double", 2).await;
    let mut fields = filled(fields);
    set(&mut fields, "email", "ana");
    set(&mut fields, "phone", "call me <b>");
    let page = browser.submit(&fields).await.expect(422);
    assert_eq!(texts(&page.body, ".field__error").len(), 2, "{}", page.body);
    assert_eq!(texts(&page.body, ".error-summary a").len(), 2);
    let kept = self::fields(&page.body);
    for field in &fields {
        assert!(kept.contains(field), "{field:?} in {kept:?}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_that_make_no_sense_any_more_are_mended_in_the_form() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, fields) = browser.booking_form(&app, "double", 2).await;
    let mut fields = filled(fields);
    set(&mut fields, "arrival", "2020-01-01");
    set(&mut fields, "departure", "2020-01-03");
    let page = browser.submit(&fields).await.expect(422);
    assert_eq!(texts(&page.body, "#arrival-error").len(), 1, "{}", page.body);
    let mut kept = self::fields(&page.body);
    assert!(kept.contains(&("name".into(), "Ana María Sousa".into())));

    // The choices of the form are no inputs; with dates that make sense the new total is shown before it is booked.
    kept.extend(
        [("room_type", "double"), ("adults", "2"), ("children", "0")].map(|(name, value)| (name.into(), value.into())),
    );
    set(&mut kept, "arrival", &app.day(0).to_string());
    set(&mut kept, "departure", &app.day(1).to_string());
    let form = browser.submit(&kept).await.expect(200);
    assert_eq!(texts(&form.body, ".summary__total .price"), ["€119.00"]);
    browser.submit(&self::fields(&form.body)).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_the_race_learns_which_nights_went_and_what_is_free() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, fields) = browser.booking_form(&app, "suite", 2).await;
    for _ in 0..app.guest().left("harbour", "suite", app.day(1)).await {
        app.guest().booked("suite", app.day(1), app.day(2)).await;
    }
    let page = browser.submit(&filled(fields)).await.expect(409);
    assert_eq!(texts(&page.body, ".gone li").len(), 1, "{}", page.body);
    assert!(!texts(&page.body, ".alternative").is_empty());
    let mut kept = self::fields(&page.body);
    assert!(kept.contains(&("note".into(), "Late, after 22:00".into())), "{kept:?}");

    // Another room is one button away, for another look before it is booked.
    kept.push(("take".into(), "family".into()));
    let form = browser.submit(&kept).await.expect(200);
    let kept = self::fields(&form.body);
    assert!(
        kept.contains(&("room_type".into(), "family".into()))
            && kept.contains(&("name".into(), "Ana María Sousa".into()))
    );
    browser.submit(&kept).await.expect(303);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_asks_the_desk_once_a_minute_and_cancels_after_a_second_question() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (_, fields) = browser.booking_form(&app, "double", 2).await;
    let landed = browser.submit(&filled(fields)).await.expect(303);
    let here = landed.header("location").strip_suffix("/confirmation").unwrap().to_owned();

    let ask = [("message", "A cot, please")];
    assert!(browser.post(&format!("{here}/nudge"), &ask).await.expect(303).header("location").starts_with(&here));
    let refused = browser.post(&format!("{here}/nudge"), &ask).await.expect(429);
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(texts(&refused.body, "#message"), ["A cot, please"]);

    let question = browser.get(&format!("{here}/cancel")).await.expect(200);
    assert_eq!(texts(&question.body, "form.actions button").len(), 1);
    browser.post(&format!("{here}/cancel"), &[]).await.expect(303);
    let page = browser.get(&here).await.expect(200);
    assert_eq!(texts(&page.body, ".badge--status"), ["Cancelled"]);
    browser.post(&format!("{here}/cancel"), &[]).await.expect(409);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finding_a_reservation_gives_a_stranger_one_answer() {
    let app = TestApp::start().await;
    let booked = app.guest().booked("double", app.day(0), app.day(1)).await;
    let browser = Browser::of(&app);
    let code = booked.code.to_string();
    let wrong_email = browser.post("/find", &[("code", &code), ("email", "eve@example.org")]).await.expect(422);
    let wrong_code = browser.post("/find", &[("code", "AAAA-AAAA"), ("email", "ana@example.org")]).await.expect(422);
    let no_code = browser.post("/find", &[("code", "what?"), ("email", "ana@example.org")]).await.expect(422);
    let answer = |page: &Answer| texts(&page.body, ".notice").concat();
    assert!(!answer(&wrong_email).is_empty());
    assert_eq!(answer(&wrong_email), answer(&wrong_code));
    assert_eq!(answer(&wrong_email), answer(&no_code));

    let found =
        browser.post("/find", &[("code", &code.to_lowercase()), ("email", "Ana@Example.org")]).await.expect(303);
    browser.get(found.header("location")).await.expect(200);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_the_switchs_then_the_browsers_then_the_hotels() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let lang = |page: &Answer| Html::parse_document(&page.body).root_element().value().attr("lang").unwrap().to_owned();
    assert_eq!(lang(&browser.get("/hotels/harbour").await), "en");
    assert_eq!(lang(&browser.get("/hotels/westlake").await), "zh-CN");
    let asked = browser.0.request(Method::GET, "/hotels/westlake").header("accept-language", "fr, en;q=0.5");
    assert_eq!(lang(&Answer::of(asked).await), "en");

    let back = browser.post("/language", &[("lang", "zh-CN"), ("return_to", "/hotels/harbour?adults=1")]).await;
    assert_eq!(back.expect(303).header("location"), "/hotels/harbour?adults=1");
    assert_eq!(lang(&browser.get("/hotels/harbour").await), "zh-CN");
    let elsewhere = browser.post("/language", &[("lang", "en"), ("return_to", "//evil.example")]).await;
    assert_eq!(elsewhere.expect(303).header("location"), "/");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_lives_in_the_address_and_a_bad_one_says_what_to_do() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    let (arrival, departure) = (app.day(0), app.day(3));
    let search = |from, to, adults| format!("/hotels/harbour?arrival={from}&departure={to}&adults={adults}&children=0");
    let page = browser.get(&search(arrival, departure, 2)).await.expect(200);
    assert_eq!(texts(&page.body, ".room").len(), 4);
    assert!(page.body.contains("€357.00"), "the total of three nights");
    let too_small = texts(&page.body, "[data-room=single] .room__left").concat();
    assert!(too_small.contains("too small"), "{too_small}");

    let bad = browser.get(&search(departure, arrival, 0)).await.expect(422);
    assert_eq!(texts(&bad.body, "#departure-error").len(), 1);
    assert!(bad.body.contains(&format!("value=\"{departure}\"")), "what was typed is kept");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_a_page_in_the_readers_language() {
    let app = TestApp::start().await;
    let browser = Browser::of(&app);
    for path in ["/nowhere", "/hotels/atlantis", "/reservations/AAAA-AAAA", "/r/AAAA-AAAA/x"] {
        let request = browser.0.request(Method::GET, path).header("accept-language", "zh");
        let page = Answer::of(request).await.expect(404);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.body.contains("lang=\"zh-CN\"") && page.body.contains("<h1"), "{path}");
    }
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_confirmation_speaks_of_the_e_mail_only_where_there_is_one() {
    let app = TestApp::start().await;
    for (email, words) in
        [("ana@example.org", "With your e-mail address it opens"), ("", "only the private link below")]
    {
        let browser = Browser::of(&app);
        let (_, fields) = browser.booking_form(&app, "double", 2).await;
        let mut fields = filled(fields);
        set(&mut fields, "email", email);
        let landed = browser.submit(&fields).await.expect(303);
        let hint = texts(&browser.get(landed.header("location")).await.expect(200).body, ".ticket").concat();
        assert!(hint.contains(words), "{hint}");
    }
    app.stop().await;
}
