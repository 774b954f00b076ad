//! Crosswalks of two small sets.

use rstest::rstest;

use super::*;
use crate::survey::population::Margins;

fn set(id: &str, districts: &[&str]) -> AreaSet {
    let rows: String = districts.iter().map(|code| format!("{code},{code},,,ALL,\n")).collect();
    let text = format!("code,name,valid_from,valid_to,parent,nyko_codes\nALL,All,,,,\n{rows}");
    AreaSet::from_csv(id, "1", text.as_bytes()).unwrap()
}

fn old() -> AreaSet {
    set("old", &["A", "B", "C"])
}

fn new() -> AreaSet {
    set("new", &["X", "Y"])
}

fn population() -> Population {
    let districts = ["A", "B", "C"].map(str::to_owned);
    let ages = ["16-85".to_owned()];
    let margins = Margins { districts: &districts, total: "ALL", age_groups: &ages };
    let rows: String = ["A", "B", "C"]
        .iter()
        .flat_map(|area| ["woman", "man"].map(|sex| format!("{area},{sex},16-85,50,2026-12-31\n")))
        .collect();
    let text = format!("area_code,sex,age_group,persons,reference_date\n{rows}");
    Population::from_csv(text.as_bytes(), &margins).unwrap()
}

fn read(rows: &str) -> Imported<Crosswalk> {
    let text = format!("old_code,new_code,persons\n{rows}");
    Crosswalk::from_csv(text.as_bytes(), &old(), &new(), Some(&population()))
}

#[test]
fn whole_districts_can_be_counted_together() {
    let walk = read("A,X,100\nB,X,100\nC,Y,100\nC,X,0\n").unwrap();
    let merges = walk.merges().unwrap();
    let codes = |new: &str| merges[new].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!((codes("X"), codes("Y")), (vec!["A", "B"], vec!["C"]));
    assert_eq!(walk.obstacle(), None, "where nobody lives nothing is split");
    let text = serde_json::to_string(&walk).unwrap();
    assert_eq!(serde_json::from_str::<Crosswalk>(&text).unwrap(), walk);
}

#[test]
fn a_split_district_is_named_and_so_is_what_is_missing() {
    let walk = read("A,X,100\nB,X,40\nB,Y,60\nC,Y,100\n").unwrap();
    assert_eq!(walk.merges(), None);
    let obstacle = walk.obstacle().unwrap();
    assert_eq!(obstacle.split, [("B".to_owned(), vec!["X".to_owned(), "Y".to_owned()])]);
    assert_eq!(
        obstacle.to_string(),
        "B lies in X and Y; answers know no smaller areas than these, so nobody can tell who lived in which part"
    );
}

#[rstest]
#[case::unknown_old("A,X,100\nB,X,100\nC,Y,100\nD,Y,1\n", &[("old_code_unknown", Some(5))])]
#[case::unknown_new("A,X,100\nB,X,100\nC,Y,100\nC,Z,0\n", &[("new_code_unknown", Some(5))])]
#[case::total_is_no_district("A,X,100\nB,X,100\nC,Y,100\nALL,Y,0\n", &[("old_code_unknown", Some(5))])]
#[case::twice("A,X,100\nB,X,100\nC,Y,100\nC,Y,1\n", &[("row_duplicate", Some(5))])]
#[case::old_left_out("A,X,100\nB,Y,100\n", &[("old_area_missing", None)])]
#[case::new_left_out("A,X,100\nB,X,100\nC,X,100\n", &[("new_area_missing", None)])]
#[case::somebody_lost("A,X,99\nB,X,100\nC,Y,100\n", &[("persons_lost", Some(2))])]
#[case::too_many("A,X,100\nB,X,60\nB,Y,60\nC,Y,100\n", &[("persons_lost", Some(3))])]
#[case::negative("A,X,-1\nB,X,100\nC,Y,100\n", &[("persons_negative", Some(2)), ("old_area_missing", None)])]
#[case::half("A,X,0.5\nB,X,100\nC,Y,100\n", &[("persons_not_integer", Some(2)), ("old_area_missing", None)])]
fn each_refusal_has_its_smallest_file(#[case] rows: &str, #[case] wanted: &[(&str, Option<u64>)]) {
    let faults = read(rows).unwrap_err();
    assert_eq!(faults.iter().map(|fault| (fault.code, fault.row)).collect::<Vec<_>>(), wanted);
}

#[test]
fn a_population_of_other_districts_is_no_check() {
    let text = "old_code,new_code,persons\nX,A,1\nX,B,1\nY,C,1\n";
    let faults = Crosswalk::from_csv(text.as_bytes(), &new(), &old(), Some(&population())).unwrap_err();
    assert!(faults.iter().all(|fault| fault.code == "population_areas") && faults.len() == 2, "{faults:?}");
    assert!(Crosswalk::from_csv(text.as_bytes(), &new(), &old(), None).is_ok(), "none is named");
}
