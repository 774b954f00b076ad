//! Estimates of every domain from folded totals: weighted means and shares, composites with the
//! covariances of their parts, linearised variance, intervals, design effect.
//!
//! All respondents of the round stay in: a domain, and missing answers too, only set linearised
//! values to 0. Everything is computed from totals of atoms, which equals the respondent-level sums.

mod composite;
mod linear;
mod ratio;
mod record;
mod simple;
mod step;

use std::collections::BTreeMap;

pub use composite::pairs;
pub use ratio::Figure;
use record::empty;
pub use record::{EstimateRecord, Missing};
pub use step::{Cuts, Indicator, Step};

use super::{
    domain::{Domain, Frame, Group},
    fold::{Atom, AtomTotals, Totals},
    replicate::{Replicated, Seed},
    weight::Weights,
};

/// Bounds of a share that are farther apart make it uncertain: 10 percentage points.
pub const WIDE_BOUNDS: f64 = 0.10;

/// What a measure is, for the kernels.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureKind {
    /// Values 0 and 1.
    Share,
    /// Values 0 to 100.
    Mean,
    /// Σ a·θ over parts: position and weight; a share enters as 100·p.
    Composite(Vec<(usize, f64)>),
    /// As a share, with two more shares that bound it: if they are far apart, its figures are uncertain
    /// whatever their n.
    Bounded {
        /// Position of the lower bound.
        low: usize,
        /// Position of the upper bound.
        high: usize,
    },
    /// Points of several shares by a table of cuts, averaged.
    Step(Cuts),
    /// Cannot be computed in this round, and why.
    Absent(Missing),
}

impl MeasureKind {
    /// Whether its values are 0 and 1.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        matches!(self, Self::Share | Self::Bounded { .. })
    }
}

/// Folded totals with their weights, ready for estimates.
pub struct Estimator<'a> {
    frame: &'a Frame,
    kinds: &'a [MeasureKind],
    totals: &'a Totals,
    weights: &'a Weights,
    /// Atoms that have a weight, with their totals and weighting cells.
    atoms: Vec<(Atom, &'a AtomTotals, usize)>,
    /// What replicates gave, by measure and group, and the key of their random stream.
    replicated: BTreeMap<(usize, Group), Replicated>,
    seed: Option<Seed>,
}

impl<'a> Estimator<'a> {
    /// Estimates of `totals`, whose measures are `kinds`, under `weights`.
    #[must_use]
    pub fn new(frame: &'a Frame, kinds: &'a [MeasureKind], totals: &'a Totals, weights: &'a Weights) -> Self {
        let placed = |(atom, totals): (&Atom, &'a AtomTotals)| Some((*atom, totals, weights.place(*atom)?));
        let atoms = totals.atoms.iter().filter_map(placed).collect();
        Self { frame, kinds, totals, weights, atoms, replicated: BTreeMap::new(), seed: None }
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
            MeasureKind::Absent(missing) => empty(measure, domain, *missing),
            MeasureKind::Step(cuts) => self.step(measure, cuts, domain, group),
            MeasureKind::Composite(parts) => self.composite(measure, parts, domain, group),
            MeasureKind::Share => self.simple(measure, true, domain, group),
            MeasureKind::Bounded { low, high } => {
                let bound = |place: usize| self.simple(place, true, domain, group).estimate;
                let gap = bound(*low).zip(bound(*high)).map(|(low, high)| high - low);
                let mut record = self.simple(measure, true, domain, group);
                record.wide_bounds = gap.is_some_and(|gap| gap > WIDE_BOUNDS + 1e-12);
                record
            }
            MeasureKind::Mean => self.simple(measure, false, domain, group),
        }
    }

    /// Totals of the atoms in a group, with their weighting cells.
    fn atoms(&self, group: Group) -> impl Iterator<Item = (&AtomTotals, usize)> {
        self.atoms
            .iter()
            .filter(move |(atom, ..)| self.frame.holds(group, *atom))
            .map(|&(_, totals, place)| (totals, place))
    }
}
