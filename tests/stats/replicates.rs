//! Step measures and their replicates (statistics specification 4.4; survey specification 4.2). The cuts
//! are made up: the real ones are not public.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};
use rstest::rstest;
use trygg::stats::{
    domain::{DomainKind, Frame, Group},
    estimate::{Cuts, Estimator, Indicator, MeasureKind, Missing},
    fold::{Atom, CHUNK, Observation, Totals},
    replicate::{Bootstrap, Columns, REPLICATES},
    weight::{Policy, Scheme, VarianceForm, weigh},
};

use crate::sample::{folder, kinds, policy, year};

const EVERYBODY: Group = Group { district: None, sex: None, age: None, tenure: None };

/// The example's cuts, for every one of `count` shares.
fn cuts(count: usize, whole_percent: bool) -> Cuts {
    let steps: Vec<(f64, u8)> = [0.0, 5.0, 15.0, 30.0, 45.0, 60.0, 75.0].into_iter().zip(0..).collect();
    let indicators = (0..count).map(|measure| Indicator { measure, steps: steps.clone() }).collect();
    Cuts { indicators, whole_percent }
}

#[test]
fn the_worked_example_gives_2_20() {
    // B01 2, B04 3, exposure 2, late 3, Centrum 1: 11/5. Domain means would give 2.17.
    assert_eq!(cuts(5, false).index(&[0.22, 0.41, 0.24, 0.31, 0.12]), 2.2);
}

#[rstest]
#[case::on_the_cut(5.0, false, 1.0)]
#[case::below_it(4.999_9, false, 0.0)]
#[case::rounded_up_to_it(4.5, true, 1.0)]
#[case::rounded_down(5.49, true, 1.0)]
#[case::not_rounded_up(4.49, true, 0.0)]
#[case::nobody(0.0, false, 0.0)]
#[case::everybody(100.0, false, 6.0)]
fn a_percentage_gets_the_points_of_the_last_cut_below_it(
    #[case] percent: f64,
    #[case] whole_percent: bool,
    #[case] points: f64,
) {
    assert_eq!(cuts(1, whole_percent).index(&[percent / 100.0]), points);
}

#[test]
fn what_is_left_of_exact_fractions_does_not_move_a_step() {
    // 30 % as sums of tenths: 0.30000000000000004 and 0.29999999999999993.
    assert_eq!(cuts(1, false).index(&[0.1 + 0.2]), 3.0);
    assert_eq!(cuts(1, false).index(&[1.0 - 0.1 * 7.0 - 1e-16]), 3.0);
}

fn unsafe_columns(year: &crate::sample::Year) -> Columns {
    let mut columns = Columns::default();
    for (&(district, sex, age), values) in year.people.iter().zip(&year.values) {
        let atom = Atom { district: Some(district as u16), sex: Some(sex as u8), age: Some(age as u8), tenure: None };
        columns.push(atom, [values[3].map(|share| share > 0.5)].into_iter());
    }
    columns
}

#[rstest]
#[case("design")]
#[case("ps")]
#[case("rake")]
#[case("cal")]
fn replicates_of_a_share_agree_with_its_linearised_error(#[case] scheme: &str) {
    let Some(_) = folder() else { return };
    let year = year("2023").unwrap();
    let (kinds, totals) = (kinds(), year.totals(CHUNK));
    // R's raking error is another one; both forms estimate the same variance.
    let weights = weigh(&policy(scheme), &year.frame, &totals).unwrap();
    let estimator = Estimator::new(&year.frame, &kinds, &totals, &weights);
    let domains = year.frame.domains();
    let everybody = domains.iter().filter(|(domain, _)| domain.kind == DomainKind::Total);
    let districts = domains.iter().filter(|(domain, _)| domain.kind == DomainKind::District).take(6);
    let (domains, groups): (Vec<_>, Vec<_>) = everybody.chain(districts).cloned().unzip();
    let bootstrap = Bootstrap::new(&weights, &unsafe_columns(&year), 1);
    let found = bootstrap.variances(&year.frame, &groups, [7; 32], REPLICATES, |shares| shares[0]);
    let mut farthest = 0.0_f64;
    for ((domain, group), found) in domains.iter().zip(&groups).zip(found) {
        let (record, found) = (estimator.one(3, domain, *group), found.unwrap());
        assert!((record.estimate.unwrap() - found.estimate).abs() < 1e-12, "{domain:?}");
        assert_eq!(found.replicates, REPLICATES);
        let ratio = found.variance.sqrt() / record.se.unwrap();
        farthest = farthest.max((ratio - 1.0).abs());
        assert!((ratio - 1.0).abs() < 0.10, "{scheme} {domain:?}: {ratio}");
    }
    println!("{scheme}: replicate and linearised errors of 7 domains differ by at most {:.1} %", 100.0 * farthest);
}

/// Two districts of 1000 persons and 100 answers each; 4 % and 40 % of them have the problem.
fn two_districts() -> (Frame, Totals, Columns) {
    two_districts_of([1000, 1000])
}

fn two_districts_of(persons: [u64; 2]) -> (Frame, Totals, Columns) {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let frame = Frame {
        districts: names(&["A", "B"]),
        sexes: names(&["all"]),
        ages: names(&["all"]),
        tenures: Vec::new(),
        population: persons.to_vec(),
        areas: Vec::new(),
    };
    let (mut totals, mut columns) = (Totals::new(2, Vec::new()), Columns::default());
    for (district, with) in [(0, 4), (1, 40)] {
        for answer in 0..100 {
            let atom = Atom { district: Some(district), sex: Some(0), age: Some(0), tenure: None };
            let holds = answer < with;
            let seen = Observation { asked: true, value: Some(f64::from(u8::from(holds))), dont_know: false };
            totals.add(atom, &[seen, Observation::default()]);
            columns.push(atom, [Some(holds)].into_iter());
        }
    }
    (frame, totals, columns)
}

#[test]
fn the_whole_gets_its_steps_from_its_own_percentages() {
    let (frame, totals, columns) = two_districts();
    let kinds = [MeasureKind::Share, MeasureKind::Step(cuts(1, false))];
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    let estimator = Estimator::new(&frame, &kinds, &totals, &weights).with_replicates(&columns, [1; 32], 200);
    let records = estimator.all();
    let of = |kind: DomainKind, area: Option<&str>| {
        let found = |r: &&trygg::stats::estimate::EstimateRecord| {
            r.measure == 1 && r.domain.kind == kind && r.domain.area.as_deref() == area
        };
        records.iter().find(found).unwrap()
    };
    // 0 and 3 average 1.5; 22 % of all gives 2.
    assert_eq!(of(DomainKind::District, Some("A")).estimate, Some(0.0));
    assert_eq!(of(DomainKind::District, Some("B")).estimate, Some(3.0));
    let all = of(DomainKind::Total, None);
    assert_eq!((all.estimate, all.valid, all.variance_form), (Some(2.0), 200, VarianceForm::Bootstrap));
    let step = all.step.as_ref().unwrap();
    assert_eq!((step.k_items, step.replicates, step.seed.as_deref()), (1, 200, Some("01".repeat(32).as_str())));
    let se = of(DomainKind::District, Some("B")).se.unwrap();
    assert!(se > 0.2 && se < 0.7, "40 % ± 5 is mostly between 30 and 45: {se}");
    assert!(all.deff.is_none() && all.n_eff.is_some());
}

#[test]
fn the_same_seed_draws_the_same_and_another_does_not() {
    let (frame, totals, columns) = two_districts();
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    let draw = |seed: u8| {
        let bootstrap = Bootstrap::new(&weights, &columns, 1);
        bootstrap.variances(&frame, &[EVERYBODY], [seed; 32], 200, |shares| shares[0])[0].unwrap().variance
    };
    assert_eq!(draw(1).to_bits(), draw(1).to_bits());
    assert_ne!(draw(1).to_bits(), draw(2).to_bits());
}

#[test]
fn replicates_are_drawn_as_the_specification_says() {
    let (frame, totals, columns) = two_districts_of([1000, 250]);
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    let bootstrap = Bootstrap::new(&weights, &columns, 1);
    let found = bootstrap.variances(&frame, &[EVERYBODY], [3; 32], 200, |shares| shares[0])[0].unwrap();

    // Respondent by respondent: 100 of 1000 and 100 of 250 answered, 4 and 40 of them yes.
    let mut sum = 0.0;
    for replicate in 0..200 {
        let mut random = ChaCha20Rng::from_seed([3; 32]);
        random.set_stream(replicate);
        let mut persons = 0.0;
        for (with, of) in [(4, 1000.0_f64), (40, 250.0)] {
            let lambda = (1.0 - 100.0 / of).sqrt();
            let mut times = [0.0; 100];
            for _ in 0..99 {
                times[((u128::from(random.next_u64()) * 100) >> 64) as usize] += 1.0;
            }
            let drawn = times.map(|times| of / 100.0 * (1.0 - lambda + lambda * 100.0 / 99.0 * times));
            let all: f64 = drawn.iter().sum();
            assert!((all - of).abs() < 1e-9);
            persons += of * drawn[..with].iter().sum::<f64>() / all;
        }
        sum += ((persons - 140.0_f64) / 1250.0).powi(2);
    }
    let wanted = sum / 200.0;
    assert!((found.variance - wanted).abs() <= 1e-12 * wanted, "{} is not {wanted}", found.variance);
}

#[test]
fn a_missing_indicator_leaves_no_index() {
    let (frame, totals, columns) = two_districts();
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    // Nobody was asked the second share.
    let kinds = [MeasureKind::Share, MeasureKind::Share, MeasureKind::Step(cuts(2, false))];
    let estimator = Estimator::new(&frame, &kinds, &totals, &weights).with_replicates(&columns, [1; 32], 200);
    let found = estimator.one(2, &frame.domains()[0].0, EVERYBODY);
    assert_eq!((found.estimate, found.se, found.missing), (None, None, Some(Missing::KItemsChanged)));
    let kinds = [MeasureKind::Share, MeasureKind::Step(cuts(1, false))];
    let found = Estimator::new(&frame, &kinds, &totals, &weights).one(1, &frame.domains()[0].0, EVERYBODY);
    assert_eq!((found.estimate, found.se), (Some(2.0), None), "nothing was drawn");
    assert_eq!(found.missing, Some(Missing::NotEstimableVariance));
    let kinds = [MeasureKind::Share, MeasureKind::Absent(Missing::CutTableMissing)];
    let found = Estimator::new(&frame, &kinds, &totals, &weights).one(1, &frame.domains()[0].0, EVERYBODY);
    assert_eq!((found.estimate, found.missing), (None, Some(Missing::CutTableMissing)));
}

#[rstest]
#[case::ten_points_apart(10, false)]
#[case::eleven(11, true)]
fn bounds_far_apart_make_a_share_uncertain(#[case] unknown: usize, #[case] wide: bool) {
    let (frame, _, _) = two_districts();
    let mut totals = Totals::new(3, Vec::new());
    for district in 0..2 {
        for answer in 0..100 {
            // Twenty were hit, of some it is not known, and the others were not.
            let (hit, known) = (answer < 20, answer >= 20 + unknown || answer < 20);
            let seen =
                |value: bool| Observation { asked: true, value: Some(f64::from(u8::from(value))), dont_know: false };
            let own = if known { seen(hit) } else { Observation { asked: true, ..Observation::default() } };
            let atom = Atom { district: Some(district), sex: Some(0), age: Some(0), tenure: None };
            totals.add(atom, &[own, seen(hit), seen(hit || !known)]);
        }
    }
    let weights = weigh(&Policy::of(Scheme::Poststratify), &frame, &totals).unwrap();
    let kinds = [MeasureKind::Bounded { low: 1, high: 2 }, MeasureKind::Share, MeasureKind::Share];
    let estimator = Estimator::new(&frame, &kinds, &totals, &weights);
    for (domain, group) in frame.domains() {
        assert_eq!(estimator.one(0, &domain, group).wide_bounds, wide, "{domain:?}");
        assert!(!estimator.one(1, &domain, group).wide_bounds);
    }
}
