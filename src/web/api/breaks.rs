//! The register of breaks: what parts released rounds, and what persons have said of it.

use actix_web::{HttpResponse, http::header, web::Data};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{List, ProblemBody, staff::StaffJson, validators::FRESH};
use crate::{
    service::breaks,
    survey::{
        breaks::{Declaration, Wanted},
        staff::Act,
    },
    web::{problem::Problem, state::State},
};

/// What a person has said, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidBody {
    /// Its id.
    pub id: String,
    /// Full name.
    pub person: String,
    /// `kommun` or `polis`.
    pub organisation: &'static str,
    /// When, UTC.
    pub at: DateTime<Utc>,
    /// Why.
    pub note: String,
}

impl From<&Declaration> for SaidBody {
    fn from(said: &Declaration) -> Self {
        Self {
            id: said.id.to_string(),
            person: said.person.name.clone(),
            organisation: said.person.organisation.key(),
            at: said.at,
            note: said.note.clone(),
        }
    }
}

/// A break: found between two releases, or declared.
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakBody {
    /// `found` in a release, else what a person did: `declare`, `bridge`, `spelling` or `mark`.
    pub act: &'static str,
    /// Stable code.
    pub code: String,
    /// `hard`, `bridged`, `soft` or `note`; of a statement, what the code weighs by itself.
    pub class: &'static str,
    /// Earlier period of a found one; name of the round of a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Later period; name of the round of a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The release that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// Measures that it holds for; empty: all.
    pub measures: Vec<String>,
    /// Codes of areas that it holds for; empty: all.
    pub areas: Vec<String>,
    /// The item that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Id of the statement that a found one rests on or was lifted by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// Who said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidBody>,
    /// Who took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<SaidBody>,
}

fn found(found: breaks::Found) -> BreakBody {
    BreakBody {
        act: "found",
        code: found.reason.code,
        class: found.reason.class.key(),
        from: Some(found.periods.0),
        to: Some(found.periods.1),
        release: Some(found.release),
        measures: found.measures.into_iter().collect(),
        areas: found.areas.into_iter().collect(),
        item: found.reason.item,
        detail: found.reason.detail,
        declared: found.reason.declared,
        said: None,
        withdrawn: None,
    }
}

fn declared(said: &Declaration, withdrawn: Option<&Declaration>) -> BreakBody {
    let scope = said.act.scope();
    let code = said.act.code();
    let detail = match &said.act {
        crate::survey::breaks::Act::Mark(marked) => {
            format!("{} {} {}: {} ({})", marked.series, marked.period, marked.area, marked.printed, marked.source)
        }
        _ => String::new(),
    };
    BreakBody {
        act: said.act.key(),
        code: code.map_or_else(String::new, |code| code.key().to_owned()),
        class: code.map_or("", |code| code.class().key()),
        from: scope.map(|scope| scope.from.clone()),
        to: scope.and_then(|scope| scope.to.clone()),
        release: None,
        measures: scope.and_then(|scope| scope.measure.clone()).into_iter().collect(),
        areas: scope.and_then(|scope| scope.area.clone()).into_iter().collect(),
        item: scope.and_then(|scope| scope.item.clone()),
        detail,
        declared: None,
        said: Some(said.into()),
        withdrawn: withdrawn.map(SaidBody::from),
    }
}

/// Every break between released rounds: as the releases hold them, then what persons have said of
/// released rounds and printed values, withdrawn or not.
///
/// # Errors
/// `unavailable`.
#[utoipa::path(get, path = "/api/breaks", tag = "results",
    responses((status = 200, description = "Breaks", body = List<BreakBody>)))]
pub async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let mut items: Vec<BreakBody> = breaks::found(&state.office).await?.into_iter().map(found).collect();
    let said = breaks::public(&state.office).await?;
    items.extend(said.iter().map(|(said, withdrawn)| declared(said, withdrawn.as_ref())));
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(List::from(items)))
}

/// Says something of a break: declares one, bridges one, marks a spelling fix or a printed value, or
/// takes such a statement back. It counts for releases made from then on.
///
/// # Errors
/// `invalid` with the field and the remedy, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/breaks", tag = "staff", security(("token" = [])),
    request_body(content = serde_json::Value, description = "`act` (`declare`, `bridge`, `spelling`, `mark`, `withdraw`) and `note`; \
        with `code`, `from`, `to`, `measure`, `item`, `area`, `evidence`; or `series`, `period`, `area`, `printed`, `source`; or `id`"),
    responses(
        (status = 201, description = "Kept", body = BreakBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: `errors` name the field, a stable code and the remedy", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn declare(state: Data<State>, asked: StaffJson<Wanted>) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, wanted) = asked;
    staff.must(Act::DeclareBreak)?;
    let kept = breaks::declare(&state.office, &staff.0, &wanted).await?;
    Ok(HttpResponse::Created().json(declared(&kept, None)))
}
