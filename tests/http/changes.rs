//! Changing a stay over the API: what it would come to first, then the change, for the guest and for the desk.

use reqwest::Method;
use serde_json::{Value, json};

use super::app::TestApp;
use super::client::{Answer, Guest};

async fn ask(guest: &Guest, booked: &vacancy::wire::booking::BookingAnswer, step: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/reservations/{}/{step}", booked.code);
    Answer::of(guest.request(Method::POST, &path).bearer_auth(&booked.manage_token).json(body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_the_difference_first_and_pays_what_was_shown() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("double", app.day(0), app.day(2)).await;
    let longer = json!({ "departure": app.day(3).to_string() });
    let preview: Value = ask(&guest, &booked, "change/preview", &longer).await.expect(200).json();
    let minor = |value: &Value| value["minor"].as_i64().unwrap();
    assert_eq!(preview["allowed"], true);
    assert_eq!(minor(&preview["total_before"]), booked.total.minor);
    assert_eq!(minor(&preview["difference"]), minor(&preview["total_after"]) - booked.total.minor);
    assert_eq!(preview["nightly"].as_array().unwrap().len(), 3);
    assert!(preview.get("rooms_free").is_none(), "room numbers are the desk's: {preview}");
    let with_total = |minor: i64| json!({ "departure": app.day(3).to_string(), "shown_total": { "minor": minor, "currency": "EUR" } });
    ask(&guest, &booked, "change", &with_total(1)).await.problem(409, "price-changed");
    let total = minor(&preview["total_after"]);
    let changed: Value = ask(&guest, &booked, "change", &with_total(total)).await.expect(200).json();
    assert_eq!((&changed["departure"], minor(&changed["total"])), (&json!(app.day(3).to_string()), total));
    let again: Value = guest.reservation(&booked).await.expect(200).json();
    assert_eq!(again, changed);
    ask(&guest, &booked, "change", &json!({ "room": "301" })).await.problem(422, "invalid-fields");
    ask(&guest, &booked, "change", &json!({ "departure": "soon" })).await.problem(422, "invalid-fields");
    ask(&guest, &booked, "change", &json!({ "room_type": "palace" })).await.problem(422, "invalid-fields");
    guest.post(&format!("/api/v1/reservations/{}/change", booked.code), &longer).await.expect(404);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_out_is_named_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let guest = app.guest();
    let booked = guest.booked("suite", app.day(0), app.day(1)).await;
    for _ in 0..2 {
        guest.booked("suite", app.day(2), app.day(3)).await;
    }
    let longer = json!({ "departure": app.day(4).to_string() });
    let preview: Value = ask(&guest, &booked, "change/preview", &longer).await.expect(200).json();
    assert_eq!((&preview["allowed"], &preview["reason"]), (&json!(false), &json!("sold-out")));
    assert_eq!(preview["nights_gone"], json!([app.day(2).to_string()]));
    let refused = ask(&guest, &booked, "change", &longer).await.problem(409, "sold-out");
    assert_eq!(refused.nights, [app.day(2)]);
    let kept: Value = guest.reservation(&booked).await.expect(200).json();
    assert_eq!((&kept["departure"], &kept["version"]), (&json!(app.day(1).to_string()), &json!(2)));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_changes_dates_and_room_at_once_and_everybody_hears_it() {
    let app = TestApp::start().await;
    let (desk, guest) = (app.desk().await, app.guest());
    let booked = guest.booked("suite", app.day(0), app.day(1)).await;
    let other = guest.booked("suite", app.day(1), app.day(2)).await;
    let mut heard = desk.stream("events?kinds=changed").await.begun().await;
    let mut public = guest.stream("/api/v1/hotels/harbour/events").await.begun().await;
    desk.post(&format!("reservations/{}/assign", other.code), &json!({ "room": "501" })).await.expect(200);
    heard.expect_next().await;
    let path = |step: &str| format!("reservations/{}/{step}", booked.code);
    let longer = json!({ "departure": app.day(2).to_string(), "keep_price": true });
    let preview: Value = desk.post(&path("change/preview"), &longer).await.expect(200).json();
    assert_eq!((&preview["rooms_free"], &preview["difference"]["minor"]), (&json!(["502"]), &json!(0)));
    let in_501 = json!({ "departure": app.day(2).to_string(), "room": "501" });
    let preview: Value = desk.post(&path("change/preview"), &in_501).await.expect(200).json();
    assert_eq!((&preview["reason"], &preview["stays"]), (&json!("room-taken"), &json!([other.code])));
    desk.post(&path("change"), &in_501).await.problem(409, "room-taken");
    let stale = desk.request(Method::POST, &path("change")).header("if-match", "\"1\"").json(&longer);
    Answer::of(stale).await.problem(412, "version-conflict");
    let in_502 = json!({ "departure": app.day(2).to_string(), "room": "502" });
    let changed: Value = desk.post(&path("change"), &in_502).await.expect(200).json();
    assert_eq!((&changed["room"], &changed["pinned"]), (&json!("502"), &json!(true)));
    let event = heard.expect_next().await;
    assert_eq!(event.data["reservation"]["departure"], app.day(2).to_string());
    assert_eq!(event.data["by"], "desk@harbour.example");
    let cells = public.expect_next().await.data["cells"].clone();
    let taken = json!({ "room_type": "suite", "date": app.day(1).to_string(), "left": 0 });
    let is_told = |cell: &Value| cell["date"] == taken["date"] && cell["room_type"] == "suite" && cell["left"] == 0;
    assert!(cells.as_array().unwrap().iter().any(is_told), "{cells}");
    app.stop().await;
}
