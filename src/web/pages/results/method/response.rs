//! Who answered: the accounting of every area with its rates and their formulas, and what they mean.
//! No number is computed here.

use super::{
    Told,
    block::{Block, Grid, Section},
    composition,
};
use crate::{
    survey::{
        accounting::{COMPLETE, PARTIAL, Rate, RateKind},
        release::Response,
    },
    web::{i18n::Locale, pages::results::words},
};

/// Rates that stand as columns.
const COLUMNS: [RateKind; 3] = [RateKind::Rr1, RateKind::Rr2, RateKind::Raw];

/// The section.
pub(super) fn section(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let mut blocks = Vec::new();
    match head.responses.first() {
        None => blocks.push(told.text("method-response-unstated")),
        Some(all) => blocks.extend(accounted(told, all)),
    }
    if let Some(count) = head.set_aside {
        blocks.push(Block::Text(locale.fill("method-set-aside").with("count", count).to_string()));
    }
    blocks.extend(composition::blocks(told));
    Section { id: "response", title: locale.say("method-response"), blocks }
}

/// The accounting of every area, `all` first, with what its columns and rates mean.
fn accounted(told: Told<'_>, all: &Response) -> Vec<Block> {
    let locale = told.locale;
    let columns =
        locale.fill("method-response-text").with("complete", COMPLETE.to_string()).with("partial", PARTIAL.to_string());
    let means = |rate: &Rate| {
        let kind = match rate.kind {
            RateKind::Rr1 => "rr1",
            RateKind::Rr2 => "rr2",
            RateKind::Raw => "raw",
            RateKind::Weighted => "weighted",
            RateKind::Used => "used",
        };
        locale
            .fill("method-rate-text")
            .with("kind", kind)
            .with("rate", locale.number(rate.percent(), 1))
            .with("formula", rate.formula())
            .to_string()
    };
    let mut blocks = vec![Block::Text(columns.to_string())];
    blocks.extend(Block::list(all.rates.iter().map(means).collect()));
    blocks.push(Block::Heading(locale.say("method-response-caption")));
    blocks.push(Block::Table(Grid {
        caption: locale.say("method-response-caption"),
        heads: heads(locale),
        rows: told.release.head().responses.iter().map(|response| row(told, response)).collect(),
        figures: true,
    }));
    blocks
}

fn heads(locale: Locale) -> Vec<String> {
    let mut heads = vec![
        locale.say("table-area"),
        locale.say("method-sampled"),
        locale.say("method-over-coverage"),
        locale.say("method-blank"),
        locale.say("method-complete"),
        locale.say("method-partial"),
        locale.say("method-insufficient"),
        locale.say("method-rest"),
    ];
    heads.extend(COLUMNS.map(|kind| locale.fill("method-rate").with("formula", kind.formula()).to_string()));
    heads
}

fn row(told: Told<'_>, response: &Response) -> Vec<String> {
    let locale = told.locale;
    let counts = &response.counts;
    let mut row = vec![told.area(&response.area)];
    row.extend(
        [
            counts.sampled,
            counts.over_coverage,
            counts.blank,
            counts.complete,
            counts.partial,
            counts.insufficient,
            response.rest,
        ]
        .map(|count| words::count(locale, count)),
    );
    row.extend(COLUMNS.map(|kind| {
        let rate = response.rates.iter().find(|rate| rate.kind == kind);
        rate.map_or_else(|| ".".to_owned(), |rate| locale.number(rate.percent(), 1))
    }));
    row
}

/// "624 svar på 1 248 brev, svarsandel 50,0 procent (RR2 = …)"; nothing if nobody could answer.
#[must_use]
pub fn sentence(locale: Locale, response: &Response) -> Option<String> {
    let rate: Rate = response.headline()?;
    let phrase = locale
        .fill("facts-response")
        .with("n", words::count(locale, response.answered))
        .with("sampled", words::count(locale, response.counts.sampled))
        .with("rate", locale.number(rate.percent(), 1))
        .with("formula", rate.formula());
    Some(phrase.to_string())
}
