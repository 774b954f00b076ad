//! Register counts by district, sex and age group: the margins of the weights. A table is whole or
//! refused, with every fault at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    import::{Faults, ImportFault, Imported},
    table::{Row, Table},
};

/// Sex as the register has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterSex {
    /// Woman.
    Woman,
    /// Man.
    Man,
}

impl RegisterSex {
    /// Both, in the order of tables.
    pub const ALL: [Self; 2] = [Self::Woman, Self::Man];

    /// Key in files and tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
        }
    }

    /// The sex with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.key() == key)
    }
}

/// What a table is read against.
#[derive(Debug, Clone, Copy)]
pub struct Margins<'a> {
    /// Codes of the districts, in order.
    pub districts: &'a [String],
    /// Code of the total, whose row may stand for a check sum.
    pub total: &'a str,
    /// Age groups: ids of the options of the version's age item, such as `16-29`.
    pub age_groups: &'a [String],
}

/// Persons by district, sex and age group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Population {
    /// The day of the count.
    pub reference_date: NaiveDate,
    /// Codes of the districts, in order.
    pub districts: Vec<String>,
    /// Age groups, in order.
    pub age_groups: Vec<String>,
    /// Persons: districts × (woman, man) × age groups, the last fastest.
    persons: Vec<u64>,
    /// Persons in rows wholly outside the age groups: skipped, and worth a remark.
    pub outside: u64,
}

impl Population {
    /// Reads `area_code,sex,age_group,persons,reference_date`; a column `age` with single years may
    /// stand for `age_group`. Rows with narrower ages are summed into the groups, rows wholly outside
    /// them are skipped and counted. A row whose sex and age are `total` is a check sum.
    ///
    /// # Errors
    /// `population_incomplete` (names the cell), `population_duplicate`, `persons_negative`,
    /// `persons_not_integer`, `age_outside_bands`, `reference_date_mixed`, `population_total`,
    /// `code_unknown` and the common refusals; every fault at once.
    pub fn from_csv(bytes: &[u8], margins: &Margins<'_>) -> Imported<Self> {
        let table = Table::read(bytes)?;
        table.require(&["area_code", "sex", "persons", "reference_date"])?;
        let age_column = if table.column("age_group").is_some() { "age_group" } else { "age" };
        table.require(&[age_column])?;
        let mut reading = Reading {
            margins,
            age_column,
            cells: BTreeMap::new(),
            sums: Vec::new(),
            dates: Vec::new(),
            outside: BTreeMap::new(),
        };
        let mut faults = Faults::default();
        let mut rows_seen: BTreeMap<[String; 3], u64> = BTreeMap::new();
        for row in table.rows() {
            let key = ["area_code", "sex", age_column].map(|column| row.get(column).to_owned());
            if let Some(first) = rows_seen.get(&key) {
                let detail = format!("the cell stands on line {first} already");
                faults.add(row.fault("population_duplicate", age_column, detail));
            } else {
                rows_seen.insert(key, row.line());
                reading.row(row, &mut faults);
            }
        }
        reading.finish(faults)
    }

    fn place(&self, district: usize, sex: usize, age: usize) -> usize {
        (district * RegisterSex::ALL.len() + sex) * self.age_groups.len() + age
    }

    /// Persons in a cell.
    #[must_use]
    pub fn persons(&self, district: &str, sex: RegisterSex, age_group: &str) -> Option<u64> {
        let district = self.districts.iter().position(|code| code == district)?;
        let age = self.age_groups.iter().position(|group| group == age_group)?;
        let sex = RegisterSex::ALL.iter().position(|known| *known == sex)?;
        self.persons.get(self.place(district, sex, age)).copied()
    }

    /// All cells, district by district, women first, ages in order.
    pub fn cells(&self) -> impl Iterator<Item = (&str, RegisterSex, &str, u64)> {
        let ages = self.age_groups.len().max(1);
        self.persons.iter().enumerate().filter_map(move |(place, &persons)| {
            let (block, age) = (place / ages, place % ages);
            let district = self.districts.get(block / 2)?;
            Some((district.as_str(), RegisterSex::ALL[block % 2], self.age_groups.get(age)?.as_str(), persons))
        })
    }

    /// Persons in a district.
    #[must_use]
    pub fn district_total(&self, district: &str) -> u64 {
        self.cells().filter(|(code, ..)| *code == district).map(|(.., persons)| persons).sum()
    }

    /// Persons in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.persons.iter().sum()
    }
}

type Cell = (usize, usize, usize);

struct Reading<'a> {
    margins: &'a Margins<'a>,
    age_column: &'a str,
    cells: BTreeMap<Cell, u64>,
    /// Check sums: line, district or all, persons.
    sums: Vec<(u64, Option<usize>, u64)>,
    dates: Vec<NaiveDate>,
    /// Persons outside the age groups by district.
    outside: BTreeMap<usize, u64>,
}

enum Age {
    Group(usize),
    Outside,
    Total,
}

impl Reading<'_> {
    fn row(&mut self, row: Row<'_>, faults: &mut Faults) {
        let persons = faults.keep(row.count("persons", "persons_negative", "persons_not_integer"));
        if let Some(date) = faults.keep(row.date("reference_date"))
            && !self.dates.contains(&date)
        {
            if !self.dates.is_empty() {
                faults.add(row.fault("reference_date_mixed", "reference_date", "give one reference date"));
            }
            self.dates.push(date);
        }
        let area = faults
            .keep(row.filled("area_code"))
            .map(|code| self.margins.districts.iter().position(|known| known == code));
        let sex = faults.keep(row.filled("sex")).map(|key| RegisterSex::ALL.iter().position(|sex| sex.key() == key));
        let age = faults.keep(row.filled(self.age_column)).and_then(|text| self.age(text, row, faults));
        let (Some(persons), Some(area), Some(sex), Some(age)) = (persons, area, sex, age) else { return };
        let whole = matches!(row.get("area_code"), "total") || row.get("area_code") == self.margins.total;
        match (area, whole, sex, age) {
            (None, false, ..) => faults.add(row.fault("code_unknown", "area_code", "use a district of the area set")),
            (area, _, None, Age::Total) if row.get("sex") == "total" => self.sums.push((row.line(), area, persons)),
            (None, true, Some(_), _) | (Some(_), _, Some(_), Age::Total) => {
                faults.add(row.fault("code_unknown", "sex", "a check sum has `total` as sex and as age"));
            }
            (_, _, None, _) => faults.add(row.fault("code_unknown", "sex", "write woman or man")),
            (Some(area), _, Some(_), Age::Outside) => *self.outside.entry(area).or_insert(0) += persons,
            (Some(area), _, Some(sex), Age::Group(age)) => *self.cells.entry((area, sex, age)).or_insert(0) += persons,
        }
    }

    fn age(&self, text: &str, row: Row<'_>, faults: &mut Faults) -> Option<Age> {
        if text == "total" {
            return Some(Age::Total);
        }
        if let Some(group) = self.margins.age_groups.iter().position(|known| known == text) {
            return Some(Age::Group(group));
        }
        let Some(band) = band(text) else {
            faults.add(row.fault(
                "age_outside_bands",
                self.age_column,
                "write an age group of the questionnaire, or ages",
            ));
            return None;
        };
        let mut outside = true;
        for (place, known) in self.margins.age_groups.iter().enumerate() {
            let Some(known) = self::band(known) else { continue };
            if known.0 <= band.0 && band.1 <= known.1 {
                return Some(Age::Group(place));
            }
            outside &= band.1 < known.0 || known.1 < band.0;
        }
        if outside {
            return Some(Age::Outside);
        }
        let detail = "the ages cross the limit of an age group: give narrower ones";
        faults.add(row.fault("age_outside_bands", self.age_column, detail));
        None
    }

    fn finish(self, mut faults: Faults) -> Imported<Population> {
        let margins = self.margins;
        let mut persons = Vec::new();
        // A row that is at fault elsewhere would be told once more as a missing cell.
        let readable = faults.is_empty();
        for (district, code) in margins.districts.iter().enumerate() {
            for (sex, key) in RegisterSex::ALL.iter().enumerate() {
                for (age, group) in margins.age_groups.iter().enumerate() {
                    let found = self.cells.get(&(district, sex, age));
                    if found.is_none() && readable {
                        let cell = format!("{code} {} {group}", key.key());
                        let detail = "add a row for the cell, with 0 if nobody lives there";
                        faults.add(ImportFault::of_file("population_incomplete", cell, detail));
                    }
                    persons.push(found.copied().unwrap_or(0));
                }
            }
        }
        for (line, area, sum) in self.sums {
            let of = |district: usize| area.is_none_or(|area| area == district);
            let inside: u64 =
                self.cells.iter().filter(|((district, ..), _)| of(*district)).map(|(_, persons)| persons).sum();
            let outside: u64 =
                self.outside.iter().filter(|(district, _)| of(**district)).map(|(_, persons)| persons).sum();
            // A check sum may count the skipped ages or not.
            if ![inside, inside + outside].contains(&sum) && readable {
                let detail = format!("the rows sum to {inside}");
                faults.add(ImportFault::of_cell("population_total", line, "persons", &sum.to_string(), detail));
            }
        }
        let reference_date = self.dates.first().copied();
        if reference_date.is_none() && faults.is_empty() {
            faults.add(ImportFault::of_file("file_empty", "", "give a header line and rows"));
        }
        faults.finish(Population {
            reference_date: reference_date.unwrap_or_default(),
            districts: margins.districts.to_vec(),
            age_groups: margins.age_groups.to_vec(),
            persons,
            outside: self.outside.values().sum(),
        })
    }
}

/// `16-29`, `45` or `100+` as ages, both ends included.
fn band(text: &str) -> Option<(u32, u32)> {
    if let Some(from) = text.strip_suffix('+') {
        return Some((from.trim().parse().ok()?, u32::MAX));
    }
    let (from, to) = text.split_once(['-', '\u{2013}']).unwrap_or((text, text));
    let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests;
