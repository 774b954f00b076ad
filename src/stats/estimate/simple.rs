//! Shares and means of one group, with standard error, design effect and interval. Composites are not
//! here.

use std::collections::BTreeSet;

use super::{EstimateRecord, Estimator, Missing, linear::Term, record::counted};
use crate::stats::{
    domain::{Domain, Group},
    fold::{Moments, real},
    interval::{self, Method},
};

/// Standard error of a variance on a scale of `range`; what only rounding left is 0.
pub(super) fn rooted(variance: f64, range: f64) -> f64 {
    let floor = (1e-12 * range) * (1e-12 * range);
    if variance < floor { 0.0 } else { variance.sqrt() }
}

impl Estimator<'_> {
    pub(super) fn simple(&self, measure: usize, share: bool, domain: &Domain, group: Group) -> EstimateRecord {
        let cells = self.by_cell(measure, group);
        let all = cells.iter().fold(Moments::default(), |sum, moments| sum.merge(moments));
        let mut record = counted(measure, domain, &all, share);
        record.variance_form = self.weights.form();
        if all.asked == 0 || all.valid == 0 {
            record.missing = Some(if all.asked == 0 { Missing::NotAsked } else { Missing::NotEstimable });
            return record;
        }
        let weighted = || self.weights.cells.iter().zip(&cells);
        let (sum, sum_w) = self.sums(&cells);
        // Weights of a calibration with the linear distance may be negative.
        if sum_w <= 0.0 {
            record.missing = Some(Missing::NotEstimable);
            return record;
        }
        let mean = sum / sum_w;
        let squares = weighted().map(|(cell, moments)| {
            let delta = moments.mean - mean;
            cell.weight * (moments.squares + real(moments.valid) * delta * delta)
        });
        let squares: f64 = squares.sum();
        let range = if share { 1.0 } else { 100.0 };
        record.sum_w = sum_w;
        record.estimate = Some(mean);
        record.homogeneous = squares <= 0.0 || all.squares <= 0.0;
        let strata: BTreeSet<usize> =
            weighted().filter(|(_, moments)| moments.valid > 0).map(|(cell, _)| cell.stratum).collect();
        let df = i64::try_from(all.valid).unwrap_or(i64::MAX) - i64::try_from(strata.len()).unwrap_or(0);
        let variance = self.variance(&[Term { measure, cells, centre: mean, scale: 1.0 / sum_w }], group);
        record.df = Some(df);
        self.spread(&mut record, variance, squares / sum_w, share, range);
        record
    }

    /// Standard error, design effect and interval from the variance; `spread` is the weighted
    /// variance of the values, Σw(y−ȳ)²/Σw.
    #[expect(clippy::unused_self, reason = "belongs to the estimator's steps")]
    fn spread(&self, record: &mut EstimateRecord, variance: f64, spread: f64, share: bool, range: f64) {
        let (Some(mean), valid) = (record.estimate, real(record.valid)) else { return };
        if record.valid < 2 {
            record.missing = Some(Missing::NotEstimableVariance);
            return;
        }
        let se = rooted(variance, range);
        record.se = Some(se);
        if record.homogeneous {
            record.n_eff = Some(valid);
            if share {
                let found = interval::of_share(mean.round(), se, valid, 0.0);
                record.ci = found.map(|(bounds, _)| bounds);
                record.ci_method = found.map(|(_, method)| method);
            } else {
                record.missing = Some(Missing::NoVariance);
            }
            return;
        }
        let s2 = spread * valid / (valid - 1.0);
        let deff = se * se / (s2 / valid);
        record.deff = Some(deff);
        record.n_eff = Some(if deff > 0.0 { valid / deff } else { valid });
        let found = if share {
            #[expect(clippy::cast_precision_loss, reason = "degrees of freedom are small")]
            let df = record.df.unwrap_or(0) as f64;
            interval::of_share(mean, se, valid, df)
        } else {
            Some((interval::normal(mean, se), Method::Z))
        };
        record.ci = found.map(|(bounds, _)| bounds);
        record.ci_method = found.map(|(_, method)| method);
    }
}
