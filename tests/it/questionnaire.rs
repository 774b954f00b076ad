//! Luleå's questionnaire as the survey specification has it: what it holds, whom it asks what, and what
//! the worked answers score.

#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    clippy::type_complexity,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use rstest::rstest;
use trygg::{
    questionnaire::{Direction, Kind, Questionnaire, Stream, difference, missing},
    stats::{
        domain::{Frame, Group},
        estimate::{EstimateRecord, Estimator, MeasureKind},
        fold::{Atom, Observation, Totals},
        weight::{Policy, Scheme, weigh},
    },
};

use crate::support::definition::{LULEA, STRUCTURE, changed, lulea, lulea_with, parsed, read};

#[test]
fn version_1_0_holds_what_the_specification_lists() {
    let lulea = parsed(&lulea());
    assert_eq!((lulea.id(), lulea.version()), ("lulea-trygghet", "1.0"));
    assert_eq!(lulea.sections(), 8);
    assert_eq!(lulea.pages().len(), 16);
    let of = |letter: char| lulea.items().iter().filter(|item| item.id.starts_with(letter)).count();
    assert_eq!(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(of), [9, 13, 13, 7, 9, 5, 3, 4]);
    assert_eq!(lulea.sheet_length(), 67);
    assert_eq!(lulea.core().len(), 36);
    let (own, dont_know): (Vec<_>, Vec<_>) = lulea.measures().iter().partition(|m| m.dont_know_of.is_none());
    // 3 late, 2 places, 1 avoiding, 13 problems, 7 worries, I-EXP with bounds and its opposite 4, volume 1,
    // 8 crimes, 28 places of crimes, 1 reported, 3 to read by, 6 of police, municipality and area, 6 S-, 2 indices.
    assert_eq!(own.len(), 3 + 2 + 1 + 13 + 7 + 4 + 1 + 8 + 28 + 1 + 3 + 6 + 6 + 2);
    let ids: Vec<&str> = dont_know.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids.len(), 13 + 4 + 3, "every B, F and G item that offers it: {ids:?}");
    assert!(ids.iter().all(|id| ["DK_B", "DK_F", "DK_G"].iter().any(|start| id.starts_with(start))));
    assert_eq!(
        parsed(&read(LULEA)).languages().map(ToString::to_string).collect::<Vec<_>>(),
        ["sv", "sv-x-lattlast", "fi", "fit", "se", "smj", "en", "ar"]
    );
    assert_eq!(lulea.warnings(), []);
}

#[rstest]
#[case("tests/oracle/questionnaire")]
#[case("tests/kcmo/questionnaire")]
fn the_other_surveys_of_the_repository_parse(#[case] folder: &str) {
    parsed(&read(folder));
}

#[rstest]
#[case("I-LATE", Direction::LowerBetter)]
#[case("I-SAFE", Direction::HigherBetter)]
#[case("I-NOTOUT", Direction::Neutral)]
#[case("I-EXP", Direction::LowerBetter)]
#[case("I-POLCRIT", Direction::LowerBetter)]
#[case("I-REPORT", Direction::Neutral)]
#[case("TI-100", Direction::HigherBetter)]
#[case("PI-06", Direction::LowerBetter)]
fn directions_are_those_of_the_specification(#[case] id: &str, #[case] direction: Direction) {
    assert_eq!(parsed(&lulea()).measure(id).unwrap().1.direction, direction);
}

#[rstest]
#[case("I-LATE", (0.0, 1.0))]
#[case("TI-100", (0.0, 100.0))]
#[case("PI-06", (0.0, 6.0))]
fn end_points_come_from_the_definition(#[case] id: &str, #[case] ends: (f64, f64)) {
    assert_eq!(parsed(&lulea()).measure(id).unwrap().1.scale(), ends);
}

#[rstest]
#[case("problem4", &[100.0, 200.0 / 3.0, 100.0 / 3.0, 0.0])]
#[case("late5", &[100.0, 200.0 / 3.0, 100.0 / 3.0, 0.0])]
#[case("place6", &[100.0, 200.0 / 3.0, 100.0 / 3.0, 0.0, 0.0])]
#[case("refrain3", &[100.0, 50.0, 0.0])]
#[case("persons3", &[100.0, 50.0, 0.0])]
#[case("agree5", &[0.0, 25.0, 50.0, 75.0, 100.0])]
#[case("times4", &[])]
fn points_are_those_of_the_specification(#[case] scale: &str, #[case] points: &[f64]) {
    let lulea = parsed(&lulea());
    let scale = lulea.scales().iter().find(|found| found.id == scale).unwrap();
    for code in 0..=missing::SKIPPED {
        let wanted = usize::from(code).checked_sub(1).and_then(|place| points.get(place));
        match (scale.points.of(code), wanted) {
            (Some(found), Some(wanted)) => assert!((found - wanted).abs() < 1e-9, "{code}: {found}"),
            (found, wanted) => assert_eq!(found, wanted.copied(), "{code}"),
        }
    }
}

/// Codes of a sheet on which nothing is chosen but `chosen`.
fn sheet(questionnaire: &Questionnaire, chosen: &[(&str, u8)]) -> Vec<u8> {
    let mut codes = vec![missing::SKIPPED; questionnaire.items().len()];
    for (id, code) in chosen {
        codes[questionnaire.item(id).unwrap().0] = *code;
    }
    codes
}

fn route(questionnaire: &Questionnaire, chosen: &[(&str, u8)], stream: Stream) -> Vec<String> {
    let codes = sheet(questionnaire, chosen);
    let pages = questionnaire.route(&codes, stream);
    pages.into_iter().map(|page| questionnaire.pages()[page].id.clone()).collect()
}

const RESIDENT: [&str; 13] =
    ["p01", "p02", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p12", "p14", "p15", "p16"];
const STAY: [&str; 7] = ["p01", "p04", "p07", "p08", "p09", "p10", "p16"];

#[rstest]
#[case::nothing(&[], &[])]
#[case::safe(&[("E1", 1)], &[])]
#[case::stays_in(&[("E1", 5)], &["p03"])]
#[case::violence(&[("C1", 2)], &["p11", "p13"])]
#[case::no_crime(&[("C1", 1), ("C8", 1)], &[])]
#[case::household_only(&[("C5", 4)], &["p13"])]
#[case::will_not_say(&[("C2", 96)], &[])]
#[case::all(&[("E1", 5), ("C4", 3)], &["p03", "p11", "p13"])]
fn a_resident_sees_13_pages_and_those_that_answers_route_in(#[case] chosen: &[(&str, u8)], #[case] more: &[&str]) {
    let mut wanted: Vec<&str> = RESIDENT.iter().chain(more).copied().collect();
    wanted.sort_unstable();
    assert_eq!(route(&parsed(&lulea()), chosen, Stream::Resident), wanted);
}

#[rstest]
#[case::nothing(&[], &[])]
#[case::not_asked_of_them(&[("E1", 5), ("C5", 2)], &["p13"])]
#[case::threat(&[("C2", 2)], &["p11", "p13"])]
fn people_who_stay_see_their_own_pages(#[case] chosen: &[(&str, u8)], #[case] more: &[&str]) {
    let mut wanted: Vec<&str> = STAY.iter().chain(more).copied().collect();
    wanted.sort_unstable();
    assert_eq!(route(&parsed(&lulea()), chosen, Stream::Stay), wanted);
}

#[rstest]
#[case(Stream::Resident, "p01", &["A4", "A3a", "A3b"])]
#[case(Stream::Stay, "p01", &["A1", "A2a", "A2b", "A2c", "A2d", "A2e", "A3a", "A3b"])]
#[case(Stream::Stay, "p07", &["D1"])]
#[case(Stream::Stay, "p08", &["E4", "E5", "E6"])]
#[case(Stream::Resident, "p09", &[])]
#[case(Stream::Resident, "p16", &["H1", "H2", "H3"])]
#[case(Stream::Stay, "p16", &["H1", "H2"])]
fn a_page_shows_the_items_of_the_stream(#[case] stream: Stream, #[case] page: &str, #[case] wanted: &[&str]) {
    let lulea = parsed(&lulea());
    let shown = lulea.visible_items(lulea.page(page).unwrap(), &sheet(&lulea, &[]), stream);
    assert_eq!(shown.iter().map(|&item| lulea.items()[item].id.as_str()).collect::<Vec<_>>(), wanted);
}

#[test]
fn a_resident_is_always_asked_50_items() {
    let lulea = parsed(&lulea());
    let codes = sheet(&lulea, &[]);
    let count: usize = (0..16).map(|page| lulea.visible_items(page, &codes, Stream::Resident).len()).sum();
    assert_eq!(count, 50);
}

/// Luleå's survey with `more` questions, each on a page of its own.
fn longer(more: usize) -> Questionnaire {
    let each = |make: &dyn Fn(usize) -> String| (0..more).map(make).collect::<String>();
    let mut longer = lulea_with(
        STRUCTURE,
        "  { id = \"p16\"",
        &format!("{}  {{ id = \"p16\"", each(&|n| format!("{{ id = \"x{n}\", section = 7, items = [\"X{n}\"] }},\n"))),
    );
    let items = each(&|n| format!("{{ id = \"X{n}\", scale = \"agree5\" }},\n"));
    longer = changed(longer, STRUCTURE, "  # H: the respondent\n", &items);
    for file in ["sv.toml", "en.toml"] {
        let pages = each(&|n| format!("x{n} = {{ title = \"X\", intro = \"\" }}\n"));
        longer = changed(longer, file, "[page]\n", &format!("[page]\n{pages}"));
        let items = each(&|n| format!("X{n} = {{ text = \"X\" }}\n"));
        longer = changed(longer, file, "[item]\n", &format!("[item]\n{items}"));
    }
    parsed(&longer)
}

#[rstest]
#[case(10, false)]
#[case(11, true)]
fn more_than_60_questions_to_everybody_give_a_warning(#[case] more: usize, #[case] warned: bool) {
    assert_eq!(longer(more).warnings().iter().any(|warning| warning.code == "too_long"), warned);
}

#[test]
fn a_module_that_is_off_takes_its_page_with_it() {
    let without = parsed(&lulea_with(STRUCTURE, "neighbours = true", "neighbours = false"));
    assert!(!route(&without, &[], Stream::Resident).contains(&"p15".to_owned()));
    assert_eq!(without.sheet_length(), 67, "its items keep their bytes");
}

#[test]
fn an_item_that_serves_nothing_gives_a_warning() {
    let asked = parsed(&lulea_with(STRUCTURE, "birth = false", "birth = true"));
    let warnings = asked.warnings();
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["item_unused"]);
    assert!(warnings[0].detail.contains("H4"));
}

#[rstest]
#[case::comment(STRUCTURE, "# A: the respondent", "# a remark", true)]
#[case::status(
    "sv.toml",
    "status = \"draft\", reviewed_by = \"\", reviewed_on = \"\"",
    "status = \"reviewed\", reviewed_by = \"A\", reviewed_on = \"2026-01-01\"",
    true
)]
#[case::table_plan("publication.toml", "n_min = 30", "n_min = 40", true)]
#[case::wording("sv.toml", "Klotter\"", "Klotter på väggar\"", false)]
#[case::wording_in_english("en.toml", "\"Graffiti\"", "\"Graffiti on walls\"", false)]
#[case::option_order(STRUCTURE, "[\"yes\", \"no\"] }", "[\"no\", \"yes\"] }", false)]
#[case::title("sv.toml", "title = \"Trygghetsmätning i Luleå\"", "title = \"Enkät\"", false)]
#[case::formula(STRUCTURE, "numerator = \"D1 in {4}\"", "numerator = \"D1 in {3,4}\"", false)]
fn only_what_is_asked_or_computed_makes_another_version(
    #[case] file: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] same: bool,
) {
    let other = lulea_with(file, from, to);
    assert_eq!(parsed(&lulea()).hash() == parsed(&other).hash(), same);
    assert_eq!(difference(&lulea(), &other).is_none(), same);
}

#[test]
fn the_first_difference_is_named_by_its_item() {
    let other = lulea_with(
        STRUCTURE,
        "concept = \"litter\", scale = \"problem4\"",
        "concept = \"rubbish\", scale = \"problem4\"",
    );
    let named = difference(&lulea(), &other).unwrap();
    assert!(named.contains("B01") && named.ends_with("concept"), "{named}");
    let another = changed(lulea(), "sv.toml", "\"Klotter\"", "\"Graffiti\"");
    assert_eq!(difference(&lulea(), &another).unwrap(), "sv.toml: item.B03.text");
}

/// The ten respondents of section 4.1: weight, E1 E1b E4, B01-B04, C1-C8.
#[rustfmt::skip]
const WORKED: [(u64, [u8; 3], [u8; 4], [u8; 8]); 10] = [
    (40, [1, 94, 1], [1, 1, 1, 2], [1, 1, 1, 1, 1, 1, 1, 1]),
    (40, [2, 94, 1], [2, 1, 98, 3], [1, 1, 1, 1, 1, 2, 1, 1]),
    (40, [3, 94, 2], [3, 2, 1, 4], [1, 1, 1, 1, 1, 1, 1, 1]),
    (60, [5, 1, 3], [4, 3, 2, 3], [1, 2, 1, 1, 1, 1, 99, 1]),
    (60, [5, 2, 1], [2, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 99]),
    (60, [2, 94, 1], [98, 98, 98, 98], [1, 1, 1, 1, 1, 1, 1, 1]),
    (25, [4, 94, 2], [3, 3, 1, 2], [1, 1, 96, 1, 1, 1, 2, 3]),
    (25, [5, 99, 99], [99, 2, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1]),
    (25, [99, 94, 1], [2, 2, 99, 1], [99, 99, 99, 99, 99, 99, 99, 99]),
    (25, [2, 94, 1], [1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1]),
];

/// Luleå's survey with S-B over the four items of the worked example.
fn of_four() -> Questionnaire {
    let thirteen = "items = [\"B01\", \"B02\", \"B03\", \"B04\", \"B05\", \"B06\", \"B07\", \"B08\", \"B09\", \"B10\", \"B11\", \"B12\", \"B13\"]\nmin_answered = 7";
    parsed(&lulea_with(STRUCTURE, thirteen, "items = [\"B01\", \"B02\", \"B03\", \"B04\"]\nmin_answered = 2"))
}

/// The worked answers through scoring, post-stratification and estimation. Three age groups of 120, 180
/// and 100 persons give their respondents the weights 40, 60 and 25.
fn worked(id: &str) -> EstimateRecord {
    let survey = of_four();
    let (place, measure) = survey.measure(id).unwrap();
    let kinds: Vec<MeasureKind> = (survey.measures().iter())
        .map(|m| if matches!(m.kind, Kind::Share { .. }) { MeasureKind::Share } else { MeasureKind::Mean })
        .collect();
    let mut totals = Totals::new(kinds.len(), Vec::new());
    for (weight, e, b, c) in &WORKED {
        let crimes = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"].into_iter().zip(*c);
        let chosen = ["E1", "E1b", "E4"].into_iter().zip(*e).chain(["B01", "B02", "B03", "B04"].into_iter().zip(*b));
        let codes = sheet(&survey, &chosen.chain(crimes).collect::<Vec<_>>());
        let mut seen = vec![Observation::default(); kinds.len()];
        let score = survey.score(measure, &codes);
        seen[place] = Observation { asked: score.asked, value: score.value, dont_know: score.dont_know };
        let age = [40, 60, 25].iter().position(|known| known == weight).map(|age| age as u8);
        totals.add(Atom { district: Some(0), sex: Some(0), age, tenure: None }, &seen);
    }
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let frame = Frame {
        districts: names(&["2580"]),
        sexes: names(&["all"]),
        ages: names(&["40", "60", "25"]),
        tenures: Vec::new(),
        population: vec![120, 180, 100],
        areas: Vec::new(),
    };
    let weights = weigh(&Policy { min_cell: 1, ..Policy::of(Scheme::Poststratify) }, &frame, &totals).unwrap();
    let everybody = Group { district: None, sex: None, age: None, tenure: None };
    Estimator::new(&frame, &kinds, &totals, &weights).one(place, &frame.domains()[0].0, everybody)
}

#[rstest]
#[case("I-LATE", 125.0 / 350.0, 35.714)]
#[case("I-SAFE", 165.0 / 350.0, 47.143)]
#[case("I-NOTOUT", 60.0 / 350.0, 17.143)]
#[case("I-AVOID", 125.0 / 375.0, 33.333)]
#[case("I-PROB_B01", 125.0 / 315.0, 39.683)]
#[case("DK_B01", 60.0 / 400.0, 15.0)]
#[case("I-PROB_B03", 0.0 / 275.0, 0.0)]
#[case("I-EXP", 125.0 / 315.0, 39.683)]
#[case("I-EXP_LO", 125.0 / 400.0, 31.25)]
#[case("I-EXP_HI", 210.0 / 400.0, 52.5)]
#[case("I-NOEXP", 190.0 / 315.0, 60.317)]
#[case("I-MANGD", 65.0 / 315.0, 20.635)]
fn the_worked_answers_give_the_worked_shares(#[case] id: &str, #[case] share: f64, #[case] percent: f64) {
    let found = worked(id).estimate.unwrap();
    assert!((found - share).abs() < 1e-9, "{id}: {found}");
    assert_eq!((found * 100_000.0).round() / 1000.0, percent);
}

#[test]
fn a_mean_of_points_is_of_respondents_not_of_items() {
    let found = worked("S-B").estimate.unwrap();
    // The specification gives 23958.333 / 340; the mean of item means, 70.865, would be wrong.
    assert!((found - 23_958.333_333_333_332 / 340.0).abs() < 1e-9, "{found}");
}

#[test]
fn item_nonresponse_counts_sheets_not_weights() {
    assert!((worked("I-PROB_B03").nonresponse.unwrap() - 0.30).abs() < 1e-12);
}

#[test]
fn the_safety_index_weighs_four_parts_alike() {
    let lulea = parsed(&lulea());
    let Kind::Composite { parts } = &lulea.measure("TI-100").unwrap().1.kind else { panic!("a composite") };
    let found: f64 = parts
        .iter()
        .map(|&(part, weight)| {
            weight
                * match lulea.measures()[part].id.as_str() {
                    "S-B" => 78.4,
                    "I-NOEXP" => 100.0 - 23.0,
                    "S-D" => 70.2,
                    "S-E" => 74.6,
                    other => panic!("{other} is no part"),
                }
        })
        .sum();
    assert!((found - 75.05).abs() < 1e-9, "{found}");
}
