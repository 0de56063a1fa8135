//! A stay that changes, without a browser: the guest sees the difference first, the fee first, and takes the stay home
//! in his calendar; the desk keeps a guest longer.

use std::sync::Arc;

use reqwest::Method;
use scraper::{Html, Selector};
use vacancy::domain::Timestamp;
use vacancy::server::clock::ManualClock;

use super::app::TestApp;
use super::client::{Answer, Guest};

fn texts(body: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(body);
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector).map(|one| one.text().collect::<String>());
    found.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The fields of the page's form to `ending`, as they stand.
fn form(body: &str, ending: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(body);
    let (forms, fields) = (Selector::parse("form").unwrap(), Selector::parse("input[name], select[name]").unwrap());
    let chosen = Selector::parse("option[selected]").unwrap();
    let is_it = |form: &scraper::ElementRef<'_>| form.attr("action").is_some_and(|action| action.ends_with(ending));
    let form = page.select(&forms).find(is_it).unwrap_or_else(|| panic!("no form to {ending} in {body}"));
    form.select(&fields)
        .map(|field| {
            let value = match field.select(&chosen).next() {
                Some(option) => option.attr("value"),
                None => field.attr("value"),
            };
            (field.attr("name").unwrap().to_owned(), value.unwrap_or_default().to_owned())
        })
        .collect()
}

async fn post(browser: &Guest, path: &str, fields: &[(String, String)]) -> Answer {
    Answer::of(browser.request(Method::POST, path).form(fields)).await
}

/// A guest with a suite for a night, in his browser; the path of his reservation.
async fn opened(app: &TestApp) -> (Guest, String) {
    let booked = app.guest().booked("suite", app.day(0), app.day(1)).await;
    let browser = app.browser();
    browser.get(&format!("/r/{}/{}", booked.code, booked.manage_token)).await.expect(303);
    (browser, format!("/reservations/{}", booked.code))
}

fn query(departure: &str, arrival: &str) -> String {
    format!("change?arrival={arrival}&departure={departure}&room_type=suite&adults=1&children=0")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_looks_at_the_difference_and_then_changes_the_stay() {
    let app = TestApp::start().await;
    let (browser, here) = opened(&app).await;
    let (arrival, departure) = (app.day(0).to_string(), app.day(2).to_string());
    let page = browser.get(&here).await.expect(200);
    assert_eq!(texts(&page.body, "a[href$='/change']"), ["Change my stay"]);
    let empty = browser.get(&format!("{here}/change")).await.expect(200);
    let filled = form(&empty.body, "/change");
    assert!(filled.contains(&("arrival".to_owned(), arrival.clone())), "{filled:?}");
    let looked = browser.get(&format!("{here}/{}", query(&departure, &arrival))).await.expect(200);
    let difference = texts(&looked.body, "#difference");
    assert!(difference[0].starts_with("You pay €") && difference[0].ends_with("more"), "{difference:?}");
    let confirm = form(&looked.body, "/change");
    let mut stale = confirm.clone();
    stale.iter_mut().find(|(name, _)| name == "shown_total").unwrap().1 = "1".to_owned();
    let refused = post(&browser, &format!("{here}/change"), &stale).await.expect(409);
    assert!(texts(&refused.body, "main .notice")[0].starts_with("The price has just changed"), "{}", refused.body);
    let changed = post(&browser, &format!("{here}/change"), &confirm).await.expect(303);
    assert_eq!(changed.header("location"), format!("{here}?done=changed"));
    let page = browser.get(&format!("{here}?done=changed")).await.expect(200);
    assert!(texts(&page.body, "main .notice")[0].starts_with("Your stay is changed"), "{}", page.body);
    let again = post(&browser, &format!("{here}/change"), &confirm).await.expect(412);
    assert!(again.body.contains("changed in the meantime"));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_out_is_named_and_what_was_typed_is_kept() {
    let app = TestApp::start().await;
    let (browser, here) = opened(&app).await;
    for _ in 0..2 {
        app.guest().booked("suite", app.day(2), app.day(3)).await;
    }
    let (arrival, departure) = (app.day(0).to_string(), app.day(4).to_string());
    let gone = browser.get(&format!("{here}/{}", query(&departure, &arrival))).await.expect(200);
    assert_eq!(texts(&gone.body, ".gone li").len(), 1);
    assert!(form(&gone.body, "/change").contains(&("departure".to_owned(), departure)));
    let bad = browser.get(&format!("{here}/{}", query(&arrival, &arrival))).await.expect(422);
    assert_eq!(texts(&bad.body, "#departure-error"), ["Departure must be after arrival"]);
    let soon = browser.get(&format!("{here}/{}", query("soon", &arrival))).await.expect(422);
    assert!(form(&soon.body, "/change").contains(&("departure".to_owned(), "soon".to_owned())));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_day_of_arrival_on_the_desk_changes_it_and_cancelling_costs_a_night() {
    let clock = Arc::new(ManualClock::at("2027-01-11T12:00:00Z".parse::<Timestamp>().unwrap()));
    let app = TestApp::start_at(Arc::clone(&clock)).await;
    let (browser, here) = opened(&app).await;
    let free = browser.get(&format!("{here}/cancel")).await.expect(200);
    let notice = texts(&free.body, "main .notice");
    assert!(notice[0].contains("free of charge") && notice[0].contains("hotel time (Europe/Lisbon)"), "{notice:?}");
    let agreed = form(&free.body, "/cancel");
    // Arrival is 60 days on, on 2027-03-12 at 15:00; it is 11:59 the day before, and then a minute over the day.
    clock.advance_seconds(59 * 86_400 + 3 * 3600 + 1);
    let late = post(&browser, &format!("{here}/cancel"), &agreed).await.expect(409);
    let notices = texts(&late.body, "main .notice");
    assert!(notices.iter().any(|notice| notice.starts_with("Cancelling now costs €")), "{notices:?}");
    clock.advance_seconds(86_400);
    let closed = browser.get(&format!("{here}/change")).await.expect(200);
    assert!(texts(&closed.body, "main .notice")[0].starts_with("From the day of arrival on"), "{}", closed.body);
    let agreed = form(&late.body, "/cancel");
    post(&browser, &format!("{here}/cancel"), &agreed).await.expect(303);
    let page = browser.get(&here).await.expect(200);
    assert_eq!(texts(&page.body, ".summary__fee > span").len(), 1, "{}", page.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stay_goes_into_the_guests_own_calendar() {
    let app = TestApp::start().await;
    let (browser, here) = opened(&app).await;
    let file = browser.get(&format!("{here}/calendar.ics")).await.expect(200);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    let day = app.day(0).to_string().replace('-', "");
    assert!(file.body.contains(&format!("DTSTART;TZID=Europe/Lisbon:{day}T150000\r\n")), "{}", file.body);
    assert!(file.body.contains("SEQUENCE:2\r\n") && !file.body.contains("Ana"), "{}", file.body);
    browser.get(&format!("{here}/cancel")).await.expect(200);
    post(&browser, &format!("{here}/cancel"), &[]).await.expect(303);
    let after = browser.get(&format!("{here}/calendar.ics")).await.expect(200);
    assert!(after.body.contains("STATUS:CANCELLED\r\n") && after.body.contains("SEQUENCE:3\r\n"), "{}", after.body);
    let stranger = app.browser();
    stranger.get(&format!("{here}/calendar.ics")).await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_keeps_a_stay_longer_in_a_room_of_its_choice() {
    let app = TestApp::start().await;
    let booked = app.guest().booked("suite", app.day(0), app.day(1)).await;
    let other = app.guest().booked("suite", app.day(1), app.day(2)).await;
    app.desk()
        .await
        .post(&format!("reservations/{}/assign", other.code), &serde_json::json!({ "room": "501" }))
        .await
        .expect(200);
    let browser = app.browser();
    let credentials = [("email", "desk@harbour.example"), ("password", "harbour-demo-desk"), ("next", "")];
    Answer::of(browser.request(Method::POST, "/desk/sign-in").form(&credentials)).await.expect(303);
    let here = format!("/desk/harbour/reservations/{}", booked.code);
    let page = browser.get(&here).await.expect(200);
    assert_eq!(texts(&page.body, "a[href$='/change']"), ["Change the stay"]);
    assert!(page.body.contains("It costs the guest nothing."), "far ahead, cancelling is free");
    let empty = browser.get(&format!("{here}/change")).await.expect(200);
    assert!(form(&empty.body, "/change").iter().any(|(name, _)| name == "room"));
    let until = app.day(2).to_string();
    let wish = |room: &str| format!("{here}/{}&room={room}&keep_price=1", query(&until, &app.day(0).to_string()));
    let taken = browser.get(&wish("501")).await.expect(409);
    assert!(texts(&taken.body, "main .notice")[0].contains(&other.code.to_string()), "{}", taken.body);
    let looked = browser.get(&wish("502")).await.expect(200);
    assert_eq!(texts(&looked.body, "#difference"), ["The price stays the same."]);
    let done = post(&browser, &format!("{here}/change"), &form(&looked.body, "/change")).await.expect(303);
    let page = browser.get(done.header("location")).await.expect(200);
    assert!(texts(&page.body, "main .notice")[0].contains("The stay is changed"), "{}", page.body);
    let swap = form(&browser.get(&format!("{here}/change")).await.expect(200).body, "/swap");
    let swapped_with = |code: &str| {
        let typed = |(name, value): &(String, String)| {
            (name.clone(), if name == "with" { code.to_owned() } else { value.clone() })
        };
        swap.iter().map(typed).collect::<Vec<_>>()
    };
    post(&browser, &format!("{here}/swap"), &swapped_with("AAAA-AAAA")).await.expect(404);
    post(&browser, &format!("{here}/swap"), &swapped_with("nonsense")).await.expect(422);
    post(&browser, &format!("{here}/swap"), &swapped_with(&other.code.to_string())).await.expect(303);
    let page = browser.get(&here).await.expect(200);
    assert!(page.body.contains("501"), "{}", page.body);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nights_of_a_clock_change_are_nights_like_any_other() {
    for (today, arrival) in [("2027-03-01", "2027-03-27"), ("2026-10-01", "2026-10-24")] {
        let now: Timestamp = format!("{today}T12:00:00Z").parse().unwrap();
        let app = TestApp::start_at(Arc::new(ManualClock::at(now))).await;
        let arrival: vacancy::domain::Date = arrival.parse().unwrap();
        let guest = app.guest();
        let booked = guest.booked("suite", arrival, arrival.add_days(2)).await;
        let path = format!("/api/v1/reservations/{}/change/preview", booked.code);
        let asked = serde_json::json!({ "departure": arrival.add_days(3).to_string() });
        let request = guest.request(Method::POST, &path).bearer_auth(&booked.manage_token).json(&asked);
        let preview: vacancy::wire::change::ChangePreview = Answer::of(request).await.expect(200).json();
        let nights: Vec<_> = preview.nightly.iter().map(|night| night.date).collect();
        assert_eq!(nights, [arrival, arrival.add_days(1), arrival.add_days(2)]);
        assert_eq!(preview.total_after.minor, preview.nightly.iter().map(|night| night.price.minor).sum::<i64>());
        app.stop().await;
    }
}
