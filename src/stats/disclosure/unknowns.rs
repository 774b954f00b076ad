//! The unknown means of a measure in a round, and expressions in the unknowns of the program. What was
//! published of them is not here.

use std::collections::BTreeMap;

use super::{
    atoms::{AtomKey, Atoms},
    attack::{Row, Terms},
};

/// Groups that a refusal names one by one.
const MOST_NAMED: usize = 8;

/// An expression in the unknowns.
#[derive(Debug, Clone, Default)]
pub(super) struct Expression {
    pub terms: BTreeMap<usize, f64>,
    pub constant: f64,
}

impl Expression {
    pub fn add(&mut self, other: &Self, factor: f64) {
        for (&unknown, &coefficient) in &other.terms {
            *self.terms.entry(unknown).or_default() += factor * coefficient;
        }
        self.constant += factor * other.constant;
    }

    pub fn row(self, value: f64, half: f64) -> Row {
        Row { terms: self.terms(), low: value - half - self.constant, high: value + half - self.constant }
    }

    /// The unknown that the expression is, if it is one by itself.
    pub fn single(&self) -> Option<usize> {
        self.terms.keys().next().copied().filter(|_| self.terms.len() == 1 && self.constant == 0.0)
    }

    pub fn terms(&self) -> Terms {
        self.terms.iter().map(|(&unknown, &coefficient)| (unknown, coefficient)).collect()
    }
}

/// The unknown means of one measure in one round's responses.
#[derive(Debug)]
pub(super) struct Unknowns {
    /// Measure id.
    pub measure: String,
    /// Its range.
    pub range: f64,
    /// Valid answers by atom.
    pub valid: Vec<u64>,
    /// Weight of the answers by atom, in the newest release.
    pub weight: Vec<f64>,
    /// Mean of each atom in the unknowns of the program.
    pub means: Vec<Expression>,
    /// Domains withheld for what few answers would tell.
    pub protected: Vec<Atoms>,
    /// The atoms, and the round that they are of.
    pub keys: (String, Vec<AtomKey>),
}

impl Unknowns {
    /// A group of atoms in words that staff understand: the round, and its atoms by their classes.
    pub fn named(&self, atoms: &Atoms) -> String {
        let (round, keys) = &self.keys;
        let name = |atom: usize| {
            let AtomKey { area, sex, age, tenure } = &keys[atom];
            let parts: Vec<&str> = [area, sex, age, tenure].into_iter().flatten().map(String::as_str).collect();
            if parts.is_empty() { "unclassed".to_owned() } else { parts.join(" ") }
        };
        if self.valid.iter().enumerate().all(|(atom, &valid)| valid == 0 || atoms.has(atom)) {
            return format!("everybody in {round}");
        }
        let mut named: Vec<String> = atoms.iter().map(name).collect();
        let more = named.len().saturating_sub(MOST_NAMED);
        named.truncate(MOST_NAMED);
        if more > 0 {
            named.push(format!("and {more} groups more"));
        }
        format!("{round}: {}", named.join("; "))
    }

    /// Weighted mean of some atoms as terms of the program.
    pub fn target(&self, atoms: &Atoms) -> Terms {
        self.mean(atoms, &self.weight).terms()
    }

    pub fn mean(&self, atoms: &Atoms, weight: &[f64]) -> Expression {
        let whole = atoms.weight(weight);
        let mut mean = Expression::default();
        for atom in atoms.iter().filter(|&atom| self.valid[atom] > 0) {
            mean.add(&self.means[atom], weight[atom] / whole);
        }
        mean
    }
}
