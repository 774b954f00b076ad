//! Published versions. A version never changes, so its tag is its hash.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    List, ProblemBody,
    validators::{self, FRESH, FROZEN, Tag},
};
use crate::{
    export::questionnaire::document,
    questionnaire::hexadecimal,
    service::catalogue::{self, CatalogueError},
    web::{
        problem::{Problem, ProblemKind},
        state::State,
    },
};

impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Store(error) => error.into(),
            CatalogueError::Unknown { .. } => Self::new(ProblemKind::NotFound),
            CatalogueError::Frozen { .. } => Self::new(ProblemKind::QuestionnaireFrozen).detail(error.to_string()),
            other => Self::internal(&other),
        }
    }
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
pub struct Version {
    /// Questionnaire id.
    pub id: String,
    /// Version.
    pub version: String,
    /// SHA-256 of definition and texts.
    pub sha256: String,
    /// When it was frozen.
    pub published_at: DateTime<Utc>,
}

/// Every published version.
///
/// # Errors
/// `unavailable`.
#[utoipa::path(get, path = "/api/questionnaires", tag = "results",
    responses((status = 200, description = "Published versions", body = List<Version>)))]
pub async fn list(request: HttpRequest, state: Data<State>) -> Result<HttpResponse, Problem> {
    let rows = catalogue::list(&state.office.database).await?;
    let tag = Tag::of(rows.iter().flat_map(|row| [row.id.as_bytes(), row.hash.as_slice()]));
    let items: Vec<Version> = rows
        .into_iter()
        .map(|row| Version {
            id: row.id,
            version: row.version,
            sha256: hexadecimal(&row.hash),
            published_at: row.published_at,
        })
        .collect();
    validators::answer(&request, &tag, FRESH, None, |response| Ok(response.json(List::from(items))))
}

/// A version with its items, pages, scales, measures and texts in every language.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/questionnaires/{id}/{version}", tag = "results",
    params(("id" = String, Path, description = "Questionnaire id"), ("version" = String, Path, description = "Version")),
    responses(
        (status = 200, description = "The version; strong ETag, immutable"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(
    request: HttpRequest,
    path: Path<(String, String)>,
    state: Data<State>,
) -> Result<HttpResponse, Problem> {
    let questionnaire = state.office.catalogue.find(&state.office.database, &path.0, &path.1).await?;
    let tag = Tag::of([b"questionnaire".as_slice(), &questionnaire.hash()]);
    validators::answer(&request, &tag, FROZEN, None, |response| Ok(response.json(document(&questionnaire))))
}
