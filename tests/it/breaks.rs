//! The break register (survey specification, section 6): what a change of the questionnaire does to the
//! comparison of each measure.

use rstest::rstest;
use trygg::{
    questionnaire::Definition,
    stats::compare::{Class, Reason},
    survey::breaks::reasons,
};

use crate::support::{
    definition::{STRUCTURE, changed, lulea, lulea_with},
    round::{PORSON, TOTAL, round, told},
};

/// Reasons for `measure` in one district between version 1.0 and `later`.
fn between(later: &Definition, measure: &str) -> Vec<Reason> {
    reasons(&round(&lulea()), &round(later), measure, PORSON)
}

#[test]
fn two_rounds_of_one_version_are_comparable_in_everything() {
    let key = round(&lulea());
    for measure in key.fingerprint.measures.keys() {
        for area in key.boundaries.keys() {
            assert_eq!(reasons(&key, &key, measure, area), [], "{measure} in {area}");
        }
    }
}

const E1_TEXT: &str = "Tänk dig att du är ute ensam sent en kväll i området där du bor.";

#[rstest]
#[case::comment(STRUCTURE, "# A: the respondent", "# a remark")]
#[case::review(
    "sv.toml",
    "status = \"draft\", reviewed_by = \"\", reviewed_on = \"\"",
    "status = \"reviewed\", reviewed_by = \"A\", reviewed_on = \"2026-01-01\""
)]
#[case::version(STRUCTURE, "version = \"1.0\"", "version = \"1.1\"")]
#[case::name_of_the_index("sv.toml", "\"Otrygga sent på kvällen\"", "\"Otrygga ute sent\"")]
#[case::same_letters_composed_otherwise(
    "sv.toml",
    E1_TEXT,
    "Ta\u{308}nk dig att du är ute ensam sent en kväll i området där du bor."
)]
#[case::question_for_those_who_stay("sv.toml", "\"Jag arbetar här\"", "\"Jag jobbar här\"")]
#[case::later_page("sv.toml", "\"Oro\", intro", "\"Din oro\", intro")]
fn what_nobody_is_asked_otherwise_breaks_nothing(#[case] file: &str, #[case] from: &str, #[case] to: &str) {
    assert_eq!(between(&lulea_with(file, from, to), "I-LATE"), []);
}

#[rstest]
#[case::text("sv.toml", E1_TEXT, "Du är ute ensam en kväll.", "I-LATE", "E1", "wording", Class::Hard)]
#[case::option_label(
    "sv.toml",
    "late5 = { very_safe = \"Mycket trygg\"",
    "late5 = { very_safe = \"Helt trygg\"",
    "I-LATE",
    "E1",
    "wording",
    Class::Hard
)]
#[case::what_the_area_is(
    "sv.toml",
    "på ungefär 15 minuter",
    "på ungefär 20 minuter",
    "I-LATE",
    "E1",
    "wording",
    Class::Hard
)]
#[case::page_introduction(
    "sv.toml",
    "\"Oro\", intro = \"Tänk på de senaste 12 månaderna.\"",
    "\"Oro\", intro = \"Tänk på det senaste året.\"",
    "I-WSOC",
    "D1",
    "wording",
    Class::Hard
)]
#[case::other_language("en.toml", "\"Graffiti\" }", "\"Tags\" }", "I-PROB_B03", "B03", "translation", Class::Soft)]
#[case::dont_know_offered(
    STRUCTURE,
    "\"not_out\"], points = [100, \"200/3\", \"100/3\", 0, \"-\"]",
    "\"not_out\"], points = [100, \"200/3\", \"100/3\", 0, \"-\"], dont_know = true",
    "I-LATE",
    "E1",
    "options",
    Class::Hard
)]
#[case::refusal_no_longer_offered(
    STRUCTURE,
    "scale = \"freq4\", streams = [\"resident\"], sensitive = true",
    "scale = \"freq4\", streams = [\"resident\"]",
    "I-WORRY_D5",
    "D5",
    "options",
    Class::Hard
)]
#[case::not_applicable_offered_no_more(
    STRUCTURE,
    "not_applicable = true, source_wording",
    "source_wording",
    "I-MUNI",
    "F3",
    "options",
    Class::Hard
)]
#[case::shown_to_others(
    STRUCTURE,
    "show_if = \"E1 in {5}\"",
    "show_if = \"E1 in {4,5}\"",
    "I-LATE",
    "E1b",
    "routing",
    Class::Hard
)]
#[case::shown_to_all(STRUCTURE, ", show_if = \"E1 in {5}\"", "", "I-LATE", "E1b", "routing", Class::Hard)]
#[case::reference_period(
    STRUCTURE,
    "id = \"F4\", concept = \"knows of a measure\", scale = \"yesno\", streams = [\"resident\"], period = \"12m\"",
    "id = \"F4\", scale = \"yesno\", period = \"24m\"",
    "I-KNOWN",
    "F4",
    "routing",
    Class::Hard
)]
#[case::order_on_its_page(
    STRUCTURE,
    "items = [\"E2\", \"E3\"]",
    "items = [\"E3\", \"E2\"]",
    "I-CENT",
    "E2",
    "order",
    Class::Hard
)]
#[case::items_of_an_earlier_page(
    STRUCTURE,
    "items = [\"E2\", \"E3\"]",
    "items = [\"E3\", \"E2\"]",
    "I-PROB_B01",
    "B01",
    "order_minor",
    Class::Soft
)]
fn a_changed_item_breaks_its_measures(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] measure: &str,
    #[case] item: &str,
    #[case] code: &str,
    #[case] class: Class,
) {
    let mut later = lulea_with(file, from, to);
    if code == "options" && measure == "I-MUNI" {
        later = changed(later, "sv.toml", ", not_applicable = \"Jag har inte sett några problem\"", "");
        later = changed(later, "en.toml", ", not_applicable = \"I have not seen any problems\"", "");
    }
    let found = between(&later, measure);
    assert!(found.iter().any(|r| r.item.as_deref() == Some(item)), "{item} is named: {found:?}");
    assert_eq!(told(&found), [(code, class)], "{found:?}");
}

#[test]
fn a_measure_of_items_that_are_left_out_is_not_asked() {
    let later = lulea_with(STRUCTURE, "neighbours = true", "neighbours = false");
    let found = between(&later, "S-G");
    assert_eq!(told(&found), [("not_asked", Class::Hard)]);
    assert_eq!(found.iter().filter_map(|r| r.item.as_deref()).collect::<Vec<_>>(), ["G1", "G2", "G3"]);
}

#[test]
fn a_measure_that_only_one_version_has_is_not_asked() {
    let mut later = lulea_with(STRUCTURE, "id = \"I-BUS\"", "id = \"I-COACH\"");
    for file in ["sv.toml", "en.toml"] {
        later = changed(later, file, "I-BUS = ", "I-COACH = ");
    }
    for measure in ["I-BUS", "I-COACH"] {
        assert_eq!(told(&between(&later, measure)), [("not_asked", Class::Hard)]);
    }
    assert_eq!(between(&later, "I-CENT"), []);
}

#[test]
fn a_page_that_now_comes_before_is_named() {
    let seventh =
        "  { id = \"p07\", section = 4, items = [\"D1\", \"D2\", \"D3\", \"D4\", \"D5\", \"D6\", \"D7\"] },\n";
    let without = lulea_with(STRUCTURE, seventh, "");
    let later = changed(without, STRUCTURE, "  { id = \"p02\"", &format!("{seventh}  {{ id = \"p02\""));
    let found = between(&later, "I-LATE");
    let of_e1 = found.iter().find(|reason| reason.item.as_deref() == Some("E1")).unwrap();
    assert_eq!((of_e1.code.as_str(), of_e1.class), ("order", Class::Hard));
    assert_eq!(of_e1.detail, "page p07 now precedes p02");
    assert_eq!(told(&between(&later, "I-DAY")), [], "what comes before is as it was");
}

#[test]
fn a_page_for_people_who_stay_is_no_change_for_residents() {
    let with = "  { id = \"p02\", section = 2, items = [\"E1\"] },";
    let mut later = lulea_with(
        STRUCTURE,
        with,
        &format!("  {{ id = \"p01b\", section = 1, items = [], streams = [\"stay\"] }},\n{with}"),
    );
    for file in ["sv.toml", "en.toml"] {
        later = changed(later, file, "[page]\n", "[page]\np01b = { title = \"-\", intro = \"\" }\n");
    }
    assert_eq!(between(&later, "I-LATE"), []);
}

#[rstest]
#[case::numerator("numerator = \"D1 in {4}\"", "numerator = \"D1 in {3,4}\"", &["I-WSOC"])]
#[case::denominator("denominator = \"F4 in {1,2}\"", "denominator = \"asked(F4)\"", &["I-KNOWN"])]
#[case::version("id = \"I-RECOM\"\nversion = 1", "id = \"I-RECOM\"\nversion = 2", &["I-RECOM"])]
#[case::min_answered("\"G3\"]\nmin_answered = 2", "\"G3\"]\nmin_answered = 3", &["S-G"])]
#[case::items_of_a_part("\"D6\", \"D7\"]\nmin_answered = 4", "\"D6\"]\nmin_answered = 4", &["S-D", "TI-100"])]
#[case::min_answered_of_a_part("\"D6\", \"D7\"]\nmin_answered = 4", "\"D6\", \"D7\"]\nmin_answered = 5", &["S-D", "TI-100"])]
#[case::version_of_a_part("id = \"S-D\"\nversion = 1", "id = \"S-D\"\nversion = 2", &["S-D", "TI-100"])]
#[case::points_of_a_part("\"very_big\"], points = \"down\"", "\"very_big\"], points = [100, 50, 25, 0]", &["S-B", "TI-100"])]
#[case::derived_points_of_a_part("[\"E1 in {4}\", 0]", "[\"E1 in {4}\", 10]", &["S-E", "TI-100"])]
#[case::share_that_is_a_part("numerator = \"all(C1,C2,C3,C4,C5,C6,C7,C8) in {1}\"", "numerator = \"all(C1,C2,C3,C4,C5,C6,C7) in {1}\"", &["I-NOEXP", "S-C", "TI-100"])]
#[case::weights("[\"S-B\", \"1/4\"], [\"I-NOEXP\", \"1/4\"]", "[\"S-B\", \"1/8\"], [\"I-NOEXP\", \"3/8\"]", &["TI-100"])]
fn a_changed_formula_breaks_its_measure_and_what_it_is_a_part_of(
    #[case] from: &str,
    #[case] to: &str,
    #[case] wanted: &[&str],
) {
    let (earlier, later) = (round(&lulea()), round(&lulea_with(STRUCTURE, from, to)));
    let broken: Vec<&str> = (earlier.fingerprint.measures.keys())
        .filter(|measure| {
            let found = reasons(&earlier, &later, measure, TOTAL);
            found.iter().any(|reason| reason.code == "formula" && reason.class == Class::Hard)
        })
        .map(String::as_str)
        .collect();
    assert_eq!(broken, wanted);
}

/// Version 1.0 with B14 added last on page 6 and to the sub-index of order.
fn with_b14() -> Definition {
    let mut later = lulea_with(STRUCTURE, "\"B09\", \"B10\"] },", "\"B09\", \"B10\", \"B14\"] },");
    later = changed(
        later,
        STRUCTURE,
        "  # C: exposure to crime\n",
        "  { id = \"B14\", scale = \"problem4\", period = \"12m\" },\n",
    );
    later = changed(
        later,
        STRUCTURE,
        "\"B12\", \"B13\"]\nmin_answered = 7",
        "\"B12\", \"B13\", \"B14\"]\nmin_answered = 7",
    );
    later = changed(later, "sv.toml", "[item]\n", "[item]\nB14 = { text = \"Nedskräpade hållplatser\" }\n");
    changed(later, "en.toml", "[item]\n", "[item]\nB14 = { text = \"Littered bus stops\" }\n")
}

#[rstest]
#[case("I-LATE", &[])]
#[case("I-PROB_B01", &[])]
#[case("I-PROB_B05", &[("order", Class::Hard)])]
#[case("I-WSOC", &[("order_minor", Class::Soft)])]
#[case("S-D", &[("order_minor", Class::Soft)])]
#[case("S-E", &[("order_minor", Class::Soft)])]
fn an_item_added_later_leaves_the_headline_alone(#[case] measure: &str, #[case] wanted: &[(&str, Class)]) {
    assert_eq!(told(&between(&with_b14(), measure)), wanted);
}

#[rstest]
#[case("S-B")]
#[case("TI-100")]
fn an_item_added_to_an_index_changes_its_formula(#[case] measure: &str) {
    assert!(told(&between(&with_b14(), measure)).contains(&("formula", Class::Hard)));
}
