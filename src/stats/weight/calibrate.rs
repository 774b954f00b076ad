//! Calibration: the weights nearest to the start, by a distance, whose sums of auxiliary columns are
//! given totals.

use super::{WeightError, cholesky::Cholesky};

/// Misfit at which the totals count as met, relative to 1 + |total|.
const MET: f64 = 1e-13;
/// Most Newton steps.
const STEPS: usize = 200;
/// Most halvings of one step.
const HALVINGS: usize = 60;

/// The distance between start and calibrated weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// F(u) = 1 + u; weights may turn negative.
    Linear,
    /// F(u) = eᵘ; the weights of raking.
    Raking,
    /// Between `low` < 1 and `high` > 1 times the start.
    Logit {
        /// Least factor.
        low: f64,
        /// Largest factor.
        high: f64,
    },
}

impl Distance {
    /// F(u) and F'(u).
    ///
    /// Source: Deville and Särndal (1992), cases 1, 2 and 6.
    fn factor(self, u: f64) -> (f64, f64) {
        match self {
            Self::Linear => (1.0 + u, 1.0),
            Self::Raking => (u.exp(), u.exp()),
            Self::Logit { low, high } => {
                let steep = (high - low) / ((1.0 - low) * (high - 1.0));
                // The form for large u would be ∞/∞.
                let e = (-steep * u.abs()).exp();
                let (near, far) = if u < 0.0 { (low, high) } else { (high, low) };
                let (to_near, to_far) = ((near - 1.0).abs(), (far - 1.0).abs());
                let factor = (near * to_far + far * to_near * e) / (to_far + to_near * e);
                (factor, (factor - low) * (high - factor) / ((1.0 - low) * (high - 1.0)))
            }
        }
    }
}

/// Factors g with Σ base·g·x = totals: `base` is the start weight of each row (times its number of
/// respondents), `rows` its auxiliary values, `names` the columns'.
///
/// Damped Newton: λ += (Σ base·F'·x·x')⁻¹ (totals − Σ base·F·x), the step halved while the misfit
/// grows.
///
/// # Errors
/// A column that follows from others, or totals that no weights within the bounds meet.
pub fn calibrate(
    base: &[f64],
    rows: &[Vec<f64>],
    totals: &[f64],
    names: &[String],
    distance: Distance,
) -> Result<Vec<f64>, WeightError> {
    let size = totals.len();
    let evaluate = |lambda: &[f64]| {
        let factors: Vec<(f64, f64)> = rows
            .iter()
            .map(|row| distance.factor(row.iter().zip(lambda).map(|(x, lambda)| x * lambda).sum()))
            .collect();
        let mut misfit = totals.to_vec();
        for ((row, base), (factor, _)) in rows.iter().zip(base).zip(&factors) {
            for (misfit, x) in misfit.iter_mut().zip(row) {
                *misfit -= base * factor * x;
            }
        }
        (factors, misfit)
    };
    // The largest misfit; a misfit that is no number counts as unbounded.
    let worst = |misfit: &[f64]| {
        misfit.iter().zip(totals).enumerate().fold((0.0, 0), |(most, at), (place, (misfit, total))| {
            let off = misfit.abs() / (1.0 + total.abs());
            let off = if off.is_nan() { f64::INFINITY } else { off };
            if off > most { (off, place) } else { (most, at) }
        })
    };
    let mut lambda = vec![0.0; size];
    let (mut factors, mut misfit) = evaluate(&lambda);
    let collinear =
        |column: usize| WeightError::CalibrationCollinear { column: names.get(column).cloned().unwrap_or_default() };
    let mut system = Some(Cholesky::of_rows(of(rows, base, &factors), size).map_err(collinear)?);
    'newton: for _ in 0..STEPS {
        let (off, _) = worst(&misfit);
        if off < MET {
            return Ok(factors.into_iter().map(|(factor, _)| factor).collect());
        }
        let Some(found) = &system else { break };
        let mut step = found.solve(&misfit);
        for _ in 0..HALVINGS {
            let next: Vec<f64> = lambda.iter().zip(&step).map(|(lambda, step)| lambda + step).collect();
            let (next_factors, next_misfit) = evaluate(&next);
            if worst(&next_misfit).0 < off {
                (lambda, factors, misfit) = (next, next_factors, next_misfit);
                system = Cholesky::of_rows(of(rows, base, &factors), size).ok();
                continue 'newton;
            }
            step.iter_mut().for_each(|step| *step /= 2.0);
        }
        break;
    }
    let (_, place) = worst(&misfit);
    let want = totals.get(place).copied().unwrap_or(0.0);
    let have = want - misfit.get(place).copied().unwrap_or(0.0);
    Err(WeightError::CalibrationInfeasible { column: names.get(place).cloned().unwrap_or_default(), have, want })
}

/// Rows with their weight in the Newton system.
fn of<'x>(rows: &'x [Vec<f64>], base: &'x [f64], factors: &'x [(f64, f64)]) -> impl Iterator<Item = (&'x [f64], f64)> {
    rows.iter().zip(base).zip(factors).map(|((row, base), (_, slope))| (row.as_slice(), base * slope))
}
