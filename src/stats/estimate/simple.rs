//! Shares and means of one group, with standard error, design effect and interval. Composites are not
//! here.

use super::{EstimateRecord, Estimator, Missing, record::counted};
use crate::stats::{
    domain::{Domain, Group},
    fold::{Moments, real},
    interval::{self, Method},
};

impl Estimator<'_> {
    pub(super) fn simple(&self, measure: usize, share: bool, domain: &Domain, group: Group) -> EstimateRecord {
        let cells = self.by_cell(measure, group);
        let all = cells.values().fold(Moments::default(), |sum, moments| sum.merge(moments));
        let mut record = counted(measure, domain, &all, share);
        if all.asked == 0 || all.valid == 0 {
            record.missing = Some(if all.asked == 0 { Missing::NotAsked } else { Missing::NotEstimable });
            return record;
        }
        let (sum_w, mean) = self.mean(&cells);
        let parts = self.parts(&cells, mean, sum_w);
        let means = self.district_means(parts.iter().map(|part| (part.district, part.respondents, part.residual)));
        let (mut variance, mut squares) = (0.0, 0.0);
        for part in &parts {
            let (valid, delta) = (real(part.moments.valid), part.moments.mean - mean);
            let within = part.moments.squares + valid * (1.0 - valid / part.respondents) * delta * delta;
            let ratio = part.weight / sum_w;
            let between = part.residual - means.get(&part.district).copied().unwrap_or(0.0);
            variance += self.factor(part.district) * (ratio * ratio * within + part.respondents * between * between);
            squares += part.weight * (part.moments.squares + valid * delta * delta);
        }
        let range = if share { 1.0 } else { 100.0 };
        record.sum_w = sum_w;
        record.estimate = Some(mean);
        record.homogeneous = squares <= 0.0 || all.squares <= 0.0;
        let districts = cells.iter().filter(|(_, m)| m.valid > 0).map(|(cell, _)| cell.district);
        let districts: std::collections::BTreeSet<_> = districts.collect();
        let df = i64::try_from(all.valid).unwrap_or(i64::MAX) - i64::try_from(districts.len()).unwrap_or(0);
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
        let floor = (1e-12 * range) * (1e-12 * range);
        let variance = if variance < floor { 0.0 } else { variance };
        let se = variance.sqrt();
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
        let deff = variance / (s2 / valid);
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
