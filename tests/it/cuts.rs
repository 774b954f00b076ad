//! Cut tables of step indices: what is refused, with file and line; what a round makes of one. All cuts are
//! made up.

use std::{fs, path::Path};

use rstest::rstest;
use tempfile::TempDir;
use trygg::{
    questionnaire::Questionnaire,
    service::{
        catalogue,
        cuts::{self, CutsError},
        estimation::{
            Measures,
            offline::{self, Files, Options},
        },
        rounds::{self, RoundError},
    },
    stats::{
        compare::Class,
        domain::{Domain, DomainKind},
        estimate::MeasureKind,
        weight::Policy,
    },
    survey::{cuts::CutTable, release::Release, round::Kind},
};

use crate::support::{
    Engine,
    office::{Survey, TestOffice, project},
    people::{DISTRICTS, district, file, mapping},
};

const META: &str = r#"id = "made-up"
supplier = "Nobody"
received_on = 2026-01-15
document = "An example"
valid_from = "2026-01-01"
k = 1
p_rounding = "none"
"#;

/// Steps of 0, 5, 15, 30, 45, 60 and 75 percent.
const CUTS: &str = "indicator,domain,from_percent,points\n\
p_unsafe,safety,0,0\np_unsafe,safety,5,1\np_unsafe,safety,15,2\np_unsafe,safety,30,3\n\
p_unsafe,safety,45,4\np_unsafe,safety,60,5\np_unsafe,safety,75,6\n";

/// The oracle's questionnaire with a step index.
fn definition() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let share = |id: &str, direction: &str, numerator: &str| {
        format!(
            "[[index]]\nid = \"{id}\"\nversion = 1\nkind = \"share\"\ndirection = \"{direction}\"\n\
             numerator = \"q1 in {numerator}\"\ndenominator = \"q1 in {{1,2,3,4,5}}\"\n"
        )
    };
    let indices = "\n[[index]]\nid = \"PI\"\nversion = 1\nkind = \"step\"\ndirection = \"lower_better\"\n".to_owned()
        + &share("p_safe", "higher_better", "{1,2}")
        + &share("p_most", "lower_better", "{5}");
    let names = "[index]\nPI = { name = \"Problemindex\" }\np_safe = { name = \"Andel 1-2\" }\n\
        p_most = { name = \"Andel 5\" }";
    for name in ["questionnaire.toml", "sv.toml", "en.toml", "publication.toml"] {
        let text = fs::read_to_string(project("tests/oracle/questionnaire").join(name)).expect("reads");
        let text = match name {
            "sv.toml" | "en.toml" => text.replace("[index]", names),
            "questionnaire.toml" => text + &indices,
            _ => text,
        };
        fs::write(folder.path().join(name), text).expect("writes");
    }
    folder
}

/// The next version of it, in which `p_most` is gone.
fn without_an_indicator() -> TempDir {
    let folder = definition();
    for name in ["questionnaire.toml", "sv.toml", "en.toml"] {
        let file = folder.path().join(name);
        let text = fs::read_to_string(&file).expect("reads").replace("version = \"1.0\"", "version = \"1.1\"");
        let text = text.replace("p_most = { name = \"Andel 5\" }", "");
        let kept = text.find("[[index]]\nid = \"p_most\"").map_or(text.as_str(), |from| &text[..from]);
        fs::write(file, kept).expect("writes");
    }
    folder
}

fn questionnaire() -> Questionnaire {
    catalogue::check(definition().path()).expect("is sound").questionnaire
}

fn written(folder: &Path, meta: &str, cuts: &str) {
    fs::write(folder.join("meta.toml"), meta).expect("writes");
    fs::write(folder.join("cuts.csv"), cuts).expect("writes");
}

#[rstest]
#[case::gap("p_unsafe,safety,0,0\n", "", "2 from_percent cuts_gap")]
#[case::not_rising("safety,15,2", "safety,5,2", "4 from_percent cuts_not_rising")]
#[case::falling("safety,30,3", "safety,30,1", "5 points points_falling")]
#[case::too_many_points("safety,75,6", "safety,75,7", "8 points points_range")]
#[case::half_points("safety,75,6", "safety,75,5.5", "8 points points_range")]
#[case::above_100("safety,75,6", "safety,101,6", "8 from_percent percent_range")]
#[case::below_0("p_unsafe,safety,0,0", "p_unsafe,safety,-1,0", "2 from_percent percent_range;3 from_percent cuts_gap")]
#[case::no_percentage("safety,45,4", "safety,many,4", "6 from_percent not_a_number")]
#[case::two_domains("safety,45,4", "trust,45,4", "6 domain domain_mixed")]
#[case::one_more(
    "p_unsafe,safety,0,0",
    "p_safe,safety,0,0\np_unsafe,safety,0,0",
    "2 indicator indicator_direction;  k_differs"
)]
#[case::unknown(
    "p_unsafe,safety,0,0",
    "p_gone,safety,0,0\np_unsafe,safety,0,0",
    "2 indicator indicator_unknown;  k_differs"
)]
#[case::no_share(
    "p_unsafe,safety,0,0",
    "idx_a,safety,0,0\np_unsafe,safety,0,0",
    "2 indicator indicator_not_a_share;  k_differs"
)]
#[case::no_column("from_percent", "from", "  column_missing")]
fn a_table_that_does_not_fit_is_refused_by_line(#[case] from: &str, #[case] to: &str, #[case] wanted: &str) {
    let cuts = CUTS.replacen(from, to, 1);
    assert_ne!(cuts, CUTS);
    let (name, faults) = CutTable::parse(META, cuts.as_bytes(), &questionnaire()).expect_err("does not fit");
    let told = faults.iter().map(|fault| {
        let line = fault.row.map_or_else(String::new, |line| line.to_string());
        format!("{line} {} {}", fault.column.as_deref().unwrap_or_default(), fault.code)
    });
    let told: Vec<String> = told.collect();
    assert_eq!((name, told.join(";")), ("cuts.csv", wanted.to_owned()));
}

#[rstest]
#[case::unknown_key("k = 1", "k = 1\ncolour = \"red\"", Some(7))]
#[case::rounding("\"none\"", "\"up\"", Some(7))]
#[case::no_supplier("supplier = \"Nobody\"\n", "", None)]
fn a_meta_file_that_does_not_fit_is_refused(#[case] from: &str, #[case] to: &str, #[case] line: Option<u64>) {
    let meta = META.replacen(from, to, 1);
    let (name, faults) = CutTable::parse(&meta, CUTS.as_bytes(), &questionnaire()).expect_err("does not fit");
    assert_eq!((name, faults.len(), faults[0].code), ("meta.toml", 1, "toml"));
    if line.is_some() {
        assert_eq!(faults[0].row, line);
    }
}

#[test]
fn a_table_is_read_for_the_version_that_has_its_shares() {
    let questionnaire = questionnaire();
    let table = CutTable::parse(META, CUTS.as_bytes(), &questionnaire).expect("fits");
    assert_eq!((table.questionnaire.as_str(), table.indicators.len()), ("oracle", 1));
    let (place, _) = questionnaire.measure("PI").expect("is declared");
    let kind = |table: Option<&CutTable>| Measures::of(&questionnaire, table).kinds()[place].clone();
    assert!(matches!(kind(Some(&table)), MeasureKind::Step(cuts) if (cuts.index(&[0.22]) - 2.0).abs() < 1e-12));
    let code = |kind: MeasureKind| if let MeasureKind::Absent(missing) = kind { missing.code() } else { "there" };
    assert_eq!(code(kind(None)), "cut_table_missing");
    let mut other = table;
    other.indicators[0].measure = "p_gone".to_owned();
    assert_eq!(code(kind(Some(&other))), "k_items_changed");
    assert!(!Measures::of(&questionnaire, Some(&other)).are_drawn());
}

async fn surveyed(test: &TestOffice) -> Survey {
    let questionnaire = test.publish(definition().path()).await;
    let set = test.area_set("2025", &DISTRICTS.map(|of| (of.code, of.code))).await;
    test.survey(questionnaire, set, "people", |code| district(code).persons).await
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_with_a_table_publishes_its_index_and_the_seed(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = surveyed(&test).await;
    let folder = tempfile::tempdir().expect("a folder");
    written(folder.path(), META, CUTS);
    let version = ("oracle", "1.0");

    let mut plan = test.plan(&survey, 2025);
    plan.cuts = Some("made-up".to_owned());
    rounds::create(&test.office, plan.clone()).await.expect("is planned");
    let early = rounds::transition(&test.office, "round-2025", "scheduled", "").await.expect_err("no table yet");
    assert!(matches!(early, RoundError::Cuts(CutsError::Unknown(_))), "{early}");

    let table = cuts::import(&test.office, folder.path(), version).await.expect("imports");
    assert_eq!(cuts::import(&test.office, folder.path(), version).await.expect("changes nothing"), table);
    assert_eq!(cuts::list(&test.office).await.expect("lists"), [table]);
    written(folder.path(), META, &CUTS.replace("safety,75,6", "safety,80,6"));
    let taken = cuts::import(&test.office, folder.path(), version).await.expect_err("other cuts");
    assert!(matches!(taken, CutsError::Taken(id) if id == "made-up"));

    plan.slug = "round-2025b".to_owned();
    test.imported(plan, 0).await;
    let release = test.release("round-2025b", None).await.expect("is released");
    let head = release.head();
    let seed = head.origin.as_ref().map(|origin| origin.seed.len());
    assert_eq!((head.cuts.as_deref(), seed), (Some("made-up"), Some(64)));
    let of = |area: Option<&str>| {
        let kind = if area.is_some() { DomainKind::District } else { DomainKind::Total };
        let domain = Domain { kind, area: area.map(str::to_owned), sex: None, age: None, tenure: None };
        release.record("PI", &domain).expect("stands in the plan").clone()
    };
    // 10 % unsafe in B: 1 point; 20 % in C: 2; E has too few answers.
    assert_eq!([of(Some("B")).value, of(Some("C")).value], [Some(1.0), Some(2.0)]);
    assert_eq!(of(Some("E")).status, "..");

    let mut without = test.plan(&survey, 2026);
    without.slug = "round-2026".to_owned();
    test.imported(without, 0).await;
    let release = test.release("round-2026", None).await.expect("is released");
    assert_eq!(release.head().cuts, None);
    let domain = Domain { kind: DomainKind::Total, area: None, sex: None, age: None, tenure: None };
    let record = release.record("PI", &domain).expect("stands in the plan");
    assert_eq!((record.value, record.status.as_str()), (None, "."));
}

/// How the step index of everybody changed since `period`: its reasons.
fn since(release: &Release, period: &str) -> Vec<String> {
    let change = release.change("PI", &Domain::everybody(), period).expect("stands there");
    let reasons = change.reasons.iter().filter(|reason| reason.class == Class::Hard);
    reasons.map(|reason| format!("{} {}", reason.code, reason.detail)).collect()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_table_and_another_number_of_indicators_part_rounds(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Demo).await else { return };
    let survey = surveyed(&test).await;
    let folder = tempfile::tempdir().expect("a folder");
    let wide = CUTS.lines().skip(1).map(|line| line.replace("p_unsafe", "p_most"));
    let wide = CUTS.to_owned() + &wide.collect::<Vec<_>>().join("\n");
    for (id, k, cuts) in [("narrow", 1, CUTS), ("wide", 2, wide.as_str())] {
        let meta = META.replace("made-up", id).replace("k = 1", &format!("k = {k}"));
        written(folder.path(), &meta, cuts);
        cuts::import(&test.office, folder.path(), ("oracle", "1.0")).await.expect("imports");
    }
    let next = test.publish(without_an_indicator().path()).await;
    let mut releases = Vec::new();
    for (year, version, table) in
        [(2025, "1.0", "narrow"), (2026, "1.0", "narrow"), (2027, "1.0", "wide"), (2028, next.version(), "wide")]
    {
        let mut plan = test.plan(&survey, year);
        plan.questionnaire.version = version.to_owned();
        plan.cuts = Some(table.to_owned());
        let mapping = mapping().replace("\"1.0\"", &format!("\"{version}\""));
        test.imported_by(plan, 0, &mapping).await;
        releases.push(test.release(&format!("round-{year}"), None).await.expect("is released"));
    }
    assert_eq!(since(&releases[1], "2025"), [""; 0], "one table and as many indicators");
    assert_eq!(since(&releases[2], "2026"), ["cut_table narrow and wide", "k_items_changed 1 and 2"]);
    let gone = releases[3].record("PI", &Domain::everybody()).expect("stands in the plan");
    assert_eq!((gone.status.as_str(), gone.reason.as_str()), (".", "k_items_changed"));
    assert!(since(&releases[3], "2027").contains(&"k_items_changed 2 and 1".to_owned()));
    assert!(!since(&releases[3], "2027").iter().any(|reason| reason.starts_with("cut_table")));
}

#[test]
fn the_same_seed_gives_an_analyst_the_same_bytes() {
    let questionnaire = questionnaire();
    let table = CutTable::parse(META, CUTS.as_bytes(), &questionnaire).expect("fits");
    let responses = offline_file();
    let estimate = |seed: u8| {
        let options = Options {
            policy: Policy { scheme: Some(trygg::stats::weight::Scheme::None), ..Policy::default() },
            cuts: Some(table.clone()),
            seed: [seed; 32],
        };
        let files = Files { responses: responses.as_bytes(), population: None, round: "year" };
        let mut out = Vec::new();
        offline::estimate(&questionnaire, files, &options, &mut out).expect("estimates");
        String::from_utf8(out).expect("UTF-8")
    };
    let of_index = |out: &str| {
        let lines = out.lines().filter(|line| line.contains(",PI,"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, again, other) = (estimate(1), estimate(1), estimate(2));
    assert_eq!(one, again);
    assert_ne!(of_index(&one), of_index(&other));
    assert!(of_index(&one).iter().all(|line| line.contains(",bootstrap,")));
}

/// The people of round 0 as an analyst's file.
fn offline_file() -> String {
    let text = file(0).replacen("area,", "area_code,", 1).replacen(",H1,H2", ",sex,age_group", 1);
    let mut lines = text.lines();
    let mut out = format!("year,{}\n", lines.next().expect("a header"));
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        let last = cells.len() - 1;
        cells[last] = ["16-29", "30-49", "50-64", "65+"][cells[last].parse::<usize>().expect("a code") - 1];
        cells[last - 1] = if cells[last - 1] == "1" { "woman" } else { "man" };
        out += &format!("2025,{}\n", cells.join(","));
    }
    out
}
