//! Small made-up surveys, folded, weighted and estimated as real ones are. No test is here.

use std::collections::{HashMap, HashSet};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use trygg::stats::{
    compare::Better,
    disclosure::{
        Earlier, Floor, Judged, MeasureInfo, Passed, Plan, Rules,
        atoms::{AtomTable, Geography},
        ledger::LedgerEntry,
    },
    domain::{Domain, DomainKind, Frame},
    estimate::{EstimateRecord, Estimator, MeasureKind, pairs},
    fold::{Atom, Observation, Totals},
    weight::{Policy, Scheme, weigh},
};

/// District, sex and age of a person, and their values.
pub type Respondent = ((usize, usize, usize), Vec<Option<f64>>);

/// A survey of people: district, sex, age, and their value of each measure.
pub struct Survey {
    pub frame: Frame,
    pub people: Vec<Respondent>,
    pub kinds: Vec<MeasureKind>,
    pub infos: Vec<MeasureInfo>,
    pub plan: Plan,
    pub floor: Floor,
    pub geography: Geography,
}

pub fn info(id: &str, share: bool) -> MeasureInfo {
    MeasureInfo {
        id: id.into(),
        share,
        range: 100.0,
        sensitive: false,
        municipal: false,
        points: !share,
        parts: Vec::new(),
        cuts: None,
        base: None,
        better: Better::Lower,
        headline: false,
    }
}

fn names(letter: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{letter}{number}")).collect()
}

impl Survey {
    /// `cells[d][s][a]` people in each district, sex and age, ten times as many in the population.
    pub fn of(cells: &[Vec<Vec<u64>>], plan: Vec<DomainKind>) -> Self {
        let (sexes, ages) = (cells[0].len(), cells[0][0].len());
        let population = cells.iter().flatten().flatten().map(|n| n * 10).collect();
        let frame = Frame {
            districts: names("D", cells.len()),
            sexes: names("s", sexes),
            ages: names("a", ages),
            tenures: Vec::new(),
            population,
            areas: Vec::new(),
        };
        let mut people = Vec::new();
        for (d, district) in cells.iter().enumerate() {
            for (s, sex) in district.iter().enumerate() {
                for (a, &count) in sex.iter().enumerate() {
                    people.extend((0..count).map(|_| ((d, s, a), Vec::new())));
                }
            }
        }
        let plan = Plan { full: plan, municipal: Vec::new() };
        let (kinds, infos, geography) = (Vec::new(), Vec::new(), Geography::new());
        Self { frame, people, kinds, infos, plan, floor: Floor::default(), geography }
    }

    /// Adds a measure whose values `value` gives by district, sex, age and number of the person.
    pub fn measure(
        mut self,
        id: &str,
        kind: MeasureKind,
        mut value: impl FnMut((usize, usize, usize), usize) -> Option<f64>,
    ) -> Self {
        for (number, (class, values)) in self.people.iter_mut().enumerate() {
            values.push(value(*class, number));
        }
        let mut added = info(id, kind == MeasureKind::Share);
        if let MeasureKind::Composite(parts) = &kind {
            added.parts.clone_from(parts);
        }
        self.infos.push(added);
        self.kinds.push(kind);
        self
    }

    /// Adds a share that is true of each person with chance `p`.
    pub fn share(self, id: &str, p: f64, rng: &mut ChaCha8Rng) -> Self {
        self.measure(id, MeasureKind::Share, |_, _| Some(f64::from(rng.random_bool(p))))
    }

    pub fn ready(self) -> Ready {
        let mut totals = Totals::new(self.kinds.len(), pairs(&self.kinds));
        for (&(d, s, a), values) in self.people.iter().map(|(class, values)| (class, values)) {
            let atom = Atom { district: Some(d as u16), sex: Some(s as u8), age: Some(a as u8), tenure: None };
            let seen = values.iter().map(|&value| Observation { asked: true, value, dont_know: false });
            totals.add(atom, &seen.collect::<Vec<_>>());
        }
        let weights = weigh(&Policy { min_cell: 1, ..Policy::of(Scheme::Poststratify) }, &self.frame, &totals).unwrap();
        let records = Estimator::new(&self.frame, &self.kinds, &totals, &weights).all();
        let atoms = AtomTable::new(&self.frame, &totals, &weights, false);
        Ready { survey: self, records, atoms }
    }
}

/// A survey with its estimates.
pub struct Ready {
    pub survey: Survey,
    pub records: Vec<EstimateRecord>,
    pub atoms: AtomTable,
}

impl Ready {
    pub fn judged<'a>(
        &'a self,
        release: &'a str,
        round: &'a str,
        earlier: &'a [Earlier],
        ledger: &'a [LedgerEntry],
        rules: &'a Rules,
    ) -> Judged<'a> {
        Judged {
            release,
            round,
            publication_hash: "",
            plan: &self.survey.plan,
            measures: &self.survey.infos,
            estimates: &self.records,
            atoms: &self.atoms,
            geography: &self.survey.geography,
            answered: &[],
            earlier,
            ledger,
            floor: &self.survey.floor,
            rules,
        }
    }

    /// This round as the one before another, after it was released.
    pub fn before(&self, passed: &Passed) -> Earlier {
        let key = |measure: &str, domain: &Domain| (measure.to_owned(), domain.clone());
        let ids = &self.survey.infos;
        let estimates =
            self.records.iter().map(|record| (key(&ids[record.measure].id, &record.domain), record.clone()));
        let shown = passed.table.records().iter().filter(|record| record.value.is_some());
        Earlier {
            period: "2023".into(),
            estimates: estimates.collect::<HashMap<_, _>>(),
            shown: shown.map(|record| key(&record.measure, &record.domain)).collect::<HashSet<_>>(),
            reasons: HashMap::new(),
        }
    }
}

pub fn chance(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// A survey of one to four districts with a share and an index, many of its cells tiny; rounds of one
/// seed have the same people and other answers.
pub fn random(seed: u64, round: u64) -> Survey {
    let mut rng = chance(seed);
    let (districts, ages) = (rng.random_range(1..=4_usize), rng.random_range(1..=3_usize));
    let most = rng.random_range(4..=40_u64);
    let cells: Vec<Vec<Vec<u64>>> = (0..districts)
        .map(|_| (0..2).map(|_| (0..ages).map(|_| rng.random_range(1..=most)).collect()).collect())
        .collect();
    let plan = DomainKind::ALL.into_iter().filter(|kind| *kind != DomainKind::Tenure).collect();
    let p = [0.5, 0.25, 0.08, 0.02][usize::try_from(seed % 4).unwrap()];
    let mut answers = chance(seed + 1_000_000 * (round + 1));
    let survey = Survey::of(&cells, plan).share("rare", p, &mut answers);
    survey.measure("points", MeasureKind::Mean, |(d, _, a), _| {
        let value = f64::from(answers.random_range(0..=4_u32)) * 25.0;
        answers.random_bool(0.95).then_some((value + 7.0 * (d + a) as f64).min(100.0))
    })
}
