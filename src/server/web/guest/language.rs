//! `POST /language`: keeps the chosen language in a cookie and goes back to the page.

use axum::Form;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::visitor::LANGUAGE_COOKIE;
use crate::messages::Locale;
use crate::server::error::AppError;
use crate::server::state::AppState;

const COOKIE_SECONDS: i64 = 365 * 24 * 3600;

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Choice {
    lang: String,
    #[serde(default)]
    return_to: String,
}

pub(super) async fn choose(State(app): State<AppState>, Form(choice): Form<Choice>) -> Result<Response, AppError> {
    let locale = Locale::from_tag(&choice.lang).ok_or_else(|| AppError::Query("no such language".into()))?;
    let mut response = Redirect::to(local_path(&choice.return_to)).into_response();
    if let Some(cookie) = app.cookies.write(LANGUAGE_COOKIE, locale.html_lang(), Some(COOKIE_SECONDS)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Only a path of our own is gone back to: `//host` and `/\host` lead elsewhere in a browser.
fn local_path(path: &str) -> &str {
    let is_local = path.starts_with('/') && !path[1..].starts_with(['/', '\\']);
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic());
    if is_local && is_plain { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn the_switch_never_leads_to_another_site() {
        assert_eq!(local_path("/hotels/harbour?adults=2"), "/hotels/harbour?adults=2");
        for elsewhere in ["//evil.example", "/\\evil.example", "https://evil.example", "", "evil", "/a\nb", "/\t/x"] {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
