//! How uncertain the figures are: intervals, variance, tests and their families, and what half-width a
//! reader may expect of so many answers.

use super::{
    Told,
    block::{Block, Fact, Grid, Section},
};
use crate::{
    stats::{
        compare::SIGNIFICANCE,
        interval::{LEAST_SIDE, expected_half_width},
        quantile::{CONFIDENCE, Z},
    },
    survey::release::name_in,
    web::pages::results::words,
};

/// Numbers of answers of the planning table: from a group that is just shown to a municipality.
const PLANNED: [u32; 6] = [30, 100, 200, 500, 1_000, 3_600];
/// The share of the planning table: the one with the widest interval.
const SHARE: f64 = 0.5;

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let confidence = locale.fill("method-confidence").with("percent", told.percent(CONFIDENCE));
    let mut kinds: Vec<&str> = Vec::new();
    for measure in &head.measures {
        if !kinds.contains(&measure.kind.as_str()) {
            kinds.push(&measure.kind);
        }
    }
    let interval = |kind: &&str| {
        let phrase = locale.fill("method-interval").with("kind", (*kind).to_owned());
        phrase.with("least", locale.number(LEAST_SIDE, 0)).to_string()
    };
    let headlines: Vec<String> = head
        .measures
        .iter()
        .filter(|measure| measure.headline)
        .map(|measure| name_in(&measure.names, locale.tag()).to_owned())
        .collect();
    let mut families = Vec::new();
    if !headlines.is_empty() {
        families.push(locale.fill("method-family-headlines").with("measures", locale.list(&headlines)).to_string());
    }
    families.push(locale.say("method-family-others"));
    let mut blocks = vec![Block::Text(confidence.to_string())];
    blocks.extend(Block::list(kinds.iter().map(interval).collect()));
    blocks.extend([
        Block::Facts(facts(told)),
        Block::Heading(locale.say("method-tests")),
        Block::Text(locale.fill("method-tests-text").with("percent", told.percent(SIGNIFICANCE)).to_string()),
    ]);
    blocks.extend(Block::list(families));
    blocks.push(Block::Heading(locale.say("method-expected")));
    let percent = told.percent(SHARE);
    let about = locale.fill("method-expected-text").with("percent", percent).with("z", locale.number(Z, 2));
    blocks.push(Block::Text(about.to_string()));
    blocks.push(Block::Table(expected(told)));
    Section { id: "uncertainty", title: locale.say("method-uncertainty"), blocks }
}

/// How the variance follows the weights, and the methods as the file names them.
fn facts(told: Told<'_>) -> Vec<Fact> {
    let (locale, head) = (told.locale, told.release.head());
    let form = head.weights.variance.clone();
    let variance = (!form.is_empty()).then(|| locale.fill("method-variance-text").with("form", form).to_string());
    let mut facts = vec![Fact::of(locale, "method-variance", variance)];
    let methods = head.origin.iter().flat_map(|origin| &origin.methods);
    facts.extend(methods.map(|(step, method)| Fact {
        name: locale.fill("method-as-filed").with("step", step.clone()).to_string(),
        value: method.clone(),
        code: true,
    }));
    facts
}

/// Half-widths by number of answers, of a simple random sample and with each headline's design effect.
fn expected(told: Told<'_>) -> Grid {
    let (locale, release) = (told.locale, told.release);
    let of_headlines = release.head().weights.headline.iter();
    let effects: Vec<(&str, f64)> = of_headlines.filter_map(|of| Some((of.measure.as_str(), of.deff?))).collect();
    let mut heads = vec![locale.say("table-n"), locale.say("method-simple-sample")];
    heads.extend(effects.iter().map(|(id, deff)| {
        let name = release.measure(id).map_or(*id, |measure| name_in(&measure.names, locale.tag()));
        let phrase = locale.fill("method-with-deff").with("measure", name.to_owned());
        phrase.with("deff", locale.number(*deff, 2)).to_string()
    }));
    let row = |n: u32| {
        let width = |deff: f64| {
            let half = expected_half_width(SHARE, f64::from(n), deff);
            half.map_or_else(|| ".".to_owned(), |half| format!("±{}", locale.number(100.0 * half, 1)))
        };
        let mut row = vec![words::count(locale, u64::from(n)), width(1.0)];
        row.extend(effects.iter().map(|(_, deff)| width(*deff)));
        row
    };
    let caption = locale.fill("method-expected-caption").with("percent", told.percent(SHARE));
    Grid { caption: caption.to_string(), heads, rows: PLANNED.into_iter().map(row).collect(), figures: true }
}
