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

pub use composite::pairs;
pub use ratio::Figure;
use record::empty;
pub use record::{EstimateRecord, Missing};

use super::{
    domain::{Domain, Frame, Group},
    fold::{Atom, AtomTotals, Totals},
    weight::Weights,
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

impl MeasureKind {
    /// Whether its values are 0 and 1.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        matches!(self, Self::Share)
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
}

impl<'a> Estimator<'a> {
    /// Estimates of `totals`, whose measures are `kinds`, under `weights`.
    #[must_use]
    pub fn new(frame: &'a Frame, kinds: &'a [MeasureKind], totals: &'a Totals, weights: &'a Weights) -> Self {
        let placed = |(atom, totals): (&Atom, &'a AtomTotals)| Some((*atom, totals, weights.place(*atom)?));
        Self { frame, kinds, totals, weights, atoms: totals.atoms.iter().filter_map(placed).collect() }
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

    /// Totals of the atoms in a group, with their weighting cells.
    fn atoms(&self, group: Group) -> impl Iterator<Item = (&AtomTotals, usize)> {
        // Who is unclassed counts in the total, by district and by tenure, never by sex or by age.
        let classed = |atom: &Atom| {
            (atom.sex.is_some() || self.frame.sexes.is_empty()) && (atom.age.is_some() || self.frame.ages.is_empty())
        };
        let of_class = group.sex.is_some() || group.age.is_some();
        let inside = move |atom: &Atom| {
            let at = |wanted: Option<usize>, found: Option<usize>| wanted.is_none_or(|wanted| found == Some(wanted));
            (!of_class || classed(atom))
                && at(group.district, atom.district.map(usize::from))
                && at(group.sex, atom.sex.map(usize::from))
                && at(group.age, atom.age.map(usize::from))
                && at(group.tenure, atom.tenure.map(usize::from))
        };
        self.atoms.iter().filter(move |(atom, ..)| inside(atom)).map(|&(_, totals, place)| (totals, place))
    }
}
