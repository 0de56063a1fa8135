//! The description of this API, made from the handlers and the wire types. A copy lies in `docs/openapi.json`.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi as _;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

use crate::server::state::AppState;
use crate::wire::availability::AvailabilityEvent;
use crate::wire::desk::{AlertEvent, DayEvent, HotelEvent, ReservationEvent, ResetEvent, StaffEvent};
use crate::wire::room::{NightsEvent, RoomEvent};

/// What the streams carry; no answer names these.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    AvailabilityEvent,
    ReservationEvent,
    RoomEvent,
    NightsEvent,
    AlertEvent,
    DayEvent,
    HotelEvent,
    StaffEvent,
    ResetEvent
)))]
struct Events;

/// Every documented route, for the description alone.
fn documented() -> OpenApiRouter<AppState> {
    super::public()
        .merge(super::guests())
        .merge(super::desks())
        .merge(super::public_streams())
        .merge(super::private_streams())
}

fn document() -> OpenApi {
    let mut document = documented().into_openapi();
    document.merge(Events::openapi());
    let about = "Book rooms, follow a reservation, run a front desk. Errors are application/problem+json with a \
                 stable `type`; money is in minor units; dates are days at the hotel.";
    let info = InfoBuilder::new().title("Vacancy").version("1").description(Some(about)).build();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let components = document.components.get_or_insert_with(Components::new);
    components.add_security_scheme("manage_token", SecurityScheme::Http(bearer));
    components.add_security_scheme("staff_session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("staff"))));
    OpenApiBuilder::from(document).info(info).build()
}

/// The document as it is served and kept in the repository.
pub fn json() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

pub async fn serve() -> Response {
    static DOCUMENT: std::sync::LazyLock<String> = std::sync::LazyLock::new(json);
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_OPENAPI=1 cargo test` writes the copy anew.
    #[test]
    fn the_copy_in_docs_is_what_is_served() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");
        if std::env::var_os("UPDATE_OPENAPI").is_some() {
            std::fs::write(path, json()).unwrap();
        }
        let copy = std::fs::read_to_string(path).unwrap_or_default();
        assert!(copy == json(), "docs/openapi.json is stale; UPDATE_OPENAPI=1 cargo test writes it anew");
    }
}
