//! What a release says of its weights: coarse enough that no cell's number of answers can be worked out.
//! Weights themselves are never published.

use crate::{
    stats::{
        disclosure::{SafeTable, published_n},
        domain::DomainKind,
        estimate::EstimateRecord,
        weight::WeightLog,
    },
    survey::release::{HeadlinePrecision, PublishedMeasure, Weighting},
};

fn rounded(number: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    (number * unit).round() / unit
}

/// How answers were weighted, and how precise the headline measures of everybody are if they are shown.
pub(super) fn weighting(
    log: &WeightLog,
    measures: &[PublishedMeasure],
    records: &[EstimateRecord],
    table: &SafeTable,
) -> Weighting {
    let headline =
        measures.iter().enumerate().filter(|(_, measure)| measure.headline).filter_map(|(place, measure)| {
            let total = |kind: DomainKind| kind == DomainKind::Total;
            let shown = table.records().iter().find(|shown| shown.measure == measure.id && total(shown.domain.kind));
            shown?.value?;
            let record = records.iter().find(|record| record.measure == place && total(record.domain.kind))?;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of people, 0 or more")]
            let n_eff = published_n(record.n_eff?.max(0.0).round() as u64);
            Some(HeadlinePrecision {
                measure: measure.id.clone(),
                deff: record.deff.map(|deff| rounded(deff, 2)),
                n_eff,
            })
        });
    Weighting {
        scheme: log.scheme.key().to_owned(),
        kish_deff: rounded(log.kish_deff, 1),
        variance: log.variance.key().to_owned(),
        merges: log.merges.iter().map(ToString::to_string).collect(),
        merged_districts: log.merged_districts.clone(),
        moved: Some((rounded(log.moved.0, 1), rounded(log.moved.1, 1))),
        trimmed: log.trimming.map(|trimming| (100.0 * trimming.share).round()),
        headline: headline.collect(),
    }
}
