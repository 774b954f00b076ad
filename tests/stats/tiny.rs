//! Tiny samples of `../shared/oracle/edge`, ready for weights and estimates. No test is here.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use trygg::stats::{
    domain::{Domain, DomainKind, Frame, Group},
    estimate::{EstimateRecord, Estimator, MeasureKind},
    fold::{Atom, Observation, Totals},
    weight::{Policy, Scheme, Weights, weigh},
};

use crate::sample::{Row, close, rows};

/// A tiny sample: one measure, strata and at most one class in the place of sex.
pub struct Tiny {
    pub frame: Frame,
    pub totals: Totals,
    pub kinds: Vec<MeasureKind>,
}

/// Reads a case; `column` is the measure, `class` a column that stands for sex.
pub fn tiny(
    file: &str,
    column: &str,
    class: Option<&str>,
    kind: MeasureKind,
    points: fn(f64) -> Option<f64>,
) -> Option<Tiny> {
    let rows = rows(&format!("edge/{file}.csv"))?;
    let stratum = |row: &Row| row.get("stratum").or_else(|| row.get("district")).unwrap().clone();
    let mut frame = Frame { ages: vec!["all".into()], ..Frame::default() };
    let sexed = |row: &Row| class.map_or_else(|| "all".to_owned(), |class| row[class].clone());
    for row in &rows {
        for (names, name) in [(&mut frame.districts, stratum(row)), (&mut frame.sexes, sexed(row))] {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let cells =
        if file == "E02_poststrat" { crate::sample::rows("edge/E02_poststrat_population.csv")? } else { Vec::new() };
    for district in &frame.districts {
        // Post-strata have persons of their own; else the stratum's persons stand in the first class.
        for (place, sex) in frame.sexes.iter().enumerate() {
            let cell = cells.iter().find(|cell| cell["stratum"] == *district && cell["sex"] == *sex);
            let whole = rows.iter().find(|row| stratum(row) == *district).unwrap()["N"].parse().unwrap();
            frame.population.push(match cell {
                Some(cell) => cell["Freq"].parse().unwrap(),
                None => {
                    if place == 0 {
                        whole
                    } else {
                        0
                    }
                }
            });
        }
    }
    let mut totals = Totals::new(1, Vec::new());
    for row in &rows {
        let at = |names: &[String], name: &str| names.iter().position(|known| known == name).unwrap();
        let code: Option<f64> = row[column].parse().ok();
        let value = code.and_then(points);
        let seen = Observation { asked: true, value, dont_know: value.is_none() && code.is_some() };
        let atom = Atom {
            district: Some(at(&frame.districts, &stratum(row)) as u16),
            sex: Some(at(&frame.sexes, &sexed(row)) as u8),
            age: Some(0),
            tenure: None,
        };
        totals.add(atom, &[seen]);
    }
    Some(Tiny { frame, totals, kinds: vec![kind] })
}

/// Cells of these cases are smaller than the product allows, so none are merged.
pub fn tiny_policy(scheme: Scheme) -> Policy {
    Policy { min_cell: 1, ..Policy::of(scheme) }
}

pub const EVERYBODY: Group = Group { district: None, sex: None, age: None, tenure: None };

impl Tiny {
    pub fn weights(&self, scheme: Scheme) -> Weights {
        weigh(&tiny_policy(scheme), &self.frame, &self.totals).unwrap()
    }

    /// The estimate in a stratum and class; absent = all.
    pub fn estimate(&self, scheme: Scheme, district: Option<&str>, class: Option<&str>) -> EstimateRecord {
        self.estimate_by(&self.weights(scheme), district, class)
    }

    pub fn estimate_by(&self, weights: &Weights, district: Option<&str>, class: Option<&str>) -> EstimateRecord {
        let at = |names: &[String], name: Option<&str>| name.map(|name| names.iter().position(|n| n == name).unwrap());
        let group = Group {
            district: at(&self.frame.districts, district),
            sex: at(&self.frame.sexes, class),
            age: None,
            tenure: None,
        };
        let kind = match (district, class) {
            (None, None) => DomainKind::Total,
            (Some(_), None) => DomainKind::District,
            (None, Some(_)) => DomainKind::Sex,
            (Some(_), Some(_)) => DomainKind::DistrictSex,
        };
        let (area, sex) = (district.map(str::to_owned), class.map(str::to_owned));
        let domain = Domain { kind, area, sex, age: None, tenure: None };
        Estimator::new(&self.frame, &self.kinds, &self.totals, weights).one(0, &domain, group)
    }
}

/// Where a respondent by stratum, sex and age belongs.
pub fn atom_of(frame: &Frame, row: &Row) -> Atom {
    let at = |names: &[String], key: &str| names.iter().position(|name| *name == row[key]).unwrap();
    Atom {
        district: Some(at(&frame.districts, "stratum") as u16),
        sex: Some(at(&frame.sexes, "sex") as u8),
        age: Some(at(&frame.ages, "age") as u8),
        tenure: None,
    }
}

/// A measure by stratum, sex and age; `population` in the frame's order.
pub fn by_sex_and_age(file: &str, population: Vec<u64>, ages: &[&str]) -> Option<Tiny> {
    let rows = rows(file)?;
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut districts: Vec<String> = rows.iter().map(|row| row["stratum"].clone()).collect();
    districts.dedup();
    let frame = Frame { districts, sexes: names(&["F", "M"]), ages: names(ages), population, ..Frame::default() };
    let mut totals = Totals::new(1, Vec::new());
    for row in &rows {
        let seen = Observation { asked: true, value: row["y"].parse().ok(), dont_know: false };
        totals.add(atom_of(&frame, row), &[seen]);
    }
    Some(Tiny { frame, totals, kinds: vec![MeasureKind::Mean] })
}

pub fn near(found: Option<f64>, wanted: f64) {
    close(found.unwrap(), wanted, "value");
}
