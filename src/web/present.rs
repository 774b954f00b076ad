//! The outermost layer: every answer gets its headers, every refusal its words (JSON for programs, a
//! page for people), a panic becomes a 500 with an id, and the process lives on.

use std::{
    future::{Future, poll_fn},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    http::{ConnectionType, Method, StatusCode, header},
    middleware::Next,
    web::{Bytes, Data},
};
use uuid::Uuid;

use crate::web::{
    i18n::{Locale, negotiate},
    pages::error,
    problem::{Problem, ProblemKind},
    security::{self, Class},
    state::State,
};

/// The request's id: `instance` of its problems, and what the log calls it.
#[derive(Debug, Clone, Copy)]
pub struct RequestId(pub Uuid);

/// What is known of a request before anybody has answered it.
struct Facts {
    id: Uuid,
    class: Class,
    method: Method,
    path: String,
    locale: Locale,
    signed: bool,
}

impl Facts {
    fn of(request: &ServiceRequest) -> Self {
        let header = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
        let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
        let first = request.path().split('/').nth(1).unwrap_or_default();
        let named = Locale::of_tag(first).or_else(|| asked.and_then(Locale::of_tag));
        Self {
            id: Uuid::new_v4(),
            class: Class::of(request.path()),
            method: request.method().clone(),
            path: request.path().to_owned(),
            locale: named.unwrap_or_else(|| negotiate(header(header::ACCEPT_LANGUAGE))),
            signed: header(header::AUTHORIZATION).is_some(),
        }
    }

    fn dress(&self, response: &mut HttpResponse<impl MessageBody>) {
        let status = response.status();
        security::dress(response.headers_mut(), status, self.class, &self.method, self.signed);
        security::mark_coding(response.headers_mut());
    }

    /// The problem in words, dressed. `bare` is the response that it replaces, for its `Allow`.
    async fn tell(&self, state: Option<&Data<State>>, problem: &Problem, bare: Option<&HttpResponse<BoxBody>>) -> HttpResponse {
        if problem.kind == ProblemKind::Internal {
            tracing::error!(event = "request_failed", id = %self.id);
        }
        let mut response = HttpResponse::build(problem.kind.status());
        response.insert_header((header::CONTENT_LANGUAGE, self.locale.tag()));
        if let Some(seconds) = problem.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Some(allow) = bare.and_then(|bare| bare.headers().get(header::ALLOW)) {
            response.insert_header((header::ALLOW, allow.clone()));
        }
        let body = match state {
            Some(state) if !self.class.is_data() => {
                response.content_type("text/html; charset=utf-8");
                error::page(state, self.locale, self.class, &self.path, problem, self.id).await
            }
            _ => {
                response.content_type("application/problem+json");
                let public_url = state.map(|state| state.public_url()).unwrap_or_default();
                problem.body(public_url, self.locale, self.id).to_string()
            }
        };
        let mut response = response.body(body);
        if matches!(problem.kind, ProblemKind::PayloadTooLarge | ProblemKind::RequestTimeout) {
            // What is left of the body is not read, so the connection cannot be used again.
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        self.dress(&mut response);
        response
    }
}

/// A finished answer on its way out as an error, where no request is left to answer.
#[derive(Debug)]
struct Finished {
    status: StatusCode,
    headers: header::HeaderMap,
    body: Bytes,
}

impl std::fmt::Display for Finished {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.status)
    }
}

impl ResponseError for Finished {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status).set_body(BoxBody::new(self.body.clone()));
        *response.headers_mut() = self.headers.clone();
        response
    }
}

impl Finished {
    async fn error(response: HttpResponse) -> Error {
        let (bare, body) = response.into_parts();
        let body = to_bytes(body).await.unwrap_or_default();
        Self { status: bare.status(), headers: bare.headers().clone(), body }.into()
    }
}

/// The layer; wrap it last, so that it is outermost.
///
/// # Errors
/// The finished answer to a request that panicked: the server sends it as it is.
pub async fn present(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let facts = Facts::of(&request);
    let state = request.app_data::<Data<State>>().cloned();
    request.extensions_mut().insert(RequestId(facts.id));
    let answered = survive(next.call(request)).await;
    let (request, response) = match answered {
        Some(Ok(answer)) => answer.map_into_boxed_body().into_parts(),
        Some(Err(error)) => {
            let problem = problem_of(&error).unwrap_or_else(|| Problem::internal(&error));
            return Err(Finished::error(facts.tell(state.as_ref(), &problem, None).await).await);
        }
        None => {
            let problem = Problem::new(ProblemKind::Internal);
            return Err(Finished::error(facts.tell(state.as_ref(), &problem, None).await).await);
        }
    };
    let mut response = response;
    match refused(&response) {
        Some(problem) => response = facts.tell(state.as_ref(), &problem, Some(&response)).await,
        None => facts.dress(&mut response),
    }
    Ok(ServiceResponse::new(request, response))
}

/// Runs a future to its end, or to its panic.
async fn survive<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Some(value)),
        Err(_) => Poll::Ready(None),
    })
    .await
}

fn problem_of(error: &Error) -> Option<Problem> {
    error.as_error::<Problem>().cloned()
}

/// The problem that a response stands for: one of ours, or a library's bare or plain-text refusal.
fn refused(response: &HttpResponse<BoxBody>) -> Option<Problem> {
    let ours = response.extensions().get::<Problem>().cloned();
    ours.or_else(|| response.error().and_then(problem_of)).or_else(|| {
        let plain = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
        let failed = response.status().is_client_error() || response.status().is_server_error();
        (failed && plain).then(|| ProblemKind::of_status(response.status()).into())
    })
}
