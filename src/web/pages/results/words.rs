//! Sentences about figures and changes, made by rule in each language (people specification, 5.2). A
//! sentence never says that an index "has increased" alone; direction, interval and number of answers
//! stand beside every value, and what to bear in mind beside every change.

use std::collections::BTreeSet;

use crate::{
    export::csv::decimals,
    questionnaire::Direction,
    stats::{
        compare::{Class, Reason},
        disclosure::PublishedRecord,
    },
    survey::{
        breaks::{Code, Declaration},
        comparison::{Comparison, Difference},
        release::{Notice, PublishedMeasure, Release, Unit, name_in},
    },
    web::i18n::Locale,
};

/// A figure as a table shows it.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The value with its unit's decimals, or its mark.
    pub value: String,
    /// "23,1–26,4", or empty.
    pub interval: String,
    /// Answers, or empty.
    pub n: String,
    /// Letters of flags, explained below every table.
    pub flags: String,
    /// What mark and flags stand for; empty where there is nothing to say.
    pub note: String,
    /// Whether there is a value.
    pub shown: bool,
}

/// A change as a table shows it.
#[derive(Debug, Clone)]
pub struct Change {
    /// ▲ ▼ ◇ ⊘, or empty for a first round.
    pub mark: &'static str,
    /// "förbättring (+2,3)" with what to bear in mind, for tables.
    pub short: String,
    /// The whole sentence.
    pub sentence: String,
    /// What to bear in mind, as a sentence, where the rounds can be compared.
    pub caveat: Option<String>,
    /// The response rate has moved: who answered is worth a look.
    pub response: bool,
}

/// Which way is better, as a sentence.
#[must_use]
pub fn direction(locale: Locale, direction: Direction) -> String {
    match direction {
        Direction::HigherBetter => locale.say("direction-higher"),
        Direction::LowerBetter => locale.say("direction-lower"),
        Direction::Neutral => locale.say("direction-neutral"),
    }
}

/// "procent", "poäng av 100".
#[must_use]
pub fn unit(locale: Locale, unit: Unit) -> String {
    match unit {
        Unit::Percent => locale.say("unit-percent"),
        Unit::Points => locale.say("unit-points"),
        Unit::Steps => locale.say("unit-steps"),
    }
}

/// Key of a unit in the locales' selectors.
const fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent => "percent",
        Unit::Points => "points",
        Unit::Steps => "steps",
    }
}

/// What a release has to say of itself everywhere.
#[must_use]
pub fn notice(locale: Locale, notice: Notice) -> String {
    match notice {
        Notice::Demo => locale.say("notice-demo"),
        Notice::PartialGate => locale.say("notice-gate"),
        Notice::Unweighted => locale.say("notice-unweighted"),
    }
}

/// The figure of a record of `release`; nothing is the mark of what does not exist.
#[must_use]
pub fn figure(locale: Locale, release: &Release, record: Option<&PublishedRecord>, unit: Unit) -> Figure {
    let after: Vec<String> = record.map_or_else(Vec::new, |record| {
        release.breaks_before(record).into_iter().map(|code| coded(locale, code)).collect()
    });
    let flags = record.map_or_else(String::new, |record| release.letters(record));
    told(locale, record, unit, flags, &after)
}

fn told(locale: Locale, record: Option<&PublishedRecord>, unit: Unit, flags: String, after: &[String]) -> Figure {
    let shown = record.and_then(|record| Some((record, record.value?)));
    let Some((record, value)) = shown else {
        let withheld = record.is_some_and(|record| record.status == "..");
        let note = if withheld { "figure-withheld" } else { "figure-absent" };
        let mark = if withheld { ".." } else { "." };
        return Figure {
            value: mark.to_owned(),
            interval: String::new(),
            n: String::new(),
            flags: String::new(),
            note: locale.say(note),
            shown: false,
        };
    };
    let decimals = decimals(record.rounded_to, unit);
    let bounds = record.lower.zip(record.upper);
    let mut notes = Vec::new();
    if !after.is_empty() {
        notes.push(locale.fill("figure-after-break").with("reasons", locale.list(after)).to_string());
    }
    if flags.contains('i') {
        notes.push(locale.say("figure-nonresponse"));
    }
    if flags.contains('u') {
        notes.push(locale.say("figure-uncertain"));
    }
    Figure {
        value: locale.number(value, decimals),
        interval: bounds.map_or_else(String::new, |(low, high)| {
            format!("{}–{}", locale.number(low, decimals), locale.number(high, decimals))
        }),
        n: record.n.map_or_else(String::new, |n| count(locale, n)),
        flags,
        note: notes.join(" "),
        shown: true,
    }
}

/// A whole number.
#[must_use]
pub fn count(locale: Locale, n: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
    locale.number(n as f64, 0)
}

/// "I Porsön är …": value, interval, answers and direction, or that it is not shown.
#[must_use]
pub fn level(
    locale: Locale,
    release: &Release,
    area: &str,
    measure: &PublishedMeasure,
    record: Option<&PublishedRecord>,
) -> String {
    let place = release.area(area).map_or("", |area| name_in(&area.names, locale.tag()));
    said_of(locale, place, measure, record, figure(locale, release, record, measure.unit))
}

fn said_of(
    locale: Locale,
    place: &str,
    measure: &PublishedMeasure,
    record: Option<&PublishedRecord>,
    figure: Figure,
) -> String {
    if !figure.shown {
        return figure.note;
    }
    // Nobody among those asked is not nobody: the upper end is what can be said.
    let none = measure.unit == Unit::Percent && record.is_some_and(|record| record.value == Some(0.0));
    let upper = record.and_then(|record| Some(locale.number(record.upper?, decimals(record.rounded_to, measure.unit))));
    let kind = if none { "percent_none" } else { unit_key(measure.unit) };
    let sentence = locale
        .fill("level")
        .with("kind", kind)
        .with("area", place.to_owned())
        .with("measure", name_in(&measure.names, locale.tag()).to_owned())
        .with("value", figure.value)
        .with("upper", upper.unwrap_or_default())
        .with("interval", figure.interval)
        .with("n", figure.n)
        .with("direction", direction(locale, measure.direction))
        .to_string();
    if figure.note.is_empty() {
        return sentence;
    }
    locale.fill("level-noted").with("level", sentence).with("note", figure.note).to_string()
}

/// A change of `measure` in words; a first round has none.
#[must_use]
pub fn change(locale: Locale, comparison: Option<&Comparison>, measure: &PublishedMeasure) -> Change {
    let bare = |mark, short, sentence| Change { mark, short, sentence, caveat: None, response: false };
    let Some(comparison) = comparison else {
        return bare("", locale.say("change-none-yet"), locale.say("change-first"));
    };
    let told = |of: &dyn Fn(&Reason) -> bool| {
        let reasons = comparison.reasons.iter().filter(|found| of(found));
        distinct(reasons.map(|found| reason(locale, found, comparison.said_of(found))))
    };
    let Some(found) = comparison.found else {
        let reasons = locale.list(&told(&|reason| reason.class == Class::Hard));
        let said = |key| {
            let phrase = locale.fill(key).with("from", comparison.from.clone());
            phrase.with("reasons", reasons.clone()).to_string()
        };
        return bare("⊘", said("change-short-refused"), said("change-refused"));
    };
    let caveats = told(&|reason| reason.class != Class::Hard);
    let verdict = comparison.verdict.map_or("neutral", crate::stats::compare::Verdict::key);
    let mark = match verdict {
        "improved" => "▲",
        "worse" => "▼",
        "no_established_change" => "◇",
        _ => "",
    };
    let said = |key| difference(locale, key, verdict, comparison, found, measure);
    let listed = (!caveats.is_empty()).then(|| locale.list(&caveats));
    let short = match &listed {
        None => said("change-short"),
        Some(caveats) => {
            let phrase = locale.fill("change-short-noted").with("change", said("change-short"));
            phrase.with("caveats", caveats.clone()).to_string()
        }
    };
    Change {
        mark,
        short,
        sentence: said("change"),
        caveat: listed.map(|caveats| locale.fill("change-caveats").with("caveats", caveats).to_string()),
        response: comparison.reasons.iter().any(|reason| reason.code == Code::ResponseDrop.key()),
    }
}

fn difference(
    locale: Locale,
    key: &'static str,
    verdict: &'static str,
    comparison: &Comparison,
    found: Difference,
    measure: &PublishedMeasure,
) -> String {
    let decimals = decimals(Some(found.rounded_to), measure.unit);
    let number = |value: f64| locale.number(value, decimals);
    let signed = if found.value > 0.0 { format!("+{}", number(found.value)) } else { number(found.value) };
    locale
        .fill(key)
        .with("verdict", verdict)
        .with("unit", unit_key(measure.unit))
        .with("from", comparison.from.clone())
        .with("difference", signed)
        .with("lower", number(found.ci.0))
        .with("upper", number(found.ci.1))
        .with("direction", direction(locale, measure.direction))
        .to_string()
}

fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| seen.insert(text.clone())).collect()
}

/// The words of a code.
fn coded(locale: Locale, code: &str) -> String {
    locale.fill("reason").with("code", code.to_owned()).to_string()
}

/// Why two rounds differ in what they mean, with what a person has said of it.
#[must_use]
pub fn reason(locale: Locale, reason: &Reason, said: Option<&Declaration>) -> String {
    let mut text = coded(locale, &reason.code);
    if let Some(item) = &reason.item {
        text = locale.fill("reason-of-item").with("reason", text).with("item", item.clone()).to_string();
    }
    let Some(said) = said else { return text };
    let key = if reason.class == Class::Bridged { "reason-bridged" } else { "reason-declared" };
    locale
        .fill(key)
        .with("reason", text)
        .with("note", said.note.clone())
        .with("person", said.person.name.clone())
        .with("date", locale.date(crate::clock::stockholm_date(said.at)))
        .to_string()
}

#[cfg(test)]
mod tests;
