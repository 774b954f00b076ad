//! What estimates cost: ten indices in every domain of a table plan (municipality, sex, age, sex × age, district,
//! district × sex, district × age) with standard errors, from made-up respondents held in memory.
//!
//!     cargo bench --bench estimates -- [RESPONDENTS …]      (8000, 100000 and 1000000 where none are named)
//!     cargo bench --bench estimates -- RESPONDENTS --write FOLDER
//!
//! With `--write` the respondents, the population and the estimates are written as CSV, for programs that do
//! the same from the same numbers: `tests/estimates/compare.py`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a benchmark prints and may fail loudly; its numbers are small and exact"
)]

use std::{
    fmt::Write as _,
    fs,
    io::{BufWriter, Write as _},
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use trygg::stats::{
    domain::{DomainKind, Frame},
    estimate::{EstimateRecord, Estimator, MeasureKind},
    fold::{Atom, CHUNK, Observation, Totals},
    weight::{Policy, Scheme, Weights, weigh},
};

const DISTRICTS: usize = 12;
const SEXES: usize = 2;
const AGES: usize = 4;
/// Chances of the shares; the other measures are points.
const SHARES: [f64; 4] = [0.5, 0.25, 0.08, 0.02];
const MEASURES: usize = 10;
const REPEATS: usize = 3;

/// District, sex, age, and a number of each measure: 0 and 1 of a share, eighths of the way to 100 of points.
type Respondent = [u8; 3 + MEASURES];

fn respondents(count: usize) -> Vec<Respondent> {
    let mut rng = ChaCha8Rng::seed_from_u64(count as u64);
    let mut one = || {
        let mut row = [0; 3 + MEASURES];
        // Districts and ages of unequal size.
        let district = rng.random_range(0..DISTRICTS * DISTRICTS).isqrt();
        row[..3].copy_from_slice(&[district as u8, rng.random_range(0..SEXES as u8), rng.random_range(0..AGES as u8)]);
        for (place, value) in row[3..].iter_mut().enumerate() {
            *value = match SHARES.get(place) {
                Some(&share) => u8::from(rng.random_bool(share)),
                // Points differ between districts.
                None => rng.random_range(0..=8) / (1 + district as u8 % 3 / 2),
            };
        }
        row
    };
    (0..count).map(|_| one()).collect()
}

fn observation(place: usize, value: u8) -> f64 {
    if place < SHARES.len() { f64::from(value) } else { f64::from(value) * 12.5 }
}

fn kinds() -> Vec<MeasureKind> {
    (0..MEASURES).map(|place| if place < SHARES.len() { MeasureKind::Share } else { MeasureKind::Mean }).collect()
}

/// The population: some ten times the respondents of each cell, unevenly.
fn frame(respondents: &[Respondent]) -> Frame {
    let mut population = vec![0_u64; DISTRICTS * SEXES * AGES];
    for [district, sex, age, ..] in respondents {
        population[(usize::from(*district) * SEXES + usize::from(*sex)) * AGES + usize::from(*age)] += 1;
    }
    for (place, cell) in population.iter_mut().enumerate() {
        *cell *= 8 + place as u64 % 5;
    }
    let names = |letter: &str, count: usize| (1..=count).map(|number| format!("{letter}{number}")).collect();
    Frame {
        districts: names("D", DISTRICTS),
        sexes: names("s", SEXES),
        ages: names("a", AGES),
        tenures: Vec::new(),
        areas: Vec::new(),
        population,
    }
}

/// Chunks on all cores, merged in their order, as the service folds the pages of its store.
fn fold(respondents: &[Respondent]) -> Totals {
    let part = |rows: &[Respondent]| {
        let mut totals = Totals::new(MEASURES, Vec::new());
        for [district, sex, age, values @ ..] in rows {
            let atom = Atom { district: Some(u16::from(*district)), sex: Some(*sex), age: Some(*age), tenure: None };
            let mut seen = [Observation { asked: true, value: None, dont_know: false }; MEASURES];
            for (place, (seen, value)) in seen.iter_mut().zip(values).enumerate() {
                seen.value = Some(observation(place, *value));
            }
            totals.add(atom, &seen);
        }
        totals
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut all = Totals::new(MEASURES, Vec::new());
    for chunks in respondents.chunks(CHUNK * threads) {
        let parts: Vec<Totals> = thread::scope(|scope| {
            let running: Vec<_> = chunks.chunks(CHUNK).map(|rows| scope.spawn(move || part(rows))).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        parts.into_iter().for_each(|part| all.merge(part));
    }
    all
}

struct Done {
    folded: Duration,
    weighted: Duration,
    all: Duration,
    weights: Weights,
    records: Vec<EstimateRecord>,
}

fn estimate(respondents: &[Respondent], frame: &Frame) -> Done {
    let started = Instant::now();
    let totals = fold(respondents);
    let folded = started.elapsed();
    let policy = Policy { min_cell: 1, ..Policy::of(Scheme::Poststratify) };
    let weights = weigh(&policy, frame, &totals).unwrap();
    let weighted = started.elapsed();
    let kinds = kinds();
    let records = Estimator::new(frame, &kinds, &totals, &weights).all();
    Done { folded, weighted, all: started.elapsed(), weights, records }
}

/// Peak memory of this process, MiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn write(folder: &Path, respondents: &[Respondent], frame: &Frame, done: &Done) {
    let open = |name: &str| BufWriter::new(fs::File::create(folder.join(name)).unwrap());
    let names: Vec<String> = (1..=MEASURES).map(|number| format!("y{number}")).collect();
    let mut file = open("respondents.csv");
    writeln!(file, "district,sex,age,w,{}", names.join(",")).unwrap();
    let mut line = String::new();
    for [district, sex, age, values @ ..] in respondents {
        let atom = Atom { district: Some(u16::from(*district)), sex: Some(*sex), age: Some(*age), tenure: None };
        line.clear();
        write!(line, "{district},{sex},{age},{}", done.weights.of(atom)).unwrap();
        for (place, value) in values.iter().enumerate() {
            write!(line, ",{}", observation(place, *value)).unwrap();
        }
        writeln!(file, "{line}").unwrap();
    }
    let mut file = open("population.csv");
    writeln!(file, "district,sex,age,persons").unwrap();
    for (place, persons) in frame.population.iter().enumerate() {
        writeln!(file, "{},{},{},{persons}", place / AGES / SEXES, place / AGES % SEXES, place % AGES).unwrap();
    }
    let mut file = open("estimates.csv");
    writeln!(file, "district,sex,age,measure,estimate,se").unwrap();
    let place = |names: &[String], name: &Option<String>| {
        name.as_ref().map_or_else(String::new, |name| names.iter().position(|n| n == name).unwrap().to_string())
    };
    for record in done.records.iter().filter(|record| record.domain.kind != DomainKind::Tenure) {
        let domain = &record.domain;
        let [district, sex, age] =
            [(&frame.districts, &domain.area), (&frame.sexes, &domain.sex), (&frame.ages, &domain.age)]
                .map(|(names, name)| place(names, name));
        let (Some(estimate), Some(se)) = (record.estimate, record.se) else { continue };
        writeln!(file, "{district},{sex},{age},{},{estimate:e},{se:e}", names[record.measure]).unwrap();
    }
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let folder = arguments.iter().position(|argument| argument == "--write").map(|place| {
        arguments.remove(place);
        arguments.remove(place)
    });
    let mut counts: Vec<usize> = arguments.iter().map(|argument| argument.parse().unwrap()).collect();
    if counts.is_empty() {
        counts = vec![8_000, 100_000, 1_000_000];
    }
    if let [count] = counts[..] {
        let respondents = respondents(count);
        let frame = frame(&respondents);
        let best = (0..REPEATS).map(|_| estimate(&respondents, &frame)).min_by_key(|done| done.all).unwrap();
        let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
        println!(
            "| {count} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
            best.records.len(),
            ms(best.folded),
            ms(best.weighted.checked_sub(best.folded).unwrap()),
            ms(best.all.checked_sub(best.weighted).unwrap()),
            ms(best.all),
            peak()
        );
        if let Some(folder) = folder {
            write(Path::new(&folder), &respondents, &frame, &best);
        }
        return;
    }
    println!(
        "| respondents | figures | fold, ms | weights, ms | estimates, ms | all, ms (best of {REPEATS}) | peak MiB |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    // A process each, so that each has a peak of its own.
    for count in counts {
        let run = Command::new(std::env::current_exe().unwrap()).arg(count.to_string()).status().unwrap();
        assert!(run.success());
    }
}
