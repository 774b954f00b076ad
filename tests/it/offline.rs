//! The analyst's second opinion: files in, one file out. Every figure and difference that R computed for
//! the synthetic survey comes back, however the file is saved; what does not fit is named.

use std::{
    collections::HashMap,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use rstest::rstest;
use trygg::{
    questionnaire::Questionnaire,
    service::{
        catalogue,
        estimation::offline::{self, Files, OfflineError, Options, Warning},
    },
    stats::weight::{Distance, Policy, Scheme, WeightError},
};

use crate::support::office::project;

type Row = HashMap<String, String>;

fn oracle() -> Option<PathBuf> {
    let folder = project("../shared/oracle");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "on CI {} must be there", folder.display());
    eprintln!("SKIPPED: {} is absent, so nothing was compared with R", folder.display());
    None
}

fn read(bytes: &[u8]) -> Vec<Row> {
    csv::Reader::from_reader(bytes).deserialize().map(|row| row.expect("a row")).collect()
}

fn questionnaire() -> Questionnaire {
    catalogue::check(&project("tests/oracle/questionnaire")).expect("is sound").questionnaire
}

/// The words of an analyst's file for those of the oracle.
fn sex(of: &str) -> &str {
    match of {
        "F" => "woman",
        "M" => "man",
        other => other,
    }
}

/// Responses and population of the oracle as an analyst's files.
fn files(folder: &Path) -> (String, String) {
    let input = |name: &str| read(&std::fs::read(folder.join("input").join(name)).expect("reads"));
    let mut responses = "year,area_code,sex,age_group,q1,q2,q3,q4,q5,q6,q7,q8\n".to_owned();
    for row in input("responses.csv") {
        write!(responses, "{},{},{},{}", row["year"], row["district"], sex(&row["sex"]), row["age_group"])
            .expect("writes");
        for item in 1..=8 {
            let code = match row[&format!("q{item}")].as_str() {
                "8" => "98".to_owned(),
                "9" => "96".to_owned(),
                code => code.to_owned(),
            };
            write!(responses, ",{code}").expect("writes");
        }
        responses.push('\n');
    }
    let mut population = "year,area_code,sex,age_group,persons\n".to_owned();
    for row in input("population.csv") {
        let cell = [&row["year"], &row["district"], sex(&row["sex"]), &row["age_group"], &row["N"]];
        writeln!(population, "{}", cell.join(",")).expect("writes");
    }
    (responses, population)
}

/// Why the files are refused.
fn refusal(responses: &str, population: Option<&str>, scheme: Scheme) -> OfflineError {
    estimate(responses, population, scheme).map(|_| "estimates").expect_err("does not fit")
}

fn estimate(responses: &str, population: Option<&str>, scheme: Scheme) -> Result<String, OfflineError> {
    // Cells of these files are small, so none are merged unless a test says so.
    estimate_by(responses, population, &Policy { min_cell: 1, ..Policy::of(scheme) }).map(|(out, _)| out)
}

fn estimate_by(
    responses: &str,
    population: Option<&str>,
    policy: &Policy,
) -> Result<(String, Vec<Warning>), OfflineError> {
    let mut out = Vec::new();
    let files = Files { responses: responses.as_bytes(), population: population.map(str::as_bytes), round: "year" };
    let options = Options { policy: policy.clone(), cuts: None, seed: [0; 32] };
    let warnings = offline::estimate(&questionnaire(), files, &options, &mut out)?;
    Ok((String::from_utf8(out).expect("UTF-8"), warnings))
}

fn close(found: &str, wanted: &str, what: &str) {
    match (found.parse::<f64>(), wanted.parse::<f64>()) {
        (Ok(found), Ok(wanted)) => {
            let gap = (found - wanted).abs();
            assert!(gap <= 1e-9 * wanted.abs() || (wanted == 0.0 && gap <= 1e-9), "{what}: {found} is not {wanted}");
        }
        _ => panic!("{what}: {found:?} and {wanted:?}"),
    }
}

/// Type and parts of a domain, as the product names them; none for the one that it never makes.
fn domain(row: &Row) -> Option<[String; 4]> {
    let kind = match row["domain_type"].as_str() {
        "district_sex_age" => return None,
        "sex_age_group" => "sex_age",
        "age_group" => "age",
        "district_age_group" => "district_age",
        other => other,
    };
    Some([kind.to_owned(), row["district"].clone(), sex(&row["sex"]).to_owned(), row["age_group"].clone()])
}

#[rstest]
#[case("design", Policy::of(Scheme::Design))]
#[case("ps", Policy::of(Scheme::Poststratify))]
#[case("ps", Policy::default())]
#[case("rake", Policy { rake_r: true, ..Policy::of(Scheme::Rake) })]
#[case("cal", Policy::of(Scheme::Rake))]
#[case("cal", Policy { distance: Distance::Raking, ..Policy::of(Scheme::Calibrate) })]
fn every_figure_and_difference_of_the_reference_comes_back(#[case] name: &str, #[case] policy: Policy) {
    let Some(folder) = oracle() else { return };
    let (responses, population) = files(&folder);
    let (out, _) = estimate_by(&responses, Some(&population), &policy).expect("estimates");
    let found = read(out.as_bytes());
    let mut index: HashMap<(&str, &str, &str, [String; 4]), &Row> = HashMap::new();
    for row in &found {
        let parts = ["domain_type", "area_code", "sex", "age_group"].map(|part| row[part].clone());
        let known = index.insert((&row["kind"], &row["round"], &row["measure"], parts), row);
        assert!(known.is_none(), "{row:?} stands twice");
    }
    let measures = ["idx_a", "idx_b", "idx_all", "p_unsafe"];
    let expected = |file: &str| -> Vec<(Row, [String; 4])> {
        let rows = read(&std::fs::read(folder.join("expected").join(file)).expect("reads"));
        let ours = rows.into_iter().filter(|row| row["scheme"] == name && measures.contains(&row["stat"].as_str()));
        ours.filter_map(|row| domain(&row).map(|parts| (row, parts))).collect()
    };

    let mut compared = 0;
    for (row, parts) in expected("domain_estimates.csv") {
        let found = index[&("estimate", row["year"].as_str(), row["stat"].as_str(), parts)];
        let what = format!("{row:?}");
        assert_eq!(found["n_valid"], row["n_valid"], "{what}");
        close(&found["estimate"], &row["estimate"], &what);
        close(&found["se"], &row["se"], &what);
        if !row["deff_replace"].is_empty() {
            close(&found["deff"], &row["deff_replace"], &what);
            close(&found["n_eff"], &row["n_eff"], &what);
        }
        if row["stat"] != "p_unsafe" {
            assert_eq!(found["ci_method"], "z", "{what}");
            close(&found["ci_low"], &row["ci_lo_z"], &what);
            close(&found["ci_high"], &row["ci_hi_z"], &what);
        }
        compared += 1;
    }
    // Four measures in two years: all, 2 sexes, 4 ages, 8 of both, 18 districts, and what R was asked of those.
    assert!(compared >= 4 * 2 * (1 + 2 + 4 + 18), "{compared} figures compared");

    let mut changes = 0;
    for (row, parts) in expected("year_differences.csv") {
        let found = index[&("change", "2024", row["stat"].as_str(), parts)];
        let what = format!("{row:?}");
        assert_eq!((found["from"].as_str(), found["to"].as_str()), ("2023", "2024"), "{what}");
        for (ours, theirs) in [
            ("diff", "diff"),
            ("se_diff", "se_diff"),
            ("ci_low", "ci_lo"),
            ("ci_high", "ci_hi"),
            ("z", "z"),
            ("p", "p"),
            ("p_bh", "p_bh"),
            ("p_holm", "p_holm"),
        ] {
            close(&found[ours], &row[theirs], &format!("{ours} of {what}"));
        }
        assert_eq!(found["family_size"], row["family_size"], "{what}");
        changes += 1;
    }
    assert!(changes > 0 || name == "design", "{changes} differences compared");
}

/// Two districts, two sexes, four ages: one of each cell in each of two years, the second of A unsafe.
fn small() -> (String, String) {
    let mut responses = "year,area_code,sex,age_group,q1,q2\n".to_owned();
    let mut population = "year,area_code,sex,age_group,persons\n".to_owned();
    for year in [2023, 2024] {
        for area in ["A", "B"] {
            for (sex, age) in ["woman", "man"].into_iter().flat_map(|sex| AGES.map(|age| (sex, age))) {
                let code = if area == "A" && year == 2024 { 5 } else { 1 };
                writeln!(responses, "{year},{area},{sex},{age},{code},2").expect("writes");
                writeln!(responses, "{year},{area},{sex},{age},2,98").expect("writes");
                writeln!(population, "{year},{area},{sex},{age},1 000").expect("writes");
            }
        }
    }
    (responses, population)
}

const AGES: [&str; 4] = ["16-29", "30-49", "50-64", "65+"];

/// Line, column, code and what stood there, of every fault.
fn faults(refused: OfflineError) -> (&'static str, Vec<String>) {
    let OfflineError::Refused { file, faults } = refused else { panic!("another refusal: {refused}") };
    let told = faults.into_iter().map(|fault| {
        let row = fault.row.map_or_else(String::new, |row| row.to_string());
        format!("{row} {} {} {}", fault.column.unwrap_or_default(), fault.code, fault.found)
    });
    (file, told.collect())
}

#[test]
fn the_file_may_be_saved_as_offices_do_and_hold_columns_of_their_own() {
    let (responses, population) = small();
    let wanted = estimate(&responses, Some(&population), Scheme::Poststratify).expect("estimates");
    let share = read(wanted.as_bytes()).into_iter().find(|row| {
        (row["kind"].as_str(), row["round"].as_str(), row["measure"].as_str()) == ("estimate", "2024", "p_unsafe")
            && (row["domain_type"].as_str(), row["area_code"].as_str()) == ("district", "A")
    });
    assert_eq!(share.expect("is estimated")["estimate"].parse::<f64>(), Ok(0.5));
    let office = |text: &str| {
        let lines: Vec<String> = text.lines().map(|line| format!("{} ;\"a; note\"", line.replace(',', "; "))).collect();
        format!("\u{feff}{}\r\n\r\n", lines.join("\r\n").replacen("\"a; note\"", "note", 1))
    };
    let found = estimate(&office(&responses), Some(&office(&population)), Scheme::Poststratify).expect("estimates");
    assert_eq!(found, wanted);
    // An item without a column is one that nobody reached; it does not become an answer.
    let row = read(wanted.as_bytes()).into_iter().find(|row| row["measure"] == "idx_b").expect("stands");
    assert_eq!((row["estimate"].as_str(), row["status"].as_str(), row["n_valid"].as_str()), ("", ".", "0"));
    assert_eq!(row["item_nonresponse"].parse::<f64>(), Ok(1.0));
}

#[test]
fn a_population_table_without_a_cell_is_refused_by_the_cell() {
    let (responses, population) = small();
    let lacking = population.replace("2024,B,man,50-64,1 000\n", "");
    for scheme in [Scheme::Design, Scheme::Poststratify] {
        let refused = refusal(&responses, Some(&lacking), scheme);
        let (file, told) = faults(refused);
        assert_eq!((file, told), ("the population table", vec!["  population_incomplete B, man, 50-64".to_owned()]));
    }
    // Nobody who answers is in that cell: only the count of persons would be wrong.
    let fewer: String = responses
        .lines()
        .filter(|line| !line.starts_with("2024,B,man,50-64"))
        .fold(String::new(), |text, line| text + line + "\n");
    let refused = refusal(&fewer, Some(&lacking), Scheme::Design);
    assert_eq!(faults(refused).1, ["  population_incomplete B, man, 50-64"]);
    let nobody = population.replace("2024,B,man,50-64,1 000", "2024,B,man,50-64,0");
    estimate(&fewer, Some(&nobody), Scheme::Design).expect("a cell may be empty if it says so");
    // One table for both years lacks its cell twice, and is told so by the round.
    let for_both: String =
        population.lines().filter(|line| !line.starts_with("2024")).fold(String::new(), |text, line| {
            let cell = line.split_once(',').expect("a year").1;
            if cell.starts_with("B,man,50-64") { text } else { text + cell + "\n" }
        });
    let told = refusal(&responses, Some(&for_both), Scheme::Design).to_string();
    assert!(told.contains("round 2023") && told.contains("round 2024"), "{told}");
    let malformed = refusal(&responses, Some(&for_both.replacen("1 000", "many", 1)), Scheme::Design);
    assert_eq!(faults(malformed).1, ["2 persons not_a_number many"], "once, though it is read for both rounds");
    let strayed = responses.replacen("2024,A,woman,16-29", "2024,Z,woman,16-29", 1);
    let refused = refusal(&strayed, Some(&population), Scheme::Design);
    let (file, told) = faults(refused);
    assert_eq!((file, told.len()), ("the population table", 8), "the cells of Z: {told:?}");
}

#[test]
fn every_fault_of_both_rounds_is_told_by_line_and_column() {
    let (responses, population) = small();
    let mut lines: Vec<String> = responses.lines().map(str::to_owned).collect();
    lines[1] = "2023,A,F,16-29,1,2".to_owned();
    lines[2] = "2023,A,woman,16-19,2,98".to_owned();
    lines[3] = "2023,A,woman,30-49,7,2".to_owned();
    lines[40] = lines[40].replacen(",2,98", ",two,98", 1);
    lines[64] = lines[64].replacen(",2,98", ",2,97", 1);
    let refused = refusal(&lines.join("\n"), Some(&population), Scheme::Design);
    let (file, told) = faults(refused);
    let wanted = [
        "2 sex code_unknown F",
        "3 age_group code_unknown 16-19",
        "4 q1 code_unknown 7",
        "41 q1 not_a_number two",
        "65 q2 code_unknown 97",
    ];
    assert_eq!((file, told), ("the file of responses", wanted.map(str::to_owned).into()));

    for (column, scheme) in [("year", Scheme::None), ("area_code", Scheme::Design)] {
        let renamed = responses.replacen(column, "colour", 1);
        let (file, told) = faults(refusal(&renamed, Some(&population), scheme));
        assert_eq!((file, told), ("the file of responses", vec![format!("  column_missing {column}")]));
    }
    let twice = format!("{population}2024,B,man,65+,7\n2023,A,man,65+,-7\n2023,A,man,65+,many\n");
    let (file, told) = faults(refusal(&responses, Some(&twice), Scheme::Design));
    let wanted =
        ["34 area_code population_duplicate B", "35 persons persons_negative -7", "36 persons not_a_number many"];
    let sorted = |mut told: Vec<String>| {
        told.sort();
        told
    };
    assert_eq!((file, sorted(told)), ("the population table", sorted(wanted.map(str::to_owned).into())));
}

#[test]
fn weights_that_cannot_be_made_are_refused_with_the_round() {
    let (responses, population) = small();
    let without = refusal(&responses, None, Scheme::Design);
    assert!(matches!(without, OfflineError::NoPopulation));
    let alike = estimate(&responses, None, Scheme::None).expect("every answer counts alike");
    assert!(read(alike.as_bytes()).iter().all(|row| row["scheme"] == "none"));
    let empty: String = responses
        .lines()
        .filter(|line| !line.starts_with("2024,B,man,65+"))
        .fold(String::new(), |text, line| text + line + "\n");
    let refused = refusal(&empty, Some(&population), Scheme::Poststratify);
    assert!(
        matches!(&refused, OfflineError::Weights(round, WeightError::CellEmpty(cell)) if round == "2024" && cell == "B, man, 65+"),
        "{refused}"
    );
    let few = population.replace("1 000", "1");
    let refused = refusal(&responses, Some(&few), Scheme::Design);
    assert!(
        matches!(&refused, OfflineError::Weights(round, WeightError::SampleExceedsPopulation { .. }) if round == "2023")
    );
}

#[test]
fn columns_that_are_no_item_and_items_without_column_are_told() {
    let (responses, population) = small();
    let mistyped = responses.replacen("q2", "q_2", 1);
    let policy = Policy { min_cell: 1, ..Policy::default() };
    let (_, warnings) = estimate_by(&mistyped, Some(&population), &policy).expect("estimates");
    let absent = ["q2", "q3", "q4", "q5", "q6", "q7", "q8"].map(|item| Warning::ItemWithoutColumn(item.to_owned()));
    let wanted: Vec<Warning> = absent.into_iter().chain([Warning::ColumnUnknown("q_2".to_owned())]).collect();
    assert_eq!(warnings, wanted);
}

#[test]
fn rounds_that_are_weighted_in_two_ways_are_compared_with_a_caveat() {
    let (responses, population) = small();
    let responses = responses.replace("B,woman,16-29,1,", "B,woman,16-29,5,");
    // Two answers a cell: pairs of ages are weighted as one. In 2024 two men of B are left, too few of them.
    let policy = Policy { min_cell: 4, ..Policy::default() };
    let reasons = |out: &str| {
        let changes = read(out.as_bytes()).into_iter().filter(|row| row["kind"] == "change" && !row["diff"].is_empty());
        changes.map(|row| row["reason"].clone()).collect::<std::collections::BTreeSet<_>>()
    };
    let (alike, _) = estimate_by(&responses, Some(&population), &policy).expect("estimates");
    assert_eq!(reasons(&alike), [String::new()].into());
    assert!(read(alike.as_bytes()).iter().all(|row| row["scheme"] == "poststratify"));
    let moved = ["30-49", "50-64", "65+"]
        .iter()
        .fold(responses.clone(), |text, age| text.replace(&format!("2024,B,man,{age}"), &format!("2024,A,man,{age}")));
    let (differ, _) = estimate_by(&moved, Some(&population), &policy).expect("estimates");
    assert_eq!(reasons(&differ), ["weighting".to_owned()].into());
    let of_2024 = read(differ.as_bytes()).into_iter().filter(|row| row["round"] == "2024" && row["kind"] == "estimate");
    let of_2024: Vec<Row> = of_2024.collect();
    assert!(of_2024.iter().all(|row| row["scheme"] == "rake" && row["variance_form"] == "calibrated"));
}
