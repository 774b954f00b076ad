//! Who answered, by stratum and weighting class, beside the persons that they stand for. Answers are
//! not looked at, and no weight is made here.

use std::collections::BTreeMap;

use super::{Lonely, Policy, Scheme, WeightError};
use crate::stats::{
    domain::Frame,
    fold::{Atom, Totals, real},
};

/// A district and its classed part, or none for the unclassed: where an atom's respondents belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// District; absent for imported answers without one.
    pub district: Option<u16>,
    /// Sex and age classes; absent for the unclassed.
    pub class: Option<(u8, u8)>,
}

impl Cell {
    /// The cell of an atom's respondents.
    #[must_use]
    pub fn of(atom: Atom) -> Self {
        Self { district: atom.district, class: atom.sex.zip(atom.age) }
    }
}

/// A district, or districts that are weighted as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// Codes, joined by `+`.
    pub name: String,
    /// Districts; none for answers without one.
    pub districts: Vec<u16>,
    /// Respondents.
    pub respondents: u64,
    /// Those without a sex or age class.
    pub unclassed: u64,
    /// Persons; 0 for the scheme `none`.
    pub persons: u64,
}

impl Stratum {
    /// Sampling fraction f = n/N; 0 where no population is assumed.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        if self.persons == 0 { 0.0 } else { real(self.respondents) / real(self.persons) }
    }

    /// Design weight N/n; 1 where no population is assumed.
    pub(super) fn design(&self) -> f64 {
        if self.persons == 0 { 1.0 } else { real(self.persons) / real(self.respondents) }
    }

    /// Share of classed respondents, k = 1 − u/n.
    pub(super) fn classed(&self) -> f64 {
        1.0 - real(self.unclassed) / real(self.respondents)
    }
}

/// Respondents and persons of one stratum × sex × age, or the stratum's unclassed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) stratum: usize,
    pub(super) class: Option<(u8, u8)>,
    pub(super) respondents: u64,
    pub(super) persons: u64,
}

/// The sample of a round beside its population.
pub(super) struct Sample<'f> {
    pub(super) frame: &'f Frame,
    pub(super) strata: Vec<Stratum>,
    /// Every class of every stratum, respondents or not, then the stratum's unclassed if there are any.
    pub(super) cells: Vec<Counted>,
    stratum_of: BTreeMap<Option<u16>, usize>,
}

impl<'f> Sample<'f> {
    /// Counts a round.
    pub(super) fn count(policy: &Policy, frame: &'f Frame, totals: &Totals) -> Result<Self, WeightError> {
        let mut found: BTreeMap<Cell, u64> = BTreeMap::new();
        for (atom, totals) in &totals.atoms {
            *found.entry(Cell::of(*atom)).or_default() += totals.respondents;
        }
        let in_district = |district: Option<u16>, classed: Option<bool>| -> u64 {
            let own = found.iter().filter(|(cell, _)| cell.district == district);
            own.filter(|(cell, _)| classed.is_none_or(|wanted| cell.class.is_some() == wanted)).map(|(_, n)| n).sum()
        };
        let unplaced = in_district(None, None);
        if found.is_empty() {
            return Err(WeightError::RoundEmpty);
        }
        let weighted = policy.scheme != Some(Scheme::None);
        if weighted && unplaced > 0 {
            return Err(WeightError::NoDistrict(unplaced));
        }
        let mut sample = Self { frame, strata: Vec::new(), cells: Vec::new(), stratum_of: BTreeMap::new() };
        if unplaced > 0 {
            let unclassed = in_district(None, Some(false));
            let name = "(no district)".to_owned();
            sample.add(Stratum { name, districts: Vec::new(), respondents: unplaced, unclassed, persons: 0 });
        }
        for district in (0..frame.districts.len()).filter_map(|place| u16::try_from(place).ok()) {
            if sample.stratum_of.contains_key(&Some(district)) {
                continue;
            }
            let group = policy.merge.iter().find(|group| group.contains(&district));
            let mut districts = group.cloned().unwrap_or_else(|| vec![district]);
            districts.retain(|district| !sample.stratum_of.contains_key(&Some(*district)));
            let name: Vec<&str> =
                districts.iter().filter_map(|d| frame.districts.get(usize::from(*d))).map(String::as_str).collect();
            let sum = |of: &dyn Fn(u16) -> u64| districts.iter().map(|district| of(*district)).sum();
            let respondents = sum(&|district| in_district(Some(district), None));
            if respondents == 0 && !weighted {
                continue;
            }
            let stratum = Stratum {
                name: name.join("+"),
                respondents,
                unclassed: sum(&|district| in_district(Some(district), Some(false))),
                persons: if weighted { sum(&|district| frame.district_persons(usize::from(district))) } else { 0 },
                districts,
            };
            sample.add(stratum);
        }
        for stratum in &sample.strata {
            check(stratum, policy, weighted)?;
        }
        sample.classes(&found);
        Ok(sample)
    }

    fn add(&mut self, stratum: Stratum) {
        let place = self.strata.len();
        let districts: Vec<Option<u16>> = if stratum.districts.is_empty() {
            vec![None]
        } else {
            stratum.districts.iter().map(|district| Some(*district)).collect()
        };
        self.stratum_of.extend(districts.into_iter().map(|district| (district, place)));
        self.strata.push(stratum);
    }

    fn classes(&mut self, found: &BTreeMap<Cell, u64>) {
        for (place, stratum) in self.strata.iter().enumerate() {
            let districts = self.stratum_of.iter().filter(|(_, own)| **own == place).map(|(district, _)| *district);
            let districts: Vec<Option<u16>> = districts.collect();
            let respondents =
                |class| -> u64 { districts.iter().filter_map(|&district| found.get(&Cell { district, class })).sum() };
            for (sex, age) in classes(self.frame) {
                let persons = stratum
                    .districts
                    .iter()
                    .map(|district| self.frame.persons(usize::from(*district), usize::from(sex), usize::from(age)));
                let class = Some((sex, age));
                self.cells.push(Counted {
                    stratum: place,
                    class,
                    respondents: respondents(class),
                    persons: persons.sum(),
                });
            }
            if stratum.unclassed > 0 {
                let respondents = stratum.unclassed;
                self.cells.push(Counted { stratum: place, class: None, respondents, persons: 0 });
            }
        }
    }

    /// Districts with their strata.
    pub(super) fn districts(&self) -> impl Iterator<Item = (Option<u16>, usize)> {
        self.stratum_of.iter().map(|(district, stratum)| (*district, *stratum))
    }

    /// Cells with respondents.
    pub(super) fn filled(&self) -> impl Iterator<Item = usize> {
        (0..self.cells.len()).filter(|cell| self.cells[*cell].respondents > 0)
    }

    /// Persons that a cell's classed respondents stand for, N_c·k_h.
    pub(super) fn target(&self, cell: &Counted) -> f64 {
        real(cell.persons) * self.strata[cell.stratum].classed()
    }

    /// A cell as a reader knows it.
    pub(super) fn name(&self, cell: &Counted) -> String {
        let stratum = &self.strata[cell.stratum].name;
        match cell.class {
            Some(class) => format!("{stratum}, {}", class_name(self.frame, class)),
            None => format!("{stratum}, class unknown"),
        }
    }
}

/// Every sex × age class of a frame, in order.
pub(super) fn classes(frame: &Frame) -> impl Iterator<Item = (u8, u8)> {
    let count = |names: &[String]| u8::try_from(names.len()).unwrap_or(u8::MAX);
    let ages = count(&frame.ages);
    (0..count(&frame.sexes)).flat_map(move |sex| (0..ages).map(move |age| (sex, age)))
}

/// A sex × age class as a reader knows it.
pub(super) fn class_name(frame: &Frame, (sex, age): (u8, u8)) -> String {
    let name = |names: &[String], place: u8| names.get(usize::from(place)).cloned().unwrap_or_default();
    format!("{}, {}", name(&frame.sexes, sex), name(&frame.ages, age))
}

fn check(stratum: &Stratum, policy: &Policy, weighted: bool) -> Result<(), WeightError> {
    let name = || stratum.name.clone();
    if weighted && (stratum.respondents == 0 || stratum.persons == 0) {
        return Err(WeightError::StratumEmpty(name()));
    }
    if stratum.respondents < 2 && policy.lonely == Lonely::Fail {
        return Err(WeightError::StratumLonely(name()));
    }
    if weighted && stratum.respondents > stratum.persons {
        let (respondents, persons) = (stratum.respondents, stratum.persons);
        return Err(WeightError::SampleExceedsPopulation { district: name(), respondents, persons });
    }
    Ok(())
}
