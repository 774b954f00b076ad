//! Raking: iterative proportional fitting of cells' weights to margins, and trimming with raking again.

use super::{
    WeightError,
    margin::{Margin, check, check_met},
};

/// Largest relative movement of a weight in a cycle at which raking stops.
const STILL: f64 = 1e-13;
/// Most cycles.
const CYCLES: u32 = 1000;
/// Most rounds of trimming.
const ROUNDS: u32 = 10;
/// Weights may end this much above the cap.
const ABOVE_CAP: f64 = 1.05;

/// Weights that meet their margins.
#[derive(Debug, Clone, PartialEq)]
pub struct Raked {
    /// One weight a cell.
    pub weights: Vec<f64>,
    /// The weights just after each margin's step in the last cycle.
    pub stages: Vec<Vec<f64>>,
    /// Cycles taken.
    pub cycles: u32,
}

/// Rakes the weights `start` of cells with `respondents` to `margins`, in their order.
///
/// Source: Deming and Stephan (1940); the checks are those of the statistics specification, 3.4.
///
/// # Errors
/// Margins that cannot be met, by category.
pub fn rake(start: &[f64], respondents: &[f64], margins: &[Margin]) -> Result<Raked, WeightError> {
    check(margins, respondents)?;
    let mut weights = start.to_vec();
    let mut stages = vec![weights.clone(); margins.len()];
    let mut cycles = 0;
    let mut moved = f64::INFINITY;
    while moved > STILL && cycles < CYCLES {
        cycles += 1;
        let before = weights.clone();
        for (margin, stage) in margins.iter().zip(&mut stages) {
            let have = margin.sums(weights.iter().zip(respondents).map(|(weight, count)| weight * count));
            for (weight, category) in weights.iter_mut().zip(&margin.of) {
                if let Some(category) = *category
                    && have[category] > 0.0
                {
                    *weight *= margin.categories[category].1 / have[category];
                }
            }
            stage.clone_from(&weights);
        }
        let movements = weights.iter().zip(&before).map(|(now, then)| (now / then - 1.0).abs());
        moved = movements.fold(0.0, f64::max);
    }
    let weighted: Vec<f64> = weights.iter().zip(respondents).map(|(weight, count)| weight * count).collect();
    check_met(margins, &weighted)?;
    Ok(Raked { weights, stages, cycles })
}

/// Sets weights above `cap` to it and spreads what was cut in equal amounts over all respondents below
/// it, until none is above.
///
/// Source: `trimWeights(strict = TRUE)` [R `survey`].
///
/// # Errors
/// A cap that is not above the mean weight: there is nobody to spread to.
pub fn trim(weights: &[f64], respondents: &[f64], cap: f64) -> Result<Vec<f64>, WeightError> {
    let sum = |weights: &[f64]| -> f64 { weights.iter().zip(respondents).map(|(weight, count)| weight * count).sum() };
    let mean = sum(weights) / respondents.iter().sum::<f64>();
    if cap <= mean {
        return Err(WeightError::TrimBelowMean { cap, mean });
    }
    let mut weights = weights.to_vec();
    while weights.iter().any(|weight| *weight > cap) {
        let whole = sum(&weights);
        for weight in &mut weights {
            *weight = weight.min(cap);
        }
        let below: f64 = weights.iter().zip(respondents).filter(|(weight, _)| **weight < cap).map(|(_, n)| n).sum();
        let each = (whole - sum(&weights)) / below;
        for weight in weights.iter_mut().filter(|weight| **weight < cap) {
            *weight += each;
        }
    }
    Ok(weights)
}

/// What trimming did.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Trimming {
    /// Rounds of trimming and raking again.
    pub rounds: u32,
    /// Share of respondents whose weight was cut in any round, 0-1.
    pub share: f64,
    /// Largest weight over the cap, at the end.
    pub largest: f64,
}

/// Trims raked weights to `factor` times their median and rakes again, until none is more than 5 %
/// above that cap or ten rounds are done. It ends with a raking, so that the margins hold.
///
/// # Errors
/// As [`rake`] and [`trim`].
pub fn rake_trimmed(
    raked: Raked,
    factor: f64,
    respondents: &[f64],
    margins: &[Margin],
) -> Result<(Raked, Trimming), WeightError> {
    let cap = factor * median(&raked.weights, respondents);
    let largest = |weights: &[f64]| weights.iter().copied().fold(0.0, f64::max);
    let mut cut = vec![false; respondents.len()];
    let mut now = raked;
    let mut rounds = 0;
    while rounds < ROUNDS && largest(&now.weights) > if rounds == 0 { cap } else { ABOVE_CAP * cap } {
        rounds += 1;
        for (cut, weight) in cut.iter_mut().zip(&now.weights) {
            *cut |= *weight > cap;
        }
        let cycles = now.cycles;
        now = rake(&trim(&now.weights, respondents, cap)?, respondents, margins)?;
        now.cycles += cycles;
    }
    let trimmed: f64 = cut.iter().zip(respondents).filter(|(cut, _)| **cut).map(|(_, count)| count).sum();
    let share = trimmed / respondents.iter().sum::<f64>();
    let largest = largest(&now.weights) / cap;
    Ok((now, Trimming { rounds, share, largest }))
}

/// Median weight over respondents; with an even number of them the mean of the two in the middle.
#[must_use]
pub fn median(weights: &[f64], respondents: &[f64]) -> f64 {
    let mut order: Vec<(f64, f64)> = weights.iter().copied().zip(respondents.iter().copied()).collect();
    order.sort_by(|left, right| left.0.total_cmp(&right.0));
    let half = respondents.iter().sum::<f64>() / 2.0;
    let mut before = 0.0;
    let mut lower = None;
    for (weight, count) in order {
        before += count;
        if let Some(lower) = lower {
            return f64::midpoint(lower, weight);
        }
        // Counts are whole: at exactly half, the next weight is the other one in the middle.
        if before > half + 0.25 {
            return weight;
        }
        if before > half - 0.25 {
            lower = Some(weight);
        }
    }
    lower.unwrap_or(0.0)
}
