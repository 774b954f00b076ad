//! How coarsely figures and numbers of answers are rounded: the ladder of the code that rounds them.

use super::{
    Told,
    block::{Block, Grid},
};
use crate::{
    stats::disclosure::{ladder, published_n, unit_for},
    web::pages::results::words,
};

/// Numbers of answers that show how a number is rounded.
const EXAMPLES: [u64; 4] = [33, 97, 105, 183];

/// What is said of rounding.
pub fn blocks(told: Told<'_>) -> Vec<Block> {
    let locale = told.locale;
    let example = |n: u64| {
        let phrase = locale.fill("method-rounded").with("n", words::count(locale, n));
        phrase.with("printed", words::count(locale, published_n(n))).to_string()
    };
    let examples = locale.list(&EXAMPLES.map(example));
    vec![
        Block::Heading(locale.say("method-rounding")),
        told.text("method-rounding-text"),
        Block::Table(rounding(told)),
        Block::Text(locale.fill("method-rounding-n").with("examples", examples).to_string()),
        told.text("method-difference"),
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
