//! The break register (survey specification, section 6): what a round held otherwise does to every
//! comparison, and the printed contradictions of section 11 that it answers.

use std::{collections::BTreeMap, fs, path::PathBuf};

use rstest::rstest;
use trygg::{
    questionnaire::Stream,
    stats::compare::{Class, forbids},
    survey::{
        answer_sheet::Mode,
        breaks::{Key, reasons},
        history::History,
        round::AreaSetRef,
    },
};

use crate::support::{
    definition::{lulea, lulea_with},
    round::{PORSON, TOTAL, day, round, told},
};

#[rstest]
#[case::mode(|k: &mut Key| k.modes = vec![Mode::Web], &[("mode", Class::Hard)])]
#[case::mode_added(|k: &mut Key| k.modes.push(Mode::Assisted), &[("mode", Class::Hard)])]
#[case::modes_in_another_order(|k: &mut Key| k.modes = vec![Mode::Paper, Mode::Web, Mode::Paper], &[])]
#[case::paper_moved_16_points(|k: &mut Key| k.paper_share = 24.0, &[("mode_mix", Class::Soft)])]
#[case::paper_moved_15_points(|k: &mut Key| k.paper_share = 55.0, &[])]
#[case::ages(|k: &mut Key| k.ages = (16, 84), &[("age_range", Class::Hard)])]
#[case::stream(|k: &mut Key| k.stream = Stream::Stay, &[("stream", Class::Hard)])]
#[case::survey(|k: &mut Key| k.fingerprint.questionnaire = "ntu".into(), &[("survey", Class::Hard)])]
#[case::boundary(|k: &mut Key| { k.boundaries.insert(PORSON.into(), "lulea-12 2027".into()); }, &[("area_set", Class::Hard)])]
#[case::boundary_of_another_area(|k: &mut Key| { k.boundaries.insert("2580T01".into(), "x".into()); }, &[])]
#[case::area_gone(|k: &mut Key| { k.boundaries.remove(PORSON); }, &[("area_absent", Class::Hard)])]
#[case::scheme(|k: &mut Key| k.scheme = "none".into(), &[("weighting", Class::Soft)])]
#[case::response_fell(|k: &mut Key| k.response_rate = Some(56.2), &[("response_drop", Class::Note)])]
#[case::response_rose(|k: &mut Key| k.response_rate = Some(66.4), &[("response_drop", Class::Note)])]
#[case::response_fell_a_little(|k: &mut Key| k.response_rate = Some(57.0), &[])]
#[case::response_unknown(|k: &mut Key| k.response_rate = None, &[])]
fn a_round_held_otherwise_breaks_every_measure(#[case] change: fn(&mut Key), #[case] wanted: &[(&str, Class)]) {
    let earlier = round(&lulea());
    let mut later = earlier.clone();
    change(&mut later);
    for measure in ["I-LATE", "TI-100", "DK_B01"] {
        assert_eq!(told(&reasons(&earlier, &later, measure, PORSON)), wanted, "later");
        assert_eq!(told(&reasons(&later, &earlier, measure, PORSON)), wanted, "earlier");
    }
}

#[rstest]
#[case::same_autumn("2023-10-01", "2023-10-31", "2027-10-01", "2027-10-31", None)]
#[case::midpoints_45_days_apart("2023-09-01", "2023-09-01", "2027-10-16", "2027-10-16", None)]
#[case::midpoints_46_days_apart(
    "2023-09-01",
    "2023-09-01",
    "2027-10-17",
    "2027-10-17",
    Some("midpoints 46 days apart")
)]
#[case::spring_and_autumn("2016-02-01", "2016-03-31", "2019-10-01", "2019-11-30", Some("days apart"))]
#[case::over_new_year("2025-12-15", "2025-12-17", "2029-01-09", "2029-01-11", None)]
#[case::long_period_same_middle("2023-10-05", "2023-10-15", "2027-09-10", "2027-11-09", None)]
fn light_and_snow_differ_where_field_periods_do(
    #[case] from: &str,
    #[case] to: &str,
    #[case] later_from: &str,
    #[case] later_to: &str,
    #[case] detail: Option<&str>,
) {
    let earlier = Key { field: (day(from), day(to)), ..round(&lulea()) };
    let later = Key { field: (day(later_from), day(later_to)), ..earlier.clone() };
    let found = reasons(&earlier, &later, "I-LATE", PORSON);
    match detail {
        None => assert_eq!(found, []),
        Some(detail) => {
            assert_eq!(told(&found), [("season", Class::Soft)]);
            assert!(found[0].detail.contains(detail), "{}", found[0].detail);
        }
    }
}

#[test]
fn lulea_2016_and_2019_share_no_district_and_no_season() {
    let later = Key { field: (day("2019-10-01"), day("2019-11-30")), ..round(&lulea()) };
    let earlier = Key {
        field: (day("2016-02-01"), day("2016-03-31")),
        area_set: AreaSetRef { id: "lulea-2016".into(), version: "2016".into() },
        boundaries: BTreeMap::from([(TOTAL.to_owned(), "lulea-2016 2016".to_owned())]),
        ..later.clone()
    };
    let district = reasons(&earlier, &later, "I-LATE", PORSON);
    assert!(told(&district).contains(&("area_absent", Class::Hard)) && forbids(&district));
    let total = reasons(&earlier, &later, "I-LATE", TOTAL);
    assert_eq!(told(&total), [("area_set", Class::Soft), ("season", Class::Soft)]);
    assert!(!forbids(&total));
}

#[test]
fn one_changed_district_is_a_caveat_for_the_municipality() {
    let earlier = round(&lulea());
    let mut later = earlier.clone();
    later.boundaries.insert(PORSON.into(), "lulea-12 2027".into());
    assert_eq!(told(&reasons(&earlier, &later, "I-LATE", TOTAL)), [("area_set", Class::Soft)]);
}

#[test]
fn every_reason_is_told_together() {
    let earlier = round(&lulea());
    let later = Key {
        ages: (18, 85),
        scheme: "design".into(),
        paper_share: 10.0,
        ..round(&lulea_with(
            "sv.toml",
            "Tänk dig att du är ute ensam sent en kväll i området där du bor.",
            "Du är ute ensam en kväll.",
        ))
    };
    assert_eq!(
        told(&reasons(&earlier, &later, "I-LATE", PORSON)),
        [("age_range", Class::Hard), ("mode_mix", Class::Soft), ("weighting", Class::Soft), ("wording", Class::Hard)]
    );
}

#[test]
fn contradicting_prints_of_one_year_stay_side_by_side() {
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("survey-definitions/lulea-trygghet/history/published.csv");
    let history = History::from_csv(&fs::read(file).unwrap(), None).unwrap();
    let printed = |period| history.printed("LULEA-PI", period, TOTAL).map(|v| v.printed.as_str()).collect::<Vec<_>>();
    assert_eq!(printed("2019"), ["1.37", "1.40", "1.4"]);
    assert_eq!(printed("2016"), ["1.21", "1.2"]);
    assert!(history.ambiguous("LULEA-PI", "2019", TOTAL) && history.ambiguous("LULEA-PI", "2023", TOTAL));
    assert!(!history.ambiguous("LULEA-PI", "2006", TOTAL));
    assert!(history.printed("LULEA-PI", "2019", TOTAL).all(|value| !value.source.is_empty()));
}
