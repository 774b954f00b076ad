//! Small dense symmetric systems: as many unknowns as a calibration has columns, some tens.

/// A matrix A = LL', factored.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

/// A pivot below this share of its diagonal element is none: the column follows from those before it.
const SINGULAR: f64 = 1e-12;

impl Cholesky {
    /// Factors Σ weight·x·x' over rows x of `size` numbers.
    ///
    /// # Errors
    /// The first column that follows from those before it.
    pub(super) fn of_rows<'x>(rows: impl Iterator<Item = (&'x [f64], f64)>, size: usize) -> Result<Self, usize> {
        let mut matrix = vec![0.0; size * size];
        for (x, weight) in rows {
            for (row, left) in x.iter().enumerate().filter(|(_, left)| **left != 0.0) {
                for (column, right) in x[..=row].iter().enumerate() {
                    matrix[row * size + column] += weight * left * right;
                }
            }
        }
        for column in 0..size {
            let before = |matrix: &[f64], row: usize| -> f64 {
                (0..column).map(|k| matrix[row * size + k] * matrix[column * size + k]).sum()
            };
            let diagonal = matrix[column * size + column];
            let pivot = diagonal - before(&matrix, column);
            // A pivot that is no number is refused too.
            if !(diagonal > 0.0 && pivot > SINGULAR * diagonal) {
                return Err(column);
            }
            let root = pivot.sqrt();
            matrix[column * size + column] = root;
            for row in column + 1..size {
                matrix[row * size + column] = (matrix[row * size + column] - before(&matrix, row)) / root;
            }
        }
        Ok(Self { size, lower: matrix })
    }

    /// x of A·x = `right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (size, lower) = (self.size, &self.lower);
        let mut x = right.to_vec();
        for row in 0..size {
            let known: f64 = (0..row).map(|k| lower[row * size + k] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row * size + row];
        }
        for row in (0..size).rev() {
            let known: f64 = (row + 1..size).map(|k| lower[k * size + row] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row * size + row];
        }
        x
    }
}
