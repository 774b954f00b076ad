//! What an intruder can write down, row by row, of entries small enough to be read.

use super::*;
use crate::stats::disclosure::{
    examples::{district, entry, key, measure},
    ledger::{Shown, Told},
};

fn with_tenure(area: &str, tenure: &str) -> AtomKey {
    AtomKey { tenure: Some(tenure.into()), ..key(area) }
}

fn fine() -> Vec<AtomKey> {
    vec![with_tenure("D1", "owned"), with_tenure("D1", "rented"), key("D2"), with_tenure("D3", "owned")]
}

fn coarse() -> Vec<AtomKey> {
    vec![key("D1"), key("D2"), key("D3")]
}

#[test]
fn weights_of_coarser_groups_are_spread_by_their_answers() {
    let finest = entry("R-2", fine(), vec![measure("m", &[20, 40, 30, 0], &[2.0, 4.0, 9.0, 0.0])]);
    let older = |valid: &[u64]| entry("R-1", coarse(), vec![measure("m", valid, &[90.0, 60.0, 0.0])]);
    assert_eq!(aligned(&finest, &older(&[60, 30, 0]), "m"), Some(vec![30.0, 60.0, 60.0, 0.0]));
    // Other numbers of answers are other answers.
    assert_eq!(aligned(&finest, &older(&[61, 30, 0]), "m"), None);
    assert_eq!(aligned(&finest, &older(&[60, 30, 1]), "m"), None);
    assert_eq!(aligned(&finest, &older(&[60, 30, 0]), "another"), None);
    // Nor can groups be told in which nobody was.
    let elsewhere = entry("R-1", vec![key("D1"), key("D3")], vec![measure("m", &[60, 0], &[9.0, 0.0])]);
    assert_eq!(aligned(&finest, &elsewhere, "m"), None);
    // The same groups keep the weights that each release gave.
    let same = |valid: &[u64]| entry("R-1", fine(), vec![measure("m", valid, &[1.0, 1.0, 1.0, 0.0])]);
    assert_eq!(aligned(&finest, &same(&[20, 40, 30, 0]), "m"), Some(vec![1.0, 1.0, 1.0, 0.0]));
    assert_eq!(aligned(&finest, &same(&[20, 41, 30, 0]), "m"), None);
}

fn ground<'a>(entries: &[&'a LedgerEntry]) -> Ground<'a> {
    Ground { entries: entries.to_vec(), truth: BTreeMap::new(), partitions: Vec::new() }
}

fn system(ground: &Ground<'_>, measures: &[&str]) -> System {
    System::new(ground, &measures.iter().map(|id| (*id).to_owned()).collect()).unwrap()
}

/// The only row that names just one unknown, and its bounds.
fn of_unknown(system: &System, unknown: usize) -> Vec<(f64, f64)> {
    let only = |row: &&Row| row.terms == [(unknown, 1.0)];
    system.attack.rows().iter().filter(only).map(|row| (row.low, row.high)).collect()
}

#[test]
fn a_printed_figure_is_half_a_unit_to_either_side_and_a_told_one_what_it_tells() {
    let mut found = measure("m", &[50, 60, 70], &[1.0, 3.0, 2.0]);
    found.shown = vec![
        Shown { domain: district("D2"), k: 9, unit: 5.0, n: (58, 62) },
        Shown { domain: Domain::everybody(), k: 101, unit: 0.5, n: (175, 184) },
    ];
    found.told = vec![
        Told { by: "steps".into(), domain: district("D3"), between: (30.0, 60.0) },
        Told { by: "steps".into(), domain: district("D2"), between: (40.0, 50.0) },
    ];
    let judged = entry("R-1", coarse(), vec![found]);
    let system = system(&ground(&[&judged]), &["m"]);
    assert_eq!(of_unknown(&system, 1), [(42.5, 47.5), (40.0, 50.0)]);
    assert_eq!(of_unknown(&system, 2), [(30.0, 60.0)]);
    let everybody = &system.attack.rows()[1];
    assert!((everybody.low - 50.25).abs() < 1e-12 && (everybody.high - 50.75).abs() < 1e-12);
    let weights: Vec<f64> = everybody.terms.iter().map(|(_, coefficient)| coefficient * 6.0).collect();
    assert!(weights.iter().zip([1.0, 3.0, 2.0]).all(|(found, wanted)| (found - wanted).abs() < 1e-12), "{weights:?}");
    // What it takes to take a row away: the figure, or the step measure that tells of the share.
    let names: Vec<&str> = system.figures.iter().flatten().map(|figure| figure.measure.as_str()).collect();
    assert_eq!(names, ["m", "m", "steps", "steps"]);
    assert_eq!(system.answers, [58, 175, 0, 58]);
    assert_eq!(system.composites_of("m"), ["steps"]);
    assert_eq!(system.groups, std::slice::from_ref(&(0..3)));
}

#[test]
fn an_older_release_tells_of_the_same_answers_with_its_own_weights_and_is_not_taken_back() {
    let mut older = measure("m", &[60, 30, 0], &[90.0, 60.0, 0.0]);
    older.shown = vec![Shown { domain: Domain::everybody(), k: 50, unit: 1.0, n: (85, 94) }];
    older.protected = vec![district("D2")];
    let older = entry("R-1", coarse(), vec![older]);
    let mut newer = measure("m", &[20, 40, 30, 0], &[2.0, 4.0, 9.0, 0.0]);
    newer.shown = vec![Shown { domain: district("D1"), k: 40, unit: 2.0, n: (58, 62) }];
    let newer = entry("R-2", fine(), vec![newer]);
    let of_both = system(&ground(&[&older, &newer]), &["m"]);
    assert_eq!((of_both.unknowns.len(), of_both.groups.as_slice()), (1, std::slice::from_ref(&(0..3))));
    let rows = of_both.attack.rows();
    assert_eq!(rows[0].terms, [(0, 0.2), (1, 0.4), (2, 0.4)]);
    assert_eq!(of_both.figures[0], None, "what is out cannot be withheld");
    assert_eq!(of_both.figures[1], Some(Figure { measure: "m".into(), domain: district("D1") }));
    assert_eq!(of_both.unknowns[0].weight, [2.0, 4.0, 9.0, 0.0], "the newest weights");
    assert_eq!(of_both.unknowns[0].protected, [Atoms::of(4, |atom| atom == 2)]);
    // A correction that changed the answers is about others, and another round is not there at all.
    let mut changed = older.clone();
    changed.measures[0].valid = vec![60, 31, 0];
    assert_eq!(system(&ground(&[&changed, &newer]), &["m"]).groups, [0..3, 3..5]);
    changed.round = "another".into();
    assert_eq!(system(&ground(&[&changed, &newer]), &["m"]).groups, std::slice::from_ref(&(0..3)));
}
