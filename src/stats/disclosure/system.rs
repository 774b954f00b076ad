//! A system: the unknown means of some measures in a round, and a row for every figure that any release of
//! the round has shown of them. Other rounds are other people: no printed figure tells of two rounds, since a
//! change is the difference of two that are printed. What is printed becomes what an intruder
//! can write down; nothing is decided here.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use serde::{Deserialize, Serialize};

use super::{
    GateRefusal,
    atoms::{AtomKey, Atoms},
    attack::{Attack, Broken, Row},
    ledger::{LedgerEntry, LedgerMeasure},
    unknowns::{Expression, Unknowns},
};
use crate::stats::{domain::Domain, fold::real};

/// A figure of the release that is being judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    /// Measure id.
    pub measure: String,
    /// The group.
    pub domain: Domain,
}

/// What the systems are built from.
pub(super) struct Ground<'a> {
    /// Entries of the ledger in the order of their releases; the last is the release being judged.
    pub entries: Vec<&'a LedgerEntry>,
    /// True means of the judged release by measure, over its atoms, on the published scale.
    pub truth: BTreeMap<&'a str, Vec<f64>>,
    /// Shares over the same answers that add up to everybody.
    pub partitions: Vec<Vec<String>>,
}

/// A shown level, for what it tells by itself.
#[derive(Debug)]
pub(super) struct Level {
    /// Place of its unknowns.
    pub unknowns: usize,
    /// Its row.
    pub row: usize,
    /// Its atoms.
    pub atoms: Atoms,
    /// Weight of each atom when it was printed.
    pub weight: Vec<f64>,
    /// Printed value and unit.
    pub printed: (f64, f64),
}

/// Everything published about connected measures.
pub(super) struct System {
    /// Rows and bounds.
    pub attack: Attack,
    /// Figure behind each row, for those of the judged release.
    pub figures: Vec<Option<Figure>>,
    /// Answers behind each row's figure.
    pub answers: Vec<u64>,
    /// Unknowns.
    pub unknowns: Vec<Unknowns>,
    /// Shown levels.
    pub levels: Vec<Level>,
    /// A point that agrees with everything.
    pub point: Vec<f64>,
    /// The unknowns of the program by the measure, and the answers, that they are of.
    pub groups: Vec<Range<usize>>,
    /// What goes with each measure: composites and step measures that need it, and its other half.
    composites: HashMap<String, Vec<String>>,
}

/// Slack on every row, as a share of the range.
const SLACK: f64 = 1e-9;

/// Responses of one round that several releases tell of: entries with the weights that they gave to
/// the atoms of the finest of them.
struct Generation<'a> {
    finest: &'a LedgerEntry,
    entries: Vec<(usize, Vec<f64>)>,
}

impl System {
    /// Composites that a measure is a part of.
    pub fn composites_of(&self, measure: &str) -> &[String] {
        self.composites.get(measure).map_or(&[], Vec::as_slice)
    }

    /// The system of one measure's numbers of answers.
    pub fn of_counts(
        attack: Attack,
        figures: Vec<Option<Figure>>,
        answers: Vec<u64>,
        point: Vec<f64>,
        (entry, found): (&LedgerEntry, &LedgerMeasure),
    ) -> Self {
        let unknowns = Unknowns {
            measure: format!("the number of answers to {}", found.id),
            range: 1.0,
            valid: found.valid.clone(),
            weight: Vec::new(),
            means: Vec::new(),
            protected: Vec::new(),
            keys: (entry.round.clone(), entry.atoms.clone()),
        };
        let groups = std::iter::once(0..point.len()).collect();
        let (unknowns, levels, composites) = (vec![unknowns], Vec::new(), HashMap::new());
        Self { attack, figures, answers, unknowns, levels, point, groups, composites }
    }

    /// The system of `measures`.
    ///
    /// # Errors
    /// [`GateRefusal::Inconsistent`] where the true figures do not agree with what is about to be
    /// printed, [`GateRefusal::Solver`] where no agreeing point is found.
    pub fn new(ground: &Ground<'_>, measures: &BTreeSet<String>) -> Result<Self, GateRefusal> {
        let mut build =
            Build { ground, unknowns: Vec::new(), of: HashMap::new(), bounds: Vec::new(), start: Vec::new() };
        for measure in measures {
            build.add_measure(measure);
        }
        build.finish(measures)
    }
}

/// Weights that `entry` gave, spread over the atoms of the finer `finest`; nothing if the two do not
/// count the same answers.
pub(super) fn aligned(finest: &LedgerEntry, entry: &LedgerEntry, measure: &str) -> Option<Vec<f64>> {
    let of = |entry: &LedgerEntry| entry.measures.iter().position(|found| found.id == measure);
    let (fine, coarse) = (&finest.measures[of(finest)?], &entry.measures[of(entry)?]);
    if finest.atoms == entry.atoms {
        return (fine.valid == coarse.valid).then(|| coarse.weight.clone());
    }
    let place: HashMap<&AtomKey, usize> = entry.atoms.iter().enumerate().map(|(place, key)| (key, place)).collect();
    let within =
        |key: &AtomKey| place.get(key).or_else(|| place.get(&AtomKey { tenure: None, ..key.clone() })).copied();
    let places: Vec<usize> = finest.atoms.iter().map(within).collect::<Option<_>>()?;
    let mut counts = vec![0_u64; coarse.valid.len()];
    for (&at, valid) in places.iter().zip(&fine.valid) {
        counts[at] += valid;
    }
    let share = |(&at, &valid): (&usize, &u64)| {
        if valid == 0 { 0.0 } else { coarse.weight[at] * real(valid) / real(coarse.valid[at]) }
    };
    (counts == coarse.valid).then(|| places.iter().zip(&fine.valid).map(share).collect())
}

struct Build<'a> {
    ground: &'a Ground<'a>,
    unknowns: Vec<Unknowns>,
    /// Place of the unknowns, and the weights, of a measure as an entry tells of it.
    of: HashMap<(usize, String), (usize, Vec<f64>)>,
    bounds: Vec<(f64, f64)>,
    /// The true point where it is known.
    start: Vec<Option<f64>>,
}

impl Build<'_> {
    fn add_measure(&mut self, measure: &str) {
        let entries = &self.ground.entries;
        let tells = |place: &usize| {
            entries[*place].round == entries[entries.len() - 1].round
                && entries[*place].measures.iter().any(|found| found.id == measure && !found.valid.is_empty())
        };
        let mut places: Vec<usize> = (0..entries.len()).filter(tells).collect();
        // The finest atoms first, the newest among equals.
        places.sort_by_key(|&place| std::cmp::Reverse((entries[place].atoms.len(), place)));
        let mut generations: Vec<Generation<'_>> = Vec::new();
        for place in places {
            let entry = entries[place];
            let fits = generations.iter_mut().find_map(|generation| {
                Some((aligned(generation.finest, entry, measure)?, generation))
                    .map(|(weight, g)| g.entries.push((place, weight)))
            });
            if fits.is_none() {
                let weight = aligned(entry, entry, measure).unwrap_or_default();
                generations.push(Generation { finest: entry, entries: vec![(place, weight)] });
            }
        }
        for generation in generations {
            self.add_unknowns(&generation, measure);
        }
    }

    fn add_unknowns(&mut self, generation: &Generation<'_>, measure: &str) {
        let last = self.ground.entries.len() - 1;
        let Some(found) = generation.finest.measures.iter().find(|found| found.id == measure) else { return };
        let judged = generation.entries.iter().any(|(place, _)| *place == last);
        let truth = self.ground.truth.get(measure).filter(|truth| judged && truth.len() == found.valid.len());
        let other = self.other_half(generation, measure, &found.valid);
        let mut means = Vec::with_capacity(found.valid.len());
        for (atom, &valid) in found.valid.iter().enumerate() {
            let mut mean = Expression::default();
            if let Some(other) = other {
                mean.constant = found.range;
                mean.add(&self.unknowns[other].means[atom], -1.0);
            } else if valid > 0 {
                mean.terms.insert(self.bounds.len(), 1.0);
                self.bounds.push((0.0, found.range));
                self.start.push(truth.map(|truth| truth[atom]));
            }
            means.push(mean);
        }
        let newest = generation.entries.iter().max_by_key(|(place, _)| *place);
        let weight = newest.map_or_else(Vec::new, |(_, weight)| weight.clone());
        let mut protected = BTreeSet::new();
        for (place, weight) in &generation.entries {
            self.of.insert((*place, measure.to_owned()), (self.unknowns.len(), weight.clone()));
            let entry = self.ground.entries[*place];
            let hidden = entry.measures.iter().filter(|found| found.id == measure).flat_map(|found| &found.protected);
            protected.extend(hidden.map(|domain| {
                Atoms::of(means.len(), |atom| generation.finest.atoms[atom].is_in(domain, &entry.geography))
            }));
        }
        self.unknowns.push(Unknowns {
            measure: measure.to_owned(),
            range: found.range,
            valid: found.valid.clone(),
            weight,
            means,
            protected: protected.into_iter().collect(),
            keys: (generation.finest.round.clone(), generation.finest.atoms.clone()),
        });
    }

    /// The other of two shares that add up to everybody, over the same answers, if it is added already:
    /// then the means of `measure` follow from it.
    fn other_half(&self, generation: &Generation<'_>, measure: &str, valid: &[u64]) -> Option<usize> {
        let place = generation.entries.first()?.0;
        let pair =
            self.ground.partitions.iter().find(|parts| parts.len() == 2 && parts.iter().any(|p| p == measure))?;
        let other = pair.iter().find(|part| *part != measure)?;
        let at = self.of.get(&(place, other.clone()))?.0;
        (self.unknowns[at].valid == valid).then_some(at)
    }

    /// The mean of a domain as an entry tells of it; a composite is the sum of its parts.
    fn mean(&self, place: usize, measure: &str, domain: &Domain) -> Option<Expression> {
        let entry = self.ground.entries[place];
        let found = entry.measures.iter().find(|found| found.id == measure)?;
        if found.parts.is_empty() {
            let (at, weight) = self.of.get(&(place, measure.to_owned()))?;
            let unknowns = &self.unknowns[*at];
            return Some(unknowns.mean(&self.atoms(place, *at, domain), weight));
        }
        let mut sum = Expression::default();
        for (part, factor) in &found.parts {
            sum.add(&self.mean(place, part, domain)?, *factor);
        }
        Some(sum)
    }

    /// Atoms of a domain as an entry draws its areas.
    fn atoms(&self, place: usize, unknowns: usize, domain: &Domain) -> Atoms {
        let (_, keys) = &self.unknowns[unknowns].keys;
        Atoms::of(keys.len(), |atom| keys[atom].is_in(domain, &self.ground.entries[place].geography))
    }

    fn finish(self, measures: &BTreeSet<String>) -> Result<System, GateRefusal> {
        let (mut rows, mut figures, mut answers, mut levels) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let last = self.ground.entries.len() - 1;
        for (place, entry) in self.ground.entries.iter().enumerate() {
            for found in entry.measures.iter().filter(|found| measures.contains(&found.id)) {
                let figure = |measure: &String, domain: &Domain| {
                    let figure = Figure { measure: measure.clone(), domain: domain.clone() };
                    (place == last).then_some(figure)
                };
                for shown in &found.shown {
                    let Some(mean) = self.mean(place, &found.id, &shown.domain) else { continue };
                    if let Some((at, weight)) = self.of.get(&(place, found.id.clone())) {
                        let atoms = self.atoms(place, *at, &shown.domain);
                        let printed = (shown.value(), shown.unit);
                        levels.push(Level { unknowns: *at, row: rows.len(), atoms, weight: weight.clone(), printed });
                    }
                    rows.push(mean.row(shown.value(), shown.unit / 2.0));
                    figures.push(figure(&found.id, &shown.domain));
                    answers.push(shown.n.0);
                }
                for told in &found.told {
                    let Some(mean) = self.mean(place, &found.id, &told.domain) else { continue };
                    let (low, high) = told.between;
                    rows.push(mean.row(f64::midpoint(low, high), (high - low) / 2.0));
                    figures.push(figure(&told.by, &told.domain));
                    answers.push(found.shown.iter().find(|shown| shown.domain == told.domain).map_or(0, |s| s.n.0));
                }
            }
        }
        let range = self.unknowns.iter().map(|unknowns| unknowns.range).fold(1.0, f64::max);
        let attack = Attack::new(self.bounds.clone(), rows, SLACK * range);
        let point = self.agreeing(&attack, &levels)?;
        let mut composites: HashMap<String, Vec<String>> = HashMap::new();
        for found in self.ground.entries[last].measures.iter().filter(|found| measures.contains(&found.id)) {
            for (part, _) in &found.parts {
                composites.entry(part.clone()).or_default().push(found.id.clone());
            }
            let by: BTreeSet<&String> = found.told.iter().map(|told| &told.by).collect();
            composites.entry(found.id.clone()).or_default().extend(by.into_iter().cloned());
        }
        for pair in self.ground.partitions.iter().filter(|parts| parts.len() == 2 && measures.contains(&parts[0])) {
            for (one, other) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
                let with: Vec<String> =
                    composites.get(other).into_iter().flatten().cloned().chain([other.clone()]).collect();
                composites.entry(one.clone()).or_default().extend(with);
            }
        }
        // Each measure of a round takes its unknowns one after the other; a second half has none.
        let own = |unknowns: &Unknowns| {
            let own = unknowns.means.iter().filter_map(Expression::single);
            Some(own.clone().min()?..own.max()? + 1)
        };
        let groups = self.unknowns.iter().filter_map(own).collect();
        Ok(System { attack, figures, answers, unknowns: self.unknowns, levels, point, groups, composites })
    }

    /// A point that agrees with everything, as far inside the rows as projections find one: from the
    /// truth where it is known, else from what was printed. Where they find none, the linear program does.
    fn agreeing(&self, attack: &Attack, levels: &[Level]) -> Result<Vec<f64>, GateRefusal> {
        let mut start: Vec<f64> = self.bounds.iter().map(|&(low, high)| f64::midpoint(low, high)).collect();
        // Wide groups first, so that an atom ends with the value of the narrowest that holds it.
        let mut levels: Vec<&Level> = levels.iter().collect();
        levels.sort_by_key(|level| std::cmp::Reverse(level.atoms.iter().count()));
        for level in levels {
            let means = &self.unknowns[level.unknowns].means;
            let own = level.atoms.iter().filter_map(|atom| means[atom].single());
            for unknown in own {
                let (low, high) = self.bounds[unknown];
                start[unknown] = level.printed.0.clamp(low, high);
            }
        }
        for (value, truth) in start.iter_mut().zip(&self.start) {
            *value = truth.unwrap_or(*value);
        }
        self.check_truth(attack, &start)?;
        match attack.centred(&start) {
            Some(point) => Ok(point),
            None => attack.point(),
        }
    }

    /// The truth has to satisfy every row that names nothing else.
    fn check_truth(&self, attack: &Attack, start: &[f64]) -> Result<(), GateRefusal> {
        let told = |row: &Row| row.terms.iter().all(|(unknown, _)| self.start[*unknown].is_some());
        let only: Vec<Row> = attack.rows().iter().filter(|row| told(row)).cloned().collect();
        match Attack::new(self.bounds.clone(), only, attack.slack()).broken(start) {
            Some(Broken::Row(row)) => {
                let measures: Vec<&str> = self.unknowns.iter().map(|unknowns| unknowns.measure.as_str()).collect();
                Err(GateRefusal::Inconsistent(format!("the true figures of {} break row {row}", measures.join(", "))))
            }
            Some(Broken::Bound(_)) => Err(GateRefusal::Inconsistent("a true mean lies outside its scale".to_owned())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
