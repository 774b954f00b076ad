//! R's sample and tables as they stand in `../shared/oracle`, scored and folded. No test is here.

use std::{collections::HashMap, path::PathBuf};

use trygg::stats::{
    domain::Frame,
    estimate::{EstimateRecord, Estimator, MeasureKind, pairs},
    fold::{Atom, CHUNK, Observation, Totals},
    weight::{Distance, Policy, Scheme, weigh},
};

use crate::reference::{Form, Person, rake};

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
    /// Sum of points and items with points.
    pub sums: Vec<(f64, f64)>,
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
    let mut frame = Frame { districts, sexes, ages, tenures: Vec::new(), ..Frame::default() };
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
    let mut year =
        Year { frame: frame.clone(), people: Vec::new(), values: Vec::new(), sums: Vec::new(), ids: Vec::new() };
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
        let scored = points.iter().flatten();
        year.sums.push((scored.clone().sum(), scored.count() as f64));
        year.ids.push(row["rid"].clone());
    }
    Some(year)
}

/// Measures of the ratio: points over items with points.
pub const RATIO: (usize, usize) = (14, 15);

pub fn kinds() -> Vec<MeasureKind> {
    let mut kinds: Vec<MeasureKind> =
        STATS.iter().map(|stat| if *stat == "p_unsafe" { MeasureKind::Share } else { MeasureKind::Mean }).collect();
    // 1 − p_unsafe as a share of its own, then the composite of section 4.1.
    kinds.push(MeasureKind::Share);
    kinds.push(MeasureKind::Composite(vec![(0, 0.4), (1, 0.4), (12, 0.2)]));
    // Points summed over all items, and items with points: for the ratio of the two.
    kinds.extend([MeasureKind::Mean, MeasureKind::Mean]);
    kinds
}

impl Year {
    pub fn totals(&self, chunk: usize) -> Totals {
        let kinds = kinds();
        let mut declared = pairs(&kinds);
        declared.push(RATIO);
        let mut all = Totals::new(kinds.len(), declared.clone());
        let respondents: Vec<usize> = (0..self.people.len()).collect();
        for chunk in respondents.chunks(chunk) {
            let mut part = Totals::new(kinds.len(), declared.clone());
            for &place in chunk {
                let ((district, sex, age), values) = (self.people[place], &self.values[place]);
                let (points, items) = self.sums[place];
                let safe = values[3].map(|p| 1.0 - p);
                let seen: Vec<Observation> = values
                    .iter()
                    .copied()
                    .chain([safe, None, Some(points), Some(items)])
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

    pub fn estimates(&self, policy: &Policy) -> Vec<EstimateRecord> {
        let totals = self.totals(CHUNK);
        let weights = weigh(policy, &self.frame, &totals).unwrap();
        Estimator::new(&self.frame, &kinds(), &totals, &weights).all()
    }

    /// The same people with their weights by a scheme of the reference, for the slow path.
    pub fn weighted(&self, scheme: &str) -> (Vec<Person>, Vec<f64>, Form) {
        let mut in_district = vec![0.0; self.frame.districts.len()];
        let mut in_cell = HashMap::<_, f64>::new();
        for person in &self.people {
            in_district[person.0] += 1.0;
            *in_cell.entry(*person).or_default() += 1.0;
        }
        let persons: Vec<f64> = (0..in_district.len()).map(|d| self.frame.district_persons(d) as f64).collect();
        let mut people: Vec<Person> = self
            .people
            .iter()
            .map(|&(district, sex, age)| {
                let design = persons[district] / in_district[district];
                let cell = self.frame.persons(district, sex, age) as f64 / in_cell[&(district, sex, age)];
                let weight = if scheme == "ps" { cell } else { design };
                Person { district, cell: (sex, age), design, weight, stages: [weight; 2] }
            })
            .collect();
        let form = match scheme {
            "design" => Form::Design,
            "ps" => Form::Poststratified,
            "rake" => Form::RakeR,
            "cal" => Form::Calibrated,
            other => panic!("{other}"),
        };
        if scheme == "rake" || scheme == "cal" {
            let of_class = |class: usize| {
                let of_district = |district| self.frame.persons(district, class / 4, class % 4) as f64;
                (0..persons.len()).map(of_district).sum()
            };
            let classes: Vec<f64> = (0..8).map(of_class).collect();
            rake(&mut people, &persons, &classes);
        }
        (people, persons.iter().zip(&in_district).map(|(n, r)| r / n).collect(), form)
    }
}

/// The product's policy for a scheme of the reference; `rake_trimmed` is trimmed afterwards.
pub fn policy(scheme: &str) -> Policy {
    let calibrate = |distance| Policy { distance, ..Policy::of(Scheme::Calibrate) };
    match scheme {
        "design" => Policy::of(Scheme::Design),
        "ps" => Policy::of(Scheme::Poststratify),
        "rake" | "rake_trimmed" => Policy { rake_r: true, ..Policy::of(Scheme::Rake) },
        "cal" => calibrate(Distance::Raking),
        "cal_linear" => calibrate(Distance::Linear),
        "cal_logit" => calibrate(Distance::Logit { low: 0.4, high: 2.5 }),
        other => panic!("{other}"),
    }
}

/// How many rows of a file were compared, and how far off the farthest was.
pub struct Report {
    file: &'static str,
    rows: usize,
    compared: usize,
    worst: f64,
}

impl Report {
    pub fn of(file: &'static str, rows: usize) -> Self {
        Self { file, rows, compared: 0, worst: 0.0 }
    }

    /// Holds a number against the one wanted: 1e-9 relative, absolute where 0 is wanted.
    pub fn close(&mut self, found: f64, wanted: f64, what: &str) {
        close(found, wanted, what);
        let scale = if wanted == 0.0 { 1.0 } else { wanted.abs() };
        self.worst = self.worst.max((found - wanted).abs() / scale);
    }

    pub fn row(&mut self) {
        self.compared += 1;
    }

    /// Prints the result; every row of a kind that the product supports must have been compared.
    pub fn finish(self) {
        println!(
            "{}: {} of {} rows, largest relative deviation {:.1e}",
            self.file, self.compared, self.rows, self.worst
        );
        assert_eq!(self.compared, self.rows, "{}", self.file);
        assert!(self.rows > 0, "{} is empty", self.file);
    }
}
