//! Totals, and ratios of two totals. Both are figures of the kernel: no measure of a questionnaire is
//! one yet.

use super::{Estimator, linear::Term, simple::rooted};
use crate::stats::domain::Group;

/// A value with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The value.
    pub estimate: f64,
    /// Standard error, in the value's unit.
    pub se: f64,
}

impl Estimator<'_> {
    /// Σ w·y of a measure over a group; nothing where nobody has a value. The unit is the measure's
    /// times persons.
    ///
    /// Linearised: z = w·y.
    #[must_use]
    pub fn total(&self, measure: usize, group: Group) -> Option<Figure> {
        let cells = self.by_cell(measure, group);
        let (sum, count) = self.sums(&cells);
        if count <= 0.0 {
            return None;
        }
        let variance = self.variance(&[Term { measure, cells, centre: 0.0, scale: 1.0 }], group);
        Some(Figure { estimate: sum, se: rooted(variance, sum.abs()) })
    }

    /// R = Σ w·a / Σ w·b over a group, for two measures with the same respondents whose co-moments
    /// (`above`, `below`) are declared; nothing otherwise, or where Σ w·b is 0.
    ///
    /// Linearised: z = w·(a − R·b)/Σ w·b.
    #[must_use]
    pub fn ratio(&self, above: usize, below: usize, group: Group) -> Option<Figure> {
        let (first, second) = (self.by_cell(above, group), self.by_cell(below, group));
        let pairs = self.pair_by_cell(above, below, group);
        let same =
            first.iter().zip(&second).zip(&pairs).all(|((a, b), both)| a.valid == b.valid && a.valid == both.valid);
        let ((a, count), (b, _)) = (self.sums(&first), self.sums(&second));
        if !same || count <= 0.0 || b == 0.0 {
            return None;
        }
        let ratio = a / b;
        let terms = [
            Term { measure: above, cells: first, centre: a / count, scale: 1.0 / b },
            Term { measure: below, cells: second, centre: b / count, scale: -ratio / b },
        ];
        Some(Figure { estimate: ratio, se: rooted(self.variance(&terms, group), ratio.abs()) })
    }
}
