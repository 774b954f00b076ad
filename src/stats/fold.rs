//! Respondents folded into totals that merge: per atom (district × sex × age × tenure, each with
//! "unstated") counts, mean and squared deviations of every measure, and co-moments of the pairs that
//! composites need.
//!
//! Chunks have a fixed length and merge left to right, so results do not depend on threads, engine or
//! read size. Means and squares are updated after Welford (1962) and merged after Chan, Golub and
//! LeVeque (1979): nothing is ever formed as Σy² − n·ȳ².

use std::collections::BTreeMap;

/// Respondents a chunk.
pub const CHUNK: usize = 65_536;

/// Which classes a respondent is in; absent = unstated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom {
    /// District; absent for imported answers without one.
    pub district: Option<u16>,
    /// Sex class.
    pub sex: Option<u8>,
    /// Age group.
    pub age: Option<u8>,
    /// Tenure class.
    pub tenure: Option<u8>,
}

/// One respondent's part in one measure.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Observation {
    /// Was asked.
    pub asked: bool,
    /// 0 or 1 for a share, 0-100 for a mean of points; absent if not valid.
    pub value: Option<f64>,
    /// Not valid, and "don't know" was said.
    pub dont_know: bool,
}

/// Totals of one measure in one atom.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// Respondents asked.
    pub asked: u64,
    /// Respondents with a value.
    pub valid: u64,
    /// Respondents with the value 1 (shares).
    pub ones: u64,
    /// Respondents who said "don't know".
    pub dont_know: u64,
    /// Mean of the values.
    pub mean: f64,
    /// Sum of squared deviations from the mean.
    pub squares: f64,
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
pub(super) const fn real(count: u64) -> f64 {
    count as f64
}

impl Moments {
    fn add(&mut self, seen: &Observation) {
        self.asked += u64::from(seen.asked);
        self.dont_know += u64::from(seen.dont_know);
        if let Some(value) = seen.value {
            self.valid += 1;
            self.ones += u64::from((value - 1.0).abs() < f64::EPSILON);
            let delta = value - self.mean;
            self.mean += delta / real(self.valid);
            self.squares += delta * (value - self.mean);
        }
    }

    /// Both totals as one.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let valid = self.valid + other.valid;
        let mut merged = Self {
            asked: self.asked + other.asked,
            valid,
            ones: self.ones + other.ones,
            dont_know: self.dont_know + other.dont_know,
            ..*self
        };
        if valid > 0 {
            let delta = other.mean - self.mean;
            let part = real(other.valid) / real(valid);
            merged.mean = self.mean + delta * part;
            merged.squares = self.squares + other.squares + delta * delta * real(self.valid) * part;
        }
        merged
    }
}

/// Totals of a pair of measures over respondents who have both values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CoMoments {
    /// Respondents with both values.
    pub valid: u64,
    /// Means of the two.
    pub means: (f64, f64),
    /// Sum of products of deviations.
    pub products: f64,
}

impl CoMoments {
    fn add(&mut self, first: f64, second: f64) {
        self.valid += 1;
        let count = real(self.valid);
        let delta = first - self.means.0;
        self.means.0 += delta / count;
        self.means.1 += (second - self.means.1) / count;
        self.products += delta * (second - self.means.1);
    }

    /// Both totals as one.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        if other.valid == 0 {
            return *self;
        }
        let valid = self.valid + other.valid;
        let part = real(other.valid) / real(valid);
        let delta = (other.means.0 - self.means.0, other.means.1 - self.means.1);
        Self {
            valid,
            means: (self.means.0 + delta.0 * part, self.means.1 + delta.1 * part),
            products: self.products + other.products + delta.0 * delta.1 * real(self.valid) * part,
        }
    }
}

/// Totals of one atom.
#[derive(Debug, Clone, PartialEq)]
pub struct AtomTotals {
    /// Respondents.
    pub respondents: u64,
    /// By measure.
    pub measures: Vec<Moments>,
    /// By declared pair.
    pub pairs: Vec<CoMoments>,
}

/// Totals of a round, or of a chunk of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    measures: usize,
    pairs: Vec<(usize, usize)>,
    /// By atom.
    pub atoms: BTreeMap<Atom, AtomTotals>,
}

impl Totals {
    /// No respondents yet; `pairs` are the pairs of measures whose co-moments are needed.
    #[must_use]
    pub fn new(measures: usize, pairs: Vec<(usize, usize)>) -> Self {
        Self { measures, pairs, atoms: BTreeMap::new() }
    }

    /// The declared pairs.
    #[must_use]
    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.pairs
    }

    /// Adds one respondent; `seen` holds one observation a measure.
    pub fn add(&mut self, atom: Atom, seen: &[Observation]) {
        let (measures, pairs) = (self.measures, self.pairs.len());
        let totals = self.atoms.entry(atom).or_insert_with(|| AtomTotals {
            respondents: 0,
            measures: vec![Moments::default(); measures],
            pairs: vec![CoMoments::default(); pairs],
        });
        totals.respondents += 1;
        for (moments, seen) in totals.measures.iter_mut().zip(seen) {
            moments.add(seen);
        }
        for (moments, &(first, second)) in totals.pairs.iter_mut().zip(&self.pairs) {
            if let (Some(Some(first)), Some(Some(second))) =
                (seen.get(first).map(|o| o.value), seen.get(second).map(|o| o.value))
            {
                moments.add(first, second);
            }
        }
    }

    /// Merges the totals of the chunk that follows.
    pub fn merge(&mut self, next: Self) {
        for (atom, other) in next.atoms {
            match self.atoms.get_mut(&atom) {
                None => {
                    self.atoms.insert(atom, other);
                }
                Some(own) => {
                    own.respondents += other.respondents;
                    for (own, other) in own.measures.iter_mut().zip(&other.measures) {
                        *own = own.merge(other);
                    }
                    for (own, other) in own.pairs.iter_mut().zip(&other.pairs) {
                        *own = own.merge(other);
                    }
                }
            }
        }
    }

    /// Respondents in all.
    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.atoms.values().map(|atom| atom.respondents).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_that_merge_are_as_if_they_had_been_one() {
        let atom = |district| Atom { district: Some(district), sex: None, age: None, tenure: None };
        let seen = |number: u32| {
            let share = (number % 4 != 3).then(|| f64::from(u8::from(number.is_multiple_of(3))));
            let points = (number % 5 != 4).then(|| f64::from(number * 7 % 101));
            [
                Observation { asked: true, value: share, dont_know: share.is_none() },
                Observation { asked: number.is_multiple_of(2), value: points, dont_know: false },
            ]
        };
        let fold = |numbers: std::ops::Range<u32>| {
            let mut totals = Totals::new(2, vec![(0, 1)]);
            // The last district is in the last chunk only.
            numbers.for_each(|number| {
                totals.add(atom(if number < 90 { u16::from(number.is_multiple_of(2)) } else { 2 }), &seen(number));
            });
            totals
        };
        let whole = fold(0..100);
        let mut merged = fold(0..33);
        merged.merge(fold(33..34));
        merged.merge(fold(34..100));
        assert_eq!(merged.respondents(), 100);
        assert_eq!(merged.atoms.keys().collect::<Vec<_>>(), whole.atoms.keys().collect::<Vec<_>>());
        for (one, other) in merged.atoms.values().zip(whole.atoms.values()) {
            assert_eq!(one.respondents, other.respondents);
            for (one, other) in one.measures.iter().zip(&other.measures) {
                let counts = |of: &Moments| (of.asked, of.valid, of.ones, of.dont_know);
                assert_eq!(counts(one), counts(other));
                assert!((one.mean - other.mean).abs() < 1e-12 * (1.0 + other.mean));
                assert!((one.squares - other.squares).abs() < 1e-12 * (1.0 + other.squares));
            }
            for (one, other) in one.pairs.iter().zip(&other.pairs) {
                assert_eq!(one.valid, other.valid);
                assert!((one.products - other.products).abs() < 1e-9);
            }
        }
        assert!(whole.atoms.values().any(|atom| atom.measures[0].ones > 1 && atom.measures[0].dont_know > 1));
    }
}
