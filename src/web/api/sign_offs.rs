//! Sign-off by programs of the staff: the candidate as it waits, its body, and the word of an
//! organisation. Nothing here is for the public.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::{
    ProblemBody,
    staff::{Staff, StaffJson},
};
use crate::{
    service::signing::{self, Candidate, SigningError, Word},
    survey::staff::{Act, Organisation, StaffMember},
    web::{
        limits::{Rate, network},
        problem::{Problem, ProblemKind},
        state::State,
    },
};

impl From<SigningError> for Problem {
    fn from(error: SigningError) -> Self {
        let told = |kind, pointer| Self::new(kind).fault(pointer, error.code(), error.to_string());
        match error {
            SigningError::Unknown(_) => told(ProblemKind::NotFound, ""),
            SigningError::Role | SigningError::NotAsked(_) => told(ProblemKind::Forbidden, ""),
            SigningError::Composer | SigningError::SamePerson => told(ProblemKind::SecondPersonRequired, ""),
            SigningError::Signed(_) | SigningError::Ended(_) => told(ProblemKind::SignOffConflict, ""),
            SigningError::OtherBody(_) => told(ProblemKind::SignOffConflict, "/body_sha256"),
            SigningError::NoReason => told(ProblemKind::Invalid, "/refusal"),
            SigningError::Staff(ref staff) if staff.is_sign_in() => told(ProblemKind::Invalid, "/password"),
            SigningError::Staff(error) => error.into(),
            SigningError::Release(error) => error.into(),
        }
    }
}

/// One organisation's word.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignOffBody {
    /// `kommun` or `polis`.
    pub organisation: String,
    /// In what capacity.
    pub role: String,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Why it was refused; absent if it was signed.
    pub refusal: Option<String>,
}

/// A composed release that is not public.
#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateBody {
    /// Id of the release that it would be.
    pub release: String,
    /// Name of its round.
    pub round: String,
    /// `waiting`, `released`, `refused`, `stale`, `replaced` or `expired`.
    pub state: &'static str,
    /// SHA-256 of the body that is signed.
    pub body_sha256: String,
    /// When it was composed.
    pub created_at: DateTime<Utc>,
    /// The release that it would take the place of.
    pub supersedes: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who has to sign.
    pub organisations: Vec<&'static str>,
    /// Who has not yet.
    pub waiting_for: Vec<&'static str>,
    /// Who has signed or refused.
    pub sign_offs: Vec<SignOffBody>,
    /// Figures shown, withheld and flagged, while it waits.
    pub gate: Option<serde_json::Value>,
}

/// A candidate as its readers get it.
pub(super) fn body(candidate: &Candidate) -> CandidateBody {
    let inputs = &candidate.inputs;
    CandidateBody {
        release: candidate.id.clone(),
        round: inputs.round.plan.slug.clone(),
        state: candidate.ended.map_or("waiting", |how| how.key()),
        body_sha256: candidate.body_sha256.clone(),
        created_at: inputs.created_at,
        supersedes: inputs.supersedes.clone(),
        reason: inputs.reason.clone(),
        organisations: inputs.organisations.iter().map(|organisation| organisation.key()).collect(),
        waiting_for: candidate.waiting_for().into_iter().map(Organisation::key).collect(),
        sign_offs: candidate
            .sign_offs
            .iter()
            .map(|sign_off| SignOffBody {
                organisation: sign_off.organisation.clone(),
                role: sign_off.role.clone(),
                signed_at: sign_off.signed_at,
                refusal: sign_off.refusal.clone(),
            })
            .collect(),
        gate: candidate.body.as_ref().map(|body| serde_json::json!(body.head().gate)),
    }
}

/// A composed release that is not public, for those who compose and sign.
///
/// # Errors
/// `not_found`, `unauthenticated`, `forbidden`.
#[utoipa::path(get, path = "/api/releases/{release}/candidate", tag = "staff", security(("token" = [])),
    params(("release" = String, Path, description = "Release id")),
    responses(
        (status = 200, description = "The candidate and its sign-offs", body = CandidateBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(id: Path<String>, state: Data<State>, staff: Staff) -> Result<HttpResponse, Problem> {
    staff.must(Act::SeeCandidate)?;
    Ok(HttpResponse::Ok().json(body(&signing::find(&state.office, &id).await?)))
}

/// The body that is signed, byte for byte.
///
/// # Errors
/// `not_found`, also when it has ended; `unauthenticated`, `forbidden`.
#[utoipa::path(get, path = "/api/releases/{release}/candidate/file", tag = "staff", security(("token" = [])),
    params(("release" = String, Path, description = "Release id")),
    responses(
        (status = 200, description = "The body whose SHA-256 the candidate names"),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn file(id: Path<String>, state: Data<State>, staff: Staff) -> Result<HttpResponse, Problem> {
    staff.must(Act::SeeCandidate)?;
    download(&signing::find(&state.office, &id).await?)
}

/// The body of a waiting candidate as a file.
pub fn download(candidate: &Candidate) -> Result<HttpResponse, Problem> {
    let body = candidate.body.as_ref().ok_or(Problem::new(ProblemKind::NotFound))?;
    let name = format!("attachment; filename=\"{}.body.json\"", candidate.id);
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .content_type("application/json")
        .body(body.bytes().to_vec()))
}

/// An organisation's word on a candidate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignOff {
    /// The own password, typed again. Never logged, never stored.
    pub password: String,
    /// SHA-256 of the body that was seen; required for signing.
    #[serde(default)]
    pub body_sha256: String,
    /// Why it is refused; absent for signing.
    pub refusal: Option<String>,
}

/// Signs a candidate off for the own organisation, or refuses it. When the last has signed it is public.
///
/// # Errors
/// `invalid` for a wrong password or a refusal without a reason, `sign_off_conflict`,
/// `second_person_required`, `not_found`, `too_many_requests`, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/releases/{release}/sign-offs", tag = "staff", security(("token" = [])),
    params(("release" = String, Path, description = "Release id")),
    request_body = NewSignOff,
    responses(
        (status = 201, description = "Taken; the candidate as it now is", body = CandidateBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`, `second_person_required`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`sign_off_conflict`: `errors` say whether it is stale, replaced, refused, expired or signed", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: the password is wrong, or a refusal has no reason", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn sign(
    request: HttpRequest,
    id: Path<String>,
    state: Data<State>,
    asked: StaffJson<NewSignOff>,
) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, wanted) = asked;
    staff.must(Act::SignRelease)?;
    let password = Zeroizing::new(wanted.password);
    let word = wanted.refusal.as_deref().map_or(Word::Sign(&wanted.body_sha256), Word::Refuse);
    speak(&request, &state, &staff.0, &id, &password, word).await?;
    Ok(HttpResponse::Created().json(body(&signing::find(&state.office, &id).await?)))
}

/// Takes a member's word. Wrong passwords are counted as failed sign-ins are.
pub async fn speak(
    request: &HttpRequest,
    state: &State,
    member: &StaffMember,
    id: &str,
    password: &str,
    word: Word<'_>,
) -> Result<(), Problem> {
    let mut counted = vec![member.id.to_string().into_bytes()];
    counted.extend(network(request, &state.office.settings.trusted_proxies));
    for who in &counted {
        if let Err(wait) = state.limits.take(Rate::SignIn, who) {
            return Err(Problem::new(ProblemKind::TooManyRequests).retry_after(wait));
        }
    }
    let said = signing::speak(&state.office, id, member, password, word).await;
    if !matches!(&said, Err(SigningError::Staff(error)) if error.is_sign_in()) {
        counted.iter().for_each(|who| state.limits.give_back(Rate::SignIn, who));
    }
    said?;
    Ok(())
}
