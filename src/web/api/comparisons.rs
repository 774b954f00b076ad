//! Two rounds beside each other. That they cannot be compared is an answer, not an error: then the
//! difference is absent, and the reasons say why.

use actix_web::{HttpResponse, http::header, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ProblemBody, breaks::SaidBody, validators::FRESH};
use crate::{
    service::results::{self, Asked},
    stats::compare::Verdict,
    web::{extract::Query, problem::Problem, state::State},
};

/// What is compared.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Measure id.
    pub measure: String,
    /// Area code.
    pub area: String,
    /// Earlier period, or release id.
    pub from: String,
    /// Later period, or release id.
    pub to: String,
    /// Codes of sex, age or tenure, separated by commas.
    pub group: Option<String>,
}

/// A reason that two figures differ in what they mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonBody {
    /// Stable code: `wording`, `options`, `formula`, `area_set`, `age_range`, `mode`, …
    pub code: String,
    /// `hard` (not comparable), `bridged`, `soft` or `note`.
    pub class: &'static str,
    /// The item that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// What a person has said of it: a bridge with its note, or a declared break.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared: Option<SaidBody>,
}

/// What two releases say together.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonBody {
    /// Measure id.
    pub measure: String,
    /// Area code.
    pub area: String,
    /// Codes of sex, age or tenure.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Earlier period.
    pub from: String,
    /// Later period.
    pub to: String,
    /// `improved`, `worse`, `no_established_change` or `not_comparable`; absent for a measure without
    /// direction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
    /// Later minus earlier, rounded; absent if refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
    /// 95 % interval of the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci: Option<[f64; 2]>,
    /// The smaller number of answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Unit of rounding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded_to: Option<f64>,
    /// `<0.001`, `<0.01`, `<0.05` or `not established`, after adjustment within the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_class: Option<String>,
    /// Every reason, hard ones too.
    pub reasons: Vec<ReasonBody>,
}

fn key(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned))
}

/// Compares two rounds.
///
/// # Errors
/// `bad_query`, `not_found` for what no release has.
#[utoipa::path(get, path = "/api/comparisons", tag = "results", params(Which),
    responses(
        (status = 200, description = "The comparison, or its refusal with reasons", body = ComparisonBody),
        (status = 400, description = "`bad_query`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`", body = ProblemBody, content_type = "application/problem+json"),
    ))]
pub async fn show(state: Data<State>, which: Query<Which>) -> Result<HttpResponse, Problem> {
    let Query(which) = which;
    let group = which.group.unwrap_or_default();
    let asked = Asked { measure: &which.measure, area: &which.area, group: &group, from: &which.from, to: &which.to };
    let found = results::compare(&state.office, asked).await?;
    let difference = found.found;
    let reasons: Vec<ReasonBody> = found
        .reasons
        .iter()
        .map(|reason| ReasonBody {
            code: reason.code.clone(),
            class: reason.class.key(),
            item: reason.item.clone(),
            detail: reason.detail.clone(),
            declared: found.said_of(reason).map(SaidBody::from),
        })
        .collect();
    let body = ComparisonBody {
        measure: found.measure,
        area: which.area,
        group,
        from: found.from,
        to: found.to,
        verdict: found.verdict.map(Verdict::key),
        difference: difference.map(|found| found.value),
        ci: difference.map(|found| [found.ci.0, found.ci.1]),
        n: difference.map(|found| found.n),
        rounded_to: difference.map(|found| found.rounded_to),
        p_class: difference.and_then(|found| found.p_class).as_ref().and_then(key),
        reasons,
    };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, FRESH)).json(body))
}
