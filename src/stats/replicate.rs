//! Replicates: the variance of figures that have no linearised value, such as steps of several shares.
//! A stratified rescaled bootstrap; chance comes in as a seed, so that anyone can draw the same again.
//!
//! For replicate b (0, 1, …) and stratum h, n_h − 1 respondents are drawn with replacement; with r_i the
//! times that i was drawn and λ = √(1−f_h), d_i^b = d_i·(1 − λ + λ·n_h/(n_h−1)·r_i). These weights are
//! calibrated as the round's were, and the figure is computed again: V = Σ_b (θ_b − θ)²/B.
//!
//! Source: Rao and Wu (1988); Rao, Wu and Yue (1992).

use std::{collections::HashMap, num::NonZeroUsize, thread};

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

use super::{
    domain::{Frame, Group},
    fold::{Atom, real},
    weight::Weights,
};

/// Replicates of a release; never below 200.
pub const REPLICATES: usize = 1000;

/// Most shares that a figure may be made of.
pub const MOST_SHARES: usize = 64;

/// Key of the random stream.
pub type Seed = [u8; 32];

/// One respondent: the atom, and one bit a share for having a value and for being in the numerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Row {
    atom: Atom,
    valid: u64,
    ones: u64,
}

/// The shares of all respondents in ascending id.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    rows: Vec<Row>,
}

impl Columns {
    /// Adds the respondent that follows: whether each share's numerator holds, nothing where there is no
    /// valid value. Shares beyond [`MOST_SHARES`] are not kept.
    pub fn push(&mut self, atom: Atom, shares: impl Iterator<Item = Option<bool>>) {
        let mut row = Row { atom, valid: 0, ones: 0 };
        for (place, holds) in shares.take(MOST_SHARES).enumerate() {
            row.valid |= u64::from(holds.is_some()) << place;
            row.ones |= u64::from(holds == Some(true)) << place;
        }
        self.rows.push(row);
    }

    /// Adds the respondents of the chunk that follows.
    pub fn append(&mut self, mut next: Self) {
        self.rows.append(&mut next.rows);
    }
}

/// Variance from replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Replicated {
    /// The figure itself.
    pub estimate: f64,
    /// Σ (θ_b − θ)²/B.
    pub variance: f64,
    /// Replicates that gave a figure: those whose weights can be calibrated and whose shares all have
    /// respondents.
    pub replicates: usize,
}

/// Respondents who are alike in atom and shares.
struct Pattern {
    atom: usize,
    valid: u64,
    ones: u64,
}

/// Counts of one atom: respondents, and by share those with a value and those in the numerator.
#[derive(Clone)]
struct Counts {
    all: u64,
    shares: Vec<(u64, u64)>,
}

impl Counts {
    fn new(shares: usize) -> Self {
        Self { all: 0, shares: vec![(0, 0); shares] }
    }

    fn add(&mut self, pattern: &Pattern, times: u64) {
        self.all += times;
        let mut left = pattern.valid;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            if let Some(share) = self.shares.get_mut(place) {
                share.0 += times;
                share.1 += times * (pattern.ones >> place & 1);
            }
        }
    }
}

/// A round's shares, ready to be drawn from.
pub struct Bootstrap<'a> {
    weights: &'a Weights,
    shares: usize,
    /// Atoms with their weighting cells.
    atoms: Vec<(Atom, usize)>,
    patterns: Vec<Pattern>,
    /// The pattern of each respondent, by stratum.
    respondents: Vec<Vec<u32>>,
    counts: Vec<Counts>,
}

impl<'a> Bootstrap<'a> {
    /// The first `shares` of `columns` under `weights`.
    #[must_use]
    pub fn new(weights: &'a Weights, columns: &Columns, shares: usize) -> Self {
        let mut of_atom: HashMap<Atom, usize> = HashMap::new();
        let mut of_pattern: HashMap<Row, u32> = HashMap::new();
        let mut bootstrap = Self {
            weights,
            shares: shares.min(MOST_SHARES),
            atoms: Vec::new(),
            patterns: Vec::new(),
            respondents: vec![Vec::new(); weights.strata.len()],
            counts: Vec::new(),
        };
        for row in &columns.rows {
            let Some(cell) = weights.place(row.atom) else { continue };
            let atom = *of_atom.entry(row.atom).or_insert_with(|| {
                bootstrap.atoms.push((row.atom, cell));
                bootstrap.counts.push(Counts::new(bootstrap.shares));
                bootstrap.atoms.len() - 1
            });
            let next = u32::try_from(bootstrap.patterns.len()).unwrap_or(u32::MAX);
            let pattern = *of_pattern.entry(*row).or_insert_with(|| {
                bootstrap.patterns.push(Pattern { atom, valid: row.valid, ones: row.ones });
                next
            });
            bootstrap.respondents[weights.cells[cell].stratum].push(pattern);
            bootstrap.counts[atom].add(&bootstrap.patterns[pattern as usize], 1);
        }
        bootstrap
    }

    /// The variance of `figure`, a function of the shares (0-1) of a group, for each of `groups`; nothing
    /// for a group where a share has no respondents.
    ///
    /// The random stream of replicate b is `ChaCha20` with `seed` as its key and b as its stream number;
    /// strata in order, respondents by id; draw ⌊x·n/2⁶⁴⌋ of the next 64-bit word x.
    #[must_use]
    pub fn variances(
        &self,
        frame: &Frame,
        groups: &[Group],
        seed: Seed,
        replicates: usize,
        figure: impl Fn(&[f64]) -> f64 + Sync,
    ) -> Vec<Option<Replicated>> {
        let members: Vec<Vec<usize>> = groups
            .iter()
            .map(|group| (0..self.atoms.len()).filter(|atom| frame.holds(*group, self.atoms[*atom].0)).collect())
            .collect();
        let cells = &self.weights.cells;
        let own: Vec<f64> = self.atoms.iter().map(|(_, cell)| cells[*cell].weight).collect();
        let weighted = self.weighted(|atom, own_count, _| own[atom] * own_count, &self.counts);
        let estimates = self.figures(&weighted, &members, &figure);
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(replicates.max(1));
        let one = |number: usize| -> Option<Vec<Option<f64>>> {
            Some(self.figures(&self.replicate(seed, number as u64)?, &members, &figure))
        };
        // Every thread has its own replicates; they are put back in order before anything is summed.
        let mut drawn: Vec<Option<Vec<Option<f64>>>> = vec![None; replicates];
        thread::scope(|scope| {
            let one = &one;
            let workers: Vec<_> = (0..threads)
                .map(|first| {
                    scope.spawn(move || {
                        (first..replicates).step_by(threads).map(|number| (number, one(number))).collect::<Vec<_>>()
                    })
                })
                .collect();
            for (number, found) in workers.into_iter().filter_map(|worker| worker.join().ok()).flatten() {
                drawn[number] = found;
            }
        });
        let of_group = |group: usize, estimate: f64| {
            let figures = drawn.iter().filter_map(|figures| figures.as_ref()?[group]);
            let (sum, count) = figures.fold((0.0, 0_usize), |(sum, count), figure| {
                (sum + (figure - estimate) * (figure - estimate), count + 1)
            });
            (count > 0).then(|| Replicated { estimate, variance: sum / real(count as u64), replicates: count })
        };
        estimates.iter().enumerate().map(|(group, estimate)| of_group(group, (*estimate)?)).collect()
    }

    /// Weighted persons of each atom and share, with a value and in the numerator, from the counts of the
    /// sample and `drawn` ones.
    fn weighted(&self, weight: impl Fn(usize, f64, f64) -> f64, drawn: &[Counts]) -> Vec<Vec<(f64, f64)>> {
        let of_atom = |(atom, (own, drawn)): (usize, (&Counts, &Counts))| {
            let of = |own: u64, drawn: u64| weight(atom, real(own), real(drawn));
            let shares = own.shares.iter().zip(&drawn.shares);
            shares.map(|(own, drawn)| (of(own.0, drawn.0), of(own.1, drawn.1))).collect()
        };
        self.counts.iter().zip(drawn).enumerate().map(of_atom).collect()
    }

    /// The figure of each group.
    fn figures(
        &self,
        weighted: &[Vec<(f64, f64)>],
        members: &[Vec<usize>],
        figure: impl Fn(&[f64]) -> f64,
    ) -> Vec<Option<f64>> {
        let of_group = |atoms: &Vec<usize>| {
            let mut sums = vec![(0.0, 0.0); self.shares];
            for &atom in atoms {
                for (sum, own) in sums.iter_mut().zip(&weighted[atom]) {
                    sum.0 += own.0;
                    sum.1 += own.1;
                }
            }
            let shares: Option<Vec<f64>> = sums.iter().map(|(all, ones)| (*all > 0.0).then(|| ones / all)).collect();
            shares.map(|shares| figure(&shares))
        };
        members.iter().map(of_group).collect()
    }

    /// Weighted persons of replicate `number`; nothing where its weights cannot be calibrated.
    fn replicate(&self, seed: Seed, number: u64) -> Option<Vec<Vec<(f64, f64)>>> {
        let mut random = ChaCha20Rng::from_seed(seed);
        random.set_stream(number);
        let mut times = vec![0_u64; self.patterns.len()];
        for respondents in &self.respondents {
            for _ in 1..respondents.len() {
                let place = (u128::from(random.next_u64()) * respondents.len() as u128) >> 64;
                // Below the number of respondents, since the word is below 2⁶⁴.
                times[respondents[usize::try_from(place).ok()?] as usize] += 1;
            }
        }
        let mut drawn = vec![Counts::new(self.shares); self.atoms.len()];
        for (pattern, times) in self.patterns.iter().zip(times).filter(|(_, times)| *times > 0) {
            drawn[pattern.atom].add(pattern, times);
        }
        let cells = &self.weights.cells;
        // Weight of a respondent of the sample, and what each time drawn adds to it.
        let parts: Vec<(f64, f64)> =
            self.weights.strata.iter().map(|stratum| rescaled(stratum.respondents, stratum.fraction())).collect();
        let of_atom = |atom: usize| {
            let cell = &cells[self.atoms[atom].1];
            let (own, each) = parts[cell.stratum];
            (cell.design * own, cell.design * each)
        };
        let mut base = vec![0.0; cells.len()];
        for (atom, (counts, drawn)) in self.counts.iter().zip(&drawn).enumerate() {
            let (own, each) = of_atom(atom);
            base[self.atoms[atom].1] += own * real(counts.all) + each * real(drawn.all);
        }
        let factors = self.weights.recalibrated(&base)?;
        let weight = |atom: usize, count: f64, drawn: f64| {
            let (own, each) = of_atom(atom);
            factors[self.atoms[atom].1] * (own * count + each * drawn)
        };
        Some(self.weighted(weight, &drawn))
    }
}

/// 1 − λ and λ·n/(n−1); a stratum of one keeps its weight.
fn rescaled(respondents: u64, fraction: f64) -> (f64, f64) {
    if respondents < 2 {
        return (1.0, 0.0);
    }
    let lambda = (1.0 - fraction).max(0.0).sqrt();
    (1.0 - lambda, lambda * real(respondents) / (real(respondents) - 1.0))
}

#[cfg(test)]
mod tests {
    use super::rescaled;

    #[test]
    fn a_stratum_of_two_is_drawn_from_and_one_of_one_is_not() {
        assert_eq!(rescaled(1, 0.0), (1.0, 0.0));
        assert_eq!(rescaled(2, 0.0), (0.0, 2.0));
        // Where three of four of the population answered, λ = √(1 − 3/4).
        assert_eq!(rescaled(3, 0.75), (0.5, 0.75));
        // Where everybody answered, nothing is left to chance.
        assert_eq!(rescaled(3, 1.0), (1.0, 0.0));
    }
}
