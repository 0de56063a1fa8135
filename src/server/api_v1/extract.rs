//! What handlers take from a request, each refusal with a name: JSON, queries, tokens, keys, versions, addresses.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;

use crate::server::error::AppError;
use crate::server::hub::Resume;
use crate::server::service::{FieldError, FieldErrors, IfMatch, ServiceError, hotels};
use crate::server::state::AppState;
use crate::server::store::House;
use crate::server::web::cookies::Cookies;
use crate::wire::object::Object;

/// A JSON body. What is not JSON is 400; a field that is unknown, missing or of another kind is 422 and named.
#[derive(Debug)]
pub struct ApiJson<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for ApiJson<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        if !is_json(request.headers()) {
            return Err(AppError::MediaType);
        }
        let bytes = body(request, state).await?;
        read_json(&bytes).map(Self)
    }
}

/// A JSON body that may be missing altogether.
#[derive(Debug)]
pub struct MaybeJson<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequest<AppState> for MaybeJson<T> {
    type Rejection = AppError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, AppError> {
        let is_json = is_json(request.headers());
        let bytes = body(request, state).await?;
        match bytes.is_empty() {
            true => Ok(Self(T::default())),
            false if is_json => read_json(&bytes).map(Self),
            false => Err(AppError::MediaType),
        }
    }
}

async fn body(request: Request, state: &AppState) -> Result<Bytes, AppError> {
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => AppError::TooLarge,
        _ => AppError::Json(rejection.body_text()),
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let Object(read) = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() { field_error(&path, &inner.to_string()).into() } else { AppError::Json(inner.to_string()) }
    })?;
    reader.end().map_err(|error| AppError::Json(error.to_string()))?;
    Ok(read)
}

/// The field that serde means. An unknown, missing or doubled one is named in the message, below the path of its object.
fn field_error(path: &str, message: &str) -> FieldErrors {
    let named = |start: &str| message.strip_prefix(start).and_then(|rest| rest.split('`').next());
    let path = if path == "." { "" } else { path };
    let below = |name: &str| {
        let is_there = path == name || path.ends_with(&format!(".{name}"));
        if path.is_empty() || is_there {
            if is_there { path.to_owned() } else { name.to_owned() }
        } else {
            format!("{path}.{name}")
        }
    };
    if let Some(name) = named("unknown field `") {
        FieldErrors::one(&below(name), FieldError::Unknown)
    } else if let Some(name) = named("missing field `") {
        FieldErrors::one(&below(name), FieldError::Missing)
    } else if let Some(name) = named("duplicate field `") {
        FieldErrors::one(&below(name), FieldError::Twice)
    } else {
        let reason = message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason);
        let reason = reason.replace("expected u8", "expected a whole number from 0 to 255");
        FieldErrors::one(if path.is_empty() { "body" } else { path }, FieldError::Other(reason))
    }
}

/// A query string. Its fields are read as text; the use case judges them.
#[derive(Debug)]
pub struct ApiQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for ApiQuery<T> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, AppError> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(query_error(&rejection.body_text())),
        }
    }
}

/// The field that is meant, where one is.
fn query_error(text: &str) -> AppError {
    let reason = text.strip_prefix("Failed to deserialize query string: ").unwrap_or(text);
    let is_name = |path: &str| path.chars().all(|character| character.is_ascii_lowercase() || character == '_');
    match reason.split_once(": ") {
        Some((path, reason)) if is_name(path) => field_error(path, reason).into(),
        _ if reason.starts_with("duplicate field `") => field_error("", reason).into(),
        _ => AppError::Query(text.to_owned()),
    }
}

/// The hotel of an address. It is looked for before a query or a body is read: nobody is told what is wrong with a
/// booking at a hotel that is not there.
#[derive(Debug)]
pub struct OfHotel(pub Arc<House>);

impl FromRequestParts<AppState> for OfHotel {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, AppError> {
        let slug = Path::<String>::from_request_parts(parts, app).await;
        // What is no text is the name of no hotel.
        let Path(slug) = slug.map_err(|_| ServiceError::HotelNotFound)?;
        Ok(Self(hotels::house(app, &slug)?))
    }
}

/// Where the client is: the peer, or what the trusted proxies say of it.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, AppError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.ok_or_else(|| AppError::Internal("a request without a peer".into()))?;
        Ok(Self(client_address(peer, &parts.headers, app.config.trusted_proxies)))
    }
}

/// The entry that the outermost trusted proxy has written. A shorter list came past fewer proxies than there should be;
/// its first entry is the best there is.
fn client_address(peer: IpAddr, headers: &HeaderMap, trusted_proxies: usize) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let entries: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let Some(place) = trusted_proxies.checked_sub(1) else { return peer };
    let entry = entries.iter().rev().nth(place).or(entries.first());
    entry.and_then(|entry| entry.parse().ok()).unwrap_or(peer)
}

/// The token that opens a reservation: `Authorization: Bearer …`, or the cookie that its link has set.
pub fn bearer_or_cookie<'headers>(headers: &'headers HeaderMap, cookies: Cookies, code: &str) -> Option<&'headers str> {
    bearer(headers).or_else(|| {
        let code: crate::domain::ReservationCode = code.parse().ok()?;
        cookies.read(headers, &format!("g-{code}"))
    })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The key that makes a retry safe, where one was sent.
#[derive(Debug)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, AppError> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        let key = value.to_str().unwrap_or_default().trim();
        let is_usable = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        if is_usable { Ok(Self(Some(key.to_owned()))) } else { Err(AppError::IdempotencyKeyMissing) }
    }
}

impl FromRequestParts<AppState> for IfMatch {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, AppError> {
        Ok(if_match(&parts.headers))
    }
}

/// Tags that are no version of ours match nothing.
fn if_match(headers: &HeaderMap) -> IfMatch {
    let lines: Vec<_> = headers.get_all(header::IF_MATCH).iter().collect();
    if lines.is_empty() {
        return IfMatch::Any;
    }
    let tags = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim);
    let tags: Vec<&str> = tags.collect();
    if tags.contains(&"*") {
        return IfMatch::Any;
    }
    let version = |tag: &&str| tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').parse().ok();
    IfMatch::Versions(tags.iter().filter_map(version).collect())
}

/// Where a stream goes on: `Last-Event-ID`, or `?after=` on the first connect.
pub fn resume(headers: &HeaderMap, after: Option<&str>) -> Resume {
    Resume::from_request(headers.get("last-event-id").map(HeaderValue::as_bytes), after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::booking::BookingRequest;

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
    }

    #[test]
    fn the_field_at_fault_is_named() {
        let field = |body: &str| match read_json::<BookingRequest>(body.as_bytes()).unwrap_err() {
            AppError::Service(crate::server::service::ServiceError::Invalid(errors)) => {
                errors.iter().map(|(field, _)| field.to_owned()).next().unwrap()
            }
            other => format!("{other:?}"),
        };
        assert_eq!(field(r#"{"guest":{"name":"Ana"},"rooms":1}"#), "rooms");
        assert_eq!(field(r#"{"guest":{"name":"Ana","mail":"x"}}"#), "guest.mail");
        assert_eq!(field(r#"{"guest":{}}"#), "guest.name");
        assert_eq!(field("{}"), "guest");
        assert_eq!(field(r#"{"adults":300,"guest":{"name":"Ana"}}"#), "adults");
        assert_eq!(field(r#"{"adults":"two","guest":{"name":"Ana"}}"#), "adults");
        assert_eq!(field(r#"{"adults":1,"adults":2,"guest":{"name":"Ana"}}"#), "adults");
        assert_eq!(field("[]"), "body");
    }

    #[test]
    fn fields_have_names_and_are_not_read_by_their_place() {
        let refusal = |body: &str| match read_json::<BookingRequest>(body.as_bytes()).unwrap_err() {
            AppError::Service(crate::server::service::ServiceError::Invalid(errors)) => {
                errors.iter().map(|(field, error)| format!("{field}: {error}")).collect::<Vec<_>>().join("; ")
            }
            other => format!("{other:?}"),
        };
        let by_place = r#"[null,"double",null,"2027-02-20","2027-02-21",1,0,{"name":"Ana"},null]"#;
        assert_eq!(refusal(by_place), "body: invalid type: sequence, expected an object");
        assert_eq!(refusal(r#"{"guest":["Ana",null,null]}"#), "guest: invalid type: sequence, expected an object");
        assert_eq!(
            refusal(r#"{"adults":-1,"guest":{"name":"Ana"}}"#),
            "adults: invalid value: integer `-1`, expected a whole number from 0 to 255"
        );
    }

    #[test]
    fn what_is_not_json_is_no_field_error() {
        for body in ["", "{", "nonsense", r#"{"guest":{"name":"Ana"}} and more"#] {
            assert!(matches!(read_json::<BookingRequest>(body.as_bytes()), Err(AppError::Json(_))), "{body}");
        }
    }

    #[test]
    fn a_version_is_written_as_an_etag() {
        assert_eq!(if_match(&HeaderMap::new()), IfMatch::Any);
        assert_eq!(if_match(&headers("if-match", "\"3\"")), IfMatch::Versions(vec![3]));
        assert_eq!(if_match(&headers("if-match", "W/\"3\", \"4\"")), IfMatch::Versions(vec![3, 4]));
        assert_eq!(if_match(&headers("if-match", "*")), IfMatch::Any);
        assert_eq!(if_match(&headers("if-match", "\"x\"")), IfMatch::Versions(Vec::new()));
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let forwarded = headers("x-forwarded-for", "6.6.6.6, 1.1.1.1, 2.2.2.2");
        let seen = |trusted| client_address(peer, &forwarded, trusted).to_string();
        assert_eq!([seen(0), seen(1), seen(2)], ["10.0.0.1", "2.2.2.2", "1.1.1.1"]);
        assert_eq!(client_address(peer, &HeaderMap::new(), 1), peer);
    }

    #[test]
    fn a_token_comes_by_header_or_by_cookie() {
        let code = "k7qm2xnp";
        assert_eq!(bearer_or_cookie(&headers("authorization", "bearer abc"), Cookies::Plain, code), Some("abc"));
        assert_eq!(bearer_or_cookie(&headers("authorization", "Basic abc"), Cookies::Plain, code), None);
        assert_eq!(bearer_or_cookie(&headers("cookie", "g-K7QM-2XNP=abc"), Cookies::Plain, code), Some("abc"));
    }
}
