//! Atoms: the largest groups of responses that every domain of the plan contains wholly or not at all,
//! each inside one weighting cell. An intruder knows how many answers and how much weight each holds; its mean is what has to
//! stay unknown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::stats::{
    domain::{Domain, Frame},
    fold::{Moments, Totals, real},
    weight::Weights,
};

/// The classes of an atom by name; absent = unstated, or not told apart by the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AtomKey {
    /// District.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Sex class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<String>,
    /// Age group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<String>,
    /// Tenure class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<String>,
}

/// Areas of the table plan by code, as the atoms' areas that they hold; an area that is not named
/// holds the atoms of its own code.
pub type Geography = BTreeMap<String, Vec<String>>;

impl AtomKey {
    /// Whether the responses of this atom are in a domain. Who is unclassed has neither sex nor age
    /// here, and so counts in the total, by district and by tenure only.
    #[must_use]
    pub fn is_in(&self, domain: &Domain, geography: &Geography) -> bool {
        let same = |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        let area = match &domain.area {
            None => true,
            Some(code) => match (geography.get(code), &self.area) {
                (Some(parts), Some(own)) => parts.contains(own),
                (None, own) => own.as_ref() == Some(code),
                (Some(_), None) => false,
            },
        };
        area && same(&domain.sex, &self.sex) && same(&domain.age, &self.age) && same(&domain.tenure, &self.tenure)
    }
}

/// One measure's part in the atoms, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MeasureAtoms {
    /// Valid answers.
    pub valid: Vec<u64>,
    /// Sum of their weights.
    pub weight: Vec<f64>,
    /// Their mean: 0-1 for shares, points else. Never leaves the gate.
    pub mean: Vec<f64>,
}

/// The atoms of a round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AtomTable {
    /// Keys, in order.
    pub keys: Vec<AtomKey>,
    /// Responses by atom.
    pub respondents: Vec<u64>,
    /// By measure; empty for what has no value of a respondent.
    pub measures: Vec<MeasureAtoms>,
}

impl AtomTable {
    /// The atoms of folded `totals` under `weights`; tenure tells atoms apart only where the plan has a
    /// table by it.
    #[must_use]
    pub fn new(frame: &Frame, totals: &Totals, weights: &Weights, tenure: bool) -> Self {
        let mut atoms: BTreeMap<AtomKey, (u64, f64, Vec<Moments>)> = BTreeMap::new();
        let name = |names: &[String], place: Option<usize>| place.and_then(|place| names.get(place).cloned());
        for (atom, found) in &totals.atoms {
            let classed =
                (atom.sex.is_some() || frame.sexes.is_empty()) && (atom.age.is_some() || frame.ages.is_empty());
            let key = AtomKey {
                area: name(&frame.districts, atom.district.map(usize::from)),
                sex: name(&frame.sexes, atom.sex.filter(|_| classed).map(usize::from)),
                age: name(&frame.ages, atom.age.filter(|_| classed).map(usize::from)),
                tenure: name(&frame.tenures, atom.tenure.filter(|_| tenure).map(usize::from)),
            };
            let entry = atoms
                .entry(key)
                .or_insert_with(|| (0, weights.of(*atom), vec![Moments::default(); found.measures.len()]));
            entry.0 += found.respondents;
            for (own, other) in entry.2.iter_mut().zip(&found.measures) {
                *own = own.merge(other);
            }
        }
        let mut table = Self::default();
        for (key, (respondents, weight, moments)) in atoms {
            table.measures.resize(moments.len(), MeasureAtoms::default());
            table.keys.push(key);
            table.respondents.push(respondents);
            for (measure, moments) in table.measures.iter_mut().zip(&moments) {
                measure.valid.push(moments.valid);
                measure.weight.push(weight * real(moments.valid));
                measure.mean.push(moments.mean);
            }
        }
        table
    }
}

/// A set of atoms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Atoms(Vec<u64>);

impl Atoms {
    /// The atoms among `count` for which `holds`.
    pub fn of(count: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut words = vec![0_u64; count.div_ceil(64)];
        for atom in (0..count).filter(|&atom| holds(atom)) {
            words[atom / 64] |= 1 << (atom % 64);
        }
        Self(words)
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                (left != 0).then(|| {
                    left &= left - 1;
                    word * 64 + bit
                })
            })
        })
    }

    pub fn has(&self, atom: usize) -> bool {
        self.0.get(atom / 64).is_some_and(|word| word >> (atom % 64) & 1 == 1)
    }

    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own & other).collect())
    }

    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own & !other).collect())
    }

    pub fn contains(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| other & !own == 0)
    }

    /// Sum of a count over the atoms.
    pub fn sum(&self, counts: &[u64]) -> u64 {
        self.iter().map(|atom| counts[atom]).sum()
    }

    /// Sum of a weight over the atoms.
    pub fn weight(&self, weights: &[f64]) -> f64 {
        self.iter().map(|atom| weights[atom]).sum()
    }
}
