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
        for atom in atoms.iter() {
            mean.add(&self.means[atom], weight[atom] / whole);
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(terms: &[(usize, f64)], constant: f64) -> Expression {
        Expression { terms: terms.iter().copied().collect(), constant }
    }

    #[test]
    fn only_an_unknown_by_itself_is_single() {
        assert_eq!(expression(&[(3, 1.0)], 0.0).single(), Some(3));
        assert_eq!(expression(&[(3, -1.0)], 100.0).single(), None);
        assert_eq!(expression(&[(3, 1.0), (4, 1.0)], 0.0).single(), None);
        assert_eq!(expression(&[], 0.0).single(), None);
    }

    #[test]
    fn a_row_is_what_is_printed_less_what_is_known() {
        let mut sum = expression(&[(0, 1.0)], 0.0);
        sum.add(&expression(&[(0, 0.5), (2, -2.0)], 10.0), 3.0);
        let Row { terms, low, high } = sum.row(40.0, 2.5);
        assert_eq!(terms, [(0, 2.5), (2, -6.0)]);
        assert!((low - 7.5).abs() < 1e-12 && (high - 12.5).abs() < 1e-12);
    }

    fn unknowns(count: usize) -> Unknowns {
        let key = |atom: usize| AtomKey {
            area: (atom > 0).then(|| format!("D{atom}")),
            sex: (atom == 1).then(|| "men".to_owned()),
            age: None,
            tenure: None,
        };
        Unknowns {
            measure: "m".into(),
            range: 100.0,
            valid: vec![1; count],
            weight: (0_u32..).take(count).map(f64::from).collect(),
            means: (0..count).map(|atom| expression(&[(atom, 1.0)], 0.0)).collect(),
            protected: Vec::new(),
            keys: ("round 2026".into(), (0..count).map(key).collect()),
        }
    }

    #[test]
    fn a_mean_weighs_each_group_by_its_share() {
        assert_eq!(unknowns(4).target(&Atoms::of(4, |atom| atom % 2 == 1)), [(1, 0.25), (3, 0.75)]);
    }

    #[test]
    fn groups_are_named_as_long_as_a_reader_can_take_them_in() {
        let named = |count: usize, of: usize| unknowns(count).named(&Atoms::of(count, |atom| atom < of));
        assert_eq!(named(4, 2), "round 2026: unclassed; D1 men");
        assert_eq!(named(4, 4), "everybody in round 2026");
        assert_eq!(named(12, 8), "round 2026: unclassed; D1 men; D2; D3; D4; D5; D6; D7");
        assert_eq!(named(12, 10), "round 2026: unclassed; D1 men; D2; D3; D4; D5; D6; D7; and 2 groups more");
        let mut partly = unknowns(4);
        partly.valid[3] = 0;
        assert_eq!(partly.named(&Atoms::of(4, |atom| atom < 3)), "everybody in round 2026");
    }
}
