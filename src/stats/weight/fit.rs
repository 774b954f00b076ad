//! Weights that are fitted to margins: raked, or calibrated by another distance, and fitted again from
//! other start weights. Post-stratification needs no fitting.

use super::{
    By, Distance, Margin, Policy, Scheme, WeightError, WeightedCell, Weights, calibrate, designed,
    margin::{Columns, check, check_thin, margins},
    rake, rake_trimmed,
    residual::Residuals,
    sample::Sample,
};
use crate::stats::fold::real;

/// What raked or calibrated weights were fitted to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// Positions of the classed cells.
    classed: Vec<usize>,
    /// Margins over those.
    margins: Vec<Margin>,
    /// Distance of a calibration; none for raking.
    distance: Option<Distance>,
}

/// Weights before fitting, the positions of classed cells among them, and the margins over those.
pub(super) struct Fit {
    weights: Weights,
    classed: Vec<usize>,
    respondents: Vec<u64>,
    margins: Vec<Margin>,
}

impl Fit {
    pub(super) fn of(
        policy: &Policy,
        sample: &Sample<'_>,
        scheme: Scheme,
        given: Option<&[(By, Vec<f64>)]>,
    ) -> Result<Self, WeightError> {
        let weights = designed(policy, sample, scheme);
        let classed: Vec<usize> = (0..weights.cells.len()).filter(|cell| weights.cells[*cell].classed).collect();
        let places: Vec<usize> = sample.filled().filter(|cell| sample.cells[*cell].class.is_some()).collect();
        let respondents: Vec<u64> = classed.iter().map(|cell| weights.cells[*cell].respondents).collect();
        let margins = margins(sample, &places, given);
        check_thin(&margins, &respondents, policy.min_cell)?;
        Ok(Self { weights, classed, respondents, margins })
    }

    fn counts(&self) -> Vec<f64> {
        self.respondents.iter().map(|count| real(*count)).collect()
    }

    fn columns(&self) -> Columns {
        Columns::of(&self.margins, &self.respondents)
    }

    /// One value a cell, from one a classed cell.
    fn spread<T: Clone>(&self, of_classed: &[T], unclassed: &T) -> Vec<T> {
        let mut all = vec![unclassed.clone(); self.weights.cells.len()];
        for (place, value) in self.classed.iter().zip(of_classed) {
            all[*place] = value.clone();
        }
        all
    }

    /// The weights with `fitted` ones of the classed cells and the residuals that go with them.
    fn finish(
        self,
        fitted: &[f64],
        sweeps: Option<Vec<Vec<f64>>>,
        distance: Option<Distance>,
    ) -> Result<Weights, WeightError> {
        let mut columns = self.columns();
        columns.rows = self.spread(&columns.rows, &vec![0.0; columns.names.len()]);
        let stages = sweeps.map(|stages| {
            let stages = self.margins.iter().zip(stages).map(|(margin, stage)| {
                let over_all = Margin { of: self.spread(&margin.of, &None), ..margin.clone() };
                (over_all, self.spread(&stage, &1.0))
            });
            stages.collect::<Vec<_>>()
        });
        let mut weights = self.weights;
        for (place, weight) in self.classed.iter().zip(fitted) {
            weights.cells[*place].weight = *weight;
        }
        weights.residuals = match stages {
            Some(stages) => Residuals::RakeR { stages },
            None => Residuals::calibrated(&weights.cells, &columns)?,
        };
        weights.fitted = Some(Fitted { classed: self.classed, margins: self.margins, distance });
        Ok(weights)
    }
}

pub(super) fn raked(policy: &Policy, mut fit: Fit) -> Result<Weights, WeightError> {
    let start: Vec<f64> = fit.classed.iter().map(|cell| fit.weights.cells[*cell].design).collect();
    let counts = fit.counts();
    let mut raked = rake(&start, &counts, &fit.margins)?;
    if let Some(factor) = policy.trim {
        let (trimmed, trimming) = rake_trimmed(raked, factor, &counts, &fit.margins)?;
        fit.weights.trimming = Some(trimming);
        raked = trimmed;
    }
    fit.weights.cycles = raked.cycles;
    let sweeps = policy.rake_r.then_some(raked.stages);
    fit.finish(&raked.weights, sweeps, None)
}

pub(super) fn calibrated(policy: &Policy, fit: Fit) -> Result<Weights, WeightError> {
    check(&fit.margins, &fit.counts())?;
    let columns = fit.columns();
    let of_classed = || fit.classed.iter().map(|cell| &fit.weights.cells[*cell]);
    let base: Vec<f64> = of_classed().map(WeightedCell::base).collect();
    let factors = calibrate(&base, &columns.rows, &columns.totals, &columns.names, policy.distance)?;
    let fitted: Vec<f64> = of_classed().zip(factors).map(|(cell, factor)| cell.design * factor).collect();
    fit.finish(&fitted, None, Some(policy.distance))
}

impl Weights {
    /// Factors by which other start weights, `base` in all a cell, meet what these weights meet: the same
    /// scheme and cells, the unclassed left as they are. Trimming is kept, not repeated: raking starts
    /// from the round's own factors. Nothing where there are no such factors.
    pub(in crate::stats) fn recalibrated(&self, base: &[f64]) -> Option<Vec<f64>> {
        let mut factors = vec![1.0; self.cells.len()];
        if self.scheme == Scheme::Poststratify {
            for ((factor, cell), base) in factors.iter_mut().zip(&self.cells).zip(base).filter(|((_, c), _)| c.classed)
            {
                *factor = cell.weight * real(cell.respondents) / base;
            }
        }
        if let Some(Fitted { classed, margins, distance }) = &self.fitted {
            let counts: Vec<f64> = classed.iter().map(|place| base[*place]).collect();
            let fitted = if let Some(distance) = distance {
                let respondents: Vec<u64> = classed.iter().map(|place| self.cells[*place].respondents).collect();
                let columns = Columns::of(margins, &respondents);
                calibrate(&counts, &columns.rows, &columns.totals, &columns.names, *distance).ok()?
            } else {
                let moved = |place: &usize| self.cells[*place].weight / self.cells[*place].design;
                let start: Vec<f64> = classed.iter().map(moved).collect();
                rake(&start, &counts, margins).ok()?.weights
            };
            for (place, factor) in classed.iter().zip(fitted) {
                factors[*place] = factor;
            }
        }
        factors.iter().all(|factor| factor.is_finite()).then_some(factors)
    }
}
