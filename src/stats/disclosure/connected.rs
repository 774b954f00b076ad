//! Which measures are connected: composites with their parts, and answers to one question, which add up
//! to everybody and so are shown or withheld together. Nothing is attacked here.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    judge::Judged,
    primary::{self, Status, Withheld},
    system::{Figure, Ground},
};
use crate::stats::estimate::EstimateRecord;

/// Adds to figures those of the other answers to the same question for the same group.
pub(super) fn together(figures: &mut BTreeSet<Figure>, partitions: &[Vec<String>]) {
    for figure in figures.clone() {
        let of_question = partitions.iter().filter(|parts| parts.contains(&figure.measure)).flatten();
        figures.extend(of_question.map(|measure| Figure { measure: measure.clone(), ..figure.clone() }));
    }
}

impl Judged<'_> {
    /// Measures that rows connect: composites with their parts, and shares that add up to everybody.
    pub(super) fn systems(&self, ground: &Ground<'_>) -> Vec<BTreeSet<String>> {
        let mut systems: Vec<BTreeSet<String>> = Vec::new();
        let composites = self.measures.iter().filter(|info| !info.parts.is_empty()).map(|info| {
            let parts = info.parts.iter().map(|(part, _)| self.measures[*part].id.clone());
            parts.chain([info.id.clone()]).collect::<BTreeSet<String>>()
        });
        let halves = ground.partitions.iter().filter(|parts| parts.len() == 2);
        let partitions = halves.map(|parts| parts.iter().cloned().collect());
        let alone = self.measures.iter().map(|info| BTreeSet::from([info.id.clone()]));
        for mut group in composites.chain(partitions).chain(alone) {
            let (joined, apart): (Vec<_>, Vec<_>) = systems.into_iter().partition(|other| !other.is_disjoint(&group));
            joined.into_iter().for_each(|other| group.extend(other));
            systems = apart;
            systems.push(group);
        }
        systems.sort();
        systems
    }

    /// Shares over the same answers whose values add up to 1 in every atom: the smallest such sets.
    pub(super) fn partitions(&self) -> Vec<Vec<String>> {
        let mut by_base: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, info) in self.measures.iter().enumerate() {
            if let Some(base) = &info.base {
                by_base.entry(base).or_default().push(place);
            }
        }
        let mut found = Vec::new();
        for mut group in by_base.into_values() {
            while let Some(parts) = self.smallest_partition(&group) {
                group.retain(|place| !parts.contains(place));
                found.push(parts.into_iter().map(|place| self.measures[place].id.clone()).collect());
            }
        }
        found
    }

    /// Answers to one question are shown or withheld together in a group: all but one would tell the one.
    pub(super) fn withhold_together(&self, planned: &[&EstimateRecord], statuses: &mut [Status]) {
        let figure = |record: &EstimateRecord| Figure {
            measure: self.measures[record.measure].id.clone(),
            domain: record.domain.clone(),
        };
        let protects = |status: &Status| matches!(status, Status::Withheld(reason) if reason.protects());
        let hidden = planned.iter().zip(statuses.iter()).filter(|(_, status)| protects(status));
        let mut hidden: BTreeSet<Figure> = hidden.map(|(record, _)| figure(record)).collect();
        together(&mut hidden, &self.partitions());
        for (record, status) in planned.iter().zip(statuses.iter_mut()) {
            if status.is_shown() && hidden.contains(&figure(record)) {
                *status = Status::Withheld(Withheld::Complementary);
            }
        }
        primary::withhold_composites(planned, self.measures, statuses);
    }

    fn smallest_partition(&self, group: &[usize]) -> Option<Vec<usize>> {
        /// Larger groups would take too many subsets; none of a survey's scales has as many options.
        const MOST: usize = 12;
        if group.len() < 2 || group.len() > MOST {
            return None;
        }
        let adds_up = |parts: &Vec<usize>| {
            let atoms: Option<Vec<_>> = parts.iter().map(|&place| self.atoms.measures.get(place)).collect();
            atoms.is_some_and(|atoms| {
                (0..self.atoms.keys.len()).filter(|&atom| atoms[0].valid[atom] > 0).all(|atom| {
                    let sum: f64 = atoms.iter().map(|measure| measure.mean[atom]).sum();
                    (sum - 1.0).abs() < 1e-9 && atoms.iter().all(|measure| measure.valid[atom] == atoms[0].valid[atom])
                })
            })
        };
        let subset =
            |bits: u32| (0..group.len()).filter(|place| bits >> place & 1 == 1).map(|place| group[place]).collect();
        let mut all: Vec<u32> = (1..1_u32 << group.len()).filter(|bits| bits.count_ones() > 1).collect();
        all.sort_by_key(|bits| bits.count_ones());
        all.into_iter().map(subset).find(adds_up)
    }
}
