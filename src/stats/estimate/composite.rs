//! Composites of one group: the sum of their parts, with the covariances of those. Parts are estimated
//! elsewhere.

use super::{EstimateRecord, Estimator, MeasureKind, Missing, linear::Term, record::empty, simple::rooted};
use crate::stats::{
    domain::{Domain, Group},
    interval::{self, Method},
};

impl Estimator<'_> {
    pub(super) fn composite(
        &self,
        measure: usize,
        parts: &[(usize, f64)],
        domain: &Domain,
        group: Group,
    ) -> EstimateRecord {
        let records: Vec<EstimateRecord> = parts.iter().map(|&(part, _)| self.one(part, domain, group)).collect();
        let mut record = empty(measure, domain, Missing::NotAsked);
        record.variance_form = self.weights.form();
        record.missing = records.iter().find_map(|part| part.missing.filter(|_| part.se.is_none()));
        record.asked = records.iter().map(|part| part.asked).min().unwrap_or(0);
        record.valid = records.iter().map(|part| part.valid).min().unwrap_or(0);
        record.nonresponse = records.iter().filter_map(|part| part.nonresponse).reduce(f64::max);
        record.sum_w = records.iter().map(|part| part.sum_w).reduce(f64::min).unwrap_or(0.0);
        let estimates: Option<Vec<f64>> = records.iter().map(|part| part.estimate).collect();
        let Some(estimates) = estimates else { return record };
        let scale: Vec<f64> = parts
            .iter()
            .map(|&(part, weight)| weight * if self.kinds[part].is_share() { 100.0 } else { 1.0 })
            .collect();
        record.estimate = Some(scale.iter().zip(&estimates).map(|(scale, estimate)| scale * estimate).sum());
        record.n_eff = records.iter().filter_map(|part| part.n_eff).reduce(f64::min);
        record.df = records.iter().filter_map(|part| part.df).min();
        if records.iter().any(|part| part.se.is_none()) {
            return record;
        }
        record.missing = None;
        let terms: Vec<Term> = parts
            .iter()
            .zip(&scale)
            .zip(&records)
            .map(|((&(part, _), scale), found)| Term {
                measure: part,
                cells: self.by_cell(part, group),
                centre: found.estimate.unwrap_or(0.0),
                scale: scale / found.sum_w,
            })
            .collect();
        let se = rooted(self.variance(&terms, group), 100.0);
        record.se = Some(se);
        record.homogeneous = records.iter().all(|part| part.homogeneous);
        if se > 0.0 {
            record.ci = record.estimate.map(|estimate| interval::normal(estimate, se));
            record.ci_method = Some(Method::Z);
        } else {
            record.missing = Some(Missing::NoVariance);
        }
        record
    }
}

/// Pairs of measures whose co-moments the composites among `kinds` need.
#[must_use]
pub fn pairs(kinds: &[MeasureKind]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for kind in kinds {
        if let MeasureKind::Composite(parts) = kind {
            for (place, (first, _)) in parts.iter().enumerate() {
                for (second, _) in &parts[place + 1..] {
                    // The order within a pair is that of the parts, as the variance asks for it.
                    pairs.push((*first, *second));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
