//! Which figures are given up, and in which order, for one small group that subtraction would tell.

use std::collections::BTreeMap;

use super::*;
use crate::stats::{
    disclosure::{
        atoms::AtomKey,
        examples::{district, entry, key, measure},
        ledger::{LedgerEntry, Shown},
        system::Ground,
        targets::targets,
    },
    domain::Domain,
};

/// Ten answers in D1 a1, and big groups beside them.
const VALID: [u64; 5] = [10, 200, 150, 600, 400];

fn of_age(area: &str, age: &str) -> Domain {
    Domain { kind: DomainKind::DistrictAge, age: Some(age.into()), ..district(area) }
}

/// What is shown, to the nearest `unit`, of five groups whose means are all 50.
fn release(unit: f64, shown: Vec<(Domain, u64)>) -> LedgerEntry {
    let atoms = [("D1", "a1"), ("D1", "a2"), ("D1", "a3"), ("D2", "a1"), ("D2", "a2")];
    let atoms = atoms.map(|(area, age)| AtomKey { age: Some(age.into()), ..key(area) }).to_vec();
    let mut found = measure("m", &VALID, &VALID.map(|valid| f64::from(u32::try_from(valid).unwrap())));
    #[expect(clippy::cast_possible_truncation, reason = "some hundreds of units")]
    let k = (50.0 / unit).round() as i64;
    found.shown = shown.into_iter().map(|(domain, n)| Shown { domain, k, unit, n: (n, n) }).collect();
    entry("R-1", atoms, vec![found])
}

fn told() -> Vec<(Domain, u64)> {
    let cells = [("D1", "a2", 200), ("D1", "a3", 150), ("D2", "a1", 600), ("D2", "a2", 400)];
    let cells = cells.map(|(area, age, n)| (of_age(area, age), n));
    [(Domain::everybody(), 1_360), (district("D1"), 360), (district("D2"), 1_000)].into_iter().chain(cells).collect()
}

fn protected(entry: &LedgerEntry, order: &[&str]) -> Result<Outcome, GateRefusal> {
    let truth = BTreeMap::from([("m", vec![50.0; 5])]);
    let ground = Ground { entries: vec![entry], truth, partitions: Vec::new() };
    let mut system = System::new(&ground, &["m".to_owned()].into()).unwrap();
    let order = order.iter().map(|class| (*class).to_owned()).collect();
    let rules = Rules { withhold_order: order, ..Rules::default() };
    let targets = targets(&system, &rules);
    protect(&mut system, &targets, &rules)
}

fn given_up(order: &[&str]) -> Vec<Domain> {
    let outcome = protected(&release(0.1, told()), order).unwrap();
    assert_eq!(outcome.first_failures, 1);
    // Of (360 · 0.1 + 200 · 0.1 + 150 · 0.1) / 10 = 7.1 points, where 20 are needed.
    let at_first = outcome.at_first.unwrap();
    assert!((at_first.width - 7.1).abs() < 1e-3 && (at_first.ratio - 0.355).abs() < 1e-3, "{at_first:?}");
    outcome.withheld.into_iter().map(|figure| figure.domain).collect()
}

#[test]
fn of_the_first_class_that_helps_the_figure_with_the_fewest_answers_goes() {
    assert_eq!(given_up(&["district_age", "district"]), [of_age("D1", "a3")]);
    assert_eq!(given_up(&["district", "district_age"]), [district("D1")]);
    assert_eq!(given_up(&["tenure", "sex_age", "district"]), [district("D1")]);
}

#[test]
fn what_is_wide_enough_loses_nothing() {
    let outcome = protected(&release(1.0, told()), &["district_age"]).unwrap();
    assert_eq!((outcome.first_failures, outcome.withheld), (0, Vec::new()));
    assert!(outcome.targets > 0);
}

#[test]
fn where_no_class_is_left_the_refusal_names_the_group_and_its_width() {
    let refused = protected(&release(0.1, told()), &["sex", "age"]).unwrap_err();
    let GateRefusal::Exhausted(narrow, withheld) = refused else { panic!("{refused}") };
    assert_eq!((narrow.group.as_str(), narrow.answers, withheld), ("one: D1 a1", 10, 0));
    assert!((narrow.width - 7.1).abs() < 1e-3 && (narrow.need - 20.0).abs() < 1e-9, "{narrow:?}");
}

#[test]
fn the_municipality_is_never_given_up() {
    // Only the total and the other four groups tell of the fifth.
    let without_districts = told().into_iter().filter(|(domain, _)| domain.kind != DomainKind::District).collect();
    let entry = release(0.05, without_districts);
    let outcome = protected(&entry, &["total", "district_age"]).unwrap();
    assert_eq!(outcome.withheld.len(), 1);
    assert_eq!(outcome.withheld[0].domain.kind, DomainKind::DistrictAge);
    assert!(matches!(protected(&entry, &["total", ""]), Err(GateRefusal::Exhausted(..))));
}
