//! How answers were weighted, what was merged for it, and what it did to the precision of the headline
//! measures. No weight is here: none is published.

use super::{
    Told,
    block::{Block, Fact, Grid, Section},
};
use crate::{
    stats::weight::Scheme,
    survey::release::{HeadlinePrecision, name_in},
    web::pages::results::{self, words},
};

/// The section.
pub fn section(told: Told<'_>) -> Section {
    let (locale, head) = (told.locale, told.release.head());
    let weights = &head.weights;
    // Releases from before the form of the variance was kept do not tell what was merged either.
    let known = !weights.variance.is_empty();
    let kept = |value: Option<String>, none: &str| value.or_else(|| known.then(|| locale.say(none)));
    let merged = |count: usize| (count > 0).then(|| words::count(locale, count as u64));
    let moved = weights.moved.map(|(least, most)| {
        let phrase = locale.fill("method-moved-text").with("least", locale.number(least, 1));
        phrase.with("most", locale.number(most, 1)).to_string()
    });
    let trimmed = weights
        .trimmed
        .map(|percent| locale.fill("method-trimmed-text").with("percent", locale.number(percent, 0)).to_string());
    let districts: Vec<String> = weights.merged_districts.iter().map(|of| districts(told, of)).collect();
    let mut facts = vec![
        Fact::code(locale, "method-scheme", Some(weights.scheme.clone())),
        Fact::filled(
            locale,
            "method-margins",
            &locale.fill("method-margins-text").with("scheme", weights.scheme.clone()),
        ),
        Fact::of(locale, "method-population-date", head.population_date.map(|date| locale.date(date))),
    ];
    if weights.scheme != Scheme::None.key() {
        facts.extend([
            Fact::of(
                locale,
                "method-merged-districts",
                kept((!districts.is_empty()).then(|| locale.list(&districts)), "method-nothing"),
            ),
            Fact::of(locale, "method-merges", kept(merged(weights.merges.len()), "method-nothing")),
            Fact::of(locale, "method-trimmed", kept(trimmed, "method-untrimmed")),
            Fact::of(locale, "method-moved", moved),
            Fact::of(locale, "method-kish", Some(locale.number(weights.kish_deff, 1))),
        ]);
    }
    let mut blocks = vec![Block::Text(results::weights(locale, told.release)), Block::Facts(facts)];
    if head.redrawn.is_some() {
        blocks.push(told.text("method-redrawn-weights"));
    }
    if !weights.merges.is_empty() {
        blocks.push(Block::Heading(locale.say("method-merges")));
        blocks.push(told.text("method-merges-text"));
        blocks.extend(Block::list(weights.merges.iter().map(|merge| told_of(told, merge)).collect()));
    }
    blocks.push(Block::Heading(locale.say("method-precision")));
    if weights.headline.is_empty() {
        blocks.push(told.text("method-unstated"));
    } else {
        blocks.push(told.text("method-precision-text"));
        blocks.push(Block::Table(Grid {
            caption: locale.say("method-precision"),
            heads: ["table-measure", "table-n", "method-deff", "method-n-eff"].map(|key| locale.say(key)).to_vec(),
            rows: weights.headline.iter().map(|precision| row(told, precision)).collect(),
            figures: true,
        }));
    }
    Section { id: "weights", title: locale.say("method-weights"), blocks }
}

fn row(told: Told<'_>, precision: &HeadlinePrecision) -> Vec<String> {
    let (locale, release) = (told.locale, told.release);
    let measure = release.measure(&precision.measure);
    let everybody = release.domain(release.total(), &[]);
    let n = everybody.and_then(|domain| release.record(&precision.measure, &domain)?.n);
    vec![
        measure.map_or(precision.measure.as_str(), |measure| name_in(&measure.names, locale.tag())).to_owned(),
        n.map_or_else(|| "..".to_owned(), |n| words::count(locale, n)),
        precision.deff.map_or_else(|| ".".to_owned(), |deff| locale.number(deff, 2)),
        words::count(locale, precision.n_eff),
    ]
}

/// Names of districts whose codes are joined by `+`.
fn districts(told: Told<'_>, codes: &str) -> String {
    // The districts of a redrawn release are not its areas, though a code may be the same.
    let own = told.release.head().redrawn.is_none();
    let named = |code: &str| if own { told.area(code) } else { code.to_owned() };
    told.locale.list(&codes.split('+').map(named).collect::<Vec<_>>())
}

/// A merge in words: `E woman 16-29+30-49` names district, sex and age groups.
fn told_of(told: Told<'_>, merge: &str) -> String {
    let (locale, head) = (told.locale, told.release.head());
    let mut parts = merge.rsplitn(3, ' ');
    let (Some(ages), Some(sex), Some(district)) = (parts.next(), parts.next(), parts.next()) else {
        return merge.to_owned();
    };
    let ages: Vec<String> = ages.split('+').map(|age| told.class(&head.ages, age)).collect();
    locale
        .fill("method-merge")
        .with("area", districts(told, district))
        .with("sex", told.class(&head.sexes, sex))
        .with("ages", locale.list(&ages))
        .to_string()
}
