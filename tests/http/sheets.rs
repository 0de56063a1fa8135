//! What is printed: the lists of the day and the registration card.

use reqwest::Method;
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::{Answer, Guest};

async fn signed_in(app: &TestApp, hotel: &str, who: &str) -> Guest {
    let browser = app.browser();
    let account = json!({ "email": format!("{who}@{hotel}.example"), "password": format!("{hotel}-demo-{who}") });
    browser.post("/api/v1/session", &account).await.expect(204);
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_of_the_day_name_everybody_on_them() {
    let app = TestApp::start().await;
    let browser = signed_in(&app, "harbour", "desk").await;
    let house: Value = browser.get("/api/v1/desk/harbour/house").await.expect(200).json();
    for (list, of) in [("arrivals", "arrivals"), ("departures", "departures"), ("in-house", "in_house")] {
        let page = browser.get(&format!("/desk/harbour/lists/{list}")).await.expect(200).body;
        let stays = house[of].as_array().unwrap();
        assert!(!stays.is_empty(), "{of}");
        for stay in stays {
            assert!(page.contains(stay["code"].as_str().unwrap()), "{list}: {stay}");
        }
    }
    browser.get("/desk/harbour/lists/everybody").await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn housekeepers_print_their_list_and_no_other() {
    let app = TestApp::start().await;
    let browser = signed_in(&app, "harbour", "rooms").await;
    let page = browser.get("/desk/harbour/rooms/list").await.expect(200).body;
    assert!(page.contains("Leaves") && page.contains(">502<") && !page.contains("/reservations/"), "{page}");
    browser.get("/desk/harbour/lists/arrivals").await.expect(403);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registration_card_is_in_the_hotels_language() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("double", app.day(0), app.day(2)).await;
    let browser = signed_in(&app, "harbour", "desk").await;
    let card = format!("/desk/harbour/reservations/{}/card", booked.code);
    let asked = browser.request(Method::GET, &card).header("accept-language", "zh-CN");
    let page = Answer::of(asked).await.expect(200).body;
    assert!(page.contains("Registration card") && page.contains("ana@example.org"), "{page}");
    assert!(page.contains("打印"), "the buttons around it are in the reader's");
    browser.get("/desk/harbour/reservations/AAAA-AAAA/card").await.expect(404);
    app.stop().await;
}
