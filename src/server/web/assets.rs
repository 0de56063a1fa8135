//! The files of the browser's part, held inside the binary: names carry their content's hash, so they never go stale.
//!
//! `tools/bundle` prepares them in `target/site/pkg`. Debug builds read that folder on each request instead.

use std::{borrow::Cow, collections::BTreeMap};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "target/site/pkg"]
struct Site;

/// Address of a file by the name it has in the sources, such as `site.css` or `rooms/double.svg`. A file that was not
/// built gives an empty `data:` address, which loads nothing and asks nobody.
pub fn url(logical: &str) -> Cow<'static, str> {
    find(logical).unwrap_or(Cow::Borrowed("data:,"))
}

/// Address of a file by its name in the sources, or nothing when it was not built.
pub fn find(logical: &str) -> Option<Cow<'static, str>> {
    #[cfg(debug_assertions)]
    return read_manifest().remove(logical).map(Cow::Owned);
    #[cfg(not(debug_assertions))]
    {
        static ADDRESSES: std::sync::LazyLock<BTreeMap<String, String>> = std::sync::LazyLock::new(read_manifest);
        ADDRESSES.get(logical).map(|address| Cow::Borrowed(address.as_str()))
    }
}

/// Logical name to address, as the bundle tool wrote it down.
fn read_manifest() -> BTreeMap<String, String> {
    let Some(file) = Site::get("manifest.json") else { return BTreeMap::new() };
    let names: BTreeMap<String, String> = serde_json::from_slice(&file.data).unwrap_or_default();
    names.into_iter().map(|(logical, hashed)| (logical, format!("/pkg/{hashed}"))).collect()
}

/// Changes with any file's content.
#[cfg(debug_assertions)]
pub fn version() -> String {
    read_manifest().into_values().collect()
}

/// Routes of the files: `/pkg/...`, `/favicon.ico` and `/robots.txt`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let routes = Router::new()
        .route("/pkg/{*file}", get(hashed_file))
        .route("/favicon.ico", get(favicon))
        .route("/robots.txt", get(robots));
    #[cfg(debug_assertions)]
    let routes = routes.merge(super::reload::routes());
    routes
}

async fn hashed_file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    serve(&file, &headers, "public, max-age=31536000, immutable")
}

/// Browsers ask for this address whatever the page says.
async fn favicon(headers: HeaderMap) -> Response {
    let file = find("favicon.ico").or_else(|| find("favicon.svg"));
    let Some(file) = file.as_deref().and_then(|address| address.strip_prefix("/pkg/")) else { return not_found() };
    serve(file, &headers, "public, max-age=86400")
}

/// Guests' own pages and the desk are nothing for a search engine.
async fn robots() -> impl IntoResponse {
    const TEXT: &str =
        "User-agent: *\nDisallow: /api/\nDisallow: /desk\nDisallow: /find\nDisallow: /r/\nDisallow: /reservations/\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=86400")], TEXT)
}

fn serve(file: &str, headers: &HeaderMap, cache_control: &'static str) -> Response {
    let Some(content_type) = content_type(file) else { return not_found() };
    let encoding = best_encoding(headers);
    let coded = encoding.and_then(|(name, ending)| Some((Site::get(&format!("{file}.{ending}"))?, Some(name))));
    let Some((found, encoding)) = coded.or_else(|| Some((Site::get(file)?, None))) else { return not_found() };

    let etag = etag(&found.metadata.sha256_hash());
    let mut response = if matches_etag(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = found.data.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        fields.insert(header::ETAG, etag);
    }
    response
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.\n").into_response()
}

/// By the name's ending. Files of any other kind (the manifest, the compressed twins) are not served by name.
fn content_type(file: &str) -> Option<&'static str> {
    Some(match file.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "mp3" => "audio/mpeg",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// The prepared encoding this client takes, smallest first: its name on the wire and its file ending.
fn best_encoding(headers: &HeaderMap) -> Option<(&'static str, &'static str)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| {
        accepted.split(',').any(|part| {
            let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
            let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
            coding.trim().eq_ignore_ascii_case(name) && !refused
        })
    };
    [("br", "br"), ("gzip", "gz")].into_iter().find(|(name, _)| takes(name))
}

/// The first half of the hash tells any two files apart.
fn etag(hash: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    let mut etag = String::from("\"");
    for byte in &hash[..16] {
        let _ = write!(etag, "{byte:02x}");
    }
    etag.push('"');
    etag
}

fn matches_etag(headers: &HeaderMap, etag: &str) -> bool {
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    asked.is_some_and(|tags| {
        tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    #[test]
    fn brotli_is_preferred_and_a_refused_coding_is_not_sent() {
        assert_eq!(best_encoding(&accepting("gzip, deflate, br")), Some(("br", "br")));
        assert_eq!(best_encoding(&accepting("br;q=0, GZIP;q=0.5")), Some(("gzip", "gz")));
        assert_eq!(best_encoding(&accepting("identity")), None);
        assert_eq!(best_encoding(&HeaderMap::new()), None);
    }

    #[test]
    fn an_unknown_file_is_a_plain_404() {
        for name in ["nothing.js", "manifest.json", "../Cargo.toml", "site.css.br", ""] {
            assert_eq!(serve(name, &HeaderMap::new(), "no-store").status(), StatusCode::NOT_FOUND, "{name}");
        }
    }

    #[test]
    fn a_file_that_was_not_built_has_a_harmless_address() {
        assert_eq!(url("never-built.svg"), "data:,");
    }

    #[test]
    fn an_etag_matches_in_a_list_and_when_weak() {
        let asking = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static("\"a\", W/\"b\""))]);
        assert!(matches_etag(&asking, "\"b\""));
        assert!(!matches_etag(&asking, "\"c\""));
    }
}
