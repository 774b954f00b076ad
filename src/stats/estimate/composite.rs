//! Composites of one group: the sum of their parts, with the covariances of those. Parts are estimated
//! elsewhere.

use std::collections::BTreeMap;

use super::{EstimateRecord, Estimator, MeasureKind, Missing, Part, record::empty};
use crate::stats::{
    domain::{Domain, Group},
    fold::{CoMoments, real},
    interval::{self, Method},
    weight::Cell,
};

impl Estimator<'_> {
    /// Moments of a pair of measures in a domain by weighting cell.
    fn pair_by_cell(&self, first: usize, second: usize, group: Group) -> BTreeMap<Cell, CoMoments> {
        let mut cells: BTreeMap<Cell, CoMoments> = BTreeMap::new();
        let place = self.totals.pairs().iter().position(|pair| *pair == (first, second));
        if let Some(place) = place {
            for (atom, totals) in self.atoms(group) {
                let cell = cells.entry(Cell::of(*atom)).or_default();
                *cell = cell.merge(&totals.pairs[place]);
            }
        }
        cells
    }

    pub(super) fn composite(
        &self,
        measure: usize,
        parts: &[(usize, f64)],
        domain: &Domain,
        group: Group,
    ) -> EstimateRecord {
        let records: Vec<EstimateRecord> = parts.iter().map(|&(part, _)| self.one(part, domain, group)).collect();
        let mut record = empty(measure, domain, Missing::NotAsked);
        record.missing = records.iter().find_map(|part| part.missing.filter(|_| part.se.is_none()));
        record.asked = records.iter().map(|part| part.asked).min().unwrap_or(0);
        record.valid = records.iter().map(|part| part.valid).min().unwrap_or(0);
        record.nonresponse = records.iter().filter_map(|part| part.nonresponse).reduce(f64::max);
        record.sum_w = records.iter().map(|part| part.sum_w).reduce(f64::min).unwrap_or(0.0);
        let estimates: Option<Vec<f64>> = records.iter().map(|part| part.estimate).collect();
        let Some(estimates) = estimates else { return record };
        let scale: Vec<f64> = parts
            .iter()
            .map(|&(part, weight)| weight * if self.kinds[part] == MeasureKind::Share { 100.0 } else { 1.0 })
            .collect();
        record.estimate = Some(scale.iter().zip(&estimates).map(|(scale, estimate)| scale * estimate).sum());
        record.n_eff = records.iter().filter_map(|part| part.n_eff).reduce(f64::min);
        record.df = records.iter().filter_map(|part| part.df).min();
        if records.iter().any(|part| part.se.is_none()) {
            return record;
        }
        record.missing = None;
        let variance = self.composite_variance(parts, &scale, &records, group);
        let se = if variance < 1e-20 { 0.0 } else { variance.sqrt() };
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

    /// The variance of a composite: linearised values are summed per respondent before squaring, so
    /// covariances count.
    fn composite_variance(
        &self,
        parts: &[(usize, f64)],
        scale: &[f64],
        records: &[EstimateRecord],
        group: Group,
    ) -> f64 {
        let of_part: Vec<Vec<Part>> = parts
            .iter()
            .zip(records)
            .map(|(&(part, _), record)| {
                self.parts(&self.by_cell(part, group), record.estimate.unwrap_or(0.0), record.sum_w)
            })
            .collect();
        let cells: Vec<(&Cell, &(u64, f64))> = self.weights.cells.iter().collect();
        let summed: Vec<f64> = (0..cells.len())
            .map(|cell| of_part.iter().zip(scale).map(|(part, scale)| scale * part[cell].residual).sum())
            .collect();
        let means = self
            .district_means(cells.iter().zip(&summed).map(|((cell, found), &sum)| (cell.district, real(found.0), sum)));
        let mut variance = 0.0;
        for (place, (cell, (respondents, _))) in cells.iter().enumerate() {
            let between = summed[place] - means.get(&cell.district).copied().unwrap_or(0.0);
            variance += self.factor(cell.district) * real(*respondents) * between * between;
        }
        for (k, own) in of_part.iter().enumerate() {
            for (l, other) in of_part.iter().enumerate() {
                let pair = if k == l {
                    BTreeMap::new()
                } else {
                    self.pair_by_cell(parts[k.min(l)].0, parts[k.max(l)].0, group)
                };
                for (place, (cell, _)) in cells.iter().enumerate() {
                    let (first, second) = (&own[place], &other[place]);
                    let centre =
                        |part: &Part, record: &EstimateRecord| part.moments.mean - record.estimate.unwrap_or(0.0);
                    let (at_k, at_l) = (centre(first, &records[k]), centre(second, &records[l]));
                    let joint = if k == l {
                        first.moments.squares + real(first.moments.valid) * at_k * at_k
                    } else {
                        let both = pair.get(cell).copied().unwrap_or_default();
                        let (mean_k, mean_l) = if k < l { both.means } else { (both.means.1, both.means.0) };
                        let (gap_k, gap_l) =
                            (mean_k - records[k].estimate.unwrap_or(0.0), mean_l - records[l].estimate.unwrap_or(0.0));
                        both.products + real(both.valid) * gap_k * gap_l
                    };
                    let sums = real(first.moments.valid) * at_k * real(second.moments.valid) * at_l / first.respondents;
                    let ratio = first.weight * first.weight / (records[k].sum_w * records[l].sum_w);
                    variance += self.factor(cell.district) * scale[k] * scale[l] * ratio * (joint - sums);
                }
            }
        }
        variance
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
