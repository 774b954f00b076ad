//! Who answered, and what later releases decide comparisons by. No answer's content is here.

use std::collections::BTreeMap;

use super::{Inputs, ReleaseError};
use crate::{
    questionnaire::Kind as MeasureKind,
    service::{
        Office,
        estimation::{Estimated, Material},
    },
    survey::{
        accounting::{Accounting, weighted_rate},
        breaks::{CutTable, Key},
        release::Response,
        round::Round,
    },
};

/// Accounting by district, with what was sampled and what the desk had counted by then.
pub(super) async fn accounting(
    office: &Office,
    inputs: &Inputs,
    material: &Material,
    estimated: &Estimated,
) -> Result<Vec<Accounting>, ReleaseError> {
    let mut tx = office.database.read().await?;
    let round = &inputs.round;
    let samples = tx.samples().of_round(round.id).await?;
    let mut entries = tx.desk_counts().list(round.id).await?.into_iter();
    let desk =
        entries.find(|entry| Some(entry.version) == inputs.desk_counts).map_or_else(Vec::new, |entry| entry.areas);
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    let districts = material.areas.districts().zip(&estimated.accounting);
    Ok(districts
        .map(|(area, counted)| {
            let sampled = samples.iter().find(|sample| sample.area_code == area.code);
            let desk = desk.iter().find(|desk| desk.area_code == area.code);
            Accounting {
                sampled: sampled.map_or(0, |sample| whole(sample.sampled)),
                over_coverage: desk.map_or(0, |desk| whole(desk.over_coverage)),
                blank: desk.map_or(0, |desk| whole(desk.blank)),
                ..*counted
            }
        })
        .collect())
}

pub(super) fn key(round: &Round, material: &Material, estimated: &Estimated, accounting: &[Accounting]) -> Key {
    let plan = &round.plan;
    let set = &material.shown;
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
        area_set: set.reference(),
        boundaries,
        total: set.total().map_or_else(String::new, |area| area.code.clone()),
        scheme: estimated.weights.method(),
        merges: estimated.weights.merged(),
        population_date: material.population.as_ref().map(|population| population.reference_date),
        cuts: cut_tables(material),
        response_rate: rate.filter(|_| accounting.iter().any(|district| district.sampled > 0)),
    }
}

/// The cut table behind each step measure, with the number of its indicators that the version has.
fn cut_tables(material: &Material) -> BTreeMap<String, CutTable> {
    let Some(table) = &material.cuts else { return BTreeMap::new() };
    let of_round = CutTable { id: table.meta.id.clone(), k: table.shares(&material.questionnaire).count() };
    let measures = material.questionnaire.measures().iter();
    let steps = measures.filter(|measure| matches!(measure.kind, MeasureKind::Step));
    steps.map(|measure| (measure.id.clone(), of_round.clone())).collect()
}

/// Accounting of every area of the tables: that of its districts together.
fn by_area<'a>(material: &'a Material, accounting: &[Accounting]) -> Vec<(&'a str, Accounting)> {
    let districts: Vec<(&str, Accounting)> =
        material.areas.districts().map(|area| area.code.as_str()).zip(accounting.iter().copied()).collect();
    let areas = material.shown.districts().map(|area| {
        let parts = material.districts_of(&area.code);
        let own = districts.iter().filter(|(code, _)| parts.contains(code)).map(|(_, counted)| counted);
        (area.code.as_str(), Accounting::sum(own))
    });
    areas.collect()
}

/// Response by area, the total first; nothing where no letters were sent.
///
/// # Errors
/// [`ReleaseError::Accounting`] for a district in which more is accounted for than was sampled.
pub(super) fn responses(material: &Material, accounting: &[Accounting]) -> Result<Vec<Response>, ReleaseError> {
    let all = Accounting::sum(accounting);
    if all.sampled == 0 {
        return Ok(Vec::new());
    }
    let refuse = |code: &str| ReleaseError::Accounting(code.to_owned());
    let districts = || material.areas.districts().zip(accounting);
    if let Some((district, _)) = districts().find(|(_, counted)| counted.missing().is_none()) {
        return Err(refuse(&district.code));
    }
    let persons = |district: &str| Some(material.population.as_ref()?.district_total(district));
    let sized: Option<Vec<(u64, Accounting)>> =
        districts().map(|(area, counted)| Some((persons(&area.code)?, *counted))).collect();
    let weighted = sized.and_then(|sized| weighted_rate(&sized));
    let total = material.shown.total().map(|area| (area.code.as_str(), all, weighted));
    let areas = by_area(material, accounting).into_iter().map(|(code, counted)| (code, counted, None));
    let response = |(code, counted, weighted)| Response::of(code, counted, weighted).ok_or_else(|| refuse(code));
    total.into_iter().chain(areas).map(response).collect()
}

/// Responses by area, and in all, as the release prints them; nothing where it prints none.
pub(super) fn answered(material: &Material, accounting: &[Accounting]) -> Vec<(Option<String>, u64)> {
    let all = Accounting::sum(accounting);
    if all.sampled == 0 {
        return Vec::new();
    }
    let areas = by_area(material, accounting).into_iter();
    let areas = areas.map(|(code, counted)| (Some(code.to_owned()), counted.answered()));
    areas.chain([(None, all.answered())]).collect()
}
