//! What is withheld and why: the numbers, the thresholds, how the program attacks what it
//! is about to publish, and what that does not cover. No reason of a single figure is here.

use super::{
    Told,
    block::{Block, Fact, Section},
    rounding,
};
use crate::{
    stats::{
        disclosure::{FEW, FLAGGED_NONRESPONSE, NEARLY_ALL, SMALL_COUNT},
        estimate::WIDE_BOUNDS,
    },
    web::{i18n::Locale, pages::results::words},
};

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let locale = told.locale;
    let mut blocks = vec![Block::Facts(counted(told))];
    blocks.push(Block::Heading(locale.say("method-thresholds")));
    blocks.push(Block::Facts(thresholds(told)));
    blocks.extend(rounding::blocks(told));
    if told.release.head().gate.not_applied.is_empty() {
        blocks.push(Block::Heading(locale.say("method-alone")));
        blocks.extend(Block::list(alone(told)));
        let flagged = locale.fill("method-alone-flagged").with("percent", told.percent(FLAGGED_NONRESPONSE));
        blocks.push(Block::Text(flagged.to_string()));
        if let Some(floor) = &told.release.head().gate.floor {
            let uncertain = locale
                .fill("method-alone-uncertain")
                .with("n", words::count(locale, floor.uncertain_n))
                .with("share", told.number(floor.uncertain_share))
                .with("points", told.number(floor.uncertain_points))
                .with("bounds", told.percent(WIDE_BOUNDS));
            blocks.push(Block::Text(uncertain.to_string()));
        }
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

/// Why a figure is withheld by itself.
fn alone(told: Told<'_>) -> Vec<String> {
    let (locale, head) = (told.locale, told.release.head());
    let count = |n: u64| words::count(locale, n);
    let limits = match &head.gate.floor {
        Some(floor) => vec![
            locale.fill("method-alone-effective").with("n", told.number(floor.n_eff_min)).to_string(),
            locale.fill("method-alone-nonresponse").with("percent", told.percent(floor.nonresponse)).to_string(),
        ],
        None => vec![locale.say("method-alone-plan")],
    };
    let mut reasons = vec![locale.fill("method-alone-few").with("n", count(head.min_n)).to_string()];
    reasons.extend(limits);
    reasons.extend([
        locale.fill("method-alone-alike").with("n", count(FEW)).to_string(),
        locale.fill("method-alone-nearly").with("n", count(FEW)).with("percent", count(NEARLY_ALL)).to_string(),
        locale
            .fill("method-alone-small")
            .with("from", count(SMALL_COUNT.0))
            .with("to", count(SMALL_COUNT.1))
            .to_string(),
        locale.say("method-alone-part"),
    ]);
    reasons
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
        "method-uncovered-areas",
        "method-uncovered-history",
    ]
    .map(|key| locale.say(key))
    .to_vec()
}
