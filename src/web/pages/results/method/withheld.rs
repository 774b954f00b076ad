//! What is withheld and why: the numbers, the thresholds, the rounding, how the program attacks what it
//! is about to publish, and what that does not cover. No reason of a single figure is here.

use super::{
    Told,
    block::{Block, Fact, Grid, Section},
};
use crate::{
    stats::disclosure::{FEW, FLAGGED_NONRESPONSE, NEARLY_ALL, SMALL_COUNT, ladder, published_n, unit_for},
    web::{i18n::Locale, pages::results::words},
};

/// Numbers of answers that show how a number is rounded.
const EXAMPLES: [u64; 4] = [33, 97, 105, 183];

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let locale = told.locale;
    let mut blocks = vec![Block::Facts(counted(told))];
    blocks.push(Block::Heading(locale.say("method-thresholds")));
    blocks.push(Block::Facts(thresholds(told)));
    blocks.push(Block::Heading(locale.say("method-rounding")));
    blocks.push(told.text("method-rounding-text"));
    blocks.push(Block::Table(rounding(told)));
    let example = |n: u64| {
        let phrase = locale.fill("method-rounded").with("n", words::count(locale, n));
        phrase.with("printed", words::count(locale, published_n(n))).to_string()
    };
    let examples = locale.list(&EXAMPLES.map(example));
    blocks.push(Block::Text(locale.fill("method-rounding-n").with("examples", examples).to_string()));
    blocks.push(told.text("method-difference"));
    if told.release.head().gate.not_applied.is_empty() {
        blocks.push(Block::Heading(locale.say("method-alone")));
        blocks.extend(Block::list(alone(told)));
        let flagged = locale.fill("method-alone-flagged").with("percent", told.percent(FLAGGED_NONRESPONSE));
        blocks.push(Block::Text(flagged.to_string()));
        blocks.push(Block::Heading(locale.say("method-attack")));
        blocks.push(told.text("method-attack-text"));
        blocks.push(told.text("method-complementary"));
    }
    blocks.push(Block::Heading(locale.say("method-uncovered")));
    blocks.extend(Block::list(uncovered(locale)));
    Section { id: "withheld", title: locale.say("method-withheld"), blocks }
}

/// Figures shown, withheld and flagged, and the steps of the gate.
fn counted(told: Told<'_>) -> Vec<Fact> {
    let (locale, gate) = (told.locale, &told.release.head().gate);
    let count = |of: usize| Some(words::count(locale, of as u64));
    let steps = |steps: &[String]| {
        let told = |step: &String| locale.fill("method-step").with("step", step.clone()).to_string();
        locale.list(&steps.iter().map(told).collect::<Vec<_>>())
    };
    let mut facts = vec![
        Fact::of(locale, "method-shown", count(gate.shown)),
        Fact::of(locale, "method-hidden", count(gate.withheld)),
        Fact::of(locale, "method-flagged", count(gate.flagged)),
        Fact::of(locale, "method-applied", Some(steps(&gate.applied))),
    ];
    if !gate.not_applied.is_empty() {
        facts.push(Fact::of(locale, "method-not-applied", Some(steps(&gate.not_applied))));
    }
    facts
}

fn thresholds(told: Told<'_>) -> Vec<Fact> {
    let (locale, head) = (told.locale, told.release.head());
    let gate = &head.gate;
    let share = |key: &'static str, of: Option<f64>| {
        of.map(|share| locale.fill(key).with("percent", told.percent(share)).to_string())
    };
    let count = gate
        .count_width
        .map(|width| locale.fill("method-count-width-text").with("width", words::count(locale, width)).to_string());
    vec![
        Fact::of(locale, "method-min-n", Some(words::count(locale, head.min_n))),
        Fact::of(locale, "method-width", share("method-width-text", gate.width)),
        Fact::of(locale, "method-single-source", share("method-single-source-text", gate.single_source)),
        Fact::of(locale, "method-count-width", count),
        Fact::code(locale, "method-plan-hash", Some(head.publication_hash.clone())),
    ]
}

/// From how many answers on which unit holds, on every scale of the release; figures of fewer answers
/// than are shown have none.
fn rounding(told: Told<'_>) -> Grid {
    let (locale, head) = (told.locale, told.release.head());
    let mut scales: Vec<(f64, f64)> = Vec::new();
    for (from, to) in head.measures.iter().map(|measure| measure.unit.ends()) {
        if !scales.contains(&(from, to)) {
            scales.push((from, to));
        }
    }
    let mut starts: Vec<u64> =
        scales.iter().flat_map(|(from, to)| ladder(to - from)).map(|(valid, _)| valid.max(head.min_n)).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut heads = vec![locale.say("method-from-n")];
    heads.extend(scales.iter().map(|(from, to)| {
        locale.fill("method-scale").with("from", locale.number(*from, 0)).with("to", locale.number(*to, 0)).to_string()
    }));
    let row = |valid: u64| {
        let size = |(from, to): &(f64, f64)| {
            unit_for(valid, to - from).map_or_else(String::new, |unit| locale.number(unit.size(), unit.decimals()))
        };
        let mut row = vec![words::count(locale, valid)];
        row.extend(scales.iter().map(size));
        row
    };
    Grid { caption: locale.say("method-rounding"), heads, rows: starts.into_iter().map(row).collect(), figures: true }
}

/// Why a figure is withheld by itself.
fn alone(told: Told<'_>) -> Vec<String> {
    let (locale, head) = (told.locale, told.release.head());
    let count = |n: u64| words::count(locale, n);
    vec![
        locale.fill("method-alone-few").with("n", count(head.min_n)).to_string(),
        locale.say("method-alone-plan"),
        locale.fill("method-alone-alike").with("n", count(FEW)).to_string(),
        locale.fill("method-alone-nearly").with("n", count(FEW)).with("percent", count(NEARLY_ALL)).to_string(),
        locale
            .fill("method-alone-small")
            .with("from", count(SMALL_COUNT.0))
            .with("to", count(SMALL_COUNT.1))
            .to_string(),
        locale.say("method-alone-part"),
    ]
}

/// What the gate does not cover.
fn uncovered(locale: Locale) -> Vec<String> {
    [
        "method-uncovered-likely",
        "method-uncovered-own",
        "method-uncovered-side",
        "method-uncovered-bases",
        "method-uncovered-widths",
        "method-uncovered-categories",
        "method-uncovered-history",
    ]
    .map(|key| locale.say(key))
    .to_vec()
}
