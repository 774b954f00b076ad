//! Edge cases of weighting with required answers (statistics specification, section 11): post-strata
//! across strata, empty cells, margins that cannot be met, calibration, trimming.

use trygg::stats::{
    domain::Frame,
    estimate::MeasureKind,
    fold::{Atom, Observation},
    weight::{
        By, Distance, Margin, Policy, Scheme, WeightError, Weights, calibrate, collapse, rake, trim, weigh, weigh_to,
    },
};

use crate::{
    sample::{close, folder, rows},
    tiny::{Tiny, atom_of, by_sex_and_age, near, tiny, tiny_policy},
};

#[test]
fn e02_post_strata_across_strata() {
    let Some(case) = tiny("E02_poststrat", "y", Some("sex"), MeasureKind::Mean, Some) else { return };
    // One margin is post-stratification by it; the linear distance gives the same weights as any other.
    for distance in [Distance::Linear, Distance::Raking] {
        let policy = Policy { distance, ..tiny_policy(Scheme::Calibrate) };
        let weights = weigh_to(&policy, &case.frame, &case.totals, &[(By::Sex, vec![35.0, 35.0])]).unwrap();
        let found: Vec<f64> = weights.cells.iter().map(|cell| cell.weight).collect();
        for (found, wanted) in found.into_iter().zip([8.75, 35.0 / 3.0, 4.375, 35.0 / 6.0]) {
            close(found, wanted, "weight");
        }
        let all = case.estimate_by(&weights, None, None);
        near(all.estimate, 55.357_142_857_142_9);
        near(all.se, 10.735_792_581_487_6);
        let women = case.estimate_by(&weights, None, Some("F"));
        near(women.estimate, 62.5);
        near(women.se, 14.701_898_970_314_5);
    }
}

fn weights_of(weights: &Weights) -> Vec<f64> {
    weights.cells.iter().map(|cell| cell.weight).collect()
}

#[test]
fn e08_an_empty_cell_is_named_merged_or_raked_over() {
    let Some(case) = by_sex_and_age("edge/E08_empty_cell.csv", vec![16, 14, 18, 12], &["y", "o"]) else { return };
    let refused = weigh(&tiny_policy(Scheme::Poststratify), &case.frame, &case.totals);
    assert_eq!(refused, Err(WeightError::CellEmpty("A, M, o".into())));
    let unpeopled = Frame { population: vec![0, 30, 18, 12], ..case.frame.clone() };
    let refused = weigh(&tiny_policy(Scheme::Poststratify), &unpeopled, &case.totals);
    assert_eq!(refused, Err(WeightError::SampleOutsidePopulation("A, F, y".into())));

    // Collapsed: 2, 1 and 3, 0 respondents. With at least 1 of them M/o joins M/y; that is 0 < 1.
    assert_eq!(collapse(&[2, 1], 1), Some(vec![(0, 0), (1, 1)]));
    assert_eq!(collapse(&[3, 0], 1), Some(vec![(0, 1)]));
    let joined = Frame { population: vec![16, 14, 18 + 12, 0], ..case.frame.clone() };
    let case = Tiny { frame: joined, ..case };
    let weights = case.weights(Scheme::Poststratify);
    assert_eq!(weights_of(&weights), [8.0, 14.0, 10.0]);
    near(case.estimate_by(&weights, None, None).estimate, 48.333_333_333_333_3);
    near(case.estimate_by(&weights, None, None).se, 9.669_539_802_906_86);
    let given = [(By::Sex, vec![30.0, 30.0]), (By::Age, vec![34.0, 26.0])];
    let rake_r = Policy { rake_r: true, ..tiny_policy(Scheme::Rake) };
    let raked = weigh_to(&rake_r, &case.frame, &case.totals, &given).unwrap();
    for (found, wanted) in weights_of(&raked).into_iter().zip([2.0, 26.0, 10.0]) {
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    }
    let found = case.estimate_by(&raked, None, None);
    near(found.estimate, 55.833_333_333_190_8);
    near(found.se, 9.374_166_629_578_82);
    let strayed =
        [Margin { name: "sex".into(), categories: vec![("F".into(), 60.0)], of: vec![Some(0), Some(0), None] }];
    let refused = rake(&[20.0, 20.0, 20.0], &[1.0, 1.0, 1.0], &strayed).unwrap_err();
    assert_eq!(refused.code(), "sample_outside_population");
}

#[test]
fn e08_thin_ages_are_weighted_together() {
    let Some(mut case) = by_sex_and_age("edge/E08_empty_cell.csv", vec![16, 14, 18, 12], &["y", "o"]) else { return };
    // With at least 2 a cell the one woman over the limit would join as well: she is given a sister.
    let woman = Atom { district: Some(0), sex: Some(0), age: Some(1), tenure: None };
    case.totals.add(woman, &[Observation { asked: true, value: None, dont_know: false }]);
    let policy = Policy { min_cell: 2, ..Policy::default() };
    let weights = weigh(&policy, &case.frame, &case.totals).unwrap();
    assert_eq!(weights.scheme, Scheme::Poststratify);
    assert_eq!(weights_of(&weights), [8.0, 7.0, 10.0]);
    let log = weights.log(&case.frame);
    assert_eq!(log.key(), "poststratify; A M y+o");
}

#[test]
fn e09_margins_that_cannot_be_met_are_refused_by_category() {
    let margin = |name: &str, wants: [f64; 2], of: &[usize]| Margin {
        name: name.into(),
        categories: ["1", "2"].map(str::to_owned).into_iter().zip(wants).collect(),
        of: of.iter().map(|place| Some(*place)).collect(),
    };
    let differ = [margin("a", [20.0, 20.0], &[0, 0, 1, 1]), margin("b", [30.0, 30.0], &[0, 1, 0, 1])];
    let refused = rake(&[10.0; 4], &[1.0; 4], &differ);
    assert_eq!(refused, Err(WeightError::MarginTotalsDiffer { margin: "b".into(), total: 60.0, other: 40.0 }));

    // Rows 1, 4 and 4: a = 1 goes with b = 1 alone.
    let zero = [margin("a", [20.0, 20.0], &[0, 1, 1]), margin("b", [25.0, 15.0], &[0, 1, 1])];
    match rake(&[40.0 / 3.0; 3], &[1.0; 3], &zero) {
        Err(WeightError::RakingNotConverged { margin, category, have, want }) => {
            assert_eq!((margin.as_str(), category.as_str()), ("a", "1"));
            close(have, 25.0, "have");
            close(want, 20.0, "want");
        }
        other => panic!("{other:?}"),
    }

    let names = ["all", "a2"].map(str::to_owned);
    let rows: Vec<Vec<f64>> = [0.0, 0.0, 1.0, 1.0].map(|a| vec![1.0, a]).into();
    let narrow = Distance::Logit { low: 0.8, high: 1.2 };
    let refused = calibrate(&[10.0; 4], &rows, &[40.0, 35.0], &names, narrow).unwrap_err();
    assert_eq!(refused.code(), "calibration_infeasible");
    let wide = Distance::Logit { low: 0.2, high: 1.8 };
    let factors = calibrate(&[10.0; 4], &rows, &[40.0, 35.0], &names, wide).unwrap();
    for (found, wanted) in factors.into_iter().zip([0.25, 0.25, 1.75, 1.75]) {
        close(found, wanted, "factor");
    }
    let twice: Vec<Vec<f64>> = rows.iter().map(|row| vec![row[0], row[1], row[1]]).collect();
    let names = ["all", "a2", "a2 again"].map(str::to_owned);
    let refused = calibrate(&[10.0; 4], &twice, &[40.0, 35.0, 35.0], &names, wide);
    assert_eq!(refused, Err(WeightError::CalibrationCollinear { column: "a2 again".into() }));
}

#[test]
fn e10_raking_and_calibration_differ_in_their_standard_errors_only() {
    // Persons by stratum; raking takes its own margins, so the cells do not matter.
    let population = [100, 0, 0, 0, 0, 0, 400, 0, 0, 0, 0, 0, 1500, 0, 0, 0, 0, 0].to_vec();
    let Some(case) = by_sex_and_age("edge/E10_rake_vs_calibrate.csv", population, &["1", "2", "3"]) else { return };
    let given = [(By::Sex, vec![1020.0, 980.0]), (By::Age, vec![500.0, 900.0, 600.0])];
    let rake = tiny_policy(Scheme::Rake);
    let cases = [
        (Policy { rake_r: true, ..rake.clone() }, 6.679_016_112_019_83, 8.519_251_408_573_1),
        (rake, 6.533_929_172_068_2, 8.489_920_226_607_51),
        (tiny_policy(Scheme::Calibrate), 6.533_929_172_068_2, 8.489_920_226_607_51),
    ];
    let listed = std::fs::read_to_string(folder().unwrap().join("edge/expected.json")).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let listed = listed["E10_rake_vs_calibrate"]["weights"].as_array().unwrap();
    let rows = rows("edge/E10_rake_vs_calibrate.csv").unwrap();
    for (policy, se, se_of_b) in cases {
        let weights = weigh_to(&policy, &case.frame, &case.totals, &given).unwrap();
        for (row, wanted) in rows.iter().zip(listed) {
            close(weights.of(atom_of(&case.frame, row)), wanted.as_f64().unwrap(), "weight");
        }
        let (all, b) = (case.estimate_by(&weights, None, None), case.estimate_by(&weights, Some("B"), None));
        near(all.estimate, 55.885_702_107_269_4);
        near(all.se, se);
        near(b.estimate, 63.242_924_631_094_7);
        near(b.se, se_of_b);
    }
}

#[test]
fn e13_what_is_cut_is_spread_over_the_others() {
    let Some(case) = tiny("E13_trim", "y", None, MeasureKind::Mean, Some) else { return };
    let weights = case.weights(Scheme::Design);
    assert_eq!(weights_of(&weights), [100.0, 10.0]);
    let found = trim(&[100.0, 10.0], &[4.0, 6.0], 60.0).unwrap();
    close(found[0], 60.0, "cut");
    close(found[1], 36.666_666_666_666_7, "spread");
    // The median weight is 10.
    let trimmed = weights.trimmed_only(6.0).unwrap();
    near(case.estimate_by(&trimmed, None, None).estimate, 47.463_768_115_942);
    near(case.estimate_by(&trimmed, None, None).se, 11.285_519_436_884_7);
    let refused = trim(&[100.0, 10.0], &[4.0, 6.0], 46.0).unwrap_err();
    assert_eq!((refused.code(), refused), ("weights_refused", WeightError::TrimBelowMean { cap: 46.0, mean: 46.0 }));
}
