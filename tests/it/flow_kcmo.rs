//! Real answers from another city, two waves: imported by the mappings under `tests/kcmo`, every figure
//! compared with a table made elsewhere, then released and compared district by district. The answers
//! lie beside the project and are never part of it.

use std::{collections::BTreeMap, fs};

use rstest::rstest;
use trygg::{
    service::{
        areas, estimation,
        responses::{self, ImportPlan},
        rounds,
    },
    stats::{
        compare::Verdict,
        disclosure::{published_n, unit_for},
        domain::{Domain, DomainKind},
        estimate::EstimateRecord,
        quantile::two_sided_p,
    },
    survey::{
        answer_sheet::Mode,
        release::Release,
        round::{AreaSetRef, Kind, Plan, VersionRef},
    },
};

use crate::support::{
    Engine,
    office::{TestOffice, project},
};

/// Wave in the file, name of its mapping, year of the round and its first and last day.
const WAVES: [(&str, &str, &str, [&str; 2]); 2] = [
    ("1QSEP2021", "wave1.toml", "2021", ["2021-08-01", "2021-09-30"]),
    ("3QMAR2022", "wave2.toml", "2022", ["2022-03-01", "2022-03-31"]),
];
/// Column of the file and the item it is mapped to.
const ITEMS: [(&str, &str); 5] = [("q2_05", "S2"), ("q2_06", "S1"), ("q5_01", "S7"), ("q5_03", "S9"), ("q31_01", "V1")];

type Row = BTreeMap<String, String>;

fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).expect("a count of people"))
}

fn rows(name: &str) -> Option<Vec<Row>> {
    let path = project("../shared/realdata").join(name);
    if !path.is_file() {
        assert!(std::env::var_os("CI").is_none(), "on CI {} must be there", path.display());
        eprintln!("SKIPPED: {} is absent, so no real answers were imported", path.display());
        return None;
    }
    let mut reader = csv::Reader::from_path(path).expect("opens");
    Some(reader.deserialize().map(|row| row.expect("a row")).collect())
}

fn plan(period: &str, days: [&str; 2]) -> Plan {
    let day = |text: &str| text.parse().expect("a date");
    Plan {
        slug: format!("kc-{period}"),
        period: period.to_owned(),
        kind: Kind::Demo,
        stream: trygg::questionnaire::Stream::Resident,
        questionnaire: VersionRef { id: "kcmo-resident".to_owned(), version: "1.0".to_owned() },
        area_set: AreaSetRef { id: "kcmo-6".to_owned(), version: "2021".to_owned() },
        population: None,
        languages: vec!["sv".to_owned(), "en".to_owned()],
        modes: vec![Mode::Web, Mode::Paper, Mode::Assisted],
        opens_on: day(days[0]),
        closes_on: day(days[1]),
        results_on: None,
        minutes: 8,
        ages: (18, 99),
        organisations: vec!["Staden".to_owned()],
        holders: Vec::new(),
        needed: 1,
        scheme: "none".to_owned(),
        cuts: None,
        places: Vec::new(),
        source: "City of Kansas City, Missouri: Resident Survey".to_owned(),
    }
}

/// An office with both waves imported; nothing where the answers or the engine are absent.
pub async fn imported(engine: Engine) -> Option<TestOffice> {
    let answers = rows("kcmo_resident_survey_2021_2022.csv")?;
    let test = TestOffice::new(engine, Kind::Demo).await?;
    test.publish(&project("tests/kcmo/questionnaire")).await;
    areas::import_area_set(&test.office, &project("tests/kcmo/areas")).await.expect("imports");
    let file = fs::read(project("../shared/realdata/kcmo_resident_survey_2021_2022.csv")).expect("reads");
    for (wave, mapping, period, days) in WAVES {
        let plan = plan(period, days);
        let slug = plan.slug.clone();
        rounds::create(&test.office, plan).await.expect("is planned");
        let mapping = fs::read_to_string(project("tests/kcmo").join(mapping)).expect("reads");
        let import = ImportPlan { round: &slug, mapping: &mapping, file: &file, dry_run: false, allow_rejects: 0 };
        let report = responses::import(&test.office, import).await.expect("imports");
        let of_wave = answers.iter().filter(|row| row["quarte"] == wave).count();
        assert!(report.stored && report.refused.is_empty());
        assert_eq!((report.read, report.skipped), (of_wave, answers.len() - of_wave));
    }
    Some(test)
}

/// Unrounded estimates of a wave by measure and district (`ALL` for everybody).
async fn estimates(test: &TestOffice, period: &str) -> BTreeMap<(String, String), EstimateRecord> {
    let round = test.round(&format!("kc-{period}")).await;
    let material = estimation::material(&test.office, &round).await.expect("is there");
    let estimated = estimation::estimate(&test.office, &round, &material, true, [0; 32]).await.expect("estimates");
    let kinds = [DomainKind::Total, DomainKind::District];
    let records = estimated.records.into_iter().filter(|record| kinds.contains(&record.domain.kind));
    records
        .map(|record| {
            let area = record.domain.area.as_deref().map_or("ALL", |code| code.trim_start_matches("KC")).to_owned();
            ((material.questionnaire.measures()[record.measure].id.clone(), area), record)
        })
        .collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn every_figure_of_the_real_waves_is_the_one_that_others_computed(#[case] engine: Engine) {
    let Some(expected) = rows("kcmo_expected_by_district.csv") else { return };
    let Some(test) = imported(engine).await else { return };
    let mut found = BTreeMap::new();
    for (wave, _, period, _) in WAVES {
        found.insert(wave, estimates(&test, period).await);
    }
    let mut compared = 0;
    for row in &expected {
        let what = format!("{} {} {}", row["wave"], row["district"], row["item"]);
        let number = |column: &str| row[column].parse::<f64>().unwrap_or_else(|_| panic!("{what}: {column}"));
        let count = |column: &str| row[column].parse::<u64>().unwrap_or_else(|_| panic!("{what}: {column}"));
        let (rows, valid, dont_know) = (count("n_rows"), count("n_valid"), count("n_dont_know"));
        // Printed with six decimals; the sum behind a mean and the count behind a share are whole, so the
        // unrounded figure is known.
        let exact = |column: &str| {
            let whole = (number(column) * real(valid)).round();
            assert!((whole / real(valid) - number(column)).abs() < 1e-6, "{what}: {column}");
            whole / real(valid)
        };
        let item = ITEMS.iter().find(|(column, _)| *column == row["item"]).expect("an item").1;
        let wanted = if item == "V1" {
            vec![("YES_V1".to_owned(), exact("share_yes"))]
        } else {
            assert!((number("index_0_100") - (exact("mean") - 1.0) * 25.0).abs() < 1e-6, "{what}");
            vec![
                (format!("IDX_{item}"), (exact("mean") - 1.0) * 25.0),
                (format!("HIGH_{item}"), exact("share_4_5")),
                (format!("LOW_{item}"), exact("share_1_2")),
            ]
        };
        for (measure, value) in wanted {
            let record = &found[row["wave"].as_str()][&(measure.clone(), row["district"].clone())];
            assert!((record.estimate.expect("a figure") - value).abs() <= 1e-9, "{what} {measure}");
            assert_eq!((record.asked, record.valid), (rows, valid), "{what} {measure}");
            assert_eq!(record.asked - record.valid, dont_know, "{what} {measure}");
            if item != "V1" && measure.starts_with("IDX") {
                assert_eq!(record.dont_know, dont_know, "{what} {measure}");
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 7 * (4 * 3 + 1), "two waves, six districts and all of them, thirteen measures");
}

/// Mean, standard error and answers of an item in a district, from the file alone: points 0, 25 … 100, a
/// sample of the district in which the answer may be missing.
fn by_hand(answers: &[Row], wave: &str, district: &str, column: &str) -> (f64, f64, u64) {
    let here = answers.iter().filter(|row| row["quarte"] == wave && row["counci"] == district);
    let codes: Vec<f64> = here.map(|row| row[column].parse().expect("a code")).collect();
    let points: Vec<f64> = codes.iter().filter(|code| **code <= 5.0).map(|code| (code - 1.0) * 25.0).collect();
    let (asked, valid) = (real(codes.len() as u64), real(points.len() as u64));
    let mean = points.iter().sum::<f64>() / valid;
    let squares: f64 = points.iter().map(|point| (point - mean).powi(2)).sum();
    (mean, (asked / (asked - 1.0) * squares).sqrt() / valid, points.len() as u64)
}

/// Adjusted p after Benjamini and Hochberg (1995), by the book.
fn adjusted(p: &[f64]) -> Vec<f64> {
    let below = |one: f64| p.iter().filter(|other| **other <= one).count() as u64;
    let scaled = |one: f64| one * real(p.len() as u64) / real(below(one));
    p.iter().map(|one| p.iter().filter(|other| *other >= one).map(|other| scaled(*other)).fold(1.0, f64::min)).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_two_real_waves_are_released_and_compared_by_district(#[case] engine: Engine) {
    let Some(answers) = rows("kcmo_resident_survey_2021_2022.csv") else { return };
    let Some(test) = imported(engine).await else { return };
    let estimated = [estimates(&test, "2021").await, estimates(&test, "2022").await];
    let mut releases: Vec<Release> = Vec::new();
    for (_, _, period, _) in WAVES {
        releases.push(test.release(&format!("kc-{period}"), None).await.expect("is released"));
    }
    let second = &releases[1];
    assert_eq!(second.head().weights.scheme, "none");
    assert!(second.head().responses.is_empty(), "no letters were sent");

    for (column, item) in ITEMS.iter().filter(|(_, item)| *item != "V1") {
        let measure = format!("IDX_{item}");
        let districts = ["1", "2", "3", "4", "5", "6"];
        let mut by_district = Vec::new();
        for district in districts {
            let waves = WAVES.map(|(wave, ..)| by_hand(&answers, wave, district, column));
            for (found, (mean, se, valid)) in estimated.iter().zip(waves) {
                let record = &found[&(measure.clone(), district.to_owned())];
                assert!((record.estimate.expect("a mean") - mean).abs() <= 1e-9, "{measure} {district}");
                assert!((record.se.expect("an error") - se).abs() <= 1e-9, "{measure} {district}");
                assert_eq!(record.valid, valid);
            }
            let [(old, old_se, old_n), (new, new_se, new_n)] = waves;
            by_district.push((new - old, old_se.hypot(new_se), [old_n, new_n]));
        }
        let p: Vec<f64> = by_district.iter().map(|(diff, se, _)| two_sided_p(diff / se)).collect();
        for ((district, (diff, _, answers)), p) in districts.iter().zip(&by_district).zip(adjusted(&p)) {
            let what = format!("{measure} in {district}: {diff}, p {p}");
            let area = Some(format!("KC{district}"));
            let domain = Domain { kind: DomainKind::District, area, sex: None, age: None, tenure: None };
            let change = second.change(&measure, &domain, "2021").expect("is compared");
            // The difference of two printed means: each is off by half its unit at most.
            let units = answers.map(|n| unit_for(n, 100.0).expect("enough answers").size());
            let (off, fine) = (f64::midpoint(units[0], units[1]), units[0].min(units[1]));
            let fewest = answers[0].min(answers[1]);
            let published = change.difference.unwrap_or_else(|| panic!("{what}: {:?}", change.reasons));
            assert!((published - diff).abs() <= off + 1e-9, "{what}, printed {published}");
            assert_eq!((change.n, change.rounded_to), (Some(published_n(fewest)), Some(fine)), "{what}");
            let verdict = match (p < 0.05, *diff > 0.0) {
                (false, _) => Verdict::NoEstablishedChange,
                (true, true) => Verdict::Improved,
                (true, false) => Verdict::Worse,
            };
            assert_eq!(change.verdict, Some(verdict), "{what}");
            // September and March: a caveat beside every difference, no obstacle.
            assert!(change.reasons.iter().any(|reason| reason.code == "season"), "{what}");
        }
    }
}
