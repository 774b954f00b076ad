//! Step measures of one group: points of several shares by a table of cuts, averaged. Their variance
//! comes from replicates, which are drawn elsewhere.

use super::{EstimateRecord, Estimator, Missing, record::empty, simple::rooted};
use crate::stats::{
    domain::{Domain, Group},
    interval::{self, Method},
    replicate::{Bootstrap, Columns, Seed},
    weight::VarianceForm,
};

/// A percentage this far below a cut counts as on it: what is left of exact fractions in binary.
const ON_CUT: f64 = 1e-9;

/// The scale's end.
const RANGE: f64 = 6.0;

/// One share of a step measure with its cuts.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Position of the share.
    pub measure: usize,
    /// From which percentage on how many points are given; rising, the first from 0.
    pub steps: Vec<(f64, u8)>,
}

/// A table of cuts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cuts {
    /// Shares that count alike.
    pub indicators: Vec<Indicator>,
    /// Percentages are rounded to whole ones first, half away from zero.
    pub whole_percent: bool,
}

impl Cuts {
    /// Σ g(p)/K over `shares` (0-1), in the order of the indicators: 0 to 6.
    #[must_use]
    pub fn index(&self, shares: &[f64]) -> f64 {
        let points: f64 = self.indicators.iter().zip(shares).map(|(one, share)| self.points(one, *share)).sum();
        #[expect(clippy::cast_precision_loss, reason = "some tens of indicators")]
        let count = self.indicators.len() as f64;
        points / count
    }

    /// What points of an indicator tell of its percentage: from where to where the share would have them.
    /// Neighbouring steps of equal points are one.
    #[must_use]
    pub fn interval(&self, indicator: &Indicator, share: f64) -> (f64, f64) {
        let points = self.points(indicator, share);
        let edge = |from: f64| if self.whole_percent { from - 0.5 } else { from };
        let same = |&&(_, given): &&(f64, u8)| (f64::from(given) - points).abs() < 0.5;
        let low = indicator.steps.iter().find(same).map_or(0.0, |(from, _)| edge(*from));
        let above = indicator.steps.iter().find(|(_, given)| f64::from(*given) > points + 0.5);
        (low.max(0.0), above.map_or(100.0, |(from, _)| edge(*from)))
    }

    /// g(p): points of the last step that begins at or below the percentage.
    fn points(&self, indicator: &Indicator, share: f64) -> f64 {
        let percent = 100.0 * share + ON_CUT;
        let percent = if self.whole_percent { percent.round() } else { percent };
        let step = indicator.steps.iter().take_while(|(from, _)| *from <= percent).last();
        step.map_or(0.0, |(_, points)| f64::from(*points))
    }
}

/// Where the variance of a step measure comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Step {
    /// Number of indicators.
    pub k_items: usize,
    /// Key of the random stream, 64 hexadecimal digits; absent where nothing was drawn.
    pub seed: Option<String>,
    /// Replicates that gave a figure.
    pub replicates: usize,
}

impl Estimator<'_> {
    /// The same with `replicates` replicates of every step measure in every domain, drawn from
    /// `columns` (the measure's shares in the order of its indicators) by `seed`.
    #[must_use]
    pub fn with_replicates(mut self, columns: &Columns, seed: Seed, replicates: usize) -> Self {
        let groups: Vec<Group> = self.frame.domains().into_iter().map(|(_, group)| group).collect();
        for (measure, kind) in self.kinds.iter().enumerate() {
            let super::MeasureKind::Step(cuts) = kind else { continue };
            let bootstrap = Bootstrap::new(self.weights, columns, cuts.indicators.len());
            let found = bootstrap.variances(self.frame, &groups, seed, replicates, |shares| cuts.index(shares));
            let of_group = groups.iter().zip(found).filter_map(|(group, found)| Some(((measure, *group), found?)));
            self.replicated.extend(of_group);
        }
        self.seed = Some(seed);
        self
    }

    pub(super) fn step(&self, measure: usize, cuts: &Cuts, domain: &Domain, group: Group) -> EstimateRecord {
        let parts: Vec<EstimateRecord> =
            cuts.indicators.iter().map(|indicator| self.one(indicator.measure, domain, group)).collect();
        let mut record = empty(measure, domain, Missing::KItemsChanged);
        record.variance_form = VarianceForm::Bootstrap;
        record.asked = parts.iter().map(|part| part.asked).min().unwrap_or(0);
        record.valid = parts.iter().map(|part| part.valid).min().unwrap_or(0);
        record.nonresponse = parts.iter().filter_map(|part| part.nonresponse).reduce(f64::max);
        record.sum_w = parts.iter().map(|part| part.sum_w).reduce(f64::min).unwrap_or(0.0);
        let shares: Option<Vec<f64>> = parts.iter().map(|part| part.estimate).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else { return record };
        record.estimate = Some(cuts.index(&shares));
        record.n_eff = parts.iter().filter_map(|part| part.n_eff).reduce(f64::min);
        record.df = parts.iter().filter_map(|part| part.df).min();
        let replicated = self.replicated.get(&(measure, group));
        let seed = self.seed.map(|seed| seed.iter().map(|byte| format!("{byte:02x}")).collect());
        let replicates = replicated.map_or(0, |found| found.replicates);
        record.step = Some(Step { k_items: cuts.indicators.len(), seed, replicates });
        record.missing = Some(Missing::NotEstimableVariance);
        if let (Some(found), true) = (replicated, record.valid >= 2) {
            let se = rooted(found.variance, RANGE);
            record.se = Some(se);
            record.missing = (se <= 0.0).then_some(Missing::NoVariance);
            record.ci = record.estimate.filter(|_| se > 0.0).map(|estimate| interval::normal(estimate, se));
            record.ci_method = record.ci.map(|_| Method::Z);
        }
        record
    }
}
