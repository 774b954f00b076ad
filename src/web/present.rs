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
            locale: named.unwrap_or_else(|| negotiate(header(header::ACCEPT_LANGUAGE), |_| true)),
            signed: header(header::AUTHORIZATION).is_some(),
        }
    }

    fn dress(&self, response: &mut HttpResponse<impl MessageBody>) {
        let status = response.status();
        security::dress(response.headers_mut(), status, self.class, &self.method, self.signed);
        security::mark_coding(response.headers_mut());
    }

    /// The problem in words, dressed. `bare` is the response that it replaces, for its `Allow`.
    async fn tell(
        &self,
        state: Option<&Data<State>>,
        problem: &Problem,
        bare: Option<&HttpResponse<BoxBody>>,
    ) -> HttpResponse {
        if problem.kind == ProblemKind::Internal {
            tracing::error!(event = "request_failed", id = %self.id);
        }
        let mut response = HttpResponse::build(problem.kind.status());
        response.insert_header((header::CONTENT_LANGUAGE, self.locale.lang()));
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
        let plain =
            response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
        let failed = response.status().is_client_error() || response.status().is_server_error();
        (failed && plain).then(|| ProblemKind::of_status(response.status()).into())
    })
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App,
        middleware::from_fn,
        test::{TestRequest, call_service, init_service, read_body},
        web,
    };
    use serde_json::Value;

    use super::*;
    use crate::web::routes::read;

    async fn panics() -> HttpResponse {
        if std::env::args().count() > 0 {
            std::panic::resume_unwind(Box::new("secret"));
        }
        HttpResponse::Ok().finish()
    }

    async fn late() -> Result<HttpResponse, Problem> {
        Err(Problem::new(ProblemKind::Overloaded).retry_after(5))
    }

    /// Status, headers and body of an answer, whether it left as a response or as an error.
    async fn answer(request: TestRequest) -> (u16, header::HeaderMap, Value) {
        let routes = |service: &mut web::ServiceConfig| {
            service
                .service(web::resource("/api/late").route(read().to(late)))
                .service(web::resource("/api/panic").route(read().to(panics)))
                .service(web::resource("/api/id/{id}").route(read().to(async |_: web::Path<u8>| "fine")));
        };
        let app = init_service(App::new().wrap(from_fn(present)).configure(routes)).await;
        let response: HttpResponse = match actix_web::dev::Service::call(&app, request.to_request()).await {
            Ok(answer) => answer.into_parts().1,
            Err(error) => error.error_response(),
        };
        let (bare, body) = response.into_parts();
        let bytes = to_bytes(body).await.expect("a body");
        (bare.status().as_u16(), bare.headers().clone(), serde_json::from_slice(&bytes).unwrap_or_default())
    }

    #[actix_web::test]
    async fn a_refusal_is_told_with_status_code_language_and_all_headers() {
        let request = TestRequest::get().uri("/api/late").insert_header(("accept-language", "en"));
        let (status, headers, body) = answer(request).await;
        assert_eq!(status, 503);
        assert_eq!(
            headers.get("content-type").map(actix_web::http::header::HeaderValue::as_bytes),
            Some(&b"application/problem+json"[..])
        );
        assert_eq!(headers.get("retry-after").map(actix_web::http::header::HeaderValue::as_bytes), Some(&b"5"[..]));
        assert_eq!(
            headers.get("cache-control").map(actix_web::http::header::HeaderValue::as_bytes),
            Some(&b"no-store"[..])
        );
        assert!(headers.contains_key("content-security-policy") && headers.contains_key("strict-transport-security"));
        assert_eq!(body["code"], "overloaded");
        assert_eq!(body["title"], "Many people are answering right now");
        assert!(body["instance"].as_str().is_some_and(|id| id.starts_with("urn:uuid:")));
    }

    #[actix_web::test]
    async fn what_a_library_refuses_is_told_in_our_words() {
        let (status, _, body) = answer(TestRequest::get().uri("/api/nowhere?lang=sv")).await;
        assert_eq!((status, body["code"].as_str()), (404, Some("not_found")));
        let (status, _, body) = answer(TestRequest::get().uri("/api/id/seven")).await;
        assert_eq!((status, body["code"].as_str()), (404, Some("not_found")));
        let (status, headers, body) = answer(TestRequest::post().uri("/api/late")).await;
        assert_eq!((status, body["code"].as_str()), (405, Some("method_not_allowed")));
        assert!(
            headers.get("allow").and_then(|allow| allow.to_str().ok()).is_some_and(|allow| allow.contains("GET")),
            "{headers:?}"
        );
    }

    #[actix_web::test]
    async fn a_panic_is_a_dressed_500_that_tells_nothing() {
        let (status, headers, body) = answer(TestRequest::get().uri("/api/panic")).await;
        assert_eq!((status, body["code"].as_str()), (500, Some("internal")));
        assert!(headers.contains_key("content-security-policy"));
        assert!(!body.to_string().contains("secret"));
    }

    #[actix_web::test]
    async fn what_succeeds_is_left_as_it_is_and_head_is_a_get() {
        let app = init_service(
            App::new().wrap(from_fn(present)).service(web::resource("/sv/").route(read().to(async || "hello"))),
        )
        .await;
        for method in [Method::GET, Method::HEAD] {
            let response = call_service(&app, TestRequest::default().method(method).uri("/sv/").to_request()).await;
            assert_eq!(response.status(), 200);
            assert_eq!(
                response.headers().get("cache-control").map(actix_web::http::header::HeaderValue::as_bytes),
                Some(&b"public, max-age=300"[..])
            );
            assert_eq!(read_body(response).await, "hello");
        }
    }
}
