//! From a view to a whole HTML document. Pages are rendered at once, on the server, complete before any script runs;
//! only `#[island]`s inside them come alive later, by the bundle the page names.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::components::{Erase, Erased};

use super::assets;

/// Which of the two browser parts a page needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    Guest,
    Desk,
}

impl Bundle {
    fn name(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Desk => "desk",
        }
    }
}

/// Everything around the body of a page.
#[derive(Clone, Debug)]
pub struct Document {
    lang: &'static str,
    title: String,
    description: Option<String>,
    bundle: Option<Bundle>,
    private: bool,
}

impl Document {
    /// A page without script, open to search engines. `lang` is a language tag such as `en` or `zh-CN`.
    pub fn new(lang: &'static str, title: impl Into<String>) -> Self {
        Self { lang, title: title.into(), description: None, bundle: None, private: false }
    }

    /// One sentence for search results and link previews.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The page holds islands of this bundle.
    #[must_use]
    pub fn bundle(mut self, bundle: Bundle) -> Self {
        self.bundle = Some(bundle);
        self
    }

    /// The page belongs to one guest or to the staff: no search engine, no shared cache, nothing kept after sign-out.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

/// Renders `body` inside a complete document. Everything inside is run once and dropped: signals give their first
/// value, effects do not run.
pub fn page<V: IntoView>(status: StatusCode, document: Document, body: impl FnOnce() -> V) -> Response {
    let cache_control = if document.private { "private, no-store" } else { "no-cache" };
    let html = html(document, || body().erased());
    let mut response = (status, Html(html)).into_response();
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    fields.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    response
}

/// The text of the document. An `#[island]` asks the shared context of the current owner whether it is the outermost
/// one, and only then writes its `<leptos-island>` element.
fn html(document: Document, body: impl FnOnce() -> Erased) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        let body = body();
        let Document { lang, title, description, bundle, private } = document;
        view! {
            <!DOCTYPE html>
            <html lang=lang>
                <head>
                    <meta charset="utf-8" />
                    <title>{title}</title>
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    {description.map(|text| view! { <meta name="description" content=text /> })}
                    {private.then(|| view! { <meta name="robots" content="noindex" /> })}
                    {assets::find("site.css").map(|css| view! { <link rel="stylesheet" href=css /> })}
                    {assets::find("favicon.svg")
                        .map(|icon| view! { <link rel="icon" type="image/svg+xml" href=icon /> })}
                    {bundle.map(boot)}
                    {reload()}
                </head>
                <body>{body}</body>
            </html>
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

/// The script that starts the islands. It fetches the rest itself: a hint would make a browser without JavaScript fetch
/// it in vain. Nothing when the browser's part was not built.
fn boot(bundle: Bundle) -> Option<impl IntoView> {
    let script = assets::find("boot.js")?;
    let js = assets::find(&format!("{}.js", bundle.name()))?;
    let wasm = assets::find(&format!("{}.wasm", bundle.name()))?;
    Some(view! { <script type="module" id="boot" src=script data-js=js data-wasm=wasm></script> })
}

/// The script with which a page of `make dev` follows its sources.
#[cfg(debug_assertions)]
fn reload() -> Option<impl IntoView> {
    use super::reload::{SCRIPT, wanted};
    wanted().then(|| view! { <script type="module" src=SCRIPT></script> })
}

#[cfg(not(debug_assertions))]
fn reload() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[island]
    fn Probe(start: u32, #[prop(into)] label: String) -> impl IntoView {
        let count = RwSignal::new(start);
        view! { <button on:click=move |_| *count.write() += 1>{label}": "{count}</button> }
    }

    fn rendered(document: Document, body: impl FnOnce() -> Erased) -> String {
        html(document, body)
    }

    #[test]
    fn a_document_names_its_language_and_escapes_its_texts() {
        let html = rendered(Document::new("zh-CN", "A & <b>").description("say \"hi\""), || {
            view! { <main>{"1 < 2"}</main> }.erased()
        });
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"), "{html}");
        assert!(html.contains("<title>A &amp; &lt;b&gt;</title>"), "{html}");
        assert!(html.contains("content=\"say &quot;hi&quot;\""), "{html}");
        assert!(html.contains("<main>1 &lt; 2</main>"), "{html}");
        assert!(html.ends_with("</body></html>"), "{html}");
    }

    #[test]
    fn an_island_carries_its_name_and_its_props() {
        let html = rendered(Document::new("en", "t"), || view! { <Probe start=3 label="hits" /> }.erased());
        assert!(html.contains("<leptos-island data-component=\"Probe_"), "{html}");
        assert!(html.contains("data-props=\"{&quot;start&quot;:3,&quot;label&quot;:&quot;hits&quot;}\""), "{html}");
    }

    #[test]
    fn a_private_page_is_kept_by_nobody() {
        let response = page(StatusCode::OK, Document::new("en", "t").private(), || "mine");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "private, no-store");
        let response = page(StatusCode::UNPROCESSABLE_ENTITY, Document::new("en", "t"), || "ours");
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");
    }
}
