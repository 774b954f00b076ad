//! Releases: manifest, frozen file, and the staff's verb that makes one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::{
    List, ProblemBody,
    sign_offs::{self, CandidateBody},
    staff::StaffJson,
    validators::{self, FRESH, FROZEN, Tag},
};
use crate::{
    questionnaire::hexadecimal,
    service::{
        published,
        releasing::{self, Made, Wanted},
        rounds, signing,
    },
    store::ReleaseHead,
    survey::{
        release::{Figures, Notice, Release},
        round::AreaSetRef,
        staff::Act,
    },
    web::{
        extract::Query,
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// A release in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseBody {
    /// Id, such as `R-2027-1`.
    pub release: String,
    /// Its period.
    pub period: String,
    /// Questionnaire id.
    pub questionnaire: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// SHA-256 of its file.
    pub sha256: String,
    /// The release that it takes the place of.
    pub supersedes: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

fn listed(head: ReleaseHead) -> ReleaseBody {
    ReleaseBody {
        release: head.id,
        period: head.period,
        questionnaire: head.questionnaire_id,
        created_at: head.created_at,
        sha256: hexadecimal(&head.hash),
        supersedes: head.supersedes,
        reason: head.reason,
    }
}

/// A release with what belongs to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Manifest {
    /// The release.
    #[serde(flatten)]
    pub release: ReleaseBody,
    /// Name of its round.
    pub round: String,
    /// The version that was answered.
    pub version: String,
    /// First and last day of the field period.
    pub field: [NaiveDate; 2],
    /// Ids of its tables.
    pub tables: Vec<String>,
    /// Answers and response rate by area, the total first.
    pub responses: serde_json::Value,
    /// What the gate did.
    pub gate: serde_json::Value,
    /// Weighting scheme.
    pub weights: String,
    /// Older areas that the round was held on, the newer ones that its figures are for, and the revision
    /// of the crosswalk between them; absent where both are the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redrawn: Option<serde_json::Value>,
    /// Earlier releases that changes stand against.
    pub compared_with: Vec<String>,
    /// What must be said wherever its figures stand.
    pub notices: Vec<&'static str>,
    /// Public half of the Ed25519 key that signed the file; absent if it was made before there were signatures.
    pub key: Option<String>,
    /// Organisations that signed it off: organisation, role, when, SHA-256 of the body.
    pub signers: serde_json::Value,
    /// The release that has taken its place.
    pub superseded_by: Option<String>,
}

fn manifest(release: &Release, superseded_by: Option<String>) -> Manifest {
    let head = release.head();
    Manifest {
        release: ReleaseBody {
            release: head.id.clone(),
            period: head.period.clone(),
            questionnaire: head.questionnaire.id.clone(),
            created_at: head.created_at,
            sha256: release.hash_text(),
            supersedes: head.supersedes.clone(),
            reason: head.reason.clone(),
        },
        round: head.round.clone(),
        version: head.questionnaire.version.clone(),
        field: [head.field.0, head.field.1],
        tables: head.tables.iter().map(|table| table.id.clone()).collect(),
        responses: serde_json::json!(head.responses),
        gate: serde_json::json!(head.gate),
        weights: head.weights.scheme.clone(),
        redrawn: head.redrawn.as_ref().map(|redrawn| serde_json::json!(redrawn)),
        compared_with: head.compared_with.iter().map(|with| with.release.clone()).collect(),
        notices: release.notices().into_iter().map(Notice::key).collect(),
        key: release.key().map(|key| key.to_string()),
        signers: serde_json::json!(release.signers()),
        superseded_by,
    }
}

/// Releases, and the key that signs them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Releases {
    /// Public half of the office's release key (Ed25519), 64 hexadecimal digits.
    pub release_key: String,
    /// The releases.
    #[serde(flatten)]
    pub releases: List<ReleaseBody>,
}

/// Which releases.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Releases of this round only.
    pub round: Option<String>,
}

/// Every release, replaced ones too.
///
/// # Errors
/// `bad_query`, `not_found` for an unknown round.
#[utoipa::path(get, path = "/api/releases", tag = "results", params(Which),
    responses((status = 200, description = "Releases by period", body = Releases)))]
pub async fn list(state: Data<State>, which: Query<Which>) -> Result<HttpResponse, Problem> {
    let mut heads = published::list(&state.office).await?;
    if let Some(slug) = &which.0.round {
        let round = rounds::find(&state.office, slug).await?;
        heads.retain(|head| head.round == round.id);
    }
    let items: Vec<ReleaseBody> = heads.into_iter().map(listed).collect();
    let body = Releases { release_key: state.office.release_key().to_string(), releases: List::from(items) };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(body))
}

/// A release's manifest.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/releases/{release}", tag = "results",
    params(("release" = String, Path, description = "Release id")),
    responses(
        (status = 200, description = "The manifest", body = Manifest),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(request: HttpRequest, id: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let release = published::find(&state.office, &id).await?;
    let successor = published::successor(&state.office, &id).await?;
    let tag = Tag::of([b"manifest".as_slice(), release.hash(), successor.as_deref().unwrap_or_default().as_bytes()]);
    let modified = Some(release.head().created_at);
    validators::answer(&request, &tag, FRESH, modified, |response| {
        if let Some(successor) = &successor {
            let link = format!("<{}/api/releases/{successor}>; rel=\"successor-version\"", state.public_url());
            response.insert_header((header::LINK, link));
        }
        Ok(response.json(manifest(&release, successor)))
    })
}

/// The frozen file, byte for byte.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/releases/{release}/file", tag = "results",
    params(("release" = String, Path, description = "Release id")),
    responses(
        (status = 200, description = "The file whose SHA-256 the manifest names; immutable"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn file(request: HttpRequest, id: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let release = published::find(&state.office, &id).await?;
    let tag = Tag::of([b"file".as_slice(), release.hash()]);
    validators::answer(&request, &tag, FROZEN, Some(release.head().created_at), |response| {
        let name = format!("inline; filename=\"{}.json\"", release.head().id);
        response.insert_header((header::CONTENT_DISPOSITION, name));
        Ok(response.content_type("application/json").body(release.bytes().to_vec()))
    })
}

/// Which round is released.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRelease {
    /// Name of the round.
    #[validate(length(min = 1, max = 40))]
    pub round: String,
    /// Why its current release is replaced; required for a correction.
    #[validate(length(max = 500))]
    pub reason: Option<String>,
    /// Id and version of a newer area set whose districts are made of the round's own; without it the
    /// figures are for those.
    pub area_set: Option<[String; 2]>,
}

/// Estimates a round, asks the gate and freezes what it lets through. Where organisations have to sign, it
/// then waits for them.
///
/// # Errors
/// `stage_conflict` (also with `crosswalk_missing` and `areas_split`), `gate_refused`, `invalid` (also with
/// `area_set_unknown`), `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/releases", tag = "staff", security(("token" = [])),
    request_body = NewRelease,
    responses(
        (status = 201, description = "Released, because nobody has to sign; `Location` names it", body = Manifest),
        (status = 202, description = "Composed; it waits for its sign-offs, and `Location` names the candidate", body = CandidateBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`stage_conflict` (`crosswalk_missing`, `areas_split`), `gate_refused`, `sign_off_conflict`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: a correction needs its reason (`reason_missing`), `area_set_unknown`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn create(state: Data<State>, asked: StaffJson<NewRelease>) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, wanted) = asked;
    staff.must(Act::Release)?;
    if wanted.validate().is_err() {
        return Err(Problem::new(ProblemKind::Invalid).fault("/reason", "length", "at most 500 characters"));
    }
    let areas = wanted.area_set.map(|[id, version]| AreaSetRef { id, version });
    let asked = Wanted { reason: wanted.reason.as_deref(), areas: areas.as_ref(), by: Some(staff.0.id) };
    let made = releasing::release(&state.office, &wanted.round, &asked).await?;
    let place = |of: &Figures, part: &str| {
        (header::LOCATION, format!("{}/api/releases/{}{part}", state.public_url(), of.head().id))
    };
    Ok(match made {
        Made::Released(release) => {
            HttpResponse::Created().insert_header(place(&release, "")).json(manifest(&release, None))
        }
        Made::Waiting(body, _) => {
            let candidate = signing::find(&state.office, &body.head().id).await?;
            HttpResponse::Accepted().insert_header(place(&body, "/candidate")).json(sign_offs::body(&candidate))
        }
    })
}
