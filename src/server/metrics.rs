//! What an operator's Prometheus reads, on a listener of its own: numbers of the program, nothing of a person.
//! What each means, and which value means trouble, stands in docs/monitoring.md.

mod exposition;
mod process;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::server::limits::Limits;
use crate::server::service::book::BookingOutcome;
use crate::server::state::{App, AppState};
use exposition::{Labels, Page};

/// The format of `exposition`, as its `Content-Type`.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The whole of the second listener.
pub fn router(app: &AppState) -> Router {
    Router::new().route("/metrics", get(show)).with_state(app.clone())
}

async fn show(State(app): State<AppState>) -> impl IntoResponse {
    ([(CONTENT_TYPE, TEXT_FORMAT)], page(&app))
}

fn page(app: &App) -> String {
    let mut page = Page::default();
    streams(&mut page, app);
    commits(&mut page, app);
    bookings(&mut page, app);
    process::write(&mut page);
    page.finish()
}

const NO_LABELS: Labels<'static> = &[];

fn streams(page: &mut Page, app: &App) {
    let metrics = app.hub.metrics();
    let hub = metrics.read();
    let by_kind: [(Labels<'_>, u64); 3] = [
        (&[("kind", "availability")], hub.open_availability),
        (&[("kind", "reservation")], hub.open_reservations),
        (&[("kind", "desk")], hub.open_desks),
    ];
    page.gauge("vacancy_streams", "Event streams that are open.", by_kind);
    page.counter("vacancy_streams_opened_total", "Event streams that were opened.", [(NO_LABELS, hub.opened)]);
    page.counter(
        "vacancy_facts_published_total",
        "Committed facts given to the streams.",
        [(NO_LABELS, hub.published)],
    );
    page.counter("vacancy_deliveries_total", "Events handed to streams.", [(NO_LABELS, hub.delivered)]);
    page.times(
        "vacancy_delivery_lag_seconds",
        "From a change on disk until it is written to a stream that was open.",
        &metrics.lag.read(),
    );
    page.counter("vacancy_keep_alives_total", "Comments sent into silence.", [(NO_LABELS, hub.keep_alives)]);
    let evicted: [(Labels<'_>, u64); 2] =
        [(&[("reason", "stalled")], hub.stalled), (&[("reason", "lagged")], hub.lagged)];
    page.counter(
        "vacancy_evictions_total",
        "Streams cut because their client did not read (stalled) or was overrun (lagged).",
        evicted,
    );
    page.counter(
        "vacancy_resets_total",
        "Streams that began anew, since their place was unknown.",
        [(NO_LABELS, hub.resets)],
    );
    page.counter(
        "vacancy_availability_renders_total",
        "Availability events rendered.",
        [(NO_LABELS, hub.availability_renders)],
    );
}

fn commits(page: &mut Page, app: &App) {
    let store = app.store.metrics();
    page.times("vacancy_commit_seconds", "From the begin of a transaction until it is on disk.", &store.commit.read());
    page.sizes("vacancy_commit_commands", "Commands that shared a commit.", &store.batch.read());
    let depth = u64::try_from(app.store.queue_depth()).unwrap_or(u64::MAX);
    page.gauge("vacancy_queue_commands", "Commands that wait for the writer.", [(NO_LABELS, depth)]);
    let reads = store.reads.read();
    page.counter("vacancy_database_reads_total", "Reads that memory could not answer.", [(NO_LABELS, reads)]);
}

fn bookings(page: &mut Page, app: &App) {
    let counted = BookingOutcome::ALL.map(|outcome| ([("outcome", outcome.as_str())], app.bookings.read(outcome)));
    let samples = counted.iter().map(|(labels, count)| (labels.as_slice(), *count));
    page.counter("vacancy_bookings_total", "Bookings asked for, by what came of them.", samples);
    let refused = Limits::refused(&app.limits).into_iter().chain([("streams", app.stream_limits.refused())]);
    let refused: Vec<_> = refused.map(|(limit, count)| ([("limit", limit)], count)).collect();
    let samples = refused.iter().map(|(labels, count)| (labels.as_slice(), *count));
    page.counter("vacancy_refused_total", "Requests refused because an address asked for too much.", samples);
}
