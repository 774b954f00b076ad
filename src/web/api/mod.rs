//! REST under `/api`: nouns, JSON, problems of one table. Each handler translates a request into one
//! verb of the office; the OpenAPI document is made from the handlers themselves.

pub mod answers;
pub mod breaks;
pub mod comparisons;
pub mod corrections;
pub mod desk_counts;
pub mod history;
pub mod questionnaires;
pub mod releases;
pub mod rounds;
pub mod sign_offs;
pub mod staff;
pub mod tables;
pub mod validators;

use actix_web::{HttpResponse, http::header, web};
use serde::Serialize;
use utoipa::{
    Modify, OpenApi, ToSchema,
    openapi::{
        OpenApi as Document,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::web::{problem::Problem, routes::read};

/// Every route; the document names the same, which a test holds.
pub fn routes(service: &mut web::ServiceConfig) {
    let at = web::resource::<&str>;
    service
        .service(at("/api/openapi.json").route(read().to(openapi)))
        .service(at("/api/questionnaires").route(read().to(questionnaires::list)))
        .service(at("/api/questionnaires/{id}/{version}").route(read().to(questionnaires::show)))
        .service(at("/api/rounds").route(read().to(rounds::list)).route(web::post().to(rounds::create)))
        .service(at("/api/rounds/{round}").route(read().to(rounds::show)))
        .service(at("/api/rounds/{round}/answers").route(web::post().to(answers::post)))
        .service(at("/api/rounds/{round}/transitions").route(web::post().to(rounds::transition)))
        .service(at("/api/rounds/{round}/opening/shares").route(web::post().to(rounds::open)))
        .service(at("/api/rounds/{round}/desk-counts").route(web::post().to(desk_counts::enter)))
        .service(at("/api/releases").route(read().to(releases::list)).route(web::post().to(releases::create)))
        .service(at("/api/releases/{release}").route(read().to(releases::show)))
        .service(at("/api/releases/{release}/file").route(read().to(releases::file)))
        .service(at("/api/releases/{release}/changes").route(read().to(corrections::show)))
        .service(at("/api/releases/{release}/candidate").route(read().to(sign_offs::show)))
        .service(at("/api/releases/{release}/candidate/file").route(read().to(sign_offs::file)))
        .service(at("/api/releases/{release}/sign-offs").route(web::post().to(sign_offs::sign)))
        .service(at("/api/releases/{release}/tables/{table}.csv").route(read().to(tables::of_release)))
        .service(at("/api/tables").route(read().to(tables::list)))
        .service(at("/api/tables/{table}").route(read().to(tables::show)))
        .service(at("/api/tables/{table}/data.csv").route(read().to(tables::data)))
        .service(at("/api/comparisons").route(read().to(comparisons::show)))
        .service(at("/api/breaks").route(read().to(breaks::list)).route(web::post().to(breaks::declare)))
        .service(at("/api/history").route(read().to(history::list)));
}

/// A list. `next` is the address of what follows, or nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T: ToSchema> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the list goes on.
    pub next: Option<String>,
}

impl<T: ToSchema> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// A refusal (RFC 9457), as `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Address of the page that explains the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// Stable code.
    pub code: String,
    /// The code in the reader's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened here.
    pub detail: Option<String>,
    /// `urn:uuid:` of the request.
    pub instance: String,
    /// Where the request is at fault.
    pub errors: Option<Vec<FaultBody>>,
}

/// One fault.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultBody {
    /// JSON Pointer.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// What to do.
    pub detail: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trygg",
        description = "Results of a municipality's safety survey, the intake of answers, and the staff's verbs on rounds and releases."
    ),
    paths(
        openapi,
        questionnaires::list, questionnaires::show,
        rounds::list, rounds::show, rounds::create, rounds::transition, rounds::open,
        answers::post,
        releases::list, releases::show, releases::file, releases::create,
        corrections::show,
        sign_offs::show, sign_offs::file, sign_offs::sign,
        tables::list, tables::show, tables::data, tables::of_release,
        comparisons::show,
        breaks::list, breaks::declare,
        history::list,
        desk_counts::enter,
    ),
    components(schemas(ProblemBody, FaultBody)),
    modifiers(&Token),
    tags(
        (name = "results", description = "Public: what was released"),
        (name = "answers", description = "Public: taking an answer in"),
        (name = "staff", description = "With a staff token"),
    )
)]
struct Described;

struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut Document) {
        let scheme =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API token of staff")).build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(scheme));
        // What a handler's comment says of its errors stands with the responses already.
        for path in document.paths.paths.values_mut() {
            for operation in [&mut path.get, &mut path.post].into_iter().flatten() {
                operation.description = None;
            }
        }
    }
}

/// The OpenAPI document as JSON text.
///
/// # Errors
/// Never in practice: the document is plain data.
pub fn document() -> Result<String, serde_json::Error> {
    Described::openapi().to_pretty_json()
}

/// The OpenAPI 3.1 document of this interface.
///
/// # Errors
/// `internal`.
#[utoipa::path(get, path = "/api/openapi.json", tag = "results", responses((status = 200, description = "This document")))]
pub async fn openapi() -> Result<HttpResponse, Problem> {
    let text = document().map_err(|error| Problem::internal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .content_type("application/json")
        .body(text))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_document_names_every_route_and_no_other() {
        let source = include_str!("mod.rs");
        let routed: BTreeSet<&str> = source
            .split("at(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|path| path.starts_with("/api"))
            .collect();
        let document = Described::openapi();
        let described: BTreeSet<&str> = document.paths.paths.keys().map(String::as_str).collect();
        assert!(routed.len() > 12, "{routed:?}");
        assert_eq!(routed, described);
    }
}
