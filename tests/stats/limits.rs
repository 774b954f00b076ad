//! What lies exactly at a limit, just beside it, or outside what is allowed at all.

use rstest::rstest;
use trygg::stats::{
    compare::{Better, ChangeRecord, Verdict},
    disclosure::{PClass, Rules, gate},
    domain::{Domain, DomainKind},
    estimate::{Cuts, Indicator, MeasureKind},
    interval::{Method, clopper_pearson, of_share, xlogit},
    quantile::{beta, student_t},
};

use crate::small::{Ready, Survey};

#[test]
fn a_p_at_a_limit_is_of_the_class_above() {
    let classes = [0.000_999, 0.001, 0.009_99, 0.01, 0.049_9, 0.05, 1.0].map(PClass::of);
    let (twice, once) = (PClass::Hundredth, PClass::Twentieth);
    let none = PClass::NotEstablished;
    assert_eq!(classes, [PClass::Thousandth, twice, twice, once, once, none, none]);
    let verdict = |p: f64| {
        let (domain, reasons) = (Domain::everybody(), Vec::new());
        let change =
            ChangeRecord { domain, reasons, diff: Some((1.0, 0.5)), test: None, p_adjusted: Some(p), family: 1 };
        change.verdict(Better::Higher)
    };
    assert_eq!(verdict(0.05), Some(Verdict::NoEstablishedChange));
    assert_eq!(verdict(0.049_999), Some(Verdict::Improved));
}

/// Nine and eleven effective answers on the smaller side, and exactly ten.
#[rstest]
#[case(0.10, 90.0, Method::KornGraubard)]
#[case(0.10, 110.0, Method::Xlogit)]
#[case(0.50, 19.0, Method::KornGraubard)]
#[case(0.50, 20.0, Method::Xlogit)]
#[case(0.25, 39.0, Method::KornGraubard)]
#[case(0.25, 41.0, Method::Xlogit)]
fn the_smaller_side_decides_on_the_interval(#[case] p: f64, #[case] effective: f64, #[case] wanted: Method) {
    let se = (p * (1.0 - p) / effective).sqrt();
    let (low, method) = of_share(p, se, 400.0, 399.0).unwrap();
    let (high, other) = of_share(1.0 - p, se, 400.0, 399.0).unwrap();
    assert_eq!((method, other), (wanted, wanted));
    assert!((low.0 + high.1 - 1.0).abs() < 1e-9 && (low.1 + high.0 - 1.0).abs() < 1e-9, "{low:?} {high:?}");
    assert!(of_share(p, 0.0, 400.0, 399.0).is_none() && of_share(p, -0.1, 400.0, 399.0).is_none());
}

#[test]
fn the_logit_interval_ends_where_a_share_does() {
    for p in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
        assert_eq!(xlogit(p, 0.1, 30.0), None, "{p}");
    }
    assert_eq!(clopper_pearson(0.5, 0.0), None);
    assert_eq!(clopper_pearson(1.5, 10.0), None);
}

#[test]
fn quantiles_outside_what_they_are_defined_for_are_none() {
    assert!(student_t(0.5, 3.0).unwrap().abs() < 1e-12);
    for (probability, df) in
        [(0.975, 0.0), (0.975, -1.0), (0.975, f64::INFINITY), (0.975, f64::NAN), (0.0, 3.0), (1.0, 3.0)]
    {
        assert_eq!(student_t(probability, df), None, "{probability} {df}");
    }
    // Beta(1, 1) is uniform.
    assert!((beta(0.3, 1.0, 1.0).unwrap() - 0.3).abs() < 1e-12);
    for (probability, a, b) in [(0.5, 0.0, 1.0), (0.5, 1.0, 0.0), (0.0, 1.0, 1.0), (1.0, 1.0, 1.0), (0.5, -1.0, 1.0)] {
        assert_eq!(beta(probability, a, b), None, "{probability} {a} {b}");
    }
    // Very lopsided ones: P(X ≤ x) = x^a for b = 1, and 1 − (1 − x)^b for a = 1.
    assert!((beta(0.025, 0.5, 1.0).unwrap() - 0.025_f64.powi(2)).abs() < 1e-12);
    assert!((beta(0.975, 1.0, 5_000.0).unwrap() - (1.0 - 0.025_f64.powf(1.0 / 5_000.0))).abs() < 1e-12);
}

fn district(code: &str) -> Domain {
    Domain { kind: DomainKind::District, area: Some(code.into()), ..Domain::everybody() }
}

/// Three districts of 600, 500 and 100 with a share, and another that nobody of D3 answers.
fn survey() -> Survey {
    let cells = [vec![vec![300], vec![300]], vec![vec![250], vec![250]], vec![vec![50], vec![50]]];
    let one_in = |divisor: usize| move |number: usize| Some(f64::from(u8::from(number.is_multiple_of(divisor))));
    Survey::of(&cells, vec![DomainKind::Total, DomainKind::District])
        .measure("third", MeasureKind::Share, move |_, number| one_in(3)(number))
        .measure("half", MeasureKind::Share, move |(d, _, _), number| one_in(2)(number).filter(|_| d != 2))
}

#[test]
fn item_nonresponse_is_the_share_of_those_asked() {
    let ready = survey().ready();
    let of = |domain: Domain| ready.records.iter().find(|record| record.measure == 1 && record.domain == domain);
    let everybody = of(Domain::everybody()).unwrap();
    assert_eq!((everybody.asked, everybody.valid), (1_200, 1_100));
    assert!((everybody.nonresponse.unwrap() - 100.0 / 1_200.0).abs() < 1e-12);
    assert_eq!(of(district("D1")).unwrap().nonresponse, Some(0.0));
    assert_eq!(of(district("D3")).unwrap().nonresponse, Some(1.0));
}

#[test]
fn a_correction_by_as_many_as_may_be_shown_is_let_through() {
    let rules = Rules::default();
    let first = survey().ready();
    let first = gate(&first.judged("R-1", "one", &[], &[], &rules)).unwrap().entry;
    for (fewer, wanted) in [(29, Err("revision_too_small")), (30, Ok(()))] {
        let mut again = survey();
        again.people.drain(..fewer);
        let ready = again.ready();
        let found = gate(&ready.judged("R-2", "one", &[], std::slice::from_ref(&first), &rules));
        assert_eq!(found.map(|_| ()).map_err(|refused| refused.code()), wanted, "{fewer}");
    }
}

#[test]
fn areas_that_an_older_release_of_the_round_drew_must_be_made_of_what_is_told_apart() {
    let rules = Rules::default();
    let ready = survey().ready();
    let mut older = gate(&ready.judged("R-1", "one", &[], &[], &rules)).unwrap().entry;
    older.geography.insert("West".into(), vec!["a district of before".into()]);
    let refused = gate(&ready.judged("R-2", "one", &[], std::slice::from_ref(&older), &rules)).unwrap_err();
    assert_eq!(refused.code(), "plan_not_atoms");
    assert!(refused.to_string().contains("a district of before"), "{refused}");
    older.round = "another".into();
    assert!(gate(&ready.judged("R-2", "one", &[], &[older], &rules)).is_ok());
}

/// The share of everybody who is in none, or in all, is the other half of one that is.
#[test]
fn groups_without_answers_do_not_hide_that_shares_add_up() {
    let mut survey = survey().measure("other half", MeasureKind::Share, |(d, _, _), number| {
        Some(f64::from(u8::from(number % 2 == 1))).filter(|_| d != 2)
    });
    for info in &mut survey.infos[1..] {
        info.base = Some("the question".into());
    }
    let rules = Rules::default();
    let systems = |survey: Survey| {
        let ready = survey.ready();
        gate(&ready.judged("R-1", "one", &[], &[], &rules)).unwrap().log.systems
    };
    // Three measures are three systems of counts; of means, the two halves are one.
    assert_eq!(systems(survey), 3 + 2);
}

/// A step measure of the first share: 0 points below 25 %, 3 below 50 %, 6 from there.
fn with_steps(mut survey: Survey) -> Ready {
    let indicators = vec![Indicator { measure: 0, steps: vec![(0.0, 0), (25.0, 3), (50.0, 6)] }];
    let cuts = Cuts { indicators, whole_percent: false };
    survey = survey.measure("steps", MeasureKind::Step(cuts.clone()), |_, _| None);
    let place = survey.infos.len() - 1;
    survey.infos[place].range = 6.0;
    survey.infos[place].cuts = Some(cuts);
    survey.ready()
}

#[test]
fn a_shown_step_measure_tells_where_its_share_lies_and_no_other() {
    let rules = Rules::default();
    let ready = with_steps(survey());
    let entry = gate(&ready.judged("R-1", "one", &[], &[], &rules)).unwrap().entry;
    let told = |place: usize| {
        entry.measures[place].told.iter().map(|told| (told.domain.clone(), told.between)).collect::<Vec<_>>()
    };
    let shown: Vec<Domain> = entry.measures[2].shown.iter().map(|shown| shown.domain.clone()).collect();
    assert!(!shown.is_empty(), "a step measure without a variance is shown without one");
    assert_eq!(told(0), shown.iter().map(|domain| (domain.clone(), (25.0, 50.0))).collect::<Vec<_>>());
    assert_eq!((told(1), told(2)), (Vec::new(), Vec::new()));
    assert!(entry.measures[0].told.iter().all(|told| told.by == "steps"));
}
