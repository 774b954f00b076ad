//! What an intruder can work out: the interval of a target over everything that agrees with what was
//! published. Rows and unknowns only; what they mean is decided elsewhere.
//!
//! Two ways lead to the answer. A *witness* is a point that agrees with every row and lies far enough
//! away; it is found by projections and then checked row by row, so that how it was found needs no trust. Where none
//! is found, a linear program gives the interval. Only a witness or an optimum the solver proved counts
//! as protection.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, Variable};

use super::GateRefusal;

/// Sweeps of projections before the linear program is asked.
const SWEEPS: usize = 400;
/// How far inside its row a projection aims, as a share of the row's width: then a finite number of them suffices.
const INSIDE: f64 = 0.05;
/// Nodes of a search among whole numbers.
const NODES: u64 = 20_000;
/// Coefficients below this are left out of the program: the solver wants each row within six orders
/// of magnitude, and unknowns are bounded, so that what is left out is far below the slack.
const SMALLEST: f64 = 1e-9;

/// Terms of a linear expression: unknown and coefficient.
pub type Terms = Vec<(usize, f64)>;

/// A published fact: low ≤ Σ coefficient · unknown ≤ high.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Unknowns and their coefficients.
    pub terms: Terms,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Value of Σ coefficient · unknown at a point.
#[must_use]
pub fn value(terms: &[(usize, f64)], point: &[f64]) -> f64 {
    terms.iter().map(|&(unknown, coefficient)| coefficient * point[unknown]).sum()
}

/// Least and greatest value of a target, with the points where they are taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// A point with the least value.
    pub at_min: Vec<f64>,
    /// A point with the greatest value.
    pub at_max: Vec<f64>,
}

impl Interval {
    /// Greatest less least value.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.max - self.min
    }
}

/// Everything that was published, as rows over bounded unknowns.
#[derive(Debug, Clone, Default)]
pub struct Attack {
    bounds: Vec<(f64, f64)>,
    rows: Vec<Row>,
    active: Vec<bool>,
    /// Rows that name an unknown, with its coefficient there.
    touching: Vec<Vec<(usize, f64)>>,
    slack: f64,
}

impl Attack {
    /// Unknowns with their bounds; `slack` is allowed on every row, for what rounding of sums does.
    #[must_use]
    pub fn new(bounds: Vec<(f64, f64)>, rows: Vec<Row>, slack: f64) -> Self {
        let mut touching = vec![Vec::new(); bounds.len()];
        for (place, row) in rows.iter().enumerate() {
            for &(unknown, coefficient) in &row.terms {
                touching[unknown].push((place, coefficient));
            }
        }
        let active = vec![true; rows.len()];
        Self { bounds, rows, active, touching, slack }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether a row still stands.
    #[must_use]
    pub fn stands(&self, row: usize) -> bool {
        self.active[row]
    }

    /// Takes a row away, or puts it back.
    pub fn set(&mut self, row: usize, stands: bool) {
        self.active[row] = stands;
    }

    /// How far a point is outside a row; 0 inside it.
    fn outside(&self, row: usize, activity: f64) -> f64 {
        let row = &self.rows[row];
        (activity - row.high).max(row.low - activity).max(0.0)
    }

    /// The first standing row, or bound of an unknown, that the point does not satisfy.
    #[must_use]
    pub fn broken(&self, point: &[f64]) -> Option<Broken> {
        let out = |(&x, &(low, high)): (&f64, &(f64, f64))| x < low - self.slack || x > high + self.slack;
        if let Some(unknown) = point.iter().zip(&self.bounds).position(out) {
            return Some(Broken::Bound(unknown));
        }
        let far =
            |row: &usize| self.active[*row] && self.outside(*row, value(&self.rows[*row].terms, point)) > self.slack;
        (0..self.rows.len()).find(far).map(Broken::Row)
    }

    /// A point near `start` that satisfies every row, with the unknowns of `held` as they are in
    /// `start`; nothing if projections find none. Each row that is broken is met by the nearest point
    /// inside it (Kaczmarz 1937; Bregman 1965), bounds by clipping.
    #[must_use]
    pub fn repaired(&self, start: &[f64], held: &[usize]) -> Option<Vec<f64>> {
        let mut point: Vec<f64> = start.iter().zip(&self.bounds).map(|(&x, &(low, high))| x.clamp(low, high)).collect();
        let mut free = vec![true; point.len()];
        for &unknown in held {
            free[unknown] = false;
        }
        let mut activity: Vec<f64> = self.rows.iter().map(|row| value(&row.terms, &point)).collect();
        for _ in 0..SWEEPS {
            let mut broken = false;
            for place in 0..self.rows.len() {
                if !self.active[place] || self.outside(place, activity[place]) <= 0.5 * self.slack {
                    continue;
                }
                broken = true;
                self.project(place, &free, &mut point, &mut activity);
            }
            if !broken {
                return self.broken(&point).is_none().then_some(point);
            }
        }
        None
    }

    /// Moves the free unknowns of a row so that it holds, and keeps the activities of all rows.
    fn project(&self, place: usize, free: &[bool], point: &mut [f64], activity: &mut [f64]) {
        let row = &self.rows[place];
        let inside = INSIDE * (row.high - row.low);
        let wanted = activity[place].clamp(row.low + inside, row.high - inside);
        let rising = wanted > activity[place];
        let movable = |unknown: usize, coefficient: f64, point: &[f64]| {
            let (low, high) = self.bounds[unknown];
            free[unknown] && if rising == (coefficient > 0.0) { point[unknown] < high } else { point[unknown] > low }
        };
        let terms = || row.terms.iter().copied();
        let squares: f64 = terms().filter(|&(u, c)| movable(u, c, point)).map(|(_, c)| c * c).sum();
        if squares <= 0.0 {
            return;
        }
        let step = (wanted - activity[place]) / squares;
        for (unknown, coefficient) in terms() {
            if !movable(unknown, coefficient, point) {
                continue;
            }
            let (low, high) = self.bounds[unknown];
            let moved = (point[unknown] + step * coefficient).clamp(low, high);
            let by = moved - point[unknown];
            point[unknown] = moved;
            for &(other, there) in &self.touching[unknown] {
                activity[other] += by * there;
            }
        }
    }

    /// Whether some point that agrees with everything gives the target a value `by` further than at
    /// `start`, up or (`by` < 0) down.
    #[must_use]
    pub fn reaches(&self, start: &[f64], target: &[(usize, f64)], by: f64) -> bool {
        let room = |&(unknown, coefficient): &(usize, f64)| {
            let (low, high) = self.bounds[unknown];
            let end = if (coefficient > 0.0) == (by > 0.0) { high } else { low };
            end - start[unknown]
        };
        let most: f64 = target.iter().map(|term| term.1 * room(term)).sum();
        if most.abs() < by.abs() {
            return false;
        }
        // A little further than asked for, so that the check is not decided by the last bits.
        let share = (by / most * (1.0 + 1e-9)).min(1.0);
        let mut moved = start.to_vec();
        let mut held = Vec::with_capacity(target.len());
        for term in target {
            moved[term.0] += share * room(term);
            held.push(term.0);
        }
        let from = value(target, start);
        self.repaired(&moved, &held).is_some_and(|point| (value(target, &point) - from) / by >= 1.0)
    }

    /// The interval of a target by linear programming, among whole numbers if `whole`.
    ///
    /// # Errors
    /// [`GateRefusal::Solver`] where the solver proves no optimum; [`GateRefusal::Inconsistent`] where
    /// no point agrees with everything.
    pub fn interval(&self, target: &[(usize, f64)], whole: bool) -> Result<Interval, GateRefusal> {
        let (min, at_min) = self.solve(target, OptimizationDirection::Minimize, whole)?;
        let (max, at_max) = self.solve(target, OptimizationDirection::Maximize, whole)?;
        Ok(Interval { min, max, at_min, at_max })
    }

    /// A point that agrees with everything.
    ///
    /// # Errors
    /// As [`Self::interval`].
    pub fn point(&self) -> Result<Vec<f64>, GateRefusal> {
        Ok(self.solve(&[], OptimizationDirection::Minimize, false)?.1)
    }

    fn solve(
        &self,
        target: &[(usize, f64)],
        direction: OptimizationDirection,
        whole: bool,
    ) -> Result<(f64, Vec<f64>), GateRefusal> {
        let mut problem = Problem::new(direction);
        let mut weights = vec![0.0; self.bounds.len()];
        for &(unknown, coefficient) in target {
            weights[unknown] += coefficient;
        }
        let unknowns: Vec<Variable> = self
            .bounds
            .iter()
            .zip(&weights)
            .map(|(&(low, high), &weight)| {
                if whole {
                    #[expect(clippy::cast_possible_truncation, reason = "counts of answers are far below 2^31")]
                    problem.add_integer_var(weight, (low.ceil() as i32, high.floor() as i32))
                } else {
                    problem.add_var(weight, (low, high))
                }
            })
            .collect();
        for (row, _) in self.rows.iter().zip(&self.active).filter(|(_, active)| **active) {
            let terms: Vec<(Variable, f64)> = row
                .terms
                .iter()
                .filter(|(_, coefficient)| coefficient.abs() > SMALLEST)
                .map(|&(unknown, coefficient)| (unknowns[unknown], coefficient))
                .collect();
            problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, row.low - self.slack);
            problem.add_constraint(terms.as_slice(), ComparisonOp::Le, row.high + self.slack);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(NODES);
        let solution = problem
            .solve_with(options)
            .map_err(|error| match error {
                microlp::Error::Infeasible => {
                    GateRefusal::Inconsistent("no data agree with what was published".to_owned())
                }
                other => GateRefusal::Solver(other.to_string()),
            })?
            .into_solution()
            .map_err(|_| GateRefusal::Solver("the search was cut off".to_owned()))?;
        if solution.status() != SolutionStatus::Optimal {
            return Err(GateRefusal::Solver("the optimum is not proved".to_owned()));
        }
        let point: Vec<f64> = unknowns.iter().map(|&unknown| solution.var_value(unknown)).collect();
        Ok((value(target, &point), point))
    }
}

/// What a point does not satisfy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The bounds of an unknown.
    Bound(usize),
    /// A row.
    Row(usize),
}
