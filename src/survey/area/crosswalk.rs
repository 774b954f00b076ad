//! How the districts of one area set lie in those of another, by the persons who live in each part.
//! Nothing is estimated here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use super::{AreaSet, AreaSetRef};
use crate::survey::{
    import::{Faults, ImportFault, Imported},
    population::Population,
    table::Table,
};

/// Persons who live in an old and in a new district at the same time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Code of the old district.
    pub old: String,
    /// Code of the new one.
    pub new: String,
    /// Persons.
    pub persons: u64,
}

/// The parts of one area set in another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// The old set.
    pub from: AreaSetRef,
    /// The new set.
    pub to: AreaSetRef,
    /// Every part, in the file's order.
    pub parts: Vec<Part>,
}

/// How a round is told for newer areas than those that it was held on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redrawn {
    /// The areas that it was held on: people were sampled and are weighted in their districts.
    pub from: AreaSetRef,
    /// The areas that its figures are for, each made of whole old districts.
    pub to: AreaSetRef,
    /// Revision of the crosswalk that says so.
    pub crosswalk: i64,
}

/// Why rounds of the old areas cannot be estimated on the new ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Old districts that lie in several new ones, with those.
    pub split: Vec<(String, Vec<String>)>,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let split = self.split.iter().map(|(old, new)| format!("{old} lies in {}", new.join(" and ")));
        write!(
            f,
            "{}; answers know no smaller areas than these, so nobody can tell who lived in which part",
            split.collect::<Vec<_>>().join("; ")
        )
    }
}

impl Crosswalk {
    /// Reads `old_code,new_code,persons`. `population` counts the persons of the old districts.
    ///
    /// # Errors
    /// `old_code_unknown`, `new_code_unknown`, `row_duplicate`, `persons_negative`,
    /// `persons_not_integer`, `old_area_missing`, `new_area_missing`, `persons_lost` (the parts of an old
    /// district do not sum to the population table's), `population_areas`; every fault at once.
    pub fn from_csv(bytes: &[u8], from: &AreaSet, to: &AreaSet, population: Option<&Population>) -> Imported<Self> {
        let table = Table::read(bytes)?;
        table.require(&["old_code", "new_code", "persons"])?;
        let mut faults = Faults::default();
        let mut parts: Vec<Part> = Vec::new();
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        for row in table.rows() {
            let persons = faults.keep(row.count("persons", "persons_negative", "persons_not_integer"));
            let mut code = |column, set: &AreaSet, unknown| {
                let code = faults.keep(row.filled(column))?;
                if set.option_of(code).is_none() {
                    let reference = set.reference();
                    let detail = format!("use a district of {} {}", reference.id, reference.version);
                    faults.add(row.fault(unknown, column, detail));
                    return None;
                }
                Some(code.to_owned())
            };
            let (old, new) = (code("old_code", from, "old_code_unknown"), code("new_code", to, "new_code_unknown"));
            let Some(((old, new), persons)) = old.zip(new).zip(persons) else { continue };
            if parts.iter().any(|part| part.old == old && part.new == new) {
                faults.add(row.fault("row_duplicate", "new_code", "give every pair of districts once"));
                continue;
            }
            lines.entry(old.clone()).or_insert(row.line());
            parts.push(Part { old, new, persons });
        }
        for (set, code, of) in [
            (from, "old_area_missing", (|part: &Part| &part.old) as fn(&Part) -> &String),
            (to, "new_area_missing", |part| &part.new),
        ] {
            for district in set.districts().filter(|district| !parts.iter().any(|part| *of(part) == district.code)) {
                faults.add(ImportFault::of_file(code, &district.code, "name every district of both sets"));
            }
        }
        let crosswalk = Self { from: from.reference(), to: to.reference(), parts };
        if let Some(population) = population {
            crosswalk.agree(population, &lines, &mut faults);
        }
        faults.finish(crosswalk)
    }

    /// Nobody is lost: the parts of every old district are its population.
    fn agree(&self, population: &Population, lines: &BTreeMap<String, u64>, faults: &mut Faults) {
        for (old, line) in lines {
            let found: u64 = self.parts.iter().filter(|part| part.old == *old).map(|part| part.persons).sum();
            if !population.districts.contains(old) {
                let detail = "name a population table that counts the old set's districts";
                faults.add(ImportFault::of_cell("population_areas", *line, "old_code", old, detail));
                continue;
            }
            let wanted = population.district_total(old);
            if found != wanted {
                let detail = format!("its parts hold {found} persons, the population table has {wanted}");
                faults.add(ImportFault::of_cell("persons_lost", *line, "persons", old, detail));
            }
        }
    }

    /// New districts in which each old one has people, in the order of the file.
    fn places(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for part in &self.parts {
            let place = places.entry(&part.old).or_default();
            if part.persons > 0 {
                place.push(&part.new);
            }
        }
        for (old, place) in &mut places {
            // Where nobody lives, the first part that is named will do.
            if place.is_empty()
                && let Some(part) = self.parts.iter().find(|part| part.old == **old)
            {
                place.push(&part.new);
            }
        }
        places
    }

    /// The old districts that make up each new one; nothing if one of them lies in several. A round of
    /// the old areas can then be estimated on the new ones by counting these together.
    #[must_use]
    pub fn merges(&self) -> Option<BTreeMap<String, BTreeSet<String>>> {
        let mut merges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (old, place) in self.places() {
            let [new] = place.as_slice() else { return None };
            merges.entry((*new).to_owned()).or_default().insert(old.to_owned());
        }
        Some(merges)
    }

    /// Which old districts are split; nothing if none is.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.split(|_| true)
    }

    /// Which old districts are split, of those that have people in the new district `area`; nothing if
    /// none is.
    #[must_use]
    pub fn obstacle_of(&self, area: &str) -> Option<Obstacle> {
        self.split(|place| place.contains(&area))
    }

    fn split(&self, counts: impl Fn(&[&str]) -> bool) -> Option<Obstacle> {
        let places = self.places().into_iter().filter(|(_, place)| place.len() > 1 && counts(place));
        let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
        let split: Vec<(String, Vec<String>)> = places.map(|(old, place)| (old.to_owned(), owned(place))).collect();
        (!split.is_empty()).then_some(Obstacle { split })
    }
}

#[cfg(test)]
mod tests;
