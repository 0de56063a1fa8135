//! The server's API as the chart asks it: JSON there and back, and a refusal by its name.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::islands::signed_out::heed;
use crate::wire::problem::Problem;

/// Why an answer is not what was asked for.
pub(super) enum Refused {
    /// The server's reason: status and name.
    Problem(u16, String),
    Unreachable,
}

impl From<JsValue> for Refused {
    fn from(_: JsValue) -> Self {
        Self::Unreachable
    }
}

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Refused> {
    fetch("GET", path, None, &[]).await
}

pub(super) async fn post<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
    headers: &[(&str, &str)],
) -> Result<T, Refused> {
    let body = serde_json::to_string(body).map_err(|_| Refused::Unreachable)?;
    fetch("POST", path, Some(&body), headers).await
}

pub(super) async fn post_empty<T: DeserializeOwned>(path: &str, headers: &[(&str, &str)]) -> Result<T, Refused> {
    fetch("POST", path, None, headers).await
}

/// `path` is below `/api/v1`.
async fn fetch<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&str>,
    headers: &[(&str, &str)],
) -> Result<T, Refused> {
    let (request, fields) = (RequestInit::new(), Headers::new()?);
    request.set_method(method);
    if let Some(body) = body {
        fields.set("content-type", "application/json")?;
        request.set_body(&JsValue::from_str(body));
    }
    for (name, value) in headers {
        fields.set(name, value)?;
    }
    request.set_headers(&fields);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&format!("/api/v1{path}"), &request)).await?;
    let answer: Response = answer.dyn_into()?;
    heed(answer.status());
    let text = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|_| Refused::Unreachable);
    }
    let name = serde_json::from_str::<Problem>(&text).map(|problem| problem.kind).unwrap_or_default();
    Err(Refused::Problem(answer.status(), name.rsplit(':').next().unwrap_or_default().to_owned()))
}
