//! Residual forms: what calibration to known persons leaves of linearised values, on the means of
//! weighting cells. Within a cell, deviations stay as they are, since weights are constant there.

use super::{
    VarianceForm, WeightError, WeightedCell,
    cholesky::Cholesky,
    margin::{Columns, Margin},
};
use crate::stats::fold::real;

/// Sweeps over the margins in the form of R's `rake`.
const SWEEPS: usize = 10;

/// How linearised values become residuals; made once a round.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Residuals {
    /// u = z.
    Design,
    /// u = z − w·m_c with m_c the post-stratum's mean of z/w; so a cell's mean is 0.
    Poststratified,
    /// u = z − w·x'B.
    Calibrated {
        /// Auxiliary values by cell; all 0 for the unclassed, who are not calibrated.
        rows: Vec<Vec<f64>>,
        /// Σ d·x·x'.
        system: Cholesky,
    },
    /// u −= a·mean(u/a), margin by margin.
    RakeR {
        /// Margins over all cells, with the weights just after each one's last step.
        stages: Vec<(Margin, Vec<f64>)>,
    },
}

impl Residuals {
    /// Residuals of calibration to `columns`, whose rows are those of `cells`.
    pub(super) fn calibrated(cells: &[WeightedCell], columns: &Columns) -> Result<Self, WeightError> {
        let weighted = columns.rows.iter().zip(cells).map(|(row, cell)| (row.as_slice(), cell.base()));
        let system = Cholesky::of_rows(weighted, columns.names.len())
            .map_err(|column| WeightError::CalibrationCollinear { column: columns.names[column].clone() })?;
        Ok(Self::Calibrated { rows: columns.rows.clone(), system })
    }

    pub(super) const fn form(&self) -> VarianceForm {
        match self {
            Self::Design => VarianceForm::Design,
            Self::Poststratified => VarianceForm::Poststratified,
            Self::Calibrated { .. } => VarianceForm::Calibrated,
            Self::RakeR { .. } => VarianceForm::RakeR,
        }
    }

    /// Turns cells' mean linearised values into mean residuals.
    pub(super) fn apply(&self, cells: &[WeightedCell], means: &mut [f64]) {
        match self {
            Self::Design => {}
            Self::Poststratified => {
                for (mean, _) in means.iter_mut().zip(cells).filter(|(_, cell)| cell.classed) {
                    *mean = 0.0;
                }
            }
            Self::Calibrated { rows, system } => {
                let Some(size) = rows.first().map(Vec::len) else { return };
                let mut right = vec![0.0; size];
                for ((row, cell), mean) in rows.iter().zip(cells).zip(&*means) {
                    let term = cell.base() * mean / cell.weight;
                    for (right, x) in right.iter_mut().zip(row) {
                        *right += x * term;
                    }
                }
                let b = system.solve(&right);
                for ((row, cell), mean) in rows.iter().zip(cells).zip(means) {
                    *mean -= cell.weight * row.iter().zip(&b).map(|(x, b)| x * b).sum::<f64>();
                }
            }
            Self::RakeR { stages } => {
                for (margin, stage) in std::iter::repeat_n(stages, SWEEPS).flatten() {
                    let scaled = means.iter().zip(stage).zip(cells);
                    let sums = margin.sums(scaled.map(|((u, a), cell)| real(cell.respondents) * u / a));
                    let counts = margin.sums(cells.iter().map(|cell| real(cell.respondents)));
                    for ((u, a), of) in means.iter_mut().zip(stage).zip(&margin.of) {
                        if let Some(category) = *of {
                            *u -= a * sums[category] / counts[category];
                        }
                    }
                }
            }
        }
    }
}
