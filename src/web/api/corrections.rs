//! What a correction corrects: each figure as it was and as it is.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ProblemBody,
    validators::{self, FROZEN, Tag},
};
use crate::{
    service::corrections::{self, Correction},
    stats::compare::Verdict,
    survey::release::{Corrected, Shown, corrected},
    web::{problem::Problem, state::State},
};

/// What is published of a figure.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownBody {
    /// The value, or the difference.
    pub value: Option<f64>,
    /// 95 % interval.
    pub ci: Option<[f64; 2]>,
    /// Answers, rounded.
    pub n: Option<u64>,
    /// `..` withheld, `.` no such figure, or letters of flags.
    pub status: String,
    /// What a difference says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub verdict: Option<Verdict>,
}

impl From<Shown<'_>> for ShownBody {
    fn from(shown: Shown<'_>) -> Self {
        Self {
            value: shown.value,
            ci: shown.interval.map(|(low, high)| [low, high]),
            n: shown.n,
            status: shown.status.to_owned(),
            verdict: shown.verdict,
        }
    }
}

/// A figure that was corrected.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedBody {
    /// Measure id.
    pub measure: String,
    /// Area code; the total's for everybody.
    pub area: String,
    /// Codes of sex, age or tenure, separated by commas.
    pub group: String,
    /// The earlier period, where it is a difference between two rounds.
    pub since: Option<String>,
    /// As the replaced release has it; absent if it did not stand there.
    pub old: Option<ShownBody>,
    /// As the correction has it; absent if it stands there no longer.
    pub new: Option<ShownBody>,
}

/// What a correction corrects.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesBody {
    /// The correction.
    pub release: String,
    /// The release that it takes the place of.
    pub supersedes: String,
    /// When the correction was composed.
    pub created_at: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
    /// Every figure that differs.
    pub changes: Vec<ChangedBody>,
}

fn body(Correction { old, new }: &Correction) -> ChangesBody {
    let changed = |corrected: Corrected<'_>| {
        let domain = corrected.which.domain;
        let group = [&domain.sex, &domain.age, &domain.tenure].into_iter().flatten();
        ChangedBody {
            measure: corrected.which.measure.to_owned(),
            area: domain.area.clone().unwrap_or_else(|| new.total().to_owned()),
            group: group.cloned().collect::<Vec<_>>().join(","),
            since: corrected.which.since.map(str::to_owned),
            old: corrected.old.map(ShownBody::from),
            new: corrected.new.map(ShownBody::from),
        }
    };
    ChangesBody {
        release: new.head().id.clone(),
        supersedes: old.head().id.clone(),
        created_at: new.head().created_at,
        reason: new.head().reason.clone(),
        changes: corrected(old, new).into_iter().map(changed).collect(),
    }
}

/// What a correction corrects.
///
/// # Errors
/// `not_found`, also for a release that corrects nothing; `release_damaged`.
#[utoipa::path(get, path = "/api/releases/{release}/changes", tag = "results",
    params(("release" = String, Path, description = "Release id")),
    responses(
        (status = 200, description = "Each figure that differs from the superseded release", body = ChangesBody),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(request: HttpRequest, id: Path<String>, state: Data<State>) -> Result<HttpResponse, Problem> {
    let correction = corrections::find(&state.office, &id).await?;
    let tag = Tag::of([b"changes".as_slice(), correction.new.hash(), correction.old.hash()]);
    let modified = Some(correction.new.head().created_at);
    validators::answer(&request, &tag, FROZEN, modified, |response| Ok(response.json(body(&correction))))
}
