//! What the server does by itself: lapsed holds are tidied away, streams end with their sessions, ended sessions and old
//! answers are forgotten, days end. Nothing else waits for these: every read and write judges by the clock.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::domain::{Actor, Date, HotelId};
use crate::server::hub::lock;
use crate::server::service::ServiceError;
use crate::server::service::day::close_by_itself;
use crate::server::service::hold::LONGEST_HOLD_SECONDS;
use crate::server::state::AppState;
use crate::server::store::command::Change;
use crate::server::store::{Command, CommandError, DirectoryChange, RoomChange, StoreError};

const LAPSE_EVERY: Duration = Duration::from_secs(1);
const LOOK_AT_SESSIONS_EVERY: Duration = Duration::from_secs(10);
const LOOK_AT_DAYS_EVERY: Duration = Duration::from_secs(20);
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// Starts the jobs; they end with the server.
pub fn start(app: &AppState) {
    tokio::spawn(every(app.clone(), LAPSE_EVERY, lapse_holds));
    tokio::spawn(every(app.clone(), LOOK_AT_SESSIONS_EVERY, end_streams));
    tokio::spawn(every(app.clone(), FORGET_EVERY, forget_old));
    let days = Mutex::<HashMap<HotelId, Date>>::default();
    tokio::spawn(every(app.clone(), LOOK_AT_DAYS_EVERY, async move |app| begin_days(app, &days).await));
    tokio::spawn(every(app.clone(), LOOK_AT_DAYS_EVERY, close_days));
}

async fn every(app: AppState, period: Duration, job: impl AsyncFn(&AppState)) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = app.shutdown.cancelled() => return,
            _ = ticks.tick() => job(&app).await,
        }
    }
}

/// Only hotels whose boards show a hold that is over are asked to write.
async fn lapse_holds(app: &AppState) {
    for house in app.store.catalog().houses() {
        let hotel = house.hotel.id;
        if app.nights(hotel).is_some_and(|board| board.has_lapsed_holds()) {
            let command = Command { at: app.now(), actor: Actor::System, change: Change::LapseHolds };
            match app.store.execute(hotel, command).await {
                // The next tick tries again; a store that ends has nothing to tidy.
                Ok(_) | Err(CommandError::Store(StoreError::Busy | StoreError::Closed)) => {}
                Err(error) => tracing::error!(%error, hotel = %house.hotel.slug, "lapsed holds could not be tidied"),
            }
        }
    }
}

/// Once a day and hotel, and once when the server starts: guests who come today hear whether their rooms are ready.
async fn begin_days(app: &AppState, days: &Mutex<HashMap<HotelId, Date>>) {
    for house in app.store.catalog().houses() {
        let (hotel, today) = (house.hotel.id, app.business_date(&house.hotel));
        if lock(days).insert(hotel, today) == Some(today) {
            continue;
        }
        let command = Command { at: app.now(), actor: Actor::System, change: Change::Room(RoomChange::BeginDay) };
        if let Err(error) = app.store.execute(hotel, command).await {
            lock(days).remove(&hotel);
            if !matches!(error, CommandError::Store(StoreError::Busy | StoreError::Closed)) {
                tracing::error!(%error, hotel = %house.hotel.slug, "the day could not be begun");
            }
        }
    }
}

/// Days that end by themselves.
async fn close_days(app: &AppState) {
    for house in app.store.catalog().houses() {
        match close_by_itself(app, house).await {
            Ok(()) | Err(ServiceError::Store(StoreError::Busy | StoreError::Closed)) => {}
            Err(error) => tracing::error!(%error, hotel = %house.hotel.slug, "the day could not be closed"),
        }
    }
}

async fn end_streams(app: &AppState) {
    app.staff.end_streams_of_ended_sessions().await;
}

async fn forget_old(app: &AppState) {
    app.limits.forget_old(app.now().plus_seconds(-LONGEST_HOLD_SECONDS));
    if let Err(error) = app.store.change_directory(DirectoryChange::Sweep { now: app.now() }).await {
        tracing::error!(%error, "old sessions and answers could not be forgotten");
    }
}
