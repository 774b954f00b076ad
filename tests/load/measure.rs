//! What a run counted and timed.

use std::{collections::BTreeMap, time::Duration};

/// Counts and times of one kind of act; mergeable.
#[derive(Debug)]
pub struct Tally {
    act: &'static str,
    connections: usize,
    micros: Vec<u64>,
    refused: BTreeMap<String, usize>,
    elapsed: Duration,
}

impl Tally {
    /// Nothing done yet.
    pub fn new(act: &'static str, connections: usize) -> Self {
        Self { act, connections, micros: Vec::new(), refused: BTreeMap::new(), elapsed: Duration::ZERO }
    }

    /// One act was done and took this long.
    pub fn add(&mut self, took: Duration) {
        self.micros.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// One act was refused or lost, for this reason.
    pub fn refuse(&mut self, reason: String) {
        *self.refused.entry(reason).or_default() += 1;
    }

    /// Takes another part's acts in.
    pub fn merge(&mut self, other: Self) {
        self.micros.extend(other.micros);
        for (reason, count) in other.refused {
            *self.refused.entry(reason).or_default() += count;
        }
    }

    /// The run is over.
    pub fn finish(&mut self, elapsed: Duration) {
        self.elapsed = elapsed;
        self.micros.sort_unstable();
    }

    /// Acts that were done.
    pub fn done(&self) -> usize {
        self.micros.len()
    }

    /// Acts that were refused or lost.
    pub fn failures(&self) -> usize {
        self.refused.values().sum()
    }

    /// Milliseconds within which the `percent` fastest were done; 0 if nothing was.
    fn within(&self, percent: usize) -> f64 {
        let place = (self.micros.len() * percent).div_ceil(100).saturating_sub(1);
        self.micros.get(place).map_or(0.0, |micros| Duration::from_micros(*micros).as_secs_f64() * 1e3)
    }

    /// Prints a table, or one line of JSON.
    pub fn print(&self, json: bool) {
        let seconds = self.elapsed.as_secs_f64();
        let count = u32::try_from(self.micros.len()).unwrap_or(u32::MAX);
        let rate = if seconds > 0.0 { f64::from(count) / seconds } else { 0.0 };
        if json {
            let line = serde_json::json!({
                "act": self.act, "connections": self.connections, "seconds": seconds, "done": count,
                "per_second": rate, "p50_ms": self.within(50), "p95_ms": self.within(95),
                "p99_ms": self.within(99), "refused": self.refused,
            });
            println!("{line}");
            return;
        }
        println!("{:<24}{count} in {seconds:.1} s over {} connections", self.act, self.connections);
        println!("{:<24}{rate:.1}", "a second");
        println!(
            "{:<24}{:.1} · {:.1} · {:.1}",
            "ms: p50 · p95 · p99",
            self.within(50),
            self.within(95),
            self.within(99)
        );
        for (reason, count) in &self.refused {
            println!("{:<24} {count}", format!("refused: {reason}:"));
        }
    }
}
