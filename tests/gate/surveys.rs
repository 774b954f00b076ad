//! Publishes random small surveys and prints, one JSON line each, what an intruder would hold in hand:
//! the ledger entry of what passed the gate, or why it was refused. `tests/gate/attack.py` attacks them
//! with a solver of its own.
//!
//!     cargo run --release --example gate_surveys -- FIRST_SEED COUNT
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a program for tests prints and may fail loudly; its numbers are small and exact"
)]

#[path = "../stats/small.rs"]
mod small;

use trygg::stats::{
    disclosure::{Rules, gate},
    estimate::MeasureKind,
};

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().unwrap());
    let (first, count) = (arguments.next().unwrap_or(0), arguments.next().unwrap_or(20));
    let rules = Rules::default();
    for seed in first..first + count {
        let round = |number| {
            let parts = MeasureKind::Composite(vec![(0, 0.25), (1, 0.75)]);
            small::random(seed, number).measure("sum", parts, |_, _| None).ready()
        };
        let one = round(1);
        let before = match gate(&one.judged("R-1", "one", &[], &[], &rules)) {
            Ok(passed) => passed,
            Err(refusal) => {
                println!("{}", serde_json::json!({ "seed": seed, "refused": refusal.code() }));
                continue;
            }
        };
        let later = round(2);
        let earlier = [one.before(&before)];
        let ledger = [before.entry];
        let line = match gate(&later.judged("R-2", "two", &earlier, &ledger, &rules)) {
            Ok(passed) => serde_json::json!({
                "seed": seed,
                "entries": [ledger[0], passed.entry],
                "n_min": rules.n_min, "width": rules.width, "single_source": rules.single_source,
                "count_width": rules.count_width,
            }),
            Err(refusal) => serde_json::json!({ "seed": seed, "refused": refusal.code() }),
        };
        println!("{line}");
    }
}
