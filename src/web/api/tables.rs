//! Tables as data: of one release, frozen, or over all rounds of a questionnaire.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    List, ProblemBody,
    validators::{self, FRESH, FROZEN, Tag},
};
use crate::{
    export::{
        ExportError, changes,
        csv::{self, Dialect},
    },
    service::{
        published,
        results::{self, Series},
    },
    survey::release::Release,
    web::{
        extract::{Query, ResultsLanguage},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// A table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableBody {
    /// Its id.
    pub table: String,
    /// Its dimensions besides measure and period: `district`, `sex`, `age`, `tenure`.
    pub by: Vec<String>,
    /// Questionnaire id.
    pub questionnaire: String,
    /// Periods, ascending.
    pub periods: Vec<String>,
    /// Releases that its figures stand in, by period.
    pub releases: Vec<String>,
    /// Measures in order.
    pub measures: Vec<String>,
    /// Where its figures are.
    pub data: String,
    /// Where its changes since the round before are.
    pub changes: String,
}

fn body(state: &State, series: &Series, id: &str) -> Option<TableBody> {
    let newest = series.newest().head();
    let table = newest.tables.iter().find(|table| table.id == id)?;
    let with = |release: &&Arc<Release>| release.head().tables.iter().any(|table| table.id == id);
    let releases: Vec<&Arc<Release>> = series.releases().iter().filter(with).collect();
    let file = |id: &str| format!("{}/api/tables/{id}/data.csv", state.public_url());
    Some(TableBody {
        table: id.to_owned(),
        by: table.by.clone(),
        questionnaire: newest.questionnaire.id.clone(),
        periods: releases.iter().map(|release| release.head().period.clone()).collect(),
        releases: releases.iter().map(|release| release.head().id.clone()).collect(),
        measures: newest
            .measures
            .iter()
            .filter(|measure| table.holds(measure.level))
            .map(|found| found.id.clone())
            .collect(),
        data: file(id),
        changes: file(&changes::id_of(id)),
    })
}

/// Every table of the series that was released last.
///
/// # Errors
/// `unavailable`.
#[utoipa::path(get, path = "/api/tables", tag = "results",
    responses((status = 200, description = "Tables", body = List<TableBody>)))]
pub async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let mut items = Vec::new();
    for series in results::all(&state.office).await? {
        let ids: Vec<String> = series.newest().head().tables.iter().map(|table| table.id.clone()).collect();
        items.extend(ids.iter().filter_map(|id| body(&state, &series, id)));
    }
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(List::from(items)))
}

/// One table.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/tables/{table}", tag = "results",
    params(("table" = String, Path, description = "Table id")),
    responses(
        (status = 200, description = "The table", body = TableBody),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(table: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let series = results::of_table(&state.office, &table).await?;
    let found = body(&state, &series, &table).ok_or(Problem::new(ProblemKind::NotFound))?;
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(found))
}

/// How a file is written.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct How {
    /// Language tag of the labels.
    pub lang: Option<String>,
    /// `rfc4180` (default) or `excel-sv`.
    pub dialect: Option<String>,
}

impl How {
    fn dialect(&self) -> Result<Dialect, Problem> {
        let asked = self.dialect.as_deref().unwrap_or("rfc4180");
        Dialect::parse(asked).ok_or_else(|| Problem::new(ProblemKind::BadQuery).detail("dialect: rfc4180 or excel-sv"))
    }
}

fn file(
    request: &HttpRequest,
    releases: &[&Release],
    table: &str,
    language: ResultsLanguage,
    dialect: Dialect,
    caching: &'static str,
) -> Result<HttpResponse, Problem> {
    let tag_parts = releases.iter().map(|release| release.hash().as_slice());
    let locale = language.0;
    let tag = Tag::of(tag_parts.chain([
        b"csv".as_slice(),
        table.as_bytes(),
        locale.tag().as_bytes(),
        dialect.key().as_bytes(),
    ]));
    let modified = releases.iter().map(|release| release.head().created_at).max();
    validators::answer(request, &tag, caching, modified, |response| {
        let mut bytes = Vec::new();
        csv::write(releases, table, locale.tag(), dialect, &mut bytes).map_err(|error| match error {
            ExportError::UnknownTable(_) => Problem::new(ProblemKind::NotFound),
            ExportError::Write(_) => Problem::internal(&error),
        })?;
        response.insert_header((header::CONTENT_DISPOSITION, format!("inline; filename=\"{table}.csv\"")));
        response.insert_header((header::CONTENT_LANGUAGE, locale.lang()));
        if language.1 {
            response.insert_header((header::VARY, "Accept-Language"));
        }
        Ok(response.content_type("text/csv; charset=utf-8; header=present").body(bytes))
    })
}

/// A table over all rounds: the current releases one after the other.
///
/// # Errors
/// `not_found`, `bad_query`.
#[utoipa::path(get, path = "/api/tables/{table}/data.csv", tag = "results",
    params(("table" = String, Path, description = "Table id"), How),
    responses(
        (status = 200, description = "CSV; strong ETag", content_type = "text/csv"),
        (status = 304, description = "The reader has it"),
        (status = 400, description = "`bad_query`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn data(
    request: HttpRequest,
    table: Path<String>,
    language: ResultsLanguage,
    how: Query<How>,
    state: Data<State>,
) -> Result<HttpResponse, Problem> {
    let series = results::of_table(&state.office, &table).await?;
    let releases: Vec<&Release> = series.releases().iter().map(AsRef::as_ref).collect();
    file(&request, &releases, &table, language, how.0.dialect()?, FRESH)
}

/// A table of one release, frozen.
///
/// # Errors
/// `not_found`, `bad_query`.
#[utoipa::path(get, path = "/api/releases/{release}/tables/{table}.csv", tag = "results",
    params(("release" = String, Path, description = "Release id"), ("table" = String, Path, description = "Table id"), How),
    responses(
        (status = 200, description = "CSV; immutable", content_type = "text/csv"),
        (status = 304, description = "The reader has it"),
        (status = 400, description = "`bad_query`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn of_release(
    request: HttpRequest,
    path: Path<(String, String)>,
    language: ResultsLanguage,
    how: Query<How>,
    state: Data<State>,
) -> Result<HttpResponse, Problem> {
    let release = published::find(&state.office, &path.0).await?;
    file(&request, &[&release], &path.1, language, how.0.dialect()?, FROZEN)
}
