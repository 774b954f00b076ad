//! How many answered, and what later releases decide comparisons by. No answer's content is here.

use std::collections::BTreeMap;

use super::ReleaseError;
use crate::{
    service::{
        Office,
        estimation::{Estimated, Material},
    },
    stats::disclosure::published_n,
    survey::{accounting::Accounting, area::Area, breaks::Key, release::Response, round::Round},
};

/// Accounting by district, with what was sampled.
pub(super) async fn accounting(
    office: &Office,
    round: &Round,
    material: &Material,
    estimated: &Estimated,
) -> Result<Vec<Accounting>, ReleaseError> {
    let samples = office.database.read().await?.samples().of_round(round.id).await?;
    let sampled = |code: &str| {
        let found = samples.iter().find(|sample| sample.area_code == code);
        found.and_then(|sample| u64::try_from(sample.sampled).ok()).unwrap_or(0)
    };
    let districts = material.areas.districts().zip(&estimated.accounting);
    Ok(districts.map(|(area, counted)| Accounting { sampled: sampled(&area.code), ..*counted }).collect())
}

pub(super) fn key(round: &Round, material: &Material, estimated: &Estimated, accounting: &[Accounting]) -> Key {
    let plan = &round.plan;
    let set = &material.areas;
    let shown = set.total().into_iter().chain(set.districts());
    let boundaries: BTreeMap<String, String> = shown.map(|area| (area.code.clone(), set.boundary(area))).collect();
    let (paper, all) = estimated.paper;
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    let paper_share = if all == 0 { 0.0 } else { (100.0 * paper as f64 / all as f64).round() };
    let rate = Accounting::sum(accounting).rr2().map(|rate| (rate.percent() * 10.0).round() / 10.0);
    Key {
        fingerprint: round.fingerprint.clone().unwrap_or_else(|| material.questionnaire.fingerprint()),
        stream: plan.stream,
        ages: plan.ages,
        modes: plan.modes.clone(),
        paper_share,
        field: (plan.opens_on, plan.closes_on),
        area_set: plan.area_set.clone(),
        boundaries,
        total: set.total().map_or_else(String::new, |area| area.code.clone()),
        scheme: estimated.weights.key(),
        response_rate: rate.filter(|_| accounting.iter().any(|district| district.sampled > 0)),
    }
}

/// Response by area, the total first; nothing where no letters were sent.
pub(super) fn responses(material: &Material, accounting: &[Accounting]) -> Vec<Response> {
    let all = Accounting::sum(accounting);
    if all.sampled == 0 {
        return Vec::new();
    }
    let row = |area: &Area, counted: &Accounting, decimals: f64| Response {
        area: area.code.clone(),
        sampled: counted.sampled,
        answered: published_n(counted.answered()),
        rate: counted.rr2().map_or(0.0, |rate| (rate.percent() * decimals).round() / decimals),
    };
    let total = material.areas.total().map(|area| row(area, &all, 10.0));
    let districts = material.areas.districts().zip(accounting).map(|(area, counted)| row(area, counted, 1.0));
    total.into_iter().chain(districts).collect()
}
