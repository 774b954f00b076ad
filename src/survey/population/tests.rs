//! Population tables: what is read, and each refusal by its smallest file.

use std::fmt::Write;

use rstest::rstest;

use super::*;

fn margins_of<'a>(districts: &'a [String], ages: &'a [String]) -> Margins<'a> {
    Margins { districts, total: "2580", age_groups: ages }
}

fn read(text: &str) -> Imported<Population> {
    let districts = ["2580T01", "2580T02"].map(str::to_owned);
    let ages = ["16-29", "30-85"].map(str::to_owned);
    Population::from_csv(text.as_bytes(), &margins_of(&districts, &ages))
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).err().unwrap_or_default().into_iter().map(|fault| fault.code).collect()
}

const HEAD: &str = "area_code;sex;age_group;persons;reference_date\n";

/// A whole table with `persons` in every cell, and one line replaced or added.
fn table(persons: &str) -> String {
    let mut text = HEAD.to_owned();
    for area in ["2580T01", "2580T02"] {
        for sex in ["woman", "man"] {
            for age in ["16-29", "30-85"] {
                writeln!(text, "{area};{sex};{age};{persons};2029-12-31").unwrap();
            }
        }
    }
    text
}

#[test]
fn a_whole_table_is_read_in_the_order_of_districts_sex_and_age() {
    let text = table("1 000").replace("2580T02;man;30-85;1 000", "2580T02;man;30-85;7");
    let population = read(&text).unwrap();
    assert_eq!(population.total(), 7_007);
    assert_eq!(population.district_total("2580T02"), 3_007);
    assert_eq!(population.persons("2580T02", RegisterSex::Man, "30-85"), Some(7));
    assert_eq!(population.persons("2580T02", RegisterSex::Man, "30-49"), None);
    let cells: Vec<_> = population.cells().collect();
    assert_eq!(cells[1], ("2580T01", RegisterSex::Woman, "30-85", 1_000));
    assert_eq!(cells[7], ("2580T02", RegisterSex::Man, "30-85", 7));
    assert_eq!(population.reference_date.to_string(), "2029-12-31");
}

#[test]
fn single_years_and_narrow_bands_are_summed_and_other_ages_skipped() {
    let mut text = "area_code,sex,age,persons,reference_date\n".to_owned();
    for area in ["2580T01", "2580T02"] {
        for sex in ["woman", "man"] {
            for age in ["15", "16", "17", "18-29", "30-84", "85", "86-99", "100+"] {
                writeln!(text, "{area},{sex},{age},10,2029-12-31").unwrap();
            }
        }
    }
    let population = read(&text).unwrap();
    assert_eq!(population.persons("2580T01", RegisterSex::Woman, "16-29"), Some(30));
    assert_eq!(population.persons("2580T01", RegisterSex::Woman, "30-85"), Some(20));
    assert_eq!((population.total(), population.outside), (200, 120));
}

#[rstest]
#[case::missing(&table("5").replace("2580T02;man;16-29;5;2029-12-31\n", ""), "population_incomplete")]
#[case::twice(&(table("5") + "2580T02;man;16-29;5;2029-12-31\n"), "population_duplicate")]
#[case::negative(&table("5").replace("T02;man;16-29;5", "T02;man;16-29;-5"), "persons_negative")]
#[case::fraction(&table("5").replace("T02;man;16-29;5", "T02;man;16-29;5,5"), "persons_not_integer")]
#[case::thousand_dot(&table("5").replace("T02;man;16-29;5", "T02;man;16-29;5.000"), "persons_not_integer")]
#[case::text(&table("5").replace("T02;man;16-29;5", "T02;man;16-29;many"), "not_a_number")]
#[case::empty(&table("5").replace("T02;man;16-29;5", "T02;man;16-29;"), "cell_empty")]
#[case::crossing(&(table("5") + "2580T02;man;25-35;5;2029-12-31\n"), "age_outside_bands")]
#[case::no_age(&(table("5") + "2580T02;man;young;5;2029-12-31\n"), "age_outside_bands")]
#[case::dates(&table("5").replace("T02;man;16-29;5;2029", "T02;man;16-29;5;2028"), "reference_date_mixed")]
#[case::date(&table("5").replace("T02;man;16-29;5;2029-12-31", "T02;man;16-29;5;31.12.2029"), "date_format")]
#[case::area(&(table("5") + "2580T03;man;16-29;5;2029-12-31\n"), "code_unknown")]
#[case::sex(&(table("5") + "2580T02;kvinna;16-29;5;2029-12-31\n"), "code_unknown")]
#[case::total(&(table("5") + "2580;total;total;41;2029-12-31\n"), "population_total")]
#[case::area_total(&(table("5") + "2580T01;total;total;19;2029-12-31\n"), "population_total")]
#[case::column("area_code,sex,persons,reference_date\n", "column_missing")]
#[case::nothing("", "file_empty")]
fn each_refusal_has_its_smallest_file(#[case] text: &str, #[case] code: &str) {
    assert_eq!(codes(text), [code]);
}

#[test]
fn right_check_sums_are_no_fault() {
    let text = table("5")
        + "2580;total;total;40;2029-12-31\ntotal;total;total;40;2029-12-31\n2580T01;total;total;20;2029-12-31\n";
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn a_missing_cell_is_named_and_every_one_is_told() {
    let faults = read(&(HEAD.to_owned() + "2580T01;woman;16-29;5;2029-12-31\n")).unwrap_err();
    assert_eq!(faults.len(), 7);
    assert_eq!(faults[0].found, "2580T01 woman 30-85");
    assert_eq!(
        faults[6].to_string(),
        "population_incomplete (\"2580T02 man 30-85\"): add a row for the cell, with 0 if nobody lives there"
    );
}

#[test]
fn a_table_of_nothing_but_a_header_is_refused() {
    assert!(codes(HEAD).contains(&"population_incomplete"));
}

#[test]
fn a_stored_table_is_read_back() {
    let population = read(&table("5")).unwrap();
    let text = serde_json::to_string(&population).unwrap();
    assert_eq!(serde_json::from_str::<Population>(&text).unwrap(), population);
}
