//! Estimates of every domain from folded totals: weighted means and shares, composites with the
//! covariances of their parts, linearised variance, intervals, design effect.
//!
//! All respondents of the round stay in: a domain, and missing answers too, only set linearised
//! values to 0. The variance is V = Σ_h (1−f_h)·n_h/(n_h−1)·Σ_{c∈h} [(w_c/W_D)²·Q_c + n_c(ū_c − ū_h)²]
//! over weighting cells c, which equals the respondent-level sum (Taylor linearisation; formulas of
//! [R `survey`]).

mod composite;
mod record;
mod simple;

use std::collections::BTreeMap;

pub use composite::pairs;
use record::empty;
pub use record::{EstimateRecord, Missing};

use super::{
    domain::{Domain, Frame, Group},
    fold::{Atom, AtomTotals, Moments, Totals, real},
    weight::{Cell, Scheme, Weights},
};

/// What a measure is, for the kernels.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureKind {
    /// Values 0 and 1.
    Share,
    /// Values 0 to 100.
    Mean,
    /// Σ a·θ over parts: position and weight; a share enters as 100·p.
    Composite(Vec<(usize, f64)>),
    /// Needs a cut table that is not there.
    NoCutTable,
}

/// One weighting cell's part in a domain and measure.
struct Part {
    district: Option<u16>,
    respondents: f64,
    weight: f64,
    moments: Moments,
    /// Mean linearised value over the whole cell, after the residual form.
    residual: f64,
}

/// Folded totals with their weights, ready for estimates.
pub struct Estimator<'a> {
    frame: &'a Frame,
    kinds: &'a [MeasureKind],
    totals: &'a Totals,
    weights: &'a Weights,
}

impl<'a> Estimator<'a> {
    /// Estimates of `totals`, whose measures are `kinds`, under `weights`.
    #[must_use]
    pub const fn new(frame: &'a Frame, kinds: &'a [MeasureKind], totals: &'a Totals, weights: &'a Weights) -> Self {
        Self { frame, kinds, totals, weights }
    }

    /// Every measure for every domain of the frame, measure by measure.
    #[must_use]
    pub fn all(&self) -> Vec<EstimateRecord> {
        let domains = self.frame.domains();
        (0..self.kinds.len())
            .flat_map(|measure| domains.iter().map(move |(domain, group)| (measure, domain, group)))
            .map(|(measure, domain, group)| self.one(measure, domain, *group))
            .collect()
    }

    /// One measure for one domain.
    #[must_use]
    pub fn one(&self, measure: usize, domain: &Domain, group: Group) -> EstimateRecord {
        match &self.kinds[measure] {
            MeasureKind::NoCutTable => empty(measure, domain, Missing::CutTableMissing),
            MeasureKind::Composite(parts) => self.composite(measure, parts, domain, group),
            MeasureKind::Share => self.simple(measure, true, domain, group),
            MeasureKind::Mean => self.simple(measure, false, domain, group),
        }
    }

    fn atoms(&self, group: Group) -> impl Iterator<Item = (&Atom, &AtomTotals)> {
        // Who is unclassed counts in the total, by district and by tenure, never by sex or by age.
        let classed = |atom: &Atom| {
            (atom.sex.is_some() || self.frame.sexes.is_empty()) && (atom.age.is_some() || self.frame.ages.is_empty())
        };
        let of_class = group.sex.is_some() || group.age.is_some();
        self.totals.atoms.iter().filter(move |(atom, _)| {
            let at = |wanted: Option<usize>, found: Option<usize>| wanted.is_none_or(|wanted| found == Some(wanted));
            (!of_class || classed(atom))
                && at(group.district, atom.district.map(usize::from))
                && at(group.sex, atom.sex.map(usize::from))
                && at(group.age, atom.age.map(usize::from))
                && at(group.tenure, atom.tenure.map(usize::from))
        })
    }

    /// Moments of a measure in a domain by weighting cell.
    fn by_cell(&self, measure: usize, group: Group) -> BTreeMap<Cell, Moments> {
        let mut cells: BTreeMap<Cell, Moments> = BTreeMap::new();
        for (atom, totals) in self.atoms(group) {
            let cell = cells.entry(Cell::of(*atom)).or_default();
            *cell = cell.merge(&totals.measures[measure]);
        }
        cells
    }

    /// Weighted sum of valid persons and weighted mean.
    fn mean(&self, cells: &BTreeMap<Cell, Moments>) -> (f64, f64) {
        let (mut sum, mut values) = (0.0, 0.0);
        for (cell, moments) in cells {
            let weight = self.weights.cells.get(cell).map_or(0.0, |(_, weight)| *weight) * real(moments.valid);
            sum += weight;
            values += weight * moments.mean;
        }
        (sum, if sum > 0.0 { values / sum } else { 0.0 })
    }

    fn parts(&self, cells: &BTreeMap<Cell, Moments>, mean: f64, sum_w: f64) -> Vec<Part> {
        self.weights
            .cells
            .iter()
            .map(|(cell, &(respondents, weight))| {
                let moments = cells.get(cell).copied().unwrap_or_default();
                let respondents = real(respondents);
                let linear = weight * real(moments.valid) * (moments.mean - mean) / (respondents * sum_w);
                let poststratified = self.weights.scheme == Scheme::Poststratify && cell.class.is_some();
                let residual = if poststratified { 0.0 } else { linear };
                Part { district: cell.district, respondents, weight, moments, residual }
            })
            .collect()
    }

    /// (1 − f)·n/(n − 1) of a district.
    fn factor(&self, district: Option<u16>) -> f64 {
        let (respondents, fraction) = self.weights.strata.get(&district).copied().unwrap_or_default();
        let respondents = real(respondents);
        if respondents < 2.0 { 0.0 } else { (1.0 - fraction) * respondents / (respondents - 1.0) }
    }

    /// Mean residual of each district over all its respondents.
    fn district_means(&self, residuals: impl Iterator<Item = (Option<u16>, f64, f64)>) -> BTreeMap<Option<u16>, f64> {
        let mut sums: BTreeMap<Option<u16>, f64> = BTreeMap::new();
        for (district, respondents, residual) in residuals {
            *sums.entry(district).or_default() += respondents * residual;
        }
        for (district, sum) in &mut sums {
            *sum /= real(self.weights.strata.get(district).map_or(1, |stratum| stratum.0));
        }
        sums
    }
}
