//! Desk counts: what the office knows of sampled people who did not answer.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ProblemBody, staff::Staff};
use crate::{
    service::desk,
    store::DeskEntry,
    survey::staff::Act,
    web::{extract::Raw, problem::Problem, state::State},
};

/// Most bytes of a file of counts.
const FILE: usize = 256 << 10;

/// Counts of one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskCountBody {
    /// Area code.
    pub area: String,
    /// Dead, moved out.
    pub over_coverage: i64,
    /// Returned blank or declined.
    pub blank: i64,
}

/// A version of a round's counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskBody {
    /// Its number, from 1; earlier ones stay.
    pub version: i64,
    /// When it was entered.
    pub entered_at: DateTime<Utc>,
    /// By area.
    pub areas: Vec<DeskCountBody>,
}

impl From<DeskEntry> for DeskBody {
    fn from(entry: DeskEntry) -> Self {
        let areas = entry.areas.into_iter().map(|count| DeskCountBody {
            area: count.area_code,
            over_coverage: count.over_coverage,
            blank: count.blank,
        });
        Self { version: entry.version, entered_at: entry.entered_at, areas: areas.collect() }
    }
}

/// Enters the counts of every sampled area as a new version. Refused whole, with line and reason.
///
/// # Errors
/// `import_refused`, `stage_conflict` where nobody was sampled, `unauthenticated`, `forbidden`.
#[utoipa::path(post, path = "/api/rounds/{round}/desk-counts", tag = "staff", security(("token" = [])),
    params(("round" = String, Path, description = "Name of the round")),
    request_body(content = String, content_type = "text/csv", description = "area_code,over_coverage,blank"),
    responses(
        (status = 201, description = "Entered", body = DeskBody),
        (status = 401, description = "`unauthenticated`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`forbidden`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`stage_conflict`: nobody was sampled", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`import_refused`: every line with its reason; nothing was stored", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn enter(
    staff: Staff,
    round: Path<String>,
    state: Data<State>,
    file: Raw<FILE>,
) -> Result<HttpResponse, Problem> {
    staff.must(Act::MoveRound)?;
    let entry = desk::enter(&state.office, &round, Some(&staff.0), &file.0).await?;
    Ok(HttpResponse::Created().json(DeskBody::from(entry)))
}
