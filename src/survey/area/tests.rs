//! Area sets: order, total, and each refusal by its smallest file.

use rstest::rstest;

use super::*;

const HEAD: &str = "code,name,valid_from,valid_to,parent,nyko_codes,tile_row,tile_col,name:se";

pub(in crate::survey) fn two_districts() -> AreaSet {
    let text =
        format!("{HEAD}\n2580,Luleå kommun,,,,,,,\n2580T08,Porsön,,,2580,,1,2,Borsse\n2580T05,Hertsön,,,2580,,1,3,\n");
    AreaSet::from_csv("lulea-12", "2019", text.as_bytes()).unwrap()
}

fn codes(rows: &str) -> Vec<&'static str> {
    let read = AreaSet::from_csv("a", "1", format!("{HEAD}\n{rows}").as_bytes());
    read.err().unwrap_or_default().into_iter().map(|fault| fault.code).collect()
}

#[test]
fn districts_keep_the_files_order_and_the_root_is_the_total() {
    let set = two_districts();
    let districts: Vec<&str> = set.districts().map(|area| area.code.as_str()).collect();
    assert_eq!(districts, ["2580T08", "2580T05"]);
    assert_eq!(set.total().map(|area| area.code.as_str()), Some("2580"));
    assert_eq!((set.option_of("2580T08"), set.option_of("2580T05"), set.option_of("2580")), (Some(1), Some(2), None));
    assert_eq!(set.district_of(2).map(|area| area.name.as_str()), Some("Hertsön"));
    assert_eq!((set.district_of(0), set.district_of(3)), (None, None));
    assert_eq!(set.find("2580T08").map(|area| (area.name_in("se"), area.name_in("fi"))), Some(("Borsse", "Porsön")));
}

#[rstest]
#[case("2580,A,,,,,,,\n2580R001,B,,,2580,,,,\n", "area_code_format")]
#[case("2580,A,,,,,,,\n2580C1234,B,,,2580,,,,\n", "area_code_format")]
#[case("2580,A,,,,,,,\nT 1,B,,,2580,,,,\n", "area_code_format")]
#[case("2580,A,,,,,,,\n2580,B,,,2580,,,,\n", "row_duplicate")]
#[case("2580,A,,,,,,,\nT1,B,,,2581,,,,\n", "area_parent_unknown")]
#[case("2580,A,,,,,,,\nT1,B,2020-02-01,2020-01-01,2580,,,,\n", "area_dates")]
#[case("2580,A,,,,,,,\nT1,B,2020-02-30,,2580,,,,\n", "date_format")]
#[case("2580,A,,,,,,,\nT1,B,,,2580,10 11,,,\nT2,C,,,2580,11,,,\n", "area_nyko_overlap")]
#[case("2580,A,,,,,,,\nT1,B,,,2580,,1,1,\nT2,C,,,2580,,1,1,\n", "tile_collision")]
#[case("2580,A,,,,,,,\nT1,B,,,2580,,x,1,\n", "not_a_number")]
#[case("2580,,,,,,,,\n", "cell_empty")]
#[case("2580,A,,,,,,,\n2581,B,,,,,,,\n", "area_root")]
#[case("", "file_empty")]
fn each_refusal_has_its_smallest_file(#[case] rows: &str, #[case] code: &str) {
    assert_eq!(codes(rows), [code]);
}

#[test]
fn a_circle_of_parents_is_refused_and_not_walked_for_ever() {
    assert_eq!(codes("2580,A,,,,,,,\nT1,B,,,T2,,,,\nT2,C,,,T1,,,,\n"), ["area_cycle", "area_cycle"]);
}

#[test]
fn every_fault_is_told_with_its_line() {
    let text = format!("{HEAD}\n2580,A,,,,,,,\nå,B,,,2580,,,,\nT1,C,,,9,,,,\n");
    let faults = AreaSet::from_csv("a", "1", text.as_bytes()).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("line 3, column code: area_code_format (\"å\"): "), "{told:?}");
    assert_eq!(told[1], "line 4, column parent: area_parent_unknown (\"9\"): add a row for the parent");
}

#[test]
fn a_set_is_read_from_toml_too() {
    let text = r#"
        id = "lulea-12"
        version = "2019"
        [[area]]
        code = "2580"
        name = "Luleå kommun"
        [[area]]
        code = "2580T08"
        name = "Porsön"
        parent = "2580"
        names = { se = "Borsse" }
        tile = [1, 2]
    "#;
    let set = AreaSet::from_toml(text).unwrap();
    assert_eq!(set.districts().next(), two_districts().districts().next());
    assert_eq!(set.reference().version, "2019");
    assert_eq!(AreaSet::from_toml("id = 1").unwrap_err()[0].code, "toml");
    let cut = text.replace("parent = \"2580\"", "parent = \"25\"");
    assert_eq!(AreaSet::from_toml(&cut).unwrap_err()[0].code, "area_parent_unknown");
}

#[test]
fn a_boundary_is_the_same_while_its_small_areas_and_date_are() {
    let set = |version: &str, nyko: &str| {
        let text = format!("{HEAD}\n2580,A,,,,,,,\nT1,B,2019-01-01,,2580,{nyko},,,\nT2,C,,,2580,,,,\n");
        AreaSet::from_csv("a", version, text.as_bytes()).unwrap()
    };
    let boundary = |set: &AreaSet, code: &str| set.find(code).map(|area| set.boundary(area));
    let (old, new, moved) = (set("1", "10 11"), set("2", "11 10"), set("2", "10"));
    assert_eq!(boundary(&old, "T1"), boundary(&new, "T1"));
    assert_ne!(boundary(&old, "T1"), boundary(&moved, "T1"));
    assert_ne!(boundary(&old, "T2"), boundary(&new, "T2"));
}

#[test]
fn a_stored_set_is_read_back() {
    let set = two_districts();
    let text = serde_json::to_string(&set).unwrap();
    assert_eq!(serde_json::from_str::<AreaSet>(&text).unwrap(), set);
}
