//! Rounds: what the public may know of them, and the staff's verbs.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;
use zeroize::Zeroizing;

use super::{List, ProblemBody, staff::StaffJson};
use crate::{
    service::{opening, published, rounds},
    store::Scrubbed,
    survey::{
        round::{Plan, Round, Stage},
        staff::Act,
    },
    web::{
        problem::{Problem, ProblemKind},
        state::State,
    },
};

/// What everybody may know of a round. Nothing is counted while it is open.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundBody {
    /// Name in addresses.
    pub round: String,
    /// `real`, `test` or `demo`.
    pub kind: &'static str,
    /// `YYYY`, `YYYYH1` or `YYYYH2`.
    pub period: String,
    /// Where it stands.
    pub stage: &'static str,
    /// Stages that can follow.
    pub next: Vec<&'static str>,
    /// Questionnaire id.
    pub questionnaire: String,
    /// Its version.
    pub version: String,
    /// Area set, id and version.
    pub area_set: [String; 2],
    /// Language tags.
    pub languages: Vec<String>,
    /// How people can answer.
    pub modes: Vec<&'static str>,
    /// First day, Europe/Stockholm.
    pub opens_on: NaiveDate,
    /// Last day for starting, Europe/Stockholm.
    pub closes_on: NaiveDate,
    /// Who asks.
    pub organisations: Vec<String>,
    /// The current release.
    pub release: Option<String>,
    /// Who answered, by area, the total first; once released, of one round only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responses: Option<serde_json::Value>,
}

fn body(round: &Round, release: Option<String>) -> RoundBody {
    let plan = &round.plan;
    RoundBody {
        round: plan.slug.clone(),
        kind: plan.kind.key(),
        period: plan.period.clone(),
        stage: round.stage().key(),
        next: round.stage().next().to_vec(),
        questionnaire: plan.questionnaire.id.clone(),
        version: plan.questionnaire.version.clone(),
        area_set: [plan.area_set.id.clone(), plan.area_set.version.clone()],
        languages: plan.languages.clone(),
        modes: plan.modes.iter().map(|mode| mode.key()).collect(),
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        organisations: plan.organisations.clone(),
        release,
        responses: None,
    }
}

/// Drafts are the staff's own business.
fn public(round: &Round) -> bool {
    !matches!(round.stage(), Stage::Draft)
}

async fn release_of(state: &State, round: &Round) -> Result<Option<String>, Problem> {
    Ok(published::of_round(&state.office, round.id).await?)
}

/// Every round that is more than a draft.
///
/// # Errors
/// `unavailable`.
#[utoipa::path(get, path = "/api/rounds", tag = "results",
    responses((status = 200, description = "Rounds, oldest first", body = List<RoundBody>)))]
pub async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let mut items = Vec::new();
    for round in rounds::list(&state.office).await?.iter().filter(|round| public(round)) {
        items.push(body(round, release_of(&state, round).await?));
    }
    Ok(HttpResponse::Ok().json(List::from(items)))
}

/// One round.
///
/// # Errors
/// `not_found`.
#[utoipa::path(get, path = "/api/rounds/{round}", tag = "results",
    params(("round" = String, Path, description = "Name of the round")),
    responses(
        (status = 200, description = "The round", body = RoundBody),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(round: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    rounds::tick(&state.office).await?;
    let round = rounds::find(&state.office, &round).await?;
    if !public(&round) {
        return Err(ProblemKind::NotFound.into());
    }
    let release = release_of(&state, &round).await?;
    let responses = match &release {
        Some(id) => Some(serde_json::json!(published::find(&state.office, id).await?.head().responses)),
        None => None,
    };
    Ok(HttpResponse::Ok().json(RoundBody { responses, ..body(&round, release) }))
}

/// Plans a round: the plan's keys as in a plan file.
///
/// # Errors
/// `invalid` with every fault, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/rounds", tag = "staff", security(("token" = [])),
    request_body(content = serde_json::Value, description = "The plan, as in a plan file"),
    responses(
        (status = 201, description = "Planned; `Location` names it", body = RoundBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: every fault of the plan", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn create(state: Data<State>, asked: StaffJson<Plan>) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, plan) = asked;
    staff.must(Act::MoveRound)?;
    let round = rounds::create(&state.office, plan).await?;
    let place = format!("{}/api/rounds/{}", state.public_url(), round.plan.slug);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, place)).json(body(&round, None)))
}

/// Where a round is to go.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// `scheduled`, `draft`, `open`, `paused`, `closed` or `archived`.
    pub to: String,
    /// Why; required for pausing and for closing early.
    #[serde(default)]
    #[validate(length(max = 500))]
    pub reason: String,
}

/// Moves a round to another stage.
///
/// # Errors
/// `stage_conflict` with the stages that are possible, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/rounds/{round}/transitions", tag = "staff", security(("token" = [])),
    params(("round" = String, Path, description = "Name of the round")),
    request_body = Transition,
    responses(
        (status = 200, description = "The round as it now is", body = RoundBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`stage_conflict`: `errors` name the possible stages or the missing conditions", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn transition(
    round: Path<String>,
    state: Data<State>,
    asked: StaffJson<Transition>,
) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, wanted) = asked;
    staff.must(Act::MoveRound)?;
    if wanted.validate().is_err() {
        return Err(Problem::new(ProblemKind::Invalid).fault("/reason", "length", "at most 500 characters"));
    }
    let round = rounds::transition(&state.office, &round, &wanted.to, &wanted.reason).await?;
    let release = release_of(&state, &round).await?;
    Ok(HttpResponse::Ok().json(body(&round, release)))
}

/// The key holders' shares.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// The passphrase of a single holder, or key sheets in any order. They are never logged and never stored.
    pub shares: Vec<String>,
}

/// What the opening did.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningBody {
    /// Responses of the round.
    pub responses: i64,
    /// `done`, `busy` (repeat the request) or `administrator` (see `commands`).
    pub rewriting: &'static str,
    /// What an administrator of the database has to run before the request is repeated.
    pub commands: Vec<String>,
}

/// Opens the envelopes of a closed round; may be repeated until the rewriting is done.
///
/// # Errors
/// `invalid` for a wrong share, `stage_conflict`, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/rounds/{round}/opening/shares", tag = "staff", security(("token" = [])),
    params(("round" = String, Path, description = "Name of the round")),
    request_body = Shares,
    responses(
        (status = 200, description = "Opened", body = OpeningBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`stage_conflict`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: a share is wrong; nothing was opened", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn open(round: Path<String>, state: Data<State>, asked: StaffJson<Shares>) -> Result<HttpResponse, Problem> {
    let StaffJson(staff, given) = asked;
    staff.must(Act::OpenEnvelopes)?;
    let shares = given.shares.into_iter().map(Zeroizing::new).collect();
    let opened = opening::open_envelopes(&state.office, &round, shares).await?;
    let (rewriting, commands) = match opened.scrubbed {
        Scrubbed::Done => ("done", Vec::new()),
        Scrubbed::Busy => ("busy", Vec::new()),
        Scrubbed::LeftToAdministrator(commands) => ("administrator", commands),
    };
    Ok(HttpResponse::Ok().json(OpeningBody { responses: opened.responses, rewriting, commands }))
}
