//! The last room, and two hundred who want it.

use futures_util::future::join_all;
use vacancy::server::store::Guard;

use super::app::TestApp;
use super::client::{Guest, booking};

/// Two hundred clients book the one courtyard for the same night at once; how many were told yes.
async fn winners(app: &TestApp) -> usize {
    let clients: Vec<Guest> = (0..200).map(|_| app.guest()).collect();
    let body = booking("courtyard", app.day(0), app.day(1));
    let answers = join_all(clients.iter().enumerate().map(|(number, client)| {
        let (key, body) = (format!("racer-{number}"), &body);
        async move { client.book("westlake", &key, body).await }
    }))
    .await;
    for answer in &answers {
        assert!([201, 409].contains(&answer.status.as_u16()), "{} {}", answer.status, answer.body);
    }
    answers.iter().filter(|answer| answer.status == 201).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_race_for_the_last_room_and_one_gets_it() {
    let app = TestApp::start().await;
    let guest = app.guest();
    assert_eq!(guest.left("westlake", "courtyard", app.day(0)).await, 1);
    assert_eq!(winners(&app).await, 1);
    assert_eq!(guest.left("westlake", "courtyard", app.day(0)).await, 0);
    let app = app.restart().await;
    assert_eq!(
        app.guest().left("westlake", "courtyard", app.day(0)).await,
        0,
        "the database counts what memory counted"
    );
    app.stop().await;
}

/// The control: without the guard the same race sells the room more than once, so the test above can fail.
#[tokio::test(flavor = "multi_thread")]
async fn with_the_guard_off_the_same_race_oversells() {
    let app = TestApp::start_with(|config| config.guard = Guard::Off).await;
    assert!(winners(&app).await > 1);
    app.stop().await;
}
