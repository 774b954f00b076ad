//! Answer sheets: three doors check them, a hidden item is always 94, and their bytes read back as they
//! were written.

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rstest::rstest;
use trygg::{
    questionnaire::{Questionnaire, Stream, missing},
    survey::answer_sheet::{AnswerSheet, Context, Mode, Paradata},
};

use crate::support::definition::{lulea, parsed, read};

/// Districts of Luleå.
const AREAS: usize = 12;

fn context(stream: Stream) -> Context {
    let (place, area) = if stream == Stream::Resident { (missing::FILTERED, Some(8)) } else { (1, None) };
    Context { paradata: Paradata { mode: Mode::Web, language: 1, stream, place }, areas: AREAS, area }
}

fn form(survey: &Questionnaire, chosen: &[(&str, u8)], stream: Stream) -> AnswerSheet {
    let chosen = chosen.iter().map(|(id, code)| (survey.item(id).unwrap().0, *code)).collect();
    survey.check_form(&chosen, &vec![true; survey.pages().len()], &context(stream)).unwrap()
}

fn code(survey: &Questionnaire, sheet: &AnswerSheet, id: &str) -> u8 {
    sheet.codes()[survey.item(id).unwrap().0]
}

fn json(
    survey: &Questionnaire,
    given: &[(&str, u8)],
    stream: Stream,
) -> Result<AnswerSheet, Vec<(String, &'static str)>> {
    let given = given.iter().map(|(id, code)| ((*id).to_owned(), *code)).collect();
    let told = survey.check_json(&given, &context(stream));
    told.map_err(|faults| faults.into_iter().map(|fault| (fault.item, fault.code)).collect())
}

#[rstest]
#[case(Stream::Resident, &["A2a", "A2e"], 8)]
#[case(Stream::Stay, &["A4", "B01", "D2", "E1", "E7", "F1", "G1", "H3", "H4"], missing::SKIPPED)]
fn sheets_of_both_streams_are_67_bytes_and_absent_items_94(
    #[case] stream: Stream,
    #[case] absent: &[&str],
    #[case] district: u8,
) {
    let survey = parsed(&lulea());
    let sheet = form(&survey, &[], stream);
    assert_eq!(sheet.encode().len(), 67);
    for id in absent {
        assert_eq!(code(&survey, &sheet, id), missing::FILTERED, "{id}");
    }
    assert_eq!(code(&survey, &sheet, "A1"), district, "stamped for residents, asked of others");
    assert_eq!(code(&survey, &sheet, "H4"), missing::FILTERED, "its module is off");
}

#[rstest]
#[case::reason_before_the_answer_changed(&[("E1", 2), ("E1b", 1)], "E1b", missing::FILTERED)]
#[case::reason_of_one_who_stays_in(&[("E1", 5), ("E1b", 1)], "E1b", 1)]
#[case::place_of_no_answer(&[("C1p", 3)], "C1p", missing::FILTERED)]
#[case::no_answer_is_inferred(&[("C1p", 3)], "C1", missing::SKIPPED)]
#[case::reported_without_a_crime(&[("C9", 1)], "C9", missing::FILTERED)]
#[case::reported_with_one(&[("C8", 4), ("C9", 1)], "C9", 1)]
#[case::a_refusal_routes_nowhere(&[("C2", 96), ("C2p", 1)], "C2p", missing::FILTERED)]
fn what_routing_hides_is_94(#[case] chosen: &[(&str, u8)], #[case] item: &str, #[case] wanted: u8) {
    let survey = parsed(&lulea());
    assert_eq!(code(&survey, &form(&survey, chosen, Stream::Resident), item), wanted);
}

#[test]
fn an_empty_item_is_99_where_its_page_was_seen_and_95_where_not() {
    let survey = parsed(&lulea());
    let mut seen = vec![false; survey.pages().len()];
    seen[survey.page("p05").unwrap()] = true;
    let sheet = survey.check_form(&BTreeMap::new(), &seen, &context(Stream::Resident)).unwrap();
    assert_eq!([code(&survey, &sheet, "B01"), code(&survey, &sheet, "B05")], [missing::SKIPPED, missing::UNSEEN]);
}

#[rstest]
#[case::left_out(&[], "B01", missing::UNSEEN)]
#[case::last_option(&[("B01", 4)], "B01", 4)]
#[case::does_not_know(&[("B01", 98)], "B01", 98)]
#[case::refuses(&[("C1", 96)], "C1", 96)]
#[case::has_seen_no_problem(&[("F3", 97)], "F3", 97)]
fn posted_answers_are_taken(#[case] given: &[(&str, u8)], #[case] item: &str, #[case] wanted: u8) {
    let survey = parsed(&lulea());
    assert_eq!(code(&survey, &json(&survey, given, Stream::Resident).unwrap(), item), wanted);
}

#[rstest]
#[case::zero("B01", 0, "option_unknown")]
#[case::beyond_the_scale("B01", 5, "option_unknown")]
#[case::refusal_not_offered("B01", 96, "option_unknown")]
#[case::not_applicable_elsewhere("F1", 97, "option_unknown")]
#[case::dont_know_not_offered("C1", 98, "option_unknown")]
#[case::filtered("B01", 94, "option_unknown")]
#[case::unseen("B01", 95, "option_unknown")]
#[case::skipped("B01", 99, "option_unknown")]
#[case::above_all_codes("B01", 255, "option_unknown")]
#[case::hidden("E1b", 1, "item_hidden")]
#[case::module_off("H4", 1, "item_hidden")]
#[case::of_the_other_stream("A2a", 1, "item_hidden")]
#[case::own_district("A1", 3, "item_hidden")]
#[case::derived("E1x", 1, "item_unknown")]
#[case::unknown("Z9", 1, "item_unknown")]
fn posted_answers_are_refused(#[case] item: &str, #[case] code: u8, #[case] refusal: &'static str) {
    let survey = parsed(&lulea());
    assert_eq!(json(&survey, &[(item, code)], Stream::Resident).unwrap_err(), [(item.to_owned(), refusal)]);
}

#[test]
fn every_refused_answer_is_told_at_once() {
    let survey = parsed(&lulea());
    let mut told = json(&survey, &[("B01", 9), ("C1", 98), ("E1b", 1), ("Z9", 1)], Stream::Resident).unwrap_err();
    told.sort();
    let wanted = [("B01", "option_unknown"), ("C1", "option_unknown"), ("E1b", "item_hidden"), ("Z9", "item_unknown")];
    assert_eq!(told, wanted.map(|(item, code)| (item.to_owned(), code)));
}

#[rstest]
#[case(14, true)]
#[case(15, false)]
fn people_who_stay_name_a_district_or_one_of_two_places_beyond(#[case] code: u8, #[case] taken: bool) {
    assert_eq!(json(&parsed(&lulea()), &[("A1", code)], Stream::Stay).is_ok(), taken);
}

#[test]
fn nothing_is_written_of_a_sheet_by_debug() {
    let survey = parsed(&lulea());
    let shown = format!("{:?}", form(&survey, &[("E1", 3)], Stream::Resident));
    assert!(!shown.contains(|letter: char| letter.is_ascii_digit()), "{shown}");
}

/// Choices for some items, each one that the item offers.
fn answers(survey: &Questionnaire) -> impl Strategy<Value = BTreeMap<usize, u8>> + use<> {
    let offered: Vec<Vec<u8>> = (0..survey.items().len())
        .map(|item| (1..=missing::SKIPPED).filter(|&code| survey.offers(item, code, AREAS)).collect())
        .collect();
    let each = offered.into_iter().map(|codes| prop::option::weighted(0.8, prop::sample::select(codes)));
    let each: Vec<_> = each.collect();
    each.prop_map(|chosen| chosen.into_iter().enumerate().filter_map(|(item, code)| Some((item, code?))).collect())
}

fn paradata() -> impl Strategy<Value = (Paradata, Option<u8>)> {
    let mode = prop::sample::select(vec![Mode::Web, Mode::Paper, Mode::Assisted]);
    let area = prop::option::of(1..=AREAS as u8);
    (mode, 1..=2_u8, any::<bool>(), any::<u8>(), area).prop_map(|(mode, language, resident, place, area)| {
        let stream = if resident { Stream::Resident } else { Stream::Stay };
        (Paradata { mode, language, stream, place: if resident { missing::FILTERED } else { place } }, area)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_checked_sheet_reads_back_as_it_was_written(
        chosen in answers(&parsed(&lulea())),
        (paradata, area) in paradata(),
        seen in prop::collection::vec(any::<bool>(), 16),
    ) {
        let survey = parsed(&lulea());
        let context = Context { paradata, areas: AREAS, area };
        let sheet = survey.check_form(&chosen, &seen, &context).unwrap();
        let bytes = sheet.encode();
        prop_assert_eq!(bytes.len(), survey.sheet_length());
        let back = survey.decode(&bytes, AREAS).map_err(|fault| TestCaseError::fail(fault.to_string()))?;
        prop_assert_eq!(back.codes(), sheet.codes());
        prop_assert!(back == sheet);
    }

    #[test]
    fn bytes_that_no_sheet_made_are_refused_or_written_back_alike(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), 1..=5_u8, 94..=99_u8], 60..75),
        length in prop::option::of(Just(67)),
    ) {
        let survey = parsed(&lulea());
        let mut bytes = bytes;
        bytes.resize(length.unwrap_or(bytes.len()), missing::FILTERED);
        if let Ok(sheet) = survey.decode(&bytes, AREAS) {
            prop_assert_eq!(sheet.encode(), bytes);
        }
    }

    #[test]
    fn one_damaged_byte_never_makes_a_sheet_that_could_not_be(
        chosen in answers(&parsed(&lulea())),
        (paradata, area) in paradata(),
        place in 0..67_usize,
        byte in any::<u8>(),
    ) {
        let survey = parsed(&lulea());
        let context = Context { paradata, areas: AREAS, area };
        let mut bytes = survey.check_form(&chosen, &[true; 16], &context).unwrap().encode();
        bytes[place] = byte;
        if let Ok(sheet) = survey.decode(&bytes, AREAS) {
            for (item, &code) in sheet.codes().iter().enumerate() {
                let hidden = !survey.visible(item, sheet.codes(), sheet.paradata().stream);
                let machine = [missing::UNSEEN, missing::SKIPPED].contains(&code);
                let fits = if hidden { code == missing::FILTERED } else { machine || survey.offers(item, code, AREAS) };
                prop_assert!(fits, "{} = {code}", survey.items()[item].id);
            }
        }
    }

    #[test]
    fn imported_answers_of_any_kind_are_checked_without_a_panic(
        given in prop::collection::btree_map(0..70_usize, any::<u8>(), 0..70),
        resident in any::<bool>(),
    ) {
        for survey in [parsed(&lulea()), parsed(&read("tests/kcmo/questionnaire"))] {
            let stream = if resident { Stream::Resident } else { Stream::Stay };
            if let Ok(sheet) = survey.check_import(&given, &context(stream)) {
                prop_assert!(survey.decode(&sheet.encode(), AREAS).is_ok());
            }
        }
    }
}
