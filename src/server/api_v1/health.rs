//! For whoever watches the process: does it live, and can it take a booking.

use axum::extract::State;

use crate::server::error::AppError;
use crate::server::state::AppState;
use crate::server::store::StoreError;

pub async fn lives() -> &'static str {
    "ok\n"
}

pub async fn is_ready(State(app): State<AppState>) -> Result<&'static str, AppError> {
    if app.shutdown.is_cancelled() {
        Err(AppError::ShuttingDown)
    } else if app.store.is_ready().await {
        Ok("ready\n")
    } else {
        Err(StoreError::Busy.into())
    }
}
