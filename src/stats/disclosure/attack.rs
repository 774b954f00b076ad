//! What an intruder can work out: the interval of a target over everything that agrees with what was
//! published. Rows and unknowns only; what they mean is decided elsewhere.
//!
//! Two ways lead to the answer. A *witness* is a point that agrees with every row and lies far enough
//! away; it is found by projections and then checked row by row, so that how it was found needs no trust. Where none
//! is found, a linear program gives the interval. Only a witness or an optimum the solver proved counts
//! as protection.

use std::collections::HashMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolutionStatus, SolveOptions, Variable};

use super::GateRefusal;

/// Sweeps of projections before the linear program is asked.
const SWEEPS: usize = 100;
/// How far inside its row a projection aims, as a share of the row's width: then a finite number of them suffices.
const INSIDE: f64 = 0.05;
/// Sweeps towards the middle of the rows, and how far inside they aim.
const CENTRING: usize = 40;
const CENTRE: f64 = 0.4;
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

    /// What is allowed on every row.
    #[must_use]
    pub const fn slack(&self) -> f64 {
        self.slack
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
    /// `start`; nothing if none is found. Each row that is broken is met by the nearest point inside it
    /// (Kaczmarz 1937; Bregman 1965), bounds by clipping; among whole numbers, by a step of one unknown.
    #[must_use]
    pub fn repaired(&self, start: &[f64], held: &[usize], whole: bool) -> Option<Vec<f64>> {
        let mut walk = Walk::new(self, start, held);
        for _ in 0..SWEEPS {
            let mut broken = false;
            for place in (0..self.rows.len()).filter(|&place| self.active[place]) {
                if self.outside(place, walk.activity[place]) > 0.5 * self.slack {
                    broken = true;
                    if whole { walk.step(place) } else { walk.project(place, INSIDE) }
                }
            }
            if !broken {
                return self.broken(&walk.point).is_none().then_some(walk.point);
            }
        }
        None
    }

    /// A point that satisfies every row, near `start` and near the middle of the rows, so that there is room on
    /// both sides; `start` itself brought into the rows where no such point is found.
    #[must_use]
    pub fn centred(&self, start: &[f64]) -> Option<Vec<f64>> {
        let mut walk = Walk::new(self, start, &[]);
        for _ in 0..CENTRING {
            for place in (0..self.rows.len()).filter(|&place| self.active[place]) {
                walk.project(place, CENTRE);
            }
        }
        self.repaired(&walk.point, &[], false).or_else(|| self.repaired(start, &[], false))
    }

    /// Whether some point that agrees with everything gives the target a value at least `by` further than at
    /// `start`, up or (`by` < 0) down; among whole numbers if `whole`.
    #[must_use]
    pub fn reaches(&self, start: &[f64], target: &[(usize, f64)], by: f64, whole: bool) -> bool {
        let room = |&(unknown, coefficient): &(usize, f64)| {
            let (low, high) = self.bounds[unknown];
            let end = if (coefficient > 0.0) == (by > 0.0) { high } else { low };
            end - start[unknown]
        };
        let most: f64 = target.iter().map(|term| term.1 * room(term)).sum();
        if most.abs() < by.abs() {
            return false;
        }
        let mut moved = start.to_vec();
        if whole {
            // One unknown after the other, as far as it goes.
            let mut left = by;
            for term in target {
                let step = if by > 0.0 { room(term).min(left) } else { room(term).max(left) };
                moved[term.0] += step;
                left -= step;
            }
        } else {
            // A little further than asked for, so that the check is not decided by the last bits.
            let share = (by / most * (1.0 + 1e-9)).min(1.0);
            for term in target {
                moved[term.0] += share * room(term);
            }
        }
        let held: Vec<usize> = target.iter().map(|term| term.0).collect();
        let from = value(target, start);
        let far = |point: Vec<f64>| (value(target, &point) - from) / by >= 1.0;
        self.repaired(&moved, &held, whole).is_some_and(far)
    }

    /// The same facts with only the unknowns of `free` left to vary, the others as they are at `point`,
    /// which agrees with everything. Whatever it reaches, the whole reaches too.
    #[must_use]
    pub fn confined(&self, point: &[f64], free: &[usize]) -> Self {
        let place: HashMap<usize, usize> = free.iter().enumerate().map(|(place, &unknown)| (unknown, place)).collect();
        let mut rows = Vec::new();
        for (row, _) in self.rows.iter().zip(&self.active).filter(|(_, active)| **active) {
            let terms: Terms = row.terms.iter().filter_map(|&(u, factor)| Some((*place.get(&u)?, factor))).collect();
            if !terms.is_empty() {
                let held = row.terms.iter().filter(|(unknown, _)| !place.contains_key(unknown));
                let held: f64 = held.map(|&(unknown, factor)| factor * point[unknown]).sum();
                rows.push(Row { terms, low: row.low - held, high: row.high - held });
            }
        }
        Self::new(free.iter().map(|&unknown| self.bounds[unknown]).collect(), rows, self.slack)
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
            let mut terms: Vec<(Variable, f64)> = row
                .terms
                .iter()
                .filter(|(_, coefficient)| coefficient.abs() > SMALLEST)
                .map(|&(unknown, coefficient)| (unknowns[unknown], coefficient))
                .collect();
            // One equation with a bounded value of its own is half the work of two inequalities.
            terms.push((problem.add_var(0.0, (row.low - self.slack, row.high + self.slack)), -1.0));
            problem.add_constraint(terms.as_slice(), ComparisonOp::Eq, 0.0);
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

/// A point on its way to agreement, with the value of every row there.
struct Walk<'a> {
    attack: &'a Attack,
    free: Vec<bool>,
    point: Vec<f64>,
    activity: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(attack: &'a Attack, start: &[f64], held: &[usize]) -> Self {
        let point: Vec<f64> = start.iter().zip(&attack.bounds).map(|(&x, &(low, high))| x.clamp(low, high)).collect();
        let activity = attack.rows.iter().map(|row| value(&row.terms, &point)).collect();
        let mut free = vec![true; point.len()];
        for &unknown in held {
            free[unknown] = false;
        }
        Self { attack, free, point, activity }
    }

    fn movable(&self, unknown: usize, rising: bool) -> bool {
        let (low, high) = self.attack.bounds[unknown];
        self.free[unknown] && if rising { self.point[unknown] < high } else { self.point[unknown] > low }
    }

    fn shift(&mut self, unknown: usize, by: f64) {
        let (low, high) = self.attack.bounds[unknown];
        let moved = (self.point[unknown] + by).clamp(low, high);
        let by = moved - self.point[unknown];
        self.point[unknown] = moved;
        for &(row, coefficient) in &self.attack.touching[unknown] {
            self.activity[row] += by * coefficient;
        }
    }

    /// Moves the free unknowns of a row so that it holds, by `inside` of its width.
    fn project(&mut self, place: usize, inside: f64) {
        let row = &self.attack.rows[place];
        let inside = inside * (row.high - row.low);
        let gap = self.activity[place].clamp(row.low + inside, row.high - inside) - self.activity[place];
        if gap == 0.0 {
            return;
        }
        let moving: Vec<(usize, f64)> = row
            .terms
            .iter()
            .copied()
            .filter(|&(unknown, coefficient)| self.movable(unknown, (gap > 0.0) == (coefficient > 0.0)))
            .collect();
        let squares: f64 = moving.iter().map(|(_, coefficient)| coefficient * coefficient).sum();
        for (unknown, coefficient) in moving {
            self.shift(unknown, gap * coefficient / squares);
        }
    }

    /// Moves one unknown of a row of ones by a whole step: the one that breaks fewest other rows.
    fn step(&mut self, place: usize) {
        let row = &self.attack.rows[place];
        let rising = self.activity[place] < row.low;
        let by = if rising { 1.0 } else { -1.0 };
        let breaks = |unknown: usize| {
            let worse = |&&(other, _): &&(usize, f64)| {
                let there = self.activity[other] + by;
                let outside = self.attack.outside(other, there);
                self.attack.active[other] && outside > self.attack.outside(other, self.activity[other])
            };
            self.attack.touching[unknown].iter().filter(worse).count()
        };
        let moving = row.terms.iter().map(|(unknown, _)| *unknown).filter(|&unknown| self.movable(unknown, rising));
        if let Some(unknown) = moving.min_by_key(|&unknown| breaks(unknown)) {
            self.shift(unknown, by);
        }
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
