//! Whether the process lives, and whether it can serve; for health checks, not for people.

use actix_web::{HttpResponse, http::header, web::Data};

use crate::{
    service::answering,
    web::{
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// `GET /healthz`: the process answers.
pub async fn live() -> HttpResponse {
    text("alive")
}

/// `GET /readyz`: the database answers too.
///
/// # Errors
/// `unavailable`.
pub async fn ready(state: Data<State>) -> Result<HttpResponse, Problem> {
    match answering::front(&state.office).await {
        Ok(_) => Ok(text("ready")),
        Err(_) => Err(Problem::new(ProblemKind::Unavailable).retry_after(5)),
    }
}

fn text(body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(body)
}
