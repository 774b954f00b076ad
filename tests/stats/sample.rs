//! R's sample and tables as they stand in `../shared/oracle`, scored and folded. No test is here.

use std::{collections::HashMap, path::PathBuf};

use trygg::stats::{
    domain::Frame,
    estimate::{EstimateRecord, Estimator, MeasureKind, pairs},
    fold::{Atom, CHUNK, Observation, Totals},
    weight::{Scheme, weigh},
};

use crate::reference::Person;

pub type Row = HashMap<String, String>;

pub const STATS: [&str; 12] = ["idx_a", "idx_b", "idx_all", "p_unsafe", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"];

pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/oracle");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "on CI the reference numbers must be there");
    eprintln!("SKIPPED: ../shared/oracle is absent, so nothing was compared with R");
    None
}

pub fn rows(name: &str) -> Option<Vec<Row>> {
    let mut reader = csv::Reader::from_path(folder()?.join(name)).unwrap();
    Some(reader.deserialize().map(|row| row.unwrap()).collect())
}

pub fn number(row: &Row, key: &str) -> Option<f64> {
    row[key].parse().ok().filter(|number: &f64| number.is_finite())
}

pub fn close(found: f64, wanted: f64, what: &str) {
    let gap = (found - wanted).abs();
    assert!(gap <= 1e-9 * wanted.abs() || (wanted == 0.0 && gap <= 1e-9), "{what}: {found} is not {wanted}");
}

/// One year of the reference sample, scored.
pub struct Year {
    pub frame: Frame,
    pub people: Vec<(usize, usize, usize)>,
    pub values: Vec<[Option<f64>; 12]>,
    pub ids: Vec<String>,
}

pub fn year(wanted: &str) -> Option<Year> {
    let population: Vec<Row> = rows("input/population.csv")?.into_iter().filter(|row| row["year"] == wanted).collect();
    let mut districts: Vec<String> = population.iter().map(|row| row["district"].clone()).collect();
    districts.sort();
    districts.dedup();
    let sexes = vec!["F".to_owned(), "M".to_owned()];
    let mut ages: Vec<String> = population.iter().map(|row| row["age_group"].clone()).collect();
    ages.sort();
    ages.dedup();
    let mut frame = Frame { districts, sexes, ages, tenures: Vec::new(), population: Vec::new() };
    for district in &frame.districts {
        for sex in &frame.sexes {
            for age in &frame.ages {
                let cell = population
                    .iter()
                    .find(|r| r["district"] == *district && r["sex"] == *sex && r["age_group"] == *age)
                    .unwrap();
                frame.population.push(cell["N"].parse().unwrap());
            }
        }
    }
    let at = |names: &[String], name: &str| names.iter().position(|known| known == name).unwrap();
    let mut year = Year { frame: frame.clone(), people: Vec::new(), values: Vec::new(), ids: Vec::new() };
    for row in rows("input/responses.csv")?.iter().filter(|row| row["year"] == wanted) {
        let points: Vec<Option<f64>> = (1..=8)
            .map(|item| {
                let code: f64 = row[&format!("q{item}")].parse().ok().filter(|code| (1.0..=5.0).contains(code))?;
                let points = (5.0 - code) * 25.0;
                Some(if item == 3 || item == 6 { 100.0 - points } else { points })
            })
            .collect();
        let index = |items: &[Option<f64>], least: usize| {
            let scored: Vec<f64> = items.iter().flatten().copied().collect();
            (scored.len() >= least).then(|| scored.iter().sum::<f64>() / scored.len() as f64)
        };
        let unsafe_share =
            row["q1"].parse::<f64>().ok().filter(|c| (1.0..=5.0).contains(c)).map(|c| f64::from(c >= 4.0));
        let mut values = [None; 12];
        values[0] = index(&points[..4], 3);
        values[1] = index(&points[4..], 2);
        values[2] = index(&points, 5);
        values[3] = unsafe_share;
        values[4..].copy_from_slice(&points);
        year.people.push((
            at(&frame.districts, &row["district"]),
            at(&frame.sexes, &row["sex"]),
            at(&frame.ages, &row["age_group"]),
        ));
        year.values.push(values);
        year.ids.push(row["rid"].clone());
    }
    Some(year)
}

pub fn kinds() -> Vec<MeasureKind> {
    let mut kinds: Vec<MeasureKind> =
        STATS.iter().map(|stat| if *stat == "p_unsafe" { MeasureKind::Share } else { MeasureKind::Mean }).collect();
    // 1 − p_unsafe as a share of its own, then the composite of section 4.1.
    kinds.push(MeasureKind::Share);
    kinds.push(MeasureKind::Composite(vec![(0, 0.4), (1, 0.4), (12, 0.2)]));
    kinds
}

impl Year {
    pub fn totals(&self, chunk: usize) -> Totals {
        let kinds = kinds();
        let mut all = Totals::new(kinds.len(), pairs(&kinds));
        for (people, values) in self.people.chunks(chunk).zip(self.values.chunks(chunk)) {
            let mut part = Totals::new(kinds.len(), pairs(&kinds));
            for (&(district, sex, age), values) in people.iter().zip(values) {
                let safe = values[3].map(|p| 1.0 - p);
                let seen: Vec<Observation> = values
                    .iter()
                    .copied()
                    .chain([safe, None])
                    .map(|value| Observation { asked: true, value, dont_know: false })
                    .collect();
                let atom =
                    Atom { district: Some(district as u16), sex: Some(sex as u8), age: Some(age as u8), tenure: None };
                part.add(atom, &seen);
            }
            all.merge(part);
        }
        all
    }

    pub fn estimates(&self, scheme: Scheme) -> Vec<EstimateRecord> {
        let totals = self.totals(CHUNK);
        let weights = weigh(scheme, &self.frame, &totals).unwrap();
        Estimator::new(&self.frame, &kinds(), &totals, &weights).all()
    }

    /// The same people with their weights, for the slow path.
    pub fn weighted(&self, scheme: Scheme) -> (Vec<Person>, Vec<f64>) {
        let mut in_district = vec![0.0; self.frame.districts.len()];
        let mut in_cell = HashMap::<_, f64>::new();
        for person in &self.people {
            in_district[person.0] += 1.0;
            *in_cell.entry(*person).or_default() += 1.0;
        }
        let persons: Vec<f64> = (0..in_district.len()).map(|d| self.frame.district_persons(d) as f64).collect();
        let people = self
            .people
            .iter()
            .map(|&(district, sex, age)| {
                let design = persons[district] / in_district[district];
                let weight = match scheme {
                    Scheme::Poststratify => {
                        self.frame.persons(district, sex, age) as f64 / in_cell[&(district, sex, age)]
                    }
                    _ => design,
                };
                Person { district, cell: (sex, age), design, weight }
            })
            .collect();
        (people, persons.iter().zip(&in_district).map(|(n, r)| r / n).collect())
    }
}
