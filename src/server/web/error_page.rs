//! The page a browser gets when something went wrong.

use axum::extract::Request;
use axum::response::Response;
use leptos::prelude::*;

use crate::server::error::AppError;
use crate::server::state::App;
use crate::server::web::render::{self, Document};
use crate::wire::problem::Problem;

/// What the page needs to know of the request, kept before the request is handed on.
#[derive(Clone, Copy, Debug)]
pub struct Asking {}

impl Asking {
    pub fn new(_app: &App, _request: &Request) -> Self {
        Self {}
    }
}

pub fn render(_asking: &Asking, error: &AppError, problem: &Problem) -> Response {
    let Problem { title, detail, request_id, .. } = problem.clone();
    render::page(error.status(), Document::new("en", title.clone()).private(), move || {
        view! {
            <main>
                <h1>{title}</h1>
                <p>{detail}</p>
                {request_id.map(|id| view! { <p><small>{id}</small></p> })}
            </main>
        }
    })
}
