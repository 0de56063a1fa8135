//! The public JSON API, version 1. Handlers read the request, call a use case and write the answer; every rule lives in
//! the service.

mod changes;
mod desk;
mod desk_chart;
mod desk_day;
mod desk_folio;
mod desk_reservations;
mod desk_rooms;
mod desk_terms;
mod events;
mod extract;
mod health;
mod holds;
mod hotels;
mod nights_json;
mod openapi;
mod params;
mod reservations;
mod session;
mod stay_rooms;

pub use extract::{ClientAddress, bearer_or_cookie};
pub use openapi::json as openapi_json;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::routing::get;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::server::config::{Config, Origin};
use crate::server::state::AppState;

/// How long a browser may remember that another origin is allowed.
const CORS_MAX_AGE: std::time::Duration = std::time::Duration::from_hours(1);

/// What anybody may read, and pages of configured origins too.
fn public() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(hotels::list))
        .routes(routes!(hotels::details))
        .routes(routes!(hotels::availability))
        .routes(routes!(hotels::offers))
}

/// What guests do.
fn guests() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(holds::place))
        .routes(routes!(holds::open, holds::release))
        .routes(routes!(holds::extend))
        .routes(routes!(reservations::book))
        .routes(routes!(reservations::open))
        .routes(routes!(reservations::preview_cancel))
        .routes(routes!(reservations::cancel))
        .routes(routes!(reservations::nudge))
        .routes(routes!(changes::preview))
        .routes(routes!(changes::change))
}

/// What staff do.
fn desks() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(session::sign_in, session::sign_out))
        .routes(routes!(desk::house))
        .routes(routes!(desk_chart::chart))
        .routes(routes!(desk_reservations::list, desk_reservations::walk_in))
        .routes(routes!(desk_reservations::open))
        .routes(routes!(desk_reservations::act))
        .routes(routes!(desk_reservations::preview_check_out))
        .routes(routes!(desk_reservations::preview_cancel))
        .routes(routes!(desk_reservations::cancel))
        .routes(routes!(changes::preview_at_desk))
        .routes(routes!(changes::change_at_desk))
        .routes(routes!(desk_folio::show, desk_folio::post))
        .routes(routes!(desk_folio::history))
        .routes(routes!(desk_folio::details))
        .routes(routes!(desk_day::show, desk_day::close))
        .routes(routes!(desk_day::rule))
        .routes(routes!(desk_day::log))
        .routes(routes!(desk_terms::show, desk_terms::set))
        .routes(routes!(desk_rooms::list))
        .routes(routes!(desk_rooms::condition))
        .routes(routes!(desk_rooms::note))
        .routes(routes!(desk_rooms::block))
        .routes(routes!(desk_rooms::unblock))
        .routes(routes!(stay_rooms::assign))
        .routes(routes!(stay_rooms::move_to))
        .routes(routes!(stay_rooms::unassign))
        .routes(routes!(stay_rooms::swap))
        .routes(routes!(stay_rooms::preview_assign))
        .routes(routes!(stay_rooms::preview_swap))
        .routes(routes!(stay_rooms::moved))
}

/// Streams have no end, so no time limit holds for them.
fn public_streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(events::availability))
}

fn private_streams() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(events::reservation)).routes(routes!(events::desk))
}

/// Whether the server lives, and whether it can take a booking.
pub fn health() -> Router<AppState> {
    Router::new().route("/healthz", get(health::lives)).route("/readyz", get(health::is_ready))
}

/// Everything that is answered and done.
pub fn routes(config: &Config) -> Router<AppState> {
    let public = Router::from(public()).route("/api/v1/openapi.json", get(openapi::serve)).layer(cors(config));
    public.merge(guests()).merge(desks()).layer(not_kept())
}

/// Everything that goes on until somebody ends it.
pub fn streams(config: &Config) -> Router<AppState> {
    Router::from(public_streams()).layer(cors(config)).merge(private_streams())
}

/// Answers are as of now; nobody keeps them.
fn not_kept() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

/// Lets pages of the configured origins read, and never with anybody's cookies.
fn cors(config: &Config) -> CorsLayer {
    let layer = CorsLayer::new()
        .allow_methods([Method::GET])
        .allow_headers([HeaderName::from_static("last-event-id"), header::CACHE_CONTROL, header::ACCEPT])
        .max_age(CORS_MAX_AGE);
    if config.cors_origins.iter().any(Origin::is_any) {
        layer.allow_origin(Any)
    } else {
        layer.allow_origin(AllowOrigin::list(config.cors_origins.iter().map(|origin| origin.header().clone())))
    }
}
