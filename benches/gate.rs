//! What the gate costs: Luleå's table plan (12 districts, 183 answers each, by sex and age; with
//! `-- 6 tenure` by tenure too) with ten shares from 50 to
//! 2 %, over one to six rounds whose changes are all printed.
//!
//!     cargo bench --bench gate
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and may fail loudly")]

use std::{
    collections::{HashMap, HashSet},
    time::Instant,
};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use trygg::stats::{
    compare::Better,
    disclosure::{
        Earlier, Floor, Judged, MeasureInfo, Passed, Plan, Rules,
        atoms::{AtomTable, Geography},
        gate,
        ledger::LedgerEntry,
    },
    domain::{DomainKind, Frame},
    estimate::{EstimateRecord, Estimator, MeasureKind},
    fold::{Atom, Observation, Totals},
    weight::{Policy, Scheme, weigh},
};

const SHARES: [f64; 10] = [0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.08, 0.05, 0.02];
const DISTRICTS: u16 = 12;
const ANSWERS: u32 = 183;

fn by_tenure() -> bool {
    std::env::args().any(|argument| argument == "tenure")
}

struct Round {
    records: Vec<EstimateRecord>,
    atoms: AtomTable,
}

fn round(seed: u64) -> Round {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let names = |letter: &str, count: u16| (1..=count).map(|number| format!("{letter}{number}")).collect::<Vec<_>>();
    let population = vec![700; usize::from(DISTRICTS) * 8];
    let frame = Frame {
        districts: names("D", DISTRICTS),
        sexes: names("s", 2),
        ages: names("a", 4),
        tenures: names("t", 4),
        population,
        areas: Vec::new(),
    };
    let mut totals = Totals::new(SHARES.len(), Vec::new());
    for district in 0..DISTRICTS {
        for number in 0..ANSWERS {
            let sex = u8::try_from(number % 2).unwrap();
            let age = u8::try_from(number / 2 % 4).unwrap();
            let tenure = rng.random_bool(0.97).then(|| rng.random_range(0..4_u8));
            let classed = rng.random_bool(0.97);
            let atom = Atom { district: Some(district), sex: classed.then_some(sex), age: Some(age), tenure };
            let seen = SHARES.map(|share| Observation {
                asked: true,
                value: rng.random_bool(0.97).then(|| f64::from(rng.random_bool(share))),
                dont_know: false,
            });
            totals.add(atom, &seen);
        }
    }
    let kinds = vec![MeasureKind::Share; SHARES.len()];
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    let records = Estimator::new(&frame, &kinds, &totals, &weights).all();
    Round { records, atoms: AtomTable::new(&frame, &totals, &weights, by_tenure()) }
}

fn infos() -> Vec<MeasureInfo> {
    let info = |share: &f64| MeasureInfo {
        id: format!("share-{share}"),
        share: true,
        range: 100.0,
        sensitive: false,
        municipal: false,
        points: false,
        parts: Vec::new(),
        cuts: None,
        base: None,
        better: Better::Lower,
        headline: false,
    };
    SHARES.iter().map(info).collect()
}

fn earlier(round: &Round, passed: &Passed, infos: &[MeasureInfo]) -> Earlier {
    let estimates = round.records.iter().map(|r| ((infos[r.measure].id.clone(), r.domain.clone()), r.clone()));
    let shown =
        passed.table.records().iter().filter(|r| r.value.is_some()).map(|r| (r.measure.clone(), r.domain.clone()));
    Earlier {
        period: passed.entry.round.clone(),
        estimates: estimates.collect::<HashMap<_, _>>(),
        shown: shown.collect::<HashSet<_>>(),
        reasons: HashMap::new(),
    }
}

fn main() {
    let infos = infos();
    let kinds = DomainKind::ALL.into_iter().filter(|kind| by_tenure() || *kind != DomainKind::Tenure);
    let plan = Plan { full: kinds.collect(), municipal: Vec::new() };
    // As Luleå's: where somebody's sex or age is not known, a sex or an age group may have to go as well.
    let order = ["district_age", "district_sex", "tenure", "sex_age", "district", "age", "sex"];
    let rules = Rules { withhold_order: order.map(str::to_owned).to_vec(), ..Rules::default() };
    let mut before: Vec<Earlier> = Vec::new();
    let mut ledger: Vec<LedgerEntry> = Vec::new();
    let rounds = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(6);
    println!(
        "| round | seconds | systems | targets | too narrow at first | given up | narrowest at first | in the end |"
    );
    for number in 1..=rounds {
        let round = round(number);
        let id = format!("R-{number}");
        let judged = Judged {
            release: &id,
            round: &id,
            publication_hash: "",
            plan: &plan,
            measures: &infos,
            estimates: &round.records,
            atoms: &round.atoms,
            geography: &Geography::new(),
            answered: &[],
            earlier: &before,
            ledger: &ledger,
            floor: &Floor::default(),
            rules: &rules,
        };
        let started = Instant::now();
        let passed = gate(&judged).unwrap();
        let seconds = started.elapsed().as_secs_f64();
        let log = &passed.log;
        let width = |narrowest: Option<trygg::stats::disclosure::Narrowest>| {
            narrowest.map_or_else(|| "–".to_owned(), |found| format!("{:.2} ({:.2} of need)", found.width, found.ratio))
        };
        println!(
            "| {number} | {seconds:.2} | {} | {} | {} | {} | {} | {} |",
            log.systems,
            log.targets,
            log.first_failures,
            log.complements.len(),
            width(log.at_first),
            width(log.narrowest)
        );
        before.push(earlier(&round, &passed, &infos));
        ledger.push(passed.entry);
    }
}
