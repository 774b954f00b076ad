//! Edge cases with required answers (statistics specification, section 11): estimates, variances and
//! scores. Inputs are read from `../shared/oracle/edge`; the numbers are those of the specification.

use rstest::rstest;
use trygg::{
    questionnaire::{Definition, Questionnaire, missing},
    stats::{
        compare::{Adjustment, adjust, change},
        domain::Frame,
        estimate::{Estimator, MeasureKind, Missing},
        fold::Atom,
        interval::Method,
        quantile::student_t,
        weight::{Lonely, Policy, Scheme, WeightError, weigh},
    },
};

use crate::{
    sample::{close, rows},
    tiny::{EVERYBODY, near, tiny, tiny_policy},
};

#[test]
fn e01_two_strata_of_three_and_two() {
    let Some(case) = tiny("E01_tiny", "y", None, MeasureKind::Mean, Some) else { return };
    let found = case.estimate(Scheme::Design, None, None);
    near(found.estimate, 59.375);
    near(found.se, 10.643_366_478_704);
    near(found.deff, 0.418_018_018_018_018);
    near(found.n_eff, 5.0 / 0.418_018_018_018_018);
    assert_eq!((found.df, found.valid, found.ci_method), (Some(3), 5, Some(Method::Z)));
    close(found.sum_w, 40.0, "persons");
    let weights = case.weights(Scheme::Design);
    let total = Estimator::new(&case.frame, &case.kinds, &case.totals, &weights).total(0, EVERYBODY).unwrap();
    close(total.estimate, 2375.0, "total");
    close(total.se, 425.734_659_148_16, "se of the total");
    let (low, high) = found.ci.unwrap();
    close(low, 38.514_385_027_479_3, "low");
    close(high, 80.235_614_972_520_7, "high");
    let half = student_t(0.975, 3.0).unwrap() * found.se.unwrap();
    close(59.375 - half, 25.503_057_674_068, "low by t");
    close(59.375 + half, 93.246_942_325_932, "high by t");
}

#[test]
fn e02_post_strata_inside_strata() {
    let Some(case) = tiny("E02_poststrat", "y", Some("sex"), MeasureKind::Mean, Some) else { return };
    let wanted = [
        (None, None, 54.6875, 7.008_336_981_941_16),
        (None, Some("F"), 61.867_088_607_594_9, 10.059_338_816_661_5),
        (None, Some("M"), 49.285_714_285_714_3, 8.616_942_652_720_4),
        (Some("A"), None, 58.467_741_935_483_9, 8.537_033_536_987_06),
        (Some("B"), None, 46.875, 10.849_347_138_576_3),
    ];
    for (stratum, sex, estimate, se) in wanted {
        let found = case.estimate(Scheme::Poststratify, stratum, sex);
        near(found.estimate, estimate);
        near(found.se, se);
    }
    let weights = case.weights(Scheme::Poststratify);
    let of = |district, sex| weights.of(Atom { district: Some(district), sex: Some(sex), age: Some(0), tenure: None });
    // F and M of A, then of B.
    for (found, wanted) in [(of(0, 0), 26.0 / 3.0), (of(0, 1), 12.0), (of(1, 0), 4.5), (of(1, 1), 5.5)] {
        close(found, wanted, "weight");
    }
}

#[test]
fn e03_a_stratum_of_one_is_refused_by_name() {
    let Some(case) = tiny("E03_lonely", "y", None, MeasureKind::Mean, Some) else { return };
    let refused = weigh(&tiny_policy(Scheme::Design), &case.frame, &case.totals);
    assert_eq!(refused, Err(WeightError::StratumLonely("B".into())));
    let adjust = Policy { lonely: Lonely::Adjust, ..tiny_policy(Scheme::Design) };
    let weights = weigh(&adjust, &case.frame, &case.totals).unwrap();
    near(case.estimate_by(&weights, None, None).estimate, 50.862_068_965_517_2);
    near(case.estimate_by(&weights, None, None).se, 11.321_764_239_255_1);
}

#[test]
fn e04_one_answer_has_a_value_and_no_margin() {
    let Some(case) = tiny("E04_domain_single", "y", Some("g"), MeasureKind::Mean, Some) else { return };
    let (x, y) = (case.estimate(Scheme::Design, None, Some("x")), case.estimate(Scheme::Design, None, Some("y")));
    near(x.estimate, 50.0);
    near(x.se, 19.545_864_430_270_9);
    near(y.estimate, 46.153_846_153_846_2);
    near(y.se, 8.125_619_938_212_33);
    let single = case.estimate(Scheme::Design, Some("B"), Some("x"));
    near(single.estimate, 90.0);
    assert_eq!((single.valid, single.se, single.ci, single.deff), (1, None, None, None));
    assert_eq!(single.missing, Some(Missing::NotEstimableVariance));
}

#[test]
fn e05_a_stratum_where_everybody_answered_adds_no_variance() {
    let Some(case) = tiny("E05_census", "y", None, MeasureKind::Mean, Some) else { return };
    let found = case.estimate(Scheme::Design, None, None);
    near(found.estimate, 50.0);
    near(found.se, 12.837_247_441_527_3);
    let whole = case.estimate(Scheme::Design, Some("A"), None);
    near(whole.estimate, 50.0);
    near(whole.se, 0.0);
    let fewer = Frame { population: vec![1, 30], ..case.frame.clone() };
    let refused = weigh(&tiny_policy(Scheme::Design), &fewer, &case.totals);
    let wanted = WeightError::SampleExceedsPopulation { district: "A".into(), respondents: 2, persons: 1 };
    assert_eq!(refused, Err(wanted));
}

#[test]
fn e06_equal_answers_have_no_spread() {
    let Some(case) = tiny("E06_zero_variance", "y", None, MeasureKind::Mean, Some) else { return };
    let found = case.estimate(Scheme::Design, None, None);
    near(found.estimate, 75.0);
    assert_eq!((found.se, found.deff, found.ci), (Some(0.0), None, None));
    assert_eq!(found.missing, Some(Missing::NoVariance));
}

#[rstest]
#[case("p0", 0.0, (0.0, 0.369_416_647_552_819))]
#[case("p1", 1.0, (0.630_583_352_447_181, 1.0))]
fn e06_a_share_of_none_or_all_has_an_exact_interval(#[case] column: &str, #[case] share: f64, #[case] ci: (f64, f64)) {
    let Some(case) = tiny("E06_zero_variance", column, None, MeasureKind::Share, Some) else { return };
    let found = case.estimate(Scheme::Design, None, None);
    assert_eq!((found.estimate, found.se, found.deff), (Some(share), Some(0.0), None));
    assert_eq!(found.ci_method, Some(Method::ClopperPearson));
    close(found.ci.unwrap().0, ci.0, "low");
    close(found.ci.unwrap().1, ci.1, "high");
}

/// Five answers from 100 to 0; 8 is "don't know".
fn five(code: f64) -> Option<f64> {
    (1.0..=5.0).contains(&code).then_some((5.0 - code) * 25.0)
}

#[test]
fn e07_a_district_that_does_not_know_is_neither_0_nor_a_test() {
    let Some(case) = tiny("E07_all_dk", "q", None, MeasureKind::Mean, five) else { return };
    let estimate = |district| case.estimate(Scheme::Design, district, None);
    for (district, value, se) in [
        (None, 46.428_571_428_571_4, 13.848_070_427_341_1),
        (Some("A"), 58.333_333_333_333_3, 28.504_385_627_478_5),
        (Some("C"), 37.5, 10.551_214_385_083_8),
    ] {
        near(estimate(district).estimate, value);
        near(estimate(district).se, se);
    }
    let nothing = estimate(Some("B"));
    assert_eq!((nothing.estimate, nothing.se, nothing.ci), (None, None, None));
    assert_eq!((nothing.missing, nothing.asked, nothing.dont_know), (Some(Missing::NotEstimable), 3, 3));
    let mut changes: Vec<_> =
        ["A", "B", "C"].map(|district| change(&estimate(Some(district)), &estimate(Some(district)), Vec::new())).into();
    adjust(&mut changes.iter_mut().collect::<Vec<_>>(), Adjustment::BenjaminiHochberg);
    assert_eq!(changes.iter().map(|change| change.family).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!((changes[1].diff, changes[1].p_adjusted), (None, None));
    assert_eq!(changes[1].reasons[0].code, "not_estimable");
}

#[test]
fn e12_three_of_four_answers_make_a_score() {
    let Some(rows) = rows("edge/E12_scoring.csv") else { return };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/questionnaire/");
    let file = |name: &str| (name.to_owned(), std::fs::read_to_string(format!("{folder}{name}")).unwrap());
    let files = ["questionnaire.toml", "sv.toml", "en.toml"].map(file).into();
    let survey = Questionnaire::parse(&Definition { files }).unwrap();
    let (_, index) = survey.measure("idx_a").unwrap();
    let wanted = [Some(100.0), Some(0.0), Some(50.0), None, None, None, None, Some(56.25)];
    assert_eq!(rows.len(), wanted.len());
    for (row, wanted) in rows.iter().zip(wanted) {
        let mut codes = vec![missing::SKIPPED; survey.items().len()];
        for (item, column) in ["q1", "q2", "q3_rev", "q4"].iter().enumerate() {
            codes[item] = match row[*column].as_str() {
                "" => missing::SKIPPED,
                "8" => missing::DONT_KNOW,
                "9" => missing::REFUSED,
                code => code.parse().unwrap(),
            };
        }
        let score = survey.score(index, &codes);
        assert!(score.asked);
        assert_eq!(score.value, wanted, "{codes:?}");
    }
}
