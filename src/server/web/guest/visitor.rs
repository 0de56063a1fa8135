//! Who looks at a page: the language they read, and the address they are at.

use std::convert::Infallible;

use axum::extract::{FromRef as _, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};

use crate::domain::Hotel;
use crate::messages::Locale;
use crate::pages::frame::Site;
use crate::server::state::AppState;
use crate::server::web::cookies::Cookies;

/// The cookie that keeps a chosen language.
pub const LANGUAGE_COOKIE: &str = "lang";

#[derive(Clone, Debug)]
pub struct Visitor {
    /// What the switch or the browser says; the hotel decides where neither does.
    preferred: Option<Locale>,
    /// Path and query of the page, or of the nearest page that can be asked for again.
    here: String,
}

impl Visitor {
    pub fn new(cookies: Cookies, method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let chosen = cookies.read(headers, LANGUAGE_COOKIE).and_then(Locale::from_tag);
        let accepted =
            || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| Locale::negotiate(value.to_str().ok()?));
        let here = if *method == Method::GET { uri.path_and_query().map_or("/", |path| path.as_str()) } else { "/" };
        Self { preferred: chosen.or_else(accepted), here: here.to_owned() }
    }

    /// The language of a page of `hotel`.
    pub fn locale_at(&self, hotel: &Hotel) -> Locale {
        self.preferred.or_else(|| Locale::from_tag(&hotel.language)).unwrap_or_default()
    }

    /// The language of a page that belongs to no hotel.
    pub fn locale(&self) -> Locale {
        self.preferred.unwrap_or_default()
    }

    pub fn site(&self) -> Site {
        Site::of_program(self.locale(), &self.here)
    }

    pub fn site_of(&self, hotel: &Hotel) -> Site {
        Site::of_hotel(self.locale_at(hotel), hotel.slug.as_str(), &hotel.name, &self.here)
    }

    /// Path and query of the page; `/` where it cannot be asked for again.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// The same visitor at another address: where a form is shown in answer to a POST.
    #[must_use]
    pub fn at(mut self, here: impl Into<String>) -> Self {
        self.here = here.into();
        self
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        Ok(Self::new(Cookies::from_ref(app), &parts.method, &parts.uri, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(headers: &[(header::HeaderName, &str)]) -> Visitor {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        Visitor::new(Cookies::Plain, &Method::GET, &Uri::from_static("/find?x=1"), &headers)
    }

    #[test]
    fn a_chosen_language_wins_over_the_browsers() {
        let chosen = [(header::COOKIE, "lang=zh-CN"), (header::ACCEPT_LANGUAGE, "en")];
        assert_eq!(visitor(&chosen).locale(), Locale::ZhCn);
        assert_eq!(visitor(&chosen[1..]).locale(), Locale::En);
        assert_eq!(visitor(&[(header::COOKIE, "lang=tlh"), (header::ACCEPT_LANGUAGE, "zh")]).locale(), Locale::ZhCn);
    }

    #[test]
    fn a_page_knows_its_own_address() {
        assert_eq!(visitor(&[]).site().here, "/find?x=1");
        let posted = Visitor::new(Cookies::Plain, &Method::POST, &Uri::from_static("/find"), &HeaderMap::new());
        assert_eq!(posted.site().here, "/");
    }
}
