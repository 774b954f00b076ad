//! Publishes random small surveys and prints, one JSON line each, what passed the gate with the answers
//! behind it, or why it was refused. `tests/gate/attack.py` attacks them
//! with a solver of its own.
//!
//!     cargo run --release --example gate_surveys -- FIRST_SEED COUNT [open]
//!
//! With `open` the gate asks for no width at all, so that nothing is withheld for what could be worked out:
//! an attacker who finds nothing then is none.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a program for tests prints and may fail loudly; its numbers are small and exact"
)]

#[path = "../stats/small.rs"]
mod small;

use serde_json::{Value, json};
use trygg::stats::{
    disclosure::{GateRefusal, Passed, Rules, gate, ledger::LedgerMeasure},
    estimate::MeasureKind,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [first, count] = [0, 1].map(|place: usize| arguments[place].parse::<u64>().unwrap());
    // As Luleå's: where a survey is this small, a sex or an age group may have to go as well.
    let order = ["district_age", "district_sex", "sex_age", "district", "age", "sex"];
    let rules = Rules { withhold_order: order.map(str::to_owned).to_vec(), ..Rules::default() };
    let open = Rules { width: 0.0, single_source: 0.0, count_width: 0, ..rules.clone() };
    let asked = if arguments.get(2).is_some_and(|word| word == "open") { &open } else { &rules };
    for seed in first..first + count {
        let line = match published(seed, asked) {
            Ok(rounds) => json!({
                "seed": seed,
                "rounds": rounds,
                "n_min": rules.n_min, "width": rules.width, "single_source": rules.single_source,
                "count_width": rules.count_width,
            }),
            Err(refusal) => json!({ "seed": seed, "refused": refusal.code() }),
        };
        println!("{line}");
    }
}

/// Two rounds of a survey as they were published, each with what only staff know.
fn published(seed: u64, rules: &Rules) -> Result<[Value; 2], GateRefusal> {
    let round = |number| {
        let parts = MeasureKind::Composite(vec![(0, 0.25), (1, 0.75)]);
        small::random(seed, number).measure("sum", parts, |_, _| None).ready()
    };
    let (one, two) = (round(1), round(2));
    let before = gate(&one.judged("R-1", "one", &[], &[], rules))?;
    let (earlier, ledger) = ([one.before(&before)], [before.entry.clone()]);
    let after = gate(&two.judged("R-2", "two", &earlier, &ledger, rules))?;
    Ok([before, after].map(|passed| told(&passed)))
}

fn told(passed: &Passed) -> Value {
    let entry = &passed.entry;
    let measure = |found: &LedgerMeasure| {
        json!({
            "id": found.id, "range": found.range, "parts": found.parts,
            "valid": found.valid, "weight": found.weight, "protected": found.protected,
        })
    };
    json!({
        "round": entry.round,
        "atoms": entry.atoms,
        "respondents": entry.respondents,
        "measures": entry.measures.iter().map(measure).collect::<Vec<_>>(),
        "records": passed.table.records(),
        "changes": passed.table.changes(),
    })
}
