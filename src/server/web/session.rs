//! Who of the staff is asking: the extractor that every desk page and desk address begins with. A browser without a
//! session is sent to sign in and comes back to where it was; a client of the API is told 401.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, MatchedPath, OriginalUri, RawPathParams};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};

use crate::domain::{Actor, HotelSlug};
use crate::server::error::AppError;
use crate::server::service::staff::{ABSOLUTE_SECONDS, SignedIn, StaffAccess, TokenHash};
use crate::server::service::{ServiceError, rights};
use crate::server::store::{House, Staff, StoreError};
use crate::server::token;
use crate::server::web::cookies::Cookies;

const COOKIE: &str = "staff";

/// A member of staff at their own hotel. Where the address names a hotel, it is that one.
#[derive(Clone, Debug)]
pub struct StaffSession {
    pub staff: Staff,
    pub house: Arc<House>,
    pub token_hash: TokenHash,
}

impl StaffSession {
    /// Whoever signed in under this token, as long as the session lasts.
    pub async fn of(access: &StaffAccess, token_hash: TokenHash) -> Result<Option<Self>, NoSession> {
        let Some((_, staff)) = access.session(token_hash).await.map_err(NoSession::Store)? else { return Ok(None) };
        let house = access.house(staff.hotel).ok_or(NoSession::HotelNotFound)?;
        Ok(Some(Self { staff, house, token_hash }))
    }

    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.email.clone())
    }
}

/// Why a request is not let in.
#[derive(Debug)]
pub enum NoSession {
    /// A browser: to the sign-in page, and back to this address afterwards.
    SignIn {
        next: String,
    },
    /// A client of the API.
    Unauthorized,
    /// The staff of another hotel.
    OtherHotel,
    /// What the role may not; see [`rights`].
    NotAllowed,
    HotelNotFound,
    Store(StoreError),
}

impl<S> FromRequestParts<S> for StaffSession
where
    S: Send + Sync,
    StaffAccess: FromRef<S>,
    Cookies: FromRef<S>,
{
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NoSession> {
        let access = StaffAccess::from_ref(state);
        let cookies = Cookies::from_ref(state);
        let Some(token_hash) = token_hash(cookies, &parts.headers) else {
            return Err(nobody(parts));
        };
        let Some(Self { staff, house, token_hash }) = Self::of(&access, token_hash).await? else {
            return Err(nobody(parts));
        };
        let address = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let may = rights::may(staff.role, parts.method.as_str(), address);
        if let Some(asked) = asked_hotel(parts, state).await
            && asked != house.hotel.slug.to_string()
        {
            let exists = asked.parse::<HotelSlug>().is_ok_and(|slug| access.house_by_slug(&slug).is_some());
            return Err(if exists { NoSession::OtherHotel } else { NoSession::HotelNotFound });
        }
        if !may {
            return Err(NoSession::NotAllowed);
        }
        Ok(Self { staff, house, token_hash })
    }
}

/// The `{hotel}` of the matched address.
async fn asked_hotel<S: Send + Sync>(parts: &mut Parts, state: &S) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, state).await.ok()?;
    params.iter().find_map(|(name, value)| (name == "hotel").then(|| value.to_owned()))
}

fn nobody(parts: &Parts) -> NoSession {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    if uri.path().starts_with("/api/") {
        return NoSession::Unauthorized;
    }
    let next = match parts.method {
        Method::GET | Method::HEAD => uri.path_and_query().map_or(uri.path(), |whole| whole.as_str()),
        // A form cannot be sent again by a link: back to the page that the action belongs to.
        _ => uri.path().rsplit_once('/').map_or("/desk", |(page, _)| page),
    };
    NoSession::SignIn { next: desk_path(next).unwrap_or("/desk").to_owned() }
}

/// `path` where it leads to a desk page of this site, and nowhere else.
pub fn desk_path(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/desk")?;
    let is_below = rest.is_empty() || rest.starts_with(['/', '?']);
    let is_sign_in_or_out = rest.starts_with("/sign-");
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !path.contains("//");
    (is_below && is_plain && !is_sign_in_or_out && path.len() <= 2000).then_some(path)
}

/// The address of the sign-in page that leads on to `next`.
pub fn sign_in_path(next: &str) -> String {
    use core::fmt::Write as _;
    let mut path = String::from("/desk/sign-in?next=");
    for byte in next.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

/// What the store knows of the session that this request carries, if it carries one.
pub fn token_hash(cookies: Cookies, headers: &HeaderMap) -> Option<TokenHash> {
    cookies.read(headers, COOKIE).map(token::hash)
}

/// The `Set-Cookie` header of a session that has just begun.
pub fn begin(cookies: Cookies, signed_in: &SignedIn) -> Option<HeaderValue> {
    cookies.write(COOKIE, &signed_in.token, Some(ABSOLUTE_SECONDS))
}

/// The `Set-Cookie` header that ends a session in the browser.
pub fn end(cookies: Cookies) -> Option<HeaderValue> {
    cookies.clear(COOKIE)
}

impl IntoResponse for NoSession {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn { next } => (StatusCode::SEE_OTHER, [(header::LOCATION, sign_in_path(&next))]).into_response(),
            Self::Unauthorized => AppError::NotSignedIn.into_response(),
            Self::OtherHotel | Self::NotAllowed => AppError::Forbidden.into_response(),
            Self::HotelNotFound => AppError::from(ServiceError::HotelNotFound).into_response(),
            Self::Store(error) => AppError::from(error).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_the_desk_and_nowhere_else() {
        for good in ["/desk", "/desk/harbour", "/desk/harbour/reservations?state=held&q=M%C3%BC"] {
            assert_eq!(desk_path(good), Some(good));
        }
        for bad in [
            "",
            "/",
            "//evil.example",
            "/desk//evil",
            "/desk\\evil",
            "https://evil.example/desk",
            "/desktop",
            "/desk/sign-in?next=/desk",
            "/desk/sign-out",
            "/desk/a b",
            "/hotels/harbour",
        ] {
            assert_eq!(desk_path(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_address_to_come_back_to_survives_as_one_value() {
        assert_eq!(sign_in_path("/desk/h?a=1&b=2"), "/desk/sign-in?next=/desk/h%3Fa%3D1%26b%3D2");
    }
}
