//! Sums of linearised values and their variance: one way for means, shares, totals, ratios and
//! composites. What is linearised, and why, is decided elsewhere.

use super::Estimator;
use crate::stats::{
    domain::Group,
    fold::{CoMoments, Moments, real},
    weight::Lonely,
};

/// One term of a linearised sum: w·scale·(y − centre) of everybody in the group who has a value of the
/// measure, 0 of all others.
pub(super) struct Term {
    pub(super) measure: usize,
    /// Moments by weighting cell.
    pub(super) cells: Vec<Moments>,
    pub(super) centre: f64,
    pub(super) scale: f64,
}

impl Estimator<'_> {
    /// Moments of a measure in a group by weighting cell.
    pub(super) fn by_cell(&self, measure: usize, group: Group) -> Vec<Moments> {
        let mut cells = vec![Moments::default(); self.weights.cells.len()];
        for (totals, place) in self.atoms(group) {
            cells[place] = cells[place].merge(&totals.measures[measure]);
        }
        cells
    }

    /// Σ w·y and Σ w over persons with a value.
    pub(super) fn sums(&self, cells: &[Moments]) -> (f64, f64) {
        let weighted = || self.weights.cells.iter().zip(cells).map(|(cell, m)| (cell.weight * real(m.valid), m.mean));
        (weighted().map(|(weight, mean)| weight * mean).sum(), weighted().map(|(weight, _)| weight).sum())
    }

    /// Moments of a pair of measures in a group by weighting cell.
    pub(super) fn pair_by_cell(&self, first: usize, second: usize, group: Group) -> Vec<CoMoments> {
        let mut cells = vec![CoMoments::default(); self.weights.cells.len()];
        let declared = self.totals.pairs().iter().position(|pair| *pair == (first, second));
        if let Some(pair) = declared {
            for (totals, place) in self.atoms(group) {
                cells[place] = cells[place].merge(&totals.pairs[pair]);
            }
        }
        cells
    }

    /// Variance of the sum of `terms`, whose linearised values are added per respondent before squaring,
    /// so that covariances count; the co-moments of every pair of terms, in their order, are declared.
    ///
    /// V = Σ_h (1−f_h)·n_h/(n_h−1)·Σ_{c∈h} [w_c²·Σ_kl s_k·s_l·Q_kl + n_c·(ū_c − ū_h)²] with
    /// Q_kl = C + m_kl(μ_k−t_k)(μ_l−t_l) − S_k·S_l/n_c over all n_c respondents of cell c, t the
    /// centres and s the scales.
    ///
    /// Source: Taylor linearisation [R `survey`], folded (statistics specification, 9).
    pub(super) fn variance(&self, terms: &[Term], group: Group) -> f64 {
        let cells = &self.weights.cells;
        let sum = |term: &Term, cell: usize| real(term.cells[cell].valid) * (term.cells[cell].mean - term.centre);
        let mut residuals: Vec<f64> = cells
            .iter()
            .enumerate()
            .map(|(place, cell)| {
                let linear: f64 = terms.iter().map(|term| term.scale * sum(term, place)).sum();
                cell.weight * linear / real(cell.respondents)
            })
            .collect();
        self.weights.residuals(&mut residuals);
        let centres = self.stratum_means(&residuals);
        let mut within = vec![0.0; cells.len()];
        for (k, one) in terms.iter().enumerate() {
            for (place, cell) in cells.iter().enumerate() {
                let (moments, sum) = (&one.cells[place], sum(one, place));
                let centred = moments.mean - one.centre;
                let squares = moments.squares + sum * centred - sum * sum / real(cell.respondents);
                within[place] += one.scale * one.scale * squares;
            }
            for other in &terms[k + 1..] {
                let pairs = self.pair_by_cell(one.measure, other.measure, group);
                for (place, (cell, both)) in cells.iter().zip(&pairs).enumerate() {
                    let centred = (both.means.0 - one.centre) * (both.means.1 - other.centre);
                    let sums = sum(one, place) * sum(other, place) / real(cell.respondents);
                    let products = both.products + real(both.valid) * centred - sums;
                    within[place] += 2.0 * one.scale * other.scale * products;
                }
            }
        }
        let parts = cells.iter().zip(&within).zip(&residuals);
        parts
            .map(|((cell, within), residual)| {
                let gap = residual - centres[cell.stratum];
                let spread = cell.weight * cell.weight * within + real(cell.respondents) * gap * gap;
                self.factor(cell.stratum) * spread
            })
            .sum()
    }

    /// (1 − f)·n/(n − 1) of a stratum; 1 − f where one respondent is judged by the mean of all.
    fn factor(&self, stratum: usize) -> f64 {
        let stratum = &self.weights.strata[stratum];
        let respondents = real(stratum.respondents);
        let correction = if stratum.respondents < 2 { 1.0 } else { respondents / (respondents - 1.0) };
        (1.0 - stratum.fraction()) * correction
    }

    /// Mean residual of each stratum over all its respondents, in the group or not; for a stratum of one
    /// that is not refused, the mean of all respondents.
    fn stratum_means(&self, residuals: &[f64]) -> Vec<f64> {
        let strata = &self.weights.strata;
        let mut sums = vec![0.0; strata.len()];
        for (cell, residual) in self.weights.cells.iter().zip(residuals) {
            sums[cell.stratum] += real(cell.respondents) * residual;
        }
        let all = sums.iter().sum::<f64>() / strata.iter().map(|stratum| real(stratum.respondents)).sum::<f64>();
        let adjust = |respondents: u64| respondents < 2 && self.weights.lonely == Lonely::Adjust;
        sums.iter()
            .zip(strata)
            .map(|(sum, stratum)| if adjust(stratum.respondents) { all } else { sum / real(stratum.respondents) })
            .collect()
    }
}
