//! Open pages reload themselves when the server or a file of the browser's part is new. Only in debug builds, and only
//! when `make dev` asks for it.

use std::{env, process, sync::LazyLock};

use axum::{Router, http::header, response::IntoResponse, routing::get};

use super::assets;

/// Address of the script that a page carries meanwhile.
pub const SCRIPT: &str = "/dev/reload.js";

const SCRIPT_TEXT: &str = r#"
const version = () => fetch("/dev/version").then((answer) => answer.text(), () => null);
const first = await version();
setInterval(async () => {
  const now = await version();
  if (now !== null && now !== first) location.reload();
}, 700);
"#;

pub fn wanted() -> bool {
    static WANTED: LazyLock<bool> = LazyLock::new(|| env::var_os("VACANCY_DEV_RELOAD").is_some());
    *WANTED
}

pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    if !wanted() {
        return Router::new();
    }
    Router::new().route(SCRIPT, get(script)).route("/dev/version", get(version))
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT_TEXT)
}

/// Changes with the process and with each file's hashed name.
async fn version() -> String {
    format!("{} {}", process::id(), assets::version())
}
