//! The gate on the reference sample, and its attack on the listed cases of `../shared/oracle/sdc`
//! (statistics specification, 12.11).

#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "helpers of tests may fail loudly, and their numbers are small and exact"
)]

use std::collections::BTreeMap;

use serde_json::Value;
use trygg::stats::{
    compare::Better,
    disclosure::{
        Floor, GateRefusal, Judged, MeasureInfo, Passed, Plan, Rules,
        atoms::{AtomTable, Geography},
        attack::{Attack, Row},
        gate,
        ledger::LedgerEntry,
    },
    domain::DomainKind,
    estimate::EstimateRecord,
    fold::CHUNK,
    weight::{Policy, Scheme, weigh},
};

use crate::{
    sample::{STATS, folder, year},
    small,
};

/// The rows of a case: terms by name and bounds.
fn attacked(case: &Value) -> (Attack, BTreeMap<String, usize>) {
    let cells = case.get("cells").or_else(|| case.get("atom_weight")).unwrap().as_object().unwrap();
    let names: BTreeMap<String, usize> = cells.keys().enumerate().map(|(place, name)| (name.clone(), place)).collect();
    let bounds = case["variable_bounds"].as_array().unwrap();
    let bounds = vec![(bounds[0].as_f64().unwrap(), bounds[1].as_f64().unwrap()); names.len()];
    let mut rows = Vec::new();
    for fact in case["published"].as_array().unwrap() {
        let of = |key: &str| fact.get(key).and_then(Value::as_array);
        let (named, weights) = match (of("sum_of"), of("mean_of")) {
            (Some(named), _) => (named, None),
            (_, Some(named)) => (named, Some(&case["atom_weight"])),
            _ => panic!("{fact}"),
        };
        let named: Vec<&str> = named.iter().map(|name| name.as_str().unwrap()).collect();
        let weight = |name: &str| weights.map_or(1.0, |weights| weights[name].as_f64().unwrap());
        let whole = if weights.is_some() { named.iter().map(|name| weight(name)).sum() } else { 1.0 };
        let terms = named.iter().map(|name| (names[*name], weight(name) / whole)).collect();
        let (low, high) = match (fact.get("value"), fact.get("published")) {
            (Some(Value::Array(ends)), _) => (ends[0].as_f64().unwrap(), ends[1].as_f64().unwrap()),
            (Some(value), _) => (value.as_f64().unwrap(), value.as_f64().unwrap()),
            (None, value) => {
                let (value, half) = (value.unwrap().as_f64().unwrap(), fact["rounding_unit"].as_f64().unwrap() / 2.0);
                (value - half, value + half)
            }
        };
        rows.push(Row { terms, low, high });
    }
    for extra in case.get("extra_constraints").and_then(Value::as_array).into_iter().flatten() {
        let terms = extra[0].as_object().unwrap().iter().map(|(name, x)| (names[name], x.as_f64().unwrap())).collect();
        rows.push(Row { terms, low: extra[1].as_f64().unwrap(), high: extra[2].as_f64().unwrap() });
    }
    (Attack::new(bounds, rows, 1e-9), names)
}

#[test]
fn every_listed_interval_is_found() {
    let Some(folder) = folder() else { return };
    let cases: Value = serde_json::from_slice(&std::fs::read(folder.join("sdc/cases.json")).unwrap()).unwrap();
    let (mut linear, mut whole) = (0, 0);
    for (name, case) in cases["cases"].as_object().unwrap() {
        let (attack, names) = attacked(case);
        for (target, wanted) in case["targets"].as_object().unwrap() {
            let parts: Vec<&str> = target.split('+').collect();
            let weight = |part: &str| case.get("atom_weight").map_or(1.0, |weights| weights[part].as_f64().unwrap());
            let sum: f64 = if case["kind"] == "mean" { parts.iter().map(|part| weight(part)).sum() } else { 1.0 };
            let terms: Vec<(usize, f64)> = parts.iter().map(|part| (names[*part], weight(part) / sum)).collect();
            let found = attack.interval(&terms, false).unwrap();
            for (found, wanted) in [found.min, found.max].iter().zip(wanted["lp"].as_array().unwrap()) {
                assert!((found - wanted.as_f64().unwrap()).abs() <= 1e-6, "{name} {target}: {found} is not {wanted}");
                linear += 1;
            }
            if let Some(wanted) = wanted.get("integer").and_then(Value::as_array) {
                let found = attack.interval(&terms, true).unwrap();
                for (found, wanted) in [found.min, found.max].iter().zip(wanted) {
                    assert!(
                        (found.round() - wanted.as_f64().unwrap()).abs() < 0.5,
                        "{name} {target}: {found} is not {wanted}"
                    );
                    assert!((found - found.round()).abs() < 1e-6, "{name} {target}: {found} is not whole");
                    whole += 1;
                }
            }
        }
    }
    println!(
        "{linear} ends of intervals and {whole} whole ones compared in {} cases",
        cases["cases"].as_object().unwrap().len()
    );
    assert!(linear >= 60 && whole >= 50);
}

fn info(id: &str) -> MeasureInfo {
    let share = id == "p_unsafe";
    MeasureInfo { better: if share { Better::Lower } else { Better::Higher }, ..small::info(id, share) }
}

/// The plan of the specification's table: everything but tenure.
fn plan() -> Plan {
    let full = DomainKind::ALL.into_iter().filter(|kind| *kind != DomainKind::Tenure).collect();
    Plan { full, municipal: Vec::new() }
}

/// One measure of one year, ready for the gate.
struct Case {
    infos: [MeasureInfo; 1],
    records: Vec<EstimateRecord>,
    atoms: AtomTable,
    plan: Plan,
    floor: Floor,
}

static NOWHERE: Geography = Geography::new();

impl Case {
    fn of(wanted: &str, id: &str) -> Option<Self> {
        let year = year(wanted)?;
        let totals = year.totals(CHUNK);
        let weights = weigh(&Policy::of(Scheme::Poststratify), &year.frame, &totals).unwrap();
        let place = STATS.iter().position(|stat| *stat == id).unwrap();
        let records =
            year.estimates(&Policy::of(Scheme::Poststratify)).into_iter().filter(|record| record.measure == place);
        // The specification's table knows one primary rule, the smallest n.
        let alone = |record| EstimateRecord { measure: 0, homogeneous: false, ..record };
        let mut atoms = AtomTable::new(&year.frame, &totals, &weights, false);
        atoms.measures = vec![atoms.measures.swap_remove(place)];
        let floor = Floor { n_eff_min: 0.0, ..Floor::default() };
        Some(Self { infos: [info(id)], records: records.map(alone).collect(), atoms, plan: plan(), floor })
    }

    fn judged<'a>(&'a self, round: &'a str, rules: &'a Rules) -> Judged<'a> {
        Judged {
            release: round,
            round,
            publication_hash: "",
            plan: &self.plan,
            measures: &self.infos,
            estimates: &self.records,
            atoms: &self.atoms,
            geography: &NOWHERE,
            answered: &[],
            earlier: &[],
            ledger: &[],
            floor: &self.floor,
            rules,
        }
    }

    fn through(&self, rules: &Rules) -> Result<Passed, GateRefusal> {
        gate(&self.judged("R-1", rules))
    }

    /// What would be printed with every figure rounded to a tenth.
    fn unrounded(&self, mut entry: LedgerEntry) -> LedgerEntry {
        for shown in &mut entry.measures[0].shown {
            let record = self.records.iter().find(|record| record.domain == shown.domain).unwrap();
            let scale = if self.infos[0].share { 100.0 } else { 1.0 };
            shown.unit = 0.1;
            shown.k = (record.estimate.unwrap() * scale / 0.1).round() as i64;
        }
        entry
    }
}

/// Measure, year, targets, narrowest width in units of the scale; then with every figure to a tenth:
/// the narrowest, and how many targets are too narrow.
const LISTED: [(&str, &str, usize, f64, f64, usize); 4] = [
    ("idx_a", "2023", 35, 31.36, 7.81, 2),
    ("idx_a", "2024", 39, 46.65, 7.32, 2),
    ("p_unsafe", "2023", 38, 2.17, 0.11, 5),
    ("p_unsafe", "2024", 44, 4.83, 3.63, 2),
];

#[test]
fn the_reference_sample_passes_as_listed() {
    let rules = Rules { measure_all: true, ..Rules::default() };
    for (id, year, targets, width, _, _) in LISTED {
        let Some(case) = Case::of(year, id) else { return };
        let passed = case.through(&rules).unwrap();
        assert_eq!((passed.report.shown, passed.report.withheld), (139, 2), "{id} {year}");
        // Every target is one of the means and one of the counts.
        assert_eq!((passed.log.targets, passed.log.first_failures), (2 * targets, 0), "{id} {year}");
        assert_eq!(passed.log.complements, []);
        assert_eq!((passed.log.narrowest.unwrap().width * 100.0).round() / 100.0, width, "{id} {year}");
        // Witnesses decide the same.
        let quick = case.through(&Rules::default()).unwrap();
        assert_eq!((quick.table, quick.report, quick.entry), (passed.table, passed.report, passed.entry));
    }
}

#[test]
fn without_coarse_rounding_the_sample_fails_and_only_finest_groups_are_given_up() {
    for (id, year, _, _, width, failures) in LISTED {
        let Some(case) = Case::of(year, id) else { return };
        let rules = Rules { measure_all: true, ..Rules::default() };
        let judged = case.judged("R-1", &rules);
        let entry = case.unrounded(case.through(&Rules::default()).unwrap().entry);
        let log = judged.audit(&entry).unwrap();
        assert_eq!(log.first_failures, failures, "{id} {year}: {log:?}");
        assert_eq!((log.at_first.unwrap().width * 100.0).round() / 100.0, width, "{id} {year}: {log:?}");
        assert!((2..=6).contains(&log.complements.len()), "{:?}", log.complements);
        assert!(log.complements.iter().all(|figure| figure.domain.kind == DomainKind::DistrictAge));
        // Without withholding the same is refused, and the refusal names a target.
        let none = Rules { withhold_order: Vec::new(), ..rules.clone() };
        let refused = case.judged("R-1", &none).audit(&entry).unwrap_err();
        let GateRefusal::Exhausted(target, 0) = &refused else { panic!("{refused}") };
        assert!(target.answers < 30 && target.width < target.need, "{id} {year}: {refused}");
        assert!(refused.to_string().contains(&target.group), "{refused}");
    }
}
