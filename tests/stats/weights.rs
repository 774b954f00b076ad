//! Weights by the rules of the statistics specification, section 3: the unclassed, and what is refused.

#![expect(clippy::float_cmp, reason = "helpers of tests may fail loudly, and their numbers are small and exact")]

use rstest::rstest;
use trygg::stats::{
    domain::{Frame, Group},
    estimate::{Estimator, MeasureKind},
    fold::{Atom, Observation, Totals},
    weight::{Scheme, WeightError, weigh},
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
    }
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
    let weights = weigh(Scheme::Poststratify, &hundred(), &totals).unwrap();
    let of = |sex, age| weights.of(Atom { district: Some(0), sex, age, tenure: None });
    // k = 1 − 2/10: women 60·0.8/5, men 40·0.8/3, the two unclassed 100/10.
    close(of(Some(0), Some(0)), 9.6, "women");
    close(of(Some(1), Some(0)), 32.0 / 3.0, "men");
    close(of(None, Some(0)), 10.0, "no sex stated");
    close(of(Some(0), None), 10.0, "no age stated");
    close(5.0 * 9.6 + 3.0 * of(Some(1), Some(0)) + 2.0 * 10.0, 100.0, "persons");
    let log = weights.log(&hundred());
    assert_eq!((log.unclassed, log.unclassed_high), (2, names(&["A"])));
    let (frame, kinds) = (hundred(), [MeasureKind::Share]);
    let estimator = Estimator::new(&frame, &kinds, &totals, &weights);
    let valid = |sex, age| {
        let group = Group { district: None, sex, age, tenure: None };
        estimator.one(0, &frame.domains()[0].0, group).valid
    };
    assert_eq!(valid(None, None), 10, "the total holds them");
    assert_eq!([valid(Some(0), None), valid(Some(1), None), valid(None, Some(0))], [5, 3, 8], "no sex or age does");
}

#[test]
fn one_unclassed_in_ten_is_no_warning() {
    let totals = answers(&[(Some(0), Some(0), 5), (Some(1), Some(0), 4), (None, None, 1)]);
    assert!(weigh(Scheme::Poststratify, &hundred(), &totals).unwrap().log(&hundred()).unclassed_high.is_empty());
}

#[test]
fn unweighted_answers_count_one_each_and_assume_no_population() {
    let totals = answers(&[(Some(0), Some(0), 5), (Some(1), Some(0), 3)]);
    let weights = weigh(Scheme::None, &Frame { population: Vec::new(), ..hundred() }, &totals).unwrap();
    assert!(weights.cells.values().all(|(_, weight)| *weight == 1.0));
    assert!(weights.strata.values().all(|(_, fraction)| *fraction == 0.0));
}

#[rstest]
#[case::nobody(&[], vec![60, 40], WeightError::RoundEmpty)]
#[case::one(&[(Some(0), Some(0), 1)], vec![60, 40], WeightError::StratumLonely("A".into()))]
#[case::no_persons(&[(Some(0), Some(0), 2)], vec![0, 0], WeightError::StratumEmpty("A".into()))]
#[case::too_many(&[(Some(0), Some(0), 101)], vec![60, 40], WeightError::SampleExceedsPopulation("A".into()))]
#[case::no_men_asked(&[(Some(0), Some(0), 2)], vec![60, 40], WeightError::CellEmpty("A, man, all".into()))]
#[case::men_of_nowhere(&[(Some(1), Some(0), 2)], vec![60, 0], WeightError::SampleOutsidePopulation("A, man, all".into()))]
fn weights_that_cannot_be_are_refused(
    #[case] groups: &[(Option<u8>, Option<u8>, usize)],
    #[case] population: Vec<u64>,
    #[case] refusal: WeightError,
) {
    let frame = Frame { population, ..hundred() };
    assert_eq!(weigh(Scheme::Poststratify, &frame, &answers(groups)), Err(refusal));
}
