//! What was printed before this service: every value as printed, with its source and revision. No
//! change between them is computed anywhere.

use actix_web::{HttpResponse, http::header, web::Data};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{List, breaks::SaidBody, validators::FRESH};
use crate::{
    export::series::direction_key,
    service::history,
    survey::history::PrintedUnit,
    web::{problem::Problem, state::State},
};

/// A printed value.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrintedBody {
    /// Series.
    pub series: String,
    /// Period.
    pub period: String,
    /// Area code.
    pub area: String,
    /// Group, `all` for everyone.
    pub group: String,
    /// The value exactly as printed.
    pub printed: String,
    /// The number that it stands for.
    pub value: f64,
    /// `percent`, `index A-B`, `count` or `rate`.
    pub unit: String,
    /// `lower_better`, `higher_better` or `neutral`.
    pub direction: &'static str,
    /// Who printed it.
    pub source: String,
    /// Remark.
    pub note: String,
    /// Which import brought it, from 1.
    pub revision: usize,
    /// When that was.
    pub imported_at: DateTime<Utc>,
    /// Other values were printed of the same period.
    pub contradicted: bool,
    /// Staff have marked it as the one that holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<SaidBody>,
}

fn unit(unit: PrintedUnit) -> String {
    match unit {
        PrintedUnit::Percent => "percent".to_owned(),
        PrintedUnit::Index { from, to } => format!("index {from}-{to}"),
        PrintedUnit::Count => "count".to_owned(),
        PrintedUnit::Rate => "rate".to_owned(),
    }
}

/// Every printed value, in the order of the imports.
///
/// # Errors
/// `unavailable`.
#[utoipa::path(get, path = "/api/history", tag = "results",
    responses((status = 200, description = "Printed values, several of one period side by side", body = List<PrintedBody>)))]
pub async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let published = history::published(&state.office).await?;
    let all = published.history();
    let items: Vec<PrintedBody> = published
        .values
        .iter()
        .map(|revised| {
            let value = &revised.value;
            PrintedBody {
                series: value.series.clone(),
                period: value.period.clone(),
                area: value.area.clone(),
                group: value.group.clone(),
                printed: value.printed.clone(),
                value: value.value,
                unit: unit(value.unit),
                direction: direction_key(value.direction),
                source: value.source.clone(),
                note: value.note.clone(),
                revision: revised.revision,
                imported_at: revised.imported_at,
                contradicted: value.group == "all" && all.ambiguous(&value.series, &value.period, &value.area),
                holds: published.mark(value).map(SaidBody::from),
            }
        })
        .collect();
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(List::from(items)))
}
