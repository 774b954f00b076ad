//! Weights by the rules of the statistics specification, section 3: collapsing, policy, the unclassed,
//! what is refused, and what holds whatever the sample.

use proptest::prelude::*;
use rstest::rstest;
use trygg::stats::{
    domain::{Frame, Group},
    estimate::{Estimator, MeasureKind},
    fold::{Atom, Observation, Totals},
    weight::{Distance, Policy, Scheme, VarianceForm, WeightError, Weights, collapse, median, weigh},
};

use crate::sample::close;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// One district of 60 women and 40 men.
fn hundred() -> Frame {
    Frame {
        districts: names(&["A"]),
        sexes: names(&["woman", "man"]),
        ages: names(&["all"]),
        tenures: Vec::new(),
        population: vec![60, 40],
        areas: Vec::new(),
    }
}

/// A scheme that merges no cells.
fn fine(scheme: Scheme) -> Policy {
    Policy { min_cell: 1, ..Policy::of(scheme) }
}

/// Respondents of district A by sex and age class, each with the value 1.
fn answers(groups: &[(Option<u8>, Option<u8>, usize)]) -> Totals {
    let mut totals = Totals::new(1, Vec::new());
    for &(sex, age, count) in groups {
        for _ in 0..count {
            let seen = Observation { asked: true, value: Some(1.0), dont_know: false };
            totals.add(Atom { district: Some(0), sex, age, tenure: None }, &[seen]);
        }
    }
    totals
}

#[test]
fn the_unclassed_keep_the_design_weight_and_weights_sum_to_the_persons() {
    let totals = answers(&[(Some(0), Some(0), 5), (Some(1), Some(0), 3), (None, Some(0), 1), (Some(0), None, 1)]);
    for scheme in [Scheme::Poststratify, Scheme::Rake, Scheme::Calibrate] {
        let weights = weigh(&fine(scheme), &hundred(), &totals).unwrap();
        let of = |sex, age| weights.of(Atom { district: Some(0), sex, age, tenure: None });
        // k = 1 − 2/10: women 60·0.8/5, men 40·0.8/3, the two unclassed 100/10.
        close(of(Some(0), Some(0)), 9.6, "women");
        close(of(Some(1), Some(0)), 32.0 / 3.0, "men");
        close(of(None, Some(0)), 10.0, "no sex stated");
        close(of(Some(0), None), 10.0, "no age stated");
        close(5.0 * 9.6 + 3.0 * of(Some(1), Some(0)) + 2.0 * 10.0, 100.0, "persons");
        let log = weights.log(&hundred());
        assert_eq!((log.unclassed, log.unclassed_high.clone()), (2, names(&["A"])));
        assert_eq!(log.warnings(), ["unclassed_high"]);
        let (frame, kinds) = (hundred(), [MeasureKind::Share]);
        let estimator = Estimator::new(&frame, &kinds, &totals, &weights);
        let valid = |sex, age| {
            let group = Group { district: None, sex, age, tenure: None };
            estimator.one(0, &frame.domains()[0].0, group).valid
        };
        assert_eq!(valid(None, None), 10, "the total holds them");
        assert_eq!([valid(Some(0), None), valid(Some(1), None), valid(None, Some(0))], [5, 3, 8], "no sex or age does");
    }
}

#[test]
fn one_unclassed_in_ten_is_no_warning() {
    let totals = answers(&[(Some(0), Some(0), 5), (Some(1), Some(0), 4), (None, None, 1)]);
    let log = weigh(&fine(Scheme::Poststratify), &hundred(), &totals).unwrap().log(&hundred());
    assert!(log.unclassed_high.is_empty());
    assert!(log.warnings().is_empty());
}

#[test]
fn unweighted_answers_count_one_each_and_assume_no_population() {
    let totals = answers(&[(Some(0), Some(0), 5), (Some(1), Some(0), 3)]);
    let weights = weigh(&fine(Scheme::None), &Frame { population: Vec::new(), ..hundred() }, &totals).unwrap();
    assert!(weights.cells.iter().all(|cell| cell.weight == 1.0));
    assert!(weights.strata.iter().all(|stratum| stratum.fraction() == 0.0));
}

#[rstest]
#[case::nobody(&[], vec![60, 40], WeightError::RoundEmpty)]
#[case::one(&[(Some(0), Some(0), 1)], vec![60, 40], WeightError::StratumLonely("A".into()))]
#[case::no_persons(&[(Some(0), Some(0), 2)], vec![0, 0], WeightError::StratumEmpty("A".into()))]
#[case::too_many(
    &[(Some(0), Some(0), 101)], vec![60, 40],
    WeightError::SampleExceedsPopulation { district: "A".into(), respondents: 101, persons: 100 }
)]
#[case::no_men_asked(&[(Some(0), Some(0), 2)], vec![60, 40], WeightError::CellEmpty("A, man, all".into()))]
#[case::men_of_nowhere(&[(Some(1), Some(0), 2)], vec![60, 0], WeightError::SampleOutsidePopulation("A, man, all".into()))]
fn weights_that_cannot_be_are_refused(
    #[case] groups: &[(Option<u8>, Option<u8>, usize)],
    #[case] population: Vec<u64>,
    #[case] refusal: WeightError,
) {
    let frame = Frame { population, ..hundred() };
    assert_eq!(weigh(&fine(Scheme::Poststratify), &frame, &answers(groups)), Err(refusal));
}

#[rstest]
#[case(&[3, 12, 20, 31], &[15, 20, 31])]
#[case(&[3, 4, 20, 31], &[7, 20, 31])]
#[case(&[9, 2, 8, 30], &[9, 10, 30])]
#[case(&[1, 1, 1, 1], &[])]
#[case::older_on_ties(&[7, 2, 7, 9], &[7, 9, 9])]
#[case::the_younger_of_two_thin_first(&[9, 3, 8, 3, 9], &[9, 11, 12])]
#[case::the_last_joins_its_only_neighbour(&[9, 9, 4], &[9, 13])]
#[case::enough(&[5, 5], &[5, 5])]
#[case::nobody(&[0, 0], &[])]
fn thin_ages_join_the_neighbour_with_fewer(#[case] counts: &[u64], #[case] wanted: &[u64]) {
    let groups = collapse(counts, 5).unwrap_or_default();
    let merged: Vec<u64> = groups.iter().map(|&(first, last)| counts[first..=last].iter().sum()).collect();
    // Nothing: post-stratification is not possible.
    assert_eq!(merged, wanted);
}

/// Two districts, two sexes and two ages; counts of respondents by cell, 100 persons a cell.
fn eight(counts: [usize; 8]) -> (Frame, Totals) {
    let frame = Frame {
        districts: names(&["A", "B"]),
        sexes: names(&["woman", "man"]),
        ages: names(&["young", "old"]),
        tenures: Vec::new(),
        population: vec![100; 8],
        areas: Vec::new(),
    };
    let mut totals = Totals::new(1, Vec::new());
    for (cell, count) in counts.into_iter().enumerate() {
        for answer in 0..count {
            let atom = Atom {
                district: Some((cell / 4) as u16),
                sex: Some((cell / 2 % 2) as u8),
                age: Some((cell % 2) as u8),
                tenure: None,
            };
            let value = Some([0.0, 25.0, 100.0][answer % 3]);
            totals.add(atom, &[Observation { asked: true, value, dont_know: false }]);
        }
    }
    (frame, totals)
}

#[test]
fn automatic_weights_merge_then_rake_then_refuse() {
    let (frame, totals) = eight([6, 7, 8, 9, 6, 7, 8, 9]);
    let weights = weigh(&Policy::default(), &frame, &totals).unwrap();
    assert_eq!((weights.scheme, weights.log(&frame).key()), (Scheme::Poststratify, "poststratify".to_owned()));

    let (frame, totals) = eight([6, 4, 8, 9, 6, 7, 8, 9]);
    let weights = weigh(&Policy::default(), &frame, &totals).unwrap();
    let log = weights.log(&frame);
    assert_eq!((weights.scheme, log.key()), (Scheme::Poststratify, "poststratify; A woman young+old".to_owned()));
    assert_eq!(weights.cells.len(), 7);
    close(weights.cells[0].weight, 20.0, "200 persons for 10 answers");

    // Whatever the order in which districts are named, the key is one.
    let keys = [[0, 1], [1, 0]].map(|merged| {
        let policy = Policy { merge: vec![merged.to_vec()], min_cell: 12, ..Policy::default() };
        weigh(&policy, &frame, &totals).unwrap().log(&frame)
    });
    assert_eq!(keys[0].merged(), ["A+B woman young+old", "districts A+B"]);
    assert_eq!(keys[0].merged(), keys[1].merged());

    let (frame, totals) = eight([2, 2, 8, 9, 6, 7, 8, 9]);
    let weights = weigh(&Policy::default(), &frame, &totals).unwrap();
    assert_eq!((weights.scheme, weights.form()), (Scheme::Rake, VarianceForm::Calibrated));
    assert!(weights.log(&frame).cycles > 1);
    let forced = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap_err();
    let wanted = WeightError::WeightsRefused { category: "A, woman".into(), respondents: 4, least: 5, raked: false };
    assert_eq!(forced, wanted);

    let (frame, totals) = eight([1, 2, 8, 9, 3, 7, 8, 9]);
    let refused = weigh(&Policy::default(), &frame, &totals).unwrap_err();
    let category = "woman, young (sex x age)".to_owned();
    assert_eq!(refused, WeightError::WeightsRefused { category, respondents: 4, least: 5, raked: true });
    assert_eq!(refused.code(), "weights_refused");
    let forced = weigh(&Policy::of(Scheme::Rake), &frame, &totals).unwrap_err();
    assert_eq!(forced.code(), "margin_category_thin");
    assert!(forced.to_string().contains("has 4 responses, fewer than 5"), "{forced}");
}

#[test]
fn merged_districts_are_one_stratum_of_weights() {
    let (frame, totals) = eight([6, 7, 8, 9, 0, 1, 0, 0]);
    let alone = weigh(&Policy::of(Scheme::Design), &frame, &totals).unwrap_err();
    assert_eq!(alone, WeightError::StratumLonely("B".into()));
    let merged = Policy { merge: vec![vec![0, 1]], ..Policy::default() };
    let weights = weigh(&merged, &frame, &totals).unwrap();
    assert_eq!((weights.strata.len(), weights.strata[0].persons, weights.strata[0].respondents), (1, 800, 31));
    let of = |district| weights.of(Atom { district: Some(district), sex: Some(0), age: Some(1), tenure: None });
    close(of(0), 200.0 / 8.0, "old women of both");
    close(of(1), 200.0 / 8.0, "old women of both");
    let log = weights.log(&frame);
    assert_eq!((log.merged_districts.clone(), log.key()), (names(&["A+B"]), "poststratify; districts A+B".to_owned()));
    let kinds = [MeasureKind::Mean];
    let estimator = Estimator::new(&frame, &kinds, &totals, &weights);
    let of_b = Group { district: Some(1), sex: None, age: None, tenure: None };
    assert_eq!(estimator.one(0, &frame.domains()[0].0, of_b).valid, 1, "figures of a district stay its own");
}

#[rstest]
#[case(None)]
#[case(Some(Scheme::Poststratify))]
#[case(Some(Scheme::Design))]
fn only_raked_weights_are_trimmed(#[case] scheme: Option<Scheme>) {
    let (frame, totals) = eight([6, 7, 8, 9, 6, 7, 8, 9]);
    let policy = Policy { trim: Some(2.5), scheme, ..Policy::default() };
    assert_eq!(weigh(&policy, &frame, &totals), Err(WeightError::TrimWithoutRaking));
}

#[test]
fn the_median_is_that_of_respondents() {
    assert_eq!(median(&[1.0, 2.0, 9.0], &[1.0, 1.0, 1.0]), 2.0);
    assert_eq!(median(&[9.0, 1.0], &[2.0, 2.0]), 5.0);
    assert_eq!(median(&[9.0, 1.0], &[3.0, 1.0]), 9.0);
}

#[test]
fn far_spread_weights_are_told() {
    let (frame, totals) = eight([5, 40, 40, 40, 40, 40, 40, 40]);
    let log = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap().log(&frame);
    assert_eq!((log.median, log.max, log.warnings()), (2.5, 20.0, vec!["weights_spread"]));
    close(log.moved.1, 20.0 / (400.0 / 125.0), "largest movement");
}

/// Sums of weights by cell, in order of cells.
fn weighted(weights: &Weights, own: impl Fn(&trygg::stats::weight::WeightedCell) -> bool) -> f64 {
    weights.cells.iter().filter(|cell| own(cell)).map(|cell| cell.weight * cell.respondents as f64).sum()
}

fn policies() -> impl Strategy<Value = Policy> {
    let calibrate = |distance| Policy { distance, ..fine(Scheme::Calibrate) };
    prop_oneof![
        Just(fine(Scheme::Design)),
        Just(fine(Scheme::Poststratify)),
        Just(Policy::default()),
        Just(fine(Scheme::Rake)),
        Just(Policy { rake_r: true, ..fine(Scheme::Rake) }),
        Just(Policy { trim: Some(1.5), ..fine(Scheme::Rake) }),
        Just(calibrate(Distance::Linear)),
        Just(calibrate(Distance::Logit { low: 0.1, high: 10.0 })),
    ]
}

proptest! {
    #[test]
    fn weights_sum_to_the_persons_and_meet_their_margins(
        counts in proptest::array::uniform8(2_usize..40),
        policy in policies(),
    ) {
        let (frame, totals) = eight(counts);
        let weights = match weigh(&policy, &frame, &totals) {
            Ok(weights) => weights,
            // Bounds or a low cap may leave no weights at all; then it is said.
            Err(error) => {
                prop_assert!(["calibration_infeasible", "weights_refused"].contains(&error.code()), "{}", error);
                return Ok(());
            }
        };
        for stratum in 0..2 {
            let sum = weighted(&weights, |cell| cell.stratum == stratum);
            prop_assert!((sum - 400.0).abs() <= 1e-9 * 400.0, "{}", sum);
        }
        if matches!(weights.scheme, Scheme::Rake | Scheme::Calibrate) {
            for class in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let sum = weighted(&weights, |cell| cell.classes.contains(&class));
                prop_assert!((sum - 200.0).abs() <= 1e-8 * 200.0, "{}", sum);
            }
        }
        let log = weights.log(&frame);
        prop_assert!(log.min <= log.median && log.median <= log.max && log.kish_deff >= 1.0 - 1e-12);
    }

    #[test]
    fn calibration_to_what_is_known_leaves_no_variance_of_it(counts in proptest::array::uniform8(2_usize..40)) {
        // The share of women is known: its variance is 0 in every form that uses the margins.
        let (frame, _) = eight(counts);
        let mut totals = Totals::new(1, Vec::new());
        for (cell, count) in counts.into_iter().enumerate() {
            let sex = (cell / 2 % 2) as u8;
            let atom = Atom { district: Some((cell / 4) as u16), sex: Some(sex), age: Some((cell % 2) as u8), tenure: None };
            for _ in 0..count {
                totals.add(atom, &[Observation { asked: true, value: Some(f64::from(sex)), dont_know: false }]);
            }
        }
        for policy in [fine(Scheme::Poststratify), fine(Scheme::Rake), fine(Scheme::Calibrate)] {
            let weights = weigh(&policy, &frame, &totals).unwrap();
            let (everybody, group) = &frame.domains()[0];
            let found = Estimator::new(&frame, &[MeasureKind::Share], &totals, &weights).one(0, everybody, *group);
            prop_assert!((found.estimate.unwrap() - 0.5).abs() < 1e-9);
            prop_assert!(found.se.unwrap() < 1e-9, "{:?}", found.se);
        }
    }

    #[test]
    fn the_order_of_respondents_changes_nothing(
        people in proptest::collection::vec((0_u16..2, 0_u8..2, 0_u8..2, 0_u8..=100), 60..120),
        policy in policies(),
    ) {
        let (frame, _) = eight([0; 8]);
        let fold = |people: &[(u16, u8, u8, u8)]| {
            let mut totals = Totals::new(1, Vec::new());
            for &(district, sex, age, value) in people {
                let atom = Atom { district: Some(district), sex: Some(sex), age: Some(age), tenure: None };
                totals.add(atom, &[Observation { asked: true, value: Some(f64::from(value)), dont_know: false }]);
            }
            totals
        };
        let estimate = |totals: &Totals| {
            let weights = weigh(&policy, &frame, totals)?;
            let (everybody, group) = &frame.domains()[0];
            Ok::<_, WeightError>(Estimator::new(&frame, &[MeasureKind::Mean], totals, &weights).one(0, everybody, *group))
        };
        let mut backwards = people.clone();
        backwards.reverse();
        let (half, rest) = people.split_at(people.len() / 2);
        let mut merged = fold(half);
        merged.merge(fold(rest));
        let first = estimate(&fold(&people));
        for other in [estimate(&fold(&backwards)), estimate(&merged)] {
            match (&first, other) {
                (Ok(one), Ok(other)) => {
                    prop_assert!((one.estimate.unwrap() - other.estimate.unwrap()).abs() < 1e-10);
                    prop_assert!((one.se.unwrap() - other.se.unwrap()).abs() < 1e-10);
                }
                (Err(one), Err(other)) => prop_assert_eq!(one.code(), other.code()),
                (one, other) => prop_assert!(false, "{:?} and {:?}", one, other),
            }
        }
    }
}
